#!/usr/bin/env python3
"""Server examples as gen runs them: each case is one small server in Python, and what gen must make of it.

    serve.py GEN

Exit status 77: no sandbox here gives a server a network of its own.
"""
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time

GEN = sys.argv[1]
MARK = "serve-test-%d" % os.getpid()
SKIPPED = 77

# A server that answers whatever `reply` says, on one connection after the other.
SOCKET = """
import os, socket, sys, time
def serve(reply, at=("127.0.0.1", 8080), family=socket.AF_INET):
    s = socket.socket(family, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(at)
    s.listen(8)
    while True:
        c, _ = s.accept()
        said = b""
        while b"\\r\\n\\r\\n" not in said:
            said += c.recv(65536)
        reply(c, said)
        c.close()
def http(body=b"hello\\n", head=b""):
    return b"HTTP/1.1 200 OK\\r\\nContent-Type: text/plain\\r\\n" + head + b"\\r\\n" + body
"""


def case(name, attrs, code, want, why="", answers=None):
    return {"name": name, "attrs": attrs, "code": SOCKET + code, "want": want, "why": why, "answers": answers}


GET = 'req="GET /hello"'
OK = [(200, "hello\n")]
CASES = [
    case("fine", GET, "serve(lambda c, r: c.sendall(http()))", "recorded", answers=OK),
    case("slow-start", GET, "time.sleep(0.7)\nserve(lambda c, r: c.sendall(http()))", "recorded", answers=OK),
    case("every-address", GET, 'serve(lambda c, r: c.sendall(http()), ("0.0.0.0", 7000))', "recorded", answers=OK),
    case("other-address", GET, 'serve(lambda c, r: c.sendall(http()), ("127.0.0.9", 7001))', "recorded", answers=OK),
    case("port-variable", GET, 'serve(lambda c, r: c.sendall(http()), ("", int(os.environ["PORT"])))', "recorded",
         answers=OK),
    case("port-chosen", GET + " port=7003", "if os.fork() == 0:\n    serve(lambda c, r: c.sendall(http(b'other')))\n"
         'time.sleep(0.3)\nserve(lambda c, r: c.sendall(http()), ("", 7003))', "recorded", answers=OK),
    case("length", GET, "serve(lambda c, r: (c.sendall(http(b'hello\\nand more', b'Content-Length: 6\\r\\n')), "
         "time.sleep(60)))", "recorded", answers=OK),
    case("chunks", GET, "serve(lambda c, r: (c.sendall(http(b'3\\r\\nhel\\r\\n3;x=y\\r\\nlo\\n\\r\\n0\\r\\nA: b\\r\\n\\r\\n',"
         " b'Transfer-Encoding: chunked\\r\\n')), time.sleep(60)))", "recorded", answers=OK),
    case("hints", GET, "serve(lambda c, r: c.sendall(b'HTTP/1.1 103 Early Hints\\r\\nA: b\\r\\n\\r\\n' + http()))",
         "recorded", answers=OK),
    case("no-reason", GET, "serve(lambda c, r: c.sendall(b'HTTP/1.1 204\\r\\n\\r\\n'))", "recorded", answers=[(204, "")]),
    case("head", 'req="HEAD /"', "serve(lambda c, r: (c.sendall(http(b'', b'Content-Length: 99\\r\\n')), time.sleep(60)))",
         "recorded", answers=[(200, "")]),
    case("echo", "req='POST /items [X-User: ada] {\"a\": [1]}'", "serve(lambda c, r: c.sendall(http(r)))", "recorded",
         answers=[(200, "POST /items HTTP/1.1\r\nHost: localhost\r\nUser-Agent: gen\r\nAccept: */*\r\n"
                   "Content-Type: application/json\r\nX-User: ada\r\nContent-Length: 10\r\nConnection: close\r\n\r\n"
                   '{"a": [1]}')]),
    case("sixteen", " ".join('req="GET /%d"' % i for i in range(16)),
         "serve(lambda c, r: c.sendall(http(r.split()[1])))", "recorded",
         answers=[(200, "/%d" % i) for i in range(16)]),
    case("bytes", GET, "serve(lambda c, r: c.sendall(http(b'\\xff\\x00\\x1b[31m<b>')))", "recorded",
         answers=[(200, b"\xff\x00\x1b[31m<b>")]),
    case("long", GET, "serve(lambda c, r: c.sendall(http(b'x' * 100000)))", "recorded", answers=[(200, "x" * 65536)]),
    case("last-word", GET, "serve(lambda c, r: (c.sendall(http()), c.close(), os._exit(0)))", "recorded", answers=OK),
    case("ignores-sigterm", GET, "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
         "serve(lambda c, r: c.sendall(http()))", "recorded", answers=OK),
    case("leaves-children", GET, "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        import signal\n"
         "        signal.signal(signal.SIGTERM, signal.SIG_IGN)\n        time.sleep(600)\n    os._exit(0)\n"
         "serve(lambda c, r: c.sendall(http()))", "recorded", answers=OK),
    case("chatty", GET, "print('x' * 70000, flush=True)\nserve(lambda c, r: c.sendall(http()))", "recorded", answers=OK),
    case("shown", GET + ' headers="X-Shown"', "serve(lambda c, r: c.sendall(http(head=b'x-shown: \\x01yes\\r\\n"
         "Date: %d\\r\\nX-Other: %d\\r\\n' % (time.time_ns(), os.getpid()))))", "recorded", answers=OK),
    case("chance", GET, "serve(lambda c, r: c.sendall(http(b'%d\\n' % time.time_ns())))", "failed",
         'the answer to "GET /hello" is not the same when it is run again'),
    case("chance-allowed", GET + " cmp=count", "serve(lambda c, r: c.sendall(http(b'%d\\n' % time.time_ns())))", "recorded"),
    case("chance-shown", GET + " headers=X-A", "serve(lambda c, r: c.sendall(http(head=b'X-A: %d\\r\\n' % time.time_ns())))",
         "failed", 'a header of the answer to "GET /hello" is not the same'),
    case("crashes-first", GET, "x = {}\nx['a']", "failed", "it ended (exit status 1) before it listened (KeyError: 'a')"),
    case("crashes-later", GET, "serve(lambda c, r: 1 // 0)", "failed",
         'it ended (exit status 1) before it had answered "GET /hello" (ZeroDivisionError'),
    case("crashes-between", GET + ' req="GET /two"', "serve(lambda c, r: (c.sendall(http()), c.close(), os._exit(4)))",
         "failed", 'it ended (exit status 4) before it had answered "GET /two"'),
    case("killed", GET, "serve(lambda c, r: os.kill(os.getpid(), 9))", "failed",
         'it ended (killed by signal 9) before it had answered "GET /hello"'),
    case("daemon", GET, "if os.fork():\n    os._exit(0)\nos.setsid()\nserve(lambda c, r: c.sendall(http()))", "failed",
         "it ended (exit status 0: a server must stay in the foreground) before it "),
    case("never-listens", GET + " timeout=600ms", "time.sleep(60)", "failed", "it did not listen on any port within 0.6 s"),
    case("wrong-port", GET + " timeout=600ms port=7004", "serve(None)", "failed", "it did not listen on port 7004 within"),
    case("unix-socket", GET + " timeout=8s", 'serve(None, "/tmp/socket", socket.AF_UNIX)', "failed",
         "it listens on a unix socket, and gen asks by TCP"),
    case("silent", GET + " timeout=8s", "serve(lambda c, r: time.sleep(60))", "failed",
         'it did not answer "GET /hello" within 8 s'),
    case("half-an-answer", GET, "serve(lambda c, r: c.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nhalf'))",
         "failed", 'it closed the connection before it had answered "GET /hello"'),
    case("hangs-up", GET, "serve(lambda c, r: None)", "failed", "it closed the connection before it had answered"),
    case("not-http", GET, "serve(lambda c, r: (c.sendall(b'SSH-2.0-x\\r\\n'), time.sleep(60)))", "failed",
         'what it answers to "GET /hello" is not HTTP'),
    case("not-http-length", GET, "serve(lambda c, r: c.sendall(http(head=b'Content-Length: -1\\r\\n')))", "failed", "not HTTP"),
    case("not-http-lengths", GET, "serve(lambda c, r: c.sendall(http(head=b'Content-Length: 6\\r\\nContent-Length: 5\\r\\n')))",
         "failed", "not HTTP"),
    case("not-http-chunks", GET, "serve(lambda c, r: c.sendall(http(b'zz\\r\\n', b'Transfer-Encoding: chunked\\r\\n')))",
         "failed", "not HTTP"),
    case("endless-head", GET, "serve(lambda c, r: [c.sendall(b'HTTP/1.1 200 OK\\r\\n')] + "
         "[c.sendall(b'A: ' + b'b' * 4000 + b'\\r\\n') for _ in range(100)])", "failed", "not HTTP"),
    case("too-large", GET, "serve(lambda c, r: c.sendall(http(b'x' * 3000000)))", "failed", "is larger than 1024 KB"),
    case("endless", GET, "def reply(c, r):\n    c.sendall(http())\n    while True:\n        c.sendall(b'x' * 65536)\n"
         "serve(reply)", "failed", "is larger than 1024 KB"),
    case("loud", GET, "while True:\n    print('x' * 65536)", "failed", "printed more than 1024 KB"),
    case("forks", GET, "while True:\n    os.fork()", "failed", ""),
]
if socket.has_ipv6 and os.path.exists("/proc/net/if_inet6"):
    CASES.append(case("ipv6", GET, 'serve(lambda c, r: c.sendall(http()), ("::1", 7002), socket.AF_INET6)', "recorded",
                      answers=OK))
    CASES.append(case("ipv6-every", GET, 'serve(lambda c, r: c.sendall(http()), ("::", 7002), socket.AF_INET6)',
                      "recorded", answers=OK))

