#!/usr/bin/env python3
"""Examples as readers take them along: unzip, run the README's command, compare with the expected output.

    tests/examples/take_along.py --gen build/dev/src/gen --site .

Two sites: one made here, in languages that every machine has, run and recorded first; and the articles of this
repository with their records, as far as their tools are installed and are of the recorded version.
"""
import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile

ARTICLE = """# Programs to take along

```bash run id=args args="-n 'two words' '$HOME'" env="NAME='a b'" title="say.sh"
printf '%s\\n' "$NAME" "$@"
```

```bash run id=input stdin="3\\n1\\n2\\n"
sort
```

```bash run id=status expect=exit:3
echo almost
exit 3
```

```python run id=files files="numbers.txt lib.py" title="total.py"
import lib
print(lib.total(open("numbers.txt")))
```

```python serve id=server req="GET /hello?name=ada" req='POST /items {"a": "it is"}' req="GET /none"
import os
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(404 if self.path == "/none" else 200, self.path.encode())

    def do_POST(self):
        self.answer(201, self.rfile.read(int(self.headers["Content-Length"])))


HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
```

```c run id=c-sum stdin="40 2"
#include <stdio.h>

int main(void)
{
	int a, b;

	if (scanf("%d %d", &a, &b) == 2)
		printf("%d\\n", a + b);
	return 0;
}
```
"""

# An example with one of these fetches packages when it is run.
LOCKS = "go.sum", "requirements.txt", "package-lock.json"

passed = failed = skipped = 0


def say(fine, name, why=""):
    global passed, failed
    if fine:
        passed += 1
    else:
        failed += 1
        print(f"FAILED {name}: {why}")


def run(words, **options):
    return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, timeout=120, **options)


def readme_command(text):
    return re.search(r"^## (?:Run|Compile) it\n\n    (.+)$", text, re.M).group(1)


def tool_of(command):
    words = [word for word in command.split() if not re.match(r"[A-Z_]+=", word)]
    return words[0] if words else ""


def recorded_version(text):
    found = re.search(r"^Recorded with (.+), \d{4}-\d\d-\d\d\.$", text, re.M)
    number = re.search(r"\d+(\.\d+)+", found.group(1)) if found else None
    return number.group(0) if number else None


def has_version(tool, version, cache={}):
    """The tool here is of the recorded version; others may print otherwise."""
    if tool not in cache:
        cache[tool] = ""
        for words in ([tool, "version"], [tool, "--version"]):
            try:
                cache[tool] += run(words).stdout.decode(errors="replace")
            except OSError:
                pass
    return version is None or version in cache[tool]


def is_free(port):
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_for(port, server):
    """Until something listens there, a server that ended, or a minute."""
    for _ in range(600):
        if server.poll() is not None:
            return False
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False


