#!/usr/bin/env python3
"""`gen serve` follows a site: follow.py GEN. Good and bad builds, saves of all kinds, ports, signals, the command line."""
import os
import re
import signal
import socket
import subprocess
import sys
import time

from preview import PATIENCE, Folder, Server, Tally

ARTICLE = "---\ntitle: %s\ndate: 2026-01-02\n---\n\n%s\n"


def until(holds, patience=PATIENCE):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return False


def new_site():
    folder = Folder()
    folder.put("content/one.md", ARTICLE % ("One", "First text."))
    folder.put("gen.yaml", "title: Under test\nbase_url: https://preview.example/a/b/\n")
    return folder


def serve(gen, folder, *options):
    server = Server(gen, "serve", "-s", folder.path, "-p", "0", *options)
    until(lambda: server.get(server.base).status != 503)
    return server


def shows(server, path, text, patience=PATIENCE):
    return until(lambda: text.encode() in server.get(server.base + path).body, patience)


def events(server, seconds):
    """All that the event stream says within a while."""
    with server.connect() as s:
        s.sendall(f"GET /.gen/{server.token()}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        data, end = b"", time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            s.settimeout(left)
            try:
                data += s.recv(65536)
            except TimeoutError:
                break
    return data.decode()


def build_number(server):
    return int(re.search(r'"build":(\d+)', events(server, 0.2))[1])


def try_pages(server, tally, folder):
    tally.check("below the path of base_url", server.base == "/a/b/" and server.get("/").status == 302)
    tally.check("the article is there", shows(server, "one/", "First text."))
    page = server.get("/a/b/one/").body.decode()
    tally.check("absolute links lead to the preview", f"http://127.0.0.1:{server.port}/a/b/one/" in page and
                "preview.example" not in page, page[:1500])
    tally.check("the name of base_url is ours", server.get("/a/b/", host="preview.example").status == 200)
    tally.check("site/ is not written", not os.path.exists(folder.at("site")))
    tally.check("what is written is kept out of repositories", os.path.exists(folder.at(".cache/gen/preview/.gitignore")))


def try_saves(server, tally, folder):
    put, save = folder.put, folder.save
    put("content/one.md", ARTICLE % ("One", "Saved in place."))
    tally.check("saved in place", shows(server, "one/", "Saved in place."))
    save("content/one.md", ARTICLE % ("One", "Saved by rename."))
    tally.check("saved by rename", shows(server, "one/", "Saved by rename."))
    put("content/deep/new/two.md", ARTICLE % ("Two", "In new folders."))
    tally.check("an article in new folders", shows(server, "deep/new/two/", "In new folders."))
    put("content/deep/new/two.md", ARTICLE % ("Two", "Changed there."))
    tally.check("and changed there", shows(server, "deep/new/two/", "Changed there."))
    os.rename(folder.at("content/deep"), folder.at("content/moved"))
    tally.check("a moved folder", shows(server, "moved/new/two/", "Changed there.") and
                server.get("/a/b/deep/new/two/").status == 404)
    os.unlink(folder.at("content/moved/new/two.md"))
    tally.check("a removed article", until(lambda: server.get("/a/b/moved/new/two/").status == 404))
    put("static/extra.txt", "extra")
    tally.check("a static folder that came", shows(server, "extra.txt", "extra"))
    put("templates/partials/footer.mustache", "<footer>own footer</footer>\n")
    tally.check("a template that came", shows(server, "one/", "own footer"))
    put("templates/partials/footer.mustache", "<footer>new footer</footer>\n")
    tally.check("and changed", shows(server, "one/", "new footer"))
    put("data/facts.yaml", "n: 12345\n")
    put("templates/partials/footer.mustache", "<footer>{{site.data.facts.n}}</footer>\n")
    tally.check("a data file", shows(server, "one/", "12345"))
    save("data/facts.yaml", "n: 54321\n")
    tally.check("and changed", shows(server, "one/", "54321"))
    put("examples/sum.py", "print(1 + 1)\n")
    put("content/three.md", ARTICLE % ("Three", "```python file=examples/sum.py\n```"))
    tally.check("a file that an article shows", shows(server, "three/", "print"))
    put("examples/sum.py", "open(2 + 2)\n")
    tally.check("changed in place", shows(server, "three/", "open"))
    save("examples/sum.py", "range(3 + 3)\n")
    tally.check("and by rename", shows(server, "three/", "range"))
    save("gen.yaml", "title: Renamed\nbase_url: https://preview.example/a/b/\n")
    tally.check("the configuration", shows(server, "one/", "Renamed"))


def try_burst(server, tally, folder):
    before = build_number(server)
    for i in range(100):
        folder.save("content/one.md", ARTICLE % ("One", f"Save {i} of a burst."))
    tally.check("the last of a burst", shows(server, "one/", "Save 99 of a burst."))
    time.sleep(0.3)
    tally.check("a burst is few builds", build_number(server) - before <= 3, build_number(server) - before)
    before = build_number(server)
    folder.put("content/.one.md.swp", "x")
    folder.put("content/one.md~", "x")
    tally.check("what editors leave is no change", '"build":%d,' % before in events(server, 0.5) and
                build_number(server) == before)
    subprocess.run([sys.argv[1], "build", "-q", "-s", folder.path], check=True, timeout=PATIENCE)
    tally.check("nor is a build into site/", "event" in events(server, 0.5) and build_number(server) == before)


def try_errors(server, tally, folder):
    good = build_number(server)
    folder.put("content/bad.md", "---\ntitle: Bad\ndate: soon\n---\n\nText.\n")
    tally.check("a failing build is told", until(lambda: '"failed":true' in events(server, 0.2)))
    said = events(server, 0.2)
    tally.check("with file, line, column and the source line", '"path":"' in said and "content/bad.md" in said and
                '"line":3' in said and '"col":' in said and "date: soon" in said and '"caret":' in said, said)
    tally.check("the last good pages stay", "Save 99" in server.get("/a/b/one/").body.decode() and f'"build":{good},' in said)
    tally.check("the terminal says it as well", until(lambda: "content/bad.md:3:" in server.stderr()))
    folder.put("content/one.md", ARTICLE % ("One", "While another is bad."))
    time.sleep(0.3)
    tally.check("another save changes nothing", "Save 99" in server.get("/a/b/one/").body.decode())
    folder.put("content/bad.md", "---\ntitle: Bad\ndate: 2026-01-01\n---\n\nMended.\n")
    tally.check("mended", shows(server, "bad/", "Mended.") and shows(server, "one/", "While another is bad."))
    tally.check("and told", until(lambda: '"failed":false' in events(server, 0.2)))
    for name, text in (("gen.yaml", "tilte: x\n"), ("gen.yaml", "a: [\n"), ("gen.yaml", "base_url: x y\n"),
                       ("templates/article.mustache", "{{#open}}"), ("data/facts.yaml", "{"), ("content/one.md", b"\xff\xfe\x00")):
        with open(folder.at(name), "rb") if os.path.exists(folder.at(name)) else open(os.devnull, "rb") as f:
            old = f.read()
        folder.put(name, text)
        tally.check(f"{name} with {text!r} is told", until(lambda: '"failed":true' in events(server, 0.2)))
        tally.check("and the pages stay", server.get("/a/b/one/").status == 200)
        if old:
            folder.put(name, old)
        else:
            os.unlink(folder.at(name))
        tally.check("and mended", until(lambda: '"failed":false' in events(server, 0.2)))
    os.rename(folder.at("content"), folder.at("away"))
    tally.check("no content at all is told", until(lambda: '"failed":true' in events(server, 0.2)))
    os.rename(folder.at("away"), folder.at("content"))
    tally.check("and mended", until(lambda: '"failed":false' in events(server, 0.2)))


def try_first_error(gen, tally):
    folder = new_site()
    folder.put("content/one.md", "---\ndate: <b>\n---\n")
    server = Server(gen, "serve", "-s", folder.path, "-p", "0")
    tally.check("a first build that fails is shown", until(lambda: b"content/one.md:2:" in server.get("/").body))
    answer = server.get("/anything")
    tally.check("as a page of its own", answer.status == 503 and b"&lt;b&gt;" in answer.body and b"<b>" not in answer.body and
                b"/reload.js" in answer.body, answer.raw)
    folder.put("content/one.md", ARTICLE % ("One", "Good at last."))
    tally.check("and gives way to the site", shows(server, "one/", "Good at last."))
    tally.check("SIGTERM ends it well", server.stop(signal.SIGTERM) == 0)
    folder.remove()


def try_consistency(gen, tally):
    """Readers during builds see whole pages, and no page is missing."""
    folder = new_site()
    for i in range(30):
        folder.put(f"content/p{i}.md", ARTICLE % (f"P {i}", "Marker 0."))
    server = serve(gen, folder)
    bad = 0
    for turn in range(1, 8):
        for i in range(30):
            folder.save(f"content/p{i}.md", ARTICLE % (f"P {i}", f"Marker {turn}."))
        end = time.monotonic() + 0.25
        while time.monotonic() < end:
            page = server.get(f"/a/b/p{turn}/")
            bad += page.status != 200 or not page.body.rstrip().endswith(b"</html>") or page.fault() is not None
    tally.check("every page was whole, during builds as well", bad == 0, bad)
    tally.check("the last marker is everywhere", all(shows(server, f"p{i}/", "Marker 7.") for i in range(30)))
    tally.check("ends well", server.stop() == 0)
    folder.remove()


def try_options(gen, tally):
    folder = new_site()
    folder.put("content/draft.md", "---\ntitle: Draft\ndraft: true\n---\n\nA draft.\n")
    first = serve(gen, folder, "-D")
    tally.check("drafts with -D", shows(first, "draft/", "A draft."))
    second = serve(gen, folder, "--no-reload")
    tally.check("two previews of one site", second.get("/a/b/one/").status == 200 and first.get("/a/b/one/").status == 200)
    tally.check("no drafts without", second.get("/a/b/draft/").status == 404)
    tally.check("no script with --no-reload", b"/.gen/" not in second.get("/a/b/one/").body)
    folder.put("content/one.md", ARTICLE % ("One", "Both follow."))
    tally.check("both follow", shows(first, "one/", "Both follow.") and shows(second, "one/", "Both follow."))
    run = subprocess.run([gen, "serve", "-s", folder.path, "-p", str(first.port)], capture_output=True, text=True, timeout=PATIENCE)
    tally.check("a port that is taken is an error", run.returncode == 2 and f"port {first.port} of 127.0.0.1 is taken" in run.stderr,
                run.stderr)
    for words, message in ((("-p", "x"), "--port needs a number"), (("-p", "65536"), "--port needs a number"), (("-p", ""), "--port"),
                           (("--bind", "nowhere"), "is no address"), (("--bind", "203.0.113.1", "-p", "0"), "cannot listen"),
                           (("extra",), "one word too many")):
        run = subprocess.run([gen, "serve", "-s", folder.path, *words], capture_output=True, text=True, timeout=PATIENCE)
        tally.check(f"{words}", run.returncode == 2 and message in run.stderr, run.stderr)
    tally.check("Ctrl-C ends it well", first.stop(signal.SIGINT) == 0 and second.stop(signal.SIGHUP) == 0)
    third = serve(gen, folder, "--bind", "0.0.0.0")
    tally.check("bound to all, any number is ours", third.host == "localhost" and all(
        third.get("/a/b/", host=host).status == status for host, status in
        (("127.0.0.1", 200), ("192.0.2.7:1", 200), ("evil.example", 403), (socket.gethostname(), 200))))
    tally.check("and ends well", third.stop() == 0)
    folder.put("gen.yaml", "title: no base\n")
    fourth = serve(gen, folder, "--poll", "--base-url", "http://other.example/z/")
    tally.check("--base-url replaces that of gen.yaml", fourth.base == "/z/")
    folder.save("content/one.md", ARTICLE % ("One", "Found by looking."))
    tally.check("--poll", shows(fourth, "one/", "Found by looking."))
    tally.check("and ends well again", fourth.stop() == 0)
    folder.remove()


def try_usual_port(gen, tally):
    """1313, or the next free one."""
    folder = new_site()
    first = Server(gen, "serve", "-s", folder.path)
    second = Server(gen, "serve", "-s", folder.path)
    tally.check("1313 or the next", 1313 <= first.port < second.port < 1413, (first.port, second.port))
    tally.check("end well", first.stop() == 0 and second.stop() == 0)
    folder.remove()


def try_open(gen, tally):
    folder = new_site()
    browser = folder.put("browser", '#!/bin/sh\nprintf "%s" "$1" > "$0.said"\n')
    os.chmod(browser, 0o755)
    server = Server(gen, "serve", "-s", folder.path, "-p", "0", "--open", env={"BROWSER": browser})
    tally.check("--open", until(lambda: os.path.exists(browser + ".said") and open(browser + ".said").read() == server.url))
    tally.check("ends well", server.stop() == 0)
    server = Server(gen, "serve", "-s", folder.path, "-p", "0", "--open", env={"BROWSER": "/no/such/browser"})
    tally.check("without a browser it goes on", shows(server, "one/", "First text.") and "cannot open a browser" in server.stderr())
    tally.check("ends well", server.stop() == 0)
    folder.remove()


def try_read_only(gen, tally):
    if os.geteuid() == 0:
        return  # nothing is read-only for root
    folder = new_site()
    os.chmod(folder.path, 0o555)
    server = serve(gen, folder)
    tally.check("a site that cannot be written into", shows(server, "one/", "First text."))
    tally.check("ends well", server.stop() == 0)
    os.chmod(folder.path, 0o755)
    folder.remove()


def main(gen):
    tally, folder = Tally(), new_site()
    server = serve(gen, folder)
    try_pages(server, tally, folder)
    try_saves(server, tally, folder)
    try_burst(server, tally, folder)
    try_errors(server, tally, folder)
    tally.check("ends well", server.stop() == 0)
    folder.remove()
    for test in (try_first_error, try_consistency, try_options, try_usual_port, try_open, try_read_only):
        test(gen, tally)
    tally.end()


if __name__ == "__main__":
    main(sys.argv[1])
