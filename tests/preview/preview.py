"""What the tests of the preview have in common: a server to talk to, raw sockets, and a count of what held."""
import atexit
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

PATIENCE = 30  # seconds; how long anything may take before the test gives up


class Answer:
    def __init__(self, raw):
        self.raw = raw
        head, _, self.body = raw.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        match = re.fullmatch(rb"HTTP/1\.1 (\d{3}) [ -~]+", lines[0])
        self.status = int(match[1]) if match else 0
        self.headers = {}
        self.repeated = False
        for line in lines[1:]:
            name, colon, value = line.partition(b":")
            key = name.decode("latin-1").lower()
            self.repeated |= key in self.headers or not colon
            self.headers[key] = value.strip().decode("latin-1")

    def fault(self, head_only=False):
        """Why this is no proper answer, or None. Every answer of the server must pass."""
        if not self.raw:
            return "no answer"
        if not self.status or self.repeated:
            return f"bad head {self.raw[:200]!r}"
        for name, value in (("x-content-type-options", "nosniff"), ("cross-origin-resource-policy", "same-origin")):
            if self.headers.get(name) != value:
                return f"no {name}"
        if any(name.startswith("access-control") for name in self.headers):
            return "a CORS header"
        if "date" not in self.headers:
            return "no Date"
        length = self.headers.get("content-length")
        if self.status == 304:
            return "a body with 304" if self.body or length else None
        if length is None:
            return "no Content-Length"
        if head_only:
            return "a body for HEAD" if self.body else None
        if int(length) != len(self.body):
            return f"Content-Length {length} and {len(self.body)} bytes"
        return None


class Server:
    """A program that prints "ready URL" or "preview is at URL"; ended by its pid."""

    def __init__(self, *command, cwd=None, env=None):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.errors, stdin=subprocess.DEVNULL,
                                        cwd=cwd, env={**os.environ, **(env or {})})
        atexit.register(self.end_if_left)
        self.said = b""
        line = self.wait_for(rb"(?:ready|preview is at) (http://\S+)")
        self.url = line[1].decode()
        match = re.match(r"http://(\[[^\]]+\]|[^:/]+):(\d+)(/.*)", self.url)
        self.host, self.port, self.base = match[1], int(match[2]), match[3]
        self.address = (self.host.strip("[]"), self.port)

    def wait_for(self, pattern, patience=PATIENCE):
        """Read on until the pattern is in what was printed since the last match."""
        end = time.monotonic() + patience
        while True:
            match = re.search(pattern, self.said)
            if match:
                self.said = self.said[match.end():]
                return match
            left = end - time.monotonic()
            ready = select.select([self.process.stdout], [], [], max(0, left))[0]
            chunk = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            if not chunk:
                raise AssertionError(f"no {pattern!r} in {self.said!r}; stderr: {self.stderr()[-2000:]}")
            self.said += chunk

    def has_said(self, pattern, within):
        try:
            return self.wait_for(pattern, within) is not None
        except AssertionError:
            return False

    def stderr(self):
        self.errors.seek(0)
        return self.errors.read().decode("utf-8", "replace")

    def connect(self, timeout=PATIENCE, small=False):
        s = socket.socket(socket.AF_INET6 if ":" in self.address[0] else socket.AF_INET)
        s.settimeout(timeout)
        if small:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        s.connect(self.address)
        return s

    def raw(self, data, timeout=PATIENCE, shut=True):
        """Send, and everything that comes until the server closes; `shut` tells it that nothing more will come."""
        with self.connect(timeout) as s:
            try:
                s.sendall(data)
                if shut:
                    s.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # refused before all was sent
            return read_all(s)

    def get(self, path="/", *headers, method="GET", host=None):
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host or self.host + ':' + str(self.port)}", *headers,
                 "Connection: close", "", ""]
        return Answer(self.raw("\r\n".join(lines).encode("latin-1")))

    def token(self):
        return re.search(rb"/\.gen/([0-9a-f]{32})/reload\.js", self.get(self.base).body)[1].decode()

    def memory_kb(self):
        with open(f"/proc/{self.process.pid}/status") as f:
            return int(re.search(r"VmRSS:\s+(\d+)", f.read())[1])

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def end_if_left(self):
        """A test that broke off leaves nothing behind."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def stop(self, how=signal.SIGINT):
        """The exit status; what a sanitizer had to say is a failure."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError("the server did not end")
        finally:
            self.process.stdout.close()
        text = self.stderr()
        if "Sanitizer" in text or "runtime error" in text:
            raise AssertionError(text[-6000:])
        return status


def read_all(s):
    data = b""
    try:
        while chunk := s.recv(65536):
            data += chunk
    except ConnectionResetError:
        pass
    return data


def read_one(s):
    """One answer with a Content-Length from a connection that stays."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = s.recv(65536)
        if not chunk:
            return Answer(data)
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(re.search(rb"(?i)content-length: (\d+)", head)[1]) if b"ontent-" in head else 0
    while len(body) < length:
        chunk = s.recv(65536)
        if not chunk:
            break
        body += chunk
    return Answer(head + b"\r\n\r\n" + body)


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, holds, detail=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {name}{': ' if detail else ''}{detail}", flush=True)
        return holds

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)


class Folder:
    """A temporary folder with files in it."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix="gen-preview-test-")

    def at(self, *parts):
        return os.path.join(self.path, *parts)

    def put(self, name, text):
        path = self.at(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        return path

    def save(self, name, text):
        """As many editors do: written beside, and renamed."""
        os.rename(self.put(name + "~", text), self.at(name))

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)
