#!/usr/bin/env python3
"""Write N comparison articles of about 10 KB, the same for the same seed.

    make_articles.py N FOLDER [--for gen|hugo] [--seed S]

FOLDER becomes a site for gen, or for Hugo with templates that do the same work:
highlighting by classes, list pages, tags, archive, feed, contents, neighbours.
"""
import argparse
import datetime
import os
import random
import shutil

HERE = os.path.dirname(os.path.abspath(__file__))

LANGUAGES = {
    "go": "Go", "python": "Python", "rust": "Rust", "javascript": "JavaScript",
    "typescript": "TypeScript", "java": "Java", "c": "C", "cpp": "C++", "ruby": "Ruby",
    "kotlin": "Kotlin", "bash": "Bash", "sql": "SQL",
}
TOPICS = """error handling,concurrency,startup time,memory,packaging,testing,web services,command line tools,
generics,pattern matching,iterators,JSON,databases,logging,string formatting,dependency management,
cross compilation,observability,refactoring,hot paths,data classes,immutability,null safety,deployment,
scripting,numeric code,regular expressions,file handling,caching,configuration""".replace("\n", "").split(",")
NOUNS = """parser request buffer worker channel record cache queue index token session batch stream cursor
handler ledger order invoice sample packet route widget matrix vector report bucket shard""".split()
VERBS = """reads writes keeps returns checks copies borrows shares measures explains replaces collects splits
merges retries refuses schedules compiles loads serves hides reveals""".split()
ADJECTIVES = """small explicit quiet familiar strict lazy eager plain cheap costly portable static dynamic
readable surprising honest narrow stable recent mature""".split()

