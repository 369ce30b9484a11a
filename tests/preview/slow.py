#!/usr/bin/env python3
"""Slow, silent and many clients: slow.py DRIVER [plain]. The others are served all the same.

With "plain" (no sanitizer) the memory must stay flat as well; wrk, where it is installed, adds its thousands of requests."""
import re
import resource
import shutil
import socket
import subprocess
import sys
import time

from preview import PATIENCE, Answer, Folder, Server, Tally, read_all, read_one

BIG = 8 << 20


def until(holds, patience=PATIENCE):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return False


def start(driver, folder, *options, prepare=None):
    command = [driver, folder.at("s"), folder.at("c"), *options]
    server = Server(*command) if not prepare else Server("sh", "-c", prepare + ' && exec "$@"', "sh", *command)
    server.wait_for(b"made")
    assert until(lambda: server.get("/").status == 200)
    return server


def request(server, path="/", *headers):
    return "\r\n".join([f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{server.port}", *headers, "", ""]).encode()


def is_served(server):
    return server.get("/ten.txt").body == b"0123456789"


def try_slow_heads(server, tally):
    with server.connect() as s:
        s.settimeout(PATIENCE)
        data = b""
        try:
            s.sendall(request(server)[:-2])
            for i in range(PATIENCE * 20):
                s.sendall(b"X: y\r\n")
                s.settimeout(0.05)
                try:
                    data = s.recv(65536)
                    break
                except TimeoutError:
                    pass
        except OSError:
            pass
        tally.check("a head that comes line by line without end is ended", data.startswith(b"HTTP/1.1 408 "), data)
    with server.connect() as s:
        tally.check("who says nothing is left", read_all(s) == b"")
    with server.connect() as s:
        s.sendall(request(server))
        tally.check("the first on a connection that stays", read_one(s).status == 200)
        tally.check("who asks for no more is left", read_all(s) == b"")
    with server.connect() as s:
        s.sendall(b"G")
        tally.check("one byte is no request", read_all(s).startswith(b"HTTP/1.1 408 "))


def try_slow_readers(server, tally):
    readers = []
    for _ in range(20):
        s = server.connect(small=True)
        s.sendall(request(server, "/big.bin"))
        readers.append(s)
    tally.check("20 who read nothing, and others are served", is_served(server))
    # Give the server time to end them by itself: it does so without being asked.
    tally.check("who reads nothing is left", until(lambda: server.descriptors() < 20))
    got = [len(read_all(s)) for s in readers]
    tally.check("and has not got all", max(got) < BIG, max(got))
    for s in readers:
        s.close()
    with server.connect(small=True) as s:
        s.sendall(request(server, "/big.bin"))
        got = 0
        try:
            while got < BIG and (chunk := s.recv(512)):
                got += len(chunk)
                time.sleep(0.002)
        except OSError:
            pass
        tally.check("who reads drop by drop is left as well", got < BIG, got)
    with server.connect() as s:
        s.sendall(request(server, "/big.bin", "Connection: close"))
        tally.check("who reads gets all", len(Answer(read_all(s)).body) == BIG)


def open_streams(server, count):
    path, streams = f"/.gen/{server.token()}/events", []
    for _ in range(count):
        s = server.connect()
        s.sendall(request(server, path))
        streams.append(s)
    return streams


def read_state(s, number):
    data = b""
    while f'"build":{number},'.encode() not in data:
        chunk = s.recv(65536)
        if not chunk:
            return False
        data += chunk
    return True


def try_crowd(server, tally, folder):
    streams = open_streams(server, 200)
    tally.check("200 streams begin", all(read_state(s, 1) for s in streams))
    extra = Answer(server.raw(request(server, f"/.gen/{server.token()}/events"), shut=False))
    tally.check("one more is refused", extra.status == 503, extra.raw)
    idle = [server.connect() for _ in range(150)]
    for s in idle[:75]:
        s.sendall(request(server, "/ten.txt"))
    for s in idle[75:]:
        s.sendall(b"GET / HTT")
    tally.check("350 wait, and others are served", all(is_served(server) for _ in range(50)))
    tally.check("the 75 were answered", all(read_one(s).status == 200 for s in idle[:75]))
    folder.save("s/new.txt", "new")
    server.wait_for(b"made")
    tally.check("all 200 are told of the next", all(read_state(s, 2) for s in streams))
    tally.check("there is a sign of life", all(s.recv(16) for s in streams[:10]))
    for s in streams + idle:
        s.close()
    tally.check("all are gone when they are", until(lambda: server.descriptors() < 20), server.descriptors())
    again = open_streams(server, 200)
    tally.check("their places are free again", all(read_state(s, 2) for s in again))
    for s in again:
        s.close()


def try_full(driver, tally, folder):
    server = start(driver, folder, "connections=40", "per_address=30", "head_ms=60000", "idle_ms=60000")
    waiting = []
    for _ in range(100):
        s = server.connect()
        s.sendall(b"GET / HTT")
        waiting.append(s)
    tally.check("more who ask slowly than there is room for, and others are served", is_served(server))
    tally.check("no more than 30 of one address stay", until(lambda: server.descriptors() < 45), server.descriptors())
    readers = [server.connect(small=True) for _ in range(30)]
    for s in readers:
        s.sendall(request(server, "/big.bin"))
    # The answer may be lost: the server does not wait for what it refuses.
    answers = []
    refused = until(lambda: answers.append(Answer(server.raw(request(server))).status) or answers[-1] in (0, 503), 10)
    tally.check("when all of them are being answered, more are refused", refused, f"{len(answers)}, {set(answers)}, {server.descriptors()}")
    for s in readers + waiting:
        s.close()
    tally.check("and served again when they are gone", until(lambda: is_served(server)))
    tally.check("ends well", server.stop() == 0)


def try_few_descriptors(driver, tally, folder):
    server = start(driver, folder, "head_ms=1000", prepare="ulimit -n 48")
    crowd = []
    for _ in range(120):
        s = server.connect()
        s.sendall(b"GET /")
        crowd.append(s)
    time.sleep(0.2)
    for s in crowd:
        s.close()
    tally.check("it lives when descriptors run out", until(lambda: is_served(server)))
    tally.check("ends well", server.stop() == 0)


def try_memory(server, tally, plain):
    def ask(count):
        with server.connect() as s:
            for _ in range(count):
                for path in ("/", "/big.js", "/none"):
                    s.sendall(request(server, path))
                    read_one(s)
        for _ in range(count // 4):
            server.get("/ten.txt")

    ask(200)
    before = server.memory_kb()
    ask(1000)
    grown = server.memory_kb() - before
    tally.check("3000 requests take no memory", not plain or grown < 1024, f"{grown} KB")


def try_wrk(server, tally, plain):
    if not shutil.which("wrk"):
        print("wrk is not installed: left out")
        return
    base = f"http://127.0.0.1:{server.port}"
    before = 0
    for path in ("/", "/ten.txt", "/big.js"):
        said = subprocess.run(["wrk", "-t1", "-c64", "-d1s", base + path], capture_output=True, text=True, timeout=PATIENCE).stdout
        rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
        print(f"wrk {path}: {rate[1] if rate else said} requests a second, {server.memory_kb()} KB")
        tally.check(f"wrk {path}", rate and float(rate[1]) > 0 and "Non-2xx" not in said and "Socket errors" not in said, said)
        before = before or server.memory_kb()
    tally.check("its memory is flat", not plain or server.memory_kb() - before < 4096)


def main(driver, plain):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    tally, folder = Tally(), Folder()
    folder.put("s/index.html", "<!doctype html><html><body><p>page</p></body></html>")
    folder.put("s/ten.txt", "0123456789")
    folder.put("s/big.js", b"x" * 100_000)
    folder.put("s/big.bin", bytes(BIG))
    server = start(driver, folder, "head_ms=800", "idle_ms=800", "stall_ms=800", "answer_ms=2000", "rate=100000", "beat_ms=500")
    try_slow_heads(server, tally)
    try_slow_readers(server, tally)
    tally.check("ends well", server.stop() == 0)
    server = start(driver, folder, "beat_ms=500")
    try_crowd(server, tally, folder)
    try_memory(server, tally, plain)
    try_wrk(server, tally, plain)
    streams = open_streams(server, 20)
    tally.check("ends well with streams open", server.stop() == 0)
    for s in streams:
        s.close()
    try_full(driver, tally, folder)
    try_few_descriptors(driver, tally, folder)
    folder.remove()
    tally.end()


if __name__ == "__main__":
    main(sys.argv[1], "plain" in sys.argv[2:])
