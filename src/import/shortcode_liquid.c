#include "import/shortcode.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "import/attrs.h"
#include "import/html_parts.h"
#include "import/jekyll.h"
#include "import/mend.h"

enum { LONGEST_TAG = 4000 };

struct reading {
	str body;
	size_t at;
	int line;
	struct notes *notes;
	struct arena *arena;
	struct buf out;
	struct map unclosed;
	struct fence fence;
	size_t span_end; /* of the span of code that r->at is in */
};

/* "{% ... %}" or "{{ ... }}": the inside, without the dashes that trim. */
static str take_tag(str rest, size_t *length)
{
	str end = rest.ptr[1] == '%' ? STR("%}") : STR("}}"), tag;
	ptrdiff_t close = str_find(str_sub(rest, 2, LONGEST_TAG), end);

	*length = close < 0 ? 0 : (size_t)close + 4;
	if (close < 0)
		return (str){ 0 };
	tag = str_sub(rest, 2, 2 + (size_t)close);
	if (str_starts(tag, STR("-")))
		tag = str_from(tag, 1);
	if (str_ends(tag, STR("-")))
		tag.len--;
	return str_trim(tag);
}

/* What stands up to {% name %}; bytes with it, 0 when that never comes. */
static size_t find_end(struct reading *r, size_t from, str name, str *content)
{
	size_t at = from;

	while (!map_has(&r->unclosed, name) && at < r->body.len) {
		ptrdiff_t open = str_find(str_from(r->body, at), STR("{%"));
		size_t length;
		str tag;

		if (open < 0)
			break;
		at += (size_t)open;
		tag = take_tag(str_from(r->body, at), &length);
		if (length && str_eq(tag, name)) {
			*content = str_sub(r->body, from, at);
			return at + length - from;
		}
		at += 2;
	}
	map_put(&r->unclosed, name, &(bool){ false });
	return 0;
}

static str without_blank_ends(str code)
{
	while (code.len && str_trim(str_cut(code, '\n').head).len == 0 &&
		str_find_char(code, '\n') >= 0)
		code = str_cut(code, '\n').tail;
	return str_trim_end(code);
}

static void write_fence(struct reading *r, const struct attrs *t, str code)
{
	struct buf info = { .arena = r->arena };

	buf_add(&info, attrs_word(t, 0));
	for (size_t i = 0; i < t->count; i++)
		if (str_eq(t->at[i].value, STR("linenos")) ||
			str_eq(t->at[i].key, STR("linenos")))
			BUF_LIT(&info, " lines");
	html_fence(buf_str(&info), without_blank_ends(code), &r->out);
}

/* Tags with an end of their own: highlight, raw, comment. Bytes of all of it, 0 when it is
 * none. */
static size_t convert_pair(struct reading *r, const struct attrs *t, size_t length)
{
	str end = str_printf(r->arena, "end" STR_FMT, STR_ARG(t->name)), content;
	bool code = str_eq(t->name, STR("highlight")), raw = str_eq(t->name, STR("raw"));
	bool comment = str_eq(t->name, STR("comment"));
	size_t more = code || raw || comment ? find_end(r, r->at + length, end, &content) : 0;

	if (!more)
		return 0;
	if (code)
		write_fence(r, t, content);
	else if (raw)
		buf_add(&r->out, content);
	notes_add(r->notes, comment ? NOTE_LIQUID_COMMENT : NOTE_LIQUID, r->line, t->name);
	return length + more;
}

/* "2015-01-01-name" or "_posts/2015-01-01-name.md" to the file that it becomes. */
static void write_file_name(struct reading *r, str path)
{
	str stem = path_stem(path);

	buf_add(&r->out, jekyll_slug(stem.len ? stem : path, r->arena));
	BUF_LIT(&r->out, ".md");
}

