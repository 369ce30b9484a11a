#!/usr/bin/env python3
"""`gen import --fetch-images` against a server on the loopback: what comes, what does not, and why.

    images.py GEN
"""
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading

GEN = os.path.abspath(sys.argv[1])
LIMIT = 120
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
ANSWERS = {
    "/good.png": (200, "image/png", PNG),
    "/lies.png": (200, "image/png", b"<script>alert(1)</script>"),
    "/drawing.svg": (200, "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "/photo": (200, "text/plain", b"\xff\xd8\xff\xe0photo"),
    "/cover.webp": (200, "image/webp", b"RIFF\x10\0\0\0WEBPVP8 "),
    "/large.gif": (200, "image/gif", b"GIF89a" + b"x" * 11000000),
    "/with%20space(1).png": (200, "image/png", PNG + b"1"),
}
passed = 0


def check(condition, what):
    global passed
    if not condition:
        sys.exit("FAILED: " + what)
    passed += 1


class Handler(http.server.BaseHTTPRequestHandler):
    asked = []

    def do_GET(self):
        Handler.asked.append(self.path)
        if self.path == "/moved.png":
            self.send_response(302)
            self.send_header("Location", "/good.png")
            self.end_headers()
        elif self.path == "/round.png":
            self.send_response(302)
            self.send_header("Location", "/round.png")
            self.end_headers()
        elif self.path == "/to-file.png":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif self.path == "/endless.gif":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"GIF89a")
            try:
                for _ in range(400):
                    self.wfile.write(b"x" * 100000)
            except OSError:
                pass
        elif self.path in ANSWERS:
            status, kind, data = ANSWERS[self.path]
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            try:
                self.wfile.write(data)
            except OSError:
                pass
        else:
            self.send_error(404)

    def log_message(self, *_):
        pass


def run(work, *args, status=0):
    done = subprocess.run([GEN, "import", "wordpress", work + "/posts.json", "-s", work, *args], timeout=LIMIT, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env=dict(os.environ, http_proxy="http://127.0.0.1:9/"))
    check(done.returncode == status, "status %d, expected %d: %s" % (done.returncode, status, done.stdout))
    return done.stdout


if not shutil.which("curl"):
    print("skipped: there is no program curl")
    sys.exit(77)
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = "http://127.0.0.1:%d" % server.server_port
shown = ["good.png", "lies.png", "drawing.svg", "photo", "large.gif", "with%20space(1).png", "moved.png", "round.png",
         "to-file.png", "endless.gif", "nothing.png"]
code = '<p><code>![](%s/in-code.png)</code></p><pre><code>![](%s/in-block.png)\n</code></pre>' % (base, base)
posts = [{"slug": "p%d" % i, "title": "T", "content": '<p><img src="%s/%s" alt="alt [x]"></p>' % (base, name)}
         for i, name in enumerate(shown)]
posts += [{"slug": "cover", "title": "T", "featured_image": base + "/cover.webp", "content":
           '<p><a href="https://example.org/"><img src="%s/good.png" alt="linked"></a></p>%s' % (base, code)},
          {"slug": "user", "title": "T", "content":
           '<p><img src="http://user@127.0.0.1:%d/user.png"></p>' % server.server_port}]


def articles(work):
    found = {}
    for name in sorted(os.listdir(work + "/content")):
        if name.endswith(".md"):
            with open(work + "/content/" + name) as file:
                found[name[:-3]] = file.read()
    return found


with tempfile.TemporaryDirectory() as work:
    with open(work + "/posts.json", "w") as file:
        json.dump(posts, file)

    run(work)
    before = articles(work)
    check(len(before) == len(posts) and Handler.asked == [], "nothing is fetched unless it is asked for")
    run(work, "--fetch-images", "--dry-run")
    check(Handler.asked == [], "a dry run fetches nothing")
    said = run(work, "--fetch-images")
    check(Handler.asked == [] and "good.png: not on the open internet" in said, "this machine is not asked: " + said)
    check(articles(work) == before and not os.path.exists(work + "/content/images"), "and nothing has changed")

    said = run(work, "--fetch-images", "--fetch-private", "--force")
    after = articles(work)
    kinds = sorted(name.rsplit("-", 1)[0] + "." + name.rsplit(".", 1)[1] for name in os.listdir(work + "/content/images"))
    check(kinds == ["cover.webp", "good.png", "moved.png", "photo.jpg", "with-20space-1.png"], "what has come: %s" % kinds)
    brought = {"p%d" % shown.index(name) for name in ("good.png", "photo", "with%20space(1).png", "moved.png")} | {"cover"}
    for name, text in after.items():
        check((name in brought) == (text != before[name]) == ("](/images/" in text), "the article %s:\n%s" % (name, text))
    check("image: /images/cover-" in after["cover"], "the image of the front matter")
    check("](/images/good-" in after["cover"] and "](https://example.org/)" in after["cover"], "a linked image stays linked")
    check(not any("in-" in path for path in Handler.asked) and "in-code.png" in after["cover"], "code is left alone")
    check(Handler.asked.count("/good.png") == 2, "each address is asked once, and once by the redirect")
    for words in ("lies.png: no PNG, JPEG", "drawing.svg: no PNG", "large.gif: curl: (63)", "round.png: redirected too often",
                  "nothing.png: status 404", "user.png: no address", "endless.gif: larger than 10 MB", "to-file.png: "):
        check(words in said, "the report says why: " + words + "\n" + said)

    Handler.asked.clear()
    said = run(work, "--fetch-images", "--fetch-private")
    check("0 written, %d unchanged" % len(posts) in said and articles(work) == after, "again changes nothing: " + said)
    check("/good.png" not in Handler.asked and "/cover.webp" not in Handler.asked, "what is there is not asked again")
    subprocess.run([GEN, "build", "-s", work, "--base-url", "https://example.org/p/"], timeout=LIMIT, check=True,
                   stdout=subprocess.DEVNULL)
    with open(work + "/site/p0/index.html") as file:
        check('src="/p/images/good-' in file.read(), "the page shows the image of the site")
server.shutdown()
print("%d passed, 0 failed" % passed)
