#!/usr/bin/env python3
"""gen check --external against a server on loopback: external.py GEN

Every kind of answer that hosts give: what gen says of the link, how often it asks, and what it keeps.
"""
import http.server
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

GEN = os.path.abspath(sys.argv[1])
LIMIT = 90
SLOW = 8  # seconds; gen is told to wait for 2


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked = []
    lock = threading.Lock()
    busy = 0
    most_busy = 0

    def log_message(self, *_):
        pass

    def answer(self, status, headers=(), body=b"x"):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def count(self):
        return sum(1 for _, path, _, _ in Handler.asked if path == self.path)

    def handle_path(self):
        path = self.path
        if path.startswith("/moved"):
            self.answer(301, [("Location", "/fine?from=moved")])
        elif path.startswith("/found"):
            self.answer(302, [("Location", "/fine?from=found")])
        elif path.startswith("/loop"):
            self.answer(302, [("Location", "/loop" + str(len(path)) * (len(path) < 40))])
        elif path.startswith("/to-file"):
            self.answer(302, [("Location", "file:///etc/passwd")])
        elif path.startswith("/gone"):
            self.answer(404)
        elif path.startswith("/secret"):
            self.answer(403)
        elif path.startswith("/broken"):
            self.answer(500)
        elif path.startswith("/no-head"):
            self.answer(405 if self.command == "HEAD" else 200)
        elif path.startswith("/lies-to-head"):
            self.answer(404 if self.command == "HEAD" else 200)
        elif path.startswith("/later"):
            self.answer(429, [("Retry-After", "1")]) if self.count() == 1 else self.answer(200)
        elif path.startswith("/much-later"):
            self.answer(429, [("Retry-After", "100000")])
        elif path.startswith("/slow"):
            time.sleep(SLOW)
            self.answer(200)
        elif path.startswith("/reset"):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            self.connection.close()
            self.close_connection = True
        elif path.startswith("/big"):
            self.answer(405 if self.command == "HEAD" else 200, body=b"x" * (20 << 20))
        else:
            self.answer(200)

    def do_GET(self):
        with Handler.lock:
            Handler.asked.append((self.command, self.path, time.monotonic(), self.headers.get("User-Agent", "")))
            # A slow one is given up by gen long before it is done.
            Handler.busy += not self.path.startswith("/slow")
            Handler.most_busy = max(Handler.most_busy, Handler.busy)
        try:
            self.handle_path()
        except OSError:
            self.close_connection = True
        finally:
            with Handler.lock:
                Handler.busy -= not self.path.startswith("/slow")

    do_HEAD = do_GET


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass


failures = []


def check(name, fine, detail=""):
    if not fine:
        failures.append(name)
        print("FAILED:", name)
        if detail:
            print(str(detail)[:3000])


def make_site(links, config="", private=True):
    folder = tempfile.mkdtemp(prefix="gen-links-")
    os.mkdir(os.path.join(folder, "content"))
    with open(os.path.join(folder, "gen.yaml"), "w") as file:
        file.write("links:\n  private: %s\n  timeout: 2\n%s" % ("true" if private else "false", config))
    with open(os.path.join(folder, "content", "a.md"), "w") as file:
        file.write("# A\n\n" + "".join("[x](%s)\n\n" % link for link in links))
    return folder


def run(folder, *options):
    done = subprocess.run([GEN, "check", "--external", "-s", folder, *options], capture_output=True, text=True,
                          timeout=LIMIT, stdin=subprocess.DEVNULL, env={**os.environ, "NO_COLOR": "1"})
    return done.returncode, done.stdout, done.stderr


def asked():
    with Handler.lock:
        return list(Handler.asked)


def forget():
    with Handler.lock:
        Handler.asked.clear()


def line_of(said, path):
    """The message of a link, without its place."""
    for line in said.splitlines():
        if path + '"' in line:
            return line
    return ""


