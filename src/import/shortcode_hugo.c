#include "import/shortcode.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "import/attrs.h"
#include "import/html_parts.h"
#include "import/mend.h"

enum { LONGEST_TAG = 4000 };

struct reading {
	str body;
	size_t at;
	int line;
	const struct hugo_place *place;
	struct notes *notes;
	struct arena *arena;
	struct buf out;
	bool unclosed; /* no end of a highlight comes any more */
};

/* "{{< ... >}}" or "{{% ... %}}" at `at`: the inside; how long the whole is in *length, 0 when
 * it is none. */
static str take_tag(str body, size_t at, size_t *length)
{
	str rest = str_sub(body, at, at + LONGEST_TAG);
	str end = str_starts(rest, STR("{{<")) ? STR(">}}") : STR("%}}");
	ptrdiff_t close = str_find(str_from(rest, 3), end);

	*length = close < 0 ? 0 : (size_t)close + 6;
	return close < 0 ? (str){ 0 } : str_trim(str_sub(rest, 3, 3 + (size_t)close));
}

/* "linenos=table,hl_lines=2 4-6" of Hugo to " lines hl=2,4-6" of gen. */
static void write_options(str options, struct buf *out)
{
	ptrdiff_t lines = str_find(options, STR("hl_lines="));

	if (str_find(options, STR("linenos=")) >= 0 &&
		str_find(options, STR("linenos=false")) < 0)
		BUF_LIT(out, " lines");
	if (lines < 0)
		return;
	BUF_LIT(out, " hl=");
	for (size_t i = (size_t)lines + 9; i < options.len; i++) {
		char c = options.ptr[i];

		if ((c >= '0' && c <= '9') || c == '-')
			buf_char(out, c);
		else if (c == ' ' && out->ptr[out->len - 1] != '=' && i + 1 < options.len)
			buf_char(out, ',');
		else if (c == ',')
			break;
	}
}

static bool is_end_tag(str tag, str name)
{
	return str_starts(tag, STR("/")) && str_eq(str_trim(str_from(tag, 1)), name);
}

/* The text up to {{< /highlight >}}; bytes of all of it, 0 when that never comes. */
static size_t find_end(const struct reading *r, size_t from, str name, str *content)
{
	for (size_t at = from; at + 3 < r->body.len; at++) {
		const char *p = memchr(r->body.ptr + at, '{', r->body.len - at);
		size_t length = 0;
		str tag = { 0 };

		if (!p)
			return 0;
		at = (size_t)(p - r->body.ptr);
		if (str_starts(str_from(r->body, at), STR("{{<")) ||
			str_starts(str_from(r->body, at), STR("{{%")))
			tag = take_tag(r->body, at, &length);
		if (!length || !is_end_tag(tag, name))
			continue;
		*content = str_sub(r->body, from, at);
		return at + length - from;
	}
	return 0;
}

static str without_blank_ends(str code)
{
	while (code.len && str_trim(str_cut(code, '\n').head).len == 0 &&
		str_find_char(code, '\n') >= 0)
		code = str_cut(code, '\n').tail;
	return str_trim_end(code);
}

static size_t write_highlight(struct reading *r, const struct attrs *t, size_t length)
{
	struct buf info = { .arena = r->arena };
	str content;
	size_t more = r->unclosed ? 0 : find_end(r, r->at + length, t->name, &content);

	if (!more) {
		r->unclosed = true;
		return 0;
	}
	buf_add(&info, attrs_word(t, 0));
	write_options(attrs_word(t, 1), &info);
	html_fence(buf_str(&info), without_blank_ends(content), &r->out);
	return length + more;
}

/* An image, with its link and its words below. */
static void write_figure(const struct attrs *t, struct buf *out)
{
	str link = attrs_get(t, STR("link")), caption = attrs_get(t, STR("caption")),
	    alt = attrs_get(t, STR("alt"));
	str source = attrs_get(t, STR("src"));
	struct buf image = { .arena = out->arena };

	BUF_LIT(&image, "!");
	html_write_link(alt, source.len ? source : attrs_word(t, 0), attrs_get(t, STR("title")),
		false, &image);
	if (link.len)
		html_write_link(buf_str(&image), link, (str){ 0 }, false, out);
	else
		buf_add(out, buf_str(&image));
	if (caption.len)
		buf_printf(out, "\n\n*" STR_FMT "*", STR_ARG(caption));
}

/* The file that `path` names below content/, the page of a folder too; empty when there is none. */
static str find_page(const struct hugo_place *place, str path, struct arena *a)
{
	static const str ends[] = { STR_INIT(""), STR_INIT(".md"), STR_INIT("/index.md"), STR_INIT("/_index.md") };

	path = path_clean(path, a);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]) && path.len && !path_leaves(path); i++) {
		str found = str_join(path, ends[i], a);
		struct file_info info;

		if (file_stat(path_join(place->root, found, a), &info) == 0 && info.kind == FILE_REGULAR)
			return found;
	}
	return (str){ 0 };
}

