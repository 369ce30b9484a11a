#include "import/post.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/utf8.h"
#include "import/html.h"
#include "import/importing.h"
#include "import/mend.h"
#include "import/shortcode.h"

enum { MOST_OFFSET = 14 * 60, EXCERPT_BYTES = 400 };

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "%C3%A9" to é, when the result is text. */
static str decode_percent(str s, struct arena *a)
{
	struct buf out = { .arena = a };

	for (size_t i = 0; i < s.len; i++) {
		int high = i + 2 < s.len ? hex_digit(s.ptr[i + 1]) : -1;
		int low = i + 2 < s.len ? hex_digit(s.ptr[i + 2]) : -1;
		bool coded = s.ptr[i] == '%' && high >= 0 && low >= 0;

		buf_char(&out, coded ? (char)(high * 16 + low) : s.ptr[i]);
		i += coded ? 2 : 0;
	}
	for (size_t i = 0; i < out.len; i++)
		if ((unsigned char)out.ptr[i] < ' ')
			return s;
	return utf8_invalid(buf_str(&out)) < 0 ? buf_str(&out) : s;
}

/* The local time with the offset that the time in UTC tells; empty when there is no date. */
static str date_of(str local, str utc, struct arena *a)
{
	struct date d, g;
	int64_t minutes;

	if (!date_read(local, &d))
		return date_read(utc, &g) ? str_printf(a, STR_FMT "Z", STR_ARG(utc))
					  : (str){ 0 };
	if (!d.has_offset && date_read(utc, &g) && !g.has_offset) {
		minutes = (date_epoch(&d, 0) - date_epoch(&g, 0)) / 60;
		d.has_offset = llabs(minutes) <= MOST_OFFSET;
		d.offset_minutes = d.has_offset ? (int)minutes : 0;
	}
	return d.has_offset || !d.has_time ? date_iso(&d, 0, a) : local;
}

/* "https://host/blog/a/" to "/blog/a/"; empty for an address that says nothing but ?p=12. */
static str path_of(str link, struct arena *a)
{
	ptrdiff_t scheme = str_find(link, STR("://"));
	str rest = scheme < 0 ? link : str_from(link, (size_t)scheme + 3);
	ptrdiff_t slash = str_find_char(rest, '/');
	str path = slash < 0 ? (str){ 0 } : str_from(rest, (size_t)slash);
	size_t end = 0;

	while (end < path.len && path.ptr[end] != '?' && path.ptr[end] != '#')
		end++;
	path = decode_percent(str_sub(path, 0, end), a);
	if (path.len < 2 || str_find(path, STR("//")) >= 0 || str_find(path, STR("..")) >= 0 ||
		str_find_char(path, ' ') >= 0 || str_find_char(path, '\\') >= 0)
		return (str){ 0 };
	return path;
}

/* Themes end an excerpt by a link to the article. */
static str without_more_link(str html)
{
	static const str signs[] = { STR_INIT("<p class=\"link-more\""),
		STR_INIT("<a class=\"more-link\""), STR_INIT("<a class=\"read-more") };

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		ptrdiff_t at = str_find(html, signs[i]);

		if (at >= 0)
			html = str_sub(html, 0, (size_t)at);
	}
	return html;
}

/* Cut at a word when it is long. */
static str shorten(str s, struct arena *a)
{
	size_t end = EXCERPT_BYTES;

	if (s.len <= EXCERPT_BYTES)
		return s;
	while (end && s.ptr[end] != ' ')
		end--;
	return end ? str_printf(a, STR_FMT "\xE2\x80\xA6", STR_ARG(str_sub(s, 0, end))) : s;
}

static str description_of(const struct post *p, struct arena *a)
{
	str text = html_plain(without_more_link(p->excerpt), a);

	if (str_ends(text, STR("[\xE2\x80\xA6]")))
		text = str_printf(a, STR_FMT "\xE2\x80\xA6",
			STR_ARG(str_trim(str_sub(text, 0, text.len - 5))));
	return shorten(text, a);
}

static void put_text(struct value *meta, str key, str text, struct arena *a)
{
	if (text.len)
		value_put(meta, key, value_string(text), a);
}

