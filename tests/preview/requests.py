#!/usr/bin/env python3
"""Hostile and odd requests by raw socket: requests.py DRIVER. Each has its answer, and the server goes on."""
import gzip
import os
import sys
import time

from preview import Answer, Folder, Server, Tally, read_one

PAGE = "<!doctype html><html><head><title>t</title></head><body><p>page</p></body></html>"
GET = b"GET / HTTP/1.1\r\n"


def fill(folder):
    put = folder.put
    put("s/index.html", PAGE)
    put("s/404.html", PAGE.replace("page", "missing"))
    put("s/a/index.html", PAGE.replace("page", "below"))
    put("s/a/b/index.html", PAGE)
    put("s/bare.html", "<p>no body")
    put("s/ten.txt", "0123456789")
    put("s/empty.txt", "")
    put("s/big.js", "x" * 300_000)
    put("s/big.js.gz", gzip.compress(b"x" * 300_000, mtime=0))
    for name in ("m.mjs", "m.wasm", "m.svg", "feed.atom", "feed.xml", "feed.json", "m.css", "m.json", "m.png", "none"):
        put("s/" + name, "m")
    put("s/with space.txt", "space")
    put("s/caf\u00e9.txt", "coffee")
    put("s/100%25.txt", "percent")
    put("s/a:b/index.html", PAGE)
    put("s/..a/..b.txt", "dots")
    put("s/.env", "secret")
    put("s/.git/config", "secret")
    put("s/a/.hidden/index.html", "secret")
    put("s/.well-known/security.txt", "contact")
    put("s/.well-known/.secret", "secret")
    put("outside.txt", "secret")
    os.symlink("../outside.txt", folder.at("s/link-out"))
    os.symlink("/etc/passwd", folder.at("s/link-abs"))
    os.symlink("..", folder.at("s/link-up"))
    os.symlink("/proc/self/environ", folder.at("s/link-proc"))
    os.symlink("loop", folder.at("s/loop"))
    os.symlink("ten.txt", folder.at("s/link-in.txt"))
    os.mkfifo(folder.at("s/pipe"))
    os.mkdir(folder.at("s/void"))


class Requests:
    def __init__(self, server, tally):
        self.server, self.tally, self.count = server, tally, 0
        self.host = f"Host: {server.host}:{server.port}\r\n".encode()

    def raw(self, name, data, status, **checks):
        self.judge(name, Answer(self.server.raw(data)), status, **checks)

    def get(self, path, status, *headers, method="GET", name=None, **checks):
        answer = self.server.get(path, *headers, method=method)
        self.judge(name or f"{method} {path} {' '.join(headers)}"[:100], answer, status, method == "HEAD", **checks)
        return answer

    def judge(self, name, answer, status, head_only=False, body=None, **headers):
        self.count += 1
        wrong = answer.fault(head_only)
        if not wrong and answer.status not in (status if isinstance(status, tuple) else (status,)):
            wrong = f"status {answer.status}, expected {status}"
        if not wrong and body is not None and answer.body != body:
            wrong = f"body {answer.body[:80]!r}"
        if not wrong and b"secret" in answer.body:
            wrong = "a secret got out"
        for key, value in headers.items():
            found = answer.headers.get(key.replace("_", "-"))
            if not wrong and found != value:
                wrong = f"{key} is {found!r}, expected {value!r}"
        self.tally.check(name, not wrong, wrong)


