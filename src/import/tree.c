#include "import/importing.h"

#include <errno.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "data/yaml.h"
#include "import/document.h"
#include "import/html.h"
#include "import/jekyll.h"
#include "import/mend.h"
#include "import/raw_html.h"
#include "import/shortcode.h"

/* The trees of Jekyll and Hugo: which of their files are articles, and where each goes. */
struct tree {
	struct importing *im;
	enum import_kind kind;
	str root;
	str permalink; /* of _config.yml */
	struct arena arena;
};

static bool has_extension(str path, const char *const *words)
{
	str ext = path_extension(path);

	for (; *words; words++)
		if (str_eq_nocase(ext, str_c(*words)))
			return true;
	return false;
}

static bool is_markdown(str path)
{
	static const char *const words[] = { ".md", ".markdown", ".mkd", ".mkdn", ".mdown",
		NULL };

	return has_extension(path, words);
}

static bool is_html(str path)
{
	static const char *const words[] = { ".html", ".htm", NULL };

	return has_extension(path, words);
}

/* "<!--more-->" as gen writes it. */
static str mend_more(str body, struct arena *a)
{
	ptrdiff_t at = str_find(body, STR("<!--more-->"));

	if (at < 0)
		return body;
	return str_printf(a, STR_FMT "<!-- more -->" STR_FMT,
		STR_ARG(str_sub(body, 0, (size_t)at)),
		STR_ARG(str_from(body, (size_t)at + 11)));
}

static str trim_blank_start(str s)
{
	while (s.len && str_find_char(s, '\n') >= 0 && str_trim(str_cut(s, '\n').head).len == 0)
		s = str_cut(s, '\n').tail;
	return s;
}

static bool convert_body(struct tree *t, struct document *doc, str below, struct arena *a)
{
	const struct hugo_place place = { t->root, path_folder(below) };
	int line = doc->matter.body_line;
	struct html_options options = { .first_line = line,
		.title = value_str(value_get(&doc->meta, STR("title"))) };
	struct buf out = { .arena = a };

	doc->body = t->kind == IMPORT_JEKYLL ? shortcode_liquid(doc->body, line, &doc->notes, a)
					     : shortcode_hugo(doc->body, line, &place, &doc->notes, a);
	if (is_html(below)) {
		if (!html_markdown(
			    doc->src, doc->body, &options, &doc->notes, &out, a, t->im->d))
			return false;
		doc->body = buf_str(&out);
		line = 0;
	} else {
		raw_html_note(doc->body, line, &doc->notes);
	}
	doc->body = mend_more(
		trim_blank_start(mend_text_tables(doc->body, line, &doc->notes, a)), a);
	if (doc->body.len && !str_ends(doc->body, STR("\n")))
		doc->body = str_printf(a, STR_FMT "\n", STR_ARG(doc->body));
	return true;
}

/* The address that the post had: kept by front matter, or as an alias. */
static void put_address(
	struct tree *t, struct document *doc, str slug, bool post, struct arena *a)
{
	const struct value *url = value_get(&doc->meta, STR("url"));
	str date = value_str(value_get(&doc->meta, STR("date"))), path;
	const struct value *categories = value_get(&doc->meta, STR("categories"));
	struct value aliases = value_list(a);

	if (url->kind == VALUE_STRING && str_find_char(url->s, ':') >= 0) {
		path = jekyll_address(url->s, date, slug, categories, a);
		value_put(&doc->meta, STR("url"), path.len ? value_string(path) : value_null(),
			a);
		return;
	}
	if (!post || url->kind == VALUE_STRING)
		return;
	path = jekyll_address(t->permalink, date, slug, categories, a);
	if (path.len == 0 || str_eq(path, str_printf(a, "/" STR_FMT "/", STR_ARG(slug))))
		return;
	value_push(&aliases, value_string(path), a);
	for (size_t i = 0; i < value_count(value_get(&doc->meta, STR("aliases"))); i++)
		value_push(&aliases, *value_at(value_get(&doc->meta, STR("aliases")), i), a);
	if (value_get(&doc->meta, STR("aliases"))->kind == VALUE_STRING)
		value_push(&aliases, *value_get(&doc->meta, STR("aliases")), a);
	value_put(&doc->meta, STR("aliases"), aliases, a);
}

