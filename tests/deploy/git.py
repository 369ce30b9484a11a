"""A branch of a git repository: what it becomes, and that nothing else of the repository changes."""
import os
import shutil
import subprocess

from common import (FOREIGN, LIMIT, LIST, NEW_LINE, ODD_NAMES, Work, check, done, kill_at_each_call, need, put_foreign,
                    tree, whole, write)

CONFIG = "deploy:\n  pages: {kind: git, message: 'Pages of {commit}'}\n"


def git(folder, *args, status=0):
    run = subprocess.run(["git", *args], cwd=folder, timeout=LIMIT, text=True, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    check(run.returncode == status, "git %s: %s" % (" ".join(args), run.stderr[-1000:]))
    return run.stdout.strip()


def as_somebody(folder):
    git(folder, "config", "user.name", "Somebody")
    git(folder, "config", "user.email", "somebody@localhost")


def set_up(work):
    remote = work.root + "/remote.git"
    git(work.root, "init", "-q", "--bare", "-b", "main", remote)
    git(work.site, "init", "-q", "-b", "main", ".")
    as_somebody(work.site)
    git(work.site, "remote", "add", "origin", remote)
    write(work.site + "/.gitignore", "/site/\n")
    # Filters and hooks would change what is deployed, or stop it.
    write(work.site + "/.gitattributes", "* text=auto eol=crlf\n*.html export-ignore\n")
    for hook in ("pre-push", "reference-transaction", "pre-commit", "post-commit"):
        path = work.site + "/.git/hooks/" + hook
        write(path, "#!/bin/sh\necho hook >> '%s/hooks-ran'\nexit 1\n" % work.root)
        os.chmod(path, 0o755)
    git(work.site, "-c", "core.hooksPath=/dev/null", "add", "-A")
    git(work.site, "-c", "core.hooksPath=/dev/null", "commit", "-q", "-m", "sources")
    git(work.site, "-c", "core.hooksPath=/dev/null", "push", "-q", "origin", "main")
    return remote


def commits(remote, branch="gh-pages"):
    return int(git(remote, "rev-list", "--count", branch))


class Branch:
    """The branch as files."""

    def __init__(self, work, remote):
        self.remote, self.folder = remote, work.root + "/checked-out"

    def fetch(self, branch="gh-pages"):
        shutil.rmtree(self.folder, ignore_errors=True)
        os.mkdir(self.folder)
        subprocess.run("git --git-dir=%s archive %s | tar x -C %s" % (self.remote, branch, self.folder), shell=True,
                       check=True, timeout=LIMIT)
        return self.folder


def untouched(work):
    """What of the user's repository must stay as it is."""
    state = {name: tree(work.site + "/.git").get(name) for name in ("index", "HEAD", "FETCH_HEAD", "config", "shallow")}
    state["status"] = git(work.site, "--no-optional-locks", "status", "--porcelain")
    state["branches"] = git(work.site, "for-each-ref", "refs/heads", "refs/tags", "refs/stash")
    return state


def first_time(work, remote, branch):
    write(work.site + "/staged.txt", "staged")
    git(work.site, "add", "staged.txt")
    write(work.site + "/staged.txt", "changed since")
    before, everything = untouched(work), tree(work.site + "/.git/objects")
    work.gen("deploy", "--dry-run")
    check(tree(work.site + "/.git/objects") == everything, "a dry run leaves no objects")
    check(git(remote, "branch", "--list", "gh-pages") == "", "a dry run makes no branch")
    work.gen("deploy")
    check(untouched(work) == before, "the user's files, index and branches are as they were")
    work.expect(branch.fetch(), foreign=False)
    check(commits(remote) == 1, "the first commit has no parent")
    check(git(remote, "log", "-1", "--format=%s %cn", "gh-pages") ==
          "Pages of %s Somebody" % git(work.site, "rev-parse", "--short=12", "HEAD"), "message and committer")
    work.gen("deploy")
    check(commits(remote) == 1, "no commit when nothing has changed")


def others_push(work, remote):
    clone = work.root + "/other"
    shutil.rmtree(clone, ignore_errors=True)
    git(work.root, "clone", "-q", "-b", "gh-pages", remote, clone)
    as_somebody(clone)
    put_foreign(clone)
    write(clone + "/script.sh", "#!/bin/sh\n")
    os.chmod(clone + "/script.sh", 0o755)
    os.symlink("CNAME", clone + "/link")
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "-m", "of others")
    git(clone, "push", "-q", "origin", "gh-pages")