def try_files(r):
    r.get("/", 200, content_type="text/html; charset=utf-8", cache_control="no-cache", accept_ranges="bytes")
    r.get("/?x=y&z", 200)
    r.get("/a/", 200)
    r.get("/a/index.html", 200)
    r.get("/ten.txt", 200, body=b"0123456789", content_type="text/plain; charset=utf-8")
    r.get("/empty.txt", 200, body=b"")
    r.get("/link-in.txt", 200, body=b"0123456789")
    r.get("/with%20space.txt", 200, body=b"space")
    r.get("/caf%C3%A9.txt", 200, body=b"coffee")
    r.get("/caf\u00c3\u00a9.txt", 200, body=b"coffee", name="UTF-8 that is not escaped")
    r.get("/100%2525.txt", 200, body=b"percent")
    r.get("/100%25.txt", 404)
    r.get("/..a/..b.txt", 404, name="dots in front of a name hide it")
    r.get("/t%65n.txt", 200, body=b"0123456789")
    r.get("/ten.txt?a/../b", 200)
    for name, kind in {"m.mjs": "text/javascript; charset=utf-8", "m.wasm": "application/wasm",
                       "m.svg": "image/svg+xml; charset=utf-8", "feed.atom": "application/atom+xml; charset=utf-8",
                       "feed.xml": "application/xml; charset=utf-8", "feed.json": "application/feed+json; charset=utf-8",
                       "m.css": "text/css; charset=utf-8", "m.json": "application/json; charset=utf-8",
                       "m.png": "image/png", "none": "application/octet-stream"}.items():
        r.get("/" + name, 200, content_type=kind, body=b"m")
    page = r.server.get("/bare.html").body
    r.tally.check("the script comes last where no body ends", page.startswith(b"<p>no body<script ") and
                  page.endswith(b" defer></script>"), page)
    page = r.server.get("/").body
    r.tally.check("the script stands before </body>", b"<p>page</p><script src=\"/.gen/" in page and
                  page.endswith(b" defer></script></body></html>"), page)


def try_folders(r):
    r.get("/a", 301, location="./a/")
    r.get("/a?x=1&y", 301, location="./a/?x=1&y")
    r.get("/a/b", 301, location="./b/")
    r.get("/a:b", 301, location="./a:b/")
    r.get("/%61", 301, location="./%61/")
    r.get("/void", 301, location="./void/")
    r.get("/void/", 404)
    r.get("/ten.txt/", 404)
    r.get("/ten.txt/x", 404)
    r.get("//a", 404)
    r.get("/a//", 404)
    r.get("//evil.example/%2e", 400)
    r.get("//evil.example/a", 404)
    r.get("/a", 301, method="HEAD")


def try_hidden(r):
    for path in ("/.env", "/.git/config", "/.git/", "/.git", "/a/.hidden/", "/a/.hidden/index.html", "/.well-known/.secret",
                 "/%2eenv", "/.%65nv", "/.well-known", "/a/.well-known/security.txt", "/.gen/", "/.gen/x/events", "/.gen",
                 "/.gen//reload.js", "/.gen/" + "0" * 32 + "/events", "/.gen/" + "0" * 32 + "/reload.js"):
        r.get(path, 404)
    r.get("/.well-known/security.txt", 200, body=b"contact")
    for path in ("/link-out", "/link-abs", "/link-up/outside.txt", "/link-up/", "/link-up", "/link-proc", "/loop", "/pipe",
                 "/nothing", "/a/nothing/", "/none/", "/index.html/", "/" + "a" * 300, "/" + "a/" * 2000):
        r.get(path, 404, name=f"GET {path[:40]}")
    missing = r.server.get("/nothing")
    r.tally.check("404 is the site's own page", b"<p>missing</p>" in missing.body and "etag" not in missing.headers and
                  missing.headers["content-type"] == "text/html; charset=utf-8", missing.raw[:300])


