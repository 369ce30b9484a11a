#include "highlight/language.h"

#include <pthread.h>

#include "highlight/lexer.h"

/* Sorted by name without case. */
static const struct language languages[] = {
	{ STR_INIT(".NET"), STR_INIT("dotnet"), STR_INIT("dot-net"), STR_INIT("#512BD4"), NULL,
		true },
	{ STR_INIT("Ada"), STR_INIT("ada"), STR_INIT("adb ads"), STR_INIT("#02F88C"),
		&lexer_ada, true },
	{ STR_INIT("Assembly"), STR_INIT("assembly"), STR_INIT("asm nasm gas x86asm"),
		STR_INIT("#6E4C13"), NULL, true },
	{ STR_INIT("Bash"), STR_INIT("bash"), STR_INIT("sh shell zsh ksh dash shellscript"),
		STR_INIT("#4EAA25"), &lexer_bash, true },
	{ STR_INIT("C"), STR_INIT("c"), STR_INIT("ansi-c c99 c11 c17 c23"), STR_INIT("#A8B9CC"),
		&lexer_c, true },
	{ STR_INIT("C#"), STR_INIT("csharp"), STR_INIT("cs c-sharp dotnet-csharp"),
		STR_INIT("#68217A"), &lexer_csharp, true },
	{ STR_INIT("C++"), STR_INIT("cpp"),
		STR_INIT("cxx cc hpp hxx hh c-plus-plus cplusplus c++11 c++14 c++17 c++20 "
			 "c++23"),
		STR_INIT("#00599C"), &lexer_cpp, true },
	{ STR_INIT("Clojure"), STR_INIT("clojure"), STR_INIT("clj cljs cljc edn clojurescript"),
		STR_INIT("#5881D8"), &lexer_clojure, true },
	{ STR_INIT("CMake"), STR_INIT("cmake"), STR_INIT("cmakelists"), STR_INIT("#064F8C"),
		&lexer_cmake, false },
	{ STR_INIT("COBOL"), STR_INIT("cobol"), STR_INIT("cob cbl"), STR_INIT("#005CA5"), NULL,
		true },
	{ STR_INIT("Common Lisp"), STR_INIT("common-lisp"), STR_INIT("lisp commonlisp sbcl"),
		STR_INIT("#3FB68B"), NULL, true },
	{ STR_INIT("Console"), STR_INIT("console"),
		STR_INIT("terminal shell-session shellsession session bash-session sh-session "
			 "pycon python-console irb ps1con"),
		STR_INIT(""), &lexer_console, false },
	{ STR_INIT("Crystal"), STR_INIT("crystal"), STR_INIT("cr"), STR_INIT("#000000"),
		&lexer_crystal, true },
	{ STR_INIT("CSS"), STR_INIT("css"), STR_INIT("scss sass less"), STR_INIT("#1572B6"),
		&lexer_css, false },
	{ STR_INIT("D"), STR_INIT("d"), STR_INIT("dlang"), STR_INIT("#B03931"), &lexer_d,
		true },
	{ STR_INIT("Dart"), STR_INIT("dart"), STR_INIT("| flutter"), STR_INIT("#0175C2"),
		&lexer_dart, true },
	{ STR_INIT("Diff"), STR_INIT("diff"), STR_INIT("patch udiff"), STR_INIT(""),
		&lexer_diff, false },
	{ STR_INIT("Dockerfile"), STR_INIT("dockerfile"), STR_INIT("docker containerfile"),
		STR_INIT("#2496ED"), &lexer_dockerfile, false },
	{ STR_INIT("Elixir"), STR_INIT("elixir"), STR_INIT("ex exs iex"), STR_INIT("#4B275F"),
		&lexer_elixir, true },
	{ STR_INIT("Elm"), STR_INIT("elm"), STR_INIT(""), STR_INIT("#1293D8"), &lexer_haskell,
		true },
	{ STR_INIT("Erlang"), STR_INIT("erlang"), STR_INIT("erl hrl escript"),
		STR_INIT("#A90533"), &lexer_erlang, true },
	{ STR_INIT("F#"), STR_INIT("fsharp"), STR_INIT("fs fsi fsx f-sharp"),
		STR_INIT("#378BBA"), &lexer_fsharp, true },
	{ STR_INIT("Fortran"), STR_INIT("fortran"), STR_INIT("f90 f95 f03 f08"),
		STR_INIT("#734F96"), &lexer_fortran, true },
	{ STR_INIT("Gleam"), STR_INIT("gleam"), STR_INIT(""), STR_INIT("#FFAFF3"), NULL, true },
	{ STR_INIT("Go"), STR_INIT("go"), STR_INIT("golang gomod"), STR_INIT("#00ADD8"),
		&lexer_go, true },
	{ STR_INIT("GraphQL"), STR_INIT("graphql"), STR_INIT("gql"), STR_INIT("#E10098"),
		&lexer_graphql, false },
	{ STR_INIT("Groovy"), STR_INIT("groovy"), STR_INIT("gvy | gradle"), STR_INIT("#4298B8"),
		&lexer_groovy, true },
	{ STR_INIT("Haskell"), STR_INIT("haskell"), STR_INIT("hs lhs"), STR_INIT("#5D4F85"),
		&lexer_haskell, true },
	{ STR_INIT("HTML"), STR_INIT("html"), STR_INIT("htm xhtml html5 vue svelte"),
		STR_INIT("#E34F26"), &lexer_html, false },
	{ STR_INIT("INI"), STR_INIT("ini"),
		STR_INIT("cfg conf properties dosini editorconfig env dotenv systemd"),
		STR_INIT(""), &lexer_ini, false },
	{ STR_INIT("Java"), STR_INIT("java"), STR_INIT("jdk"), STR_INIT("#E76F00"), &lexer_java,
		true },
	{ STR_INIT("JavaScript"), STR_INIT("javascript"),
		STR_INIT("js jsx mjs cjs es6 ecmascript"), STR_INIT("#F7DF1E"),
		&lexer_javascript, true },
	{ STR_INIT("JSON"), STR_INIT("json"), STR_INIT("jsonc json5 jsonl ndjson geojson"),
		STR_INIT("#292929"), &lexer_json, false },
	{ STR_INIT("Julia"), STR_INIT("julia"), STR_INIT("jl"), STR_INIT("#9558B2"),
		&lexer_julia, true },
	{ STR_INIT("Kotlin"), STR_INIT("kotlin"), STR_INIT("kt kts"), STR_INIT("#7F52FF"),
		&lexer_kotlin, true },
	{ STR_INIT("Lua"), STR_INIT("lua"), STR_INIT("luajit luau"), STR_INIT("#2C2D72"),
		&lexer_lua, true },
	{ STR_INIT("Makefile"), STR_INIT("makefile"), STR_INIT("make mk gnumake"), STR_INIT(""),
		&lexer_makefile, false },
	{ STR_INIT("Markdown"), STR_INIT("markdown"), STR_INIT("md mdown commonmark gfm"),
		STR_INIT("#083FA1"), &lexer_markdown, false },
	{ STR_INIT("MATLAB"), STR_INIT("matlab"), STR_INIT("octave"), STR_INIT("#E16737"), NULL,
		true },
	{ STR_INIT("Mojo"), STR_INIT("mojo"), STR_INIT(""), STR_INIT("#FF4C1F"), &lexer_python,
		true },
	{ STR_INIT("Mustache"), STR_INIT("mustache"), STR_INIT("handlebars hbs"),
		STR_INIT("#F0772B"), &lexer_mustache, false },
	{ STR_INIT("Nim"), STR_INIT("nim"), STR_INIT("nimrod nims"), STR_INIT("#FFE953"),
		&lexer_nim, true },
	{ STR_INIT("Node.js"), STR_INIT("nodejs"), STR_INIT("node node-js"),
		STR_INIT("#5FA04E"), &lexer_javascript, true },
	{ STR_INIT("Objective-C"), STR_INIT("objective-c"), STR_INIT("objc objectivec obj-c"),
		STR_INIT("#438EFF"), &lexer_c, true },
	{ STR_INIT("OCaml"), STR_INIT("ocaml"), STR_INIT("ml mli"), STR_INIT("#EC6813"),
		&lexer_ocaml, true },
	{ STR_INIT("Odin"), STR_INIT("odin"), STR_INIT(""), STR_INIT("#60AFFE"), NULL, true },
	{ STR_INIT("Pascal"), STR_INIT("pascal"),
		STR_INIT("pas delphi freepascal objectpascal"), STR_INIT("#E3F171"),
		&lexer_pascal, true },
	{ STR_INIT("Perl"), STR_INIT("perl"), STR_INIT("pl pm perl5"), STR_INIT("#39457E"),
		&lexer_perl, true },
	{ STR_INIT("PHP"), STR_INIT("php"), STR_INIT("php3 php7 php8 phtml"),
		STR_INIT("#777BB4"), &lexer_php, true },
	{ STR_INIT("PowerShell"), STR_INIT("powershell"), STR_INIT("ps1 pwsh posh psm1"),
		STR_INIT("#5391FE"), &lexer_powershell, true },
	{ STR_INIT("Prolog"), STR_INIT("prolog"), STR_INIT("swipl"), STR_INIT("#74283C"), NULL,
		true },
	{ STR_INIT("Protocol Buffers"), STR_INIT("protobuf"),
		STR_INIT("proto proto3 protocolbuffers"), STR_INIT(""), &lexer_protobuf,
		false },
	{ STR_INIT("Python"), STR_INIT("python"),
		STR_INIT("py python3 py3 pyi python2 cpython"), STR_INIT("#3776AB"),
		&lexer_python, true },
	{ STR_INIT("R"), STR_INIT("r"), STR_INIT("rlang rscript splus"), STR_INIT("#276DC3"),
		&lexer_r, true },
	{ STR_INIT("Racket"), STR_INIT("racket"), STR_INIT("rkt"), STR_INIT("#9F1D20"), NULL,
		true },
	{ STR_INIT("Ruby"), STR_INIT("ruby"), STR_INIT("rb rake gemspec"), STR_INIT("#CC342D"),
		&lexer_ruby, true },
	{ STR_INIT("Rust"), STR_INIT("rust"), STR_INIT("rs rustlang"), STR_INIT("#CE412B"),
		&lexer_rust, true },
	{ STR_INIT("Scala"), STR_INIT("scala"), STR_INIT("sc sbt scala3"), STR_INIT("#DC322F"),
		&lexer_scala, true },
	{ STR_INIT("Scheme"), STR_INIT("scheme"), STR_INIT("scm guile"), STR_INIT("#1E4AEC"),
		NULL, true },
	{ STR_INIT("SQL"), STR_INIT("sql"),
		STR_INIT("| postgres postgresql mysql sqlite psql plsql tsql pgsql"),
		STR_INIT(""), &lexer_sql, true },
	{ STR_INIT("Swift"), STR_INIT("swift"), STR_INIT(""), STR_INIT("#F05138"), &lexer_swift,
		true },
	{ STR_INIT("Text"), STR_INIT("text"),
		STR_INIT("txt plain plaintext none output nohighlight"), STR_INIT(""), NULL,
		false },
	{ STR_INIT("TOML"), STR_INIT("toml"), STR_INIT("cargo-toml"), STR_INIT("#9C4221"),
		&lexer_toml, false },
	{ STR_INIT("TypeScript"), STR_INIT("typescript"), STR_INIT("ts tsx mts cts"),
		STR_INIT("#3178C6"), &lexer_typescript, true },
	{ STR_INIT("V"), STR_INIT("v"), STR_INIT("vlang"), STR_INIT("#5D87BF"), &lexer_v,
		true },
	{ STR_INIT("Visual Basic"), STR_INIT("visual-basic"), STR_INIT("vb vbnet vb.net"),
		STR_INIT("#945DB7"), NULL, true },
	{ STR_INIT("WebAssembly"), STR_INIT("webassembly"), STR_INIT("wasm wat"),
		STR_INIT("#654FF0"), NULL, true },
	{ STR_INIT("XML"), STR_INIT("xml"),
		STR_INIT("svg xsd xsl xslt plist rss atom csproj pom"), STR_INIT(""),
		&lexer_xml, false },
	{ STR_INIT("YAML"), STR_INIT("yaml"), STR_INIT("yml"), STR_INIT("#CB171E"), &lexer_yaml,
		false },
	{ STR_INIT("Zig"), STR_INIT("zig"), STR_INIT("zon"), STR_INIT("#F7A41D"), &lexer_zig,
		true },
};

