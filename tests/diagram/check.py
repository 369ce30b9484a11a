#!/usr/bin/env python3
"""Fences of graphs become pictures where gen has Graphviz, and stay text where it has none.

    check.py GEN

What is wrong in one is said at its line, and none makes a build hang, grow or read a file.
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

GEN = os.path.abspath(sys.argv[1])
SECONDS = 120
passed = failed = 0


def build(text, *options, files=()):
    """What gen says of an article of this text, and its page, or None."""
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "content"))
        for name, content in (("content/a.md", text), *files):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(content)
        run = subprocess.run([GEN, "build", *options], cwd=folder, capture_output=True, text=True, timeout=SECONDS)
        page = os.path.join(folder, "site/a/index.html")
        if not os.path.exists(page):
            return run.stderr, None
        with open(page, encoding="utf-8") as file:
            return run.stderr, file.read()


def fence(graph, words=""):
    return "# A\n\n```dot %s\n%s\n```\n" % (words, graph)


def check(name, good, seen=""):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print("FAILED:", name, "\n", str(seen)[:1500])


def says(name, graph, line, *wanted):
    """The build of this graph fails, at this line of the article, in these words."""
    said, page = build(fence(graph))
    first = said.split("\n")[0]
    check(name, page is None and first.startswith("content/a.md:%d:" % line) and all(w in first for w in wanted), said)


def figure_of(page):
    return re.search(r'<figure class="diagram".*?</figure>', page, re.S).group(0)


def drawn():
    said, page = build(fence("digraph { Client -> Server [label=\"HTTP & <more>\"]\n Server -> Database; Alone }",
                             'title="A request" id=way'), "--strict")
    figure = figure_of(page)
    root = tree.fromstring(re.sub(r"&(?!amp;|lt;|gt;|quot;|#)", "&amp;", figure))
    svg = root.find("svg")
    check("nothing is said of it", said == "", said)
    check("it is one picture with title and words", svg.get("role") == "img" and
          svg.get("aria-labelledby") == "way-title way-words" and svg.find("title").text == "A request" and
          svg.find("desc").text == "4 nodes and 2 connections: Client to Server (HTTP & <more>); Server to Database."
          " Alone: Alone.", figure)
    check("the caption is shown", root.find("figcaption").text == "A request", figure)
    check("it has a size and scales", svg.get("viewBox") and int(svg.get("width")) > 50, figure)
    check("its lines have the colour of the text, and nothing behind them is white",
          'stroke="currentColor"' in figure and "black" not in figure and "white" not in figure, figure)
    texts = [t.text for t in svg.iter("text")]
    check("its labels are text", sorted(texts) == sorted(["Client", "Server", "Database", "Alone", "HTTP & <more>"]), texts)


def many_on_a_page():
    said, page = build(fence("graph { a -- b }") * 3, "--strict")
    ids = re.findall(r' id="([^"]*)"', page)
    check("ids are unique", len(ids) == len(set(ids)) and "diagram-3-words" in ids, ids)
    one = build(fence("graph { a -- b }"), "--jobs", "1")[1]
    check("a drawing is the same each time", one == build(fence("graph { a -- b }"), "--jobs", "4")[1])


def from_file():
    said, page = build(fence("", "file=g.dot").replace("\n\n```\n", "\n```\n"),
                       files=(("content/g.dot", "graph {\n a -- b }\n"),))
    check("a graph may be a file", page and "2 nodes and 1 connection: a with b." in page, said)
    said, page = build(fence("", "file=g.dot").replace("\n\n```\n", "\n```\n"),
                       files=(("content/g.dot", "graph {\n a -- -- b }\n"),))
    check("a fault in it is at its line", page is None and said.startswith("content/g.dot:2: error: syntax error"), said)


def hostile():
    """Names and labels of all kinds leave nothing in the page but shapes and text."""
    page = build(fence('digraph "<script>" { a [label="</title><script>x</script>", id="x\\" onload=\\"y", class="sr",'
                       ' fontname="\\"><script>x"] b [fontcolor=red, color="url(x)", URL="javascript:x", tooltip="t"'
                       '] a -> b [label="<![CDATA[", style=dashed] c [style=filled, fillcolor="red:blue"] }'))[1]
    figure = figure_of(page)
    elements = set(re.findall(r"<([a-z]+)", figure))
    check("only shapes and text", elements <= {"figure", "svg", "title", "desc", "g", "path", "polygon", "polyline",
                                               "ellipse", "text"}, elements)
    check("no script, no link, no class, no reference", not re.search(r"onload|href|url\(|javascript", figure) and
          'class="sr"' not in figure, figure)


def random_graphs():
    random.seed(7)
    letters = ["a", "b", "é", " ", "->", "--", "{", "}", "[", "]", "=", '"', "\\", ";", ",", "<", ">", "/*", "//", "#",
               "label", "shape", "record", "html", "<b>", "</b>", "subgraph", "cluster_x", "digraph", "\n", "1e9", "|", "&"]
    articles = []
    for i in range(150):
        body = "".join(random.choice(letters) + " " * random.randrange(2) for _ in range(random.randrange(30)))
        articles.append(("content/r%d.md" % i, fence("digraph { %s }" % body.replace("```", ""))))
    said, page = build("# A\n", files=articles)
    crashed = [line for line in said.split("\n") if "ended without" in line or "AddressSanitizer" in line]
    check("nothing that is no graph ends it", "error: " in said and not crashed, crashed or said)


def with_graphviz():
    drawn()
    many_on_a_page()
    from_file()
    hostile()
    says("a fault has its line", "digraph {\n a -> b\n c -> -> d\n}", 6, "syntax error near '->'")
    says("text that is no graph", "hello world", 4, "syntax error")
    says("nothing at all", "", 3, "there is no graph")
    says("no nodes", "digraph { }", 3, "has no nodes")
    says("a label that is no HTML", "digraph { a [label=<<b>x</i>>] }", 3, "in label of node a")
    says("an image", 'digraph {\n a [image="/etc/passwd"] }', 5, '"image" is refused')
    says("an image in a label", 'digraph {\n a [label=<<table><tr><td><img src="x.png"/></td></tr></table>>] }', 5,
         "an image is refused")
    says("a shape from a file", 'digraph { a [shapefile="x"] }', 4, '"shapefile" is refused')
    says("too many nodes", "digraph { %s }" % ";".join("n%d" % i for i in range(301)), 3, "at most 300 nodes")
    says("edges by the million", "digraph { {%s} -> {%s} }" % (" ".join("a%d" % i for i in range(1500)),
                                                            " ".join("b%d" % i for i in range(1500))), 3, "600 edges")
    says("too much text", 'digraph { a [label="%s"] }' % ("x" * 70000), 3, "at most 64 KB")
    says("too deep", "digraph { %s a %s }" % ("{" * 20000, "}" * 20000), 4, "")
    random.seed(3)
    says("what takes forever", "digraph { %s }" % ";".join(
        "n%d->n%d[label=x]" % (random.randrange(120), random.randrange(120)) for _ in range(600)), 3,
        "takes more than 3 seconds")
    said, page = build(fence('digraph {\n a [URL="https://example.org"] }'))
    check("a link is left out, and that is said", page and '5: warning: "URL" is left out' in said, said)
    random_graphs()


def without_graphviz():
    said, page = build(fence("digraph { a -> b }", 'title="A request"'), "--strict")
    check("the text stays, with a note", page and "A request</span> as text: drawn where gen has Graphviz" in page and
          "digraph { a -&gt; b }" in re.sub(r"</?span[^>]*>", "", page) and 'class="diagram"' not in page, said)


parts = json.loads(subprocess.run([GEN, "doctor", "--json"], capture_output=True, text=True, timeout=SECONDS).stdout)["parts"]
graphviz = next(part for part in parts if part["name"] == "Graphviz")
(with_graphviz if graphviz["works"] else without_graphviz)()
print("%d passed, %d failed (%s)" % (passed, failed, graphviz["detail"]))
sys.exit(failed > 0)
