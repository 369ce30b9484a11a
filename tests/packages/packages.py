#!/usr/bin/env python3
"""Packages of examples, fetched by clients that are shell scripts: no toolchain and no network is needed.

    packages.py GEN

Exit status 77: no sandbox works here.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

GEN = sys.argv[1]
SKIPPED = 77

# A module cache with a file a module; go.mod and go.sum of what was asked for; a program that is a script.
GO = r"""#!/bin/sh
[ "$1" = env ] && { echo ROOT/goroot; exit; }
[ "$1" = version ] && { echo "go version go1.99.3 fake/sh"; exit; }
[ "$1" = build ] || echo "go $*" >> ROOT/log
case "$1 $2" in
"mod init") echo "module $3" > go.mod; echo >> go.mod ;;
"mod edit") echo "go ${3#-go=}" >> go.mod ;;
"get "*)
	shift
	for word; do
		case $word in
		*missing*) echo "go: downloading x" >&2; echo "go: module $word: not found" >&2; exit 1 ;;
		esac
		mkdir -p "$GOMODCACHE"; echo "${word#*@}" > "$GOMODCACHE/$(basename "${word%@*}")"
		echo "require ${word%@*} ${word#*@}" >> go.mod; echo "${word%@*} ${word#*@} h1:x" >> go.sum
	done ;;
"mod tidy") grep -q UNNAMED main.go && echo "require example.org/unnamed v1.0.0" >> go.mod
	echo "require example.org/below v1.0.0 // indirect" >> go.mod ;;
"mod download") grep ^require go.mod | grep -v indirect | while read -r _ name version _; do
		mkdir -p "$GOMODCACHE"; echo "$version" > "$GOMODCACHE/$(basename "$name")"
	done ;;
"build "*)
	[ -e go.mod ] && [ -e go.sum ] || { echo "./main.go:1:1: no go.mod" >&2; exit 1; }
	{ echo '#!/bin/sh'; echo "x='$(cat "$GOMODCACHE"/*)'"; cat main.go; } > main; chmod +x main ;;
esac
"""

PYTHON = r"""#!/bin/sh
case "$1 $2 $3" in
"-c"*) echo ROOT/pyroot ;;
"--version"*) echo "Python 3.99.1" ;;
"-B main.py "*) exec /bin/sh main.py ;;
"-m pip download")
	echo "pip $*" >> ROOT/log
	mkdir -p wheels
	case "$*" in
	*-r*) sed -n 's/ .*//; s/==/-/p' requirements.txt > names ;;
	*) while [ "$1" != -- ]; do shift; done; shift; printf '%s\n' "$@" | sed 's/==/-/; s/^\([^-]*\)$/\1-9.9/' > names ;;
	esac
	grep -q sdist names && { echo "Looking" ; echo "ERROR: No matching distribution found for sdist" >&2; exit 1; }
	while read -r name; do echo "the wheel of $name" > "wheels/$name-py3-none-any.whl"; done < names ;;