def others_stay(work, remote, branch):
    others_push(work, remote)
    work.generation("B")
    everything = tree(work.site + "/.git/objects")
    plan = work.plan()
    check(plan["removed"] and plan["changed"] and plan["new"], "the plan of a change")
    check(tree(work.site + "/.git/objects") == everything, "a dry run fetches to a place of its own")
    work.gen("deploy")
    check(commits(remote) == 3, "one more commit")
    folder = branch.fetch()
    check(os.readlink(folder + "/link") == "CNAME" and os.access(folder + "/script.sh", os.X_OK),
          "links and modes of others stay")
    for name in ("link", "script.sh"):
        os.remove(folder + "/" + name)
    work.expect(folder)
    git(remote, "update-ref", "refs/heads/before", "gh-pages")


def in_the_way(work, remote):
    clone = work.root + "/other"
    git(clone, "pull", "-q")
    write(clone + "/taken/x.txt", "of others")
    write(clone + "/word.txt", "of others")
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "-m", "more of others")
    git(clone, "push", "-q", "origin", "gh-pages")
    write(work.site + "/static/taken", "a file where others have a folder")
    write(work.site + "/static/word.txt", "other words")
    work.gen("build", "-q")
    said = work.gen("deploy", status=2)
    check("taken/x.txt" in said and "word.txt" in said, "both are named: " + said)
    os.remove(work.site + "/static/taken")
    os.remove(work.site + "/static/word.txt")
    git(clone, "rm", "-q", "-r", "taken", "word.txt")
    git(clone, "commit", "-q", "-m", "less")
    git(clone, "push", "-q", "origin", "gh-pages")
    work.gen("build", "-q")


def detached_and_shallow(work, remote, branch):
    clone = work.root + "/shallow"
    git(work.root, "clone", "-q", "--depth", "1", "-b", "main", "file://" + remote, clone)
    git(clone, "checkout", "-q", "--detach")
    site, work.site = work.site, clone
    # As in CI: nobody has told git who it is.
    env = dict(work.env, HOME="/nonexistent", GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_SYSTEM="/dev/null",
               GIT_CONFIG_NOSYSTEM="1")
    work.gen("build", "-q")
    before = commits(remote)
    write(clone + "/content/from-ci.md", "# From CI\n")
    work.gen("build", "-q")
    work.gen("deploy", env=env)
    check(commits(remote) == before + 1, "history goes on from a shallow clone")
    check(git(remote, "log", "-1", "--format=%cn <%ce>", "gh-pages") == "gen <gen@localhost>", "a committer in CI")
    check(git(clone, "rev-parse", "--is-shallow-repository") == "true", "it is still shallow")
    folder = branch.fetch()
    for name in ("link", "script.sh"):
        os.remove(folder + "/" + name)
    work.expect(folder)
    work.site = site


def one_commit(work, remote, branch):
    config = open(work.site + "/gen.yaml").read()
    write(work.site + "/gen.yaml", config.replace("kind: git,", "kind: git, history: false,"))
    work.generation("A")
    work.gen("deploy")
    check(commits(remote) == 1, "history: false leaves one commit")
    folder = branch.fetch()
    check(os.path.exists(folder + "/link"), "what others put there is in it")
    write(work.site + "/gen.yaml", config)
    work.gen("build", "-q")


def remote_gone(work, remote):
    os.rename(remote, remote + ".away")
    said = work.gen("deploy", status=2)
    check("asking the remote" in said and "does not appear to be a git repository" in said, "it says what is wrong")
    os.rename(remote + ".away", remote)


def kills(work, remote, branch):
    def after(ended=False):
        folder = branch.fetch()
        whole(folder)
        if ended:
            for name in ("link", "script.sh"):
                os.remove(folder + "/" + name)
            work.expect(folder)
    print("%d deploys killed" % kill_at_each_call(work, "git", "pages", after))


need("git")
os.environ.update(GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null")
with Work(CONFIG, ODD_NAMES + [NEW_LINE]) as w:
    bare = set_up(w)
    pages = Branch(w, bare)
    first_time(w, bare, pages)
    others_stay(w, bare, pages)
    in_the_way(w, bare)
    detached_and_shallow(w, bare, pages)
    one_commit(w, bare, pages)
    remote_gone(w, bare)
    kills(w, bare, pages)
    check(not os.path.exists(w.root + "/hooks-ran"), "no hook ran")
    check(set(FOREIGN) <= set(tree(pages.fetch())) and LIST in tree(pages.folder), "files of others at the end")
done()
