#!/usr/bin/env python3
"""oracle.py TOKENS SAMPLES [-v] -- how far our token classes agree with those of Pygments.

Counted are the characters, blanks left out, that either side calls a keyword, string,
comment or number. Agreement is the share of them on which both say the same. The sides are
brought to a common set of classes like this:

  Pygments                       ours                     common
  Keyword, Operator.Word         keyword                  keyword
  Keyword.Type                   type, keyword            keyword: the built-in types
  Keyword.Constant               constant, keyword        keyword: true, nil, None
  String.*                       string, escape           string
  Comment.*                      comment                  comment
  Number.*                       number                   number
  Comment.Preproc*               (any)                    left out: Pygments has one class
                                                          for a whole line of directives,
                                                          we look at what is in it
  Keyword.Pseudo                 (any)                    other: the & of Rust's references
  Rust's String.Doc              comment                  comment: /// and //!, by its reference
  TypeScript's Keyword.Type      (any)                    left out: Pygments calls so whatever
                                                          stands behind a colon, even 8_080
  words of UNKNOWN               (any)                    left out: keywords that Debian 12's
                                                          Pygments takes for names
  everything else                everything else          other

So a type of ours agrees with a Keyword.Type, but does not count as a keyword elsewhere. Code
inside a string's interpolation counts as what the inner tokens are, on both sides.
The differences that are Pygments's faults are not mended here; they lower the figure.
"""

import fnmatch
import glob
import os
import subprocess
import sys

try:
    from pygments import lexers
    from pygments.token import Comment, Keyword, Number, Operator, String
except ImportError:
    print("skipped: python3-pygments is not installed")
    sys.exit(77)

LIMIT = 97.0
MOST_FILES = 60
MOST_BYTES = 200_000

# name, our word, Pygments's name, where real code may be found, suffixes of our own samples
LANGUAGES = [
    ("Go", "go", "go", ["/usr/local/go/src/net/http/*.go", "/usr/local/go/src/encoding/json/*.go",
        "/usr/lib/go*/src/net/http/*.go", "/usr/share/go*/src/net/http/*.go"], "go"),
    ("Python", "python", "python", ["/usr/lib/python3*/*.py", "/usr/lib/python3/dist-packages/*/*.py"],
        "py"),
    ("C", "c", "c", ["/usr/include/*.h", "@source/src/*/*.c", "@source/src/*/*.h"], "c"),
    ("Rust", "rust", "rust", ["/usr/lib/rustlib/src/rust/library/core/src/*.rs",
        "~/.rustup/toolchains/*/lib/rustlib/src/rust/library/core/src/*.rs",
        "~/.cargo/registry/src/*/*/src/*.rs", "/usr/share/cargo/registry/*/src/*.rs"], "rs"),
    ("JavaScript", "javascript", "javascript", ["/usr/share/nodejs/*/*.js",
        "/usr/share/nodejs/*/lib/*.js", "/usr/lib/node_modules/npm/lib/*/*.js",
        "/usr/local/lib/node_modules/npm/lib/*/*.js", "/usr/lib/nodejs/*/*.js"], "js"),
    ("TypeScript", "typescript", "typescript", ["/usr/share/nodejs/*/*.d.ts",
        "/usr/share/nodejs/@types/*/*.d.ts", "/usr/lib/node_modules/*/*/*.d.ts",
        "/usr/local/lib/node_modules/*/*/*.d.ts",
        "@source/tests/browser/node_modules/**/*.d.ts"], "ts"),
    ("Java", "java", "java", ["/usr/share/java/**/*.java", "/usr/lib/jvm/*/lib/src/**/*.java",
        "/usr/share/doc/**/*.java"], "java"),
]


def theirs(token, name):
    if token in Comment.Preproc or token in Comment.PreprocFile:
        return "skip"
    if name == "typescript" and token in Keyword.Type:
        return "skip"
    if name == "rust" and token in String.Doc:
        return "comment"
    if token in Keyword.Pseudo:
        return "other"
    if token in Keyword.Type:
        return "type"
    if token in Keyword.Constant:
        return "constant"
    if token in Keyword or token in Operator.Word:
        return "keyword"
    if token in String:
        return "string"
    if token in Comment:
        return "comment"
    if token in Number:
        return "number"
    return "other"


# Younger than Pygments 2.14, or keywords only in places that it does not tell apart.
UNKNOWN = {
    "typescript": {"accessor", "asserts", "get", "global", "infer", "is", "keyof", "module",
        "namespace", "override", "satisfies", "set", "unique"},
    "javascript": {"get", "set"},
}

OURS = {"keyword": "keyword", "string": "string", "escape": "string", "comment": "comment",
    "number": "number", "type": "type", "constant": "constant"}
