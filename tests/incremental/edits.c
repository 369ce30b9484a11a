/* A site to begin with, and the edits that authors make. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/path.h"
#include "content/example.h"
#include "content/record.h"
#include "markdown/markdown.h"
#include "world.h"

enum { ARTICLES = 14, TAGS = 6 };

static const char *const tags[TAGS] = { "go", "python", "Testing", "speed", "Web Stuff", "c++" };
static const char *const folders[] = { "", "", "", "lang/", "lang/deep/" };
static const char *const words[] = { "quiet", "honest", "plain", "eager", "narrow", "familiar" };

/* The site's articles, by number; the name may change, the number stays in it. */
static const char *find_article(struct world *w, unsigned number)
{
	static char name[200];

	for (size_t f = 1; f < sizeof(folders) / sizeof(folders[0]); f++)
		for (int v = 0; v < 6; v++) {
			const char *form = v < 3 ? "site/content/%sa%u%.*s.md" : "site/content/%sa%u%.*s/index.md";

			snprintf(name, sizeof(name), form, folders[f], number, v % 3, "xx");
			if (is_there(w, name))
				return name;
		}
	return NULL;
}

static const char *any_article(struct world *w)
{
	for (int tries = 0; tries < 50; tries++) {
		const char *name = find_article(w, pick(w, ARTICLES));

		if (name)
			return name;
	}
	return NULL;
}

static str link_to_any(struct world *w, const char *from)
{
	const char *to;
	char name[200];
	size_t up = 0;
	struct buf b = { .arena = &w->arena };

	snprintf(name, sizeof(name), "%s", from);
	to = any_article(w);
	if (!to)
		return STR("https://example.org/");
	switch (pick(w, 8)) {
	case 0:
		return STR("missing.md");
	case 1:
		return STR("/tags/go/");
	case 2:
		return STR("picture.svg");
	case 3:
		return STR("/files/note.txt");
	case 4:
		return STR("/new-place/");
	default:
		for (const char *at = name + strlen("site/content/"); *at; at++)
			up += *at == '/';
		while (up--)
			buf_add(&b, STR("../"));
		buf_printf(&b, "%s", to + strlen("site/content/"));
		if (pick(w, 2))
			buf_printf(&b, "#part-%u", pick(w, 4));
		return buf_str(&b);
	}
}

static void add_body(struct world *w, const char *name, struct buf *b)
{
	unsigned parts = 1 + pick(w, 3);

	for (unsigned i = 0; i < parts; i++) {
		buf_printf(b, "\n## Part %u\n\nThe %s text, see [there](" STR_FMT ").\n", pick(w, 4), words[pick(w, 6)],
			STR_ARG(link_to_any(w, name)));
		if (pick(w, 3) == 0)
			buf_printf(b, "\nTable: Speed %u\n\n| Criterion | Go | Python |\n|---|---|---|\n| Speed | %us | 4s |\n", pick(w, 3), pick(w, 9) + 1);
		if (pick(w, 5) == 0)
			buf_printf(b,
				"\n```matrix\noptions: [Go, Python]\nscale: {1: Bad, 3: Good}\nrows:\n"
				"  - {scenario: Tools, scores: [%u, 2]}\n```\n",
				pick(w, 3) + 1);
		if (pick(w, 6) == 0)
			BUF_LIT(b, "\n```go file=examples/main.go\n```\n");
		if (pick(w, 6) == 0)
			buf_printf(b, "\n```python run id=ex%u\nprint(%u)\n```\n", i, pick(w, 3));
	}
	if (pick(w, 9) == 0)
		BUF_LIT(b, "\nRaw <blink>html</blink>.\n");
}

static void add_tags(struct world *w, struct buf *b)
{
	unsigned first = pick(w, TAGS);

	buf_printf(b, "tags: [%s%s%s]\n", tags[first], pick(w, 2) ? ", " : "", "");
	if (b->ptr[b->len - 3] == ' ') {
		b->len -= 2;
		buf_printf(b, "%s]\n", tags[(first + 1 + pick(w, TAGS - 1)) % TAGS]);
	}
}

