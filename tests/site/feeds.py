#!/usr/bin/env python3
"""Every feed of whole sites: Atom by the rules of RFC 4287, JSON Feed by those of version 1.1."""
import datetime
import html.parser
import json
import os
import re
import urllib.parse
import xml.etree.ElementTree as tree

import building

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://example.org/a/b/"
DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$")  # RFC 3339, section 5.6
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+$")
# RFC 4287, sections 4.1.1 and 4.1.2: how often each element may be there.
ONCE = {"id", "title", "updated"}
FEED_AT_MOST_ONCE = {"generator", "icon", "logo", "rights", "subtitle"}
ENTRY_AT_MOST_ONCE = {"content", "published", "rights", "source", "summary"}
FEED_TYPES = ("application/atom+xml", "application/feed+json")
MANY = {"author", "category", "contributor", "link"}


class Addresses(html.parser.HTMLParser):
    """Every address in a piece of HTML, and what must not be in one."""

    def __init__(self):
        super().__init__()
        self.found, self.refused = [], []

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "style"):
            self.refused.append(tag)
        for name, value in attrs:
            if name in ("href", "src", "poster", "cite", "action", "data"):
                self.found.append(value or "")
            if name == "srcset":
                self.found += [item.split()[0] for item in value.split(",")]


class Feed:
    """One feed being looked at; `say` is given what is wrong with it."""

    def __init__(self, checks, path, site):
        self.checks, self.path, self.site = checks, path, site

    def check(self, fine, what):
        self.checks.check(fine, "%s: %s" % (self.path, what))

    def check_iri(self, text, what):
        self.check(bool(text and IRI.match(text)), "%s is no absolute IRI: %r" % (what, text))

    def check_here(self, address, what):
        """An address of this site has a file."""
        self.check_iri(address, what)
        self.check((address or "").startswith(BASE), "%s is of another site: %s" % (what, address))
        path = urllib.parse.unquote((address or "")[len(BASE):])
        if path == "" or path.endswith("/"):
            path += "index.html"
        self.check(os.path.exists(os.path.join(self.site, path)), "%s leads nowhere: %s" % (what, address))

    def read_date(self, text, what):
        match = DATE.match(text or "")
        self.check(bool(match), "%s is no RFC 3339 date: %r" % (what, text))
        if not match:
            return None
        return datetime.datetime.fromisoformat(match[1] + (match[2] if match[2] != "Z" else "+00:00"))

    def check_html(self, text, what):
        parser = Addresses()
        parser.feed(text)
        parser.close()
        self.check(not parser.refused, "%s has %s" % (what, parser.refused))
        for address in parser.found:
            self.check_iri(address, "an address in %s" % what)


def check_counts(feed, element, once, at_most_once, what):
    names = [child.tag.replace(ATOM, "") for child in element]
    for name in once:
        feed.check(names.count(name) == 1, "%s has %d of <%s>" % (what, names.count(name), name))
    for name in at_most_once:
        feed.check(names.count(name) <= 1, "%s has %d of <%s>" % (what, names.count(name), name))
    known = once | at_most_once | MANY | {"entry"}
    feed.check(set(names) <= known, "%s has %s" % (what, set(names) - known))


def links_of(element, rel):
    return [link for link in element.findall(ATOM + "link") if link.get("rel", "alternate") == rel]


def check_persons(feed, element, what):
    for author in element.findall(ATOM + "author"):
        names = author.findall(ATOM + "name")
        feed.check(len(names) == 1 and bool(names[0].text), "%s has an author without a name" % what)


def check_alternates(feed, element, what):
    kinds = [(link.get("type"), link.get("hreflang")) for link in links_of(element, "alternate")]
    feed.check(len(kinds) == len(set(kinds)), "%s has two alternate links of one kind" % what)
    feed.check(len(kinds) == 1, "%s has %d alternate links" % (what, len(kinds)))
    for link in links_of(element, "alternate"):
        feed.check_here(link.get("href"), what)


