#include "site/report_html.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "site/report.h"
#include "site/scan.h"
#include "site/site.h"
#include "site/target.h"

static const char CATEGORY[] = "report";

enum { ATTRIBUTES = 32, IMAGE_MAX = 25 * 1000 * 1000 };

struct attribute {
	str name, value;
	bool has_value;
};

struct markup {
	str name;
	bool end;
	struct attribute at[ATTRIBUTES];
	size_t count;
};

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t word_end(str s, size_t at)
{
	while (at < s.len && !is_space(s.ptr[at]) && s.ptr[at] != '=' && s.ptr[at] != '>' && s.ptr[at] != '/')
		at++;
	return at;
}

/* A value at `at`, quoted or not; returns what is behind it. */
static size_t read_value(str s, size_t at, str *out)
{
	size_t from = at;
	char quote = at < s.len ? s.ptr[at] : 0;

	if (quote == '"' || quote == '\'') {
		for (at = ++from; at < s.len && s.ptr[at] != quote; at++)
			;
		*out = str_sub(s, from, at);
		return at < s.len ? at + 1 : at;
	}
	while (at < s.len && !is_space(s.ptr[at]) && s.ptr[at] != '>')
		at++;
	*out = str_sub(s, from, at);
	return at;
}

/* The tag that `s` begins with; its length, 0 when it is none. */
static size_t read_tag(str s, struct markup *t)
{
	size_t at = 1, end;

	t->end = s.len > 1 && s.ptr[1] == '/';
	t->count = 0;
	at += t->end;
	if (at >= s.len || !is_letter(s.ptr[at]))
		return 0;
	end = word_end(s, at);
	t->name = str_sub(s, at, end);
	for (at = end; at < s.len && s.ptr[at] != '>';) {
		struct attribute a = { .has_value = false };

		if (is_space(s.ptr[at]) || s.ptr[at] == '/' || s.ptr[at] == '=') {
			at++;
			continue;
		}
		end = word_end(s, at);
		a.name = str_sub(s, at, end);
		at = end;
		if (at < s.len && s.ptr[at] == '=') {
			a.has_value = true;
			at = read_value(s, at + 1, &a.value);
		}
		if (t->count < ATTRIBUTES)
			t->at[t->count++] = a;
	}
	return at < s.len ? at + 1 : 0;
}

static bool is(str name, const char *known)
{
	return str_eq_nocase(name, str_c(known));
}

static const struct attribute *find(const struct markup *t, const char *name)
{
	for (size_t i = 0; i < t->count; i++)
		if (is(t->at[i].name, name))
			return &t->at[i];
	return NULL;
}

static bool is_one_of(str name, const char *const *names)
{
	for (; *names; names++)
		if (is(name, *names))
			return true;
	return false;
}

static void write_text(struct buf *out, const char *name, str value)
{
	buf_printf(out, " %s=\"", name);
	buf_html(out, value);
	buf_char(out, '"');
}

/* "one two" -> "a2-one a2-two" */
static void write_ids(const struct report_html *r, str name, str value, struct buf *out)
{
	buf_printf(out, " " STR_FMT "=\"", STR_ARG(name));
	while (value.len) {
		struct str_pair cut = str_cut(str_trim(value), ' ');

		buf_add(out, r->prefix);
		buf_add(out, cut.head);
		value = cut.tail;
		if (value.len)
			buf_char(out, ' ');
	}
	buf_char(out, '"');
}

/* The whole address of something of the site, or an anchor of the report; empty: it can only be text. */
static str whole_address(const struct report_html *r, str address, struct arena *a)
{
	struct target t = target_find(r->site, r->page->path, address, a);
	const struct report_part *part = t.state == TARGET_OUTSIDE ? NULL : map_get(r->parts, t.path);
	size_t end = 0;

	if (t.state == TARGET_SELF)
		part = map_get(r->parts, r->page->path);
	if (part && t.anchor.len)
		return str_concat(a, (const str[]){ STR("#"), part->prefix, t.anchor }, 3);
	if (part)
		return str_join(STR("#"), part->id, a);
	if (t.state == TARGET_OUTSIDE)
		return address;
	if (r->site->config.origin.len == 0)
		return (str){ 0 };
	if (str_starts(address, r->site->config.origin))
		return address;
	if (str_starts(address, STR("/")))
		return str_join(r->site->config.origin, address, a);
	while (end < address.len && address.ptr[end] != '?' && address.ptr[end] != '#')
		end++;
	return str_concat(a, (const str[]){ r->site->config.base_url, t.path, str_from(address, end) }, 3);
}

