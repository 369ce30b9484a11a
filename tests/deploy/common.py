"""What the tests of `gen deploy` share: a site in two generations, and what must hold of a target."""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

GEN, KILLER = (os.path.abspath(path) for path in sys.argv[1:3])
LIST = ".gen-deploy"
LIMIT = 60
# Names that programs could take for something else.
ODD_NAMES = ["with space.txt", "-dash.txt", "ünï→.txt", "#hash;x.txt", "quote\"'.txt", "back\\slash.txt", "*.txt",
             "a/.hidden/x.txt", "[x].txt", "$HOME.txt"]
NEW_LINE = "new\nline.txt"
# Files of others at the target: they stay, whatever happens.
FOREIGN = {"CNAME": "example.org\n", "tags/foreign.txt": "mine\n", "old/foreign.txt": "mine\n"}

passed = 0


def check(condition, what):
    global passed
    if not condition:
        sys.exit("FAILED: " + what)
    passed += 1


def skip(why):
    print("skipped: " + why)
    sys.exit(77)


def need(program):
    if not shutil.which(program):
        skip("there is no program " + program)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def tree(root, leave=()):
    """Path below root -> bytes."""
    found = {}
    for folder, names, files in os.walk(root):
        if ".git" in names:
            names.remove(".git")
        for name in files:
            path = os.path.relpath(os.path.join(folder, name), root)
            if path not in leave:
                with open(os.path.join(folder, name), "rb") as file:
                    found[path] = file.read()
    return found


class Work:
    """A scratch folder with a site in it, and children that end with it."""

    def __init__(self, config, odd_names=()):
        self.root = tempfile.mkdtemp(prefix="gen-deploy-test-")
        self.site = os.path.join(self.root, "site here")
        self.children = []
        # A killed gen leaves what it had put into the system's place for such.
        self.env = dict(os.environ, LC_ALL="C.UTF-8", NO_COLOR="1", TMPDIR=os.path.join(self.root, "tmp"))
        os.mkdir(self.env["TMPDIR"])
        self.odd_names = odd_names
        write(self.site + "/gen.yaml", "title: T\n" + config)
        self.generation("A")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for child in self.children:
            child.kill()
            child.wait()
        shutil.rmtree(self.root, ignore_errors=True)

    def generation(self, name):
        """Pages, assets and files that all differ; some of A are not in B, and the other way round."""
        for folder in ("content", "static", "templates"):
            shutil.rmtree(os.path.join(self.site, folder), ignore_errors=True)
        other = "b-only" if name == "B" else "old/a-only"
        for slug in ("first", "second", "sub/third", other):
            write("%s/content/%s.md" % (self.site, slug), "# %s %s\n\nText of %s.\n" % (slug, name, name))
        write(self.site + "/templates/assets/extra.css", "/* %s */\n" % name)
        for odd in self.odd_names:
            write("%s/static/%s/%s" % (self.site, "files", odd), "%s of %s\n" % (odd, name))
        self.gen("build", "-q")

    def gen(self, *args, status=0, env=None, stdin=subprocess.DEVNULL):
        run = subprocess.run([GEN, *args], cwd=self.site, env=env or self.env, timeout=LIMIT, text=True,
                             stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        check(run.returncode == status, "gen %s: status %d, expected %d\n%s%s" %
              (" ".join(args), run.returncode, status, run.stdout[-2000:], run.stderr[-2000:]))
        return run.stdout + run.stderr

    def plan(self, target=None):
        """What a dry run says, as JSON."""
        return json.loads(self.gen("deploy", *([target] if target else []), "--dry-run", "--json"))

    def start(self, *command, **more):
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, **more)
        self.children.append(child)
        return child

    def built(self):
        return tree(self.site + "/site", leave=(".gen-manifest",))

    def expect(self, target, foreign=True):
        """The target is exactly the site, and what others put there."""
        found = tree(target, leave=(LIST,))
        wanted = dict(self.built())
        if foreign:
            wanted.update({path: text.encode() for path, text in FOREIGN.items()})
        check(sorted(found) == sorted(wanted), "files at the target: missing %s, too many %s" %
              (sorted(set(wanted) - set(found)), sorted(set(found) - set(wanted))))
        check(found == wanted, "a file at the target has other bytes")
        check(os.path.exists(os.path.join(target, LIST)), "there is no list")


def put_foreign(target):
    for path, text in FOREIGN.items():
        write(os.path.join(target, path), text)


def whole(target):
    """Whatever has happened: a page that is there has its assets, and files of others are there."""
    found = tree(target)
    for path, data in found.items():
        if not path.endswith(".html"):
            continue
        for asset in re.findall(rb'(?:href|src)="?/(assets/[^"> ]+)', data):
            check(asset.decode() in found, "%s is there without %s" % (path, asset.decode()))
        check(data.rstrip().endswith(b"</html>"), "%s is only half there" % path)
    for path, text in FOREIGN.items():
        check(found.get(path) == text.encode(), "a file of others is gone: " + path)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


WRAPPER = """#!%s
import os, subprocess, sys
# Stands before a program: at the call of that number only half of the names reach it, and gen is killed.
state, at, real = %r, %d, %r
count = int(open(state).read()) + 1
open(state, "w").write(str(count))
args = sys.argv[1:]
if count < at:
    os.execv(real, [real] + args)
if "--files-from=-" in args:
    names = sys.stdin.buffer.read().split(b"\\0")
    names = names[:len(names) // 2]
    subprocess.run([real] + args, input=b"\\0".join(names))
elif "--files-from-raw" in args:
    path = args[args.index("--files-from-raw") + 1]
    names = open(path, "rb").read().split(b"\\n")
    open(path, "wb").write(b"\\n".join(names[:len(names) // 2]) + b"\\n")
    subprocess.run([real] + args)
os.kill(os.getppid(), 9)
"""


def kill_at_each_call(work, program, target, after):
    """From A to B and back, killed at each call of the program; then the next deploy puts it right."""
    tools = os.path.join(work.root, "tools")
    state = os.path.join(work.root, "calls")
    wrapper = os.path.join(tools, program)
    real = shutil.which(program)
    killed, name = 0, "B"
    for at in range(1, 40):
        work.generation(name)
        write(state, "0")
        write(wrapper, WRAPPER % (sys.executable, state, at, real))
        os.chmod(wrapper, 0o755)
        env = dict(work.env, PATH=tools + ":" + work.env["PATH"])
        run = subprocess.run([GEN, "deploy", target], cwd=work.site, env=env, timeout=LIMIT,
                             stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after()
        if run.returncode == 0:
            break
        check(run.returncode == -signal.SIGKILL, "gen was not killed: %d" % run.returncode)
        killed += 1
        work.gen("deploy", target)
        after(ended=True)
        name = "A" if name == "B" else "B"
    check(killed >= 3, "only %d deploys were killed" % killed)
    return killed


def done():
    print("%d passed, 0 failed" % passed)
