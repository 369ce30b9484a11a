#!/usr/bin/env python3
"""words.py POST.json PAGE.html: the page has every word of the post's HTML, in order and without a gap."""
import html.parser
import json
import sys

BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "td", "th", "br", "div", "main", "article", "header"}


class Text(html.parser.HTMLParser):
    """The words of HTML; what stands in scripts, styles and links of headings aside."""

    def __init__(self):
        super().__init__()
        self.parts, self.hidden = [], None

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "style") or (tag == "a" and ("class", "anchor") in attrs):
            self.hidden = tag
        if tag in BLOCKS:
            self.parts.append(" ")

    def handle_endtag(self, tag):
        if tag == self.hidden:
            self.hidden = None
        if tag in BLOCKS:
            self.parts.append(" ")

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def words(text):
    parser = Text()
    parser.feed(text)
    parser.close()
    return "".join(parser.parts).replace("\u00a0", " ").split()


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        wanted = words(json.load(file)["content"]["rendered"])
    with open(sys.argv[2], encoding="utf-8") as file:
        found = words(file.read())
    starts = [i for i in range(len(found)) if found[i:i + 40] == wanted[:40]]
    if not wanted or not starts:
        sys.exit("the page does not have the beginning of the post")
    part = found[starts[-1]:starts[-1] + len(wanted)]
    for at, (a, b) in enumerate(zip(wanted, part)):
        if a != b:
            sys.exit("word %d is %r, expected %r" % (at, b, a))
    if len(part) < len(wanted):
        sys.exit("the page ends after %d of %d words" % (len(part), len(wanted)))
    print("%d words" % len(wanted))


if __name__ == "__main__":
    main()
