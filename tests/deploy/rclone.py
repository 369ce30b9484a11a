"""rclone: a folder, and a WebDAV server on the loopback."""
import os
import re
import subprocess
import threading

from common import (LIMIT, ODD_NAMES, Work, check, done, free_port, kill_at_each_call, need, put_foreign, tree, whole,
                    write)

CONFIG = """deploy:
  files: {kind: rclone, remote: "files:%s/plain copy"}
  dav: {kind: rclone, remote: "dav:pages"}
  nobody: {kind: rclone, remote: "nobody:pages"}
  unknown: {kind: rclone, remote: "unknown:pages", timeout: 30}
"""


def start_server(work):
    """WebDAV on a port that the system chooses; its address."""
    os.makedirs(work.root + "/store")
    child = work.start("rclone", "serve", "webdav", work.root + "/store", "--addr", "127.0.0.1:0", "-v",
                       env=work.env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    timer = threading.Timer(LIMIT, child.kill)
    timer.start()
    address = None
    for line in child.stderr:
        found = re.search(rb"http://127\.0\.0\.1:\d+/", line)
        if found:
            address = found.group(0).decode()
            break
    timer.cancel()
    check(address, "the server does not start")
    threading.Thread(target=child.stderr.read, daemon=True).start()
    return address


def ordinary(work, target, store, folders_go=True):
    before = tree(work.root)
    plan = work.plan(target)
    check(plan["new"] == len(work.built()), "the plan of a first deploy")
    check(tree(work.root) == before, "a dry run writes nothing")
    work.gen("deploy", target)
    put_foreign(store)
    work.expect(store)
    again = work.plan(target)
    check(again["files"] == [], "nothing to do the second time: %s" % again)
    work.generation("B")
    plan = work.plan(target)
    check(plan["removed"] and plan["new"] and plan["changed"], "the plan of a change")
    work.gen("deploy", target)
    work.expect(store)
    check(not os.path.exists(store + "/old/a-only"), "a folder goes when it is empty")
    work.generation("A")
    work.gen("deploy", target)
    work.expect(store)


def others_in_the_way(work, target, store):
    write(work.site + "/static/taken by.txt", "words")
    write(store + "/taken by.txt", "other words")
    work.gen("build", "-q")
    check("taken by.txt" in work.gen("deploy", target, status=2), "a file of others is not replaced")
    check(open(store + "/taken by.txt").read() == "other words", "nor changed")
    work.gen("deploy", target, "--force", "-q")
    work.expect(store)
    os.remove(work.site + "/static/taken by.txt")
    work.gen("deploy", target, "--build", "-q")
    work.expect(store)


def kills(work, target, store):
    def after(ended=False):
        whole(store)
        if ended:
            work.expect(store)
    print("%d deploys killed" % kill_at_each_call(work, "rclone", target, after))


need("rclone")
os.environ["RCLONE_CONFIG"] = "/dev/null"
with Work("", ODD_NAMES) as w:
    write(w.site + "/gen.yaml", "title: T\n" + CONFIG % w.root)
    w.generation("A")
    w.env.update(RCLONE_CONFIG="/dev/null", RCLONE_CONFIG_FILES_TYPE="local", RCLONE_CONFIG_DAV_TYPE="webdav",
                 RCLONE_CONFIG_NOBODY_TYPE="webdav",
                 RCLONE_CONFIG_NOBODY_URL="http://127.0.0.1:%d/" % free_port())
    w.env["RCLONE_CONFIG_DAV_URL"] = start_server(w)
    ordinary(w, "files", w.root + "/plain copy")
    others_in_the_way(w, "files", w.root + "/plain copy")
    ordinary(w, "dav", w.root + "/store/pages")
    kills(w, "dav", w.root + "/store/pages")
    check("refused" in w.gen("deploy", "nobody", status=2), "nobody answers")
    check("didn't find section" in w.gen("deploy", "unknown", status=2), "a remote that rclone does not know")
done()