CODE = {
"go": '''package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// {N} holds what one {n} needs; the zero value is ready for use.
type {N} struct {{
	mu    sync.Mutex
	items map[string]int
	limit int
}}

var Err{N} = errors.New("{n}: limit reached")

func ({c} *{N}) Add(ctx context.Context, key string, count int) error {{
	{c}.mu.Lock()
	defer {c}.mu.Unlock()
	if {c}.items == nil {{
		{c}.items = make(map[string]int, {k})
	}}
	if len({c}.items) >= {c}.limit {{
		return fmt.Errorf("adding %q: %w", key, Err{N})
	}}
	{c}.items[key] += count
	return ctx.Err()
}}
''',
"python": '''from dataclasses import dataclass, field
import asyncio


@dataclass(slots=True)
class {N}:
    """What one {n} needs, and nothing else."""

    limit: int = {k}
    items: dict[str, int] = field(default_factory=dict)

    async def add(self, key: str, count: int = 1) -> int:
        if len(self.items) >= self.limit:
            raise ValueError(f"{n}: limit of {{self.limit}} reached")
        # The event loop is one thread: no lock is needed here.
        self.items[key] = self.items.get(key, 0) + count
        await asyncio.sleep(0)
        return self.items[key]


if __name__ == "__main__":
    {n} = {N}(limit=0x{k:x})
    print(asyncio.run({n}.add("first", {k})), {n}.items)
''',
"rust": '''use std::collections::HashMap;

/// What one {n} needs.
#[derive(Debug, Default)]
pub struct {N}<'a> {{
    items: HashMap<&'a str, u64>,
    limit: usize,
}}

impl<'a> {N}<'a> {{
    pub fn add(&mut self, key: &'a str, count: u64) -> Result<u64, String> {{
        if self.items.len() >= self.limit {{
            return Err(format!("{n}: limit of {{}} reached", self.limit));
        }}
        let entry = self.items.entry(key).or_insert(0);
        *entry += count; // moved, never shared
        Ok(*entry)
    }}
}}

fn main() {{
    let mut {c} = {N} {{ limit: {k}, ..Default::default() }};
    println!("{{:?}}", {c}.add("first", {k}_u64));
}}
''',
"javascript": '''import {{ readFile }} from "node:fs/promises";

/** What one {n} needs. */
export class {N} {{
  #items = new Map();

  constructor(limit = {k}) {{
    this.limit = limit;
  }}

  async load(path) {{
    const text = await readFile(path, "utf8");
    for (const line of text.split(/\\r?\\n/)) {{
      const [key, count] = line.split("=");
      if (this.#items.size >= this.limit) throw new Error(`{n}: limit of ${{this.limit}} reached`);
      this.#items.set(key, Number(count ?? 1)); // the last one wins
    }}
    return this;
  }}
}}
''',
"typescript": '''interface Item<T extends string = string> {{
  readonly key: T;
  count: number;
}}

export class {N}<T extends string> {{
  private items: Map<T, Item<T>> = new Map();

  constructor(private readonly limit: number = {k}) {{}}

  add(key: T, count = 1): Item<T> | undefined {{
    if (this.items.size >= this.limit) return undefined;
    const item = this.items.get(key) ?? {{ key, count: 0 }};
    item.count += count;
    this.items.set(key, item);
    return item as Item<T>; // never null here
  }}
}}
''',
"java": '''package bench.{n};

import java.util.HashMap;
import java.util.Map;

/** What one {n} needs. */
public final class {N} {{
    private final Map<String, Integer> items = new HashMap<>();
    private final int limit;

    public {N}(int limit) {{
        this.limit = limit;
    }}

    public synchronized int add(String key, int count) {{
        if (items.size() >= limit) {{
            throw new IllegalStateException("{n}: limit of " + limit + " reached");
        }}
        return items.merge(key, count, Integer::sum); // {k}
    }}
}}
''',
"c": '''#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define {U}_LIMIT {k}

struct {n} {{
	const char *key;
	size_t count;
	struct {n} *next;
}};

/* Adds to the {n} of that key; null when there is no memory. */
static struct {n} *{n}_add(struct {n} **head, const char *key, size_t count)
{{
	for (struct {n} *at = *head; at; at = at->next) {{
		if (strcmp(at->key, key) == 0) {{
			at->count += count;
			return at;
		}}
	}}
	struct {n} *new = calloc(1, sizeof(*new));
	if (!new)
		return NULL;
	*new = (struct {n}){{ .key = key, .count = count, .next = *head }};
	return *head = new;
}}
''',
"cpp": '''#include <map>
#include <stdexcept>
#include <string>

// What one {n} needs.
template <typename Key = std::string>
class {N} {{
public:
    explicit {N}(std::size_t limit = {k}) : limit_{{limit}} {{}}

    auto add(const Key &key, int count = 1) -> int {{
        if (items_.size() >= limit_)
            throw std::length_error("{n}: limit reached");
        return items_[key] += count;
    }}

private:
    std::map<Key, int> items_;
    std::size_t limit_;
}};
''',
"ruby": '''# What one {n} needs.
class {N}
  attr_reader :limit, :items

  def initialize(limit: {k})
    @limit = limit
    @items = Hash.new(0)
  end

  def add(key, count = 1)
    raise ArgumentError, "{n}: limit of #{{limit}} reached" if items.size >= limit

    items[key.to_sym] += count
  end
end

puts {N}.new.add("first", {k})
''',
"kotlin": '''package bench.{n}

data class Item(val key: String, var count: Int = 0)

/** What one {n} needs. */
class {N}(private val limit: Int = {k}) {{
    private val items = mutableMapOf<String, Item>()

    fun add(key: String, count: Int = 1): Item? {{
        if (items.size >= limit) return null
        return items.getOrPut(key) {{ Item(key) }}.apply {{ this.count += count }}
    }}
}}

fun main() = println("first: ${{{N}().add("first", {k})?.count ?: "none"}}")
''',
"bash": '''#!/usr/bin/env bash
set -euo pipefail

# Time each {n} and keep the samples.
readonly limit={k}
for run in $(seq 1 "$limit"); do
	start=$(date +%s%N)
	./{n} --count "$run" < input.txt > "out.$run"
	end=$(date +%s%N)
	printf '%s\\t%d\\n' "{n}" "$(( (end - start) / 1000 ))" >> samples.tsv
done
sort -n -k2 samples.tsv | awk 'NR == {k} {{ print $2 " us" }}'
''',
"sql": '''-- What one {n} costs, by language.
CREATE TABLE {n}_samples (
    id       INTEGER PRIMARY KEY,
    language TEXT NOT NULL,
    micros   BIGINT CHECK (micros > 0),
    taken_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);

SELECT language, COUNT(*) AS runs, AVG(micros) / 1000.0 AS millis
FROM {n}_samples
WHERE taken_at > '2026-01-01' AND language IN ('go', 'python')
GROUP BY language
HAVING COUNT(*) >= {k}
ORDER BY millis DESC;
''',
}