def try_server(folder, command, text, name, env):
    """Start it as the README says, ask it as the README says."""
    global skipped
    requests = re.findall(r"^    (curl -i .+)$", text, re.M)
    port = int(re.search(r"\bPORT=(\d+)", command).group(1))
    if not shutil.which("curl") or not is_free(port):
        skipped += 1
        return
    server = subprocess.Popen(["sh", "-c", command], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        say(wait_for(port, server), name, f"`{command}` does not listen on {port}")
        for number, request in enumerate(requests, 1):
            # The body alone is what is compared.
            answer = subprocess.run(["sh", "-c", request.replace("curl -i", "curl -s --max-time 20", 1)], cwd=folder,
                                    stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
            expected = os.path.join(folder, f"expected-answer-{number}.txt")
            if os.path.exists(expected):
                with open(expected, "rb") as f:
                    say(f.read() == answer.stdout, name, f"`{request}` gives {answer.stdout[:300]!r}")
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=20)


def try_zip(path, work, name, any_version):
    global skipped
    with zipfile.ZipFile(path) as z:
        names = z.namelist()
        inside = all(n.startswith(os.path.basename(path)[:-4] + "/") and ".." not in n.split("/") for n in names)
        say(inside and z.testzip() is None, name, "the zip is broken or leaves its folder")
        z.extractall(work)
    folder = os.path.join(work, os.path.basename(path)[:-4])
    beside = path[:-4]
    for below in names:
        rest = below.split("/", 1)[1]
        with open(os.path.join(work, below), "rb") as a, open(os.path.join(beside, rest), "rb") as b:
            say(a.read() == b.read(), name, f"{rest} differs in the zip")
    with open(os.path.join(folder, "README.md"), encoding="utf-8") as f:
        text = f.read()
    command = readme_command(text)
    tool = tool_of(command)
    locked = any(os.path.exists(os.path.join(folder, lock)) for lock in LOCKS)
    if locked and not os.environ.get("GEN_TEST_NETWORK"):
        skipped += 1
        return
    if not shutil.which(tool) or not (any_version or has_version(tool, recorded_version(text))):
        skipped += 1
        return
    expected = os.path.join(folder, "expected-output.txt")
    env = dict(os.environ, GOFLAGS="-buildvcs=false", **({} if locked else {"GOPROXY": "off"}), GOTOOLCHAIN="local", LC_ALL="C.UTF-8", TZ="UTC")
    if "\nIt is a server: " in text:
        try_server(folder, command, text, name, env)
        return
    result = subprocess.run(["sh", "-c", command], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                            capture_output=True, timeout=120)
    status = re.search(r"^It ends with exit status (\d+)\.$", text, re.M)
    fails = "It does not compile, and is not meant to." in text
    wanted = int(status.group(1)) if status else 0
    fine = result.returncode != 0 if fails else result.returncode == wanted
    say(fine, name, f"`{command}` ends with {result.returncode}: {result.stderr.decode(errors='replace')[:500]}")
    if os.path.exists(expected) and "(byte for byte)" in text:
        with open(expected, "rb") as f:
            say(f.read() == result.stdout, name, f"prints {result.stdout[:300]!r}")


def try_site(output, any_version):
    count = 0
    for folder, _, names in os.walk(os.path.join(output, "examples")):
        for name in sorted(names):
            if not name.endswith(".zip"):
                continue
            count += 1
            path = os.path.join(folder, name)
            with tempfile.TemporaryDirectory() as work:
                try_zip(path, work, os.path.relpath(path, output), any_version)
    return count


def tree(folder):
    found = {}
    for at, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            with open(path, "rb") as f:
                found[os.path.relpath(path, folder)] = f.read()
    return found


def own_site(gen, work):
    site = os.path.join(work, "site")
    os.makedirs(os.path.join(site, "content", "a"))
    for name, text in (("index.md", ARTICLE), ("numbers.txt", "1\n2\n39\n"),
                       ("lib.py", "def total(lines):\n    return sum(int(line) for line in lines)\n")):
        with open(os.path.join(site, "content", "a", name), "w", encoding="utf-8") as f:
            f.write(text)
    result = run([gen, "run", "--source", site])
    if result.returncode == 2:
        return None
    say(result.returncode == 0, "gen run", result.stderr.decode(errors="replace")[-600:])
    return site


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--gen", required=True)
    options.add_argument("--site", required=True)
    args = options.parse_args()
    gen = os.path.abspath(args.gen)
    with tempfile.TemporaryDirectory() as work:
        site = own_site(gen, work)
        if site is None:
            print("no sandbox works here, so nothing can be run and recorded")
            return 77
        first, again = os.path.join(work, "first"), os.path.join(work, "again")
        say(run([gen, "build", "--source", site, "--output", first]).returncode == 0, "gen build")
        run([gen, "build", "--source", site, "--output", again],
            env=dict(os.environ, TZ="Asia/Tokyo", SOURCE_DATE_EPOCH="86400"))
        say(tree(first + "/examples/a") == tree(again + "/examples/a"), "the same bytes on another day")
        say(try_site(first, True) == 6, "six examples are given out")
        ours = os.path.join(work, "ours")
        say(run([gen, "build", "--source", args.site, "--output", ours]).returncode == 0, "gen build of this site")
        say(try_site(ours, False) > 40, "this site gives its examples out")
    print(f"{passed} passed, {failed} failed")
    if skipped:
        print(f"{skipped} examples of this site were not run: their tools are not here or of another version, or they "
              "need packages (GEN_TEST_NETWORK=1 runs those)")
    return 1 if failed else 0


sys.exit(main())