static size_t convert_tag(struct reading *r, str tag, size_t length)
{
	struct attrs t;
	size_t done;

	attrs_read(tag, &t);
	done = convert_pair(r, &t, length);
	if (done)
		return done;
	if ((str_eq(t.name, STR("post_url")) || str_eq(t.name, STR("link"))) && t.count) {
		notes_add(r->notes, NOTE_LIQUID, r->line, t.name);
		write_file_name(r, attrs_word(&t, 0));
		return length;
	}
	if (!str_starts(t.name, STR("end")))
		notes_add(r->notes, NOTE_LIQUID_KEPT, r->line, t.name);
	return 0;
}

/* {{ site.baseurl }}: gen adds the base path itself. {{ "/a.css" | relative_url }} as well. */
static size_t convert_output(struct reading *r, str tag, size_t length)
{
	struct str_pair p = str_cut(tag, '|');
	str value = str_trim(p.head), filter = str_trim(p.tail);

	if (str_eq(tag, STR("site.baseurl")) || str_eq(tag, STR("site.url"))) {
		notes_add(r->notes, NOTE_LIQUID, r->line, tag);
		return length;
	}
	if ((str_eq(filter, STR("relative_url")) || str_eq(filter, STR("absolute_url"))) &&
		value.len > 2 && (value.ptr[0] == '"' || value.ptr[0] == '\'') &&
		value.ptr[value.len - 1] == value.ptr[0]) {
		notes_add(r->notes, NOTE_LIQUID, r->line, filter);
		buf_add(&r->out, str_sub(value, 1, value.len - 1));
		return length;
	}
	notes_add(r->notes, NOTE_LIQUID_KEPT, r->line, tag);
	return 0;
}

/* "{: .note }", "{:toc}" */
static size_t convert_list(struct reading *r, str rest)
{
	str line = str_cut(rest, '\n').head;
	ptrdiff_t close = str_find_char(line, '}');

	if (close < 0)
		return 0;
	notes_add(r->notes, NOTE_KRAMDOWN, r->line, str_sub(line, 0, (size_t)close + 1));
	return (size_t)close + 1;
}

/* What begins with a brace at r->at: bytes that were replaced, or 0. */
static size_t convert(struct reading *r, str rest)
{
	size_t length = 0;
	str tag;

	if (str_starts(rest, STR("{:")))
		return r->fence.mark || r->at < r->span_end ? 0 : convert_list(r, rest);
	if (!str_starts(rest, STR("{%")) && !str_starts(rest, STR("{{")))
		return 0;
	tag = take_tag(rest, &length);
	if (!length)
		return 0;
	return rest.ptr[1] == '%' ? convert_tag(r, tag, length)
				  : convert_output(r, tag, length);
}

static void step(struct reading *r)
{
	str rest = str_from(r->body, r->at);
	size_t done = convert(r, rest);

	if (!done) {
		done = str_starts(rest, STR("{{")) || str_starts(rest, STR("{%")) ? 2 : 1;
		buf_add(&r->out, str_sub(rest, 0, done));
	}
	for (size_t i = 0; i < done; i++)
		r->line += r->body.ptr[r->at + i] == '\n';
	r->at += done;
}

/* The length of a span of code, or of the ticks that begin none. */
static size_t code_span(str rest)
{
	size_t n = 0;
	ptrdiff_t end;

	while (n < rest.len && rest.ptr[n] == '`')
		n++;
	end = str_find(str_cut(str_from(rest, n), '\n').head, str_sub(rest, 0, n));
	return end < 0 ? n : n + (size_t)end + n;
}

str shortcode_liquid(str body, int first_line, struct notes *notes, struct arena *a)
{
	struct reading r = { body, 0, first_line, notes, a, { .arena = a }, { .arena = a },
		{ 0 }, 0 };
	bool line_start = true;

	while (r.at < body.len) {
		str rest = str_from(body, r.at);

		if (line_start)
			fence_step(&r.fence, str_cut(rest, '\n').head);
		line_start = false;
		if (rest.ptr[0] == '{') {
			step(&r);
			continue;
		}
		if (rest.ptr[0] == '`' && !r.fence.mark && r.at >= r.span_end)
			r.span_end = r.at + code_span(rest);
		line_start = rest.ptr[0] == '\n';
		r.line += line_start;
		buf_char(&r.out, rest.ptr[0]);
		r.at++;
	}
	return buf_str(&r.out);
}