static bool in_folder(str below, str name)
{
	str rest = below;

	while (rest.len) {
		struct str_pair p = str_cut(rest, '/');

		if (p.tail.ptr && str_eq(p.head, name))
			return true;
		rest = p.tail;
	}
	return false;
}

/* "_docs/a.markdown" to "docs/a.md"; index.md is the page of its folder. */
static str page_path(str below, struct arena *a)
{
	str folder = path_folder(below), stem = path_stem(below);

	if (str_starts(folder, STR("_")))
		folder = str_from(folder, 1);
	if (str_eq(stem, STR("index")))
		stem = STR("_index");
	return path_join(folder, str_printf(a, STR_FMT ".md", STR_ARG(stem)), a);
}

static bool import_jekyll(struct tree *t, str path, str below, struct arena *a)
{
	str stem = path_stem(below), slug = jekyll_slug(stem, a);
	bool draft = in_folder(below, STR("_drafts")), post = draft || jekyll_has_date(stem);
	struct document doc;
	str target;

	if (!document_open(t->im, path, IMPORT_JEKYLL, &doc, a))
		return false;
	if (!doc.matter.found && !post) {
		notes_add(&t->im->report->notes, NOTE_FILE, 0, below);
		return true;
	}
	if (jekyll_has_date(stem))
		document_put_text(&doc, STR("date"), str_sub(stem, 0, 10), a);
	if (draft)
		value_put(&doc.meta, STR("draft"), value_bool(true), a);
	put_address(t, &doc, slug, post && !draft, a);
	if (!convert_body(t, &doc, below, a))
		return false;
	target = post ? str_printf(a, STR_FMT ".md", STR_ARG(importing_slug(slug, stem, a)))
		      : page_path(below, a);
	return importing_article(
		t->im, (loc){ doc.src, 0, 0 }, target, &doc.meta, doc.body, &doc.notes, a);
}

static bool import_hugo(struct tree *t, str path, str below, struct arena *a)
{
	struct document doc;
	str name = str_printf(a, STR_FMT ".md", STR_ARG(path_stem(below)));

	if (!document_open(t->im, path, IMPORT_HUGO, &doc, a) ||
		!convert_body(t, &doc, below, a))
		return false;
	return importing_article(t->im, (loc){ doc.src, 0, 0 },
		path_join(path_folder(below), name, a), &doc.meta, doc.body, &doc.notes, a);
}

/* A file that belongs to an article, or to the site: as it is. */
static bool copy_file(struct tree *t, str path, str target, struct arena *a)
{
	struct source src = { path, { 0 } };
	struct notes notes = importing_notes(t->im, "line");
	int error = file_read(path, 0, a, &src.text);

	if (error)
		return diag_error(t->im->d, (loc){ &src, 0, 0 }, "import", "cannot read: %s",
			strerror(error));
	return importing_put(t->im, (loc){ &src, 0, 0 }, target, src.text, &notes, a);
}

static bool import_file(struct tree *t, str below)
{
	struct arena a = { 0 };
	str path = path_join(t->root, below, &a);
	bool fine = true;

	if (t->kind == IMPORT_HUGO && (is_markdown(below) || is_html(below)))
		fine = import_hugo(t, path, below, &a);
	else if (t->kind == IMPORT_HUGO)
		fine = copy_file(t, path, path_join(STR("content"), below, &a), &a);
	else if (is_markdown(below) || is_html(below))
		fine = import_jekyll(t, path, below, &a);
	else
		notes_add(&t->im->report->notes, NOTE_FILE, 0, below);
	arena_free(&a);
	return fine;
}