def check_entry(feed, entry):
    title = entry.findtext(ATOM + "title")
    what = "entry %r" % title
    check_counts(feed, entry, ONCE, ENTRY_AT_MOST_ONCE, what)
    check_persons(feed, entry, what)
    check_alternates(feed, entry, what)
    feed.check_iri(entry.findtext(ATOM + "id"), "id of %s" % what)
    for category in entry.findall(ATOM + "category"):
        feed.check(bool(category.get("term")), "%s has a category without a term" % what)
    content = entry.find(ATOM + "content")
    if content is not None:
        feed.check(content.get("type") == "html" and len(content) == 0, "content of %s" % what)
        feed.check_html(content.text or "", "content of %s" % what)
    feed.check(bool(title), "an entry without a title")
    published = feed.read_date(entry.findtext(ATOM + "published"), "published of %s" % what)
    return published, feed.read_date(entry.findtext(ATOM + "updated"), "updated of %s" % what)


def check_atom(feed, file):
    root = tree.parse(file).getroot()
    feed.check(root.tag == ATOM + "feed", "is no Atom feed")
    check_counts(feed, root, ONCE, FEED_AT_MOST_ONCE, "feed")
    check_alternates(feed, root, "feed")
    selves = [link.get("href") for link in links_of(root, "self")]
    feed.check(selves == [BASE + urllib.parse.quote(feed.path)], "self is %s" % selves)
    check_persons(feed, root, "feed")
    feed.check_iri(root.findtext(ATOM + "id"), "id")
    entries = root.findall(ATOM + "entry")
    feed.check(bool(entries), "has no entries")
    feed.check(root.find(ATOM + "author") is not None or all(e.find(ATOM + "author") is not None for e in entries),
               "an entry without an author")
    ids = [e.findtext(ATOM + "id") for e in entries] + [root.findtext(ATOM + "id")]
    feed.check(len(ids) == len(set(ids)), "an id is there twice")
    dates = [check_entry(feed, entry) for entry in entries]
    feed.check([d[0] for d in dates] == sorted((d[0] for d in dates), reverse=True), "is not sorted by date")
    updated = feed.read_date(root.findtext(ATOM + "updated"), "updated")
    feed.check(updated == max(d[1] for d in dates), "updated is not that of its newest entry")
    return ids[:-1]


STRINGS = {"id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image",
           "language"}


def check_item(feed, item):
    what = "item %r" % item.get("title")
    feed.check(isinstance(item.get("id"), str) and item["id"], "%s has no id" % what)
    feed.check("content_html" in item or "content_text" in item, "%s has no content" % what)
    feed.check_here(item.get("url"), "url of %s" % what)
    for key, value in item.items():
        if key in STRINGS:
            feed.check(isinstance(value, str), "%s of %s is no text" % (key, what))
    if "image" in item:
        feed.check_here(item["image"], "image of %s" % what)
    for author in item.get("authors", []):
        feed.check(any(author.get(key) for key in ("name", "url", "avatar")), "an author of %s is nobody" % what)
    feed.check(all(isinstance(tag, str) for tag in item.get("tags", [])), "tags of %s" % what)
    feed.check_html(item.get("content_html", ""), "content of %s" % what)
    feed.read_date(item.get("date_published"), "date_published of %s" % what)
    feed.read_date(item.get("date_modified"), "date_modified of %s" % what)


def check_json(feed, file):
    with open(file, encoding="utf-8") as stream:
        top = json.load(stream)
    feed.check(top.get("version") == "https://jsonfeed.org/version/1.1", "version")
    feed.check(isinstance(top.get("title"), str) and top["title"], "has no title")
    feed.check(top.get("feed_url") == BASE + urllib.parse.quote(feed.path), "feed_url is %s" % top.get("feed_url"))
    feed.check_here(top.get("home_page_url"), "home_page_url")
    feed.check(isinstance(top.get("items"), list) and top["items"], "has no items")
    ids = [item.get("id") for item in top["items"]]
    feed.check(len(ids) == len(set(ids)), "an id is there twice")
    for item in top["items"]:
        check_item(feed, item)
    return ids


class Heads(html.parser.HTMLParser):
    """The feeds that a page names in its head."""

    def __init__(self):
        super().__init__()
        self.feeds = {}

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "link" and values.get("rel") == "alternate" and values.get("type") in FEED_TYPES:
            self.feeds[values.get("type")] = values.get("href")


