#include "cmd/hello.h"

struct hello {
	str slug, code;
};

static const struct hello hellos[] = {
	{ STR_INIT("bash"), STR_INIT("echo hello\n") },
	{ STR_INIT("c"), STR_INIT("#include <stdio.h>\n\nint main(void)\n{\n\tputs(\"hello\");\n}\n") },
	{ STR_INIT("cpp"), STR_INIT("#include <iostream>\n\nint main()\n{\n\tstd::cout << \"hello\\n\";\n}\n") },
	{ STR_INIT("csharp"), STR_INIT("Console.WriteLine(\"hello\");\n") },
	{ STR_INIT("elixir"), STR_INIT("IO.puts(\"hello\")\n") },
	{ STR_INIT("go"), STR_INIT("package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"hello\")\n}\n") },
	{ STR_INIT("haskell"), STR_INIT("main :: IO ()\nmain = putStrLn \"hello\"\n") },
	{ STR_INIT("java"), STR_INIT("class Main {\n    public static void main(String[] args) {\n"
				     "        System.out.println(\"hello\");\n    }\n}\n") },
	{ STR_INIT("javascript"), STR_INIT("console.log(\"hello\");\n") },
	{ STR_INIT("julia"), STR_INIT("println(\"hello\")\n") },
	{ STR_INIT("kotlin"), STR_INIT("fun main() {\n    println(\"hello\")\n}\n") },
	{ STR_INIT("lua"), STR_INIT("print(\"hello\")\n") },
	{ STR_INIT("perl"), STR_INIT("print \"hello\\n\";\n") },
	{ STR_INIT("php"), STR_INIT("<?php\necho \"hello\\n\";\n") },
	{ STR_INIT("python"), STR_INIT("print(\"hello\")\n") },
	{ STR_INIT("ruby"), STR_INIT("puts \"hello\"\n") },
	{ STR_INIT("rust"), STR_INIT("fn main() {\n    println!(\"hello\");\n}\n") },
	{ STR_INIT("scala"), STR_INIT("@main def hello() = println(\"hello\")\n") },
	{ STR_INIT("swift"), STR_INIT("print(\"hello\")\n") },
	{ STR_INIT("typescript"), STR_INIT("const greeting: string = \"hello\";\nconsole.log(greeting);\n") },
};

str hello_program(str slug)
{
	for (size_t i = 0; i < sizeof(hellos) / sizeof(hellos[0]); i++)
		if (str_eq(hellos[i].slug, slug))
			return hellos[i].code;
	return (str){ 0 };
}
