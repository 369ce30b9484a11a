#!/usr/bin/env python3
"""Drafts, future and expired articles: in no file of the site, and each named with its reason."""
import json
import os
import re
import subprocess

import building

# Words that stand nowhere else, in everything that an article can put into other pages.
SKIPPED = {
    "draft": ("draft: true", "draft", "--drafts"),
    "unpublished": ("published: false", "draft", "--drafts"),
    "future": ("date: 2026-03-02", "dated 2026-03-02", "--future"),
    "tonight": ("date: 2026-03-01 23:00:00", "dated 2026-03-01T23:00:00Z", "--future"),
    "scheduled": ("date: 2026-01-01\npublishDate: 2027-01-01", "dated 2027-01-01", "--future"),
    "expired": ("date: 2026-01-01\nexpires: 2026-02-01", "expired 2026-02-01", "--expired"),
}

ARTICLE = """---
title: Title of zq-{name}
{state}
description: Described zq-{name}
tags: [Tag zq-{name}, common]
topics: [Topic zq-{name}, common]
languages: [Go, Lang zq-{name}]
series: Common
author: Author zq-{name}
image: zq-{name}.svg
aliases: [/alias-zq-{name}/]
summary: Summary zq-{name}
---

Body zq-{name}. [b](shown.md)

| Criterion zq-{name} | Go | Lang zq-{name} |
|---|---|---|
| Speed | 1 s | 2 s |

```matrix
title: Matrix zq-{name}
options: [Go, Lang zq-{name}]
rows:
  - {{scenario: Scenario zq-{name}, scores: [3, 1]}}
```

```go run id=zq-{name}
package main // zq-{name}
```
"""

SHOWN = """---
date: 2026-01-15
tags: [common]
topics: [common]
series: Common
languages: [Go, Rust]
---
# Shown
"""


def site_files():
    files = {
        "gen.yaml": "base_url: https://example.org/\ntaxonomies: [topics, authors]\nfeeds: {content: full}\nsocial_cards: true\n",
        "content/shown.md": SHOWN,
        "content/only/_index.md": "---\ntitle: Only drafts here\n---\nA folder.\n",
    }
    for name, (state, _, _) in SKIPPED.items():
        files["content/%s.md" % name] = ARTICLE.format(name=name, state=state)
        files["content/only/%s.md" % name] = ARTICLE.format(name=name + "-deep", state=state)
    return files


def mentions(root):
    """Files whose name or text has one of the words, and the word."""
    found = []
    for path, file in building.files_of(root).items():
        with open(file, "rb") as stream:
            text = stream.read() + b" " + path.encode()
        found += [(path, word.decode()) for word in sorted(set(re.findall(rb"zq-[a-z-]+", text.lower())))]
    return found


def check_said(checks, said):
    for name, (_, reason, flag) in SKIPPED.items():
        for path in ("content/%s.md" % name, "content/only/%s.md" % name):
            line = re.search(r"left out: \S*%s \(%s; %s includes it\)" % (re.escape(path), re.escape(reason), flag), said)
            checks.check(bool(line), "%s is not named as %s" % (path, reason))
    checks.equal(said.count("left out: "), 2 * len(SKIPPED), "pages left out")


def check_json(checks, gen, root):
    command = [gen, "build", "--json", "--rebuild", "--source", root]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False,
                          env={**os.environ, "SOURCE_DATE_EPOCH": "1772366400"})
    checks.equal(done.returncode, 0, "status of --json: %s" % done.stdout[-2000:])
    skipped = json.loads(done.stdout)["skipped"]
    checks.equal(len(skipped), 2 * len(SKIPPED), "skipped in --json")
    checks.check(all(item["path"] and item["reason"] for item in skipped), "a reason for each")


def main():
    gen, checks = building.arguments().gen, building.Checks()
    with building.folder() as root:
        site = os.path.join(root, "site")
        building.write(root, site_files())
        for path in building.files_of(root).values():
            os.utime(path, (1700000000, 1700000000))  # what was just written counts as being written still
        check_said(checks, building.build(gen, root))
        checks.equal(mentions(site), [], "what is left out is mentioned")
        said = building.build(gen, root)
        checks.check("nothing has changed" in said, "the second build has nothing to do")
        check_said(checks, said)
        check_json(checks, gen, root)
        # The words are found where the articles are shown: the test can fail.
        building.build(gen, root, "--drafts", "--future", "--expired", "--rebuild")
        words = {word for _, word in mentions(site)}
        checks.check({"zq-" + name for name in SKIPPED} <= words, "with the flags they are shown: %s" % words)
        paths = {os.path.basename(path) for path, _ in mentions(site)}
        checks.check({"feed.atom", "feed.json", "sitemap.xml", "_redirects"} <= paths, "and in lists: %s" % paths)
        # And they go again.
        building.build(gen, root)
        checks.equal(mentions(site), [], "what is left out again is mentioned")
    checks.finish()


if __name__ == "__main__":
    main()