enum { LANGUAGES = sizeof(languages) / sizeof(languages[0]), SLOTS = 1024 };

/* Every spelling leads to its row; worked out once, only read afterwards. */
struct spelling {
	str word;
	const struct language *language;
};

static struct spelling spellings[SLOTS];
static pthread_once_t made = PTHREAD_ONCE_INIT;

static size_t slot_of(str word)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < word.len; i++) {
		uint8_t c = (uint8_t)word.ptr[i];

		h = (h ^ (is_upper(c) ? c | 32u : c)) * 16777619u;
	}
	return (h ^ h >> 15) % SLOTS;
}

static struct spelling *find_spelling(str word)
{
	size_t i = slot_of(word);

	while (spellings[i].language && !str_eq_nocase(spellings[i].word, word))
		i = (i + 1) % SLOTS;
	return &spellings[i];
}

static void add_spelling(str word, const struct language *language)
{
	struct spelling *s = find_spelling(word);

	if (word.len > 0 && !s->language)
		*s = (struct spelling){ word, language };
}

static void make_spellings(void)
{
	for (size_t i = 0; i < LANGUAGES; i++) {
		add_spelling(languages[i].slug, &languages[i]);
		add_spelling(languages[i].name, &languages[i]);
	}
	for (size_t i = 0; i < LANGUAGES; i++) {
		struct str_pair rest = str_cut(languages[i].words, ' ');

		for (; rest.head.len > 0; rest = str_cut(rest.tail, ' '))
			if (!str_eq(rest.head, STR("|")))
				add_spelling(rest.head, &languages[i]);
	}
}

const struct language *language_find(str word)
{
	enum { LONGEST = 32 };

	if (word.len == 0 || word.len > LONGEST)
		return NULL;
	pthread_once(&made, make_spellings);
	return find_spelling(word)->language;
}

const struct language *language_all(size_t *count)
{
	*count = LANGUAGES;
	return languages;
}