COUNTED = {"keyword", "string", "comment", "number"}


def our_classes(program, word, path, length):
    classes = ["other"] * length
    out = subprocess.run([program, word, path], capture_output=True, check=True, text=True).stdout
    end = 0
    for line in out.splitlines():
        kind, offset, size = line.split()
        offset, size = int(offset), int(size)
        if offset != end:
            sys.exit(f"{path}: a token is missing at byte {end}")
        end = offset + size
        classes[offset:end] = [OURS.get(kind, "other")] * size
    if end != length:
        sys.exit(f"{path}: the tokens end at byte {end} of {length}")
    return classes


def their_classes(lexer, name, text):
    classes = []
    for _, token, value in lexer.get_tokens_unprocessed(text):
        kind = theirs(token, name)
        if kind == "other" and value in UNKNOWN.get(name, ()):
            kind = "skip"
        classes += [kind] * len(value.encode())
    return classes


def agree(a, b):
    """Ours, theirs -> the class that is counted, and whether they agree; None: not counted."""
    if b == "skip":
        return None
    if b in ("type", "constant"):
        return "keyword", a in ("keyword", b)
    if a in COUNTED or b in COUNTED:
        return (b if b in COUNTED else a), a == b
    return None


def report(path, data, ours, their, verbose):
    """Print where the first differences are, for whoever mends a lexer."""
    shown = 0
    at = 0
    while at < len(data) and shown < verbose:
        pair = agree(ours[at], their[at])
        if data[at:at + 1].isspace() or pair is None or pair[1]:
            at += 1
            continue
        end = at
        while end < len(data) and (ours[end], their[end]) == (ours[at], their[at]):
            end += 1
        line = data.count(b"\n", 0, at) + 1
        print(f"  {path}:{line}: ours {ours[at]}, theirs {their[at]}: {data[at:end][:60]!r}")
        shown += 1
        at = end


def compare(program, word, name, paths, verbose):
    lexer = lexers.get_lexer_by_name(name, stripnl=False, ensurenl=False)
    totals = {k: [0, 0] for k in sorted(COUNTED)}
    files = size = 0
    for path in paths:
        with open(path, "rb") as f:
            data = f.read()
        try:
            text = data.decode()
        except UnicodeDecodeError:
            continue
        if not data or len(data) > MOST_BYTES or b"\r" in data or b"\0" in data:
            continue
        ours = our_classes(program, word, path, len(data))
        their = their_classes(lexer, name, text)
        if len(their) != len(data):
            continue  # Pygments changed the text
        files += 1
        size += len(data)
        for i, byte in enumerate(data):
            if byte in b" \t\n":
                continue
            pair = agree(ours[i], their[i])
            if pair:
                totals[pair[0]][0] += pair[1]
                totals[pair[0]][1] += 1
        if verbose:
            report(path, data, ours, their, verbose)
    return totals, files, size


def find(place):
    """Like glob, but `**` does not follow links: some packages of Debian link to a folder above."""
    top, deep, name = place.partition("/**/")
    if not deep:
        return sorted(glob.glob(place))
    found = []
    for root in glob.glob(top):
        for folder, _, names in os.walk(root):
            found += [os.path.join(folder, n) for n in names if fnmatch.fnmatch(n, name)]
    return sorted(found)


def percent(pair):
    return 100.0 * pair[0] / pair[1] if pair[1] else 100.0


def main():
    program, samples = sys.argv[1], sys.argv[2]
    verbose = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    only = sys.argv[4] if len(sys.argv) > 4 else None
    source = os.path.join(samples, "..", "..", "..")
    failed = []
    print(f"{'language':12} {'files':>5} {'KB':>6}   keyword  string comment  number     all")
    for title, word, name, places, suffix in LANGUAGES:
        if only and only != title:
            continue
        found = []
        for place in places:
            place = os.path.expanduser(place.replace("@source", source))
            found += find(place)
        step = max(1, len(found) // MOST_FILES)
        own = sorted(glob.glob(os.path.join(samples, "*." + suffix)))
        if not own:
            sys.exit(f"{title}: no sample in {samples}")
        for label, paths in ((title, own), (title + " (found)", found[::step][:MOST_FILES])):
            totals, files, size = compare(program, word, name, paths, verbose)
            if not files:
                continue
            whole = [sum(t[0] for t in totals.values()), sum(t[1] for t in totals.values())]
            cells = [percent(totals[k]) for k in ("keyword", "string", "comment", "number")]
            print(f"{label:20} {files:5} {size // 1024:6} " +
                " ".join(f"{c:7.2f}" for c in cells + [percent(whole)]))
            if percent(whole) < LIMIT:
                failed.append(f"{label}: {percent(whole):.2f} % is under {LIMIT} %")
    for line in failed:
        print(line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