def try_ways_out(r):
    for path in ("/..", "/../", "/../outside.txt", "/a/../../outside.txt", "/%2e%2e/outside.txt", "/%2E%2e%2foutside.txt",
                 "/..%2foutside.txt", "/..%5coutside.txt", "/..\\outside.txt", "/a\\b", "/a/..", "/a/../", "/./a", "/a/.",
                 "/.%2e/x", "/%2e/", "/a/%2e%2e", "/%00", "/ten.txt%00.html", "/a%0d%0aX: y", "/%0a", "/%7f", "/%1b", "/%",
                 "/%4", "/%zz", "/%4g", "/%g4", "/a%", "/a%2", "/%u002e", "/a#b", "/#", "/%5c", "/%2f", "/a%2Fb", "/a%2fb/"):
        r.get(path, 400)
    for path in ("/%252e%252e/outside.txt", "/..;/outside.txt", "/...", "/....//outside.txt", "/%c0%ae%c0%ae/outside.txt",
                 "/%ff", "/~root", "/etc/passwd", "/C:/windows", "/a;b", "/%20", "/a%20", "/CON"):
        r.get(path, 404)
    for target in ("", "a", "index.html", "*", "?x", "ftp://localhost/", "https://localhost/", "http://", "http:///x",
                   "javascript:x", "data:,x", "localhost:80", "//"):
        r.raw(f"target {target!r}", f"GET {target} HTTP/1.1\r\n".encode() + r.host + b"\r\n",
              404 if target == "//" else 400)


def try_methods(r):
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get", "Get", "GETT", "X", "!#$"):
        r.get("/", 405, method=method, allow="GET, HEAD")
    r.raw("OPTIONS *", b"OPTIONS * HTTP/1.1\r\n" + r.host + b"\r\n", 405, allow="GET, HEAD")
    r.raw("CONNECT with an authority", b"CONNECT localhost:80 HTTP/1.1\r\n" + r.host + b"\r\n", 405, allow="GET, HEAD")
    r.raw("POST with a body", b"POST / HTTP/1.1\r\n" + r.host + b"Content-Length: 5\r\n\r\nhello", 405, connection="close")
    r.raw("POST with a large body", b"POST / HTTP/1.1\r\n" + r.host + b"Content-Length: 200000\r\n\r\n" + b"x" * 200000, 405)
    r.raw("GET with a body", GET + r.host + b"Content-Length: 5\r\n\r\nhello", 400, connection="close")
    r.raw("GET with a chunked body", GET + r.host + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, connection="close")
    r.raw("GET with an empty body", GET + r.host + b"Content-Length: 0\r\n\r\n", 200)
    r.raw("Expect: 100-continue", b"POST / HTTP/1.1\r\n" + r.host + b"Content-Length: 5\r\nExpect: 100-continue\r\n\r\n", 405)
    r.raw("another expectation", GET + r.host + b"Expect: x\r\n\r\n", 417)
    for path in ("/", "/ten.txt", "/big.js", "/nothing", "/%zz", "/empty.txt"):
        same = r.server.get(path)
        head = r.get(path, same.status, method="HEAD")
        r.tally.check(f"HEAD {path} is as long as GET", head.headers["content-length"] == same.headers["content-length"])


def try_hosts(r):
    port = str(r.server.port)
    for host in ("localhost", "LOCALHOST", "localhost.", "a.localhost", "127.0.0.1", "[::1]", "preview.example", "PREVIEW.example",
                 "localhost:1", "localhost:" + port, "127.0.0.1:", "x.y.localhost:99"):
        r.judge(f"Host {host}", r.server.get("/ten.txt", host=host), 200)
    for host in ("evil.example", "evil.example:" + port, "localhost.evil.example", "127.0.0.1.evil.example", "xlocalhost",
                 "preview.example.evil", "0.0.0.0", "192.168.0.1", "10.0.0.1:" + port, "[::2]", "127.0.0.2", "127.1", "2130706433",
                 "0x7f000001", "localhost_"):
        r.judge(f"Host {host}", r.server.get("/ten.txt", host=host), 403)
    for host in ("a b", "a/b", "user@localhost", "localhost:x", "localhost:999999", "[::1", "::1", "localhost,localhost", "\u00e9",
                 "localhost:80:80", "%6cocalhost"):
        r.judge(f"Host {host}", r.server.get("/ten.txt", host=host), 400)
    r.raw("no Host", GET + b"\r\n", 400)
    r.raw("an empty Host", GET + b"Host: \r\n\r\n", 403)
    r.raw("no Host in 1.0", b"GET / HTTP/1.0\r\n\r\n", 400)
    r.raw("two Hosts", GET + r.host + r.host + b"\r\n", 400)
    r.raw("two Hosts, one evil", GET + r.host + b"hOST: evil.example\r\n\r\n", 400)
    r.raw("an absolute target", b"GET http://localhost/ten.txt HTTP/1.1\r\n" + r.host + b"\r\n", 200, body=b"0123456789")
    r.raw("an absolute target of another", b"GET http://evil.example/ HTTP/1.1\r\n" + r.host + b"\r\n", 403)
    r.raw("our target, another Host", b"GET http://localhost/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", 403)
    r.raw("an absolute target without Host", b"GET http://localhost/ HTTP/1.1\r\n\r\n", 400)


