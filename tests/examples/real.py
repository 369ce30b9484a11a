#!/usr/bin/env python3
"""gen run with the toolchains of this machine: they run, agree in pairs, and their faults are said at the article's line.

    tests/examples/real.py --gen build/dev/src/gen

What is not installed is left out and said.
"""
import argparse
import os

import shutil
import subprocess
import sys
import tempfile

FENCE = "```"

# language, its command, a program that prints its first argument and the sum of the lines of its input
PROGRAMS = [
    ("go", "go", """package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
)

func main() {
	sum := 0
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		n, _ := strconv.Atoi(lines.Text())
		sum += n
	}
	fmt.Println(os.Args[1], sum)
}"""),
    ("python", "python3", "import sys\n\nprint(sys.argv[1], sum(int(line) for line in sys.stdin))"),
    ("c", "cc", """#include <stdio.h>

int main(int argc, char **argv)
{
	int n, sum = 0;

	while (scanf("%d", &n) == 1)
		sum += n;
	printf("%s %d\\n", argc > 1 ? argv[1] : "", sum);
	return 0;
}"""),
    ("rust", "rustc", """use std::io::BufRead;

fn main() {
    let name = std::env::args().nth(1).unwrap();
    let sum: i32 = std::io::stdin().lock().lines().map(|l| l.unwrap().parse::<i32>().unwrap()).sum();
    println!("{name} {sum}");
}"""),
    ("javascript", "node", """const lines = require("fs").readFileSync(0, "utf8").trim().split("\\n");
console.log(process.argv[2], lines.map(Number).reduce((a, b) => a + b, 0));"""),
    ("bash", "bash", 'sum=0\nwhile read -r n; do sum=$((sum + n)); done\necho "$1 $sum"'),
    ("perl", "perl", 'my $name = shift; my $sum = 0;\n$sum += $_ while <STDIN>;\nprint "$name $sum\\n";'),
]

# What running finds in articles: fence, code, the line in the code, and words of the message.
FAULTS = [
    ("go", "go run", "package main\n\nfunc main() {\n\tx := 1\n\tx := 2\n\t_ = x\n}", 5, "no new variables"),
    ("go", "go run", 'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\nfunc main() { fmt.Println(1) }', 5, "imported and not used"),
    ("go", "go run", "package main\n\nfunc a() {}\n\nfunc a() {}\n\nfunc main() {}", 5, "redeclared"),
    ("go", "go run", 'package main\n\nfunc main() {}\n\npackage main\n\nfunc other() {}', 5, "non-declaration statement"),
    ("python3", "python run", "def total(x):\n    return x\n\nprint(totl(1))", 4, "totl"),
    ("python3", "python run", "print('one'\nprint('two')\n", 1, "never closed"),
    ("cc", "c run", "int main(void)\n{\n\treturn y;\n}", 3, "undeclared"),
    ("node", "javascript run", "const a = 1;\nmissing();\n", 2, "missing is not defined"),
]

passed = failed = 0


def say(fine, name, why=""):
    global passed, failed
    if fine:
        passed += 1
    else:
        failed += 1
        print(f"FAILED {name}: {why}")


def run(gen, *words):
    result = subprocess.run([gen, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=280)
    return result.returncode, result.stdout + result.stderr


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def try_pairs(gen, work, here):
    site = os.path.join(work, "pairs")
    blocks = [f'{FENCE}{language} run id={language} pair=sum args="Ann" stdin="1\\n2\\n39\\n"\n{code}\n{FENCE}\n'
              for language, _, code in here]
    path = os.path.join(site, "content", "a.md")
    write(path, "# Sums\n\n" + "\n".join(blocks))
    status, said = run(gen, "run", "--source", site)
    if status == 2:
        return False
    say(status == 0, "programs run and agree", said[-1500:])
    for language, _, _ in here:
        record = os.path.join(site, "content", "a.runs", language + ".stdout")
        say(os.path.exists(record) and open(record, encoding="utf-8").read() == "Ann 42\n", f"{language} prints the sum")
    status, said = run(gen, "run", "--verify", "--source", site)
    say(status == 0, "verify runs them again", said[-1500:])
    status, said = run(gen, "check", "--source", site)
    say(status == 0, "check finds their records fresh", said[-1500:])
    with open(path, encoding="utf-8") as f:
        text = f.read()
    write(path, text.replace('args="Ann"', 'args="Bob"', 1))
    status, said = run(gen, "check", "--source", site)
    say(status == 3 and "was changed since it was last run" in said, "check finds a changed example", said)
    status, said = run(gen, "run", "--source", site)
    say(status == 1 and len(here) > 1, "one of a pair that prints something else", said)
    return True


def try_fault(gen, work, number, fence, code, line, words):
    site = os.path.join(work, f"fault{number}")
    write(os.path.join(site, "content", "a.md"), f"---\ntitle: A\n---\nText.\n\n{FENCE}{fence} id=x\n{code}\n{FENCE}\n")
    status, said = run(gen, "run", "--source", site)
    place = f"a.md:{6 + line}:"
    found = any(place in l and words in l for l in said.splitlines())
    say(status == 1 and found, f"{fence}, line {line}: {words}", said[-1200:])


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--gen", required=True)
    gen = os.path.abspath(options.parse_args().gen)
    here = [p for p in PROGRAMS if shutil.which(p[1])]
    with tempfile.TemporaryDirectory() as work:
        if not try_pairs(gen, work, here):
            print("no sandbox works here, so nothing can be run")
            return 77
        for number, (tool, *fault) in enumerate(FAULTS):
            if shutil.which(tool):
                try_fault(gen, work, number, *fault)
    print(f"{passed} passed, {failed} failed")
    left = [p[1] for p in PROGRAMS if p not in here]
    if left:
        print("not installed here: " + " ".join(left))
    return 1 if failed else 0


sys.exit(main())