/* The way from one folder to a file of another. */
static str way_to(str folder, str target, struct arena *a)
{
	struct buf out = { .arena = a };

	while (folder.len && !(str_starts(target, folder) && target.ptr[folder.len] == '/')) {
		BUF_LIT(&out, "../");
		folder = path_folder(folder);
	}
	buf_add(&out, str_from(target, folder.len ? folder.len + 1 : 0));
	return buf_str(&out);
}

/* Beside the article, then beside the folder it is in, and so on up to content/; "/x" is from there at once. */
static str find_ref(const struct hugo_place *place, str path, struct arena *a)
{
	bool rooted = str_starts(path, STR("/"));
	str folder = rooted ? (str){ 0 } : place->folder, found;

	path = rooted ? str_from(path, 1) : path;
	found = find_page(place, path_join(folder, path, a), a);
	while (found.len == 0 && folder.len) {
		folder = path_folder(folder);
		found = find_page(place, path_join(folder, path, a), a);
	}
	return found.len ? way_to(place->folder, found, a) : found;
}

/* "posts/a", "a.md#b": the address of a file of content. */
static void write_ref(const struct reading *r, const struct attrs *t, struct buf *out)
{
	str path = attrs_word(t, 0).len ? attrs_word(t, 0) : attrs_get(t, STR("path"));
	struct str_pair p = str_cut(path, '#');
	str found = p.head.len ? find_ref(r->place, p.head, r->arena) : (str){ 0 };

	buf_add(out, found.len ? found : p.head);
	if (p.head.len && !found.len && path_extension(p.head).len == 0)
		BUF_LIT(out, ".md");
	if (p.tail.len)
		buf_printf(out, "#" STR_FMT, STR_ARG(p.tail));
}

/* Write what stands for the shortcode; bytes of it, 0 when gen has nothing like it. */
static size_t convert(struct reading *r, const struct attrs *t, size_t length)
{
	if (str_eq(t->name, STR("highlight")))
		return write_highlight(r, t, length);
	if (str_eq(t->name, STR("figure")) &&
		(attrs_get(t, STR("src")).len || attrs_word(t, 0).len))
		write_figure(t, &r->out);
	else if ((str_eq(t->name, STR("ref")) || str_eq(t->name, STR("relref"))) && t->count)
		write_ref(r, t, &r->out);
	else
		return 0;
	return length;
}

/* The shortcode at r->at, or two braces of text. */
static void step(struct reading *r, bool in_fence)
{
	size_t length, done = 0;
	str tag = take_tag(r->body, r->at, &length);
	struct attrs t;

	if (length && str_starts(tag, STR("/*")) && str_ends(tag, STR("*/")) && tag.len >= 4) {
		/* Commented out, it shows the shortcode itself. */
		buf_add(&r->out, str_sub(r->body, r->at, r->at + 3));
		buf_add(&r->out, str_sub(tag, 2, tag.len - 2));
		buf_add(&r->out, str_sub(r->body, r->at + length - 3, r->at + length));
		done = length;
	} else if (length) {
		attrs_read(tag, &t);
		done = in_fence ? 0 : convert(r, &t, length);
		if (done)
			notes_add(r->notes, NOTE_SHORTCODE, r->line, t.name);
		else if (!str_starts(tag, STR("/")))
			notes_add(r->notes, NOTE_SHORTCODE_KEPT, r->line, t.name);
	}
	if (!done) {
		done = length ? length : 2;
		buf_add(&r->out, str_sub(r->body, r->at, r->at + done));
	}
	for (size_t i = 0; i < done && r->at + i < r->body.len; i++)
		r->line += r->body.ptr[r->at + i] == '\n';
	r->at += done;
}

str shortcode_hugo(str body, int first_line, const struct hugo_place *place, struct notes *notes, struct arena *a)
{
	struct reading r = { body, 0, first_line, place, notes, a, { .arena = a }, false };
	struct fence f = { 0 };
	bool line_start = true;

	while (r.at < body.len) {
		str rest = str_from(body, r.at);

		if (line_start)
			fence_step(&f, str_cut(rest, '\n').head);
		if (str_starts(rest, STR("{{<")) || str_starts(rest, STR("{{%"))) {
			step(&r, f.mark != 0);
			line_start = false;
			continue;
		}
		line_start = body.ptr[r.at] == '\n';
		r.line += line_start;
		buf_char(&r.out, body.ptr[r.at++]);
	}
	return buf_str(&r.out);
}