static str make_head(struct world *w, unsigned number)
{
	struct buf b = { .arena = &w->arena };

	BUF_LIT(&b, "---\n");
	if (pick(w, 8))
		buf_printf(&b, "title: %s title %u\n", words[pick(w, 6)], pick(w, 100));
	if (pick(w, 2))
		buf_printf(&b, "description: A %s one\n", words[pick(w, 6)]);
	if (pick(w, 6))
		buf_printf(&b, "date: 2026-0%u-%02u\n", 1 + pick(w, 3), 1 + pick(w, 28));
	if (pick(w, 4))
		add_tags(w, &b);
	if (pick(w, 2))
		buf_printf(&b, "languages: [go, %s]\n", pick(w, 2) ? "python" : "rust");
	if (pick(w, 6) == 0)
		buf_printf(&b, "series: Part %u\n", pick(w, 2));
	if (pick(w, 8) == 0)
		buf_printf(&b, "slug: own-%u%s\n", number, pick(w, 2) ? "x" : "");
	if (pick(w, 10) == 0)
		buf_printf(&b, "aliases: [/new-place%s/]\n", pick(w, 6) ? str_cstr(str_printf(&w->arena, "-%u", number), &w->arena) : "");
	if (pick(w, 10) == 0)
		BUF_LIT(&b, "draft: true\n");
	if (pick(w, 10) == 0)
		buf_printf(&b, "weight: %u\n", pick(w, 5));
	if (pick(w, 14) == 0)
		BUF_LIT(&b, "tilte: near\n");
	if (pick(w, 10) == 0)
		buf_printf(&b, "expires: 2026-03-%02u\n", 1 + pick(w, 28));
	BUF_LIT(&b, "---\n");
	return buf_str(&b);
}

static void write_article(struct world *w, const char *name, unsigned number)
{
	struct buf b = { .arena = &w->arena };
	char copy[200];

	snprintf(copy, sizeof(copy), "%s", name);
	buf_add(&b, make_head(w, number));
	add_body(w, copy, &b);
	put(w, copy, STR_FMT, STR_ARG(buf_str(&b)));
}

static unsigned number_of(const char *name)
{
	unsigned n = 0;
	const char *at = strrchr(name, 'a');

	for (at = name; (at = strchr(at, 'a')); at++)
		if (at[-1] == '/' && sscanf(at + 1, "%u", &n) == 1)
			return n;
	return n;
}

static void edit_new(struct world *w)
{
	char name[200];
	unsigned n = pick(w, ARTICLES);

	if (find_article(w, n))
		return;
	snprintf(name, sizeof(name), pick(w, 4) ? "site/content/%sa%u.md" : "site/content/%sa%u/index.md",
		folders[pick(w, 5)], n);
	say(w, "new %s; ", name);
	write_article(w, name, n);
}

static void edit_all(struct world *w)
{
	const char *name = any_article(w);

	if (!name)
		return;
	say(w, "rewrite %s; ", name);
	write_article(w, name, number_of(name));
}

/* The head stays, or the body does. */
static void edit_part(struct world *w, bool head)
{
	const char *found = any_article(w);
	char name[200];
	str text;
	ptrdiff_t end;
	struct buf b = { .arena = &w->arena };

	if (!found)
		return;
	snprintf(name, sizeof(name), "%s", found);
	text = get(w, name);
	end = str_find(str_from(text, 4), STR("---\n"));
	if (end < 0)
		return;
	say(w, "%s of %s; ", head ? "head" : "body", name);
	if (head) {
		buf_add(&b, make_head(w, number_of(name)));
		buf_add(&b, str_from(text, (size_t)end + 8));
	} else {
		buf_add(&b, str_sub(text, 0, (size_t)end + 8));
		add_body(w, name, &b);
	}
	put(w, name, STR_FMT, STR_ARG(buf_str(&b)));
}

static void edit_head(struct world *w)
{
	edit_part(w, true);
}

static void edit_body(struct world *w)
{
	edit_part(w, false);
}

static void edit_delete(struct world *w)
{
	const char *name = any_article(w);

	if (!name)
		return;
	say(w, "delete %s; ", name);
	cut(w, name);
}

static void edit_rename(struct world *w)
{
	const char *found = any_article(w);
	char from[200], to[200];

	if (!found || strstr(found, "/index.md"))
		return;
	snprintf(from, sizeof(from), "%s", found);
	snprintf(to, sizeof(to), "site/content/%sa%u%.*s.md", folders[pick(w, 5)], number_of(from),
		(int)pick(w, 3), "xx");
	if (is_there(w, to))
		return;
	say(w, "%s becomes %s; ", from, to);
	move(w, from, to);
}

/* Whole, cut short, not there: what examples and pictures may be. */
static void edit_picture(struct world *w)
{
	static const char *const names[] = { "site/content/picture.svg", "site/content/lang/picture.svg",
		"site/static/files/note.txt", "site/static/new.txt" };
	const char *name = names[pick(w, 4)];

	say(w, "file %s; ", name);
	if (is_there(w, name) && pick(w, 3) == 0)
		cut(w, name);
	else
		put(w, name, "<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- %u --></svg>\n", pick(w, 1000));
}