# What a server must not reach: a port of the host, an address outside, a file.
REACH = """
def attempt(what):
    try:
        what()
        return b"reached "
    except Exception:
        return b"held "
def reply(c, r):
    time.sleep(0.5)
    c.sendall(http(attempt(lambda: socket.create_connection(("127.0.0.1", %d), 1)) +
        attempt(lambda: socket.create_connection(("192.0.2.1", 80), 1)) +
        attempt(lambda: socket.getaddrinfo("example.org", 80)) +
        attempt(lambda: open("/etc/shadow").read()) +
        attempt(lambda: open("%s").read()) +
        attempt(lambda: os.kill(%d, 0))))
serve(reply, ("0.0.0.0", %d))
"""


def put(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)


def article(cases):
    return "# Servers\n\n" + "\n".join(
        '```python serve id=%s args="%s" %s\n%s\n```\n' % (c["name"], MARK, c["attrs"], c["code"]) for c in cases)


def run(site, *words):
    done = subprocess.run([GEN, "run", "--json", "--source", site, *words], capture_output=True, timeout=300)
    return json.loads(done.stdout)


def left():
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/cmdline" % pid, "rb") as f:
                words = f.read().split(b"\0")
        except OSError:
            continue
        if MARK.encode() in words:
            found.append(pid)
    return found


