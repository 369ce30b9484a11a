#include "import/importing.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "highlight/language.h"
#include "import/document.h"
#include "import/mend.h"
#include "import/text_lines.h"

/* "# Title" on the first line that is not blank: cut it off. */
static str take_heading(struct document *doc)
{
	str rest = doc->body;

	while (rest.len && str_trim(str_cut(rest, '\n').head).len == 0)
		rest = str_cut(rest, '\n').tail;
	struct str_pair p = str_cut(rest, '\n');
	str title = str_trim(p.head);

	if (!str_starts(title, STR("# ")) || str_find_char(title, '`') >= 0 ||
		str_find_char(title, '[') >= 0)
		return (str){ 0 };
	for (const char *c = doc->body.ptr; c < p.tail.ptr; c++)
		doc->matter.body_line += *c == '\n';
	doc->body = p.tail;
	title = str_trim(str_from(title, 2));
	while (str_ends(title, STR("#")))
		title = str_trim(str_sub(title, 0, title.len - 1));
	return title;
}

/* Titles are plain text. */
static str without_stars(str s, struct arena *a)
{
	struct buf out = { .arena = a };

	for (size_t i = 0; i < s.len; i++) {
		if (str_starts(str_from(s, i), STR("**")))
			i++;
		else
			buf_char(&out, s.ptr[i]);
	}
	return buf_str(&out);
}

/* A heading of level 1 over lines of code is a comment that lost its fence. */
static bool is_code_comment(const struct document *doc)
{
	struct notes none = { .arena = doc->notes.arena };
	struct arena a = { 0 };
	struct text_lines t = text_lines_read(doc->body, 1, &a);
	size_t first = 0;
	bool code;

	text_find_code(&t, &none);
	while (first < t.count && t.at[first].kind == LINE_BLANK)
		first++;
	code = first < t.count && t.at[first].kind == LINE_CODE;
	arena_free(&a);
	return code;
}

static void find_title(struct document *doc, str path, struct arena *a)
{
	str title = is_code_comment(doc) ? (str){ 0 } : without_stars(take_heading(doc), a);

	if (title.len) {
		notes_add(&doc->notes, NOTE_TITLE, doc->matter.body_line - 1, title);
	} else {
		struct buf name = { .arena = a };
		str stem = path_stem(path);

		for (size_t i = 0; i < stem.len; i++)
			buf_char(&name, memchr("_-", stem.ptr[i], 2) ? ' ' : stem.ptr[i]);
		title = str_trim(buf_str(&name));
		notes_add(&doc->notes, NOTE_NO_TITLE, 0, title);
	}
	document_put_text(doc, STR("title"), title, a);
}

/* The languages that head a table: "| | Go | Python |". */
static void find_languages(struct document *doc, struct arena *a)
{
	struct value list = value_list(a);
	struct str_pair p = { .tail = doc->body };

	while (p.tail.len && value_count(&list) == 0) {
		p = str_cut(p.tail, '\n');
		if (!str_starts(p.head, STR("|")) ||
			!str_starts(str_trim_start(p.tail), STR("|")))
			continue;
		for (str cells = str_trim(p.head); cells.len;) {
			struct str_pair cell = str_cut(cells, '|');
			const struct language *l =
				language_find(without_stars(str_trim(cell.head), a));

			if (l && l->programming)
				value_push(&list, value_string(l->slug), a);
			cells = cell.tail;
		}
	}
	if (value_count(&list) >= 2 && !document_has(doc, STR("languages")))
		value_put(&doc->meta, STR("languages"), list, a);
}

static str convert_text(struct document *doc, struct arena *a)
{
	struct text_lines t;
	struct buf out = { .arena = a };
	str body = mend_shifted_tables(doc->body, doc->matter.body_line, &doc->notes, a);

	t = text_lines_read(body, doc->matter.body_line, a);
	text_find_code(&t, &doc->notes);
	text_find_tables(&t, &doc->notes, a);
	text_find_headings(&t, &doc->notes);
	text_write(&t, &doc->notes, &out, a);
	return mend_text_tables(buf_str(&out), 0, &doc->notes, a);
}

static str trim_blank_start(str s)
{
	while (s.len && str_trim(str_cut(s, '\n').head).len == 0)
		s = str_cut(s, '\n').tail;
	return s;
}

bool import_text(struct importing *im, str path)
{
	struct arena a = { 0 };
	struct document doc;
	bool fine = document_open(im, path, IMPORT_TEXT, &doc, &a);

	if (fine) {
		str stem = path_stem(path), slug;
		bool titled = document_has(&doc, STR("title"));

		if (!titled)
			find_title(&doc, path, &a);
		doc.body = trim_blank_start(convert_text(&doc, &a));
		find_languages(&doc, &a);
		titled = titled || notes_count(&doc.notes, NOTE_TITLE);
		slug = importing_slug(
			titled ? value_str(value_get(&doc.meta, STR("title"))) : stem, stem,
			&a);
		fine = importing_article(im, (loc){ doc.src, 0, 0 },
			str_printf(&a, STR_FMT ".md", STR_ARG(slug)), &doc.meta, doc.body,
			&doc.notes, &a);
	}
	arena_free(&a);
	return fine;
}
