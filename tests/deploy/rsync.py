"""rsync: to a daemon on the loopback, and to a path."""
import os
import time

from common import (LIMIT, NEW_LINE, ODD_NAMES, Work, check, done, free_port, kill_at_each_call, need, put_foreign,
                    tree, whole, write)
import socket

CONFIG = """deploy:
  daemon: {kind: rsync, remote: "rsync://127.0.0.1:%d/site/pages"}
  read-only: {kind: rsync, remote: "rsync://127.0.0.1:%d/ro/pages"}
  nobody: {kind: rsync, remote: "rsync://127.0.0.1:%d/site/x"}
  path: {kind: rsync, remote: "../plain copy", timeout: 30}
"""


def answers(port):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


def start_daemon(work, port):
    write(work.root + "/store/pages/.keep", "")
    write(work.root + "/rsyncd.conf", """use chroot = no
uid = %d
gid = %d
lock file = %s/rsyncd.lock
[site]
path = %s/store
read only = no
[ro]
path = %s/store
read only = yes
""" % (os.getuid(), os.getgid(), work.root, work.root, work.root))
    work.start("rsync", "--daemon", "--no-detach", "--config=" + work.root + "/rsyncd.conf",
               "--address=127.0.0.1", "--port=%d" % port, "--log-file=" + work.root + "/rsyncd.log")
    for _ in range(LIMIT * 10):
        if answers(port):
            return
        time.sleep(0.1)
    check(False, "the daemon does not answer")


def ordinary(work, target, store):
    before = tree(work.root)
    plan = work.plan(target)
    check(plan["new"] == len(work.built()), "the plan of a first deploy")
    now = tree(work.root)
    check({k: v for k, v in now.items() if "log" not in k} == {k: v for k, v in before.items() if "log" not in k},
          "a dry run writes nothing")
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
    check(not os.path.exists(store + "/old/a-only") and os.path.exists(store + "/old"), "a folder goes when it is empty")
    work.generation("A")
    work.gen("deploy", target)
    work.expect(store)


def others_in_the_way(work, target, store):
    write(work.site + "/static/taken by.txt", "words")
    write(store + "/taken by.txt", "other words")
    work.gen("build", "-q")
    check("taken by.txt" in work.gen("deploy", target, status=2), "a file of others is not replaced")
    check(open(store + "/taken by.txt").read() == "other words", "nor changed")
    write(store + "/taken by.txt", "words")
    work.gen("deploy", target)
    work.expect(store)
    os.remove(work.site + "/static/taken by.txt")
    work.gen("deploy", target, "--build", "-q")
    work.expect(store)


def kills(work, target, store):
    def after(ended=False):
        whole(store)
        if ended:
            work.expect(store)
    print("%d deploys killed" % kill_at_each_call(work, "rsync", target, after))


need("rsync")
number, closed = free_port(), free_port()
with Work(CONFIG % (number, number, closed), ODD_NAMES + [NEW_LINE]) as w:
    start_daemon(w, number)
    os.remove(w.root + "/store/pages/.keep")
    pages = w.root + "/store/pages"
    ordinary(w, "daemon", pages)
    others_in_the_way(w, "daemon", pages)
    kills(w, "daemon", pages)
    w.generation("B")
    check("read only" in w.gen("deploy", "read-only", status=2), "a module that may not be written is named")
    whole(pages)
    check("Connection refused" in w.gen("deploy", "nobody", status=2), "nobody answers")
    w.generation("A")
    ordinary(w, "path", w.root + "/plain copy")
done()