/* What Jekyll made, or what others made for it. */
static bool is_foreign(str below)
{
	static const str folders[] = { STR_INIT("_site/"), STR_INIT("vendor/"),
		STR_INIT("node_modules/"), STR_INIT("_layouts/"), STR_INIT("_includes/"),
		STR_INIT("_sass/"), STR_INIT("_plugins/") };

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (str_starts(below, folders[i]))
			return true;
	return false;
}

static bool walk(struct tree *t, struct file_walk *out)
{
	struct source src = { t->root, { 0 } };
	int error = file_walk(t->root, &t->arena, out);

	if (error)
		return diag_error(t->im->d, (loc){ &src, 0, 0 }, "import",
			"cannot look into the folder: %s", strerror(error));
	for (size_t i = 0; i < out->fault_count; i++) {
		struct source at = { path_join(t->root, out->faults[i].path, &t->arena),
			{ 0 } };

		diag_error(t->im->d, (loc){ &at, 0, 0 }, "import", "cannot read: %s",
			strerror(out->faults[i].error));
	}
	return out->fault_count == 0;
}

static bool import_files(struct tree *t)
{
	struct file_walk files;
	bool fine = walk(t, &files);

	for (size_t i = 0; i < files.files.count; i++)
		if (t->kind == IMPORT_HUGO || !is_foreign(files.files.at[i].path))
			fine = import_file(t, files.files.at[i].path) && fine;
	return fine;
}

static void read_config(struct tree *t)
{
	struct source src = { path_join(t->root, STR("_config.yml"), &t->arena), { 0 } };
	struct diags quiet = { .arena = &t->arena };
	struct value config;

	t->permalink = STR("date");
	if (file_read(src.path, 1 << 20, &t->arena, &src.text) ||
		!yaml_read(&src, src.text, 1, NULL, &config, &t->arena, &quiet))
		return;
	if (value_get(&config, STR("permalink"))->kind == VALUE_STRING)
		t->permalink = value_get(&config, STR("permalink"))->s;
}

/* A Hugo site has its articles in content/, and files for the whole site in static/. */
static bool import_hugo_site(struct tree *t, str path)
{
	struct file_info content, fixed;
	str below = path_join(path, STR("content"), &t->arena),
	    files = path_join(path, STR("static"), &t->arena);
	struct file_walk found;
	bool fine;

	if (file_stat(below, &content) || content.kind != FILE_FOLDER)
		return import_files(t);
	t->root = below;
	fine = import_files(t);
	if (file_stat(files, &fixed) || fixed.kind != FILE_FOLDER)
		return fine;
	t->root = files;
	fine = walk(t, &found) && fine;
	for (size_t i = 0; i < found.files.count; i++) {
		struct arena a = { 0 };
		str name = found.files.at[i].path;

		fine = copy_file(t, path_join(files, name, &a),
			       path_join(STR("static"), name, &a), &a) &&
		       fine;
		arena_free(&a);
	}
	return fine;
}

bool import_tree(struct importing *im, str path, enum import_kind kind)
{
	struct tree t = { .im = im, .kind = kind, .root = path, .permalink = STR("date") };
	struct source src = { path, { 0 } };
	struct file_info info;
	int error = file_stat(path, &info);
	bool fine;

	if (!error && info.kind == FILE_NONE)
		error = ENOENT;
	if (error) {
		fine = diag_error(im->d, (loc){ &src, 0, 0 }, "import", "cannot read: %s",
			strerror(error));
	} else if (info.kind != FILE_FOLDER) {
		t.root = path_folder(path);
		fine = import_file(&t, path_name(path));
	} else if (kind == IMPORT_HUGO) {
		fine = import_hugo_site(&t, path);
	} else {
		read_config(&t);
		fine = import_files(&t);
	}
	arena_free(&t.arena);
	return fine;
}
