#!/usr/bin/env python3
"""Sitemaps against the rules of sitemaps.org, up to the limit of one file and above it."""
import os
import re
import xml.etree.ElementTree as tree

import building

BASE = "https://example.org/a/b/"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MOST_ADDRESSES, MOST_BYTES = 50_000, 50 * 1000 * 1000
LISTS = 3  # home, tags, archive
LASTMOD = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$")


def read(path, root):
    """Kind of the file and its addresses with their dates."""
    top = tree.parse(path).getroot()
    entries = []
    for entry in top:
        entries.append((entry.findtext(SPACE + "loc"), entry.findtext(SPACE + "lastmod")))
    return top.tag.replace(SPACE, ""), entries


def file_of(address):
    path = address[len(BASE):]
    return path + "index.html" if path == "" or path.endswith("/") else path


def check_set(checks, path, site):
    kind, entries = read(path, site)
    name = os.path.basename(path)
    checks.equal(kind, "urlset", name)
    checks.check(len(entries) <= MOST_ADDRESSES, "%s has %d addresses" % (name, len(entries)))
    checks.check(os.path.getsize(path) <= MOST_BYTES, "%s has %d bytes" % (name, os.path.getsize(path)))
    for address, changed in entries:
        if not (address.startswith(BASE) and len(address) < 2048 and os.path.exists(os.path.join(site, file_of(address)))):
            checks.check(False, "%s: there is no %s" % (name, address))
        if changed is not None and not LASTMOD.match(changed):
            checks.check(False, "%s: lastmod %s" % (name, changed))
    return [address for address, _ in entries]


def check_addresses(checks, found, articles):
    checks.equal(len(found), len(set(found)), "an address is there twice")
    expected = {BASE + "a%d/" % i for i in range(articles)} | {BASE, BASE + "tags/", BASE + "archive/"}
    checks.equal(set(found) ^ expected, set(), "addresses that are missing or too many")


def large(checks, gen, root, articles, parts):
    """`articles` and three lists."""
    site = os.path.join(root, "site")
    building.build(gen, root)
    kind, entries = read(os.path.join(site, "sitemap.xml"), site)
    if parts:
        checks.equal(kind, "sitemapindex", "%d articles" % articles)
        names = [address[len(BASE):] for address, _ in entries]
        checks.equal(sorted(names), sorted(n for n in os.listdir(site) if re.match(r"sitemap-\d+\.xml$", n)), "parts")
        found = [a for name in names for a in check_set(checks, os.path.join(site, name), site)]
    else:
        found = check_set(checks, os.path.join(site, "sitemap.xml"), site)
        checks.check(not os.path.exists(os.path.join(site, "sitemap-1.xml")), "a part beside a sitemap that is whole")
    check_addresses(checks, found, articles)


SMALL = {
    "gen.yaml": "base_url: %s\npaginate: 1\n" % BASE,
    "content/_index.md": "---\nupdated: 2026-02-03\n---\nHome.\n",
    "content/one.md": "---\ndate: 2026-01-02\ntags: [go]\naliases: [/old/]\n---\n# One\n",
    "content/日本.md": "---\ndate: 2026-01-02\nupdated: 2026-01-04T05:06:07+01:00\ntags: [go]\n---\n# Two\n",
    "content/hidden.md": "---\nsitemap: {disable: true}\n---\n# Hidden\n",
    "content/hidden-too.md": "---\nsitemap: false\n---\n# Hidden, too\n",
    "content/draft.md": "---\ndraft: true\n---\n# Draft\n",
    "content/web/x.md": "# In a folder\n",
}


def small(checks, gen, root):
    """What is in it and what is not."""
    site = os.path.join(root, "site")
    building.write(root, SMALL)
    building.build(gen, root)
    _, entries = read(os.path.join(site, "sitemap.xml"), site)
    dates = dict(entries)
    expected = {BASE + path for path in ("", "one/", "%E6%97%A5%E6%9C%AC/", "web/", "web/x/", "tags/", "tags/go/", "archive/")}
    checks.equal(set(dates) ^ expected, set(), "addresses that are missing or too many")
    checks.equal(dates.get(BASE), "2026-02-03T00:00:00Z", "the home page's text changed")
    checks.equal(dates.get(BASE + "one/"), "2026-01-02T00:00:00Z", "date")
    checks.equal(dates.get(BASE + "%E6%97%A5%E6%9C%AC/"), "2026-01-04T05:06:07+01:00", "updated")


def main():
    gen, checks = building.arguments().gen, building.Checks()
    with building.folder() as root:
        small(checks, gen, root)
    with building.folder() as root:
        most = MOST_ADDRESSES - LISTS
        building.write(root, {
            "gen.yaml": "base_url: %s\n" % BASE,
            "templates/article.mustache": "{{title}}",
            **{"content/a%d.md" % i: "# %d\n" % i for i in range(most)},
        })
        large(checks, gen, root, most, parts=False)
        building.write(root, {"content/a%d.md" % most: "# One more\n"})
        large(checks, gen, root, most + 1, parts=True)
    checks.finish()


if __name__ == "__main__":
    main()
