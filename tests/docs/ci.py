#!/usr/bin/env python3
"""The files of docs/ci that users copy: they can be read, ask for no more rights than they need, and their lines run.

    ci.py GEN
"""
import glob
import os
import re
import subprocess
import sys
import tempfile
import tomllib

try:
    import yaml
except ImportError:
    print("skipped: there is no python3-yaml")
    sys.exit(77)

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(ROOT, "docs", "ci")
GEN = os.path.abspath(sys.argv[1])
MAY_WRITE = {"github-pages.yml": {"pages", "id-token"}, "github-branch.yml": {"contents"}}
passed = 0


def check(condition, what):
    global passed
    if not condition:
        sys.exit("FAILED: " + what)
    passed += 1


def text_of(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return file.read()


def check_rights(name, permissions):
    for what, right in permissions.items():
        check(right in ("read", "none") or what in MAY_WRITE.get(name, ()), "%s: %s may %s" % (name, what, right))


def check_workflow(name, workflow):
    """A workflow of GitHub: rights by name, official actions, every job bounded to what it needs."""
    check("permissions" in workflow, name + ": no permissions, so every job may write")
    check_rights(name, workflow["permissions"])
    for job in workflow["jobs"].values():
        check("runs-on" in job and job["steps"], name + ": a job without runner or steps")
        check_rights(name, job.get("permissions", {}))
        for step in job["steps"]:
            check(("run" in step) != ("uses" in step), name + ": a step runs or uses")
            if "uses" in step:
                check(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]), "%s: %s is no official action" % (name, step["uses"]))
            else:
                check("${{" not in step["run"], name + ": a value of GitHub inside a script; pass it by env")
        needed = job.get("needs")
        check(needed is None or needed in workflow["jobs"], "%s: there is no job %s" % (name, needed))


def scripts_of(name, data):
    """Every line of shell in the file."""
    if "jobs" in data:
        steps = [step["run"] for job in data["jobs"].values() for step in job["steps"] if "run" in step]
    else:
        steps = data["default"]["before_script"] + data["check"]["script"] + data["pages"]["script"]
    for step in steps:
        shell = subprocess.run(["/bin/sh", "-n"], input=step, text=True, stderr=subprocess.PIPE, timeout=20)
        check(shell.returncode == 0, "%s: %s" % (name, shell.stderr))
        yield from step.splitlines()


def check_commands(name, lines, site):
    """The lines that call gen work on a site that `gen new site` made."""
    env = dict(os.environ, BASE_URL="https://example.org/a", CI_PAGES_URL="https://example.org/a")
    for line in lines:
        words = line.strip()
        if not re.match(r"gen (check|build|deploy)\b", words):
            continue
        words = words.replace("gen ", "'%s' " % GEN, 1)
        run = subprocess.run(["/bin/sh", "-c", words], cwd=site, env=env, text=True, timeout=60,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        check(run.returncode == 0, "%s: %s\n%s" % (name, line, run.stdout))


def set_up(site):
    remote = site + ".git"
    for words in (["git", "init", "-q", "--bare", remote], [GEN, "new", "site", site], ["git", "init", "-q", site],
                  ["git", "-C", site, "remote", "add", "origin", remote]):
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, timeout=60)
    # Its examples wait for `gen run`, and gen check says so.
    for path in glob.glob(site + "/content/*.md"):
        os.remove(path)
    with open(site + "/content/first.md", "w", encoding="utf-8") as file:
        file.write("# First\n\nText.\n")
    with open(site + "/gen.yaml", "a", encoding="utf-8") as file:
        file.write("deploy: {pages: {kind: git, branch: gh-pages}}\n")


def check_container():
    """Every source that is copied is there, and the program is not run by root."""
    text = text_of("Containerfile")
    words = [line.split() for line in text.splitlines() if line and not line.startswith(("#", " "))]
    copied = [line[1] for line in words if line[0] == "COPY" and not line[1].startswith("--from")]
    check(copied and all(os.path.exists(os.path.join(ROOT, path)) for path in copied), "Containerfile: COPY of nothing")
    users = [line[1] for line in words if line[0] == "USER"]
    check(users and users[-1] != "root", "Containerfile: runs as root")
    for script in re.findall(r"/src/(scripts/\S+)", text):
        check(os.access(os.path.join(ROOT, script), os.X_OK), "Containerfile: there is no " + script)


def check_shown():
    """docs/publishing.md shows the files themselves, so that it cannot differ from them."""
    with open(os.path.join(ROOT, "docs", "publishing.md"), encoding="utf-8") as file:
        page = file.read()
    for path in glob.glob(FOLDER + "/*"):
        check("ci/" + os.path.basename(path) in page, "docs/publishing.md does not mention " + path)


with tempfile.TemporaryDirectory() as work:
    set_up(work + "/site")
    for path in sorted(glob.glob(FOLDER + "/*.yml")):
        name = os.path.basename(path)
        data = yaml.safe_load(text_of(name))
        if "jobs" in data:
            check_workflow(name, data)
        check_commands(name, scripts_of(name, data), work + "/site")
check(tomllib.loads(text_of("netlify.toml"))["build"]["publish"] == "site", "netlify.toml")
check_container()
check_shown()
print("%d passed, 0 failed" % passed)