def try_heads(r):
    host = r.host
    for name, data in {
        "line feeds alone": b"GET / HTTP/1.1\nHost: localhost\n\n",
        "a carriage return alone": b"GET / HTTP/1.1\rHost: localhost\r\n\r\n",
        "a carriage return in a value": GET + host + b"X: a\rb\r\n\r\n",
        "two carriage returns": GET + host + b"\r\r\n",
        "NUL in the target": b"GET /\0 HTTP/1.1\r\n" + host + b"\r\n",
        "NUL in the method": b"G\0T / HTTP/1.1\r\n" + host + b"\r\n",
        "NUL in a name": GET + host + b"X\0: y\r\n\r\n",
        "NUL in a value": GET + host + b"X: \0\r\n\r\n",
        "a control byte": GET + host + b"X: \x02\r\n\r\n",
        "DEL": GET + host + b"X: \x7f\r\n\r\n",
        "a folded line": GET + host + b"X: a\r\n b\r\n\r\n",
        "a folded Host": GET + b"Host: localhost\r\n\t:1\r\n\r\n",
        "a space before the colon": GET + b"Host : localhost\r\n\r\n",
        "a space in a name": GET + host + b"X y: z\r\n\r\n",
        "no colon": GET + host + b"hello\r\n\r\n",
        "no name": GET + host + b": x\r\n\r\n",
        "a name with a slash": GET + host + b"a/b: x\r\n\r\n",
        "a name that is not ASCII": GET + host + "\u00e9: x\r\n\r\n".encode(),
        "two spaces": b"GET  / HTTP/1.1\r\n" + host + b"\r\n",
        "a tab for a space": b"GET\t/ HTTP/1.1\r\n" + host + b"\r\n",
        "a tab in the target": b"GET /\t HTTP/1.1\r\n" + host + b"\r\n",
        "a space in the target": b"GET /a b HTTP/1.1\r\n" + host + b"\r\n",
        "a space at the end": b"GET / HTTP/1.1 \r\n" + host + b"\r\n",
        "a space in front": b" GET / HTTP/1.1\r\n" + host + b"\r\n",
        "no version": b"GET /\r\n" + host + b"\r\n",
        "HTTP/0.9": b"GET /\r\n\r\n",
        "no target": b"GET HTTP/1.1\r\n" + host + b"\r\n",
        "only a method": b"GET\r\n\r\n",
        "a small version": b"GET / http/1.1\r\n" + host + b"\r\n",
        "a short version": b"GET / HTTP/1\r\n" + host + b"\r\n",
        "a long version": b"GET / HTTP/1.10\r\n" + host + b"\r\n",
        "another protocol": b"GET / HTTQ/1.1\r\n" + host + b"\r\n",
        "a method with a bracket": b"G(T / HTTP/1.1\r\n" + host + b"\r\n",
        "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        "an SSH client": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "SMTP": b"EHLO localhost\r\n\r\n",
        "redis": b"*1\r\n$4\r\nPING\r\n\r\n",
        "bytes": bytes(range(128, 256)) * 4,
        "zeros": b"\0" * 100,
        "empty lines": b"\r\n" * 10,
        "a negative length": GET + host + b"Content-Length: -1\r\n\r\n",
        "a length with a sign": GET + host + b"Content-Length: +1\r\n\r\n",
        "a length in hex": GET + host + b"Content-Length: 0x1\r\n\r\n",
        "a huge length": GET + host + b"Content-Length: 999999999999999999999\r\n\r\n",
        "an empty length": GET + host + b"Content-Length: \r\n\r\n",
        "two lengths": GET + host + b"Content-Length: 0\r\nContent-Length: 1\r\n\r\nx",
        "two equal lengths": GET + host + b"Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
        "a list of lengths": GET + host + b"Content-Length: 0, 0\r\n\r\n",
        "length and encoding": GET + host + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "encoding in 1.0": b"GET / HTTP/1.0\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "another encoding": GET + host + b"Transfer-Encoding: gzip\r\n\r\n",
    }.items():
        r.raw(name, data, 400, connection="close")
    for version in (b"HTTP/2.0", b"HTTP/0.9", b"HTTP/3.0", b"HTTP/9.9"):
        r.raw(version.decode(), b"GET / " + version + b"\r\n" + host + b"\r\n", 505, connection="close")
    r.raw("HTTP/2 without upgrade", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505)
    r.raw("a wish to upgrade", GET + host + b"Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\n\r\n", 200)
    r.raw("a websocket", GET + host + b"Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n", 200)
    r.raw("HTTP/1.0", b"GET /ten.txt HTTP/1.0\r\n" + host + b"\r\n", 200, connection="close")
    r.raw("HTTP/1.0 that wants to stay", b"GET /ten.txt HTTP/1.0\r\nConnection: keep-alive\r\n" + host + b"\r\n", 200,
          connection="close")
    r.raw("an empty line before", b"\r\n" + GET + host + b"Connection: close\r\n\r\n", 200)
    r.raw("empty and odd values", GET + host + b"X:\r\nY: \t \r\nConnection:close\r\nZ:: :\r\n\r\n", 200)
    r.raw("bytes above 127 in a value", GET + host + b"X: \xff\xfe\r\nConnection: close\r\n\r\n", 200)
    r.raw("a long target", b"GET /" + b"a" * 8191 + b" HTTP/1.1\r\n" + host + b"\r\n", 404)
    r.raw("a target too long", b"GET /" + b"a" * 8192 + b" HTTP/1.1\r\n" + host + b"\r\n", 414, connection="close")
    r.raw("a target without end", b"GET /" + b"a" * 100_000, 414, connection="close")
    r.raw("a query without end", b"GET /?" + b"a" * 100_000, 414, connection="close")
    r.raw("a large head", GET + host + b"X: " + b"a" * 15_900 + b"\r\nConnection: close\r\n\r\n", 200)
    r.raw("a head too large", GET + host + b"X: " + b"a" * 17_000 + b"\r\n\r\n", 431, connection="close")
    r.raw("a header without end", GET + host + b"X: " + b"a" * 200_000, 431, connection="close")
    r.raw("64 headers", GET + host + b"X: y\r\n" * 62 + b"Connection: close\r\n\r\n", 200)
    r.raw("65 headers", GET + host + b"X: y\r\n" * 64 + b"\r\n", 431, connection="close")
    r.raw("a method without end", b"G" * 100_000, 414, connection="close")