"-m pip install")
	echo "pip $2 $3" >> ROOT/log
	mkdir made; for wheel in wheels/*; do cp "$wheel" "made/$(basename "$wheel" -py3-none-any.whl)"; done ;;
esac
"""

NPM = r"""#!/bin/sh
echo "npm $*" >> ROOT/log
case $1 in
install)
	grep -q addresses package.json && { echo '{"resolved": "https://example.org/x"}' > package-lock.json; exit; }
	grep -q broken package.json && { echo "npm error code E404" >&2; echo "npm error 404 Not Found" >&2; exit 1; }
	echo '{"lockfileVersion": 3}' > package-lock.json ;;
ci) mkdir node_modules; echo "a module" > node_modules/ms ;;
esac
"""

NODE = r"""#!/bin/sh
case $1 in
-p) echo ROOT/noderoot ;;
--version) echo v99.0.0 ;;
*) exec /bin/sh "$1" ;;
esac
"""


class Site:
    def __init__(self, root):
        self.root = root
        self.failures = []
        for path, text in (("goroot/bin/go", GO), ("pyroot/bin/python3", PYTHON), ("npmroot/bin/npm", NPM),
                           ("noderoot/bin/node", NODE), ("site/gen.yaml", "title: Packages\n"), ("log", "")):
            self.put(path, text.replace("ROOT", root))
            os.chmod(root + "/" + path, 0o755)
        os.chmod(root, 0o755)
        self.env = dict(os.environ, XDG_CACHE_HOME=root + "/cache", PATH=":".join(
            root + "/%sroot/bin" % tool for tool in ("go", "py", "npm", "node")) + ":/usr/bin:/bin")

    def put(self, path, text):
        path = self.root + "/" + path
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as f:
            f.write(text)

    def get(self, path):
        with open(self.root + "/" + path) as f:
            return f.read()

    def log(self):
        text = self.get("log")
        self.put("log", "")
        return text

    def article(self, *fences):
        self.put("site/content/a.md", "# Packages\n\n" + "\n".join("```%s\n%s\n```\n" % fence for fence in fences))

    def run(self, *words):
        done = subprocess.run([GEN, "run", "--json", "--source", self.root + "/site", *words], capture_output=True,
                              timeout=120, env=self.env)
        return json.loads(done.stdout)

    def expect(self, what, found, state, why=""):
        example = found["examples"][0]
        if example["state"] != state or why not in example["why"]:
            self.failures.append("%s: %s (%s), expected %s (%s)" % (what, example["state"], example["why"], state, why))

    def check(self, what, fine, found=""):
        if not fine:
            self.failures.append("%s: %s" % (what, found))


def check_python(s):
    code = 'cat "$PYTHONPATH"/* && ! echo x 2>/dev/null > "$PYTHONPATH/flask-3.0" && echo read-only'
    s.article(("python run id=x deps=flask==3.0", code))
    found = s.run()
    s.expect("never fetched", found, "not-run", "its packages were never fetched: `gen run --fetch ")
    s.check("no client without --fetch", s.log() == "")
    s.expect("verify without lock", s.run("--verify", "--fetch"), "failed", "its packages are not locked")
    s.expect("fetched", s.run("--fetch"), "recorded")
    s.check("wheels only", "--only-binary=:all:" in s.get("log") and "flask==3.0" in s.log())
    lock = s.get("site/content/a.runs/x.requirements.txt")
    s.check("lock", lock.startswith("# gen: flask==3.0\nflask==3.0 --hash=sha256:") and "//" not in lock, lock)
    out = s.get("site/content/a.runs/x.stdout")
    s.check("seen in the sandbox", out == "the wheel of flask-3.0\nread-only\n", out)
    s.expect("again", s.run("--fetch"), "unchanged")
    s.check("nothing is fetched twice", s.log() == "", s.get("log"))
    s.expect("locked anew", s.run("--fetch", "--refresh"), "recorded")
    s.check("without the old lock", "--require-hashes" not in s.log().split("pip pip install")[0])

    shutil.rmtree(s.root + "/cache")
    s.expect("a new machine, fresh record", s.run(), "unchanged")
    s.expect("a new machine", s.run("--verify"), "not-run", "its packages are not on this machine: `gen run --fetch ")
    s.expect("a new machine that fetches", s.run("--verify", "--fetch"), "same")
    s.check("by the lock", "--require-hashes -r requirements.txt" in s.log(), s.get("log"))
    s.check("the lock stays", s.get("site/content/a.runs/x.requirements.txt") == lock)

    s.put("site/content/a.runs/x.requirements.txt", lock.replace("sha256:", "sha256:0"[:-1]).replace(lock[-9:], "00000000\n"))
    s.expect("another lock is another example", s.run("--verify"), "not-run", "its packages are not on this machine")
    for line in ("--index-url=https://example.org/", "-r other.txt", "-e .", "x @ https://example.org/x.whl",
                 "flask==3.0", "flask==3.0 --hash=sha256:0", lock.split("\n")[1] + " --hash=sha256:0"):
        s.put("site/content/a.runs/x.requirements.txt", lock + line + "\n")
        s.expect("a lock with " + line, s.run("--verify", "--fetch"), "failed", "its packages are not locked")
        s.expect("a lock with " + line, s.run("--verify"), "not-run", "its lock is not as gen writes it")
    s.check("no client sees such a lock", s.log() == "")
    s.put("site/content/a.runs/x.requirements.txt", lock.replace("\n", "\r\n"))
    s.expect("line ends are no other lock", s.run(), "unchanged")

    s.article(("python run id=x deps=flask==3.1", code))
    s.expect("other deps", s.run(), "not-run", "deps= was changed since its packages were fetched")
    s.expect("locked anew", s.run("--fetch"), "recorded")
    s.check("the new lock", "flask==3.1 --hash" in s.get("site/content/a.runs/x.requirements.txt"))
    s.article(("python run id=x deps=sdist", code))
    s.expect("what must be built", s.run("--fetch"), "failed", "ERROR: No matching distribution found for sdist")
    s.article(("python run id=x", "echo y"))
    s.expect("no deps any more", s.run(), "recorded")
    s.check("no lock any more", sorted(os.listdir(s.root + "/site/content/a.runs")) == ["x.stdout", "x.yaml"])
    s.article(("python run id=y", "echo y"))
    s.run()
    s.check("gone", sorted(os.listdir(s.root + "/site/content/a.runs")) == ["y.stdout", "y.yaml"])
    s.check("nothing is left over", not [n for n in os.listdir(s.root + "/cache/gen/packages") if n.startswith("fetch")])


def check_go(s):
    s.log()
    s.article(("go run id=x deps=gin@v1.2.3", "echo $x"))
    s.expect("go", s.run("--fetch"), "recorded")
    log = s.log()
    s.check("go's commands", log == "go mod init example\ngo mod edit -go=1.99\ngo get github.com/gin-gonic/gin@v1.2.3\ngo mod tidy\n", log)
    lock = s.get("site/content/a.runs/x.go.mod")
    s.check("go.mod", lock.startswith("// gen: github.com/gin-gonic/gin@v1.2.3\nmodule example\n"), lock)
    out = s.get("site/content/a.runs/x.stdout")
    s.check("seen by the compiler", "v1.2.3" in out, out)
    s.put("site/content/a.runs/x.go.mod", lock + "replace example.org/x => ../../x\n")
    s.expect("go.mod with a folder", s.run("--verify"), "not-run", "its lock is not as gen writes it")
    s.put("site/content/a.runs/x.go.mod", lock)
    shutil.rmtree(s.root + "/cache")
    s.expect("go by its lock", s.run("--verify", "--fetch"), "same")
    s.check("go's download", s.log() == "go mod download\n")
    s.article(("go run id=x deps=gin@v1.2.3", "echo $x UNNAMED"))
    s.expect("the same lock", s.run("--fetch"), "recorded")
    s.article(("go run id=x deps=gin", "echo $x UNNAMED"))
    s.expect("not named", s.run("--fetch"), "failed", "it imports example.org/unnamed, which deps= does not name")
    s.article(("go run id=x deps=example.org/missing@v1.0.0", "x"))
    s.expect("missing", s.run("--fetch"), "failed", "go failed: go: module example.org/missing@v1.0.0: not found")


def check_npm(s):
    s.article(("javascript run id=x deps=ms@2.1.3", "cat node_modules/ms"))
    s.expect("npm", s.run("--fetch"), "recorded")
    log = s.log()
    s.check("no scripts", log.count("--ignore-scripts") == 2, log)
    s.check("seen by node", s.get("site/content/a.runs/x.stdout") == "a module\n")
    s.put("site/content/a.runs/x.package-lock.json", '{"resolved": "git+ssh://example.org/x"}')
    s.expect("an address in a lock", s.run("--verify"), "not-run", "its lock is not as gen writes it")
    s.article(("javascript run id=x deps=addresses", "x"))
    s.expect("addresses in a lock", s.run("--fetch"), "failed", "npm wrote addresses into its lock")
    s.article(("javascript run id=x deps=broken", "x"))
    s.expect("not found", s.run("--fetch"), "failed", "npm failed: npm error 404 Not Found")
    os.remove(s.root + "/npmroot/bin/npm")
    s.env["PATH"] = s.env["PATH"].replace(":/usr/bin:/bin", "")
    s.article(("javascript run id=x deps=ms", "x"))
    s.expect("no npm", s.run("--fetch"), "failed", "there is no command npm")


def main():
    with tempfile.TemporaryDirectory() as root:
        site = Site(root)
        site.article(("python run", "echo x"))
        if site.run().get("sandbox") in (None, "none"):
            sys.exit(SKIPPED)
        # As root on this rung examples have no folder for packages.
        if site.run()["sandbox"] == "landlock" and os.geteuid() == 0:
            sys.exit(SKIPPED)
        shutil.rmtree(root + "/site/content/a.runs")
        for check in (check_python, check_go, check_npm):
            check(site)
        for line in site.failures:
            print("FAILED " + line)
        print("%d failed" % len(site.failures))
        sys.exit(1 if site.failures else 0)


main()