def body(site, name, number):
    try:
        with open("%s/content/a.runs/%s.%d.body" % (site, name, number), "rb") as f:
            return f.read()
    except FileNotFoundError:
        return b""


def check_case(site, c, found, failures):
    if found["state"] != c["want"] or c["why"] not in found["why"]:
        failures.append("%s: %s (%s), expected %s (%s)" % (c["name"], found["state"], found["why"], c["want"], c["why"]))
        return
    if not c["answers"]:
        return
    with open("%s/content/a.runs/%s.yaml" % (site, c["name"])) as f:
        statuses = [int(line.split()[1]) for line in f if line.startswith("    status:")]
    for i, (status, text) in enumerate(c["answers"]):
        text = text if isinstance(text, bytes) else text.encode()
        if statuses[i] != status or body(site, c["name"], i + 1) != text:
            failures.append("%s: answer %d is %d %r" % (c["name"], i + 1, statuses[i], body(site, c["name"], i + 1)[:200]))


def check_reach(site, failures):
    """The host's loopback and the server's are two: neither reaches the other."""
    bait = site + "/bait"
    put(bait, "bait\n")
    os.chmod(bait, 0o666)
    host = socket.create_server(("127.0.0.1", 0))
    spare = socket.create_server(("127.0.0.1", 0))
    port = spare.getsockname()[1]
    spare.close()
    code = REACH % (host.getsockname()[1], bait, os.getpid(), port)
    put(site + "/content/a.md", article([case("reach", GET, code, "recorded")]))
    over = threading.Event()
    reached = []

    def knock():
        while not over.is_set():
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", port)) == 0:
                    reached.append(port)
            over.wait(0.02)

    thread = threading.Thread(target=knock)
    thread.start()
    result = run(site)
    over.set()
    thread.join()
    host.settimeout(0.1)
    try:
        host.accept()
        failures.append("reach: the host's port was reached")
    except TimeoutError:
        pass
    said = body(site, "reach", 1)
    if said != b"held held held held held held ":
        failures.append("reach: %r %s" % (said, result["examples"][0]["why"]))
    if reached:
        failures.append("reach: the server could be asked from outside")