def test_answers(base):
    paths = ["/fine", "/moved", "/found", "/loop", "/to-file", "/gone", "/secret", "/broken", "/no-head", "/lies-to-head",
             "/later", "/much-later", "/slow", "/reset", "/big"]
    folder = make_site([base + path for path in paths] + [base + "/fine#anchor"])
    status, out, said = run(folder)
    said_of = {path: line_of(said, path) for path in paths}

    check("a dead link closes the gate", status == 3, (status, said))
    for path in ("/fine", "/found", "/no-head", "/lies-to-head", "/later", "/big"):
        check("nothing is said of " + path, said_of[path] == "", said_of[path])
    for path, words in (("/gone", "is dead: the host answers 404"), ("/loop", "is sent on and on")):
        check("error for " + path, "error:" in said_of[path] and words in said_of[path], said_of[path])
    check("a permanent move is advice", "warning:" in said_of["/moved"] and "moved for good" in said_of["/moved"], said)
    check("the new address is offered", "help: write %s/fine?from=moved" % base in said, said)
    for path in ("/secret", "/broken", "/much-later", "/slow", "/reset", "/to-file"):
        check("warning for " + path, "warning:" in said_of[path] and "could not be checked" in said_of[path],
              said_of[path])
    check("the line is named", "a.md:13:1: error" in said, said)
    check("the anchor is no other link", out.count("15 links to other sites") == 1, out)
    check("gen is named", all(agent.startswith("gen/") for _, _, _, agent in asked()))
    check("HEAD comes first", asked()[0][0] == "HEAD")
    check("GET only where HEAD was of no use", not any(m == "GET" and p in ("/fine", "/found") for m, p, _, _ in asked()))
    check("one host is asked one thing at a time", Handler.most_busy == 1, Handler.most_busy)
    times = [t for _, _, t, _ in asked()]
    check("and not at once again", min(b - a for a, b in zip(times, times[1:])) > 0.2)
    waits = [t for _, p, t, _ in asked() if p == "/later"]
    check("Retry-After is honoured", len(waits) == 2 and waits[1] - waits[0] >= 0.95, waits)

    forget()
    status, out, said = run(folder)
    again = {path for _, path, _, _ in asked()}
    check("what was fine is not asked again", not again & {"/fine", "/no-head", "/later", "/big"}, again)
    check("what was not is", "/gone" in again, again)
    shutil.rmtree(folder)


def test_cache(base):
    folder = make_site([base + "/fine"])
    check("fine links end with 0", run(folder)[0] == 0)
    forget()
    status, out, _ = run(folder)
    check("a hit makes no request", status == 0 and not asked() and "0 requests, 1 known from before" in out, out)
    run(folder, "--refresh")
    check("--refresh asks again", len(asked()) == 1, asked())
    cache = os.path.join(folder, ".cache/gen/links")
    with open(cache) as file:
        kept = file.read()
    check("the cache is lines of moment and address", kept.split()[1:] == [base + "/fine"], kept)
    for bad in ("", "x y z\n", "99999999999999999999 %s\n" % (base + "/fine"), "\0\n", "1 %s/fine\n" % base):
        with open(cache, "w") as file:
            file.write(bad)
        forget()
        check("a cache of %r is none" % bad, run(folder)[0] == 0 and len(asked()) == 1, asked())
    shutil.rmtree(folder)


def test_left_alone(base):
    folder = make_site([base + "/gone"], private=False)
    status, out, said = run(folder)
    check("private addresses are left alone", status == 0 and not asked() and "1 left alone" in out, (status, out, said))
    shutil.rmtree(folder)
    folder = make_site([base + "/gone", base + "/gone/x.pdf", base + "/fine"],
                       "  ignore: ['%s/gone', '*.pdf']\n" % base)
    status, out, said = run(folder)
    check("patterns are left alone", status == 0 and [p for _, p, _, _ in asked()] == ["/fine"], (said, asked()))
    shutil.rmtree(folder)


def closed_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def test_world():
    folder = make_site(["http://127.0.0.1:%d/" % closed_port(), "http://127.0.0.1:%d/x" % closed_port()])
    status, _, said = run(folder)
    check("no network is said once, and ends with 2",
          status == 2 and said.count("no other site could be reached: 2 links") == 1 and "is dead" not in said, (status, said))
    environment = {**os.environ, "PATH": "/nonexistent"}
    done = subprocess.run([GEN, "check", "--external", "-s", folder], capture_output=True, text=True, timeout=LIMIT,
                          env=environment)
    check("without curl: what to do", done.returncode == 2 and "apt install curl" in done.stderr, done.stderr)
    shutil.rmtree(folder)


def test_tls(base):
    """A server that does not speak TLS, beside one that answers."""
    folder = make_site([base.replace("http:", "https:") + "/", base + "/fine"])
    status, _, said = run(folder)
    check("a failure of TLS is a warning", status == 0 and "could not be checked" in said, (status, said))
    shutil.rmtree(folder)


def test_hostile(base):
    """Addresses that would be options or lines of curl's configuration, if they were not quoted."""
    mark = tempfile.mktemp(prefix="gen-links-mark-")
    folder = make_site([base + '/fine?"%0Aoutput=' + mark, base + "/fine?\\\\", "<%s/fine?{a,b}[1-9]>" % base])
    status, _, said = run(folder)
    check("odd addresses are asked as they are", status == 0 and len(asked()) == 3, (said, asked()))
    check("and write nothing", not os.path.exists(mark))
    shutil.rmtree(folder)


def main():
    if not shutil.which("curl"):
        print("skipped: curl is not installed")
        sys.exit(77)
    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    base = "http://127.0.0.1:%d" % server.server_address[1]
    for test in (test_cache, test_left_alone, test_tls, test_hostile, test_answers):
        forget()
        test(base)
    test_world()
    server.shutdown()
    print("links.external: %s" % ("%d failed" % len(failures) if failures else "passed"))
    sys.exit(1 if failures else 0)


main()
