"""A folder: files of others, kills at system calls, a disk that is full or may not be written."""
import os
import subprocess

from common import (FOREIGN, GEN, KILLER, LIMIT, LIST, NEW_LINE, ODD_NAMES, Work, check, done, put_foreign, tree,
                    whole, write)

CONFIG = "deploy:\n  pub: {kind: folder, path: ../pub}\n"


def ordinary(work, pub):
    before = tree(work.root)
    plan = work.plan()
    check(plan["new"] == len(work.built()) and not plan["deployed"], "the plan of a first deploy")
    check(tree(work.root) == before, "a dry run writes nothing")
    work.gen("deploy")
    work.expect(pub, foreign=False)
    put_foreign(pub)
    check(work.plan()["files"] == [], "nothing to do the second time")
    work.generation("B")
    plan = work.plan()
    check(plan["removed"] >= 1 and plan["new"] >= 1 and plan["changed"] >= 1, "the plan of a change")
    work.gen("deploy", "pub")
    work.expect(pub)
    check(os.path.isdir(pub + "/old") and not os.path.exists(pub + "/old/a-only"), "a folder goes when it is empty")


def repairs(work, pub):
    """What somebody changed or took away at the target comes back."""
    write(pub + "/index.html", "spoiled")
    os.remove(pub + "/404.html")
    plan = work.plan()
    check((plan["new"], plan["changed"]) == (1, 1), "it is seen what is wrong at the target")
    work.gen("deploy")
    work.expect(pub)


def file_and_folder_change_places(work, pub):
    write(work.site + "/static/thing", "a file")
    work.gen("deploy", "--build", "-q")
    os.remove(work.site + "/static/thing")
    write(work.site + "/static/thing/inside.txt", "in a folder")
    work.gen("deploy", "--build", "-q")
    work.expect(pub)
    os.remove(work.site + "/static/thing/inside.txt")
    os.rmdir(work.site + "/static/thing")
    write(work.site + "/static/thing", "a file again")
    work.gen("deploy", "--build", "-q")
    work.expect(pub)
    os.remove(work.site + "/static/thing")
    work.gen("deploy", "--build", "-q")
    work.expect(pub)


def never_through_links(work, pub):
    """A link at the target could lead anywhere."""
    outside = work.root + "/outside"
    write(outside + "/index.html", "not to be touched")
    write(work.site + "/static/linked/index.txt", "x")
    work.gen("build", "-q")
    os.symlink(outside, pub + "/linked")
    said = work.gen("deploy", status=2)
    check("in its way" in said, "a link is refused")
    check(tree(outside) == {"index.html": b"not to be touched"}, "nothing went through the link")
    os.remove(pub + "/linked")
    # Nor is a list believed that leads out of the target.
    with open(pub + "/" + LIST) as file:
        check("linked" not in file.read(), "a refused deploy lists nothing")
    write(pub + "/" + LIST, "gen deploy 1\nsum 0000000000000000\nfiles 1\n1 - ../outside/index.html\n")
    work.gen("deploy", status=2)
    work.gen("deploy", "--force", "-q")
    check(os.path.exists(outside + "/index.html"), "nothing outside was removed")
    work.generation("B")
    work.gen("deploy", "-q")


def kills(work, pub):
    killed, step, name = 0, 1, "A"
    while True:
        work.generation(name)
        run = subprocess.run([KILLER, str(step), GEN, "deploy"], cwd=work.site, env=work.env, timeout=LIMIT,
                             stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if run.returncode == 2:
            print("no kills: processes cannot be traced here")
            return
        whole(pub)
        if run.returncode != 0:
            break
        killed += 1
        work.gen("deploy", "-q")
        work.expect(pub)
        step += 1 + killed * 2
        name = "A" if name == "B" else "B"
    check(killed > 8, "only %d deploys were killed" % killed)
    print("%d deploys killed" % killed)


def bad_disks(work):
    """Needs a file system of its own."""
    disk = work.root + "/disk"
    os.mkdir(disk)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "none", disk], stderr=subprocess.DEVNULL).returncode:
        print("no full disk: a tmpfs cannot be mounted here")
        return
    try:
        write(work.site + "/gen.yaml", "title: T\ndeploy:\n  pub: {kind: folder, path: ../disk/pub}\n")
        work.generation("A")
        work.gen("deploy")
        put_foreign(disk + "/pub")
        write(work.site + "/static/large.bin", "x" * 500000)
        work.gen("build", "-q")
        said = work.gen("deploy", status=2)
        check("No space left on device" in said and "goes on where it stopped" in said, "a full disk is named")
        whole(disk + "/pub")
        os.remove(work.site + "/static/large.bin")
        work.gen("deploy", "--build", "-q")
        work.expect(disk + "/pub")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        work.generation("B")
        check("Read-only file system" in work.gen("deploy", status=2), "a read-only target is named")
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        work.gen("deploy", "-q")
        work.expect(disk + "/pub")
    finally:
        subprocess.run(["umount", disk], check=True)


with Work(CONFIG, ODD_NAMES + [NEW_LINE]) as w:
    target = w.root + "/pub"
    ordinary(w, target)
    repairs(w, target)
    file_and_folder_change_places(w, target)
    never_through_links(w, target)
    kills(w, target)
    if os.geteuid() == 0:
        bad_disks(w)
    check(all(os.path.exists(os.path.join(target, path)) for path in FOREIGN), "files of others are there at the end")
done()
