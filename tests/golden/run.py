#!/usr/bin/env python3
"""Golden sites: build each case, compare with what it should become (see README.md).

    run.py --gen PROGRAM [CASE...]        check
    GOLDEN=update run.py --gen PROGRAM    rewrite the expectations
"""
import argparse
import concurrent.futures
import difflib
import fnmatch
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
DEFAULT_COMMAND = "gen build --output ../out $JOBS\n"
STREAMS = ("stdout", "stderr")
TIME_LIMIT = 60
# What differs from run to run and says nothing about the site.
NOISE = [
    (re.compile(rb"\bin \d+(\.\d+)? (ms|s)\b"), b"in N ms"),
    (re.compile(rb"\"ms\": [0-9.]+"), b"\"ms\": N"),
]
# Our own bookkeeping in the output folder.
NOT_SITE = (".gen-manifest",)


class Result:
    """What one run of a case left behind."""

    def __init__(self, status, stdout, stderr, files):
        self.status, self.stdout, self.stderr, self.files = status, stdout, stderr, files


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def read_optional(path, default):
    return read_bytes(path) if os.path.exists(path) else default


def read_tree(root):
    """Path below root -> bytes; a link is its target."""
    files = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            below = os.path.relpath(path, root)
            if below in NOT_SITE:
                continue
            if stat.S_ISLNK(os.lstat(path).st_mode):
                files[below] = b"-> " + os.readlink(path).encode()
            else:
                files[below] = read_bytes(path)
    return files


def without_noise(data, work):
    data = data.replace(os.fsencode(work), b"WORK")
    for pattern, replacement in NOISE:
        data = pattern.sub(replacement, data)
    return data


def environment(gen, jobs):
    """Little comes from outside: the same bytes must come out on every machine."""
    tools = os.path.dirname(gen)
    return {
        "PATH": tools + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        "LC_ALL": "C",
        "TZ": "UTC",
        "HOME": "/nonexistent",
        "SOURCE_DATE_EPOCH": "1772366400",  # 2026-03-01T12:00:00Z
        "JOBS": "--jobs %d" % jobs,
        "ASAN_OPTIONS": "detect_leaks=1",
    }


def run_once(case, gen, jobs):
    work = tempfile.mkdtemp(prefix="golden-")
    try:
        site = os.path.join(work, "site")
        source = os.path.join(case, "site")
        if os.path.isdir(source):
            shutil.copytree(source, site, symlinks=True)
        else:
            os.mkdir(site)
        command = read_optional(os.path.join(case, "cmd"), DEFAULT_COMMAND.encode())
        with open(os.path.join(work, "cmd"), "wb") as file:
            file.write(command)
        with open(os.path.join(work, "stdout"), "wb") as out, \
                open(os.path.join(work, "stderr"), "wb") as err:
            child = subprocess.Popen(["/bin/sh", "../cmd"], cwd=site, stdin=subprocess.DEVNULL,
                                     stdout=out, stderr=err, env=environment(gen, jobs),
                                     start_new_session=True)
            try:
                status = child.wait(TIME_LIMIT)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, 9)
                child.wait()
                status = "over %d seconds" % TIME_LIMIT
        streams = [without_noise(read_bytes(os.path.join(work, name)), work) for name in STREAMS]
        return Result(status, streams[0], streams[1], read_tree(os.path.join(work, "out")))
    finally:
        subprocess.run(["chmod", "-R", "u+rwX", work], check=False)
        shutil.rmtree(work, ignore_errors=True)


def difference(name, expected, found):
    """A short unified diff as text."""
    def lines(data):
        return data.decode("utf-8", "backslashreplace").splitlines()
    diff = list(difflib.unified_diff(lines(expected), lines(found), "expected/" + name,
                                     "found/" + name, lineterm="", n=1))
    if not diff:
        return "%s differs in bytes that do not show (line ends?)" % name
    more = len(diff) - 40
    return "\n".join(diff[:40] + (["... %d more lines" % more] if more > 0 else []))


