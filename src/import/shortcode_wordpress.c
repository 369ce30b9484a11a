#include "import/shortcode.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "highlight/language.h"
#include "import/attrs.h"
#include "import/notes.h"

enum { LONGEST_TAG = 2000 };

struct reading {
	str html;
	size_t at;
	int line;
	struct notes *notes;
	struct arena *arena;
	struct buf out;
	struct map unclosed; /* names without an end behind here: not looked for again */
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "[name ...]" at `at`: its inside; empty when it is none. */
static str take_tag(str html, size_t at)
{
	char quote = 0;
	size_t most = at + LONGEST_TAG < html.len ? at + LONGEST_TAG : html.len;

	if (at + 1 >= html.len || !is_letter(html.ptr[at + 1]))
		return (str){ 0 };
	for (size_t i = at + 1; i < most; i++) {
		char c = html.ptr[i];

		if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == ']')
			return str_sub(html, at + 1, i);
		else if (c == '[' || c == '\n')
			return (str){ 0 };
	}
	return (str){ 0 };
}

/* What stands from `from` to "[/name]"; false when that never comes. */
static bool find_end(struct reading *r, str name, size_t from, str *content)
{
	str end = str_printf(r->arena, "[/" STR_FMT "]", STR_ARG(name));
	ptrdiff_t at =
		map_has(&r->unclosed, name) ? -1 : str_find(str_from(r->html, from), end);

	if (at < 0) {
		map_put(&r->unclosed, name, &(bool){ false });
		return false;
	}
	*content = str_sub(r->html, from, from + (size_t)at);
	return true;
}

/* Code may be written with entities or without: those that are there stay. */
static void write_code(str code, str language, struct buf *out)
{
	BUF_LIT(out, "<pre lang=\"");
	buf_html(out, language);
	BUF_LIT(out, "\"><code>");
	for (size_t i = 0; i < code.len; i++) {
		char c = code.ptr[i];

		buf_add(out, c == '<'   ? STR("&lt;")
			     : c == '>' ? STR("&gt;")
					: str_sub(code, i, i + 1));
	}
	BUF_LIT(out, "</code></pre>");
}

/* The image with its link, then the words. */
static void write_caption(const struct attrs *t, str content, struct buf *out)
{
	str caption = attrs_get(t, STR("caption"));
	ptrdiff_t link = str_find(content, STR("</a>")), image = str_find(content, STR("<img"));
	size_t end = content.len;

	if (link >= 0) {
		end = (size_t)link + 4;
	} else if (image >= 0) {
		ptrdiff_t close = str_find_char(str_from(content, (size_t)image), '>');

		end = close < 0 ? content.len : (size_t)(image + close) + 1;
	}
	if (caption.len == 0)
		caption = str_trim(str_from(content, end));
	BUF_LIT(out, "<figure>");
	buf_add(out, str_sub(content, 0, end));
	BUF_LIT(out, "<figcaption>");
	buf_add(out, caption);
	BUF_LIT(out, "</figcaption></figure>");
}

static bool is_one_of(str name, const char *const *words)
{
	for (; *words; words++)
		if (str_eq(name, str_c(*words)))
			return true;
	return false;
}

/* [code], [sourcecode], and a language's own name: [python]. */
static bool is_code(str name)
{
	static const char *const words[] = { "code", "sourcecode", "source", "crayon",
		"highlight", NULL };

	return is_one_of(name, words) || language_find(name);
}

static str language_of(const struct attrs *t)
{
	static const char *const keys[] = { "language", "lang", "lan", NULL };

	for (const char *const *k = keys; *k; k++) {
		str word = attrs_get(t, str_c(*k));

		if (word.len)
			return word;
	}
	return language_find(t->name) ? t->name : (str){ 0 };
}

static bool is_media(const struct attrs *t)
{
	return (str_eq(t->name, STR("video")) || str_eq(t->name, STR("audio"))) &&
	       attrs_get(t, STR("src")).len;
}

/* Words that are surely shortcodes though gen does not have them. */
static bool is_shortcode(const struct attrs *t)
{
	static const char *const words[] = { "gallery", "playlist", "audio", "video",
		"contact-form-7", NULL };

	if (is_one_of(t->name, words))
		return true;
	for (size_t i = 0; i < t->count; i++)
		if (t->at[i].key.len)
			return true;
	return false;
}

/* Replace what begins at r->at; how many bytes of it, 0 when it stays. */
static size_t convert(struct reading *r, str tag, const struct attrs *t)
{
	size_t behind = r->at + tag.len + 2;
	str content;

	if (is_media(t)) {
		buf_printf(&r->out, "<" STR_FMT " src=\"", STR_ARG(t->name));
		buf_html(&r->out, attrs_get(t, STR("src")));
		buf_printf(&r->out, "\"></" STR_FMT ">", STR_ARG(t->name));
		return tag.len + 2;
	}
	if (is_code(t->name) && find_end(r, t->name, behind, &content))
		write_code(content, language_of(t), &r->out);
	else if ((str_eq(t->name, STR("caption")) || str_eq(t->name, STR("wp_caption"))) &&
		 find_end(r, t->name, behind, &content))
		write_caption(t, content, &r->out);
	else if (str_eq(t->name, STR("embed")) && find_end(r, t->name, behind, &content))
		buf_printf(&r->out, "<p>" STR_FMT "</p>", STR_ARG(content));
	else
		return 0;
	return tag.len + 2 + content.len + t->name.len + 3;
}

static void step(struct reading *r)
{
	str tag = take_tag(r->html, r->at);
	size_t length = 0;
	struct attrs t;

	if (tag.len) {
		attrs_read(tag, &t);
		length = convert(r, tag, &t);
		if (length)
			notes_add(r->notes, NOTE_SHORTCODE, r->line, t.name);
		else if (is_shortcode(&t))
			notes_add(r->notes, NOTE_SHORTCODE_KEPT, r->line, t.name);
	}
	if (length == 0)
		buf_char(&r->out, '[');
	for (size_t i = 0; i < length; i++)
		r->line += r->html.ptr[r->at + i] == '\n';
	r->at += length ? length : 1;
}

str shortcode_to_html(str html, int first_line, struct notes *notes, struct arena *a)
{
	struct reading r = { html, 0, first_line, notes, a, { .arena = a }, { .arena = a } };

	while (r.at < html.len) {
		const char *p = memchr(html.ptr + r.at, '[', html.len - r.at);
		size_t next = p ? (size_t)(p - html.ptr) : html.len;

		for (size_t i = r.at; i < next; i++)
			r.line += html.ptr[i] == '\n';
		buf_add(&r.out, str_sub(html, r.at, next));
		r.at = next;
		if (p)
			step(&r);
	}
	return buf_str(&r.out);
}