def try_conditions(r):
    first = r.server.get("/ten.txt")
    tag, page_tag = first.headers["etag"], r.server.get("/").headers["etag"]
    r.tally.check("the tag is strong", tag.startswith('"') and tag.endswith('"'))
    r.tally.check("a page has another one", page_tag != tag)
    r.get("/ten.txt", 304, f"If-None-Match: {tag}", etag=tag)
    r.get("/ten.txt", 304, f"If-None-Match: W/{tag}")
    r.get("/ten.txt", 304, f'If-None-Match: "x", {tag}')
    r.get("/ten.txt", 304, "If-None-Match: *")
    r.get("/ten.txt", 304, f"If-None-Match: {tag}", method="HEAD")
    r.get("/", 304, f"If-None-Match: {page_tag}")
    for odd in ('"x"', "x", '"', "", tag[:-1], tag[1:], '"x" ' + tag):
        r.get("/ten.txt", 200, f"If-None-Match: {odd}")
    r.get("/ten.txt", 200, f"If-Match: {tag}")
    r.get("/ten.txt", 200, "If-Match: *")
    r.get("/ten.txt", 412, 'If-Match: "x"')
    # A date is given only when no other generation can share its second.
    for _ in range(60):
        first = r.server.get("/ten.txt")
        if "last-modified" in first.headers:
            break
        time.sleep(0.1)
    date = first.headers.get("last-modified", "")
    r.tally.check("Last-Modified is there, one second later", date.endswith(" GMT"), first.raw[:400])
    r.get("/ten.txt", 304, f"If-Modified-Since: {date}")
    r.get("/ten.txt", 200, "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT")
    r.get("/ten.txt", 304, "If-Modified-Since: Fri, 31 Dec 2999 23:59:59 GMT")
    r.get("/ten.txt", 200, "If-Modified-Since: yesterday")
    r.get("/ten.txt", 200, "If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT")
    r.get("/ten.txt", 200, 'If-None-Match: "x"', f"If-Modified-Since: {date}", name="If-None-Match goes before the date")
    r.get("/ten.txt", 304, f"If-None-Match: {tag}", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT")
    r.get("/ten.txt", 412, "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT")
    r.get("/ten.txt", 200, f"If-Unmodified-Since: {date}")
    return tag, date


def try_ranges(r, tag, date):
    part = {"0-0": b"0", "2-4": b"234", "7-": b"789", "-3": b"789", "-99": b"0123456789", "0-99": b"0123456789",
            "9-9": b"9", "9-99999999999999999999": b"9"}
    for text, body in part.items():
        answer = r.get("/ten.txt", 206, f"Range: bytes={text}", body=body)
        r.tally.check(f"Content-Range of {text}", answer.headers.get("content-range", "").endswith("/10"))
    r.get("/ten.txt", 206, "Range: bytes=2-4", content_range="bytes 2-4/10")
    for text in ("10-", "10-20", "99999999999999999999-", "-0"):
        r.get("/ten.txt", 416, f"Range: bytes={text}", content_range="bytes */10")
    for text in ("bytes=4-2", "bytes=0-1,3-4", "bytes=", "bytes=-", "bytes=a-b", "lines=0-1", "bytes 0-1", "0-1", "bytes=1", "bytes=1--2"):
        r.get("/ten.txt", 200, f"Range: {text}", body=b"0123456789")
    r.get("/empty.txt", 416, "Range: bytes=0-", content_range="bytes */0")
    r.get("/ten.txt", 206, "Range: bytes=0-1", f"If-Range: {tag}", body=b"01")
    r.get("/ten.txt", 200, "Range: bytes=0-1", 'If-Range: "x"')
    r.get("/ten.txt", 200, "Range: bytes=0-1", f"If-Range: W/{tag}")
    r.get("/ten.txt", 206, "Range: bytes=0-1", f"If-Range: {date}")
    r.get("/ten.txt", 200, "Range: bytes=0-1", "If-Range: Sun, 06 Nov 1994 08:49:37 GMT")
    r.get("/ten.txt", 304, "Range: bytes=0-1", f"If-None-Match: {tag}")
    r.get("/ten.txt", 200, "Range: bytes=0-1", method="HEAD")
    r.get("/ten.txt", 200, "Range: bytes=0-1", "Range: bytes=2-3", body=b"0123456789")
    whole = r.server.get("/").body
    for start in range(0, len(whole), 17):
        answer = r.server.get("/", f"Range: bytes={start}-{start + 16}")
        if answer.body != whole[start:start + 17]:
            r.tally.check(f"bytes {start} of a page with its script", False, answer.raw[:300])
            break
    else:
        r.tally.check("a page comes in parts as well", True)


def try_compressed(r):
    plain, small = b"x" * 300_000, gzip.compress(b"x" * 300_000, mtime=0)
    for accept in ("gzip", "br, gzip", "gzip;q=0.1", "*", "GZIP"):
        r.get("/big.js", 200, f"Accept-Encoding: {accept}", body=small, content_encoding="gzip", vary="Accept-Encoding",
              content_type="text/javascript; charset=utf-8")
    for accept in ("br", "gzip;q=0", "identity", "", "*;q=0", "xgzip"):
        r.get("/big.js", 200, f"Accept-Encoding: {accept}", body=plain, content_encoding=None, vary="Accept-Encoding")
    r.get("/ten.txt", 200, "Accept-Encoding: gzip", content_encoding=None, vary=None)
    r.get("/big.js.gz", 200, "Accept-Encoding: gzip", content_encoding=None, content_type="application/gzip", body=small)
    one, other = (r.server.get("/big.js", f"Accept-Encoding: {a}").headers["etag"] for a in ("gzip", "br"))
    r.tally.check("each form has its own tag", one != other)
    r.get("/big.js", 206, "Accept-Encoding: gzip", "Range: bytes=0-1", body=small[:2])
    r.get("/big.js", 304, "Accept-Encoding: gzip", f"If-None-Match: {one}", vary="Accept-Encoding")
    r.get("/big.js", 200, "Accept-Encoding: br", f"If-None-Match: {one}")


def try_foreign(r):
    """What browsers say of requests that pages of other origins make."""
    no = ((("cross-site", "no-cors", "script")), ("cross-site", "no-cors", "image"), ("cross-site", "cors", "empty"),
          ("same-site", "cors", "empty"), ("same-site", "no-cors", "style"), ("cross-site", "navigate", "iframe"),
          ("cross-site", "navigate", "embed"), ("cross-site", "navigate", "object"), ("same-site", "navigate", "frame"),
          ("cross-site", "", ""))
    yes = (("none", "navigate", "document"), ("same-origin", "cors", "empty"), ("same-origin", "no-cors", "image"),
           ("same-origin", "navigate", "iframe"), ("cross-site", "navigate", "document"))
    token = r.server.token()
    for status, rows in ((403, no), (200, yes)):
        for site, mode, dest in rows:
            fetch = (f"Sec-Fetch-Site: {site}", f"Sec-Fetch-Mode: {mode}", f"Sec-Fetch-Dest: {dest}")
            r.get("/", status, *fetch)
            r.get(f"/.gen/{token}/reload.js", status, *fetch)
    events = f"/.gen/{token}/events"
    ours = f"http://{r.server.host}:{r.server.port}"
    for origin in ("null", "http://evil.example", "https://127.0.0.1:1", "http://localhost", ours + "0", ours + "/", "",
                   "https" + ours[4:], "file://"):
        r.get(events, 403, f"Origin: {origin}")
    r.get(events, 403, f"Origin: {ours}", f"Origin: {ours}")
    for site in ("cross-site", "same-site", "none", "x"):
        r.get(events, 403, f"Sec-Fetch-Site: {site}")
    r.get(events, 405, method="POST")
    r.get(events + "/", 404)
    r.get(events.replace(token, token[:-1]), 404)
    r.get(events.replace(token, token.upper() if token.upper() != token else "x"), 404)
    for headers in ((), (f"Origin: {ours}",), (f"Origin: {ours}", "Sec-Fetch-Site: same-origin")):
        with r.server.connect() as s:
            s.sendall("\r\n".join([f"GET {events} HTTP/1.1", f"Host: {ours[7:]}", *headers, "", ""]).encode())
            data = b""
            while b"\n\n" not in data:
                data += s.recv(4096)
        r.count += 1
        r.tally.check(f"events with {headers}", data.startswith(b"HTTP/1.1 200 ") and b"text/event-stream" in data and
                      b"event: state\ndata: {\"build\":1,\"failed\":false" in data, data)


def try_connections(r):
    """Several requests on one connection, in pieces, and ends in the middle."""
    one = b"GET /ten.txt HTTP/1.1\r\n" + r.host + b"\r\n"
    last = one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    many = r.server.raw(one * 200 + last)
    r.tally.check("201 requests at once", many.count(b"HTTP/1.1 200 OK") == 201 and many.count(b"0123456789") == 201)
    with r.server.connect() as s:
        for byte in one:
            s.sendall(bytes([byte]))
        r.judge("a byte at a time", read_one(s), 200, body=b"0123456789")
        s.sendall(b"\r\n" + one)
        r.judge("the next on the same", read_one(s), 200)
        s.sendall(one.replace(b"ten", b"not"))
        r.judge("after 404 it goes on", read_one(s), 404)
        s.sendall(b"HEAD /ten.txt HTTP/1.1\r\n" + r.host + b"\r\n" + last)
        data = b""
        while chunk := s.recv(65536):
            data += chunk
        r.tally.check("no body behind HEAD", data.count(b"HTTP/1.1 200 OK") == 2 and data.count(b"0123456789") == 1)
    with r.server.connect() as s:
        s.sendall(b"GET /%zz HTTP/1.1\r\n" + r.host + b"\r\n" + one)
        data = b""
        while chunk := s.recv(65536):
            data += chunk
        r.tally.check("behind 400 nothing is read", data.count(b"HTTP/1.1 ") == 1)
    for cut in range(1, len(one), 7):
        r.server.raw(one[:cut])
    with r.server.connect() as s:
        s.sendall(one.replace(b"/ten.txt", b"/big.js"))
    r.judge("goes on after clients that left", r.server.get("/ten.txt"), 200)


def try_base(driver, tally):
    folder = Folder()
    folder.put("s/index.html", PAGE)
    folder.put("s/a/index.html", PAGE)
    folder.put("s/404.html", PAGE.replace("page", "missing"))
    server = Server(driver, folder.at("s"), folder.at("c"), "base=/x/y%20z/")
    server.wait_for(b"made")
    r = Requests(server, tally)
    tally.check("the address has the base path", server.url.endswith("/x/y%20z/"))
    for _ in range(100):
        if server.get("/x/y%20z/").status != 503:
            break
        time.sleep(0.05)
    r.get("/x/y%20z/", 200)
    r.get("/x/y%20z/a", 301, location="./a/")
    r.get("/x/y%20z", 302, location="/x/y%20z/")
    r.get("/", 302, location="/x/y%20z/")
    for path in ("/a/", "/x/", "/x/y%20za/", "/y%20z/", "/X/y%20z/"):
        r.get(path, 404)
    tally.check("ends well", server.stop() == 0)
    folder.remove()


def main(driver):
    tally, folder = Tally(), Folder()
    fill(folder)
    server = Server(driver, folder.at("s"), folder.at("c"), "host=preview.example")
    server.wait_for(b"made")
    r = Requests(server, tally)
    for _ in range(100):
        if server.get("/").status == 200:
            break
        time.sleep(0.05)
    try_files(r)
    try_folders(r)
    try_hidden(r)
    try_ways_out(r)
    try_methods(r)
    try_hosts(r)
    try_heads(r)
    try_ranges(r, *try_conditions(r))
    try_compressed(r)
    try_foreign(r)
    try_connections(r)
    tally.check("at least 200 requests were tried", r.count >= 200, r.count)
    for _ in range(100):
        if server.descriptors() < 40:
            break
        time.sleep(0.05)
    tally.check("no descriptor is left open", server.descriptors() < 40, server.descriptors())
    tally.check("it was made once: what is made is no change", not server.has_said(b"made", 0.3))
    tally.check("ends well", server.stop() == 0)
    folder.remove()
    try_base(driver, tally)
    print(f"{r.count} requests")
    tally.end()


if __name__ == "__main__":
    main(sys.argv[1])