static void edit_shown(struct world *w)
{
	static const char *const names[] = { "site/examples/main.go", "site/content/examples/main.go" };
	const char *name = names[pick(w, 2)];

	say(w, "shown file %s; ", name);
	if (is_there(w, name) && pick(w, 4) == 0)
		cut(w, name);
	else
		put(w, name, "package main\n\nfunc main() { println(%u) }\n", pick(w, 1000));
}

/* The key that the article's examples have now, or another. */
static str key_of(struct world *w, str text, str path, const char *id)
{
	static const struct markdown_options options;
	struct source src = { path, text };
	struct diags unsaid = { .arena = &w->arena };
	struct examples all = { 0 };
	struct example_place at = { .src = &src, .folder = path_folder(path), .root = str_c(place(w, "site")) };
	struct markdown *m;
	size_t body = 0;
	int line = 1;
	str head;

	if (!article_split(text, &head, &body, &line))
		return STR("none");
	m = markdown_parse(&src, str_from(text, body), line, &options, &w->arena, &unsaid);
	if (m)
		examples_read(m, &at, &all, &w->arena, &unsaid);
	for (size_t i = 0; i < all.count; i++)
		if (str_eq(all.at[i].id, str_c(id)))
			return str_copy(all.at[i].key, &w->arena);
	return STR("none");
}

static void edit_record(struct world *w)
{
	const char *found = any_article(w);
	char name[200], file[260], id[8];
	struct record r = { .tool = STR("Python 3.11"), .sandbox = STR("namespaces"), .date = STR("2026-02-03") };
	str path, folder;
	struct file_info info;

	if (!found)
		return;
	snprintf(name, sizeof(name), "%s", found);
	snprintf(id, sizeof(id), "ex%u", pick(w, 3));
	snprintf(file, sizeof(file), "%.*s.runs/%s.yaml", (int)strlen(name) - 3, name, id);
	path = str_c(place(w, name));
	folder = record_folder(path, &w->arena);
	say(w, "record %s; ", file);
	if (is_there(w, file) && pick(w, 3) == 0) {
		snprintf(file, sizeof(file), "%.*s.runs/%s.stdout", (int)strlen(name) - 3, name, id);
		cut(w, file);
		snprintf(file, sizeof(file), "%.*s.runs/%s.yaml", (int)strlen(name) - 3, name, id);
		cut(w, file);
		return;
	}
	r.key = pick(w, 4) ? key_of(w, get(w, name), path, id) : STR("0000");
	r.out.bytes = str_printf(&w->arena, "%u\n", pick(w, 3));
	r.out.size = r.out.bytes.len;
	file_stat(folder, &info);
	w->all = w->all || info.kind != FILE_FOLDER;
	record_write(folder, str_c(id), &r, &w->arena);
	w->changed[w->change_count++] = place(w, file);
	snprintf(file, sizeof(file), "%.*s.runs/%s.stdout", (int)strlen(name) - 3, name, id);
	w->changed[w->change_count++] = place(w, file);
	if (pick(w, 5) == 0)
		put(w, file, "edited by hand\n");
}

static void edit_template(struct world *w)
{
	static const char *const names[] = { "article", "home", "tag", "partials/foot" };
	const char *name = names[pick(w, 4)];
	char file[100];

	snprintf(file, sizeof(file), "site/templates/%s.mustache", name);
	say(w, "template %s; ", name);
	if (is_there(w, file) && strcmp(name, "partials/foot") != 0 && pick(w, 2)) {
		cut(w, file);
		return;
	}
	if (pick(w, 12) == 0) {
		put(w, file, "{{#broken}}");
		return;
	}
	if (strcmp(name, "partials/foot") == 0)
		put(w, file, "foot %u {{site.title}}\n", pick(w, 100));
	else if (strcmp(name, "article") == 0)
		put(w, file,
			"%u {{title}} {{#tags}}{{name}} {{count}} {{/tags}}{{{content}}}{{#previous}}<{{title}}{{/previous}}"
			"{{#related}}~{{title}}{{/related}}{{#verdict}}{{text}}{{/verdict}}\n{{>partials/foot}}",
			pick(w, 100));
	else
		put(w, file, "%u {{title}} {{#articles}}{{title}} {{words}} {{summary}} {{#tags}}{{name}}{{/tags}};{{/articles}}\n",
			pick(w, 100));
}