static void write_href(const struct report_html *r, str value, struct buf *out)
{
	struct arena *a = &r->site->worker[0].page;
	str address = whole_address(r, scan_decode(value, a), a);

	if (address.len)
		write_text(out, "href", address);
	else
		r->result->texts++;
}

static const char *image_type(str path)
{
	static const struct {
		const char *extension, *type;
	} types[] = { { ".png", "image/png" }, { ".jpg", "image/jpeg" }, { ".jpeg", "image/jpeg" },
		{ ".gif", "image/gif" }, { ".webp", "image/webp" }, { ".avif", "image/avif" },
		{ ".svg", "image/svg+xml" }, { ".ico", "image/x-icon" }, { ".bmp", "image/bmp" } };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (is(path_extension(path), types[i].extension))
			return types[i].type;
	return NULL;
}

/* RFC 4648 */
static void write_base64(str bytes, struct buf *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t left = bytes.len - i;
		uint32_t v = (uint32_t)(unsigned char)bytes.ptr[i] << 16;

		v |= left > 1 ? (uint32_t)(unsigned char)bytes.ptr[i + 1] << 8 : 0;
		v |= left > 2 ? (uint32_t)(unsigned char)bytes.ptr[i + 2] : 0;
		buf_char(out, digits[v >> 18]);
		buf_char(out, digits[v >> 12 & 63]);
		buf_char(out, left > 1 ? digits[v >> 6 & 63] : '=');
		buf_char(out, left > 2 ? digits[v & 63] : '=');
	}
}

/* Bytes of an image of the site; false when it is not one, or cannot be read. */
static bool read_image(const struct report_html *r, str address, str *bytes, const char **type, struct arena *a)
{
	struct target t = target_find(r->site, r->page->path, address, a);
	const struct asset *asset = t.state == TARGET_OUTSIDE ? NULL : map_get(r->files, t.path);

	*type = image_type(t.path);
	return asset && *type && file_read(asset->from, IMAGE_MAX, a, bytes) == 0;
}

/* What cannot be in the report is linked to, when it can be. */
static void write_instead(const struct report_html *r, str address, str text, struct buf *out)
{
	struct source src = { r->page->meta.path, (str){ 0 } };

	diag_warn(r->diags, (loc){ &src, 0, 0 }, CATEGORY, "\"" STR_FMT "\" is not in the report: a link stands in its place",
		STR_ARG(address));
	BUF_LIT(out, "<a");
	write_href(r, address, out);
	BUF_LIT(out, ">");
	buf_html(out, text.len ? text : address);
	BUF_LIT(out, "</a>");
}

static bool is_dropped(const struct attribute *a)
{
	static const char *const names[] = { "srcset", "sizes", "loading", "decoding", "fetchpriority", "poster", "action",
		"formaction", "background", "ping", "data-src", "download", "target", "rel", "hreflang", NULL };

	return (a->name.len > 2 && str_eq_nocase(str_sub(a->name, 0, 2), STR("on"))) || is_one_of(a->name, names) ||
	       (is(a->name, "style") && str_find(a->value, STR("url(")) >= 0);
}

static void write_attribute(const struct report_html *r, const struct attribute *a, struct buf *out)
{
	static const char *const ids[] = { "id", "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls",
		"aria-owns", NULL };

	if (is_dropped(a))
		return;
	if (a->has_value && is_one_of(a->name, ids)) {
		write_ids(r, a->name, a->value, out);
	} else if (is(a->name, "href") || is(a->name, "xlink:href")) {
		write_href(r, a->value, out);
	} else {
		buf_printf(out, " " STR_FMT, STR_ARG(a->name));
		if (a->has_value) {
			bool quotes = str_find_char(a->value, '"') >= 0;

			buf_add(out, quotes ? STR("='") : STR("=\""));
			buf_add(out, a->value);
			buf_char(out, quotes ? '\'' : '"');
		}
	}
}