def check_pairs(site, failures):
    hello = "serve(lambda c, r: c.sendall(http(b'%s', b'Server: %s\\r\\n')))"
    put(site + "/content/a.md", article([
        case("one", GET + " pair=same", hello % ("hello", "a"), ""), case("two", GET + " pair=same", hello % ("hello", "b"), ""),
        case("three", GET + " pair=other", hello % ("hello", "a"), ""), case("four", GET + " pair=other", hello % ("bye", "a"), ""),
        case("five", GET + " pair=status", hello % ("x", "a"), ""),
        case("six", GET + " pair=status", "serve(lambda c, r: c.sendall(http(b'x').replace(b'200', b'500')))", ""),
        case("seven", GET + " pair=asked", hello % ("x", "a"), ""),
        case("eight", 'req="GET /" pair=asked', hello % ("x", "a"), "")]))
    states = {e["id"]: (e["state"], e["why"]) for e in run(site)["examples"]}
    for name, state, why in [("two", "recorded", ""), ("four", "failed", 'line 1 is "hello" there and "bye" here'),
                             ("six", "failed", "status 200 there and 500 here"), ("eight", "failed", "asked for other things")]:
        if states[name][0] != state or why not in states[name][1]:
            failures.append("pair: %s %s" % (name, states[name]))


def check_records(site, failures):
    """Unchanged is not run again; what is the same keeps its record; another answer fails --verify."""
    fine = case("fine", GET + ' req="GET /two"', "serve(lambda c, r: c.sendall(http()))", "")
    put(site + "/content/a.md", article([fine]))
    run(site)
    path = site + "/content/a.runs/fine.yaml"
    before = open(path).read()
    states = [run(site)["examples"][0]["state"], run(site, "--verify")["examples"][0]["state"]]
    if states != ["unchanged", "same"]:
        failures.append("records: %s" % states)
    put(site + "/content/a.md", article([case("fine", GET, "serve(lambda c, r: c.sendall(http()))", "")]))
    run(site)
    if os.path.exists(site + "/content/a.runs/fine.2.body") or open(path).read() == before:
        failures.append("records: the second answer is still there")
    put(site + "/content/a.runs/fine.1.body", "bye\n")
    if run(site, "--verify")["examples"][0]["why"] != "its record was edited":
        failures.append("records: an edited answer is not noticed")
    put(site + "/content/a.md", "# Nothing\n")
    run(site)
    if os.path.exists(site + "/content/a.runs/fine.yaml"):
        # An edited record is not gen's to remove.
        put(site + "/content/a.runs/fine.1.body", "hello\n")
        run(site)
    if os.path.exists(site + "/content/a.runs"):
        failures.append("records: left %s" % os.listdir(site + "/content/a.runs"))


def main():
    failures = []
    with tempfile.TemporaryDirectory() as site:
        put(site + "/gen.yaml", "title: Servers\n")
        put(site + "/content/a.md", article(CASES))
        os.chmod(site, 0o755)
        result = run(site)
        if result["sandbox"] not in ("namespaces", "bubblewrap"):
            print("the sandbox here is %s, and has no network of its own" % result["sandbox"])
            if any("a server needs a network of its own" not in e["why"] for e in result["examples"]):
                sys.exit("a server was not refused")
            sys.exit(SKIPPED)
        found = {e["id"]: e for e in result["examples"]}
        for c in CASES:
            check_case(site, c, found[c["name"]], failures)
        for check in (check_reach, check_pairs, check_records):
            for name in os.listdir(site + "/content"):
                if name != "a.md":
                    subprocess.run(["rm", "-rf", site + "/content/" + name], check=True)
            check(site, failures)
        deadline = time.monotonic() + 10
        while left() and time.monotonic() < deadline:
            time.sleep(0.05)
        if left():
            failures.append("processes are left: %s" % left())
    for line in failures:
        print("FAILED " + line)
    print("%d cases, %d failed (%s)" % (len(CASES) + 3, len(failures), result["sandbox"]))
    sys.exit(1 if failures else 0)


main()