class Writer:
    """One article; `link` makes the address of another by its number."""

    def __init__(self, number, count, seed, link):
        self.random = random.Random("%s/%d" % (seed, number))
        self.number, self.count, self.link = number, count, link
        self.languages = self.random.sample([l for l in LANGUAGES if l not in ("bash", "sql")], 2)
        self.topic = self.random.choice(TOPICS)

    def names(self):
        return [LANGUAGES[l] for l in self.languages]

    def title(self):
        return "%s vs %s: %s, part %d" % (*self.names(), self.topic, self.number)

    def sentence(self):
        r = self.random
        words = ["The", r.choice(ADJECTIVES), r.choice(NOUNS), r.choice(VERBS), "a", r.choice(ADJECTIVES),
                 r.choice(NOUNS)]
        style = r.randrange(9)
        if style == 0:
            words += ["in", "`%s_%s`" % (r.choice(NOUNS), r.choice(NOUNS))]
        elif style == 1:
            words += ["which", "is", "**%s**" % r.choice(ADJECTIVES)]
        elif style == 2:
            words += ["as", "[%s](%s)" % ("the article on " + r.choice(TOPICS), self.link(r.randrange(self.count)))]
        elif style == 3:
            words += ["and", "*%s*" % r.choice(VERBS), "it", "for", r.choice(self.names())]
        elif style == 4:
            words += ["(see [the documentation](https://example.org/%s/%d))" % (r.choice(NOUNS), r.randrange(99))]
        else:
            words += ["before", "the", r.choice(NOUNS), r.choice(VERBS), "every", r.choice(ADJECTIVES), r.choice(NOUNS)]
        return " ".join(words) + "."

    def paragraph(self, sentences=6):
        return " ".join(self.sentence() for _ in range(sentences)) + "\n"

    def list_of(self, ordered):
        items = [("%d. " % (i + 1) if ordered else "- ") + self.sentence() for i in range(4)]
        return "\n".join(items) + "\n"

    def number_cell(self, unit):
        return {"ms": "%.1fms", "MB": "%.0fMB", "K": "~%.1fK req/s"}[unit] % self.random.uniform(1, 900)

    def table_numbers(self):
        rows = ["| Criterion | %s | %s |" % tuple(self.names()), "|---|---:|---:|"]
        for noun in self.random.sample(NOUNS, 7):
            unit = self.random.choice(("ms", "MB", "K"))
            rows.append("| %s %s | %s | %s |" % (noun.capitalize(), self.random.choice(TOPICS),
                        self.number_cell(unit), self.number_cell(unit)))
        return "\n".join(rows) + "\n"

    def table_ratings(self):
        rows = ["| Feature | %s | %s | Notes |" % tuple(self.names()), "|:--|:-:|:-:|---|"]
        for topic in self.random.sample(TOPICS, 6):
            marks = [self.random.choice(("✓", "✗", "partial", "✓✓✓", "3/5")) for _ in range(2)]
            rows.append("| %s | %s | %s | %s |" % (topic.capitalize(), *marks, self.sentence()))
        return "\n".join(rows) + "\n"

    def code(self, lang):
        noun = self.random.choice(NOUNS)
        text = CODE[lang].format(n=noun, N=noun.capitalize(), U=noun.upper(), c=noun[0],
                                 k=self.random.randrange(2, 500))
        return "```%s\n%s```\n" % (lang, text)

    def front_matter(self):
        r = self.random
        day = datetime.date(2016, 1, 1) + datetime.timedelta(days=r.randrange(3600))
        tags = self.languages + r.sample([t.replace(" ", "-") for t in TOPICS], 2)
        return "\n".join(["---", 'title: "%s"' % self.title(), "description: How %s and %s differ in %s." %
                          (*self.names(), self.topic), "date: %s" % day, "author: Ada Example",
                          "tags: [%s]" % ", ".join(tags), "languages: [%s]" % ", ".join(self.languages),
                          "---", ""])

    def text(self):
        a, b = self.languages
        extra = self.random.choice(("bash", "sql"))
        third = self.random.choice([l for l in CODE if l not in (a, b, extra)])
        return "\n".join([
            self.front_matter(), self.paragraph(7), "## At a glance\n", self.table_numbers(), self.paragraph(),
            "## How %s does it\n" % LANGUAGES[a], self.paragraph(), self.code(a), self.list_of(False), self.code(a),
            "## How %s does it\n" % LANGUAGES[b], self.paragraph(), self.code(b), self.list_of(True), self.code(b),
            "### Beside the two\n", self.paragraph(6), self.code(third), "> " + self.paragraph(2),
            "## Features\n", self.table_ratings(), self.paragraph(5), "## Measured\n", self.code(extra),
            self.table_numbers(), "## Which one\n", self.paragraph(8)])


def name_of(number):
    return "article-%06d" % number


def write_articles(count, folder, seed, link):
    content = os.path.join(folder, "content")
    size = 0
    for number in range(count):
        section = os.path.join(content, "part-%03d" % (number // 1000))
        if number % 1000 == 0:
            os.makedirs(section, exist_ok=True)
        data = Writer(number, count, seed, link).text().encode()
        size += len(data)
        with open(os.path.join(section, name_of(number) + ".md"), "wb") as file:
            file.write(data)
    return size


def link_gen(number):
    return "../part-%03d/%s.md" % (number // 1000, name_of(number))


def link_hugo(number):
    return "/part-%03d/%s/" % (number // 1000, name_of(number))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("folder")
    parser.add_argument("--for", dest="tool", choices=("gen", "hugo"), default="gen")
    parser.add_argument("--seed", default="1")
    args = parser.parse_args()
    os.makedirs(args.folder, exist_ok=True)
    size = write_articles(args.count, args.folder, args.seed, link_gen if args.tool == "gen" else link_hugo)
    if args.tool == "hugo":
        shutil.copytree(os.path.join(HERE, "hugo"), args.folder, dirs_exist_ok=True)
    else:
        with open(os.path.join(args.folder, "gen.yaml"), "w") as file:
            file.write("title: Bench\nbase_url: https://bench.example/\n")
    print("%d articles, %.1f KB each" % (args.count, size / args.count / 1000))


if __name__ == "__main__":
    main()