static void write_image(const struct report_html *r, const struct markup *t, struct buf *out)
{
	struct arena *a = &r->site->worker[0].page;
	const struct attribute *src = find(t, "src"), *alt = find(t, "alt");
	str address = src ? str_trim(scan_decode(src->value, a)) : (str){ 0 }, bytes;
	const char *type = "";

	if (!src)
		return;
	if (!str_starts(address, STR("data:")) && !read_image(r, address, &bytes, &type, a)) {
		write_instead(r, address, alt ? scan_decode(alt->value, a) : (str){ 0 }, out);
		return;
	}
	BUF_LIT(out, "<img");
	for (size_t i = 0; i < t->count; i++)
		if (&t->at[i] != src)
			write_attribute(r, &t->at[i], out);
	BUF_LIT(out, " src=\"");
	if (str_starts(address, STR("data:"))) {
		buf_html(out, address);
	} else {
		buf_printf(out, "data:%s;base64,", type);
		write_base64(bytes, out);
	}
	BUF_LIT(out, "\">");
	r->result->images++;
}

static void write_tag(const struct report_html *r, const struct markup *t, struct buf *out)
{
	/* They load something, and the report has no place for it. */
	static const char *const loading[] = { "iframe", "embed", "object", "video", "audio", NULL };
	static const char *const parts[] = { "source", "track", "link", "base", "meta", "param", "frame", NULL };

	if (is_one_of(t->name, parts))
		return;
	if (is_one_of(t->name, loading)) {
		const struct attribute *src = find(t, is(t->name, "object") ? "data" : "src");

		if (src && !t->end)
			write_instead(r, scan_decode(src->value, &r->site->worker[0].page), (str){ 0 }, out);
		return;
	}
	if (is(t->name, "img")) {
		write_image(r, t, out);
		return;
	}
	buf_add(out, t->end ? STR("</") : STR("<"));
	buf_add(out, t->name);
	for (size_t i = 0; i < t->count && !t->end; i++) {
		/* The image of an SVG, or of a form's button. */
		if (is(t->at[i].name, "src") || (is(t->name, "image") && is(t->at[i].name, "href")))
			continue;
		write_attribute(r, &t->at[i], out);
	}
	buf_char(out, '>');
}

/* The length of what is dropped with all that is in it: scripts, styles, comments. 0: it is none of them. */
static size_t dropped_length(str html)
{
	static const str opened[] = { STR_INIT("<script"), STR_INIT("<style"), STR_INIT("<template"), STR_INIT("<!--") };
	static const str closed[] = { STR_INIT("</script"), STR_INIT("</style"), STR_INIT("</template"), STR_INIT("-->") };

	for (size_t i = 0; i < sizeof(opened) / sizeof(opened[0]); i++) {
		size_t end = opened[i].len;

		if (!str_eq_nocase(str_sub(html, 0, end), opened[i]))
			continue;
		while (end + closed[i].len <= html.len &&
			!str_eq_nocase(str_sub(html, end, end + closed[i].len), closed[i]))
			end++;
		while (end < html.len && html.ptr[end] != '>')
			end++;
		return end < html.len ? end + 1 : end;
	}
	return 0;
}

void report_html_write(const struct report_html *r, str html, struct buf *out)
{
	struct markup t;

	while (html.len) {
		ptrdiff_t open = str_find_char(html, '<');
		size_t text = open < 0 ? html.len : (size_t)open, length;

		buf_add(out, str_sub(html, 0, text));
		html = str_from(html, text);
		length = dropped_length(html);
		if (!length && html.len) {
			length = read_tag(html, &t);
			if (length)
				write_tag(r, &t, out);
			else
				buf_add(out, str_sub(html, 0, length = 1));
		}
		html = str_from(html, length);
	}
}