def compare_trees(expected, found):
    faults = []
    for name in sorted(set(expected) | set(found)):
        if name not in found:
            faults.append("%s is missing" % name)
        elif name not in expected:
            faults.append("%s is not expected" % name)
        elif expected[name] != found[name]:
            faults.append(difference(name, expected[name], found[name]))
    return faults


def chosen(files, case):
    """The files that the case names in `files` (and not after "!"), all when it names none."""
    path = os.path.join(case, "files")
    if not os.path.exists(path):
        return files
    patterns = read_bytes(path).decode().split()
    no = [pattern[1:] for pattern in patterns if pattern.startswith("!")]
    yes = [pattern for pattern in patterns if not pattern.startswith("!")]

    def fits(name, some):
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in some)
    return {name: data for name, data in files.items() if fits(name, yes) and not fits(name, no)}


def compares_tree(case):
    return any(os.path.exists(os.path.join(case, name)) for name in ("expect", "files"))


def check(case, result):
    faults = []
    status = read_optional(os.path.join(case, "status"), b"0").strip().decode()
    if str(result.status) != status:
        faults.append("exit status %s, expected %s" % (result.status, status))
    expected = read_optional(os.path.join(case, "stderr"), b"")
    if result.stderr != expected:
        faults.append(difference("stderr", expected, result.stderr))
    path = os.path.join(case, "stdout")
    if os.path.exists(path) and result.stdout != read_bytes(path):
        faults.append(difference("stdout", read_bytes(path), result.stdout))
    if compares_tree(case):
        faults += compare_trees(read_tree(os.path.join(case, "expect")), chosen(result.files, case))
    return faults


def agree(one, four):
    """One thread and four must leave the same behind."""
    faults = []
    if one.status != four.status:
        faults.append("exit status %s with --jobs 1, %s with --jobs 4" % (one.status, four.status))
    for name in STREAMS:
        if getattr(one, name) != getattr(four, name):
            faults.append("--jobs 1 and 4: " + difference(name, getattr(one, name), getattr(four, name)))
    return faults + ["--jobs 1 and 4: " + fault for fault in compare_trees(one.files, four.files)]


def write_or_remove(path, data, empty):
    if data != empty:
        with open(path, "wb") as file:
            file.write(data)
    elif os.path.exists(path):
        os.remove(path)


def update(case, result):
    write_or_remove(os.path.join(case, "status"), b"%d\n" % result.status, b"0\n")
    write_or_remove(os.path.join(case, "stderr"), result.stderr, b"")
    if os.path.exists(os.path.join(case, "stdout")):
        write_or_remove(os.path.join(case, "stdout"), result.stdout, None)
    if not compares_tree(case):
        return
    root = os.path.join(case, "expect")
    shutil.rmtree(root, ignore_errors=True)
    for name, data in chosen(result.files, case).items():
        path = os.path.join(root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)


def run_case(name, gen, updating):
    case = os.path.join(HERE, name)
    one, four = run_once(case, gen, 1), run_once(case, gen, 4)
    faults = agree(one, four)
    if updating and not faults and isinstance(one.status, int):
        update(case, one)
    return faults + check(case, one)


def cases():
    found = []
    for folder, names, files in os.walk(HERE):
        if "site" in names or "cmd" in files:
            found.append(os.path.relpath(folder, HERE))
            names[:] = []
    return sorted(found)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gen", required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("case", nargs="*")
    args = parser.parse_args()
    names = [os.path.relpath(os.path.abspath(c), HERE) if os.path.isdir(c) else c for c in args.case]
    updating = os.environ.get("GOLDEN") == "update"
    gen = os.path.abspath(args.gen)
    if not os.access(gen, os.X_OK):
        sys.exit("run.py: %s is not a program" % gen)
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        todo = names or cases()
        for name, faults in zip(todo, pool.map(lambda n: run_case(n, gen, updating), todo)):
            passed, failed = passed + (not faults), failed + bool(faults)
            if faults:
                print("FAILED %s\n%s\n" % (name, "\n".join(faults)))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