static void edit_config(struct world *w)
{
	say(w, "gen.yaml; ");
	if (pick(w, 8) == 0) {
		put(w, "site/gen.yaml", "titel: wrong\n");
		return;
	}
	put(w, "site/gen.yaml",
		"title: Site %u\nbase_url: https://example.org/\npaginate: %u\nsocial_cards: %s\nexports: %s\nnav:\n"
		"  - {name: Go, url: /tags/go/}\n",
		pick(w, 3), 2 + pick(w, 3), pick(w, 2) ? "true" : "false", pick(w, 2) ? "true" : "false");
}

static void edit_data(struct world *w)
{
	say(w, "data; ");
	if (is_there(w, "site/data/speeds.yaml") && pick(w, 4) == 0)
		cut(w, "site/data/speeds.yaml");
	else
		put(w, "site/data/speeds.yaml", pick(w, 8) ? "go: %u\n" : "go: [%u\n", pick(w, 100));
}

static void edit_index(struct world *w)
{
	static const char *const names[] = { "site/content/_index.md", "site/content/lang/_index.md" };
	const char *name = names[pick(w, 2)];

	say(w, "index %s; ", name);
	if (is_there(w, name) && pick(w, 4) == 0) {
		cut(w, name);
		return;
	}
	put(w, name, "---\ntitle: Index %u\n---\n\n## Part %u\n\nWelcome, see [there](" STR_FMT ").\n", pick(w, 9),
		pick(w, 4), STR_ARG(link_to_any(w, name)));
}

/* An editor's leavings are no change. */
static void edit_leavings(struct world *w)
{
	say(w, "leavings; ");
	put(w, "site/content/4913", "x");
	cut(w, "site/content/4913");
}

static void edit_bundle_file(struct world *w)
{
	const char *found = any_article(w);
	char file[260];

	if (!found || !strstr(found, "/index.md"))
		return;
	snprintf(file, sizeof(file), "%.*spicture.svg", (int)(strlen(found) - strlen("index.md")), found);
	say(w, "bundle's %s; ", file);
	if (is_there(w, file) && pick(w, 3) == 0)
		cut(w, file);
	else
		put(w, file, "<svg><!-- %u --></svg>\n", pick(w, 100));
}

/* An author mends what is wrong before he goes on. */
static void edit_heal(struct world *w)
{
	static const char *const names[] = { "article", "home", "tag" };
	char file[100];

	say(w, "heal; ");
	for (size_t i = 0; i < 3; i++) {
		snprintf(file, sizeof(file), "site/templates/%s.mustache", names[i]);
		if (is_there(w, file) && str_find(get(w, file), STR("broken")) >= 0)
			cut(w, file);
	}
	put(w, "site/templates/partials/foot.mustache", "foot\n");
	put(w, "site/gen.yaml", "title: Site\nbase_url: https://example.org/\npaginate: 3\n");
	put(w, "site/data/speeds.yaml", "go: 1\n");
	put(w, "site/examples/main.go", "package main\n");
	for (unsigned n = 0; n < ARTICLES; n++) {
		const char *name = find_article(w, n);

		if (name && (str_find(get(w, name), STR("/new-place/")) >= 0 || w->failing > 3))
			cut(w, name);
	}
}

static void edit_day(struct world *w)
{
	w->now += 86400 * (int64_t)pick(w, 4) + (int64_t)pick(w, 50000);
	say(w, "time passes; ");
}

/* Alternatives, the usual ones several times. */
static void (*const edits[])(struct world *) = { edit_body, edit_body, edit_body, edit_body, edit_body, edit_body,
	edit_body, edit_body, edit_head, edit_head, edit_head, edit_head, edit_head, edit_all, edit_new, edit_new,
	edit_new, edit_delete, edit_rename, edit_picture, edit_picture, edit_shown, edit_shown, edit_record,
	edit_record, edit_record, edit_template, edit_config, edit_data, edit_index, edit_leavings, edit_bundle_file,
	edit_day };

void world_edit(struct world *w)
{
	unsigned count = pick(w, 5) ? 1 : 1 + pick(w, 4);

	if (w->failing && pick(w, 2))
		edit_heal(w);
	for (unsigned i = 0; i < count || w->what[0] == '\0'; i++)
		edits[pick(w, sizeof(edits) / sizeof(edits[0]))](w);
}

void world_start(struct world *w)
{
	put(w, "site/gen.yaml", "title: Site\nbase_url: https://example.org/\npaginate: 3\n");
	put(w, "site/examples/main.go", "package main\n");
	put(w, "site/templates/partials/foot.mustache", "foot\n");
	put(w, "site/static/files/note.txt", "note\n");
	for (int i = 0; i < 9; i++)
		edit_new(w);
	say(w, "start");
}
