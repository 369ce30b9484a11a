"""Sites for tests: written into a folder that goes away, built by gen, looked at."""
import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile

TIME_LIMIT = 200


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gen", required=True, type=os.path.abspath)
    return parser.parse_args()


@contextlib.contextmanager
def folder():
    """A folder in memory where there is one: many small files are slow to make and remove elsewhere."""
    memory = "/dev/shm"
    place = memory if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1 << 30 else None
    path = tempfile.mkdtemp(prefix="gen-site-", dir=place)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def write(root, files):
    for name, text in files.items():
        path = os.path.join(root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def build(gen, root, *options, status=0):
    """Build `root`; gives what was said. Another status than the expected one ends the test."""
    command = [gen, "build", "--source", root, *options]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1772366400", "LC_ALL": "C"}  # 2026-03-01 12:00 UTC
    done = subprocess.run(command, capture_output=True, timeout=TIME_LIMIT, env=environment, check=False)
    said = done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")
    if done.returncode != status:
        sys.exit("gen build ended with %d, not %d:\n%s" % (done.returncode, status, said[-4000:]))
    return said


def files_of(root):
    """Path below `root` -> path on disk."""
    found = {}
    for place, _, names in os.walk(root):
        for name in names:
            path = os.path.join(place, name)
            found[os.path.relpath(path, root)] = path
    return found


class Checks:
    """Counts, and says what failed; the last line is that of the other test programs."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, fine, what):
        if fine:
            self.passed += 1
            return
        self.failed += 1
        if self.failed <= 30:
            print("FAILED: %s" % what)

    def equal(self, found, expected, what):
        self.check(found == expected, "%s: %r, expected %r" % (what, found, expected))

    def finish(self):
        print("%d passed, %d failed" % (self.passed, self.failed))
        sys.exit(1 if self.failed or not self.passed else 0)