static void put_list(struct value *meta, str key, const struct value *list, struct arena *a)
{
	if (value_count(list))
		value_put(meta, key, *list, a);
}

static bool is_draft(const struct post *p)
{
	return p->locked || (p->status.len && !str_eq(p->status, STR("publish")) &&
				    !str_eq(p->status, STR("future")));
}

static void put_address(struct value *meta, const struct post *p, str slug, struct arena *a)
{
	str path = path_of(p->link, a), own = str_printf(a, "/" STR_FMT "/", STR_ARG(slug));
	struct value list = value_list(a);

	if (path.len == 0 || str_eq(path, own) || str_eq(path, str_sub(own, 0, own.len - 1)))
		return;
	value_push(&list, value_string(path), a);
	value_put(meta, STR("aliases"), list, a);
}

static void put_params(
	struct value *meta, const struct post *p, struct notes *notes, struct arena *a)
{
	struct value params = value_map(a);
	uint64_t id;

	if (str_to_u64(p->id, &id))
		value_put(&params, STR("wordpress_id"), value_int((int64_t)id, a), a);
	for (size_t i = 0; i < value_count(&p->term_ids); i++) {
		const struct value_entry *e = &p->term_ids.map->at[i];

		value_put(&params, e->key, e->value, a);
		for (size_t k = 0; k < value_count(&e->value); k++)
			notes_add(notes, NOTE_TERMS_KEPT, 0, value_str(value_at(&e->value, k)));
	}
	if (value_count(&params))
		value_put(meta, STR("params"), params, a);
}

static struct value make_meta(const struct post *p, str title, str description, str slug,
	struct notes *notes, struct arena *a)
{
	struct value meta = value_map(a);
	str date = date_of(p->date, p->date_gmt, a),
	    updated = date_of(p->modified, p->modified_gmt, a);

	put_text(&meta, STR("title"), title, a);
	put_text(&meta, STR("description"), description, a);
	put_text(&meta, STR("date"), date, a);
	if (!str_eq(date, updated))
		put_text(&meta, STR("updated"), updated, a);
	put_text(&meta, STR("author"), p->author, a);
	put_list(&meta, STR("tags"), &p->tags, a);
	put_list(&meta, STR("categories"), &p->categories, a);
	put_text(&meta, STR("image"), p->image, a);
	if (is_draft(p))
		value_put(&meta, STR("draft"), value_bool(true), a);
	put_address(&meta, p, slug, a);
	put_params(&meta, p, notes, a);
	return meta;
}

/* Editors that know blocks mark them by comments, and their line ends mean nothing. */
static bool has_blocks(str html)
{
	return str_find(html, STR("<!-- wp:")) >= 0;
}

static bool convert_body(struct importing *im, const struct post *p, str title,
	struct notes *notes, str *out, struct arena *a)
{
	int line = p->content_line ? p->content_line : 1;
	str html = importing_mend(im, p->content, line, notes, a);
	struct html_options options = {
		.first_line = line, .title = title, .lines = p->raw && !has_blocks(html)
	};
	struct buf body = { .arena = a };

	if (p->raw)
		html = shortcode_to_html(html, line, notes, a);
	if (!html_markdown(p->at.src, html, &options, notes, &body, a, im->d))
		return false;
	*out = mend_text_tables(buf_str(&body), 0, notes, a);
	return true;
}

bool post_import(struct importing *im, const struct post *p, struct arena *a)
{
	struct notes notes = importing_notes(im, p->content_line ? "line" : "HTML line");
	int line = p->at.line;
	str title = importing_mend(im, html_plain(p->title, a), line, &notes, a);
	str description = importing_mend(im, description_of(p, a), line, &notes, a);
	str fallback = p->id.len ? str_printf(a, "post-" STR_FMT, STR_ARG(p->id)) : STR("post");
	str slug = decode_percent(p->slug, a), body;
	struct value meta;

	slug = importing_slug(slug.len ? slug : title, fallback, a);
	if (!convert_body(im, p, title, &notes, &body, a))
		return false;
	meta = make_meta(p, title.len ? title : fallback, description, slug, &notes, a);
	return importing_article(
		im, p->at, str_printf(a, STR_FMT ".md", STR_ARG(slug)), &meta, body, &notes, a);
}