def check_heads(checks, files):
    """Each page names feeds that are there; a list that has feeds of its own names those."""
    for path, file in files.items():
        if not path.endswith("index.html"):
            continue
        with open(file, encoding="utf-8") as stream:
            text = stream.read()
        if "data-kind=" not in text:
            continue
        head = Heads()
        head.feed(text)
        folder = os.path.dirname(path)
        own = os.path.join(folder, "feed.atom") if os.path.join(folder, "feed.atom") in files else "feed.atom"
        if "/page/" in path:
            continue
        checks.equal(head.feeds, {"application/atom+xml": "/a/b/" + urllib.parse.quote(own),
                                  "application/feed+json": "/a/b/" + urllib.parse.quote(own.replace(".atom", ".json"))}, path)


def check_site(checks, gen, source, *options):
    """Build it, look at each feed; gives the paths of the feeds."""
    with building.folder() as out:
        building.build(gen, source, "--output", out, "--base-url", BASE, *options)
        files = building.files_of(out)
        feeds = sorted(path for path in files if os.path.basename(path) in ("feed.atom", "feed.json"))
        for path in feeds:
            if path.endswith(".json"):
                continue
            twin = path.replace(".atom", ".json")
            found = check_atom(Feed(checks, path, out), files[path])
            checks.check(twin in files and check_json(Feed(checks, twin, out), files[twin]) == found,
                         "%s and %s differ" % (path, twin))
        if feeds:
            check_heads(checks, files)
        return feeds


ODD = {
    "gen.yaml": "title: 'A & B <c> \"d\"'\ndescription: It's\ntaxonomies: [topics]\nfeeds: {content: full, items: 7}\nhtml: all\n",
    "content/control.md": "---\ntitle: \"bell \\a, form feed \\f, not a character \\ufffe\"\ndate: 2026-01-02\ntags: ['<&>\"x']\n"
                          "---\nA\x0c\x01b \ufffe\uffff ok\n\n```text\n\x1b[31mred\n```\n",
    "content/offset.md": "---\ndate: 2026-01-03T23:30:00-11:30\nupdated: 2026-01-04 00:00\ntopics: [Größe]\n---\n# ]]> -->\n"
                         "[x](control.md) <script>if (a < b) alert('</p>')</script> <img src=x.svg onerror=x>\n",
    "content/x.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "content/empty.md": "---\ndate: 2026-01-04\nauthor: Ann <ann@example.org>\ntags: [Größe]\n---\n",
    "content/字/日本.md": "---\ndate: 2026-01-05\nimage: ../x.svg\ntags: [日本]\n---\n# 日本\n[rel](../../x.svg?y=1&z#q) ![](/x.svg)\n",
    "content/same-day.md": "---\ndate: 2026-01-05\nseries: One & two\n---\n# Same day\nA [^1]\n\n[^1]: note\n",
    "content/table.md": "---\ndate: 2026-01-05\nlanguages: [go, rust]\n---\n# Table\n\n| a | Go | Rust |\n|---|---|---|\n| b | 1 s | 2 s |\n",
    "content/undated.md": "---\ntags: [never]\n---\n# Undated\n",
    **{"content/old%02d.md" % i: "---\ndate: 2025-01-%02d\ntags: [go]\n---\n# Old %d\ntext\n" % (i, i) for i in range(1, 29)},
}


def main():
    gen, checks = building.arguments().gen, building.Checks()
    with building.folder() as root:
        building.write(root, ODD)
        feeds = check_site(checks, gen, root)
        checks.check("feed.atom" in feeds and "tags/go/feed.atom" in feeds and "topics/grosse/feed.json" in feeds and
                     "series/one-two/feed.atom" in feeds, "feeds of lists: %s" % feeds)
        checks.check("tags/never/feed.atom" not in feeds, "a feed without a date")
        building.write(root, {"gen.yaml": "feeds: {lists: false}\n"})
        checks.equal(check_site(checks, gen, root), ["feed.atom", "feed.json"], "feeds without lists")
    checks.check("feed.atom" in check_site(checks, gen, ROOT, "--future"), "the project's own site has a feed")
    checks.equal(check_site(checks, gen, os.path.join(ROOT, "docs")), [], "feeds of a site without dates")
    checks.finish()


if __name__ == "__main__":
    main()
