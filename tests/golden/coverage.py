#!/usr/bin/env python3
"""List the messages of src/ that no golden case shows; exit status 1 when there is one.

    coverage.py [SRC]

A message is a call of diag_error(), diag_warn(), diag_fault(), or of a function that forwards a format to them.
coverage.allow holds `file: format`, then a reason on an indented line, for messages that need a broken world.
"""
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
# Functions with a format of their own make messages when their names say so.
FORWARDER = re.compile(r"fault|fail|error|warn|refuse|wrong")
STRING = re.compile(r'"((?:\\.|[^"\\])*)"')
SPECIFIER = re.compile(r"%[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?(?:hh|h|ll|l|z|j|t)?[diouxXcsfgeEpG]")


def c_files(root):
    for folder, _, names in os.walk(root):
        for name in sorted(names):
            if name.endswith((".c", ".h")):
                yield os.path.join(folder, name)


def without_comments(text):
    def blank(match):
        return match.group(0) if match.group(0)[0] == '"' else re.sub(r"[^\n]", " ", match.group(0))
    return re.sub(r'"(?:\\.|[^"\\\n])*"|/\*.*?\*/|//[^\n]*', blank, text, flags=re.S)


def arguments(text, start):
    """The arguments of a call whose "(" is at start - 1."""
    parts, depth, begin, at = [], 0, start, start
    while at < len(text):
        char = text[at]
        if char in "\"'":
            at += 1
            while text[at] != char:
                at += 2 if text[at] == "\\" else 1
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            if depth == 0:
                break
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(text[begin:at].strip())
            begin = at + 1
        at += 1
    return parts + [text[begin:at].strip()]


def literals(argument):
    """The strings that an argument can be: one, or the arms of `a ? "x" : "y"`."""
    if '"' not in argument:
        return []
    argument = re.sub(r"\bSTR_FMT\b", '"%.*s"', argument)
    argument = re.sub(r"\bPRI[a-zA-Z0-9]+\b", '"d"', argument)
    # Arms are separated by ? and :, which may stand inside strings as well.
    pieces = re.split(r'("(?:\\.|[^"\\])*")', argument)
    found, current = [], None
    for piece in pieces:
        match = STRING.fullmatch(piece)
        if match:
            current = (current or "") + match.group(1)
        elif re.fullmatch(r"[A-Z_]+", piece.strip()):
            current = (current or "") + "%s"
        elif piece.strip() and current is not None:
            found.append(current)
            current = None
    return found + ([current] if current is not None else [])


def forwarders(texts):
    """Functions that make a message from a printf format of their own."""
    names = set()
    for text in texts.values():
        for match in re.finditer(r"\b(\w+)\(([^(){};]*const char \*(?:fmt|format), \.\.\.)\)", text):
            if FORWARDER.search(match.group(1)):
                names.add(match.group(1))
    return names - {"diag_error", "diag_warn", "diag_fault"}


def reachable(texts):
    """The layers that the program uses, directly or through others: a layer that no command has yet shows nothing."""
    uses = {}
    for path, text in texts.items():
        layer = path.split("/")[0] if "/" in path else "cmd"
        uses.setdefault(layer, set()).update(re.findall(r'^#include "(\w+)/', text, re.M))
    found, todo = set(), ["cmd"]
    while todo:
        layer = todo.pop()
        if layer not in found:
            found.add(layer)
            todo += uses.get(layer, ())
    return found


def messages(texts):
    names = forwarders(texts)
    call = re.compile(r"\b(%s)\s*\(" % "|".join(sorted(names | {"diag_error", "diag_warn", "diag_fault"})))
    for path, text in texts.items():
        for match in call.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            parts = arguments(text, match.end())
            direct = match.group(1).startswith("diag_")
            if match.group(1) == "diag_fault":
                del parts[1:2]  # whether it is of the gate
            if direct and len(parts) < 4:
                continue
            category = (literals(parts[2]) or [None])[0] if direct else None
            wanted = [parts[3]] if direct else [p for p in parts if p.startswith('"')][-1:]
            for argument in wanted:
                for form in literals(argument):
                    yield path, line, match.group(1), category, form


def pattern(category, form):
    form = form.replace('\\"', '"').replace("\\\\", "\\")
    parts = [re.escape(part.replace("%%", "%")) for part in SPECIFIER.split(form)]
    tail = re.escape(" [%s]" % category) if category else r"(?: \[[a-z-]+\])?"
    return re.compile(".*?".join(parts) + tail)


def shown():
    """The messages that the cases expect, without place and level."""
    found = set()
    for folder, _, names in os.walk(HERE):
        for name in names:
            if name not in ("stderr", "stdout"):
                continue
            with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
                for line in file:
                    match = re.search(r"(?:error|warning): (.*)$", line)
                    if match:
                        found.add(match.group(1))
    return found


def allowed():
    """{(file, format)}; every entry must give its reason."""
    entries, waiting = set(), None
    with open(os.path.join(HERE, "coverage.allow"), encoding="utf-8") as file:
        for line in file:
            if not line.strip() or line.startswith("#"):
                continue
            if line[0].isspace():
                entries.add(waiting)
                continue
            path, form = line.rstrip("\n").split(": ", 1)
            waiting = (path, form)
    return entries


def main():
    root = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else os.path.join(ROOT, "src")
    texts = {}
    for path in c_files(root):
        below = os.path.relpath(path, root)
        if not below.startswith(("base/diag.", "base/buf.", "base/str.")):
            with open(path, encoding="utf-8") as file:
                texts[below] = without_comments(file.read())
    said, allow = shown(), allowed()
    total = missing = 0
    unused = set(allow)
    layers = reachable(texts)
    for path, line, function, category, form in messages(texts):
        if path.split("/")[0] not in layers:
            continue
        total += 1
        unused.discard((path, form))
        wanted = pattern(category, form)
        if (path, form) in allow or any(wanted.fullmatch(message) for message in said):
            continue
        missing += 1
        print('src/%s:%d: no golden case shows %s "%s"' % (path, line, function, form))
    for path, form in sorted(unused):
        print("coverage.allow: there is no message %s: %s" % (path, form))
    print("%d messages, %d without a case, %d allowed" % (total, missing, len(allow)))
    return 1 if missing or unused or not total else 0


if __name__ == "__main__":
    sys.exit(main())
