#include "blocks/excerpt.h"

#include <errno.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "base/utf8.h"

enum { FILE_LIMIT = 1 << 20 };

static const char CATEGORY[] = "file";

static str real_path(str path, struct arena *a)
{
	char *real = realpath(str_cstr(path, a), NULL);
	str out = str_copy(str_c(real), a);

	free(real);
	return out;
}

static bool is_below(str path, str root)
{
	if (str_eq(root, STR("/")))
		return str_starts(path, root);
	return str_starts(path, root) && path.len > root.len && path.ptr[root.len] == '/';
}

/* Beside the article first, then from the site's root; "/x" is always from the root. */
static str resolve(const struct block_page *page, str name)
{
	str path = STR("");

	if (!str_starts(name, STR("/"))) {
		path = real_path(path_join(page->folder, name, page->arena), page->arena);
		if (path.len > 0)
			return path;
	}
	while (str_starts(name, STR("/")))
		name = str_from(name, 1);
	return real_path(path_join(page->root, name, page->arena), page->arena);
}

static int line_of(str text, size_t offset)
{
	int line = 1;

	for (size_t i = 0; i < offset; i++)
		line += text.ptr[i] == '\n';
	return line;
}

static bool check_text(struct block_page *page, str name, str text, loc at)
{
	ptrdiff_t bad = utf8_invalid(text);

	if (bad < 0)
		bad = str_find_char(text, '\0');
	if (bad < 0)
		return true;
	return diag_error(page->diags, at, CATEGORY,
		"'" STR_FMT "' is not UTF-8 text: bad byte in its line %d", STR_ARG(name),
		line_of(text, (size_t)bad));
}

static str without_returns(str text, struct arena *a)
{
	if (str_starts(text, STR("\357\273\277")))
		text = str_from(text, 3);
	if (str_find_char(text, '\r') < 0)
		return text;
	char *out = arena_alloc(a, text.len, 1);
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != '\r' || i + 1 == text.len || text.ptr[i + 1] != '\n')
			out[len++] = text.ptr[i];
	return str_new(out, len);
}

static bool say_failure(struct block_page *page, str name, loc at, int error)
{
	if (error == EFBIG)
		return diag_error(page->diags, at, CATEGORY,
			"'" STR_FMT "' is larger than 1 MB, the limit for a file in a block",
			STR_ARG(name));
	return diag_error(page->diags, at, CATEGORY, "cannot read '" STR_FMT "': %s",
		STR_ARG(name), strerror(error));
}

bool excerpt_file(struct block_page *page, str name, loc at, str *text, str *path)
{
	str root = real_path(page->root, page->arena);
	str real = resolve(page, name);

	if (real.len == 0 || root.len == 0) {
		diag_error(page->diags, at, CATEGORY, "there is no file '" STR_FMT "'",
			STR_ARG(name));
		diag_help(page->diags,
			"a path is taken from the article's folder, then from the site's root");
		return false;
	}
	if (!is_below(real, root))
		return diag_error(page->diags, at, CATEGORY,
			"'" STR_FMT "' is outside the site's folder", STR_ARG(name));
	*path = str_from(real, root.len + (str_eq(root, STR("/")) ? 0 : 1));
	int error = file_read(real, FILE_LIMIT, page->arena, text);
	if (error)
		return say_failure(page, name, at, error);
	if (page->files.kind == VALUE_NULL)
		page->files = value_list(page->arena);
	value_push(&page->files, value_string(*path), page->arena);
	*text = without_returns(*text, page->arena);
	return check_text(page, name, *text, at);
}

static bool read_number(str s, int *out)
{
	uint64_t n;

	if (!str_to_u64(s, &n) || n < 1 || n > 100000000)
		return false;
	*out = (int)n;
	return true;
}

bool excerpt_range(str s, int count, int *from, int *to)
{
	struct str_pair p = str_cut(s, '-');

	if (!read_number(str_trim(p.head), from))
		return false;
	*to = *from;
	if (str_find_char(s, '-') >= 0) {
		str end = str_trim(p.tail);

		*to = count;
		if (end.len > 0 && !read_number(end, to))
			return false;
	}
	/*
	 * An open end that lies before the beginning is beyond the last line: the caller says
	 * so.
	 */
	return *from <= *to || str_ends(str_trim(s), STR("-"));
}

static int count_lines(str text)
{
	int count = 0;

	while (text.len > 0) {
		text = str_cut(text, '\n').tail;
		count++;
	}
	return count;
}

static bool choose_lines(
	struct block_page *page, const struct fence_attr *attr, struct excerpt *out)
{
	int count = count_lines(out->code), from, to;
	str text = out->code;

	if (!excerpt_range(attr->value, count, &from, &to))
		return diag_error(page->diags, attr->value_at, CATEGORY,
			"expected lines like 2-9, got '" STR_FMT "'", STR_ARG(attr->value));
	if (to > count || from > count)
		return diag_error(page->diags, attr->value_at, CATEGORY,
			"lines=" STR_FMT ": '" STR_FMT "' has %d line%s", STR_ARG(attr->value),
			STR_ARG(out->path), count, count == 1 ? "" : "s");
	for (int i = 1; i < from; i++)
		text = str_cut(text, '\n').tail;
	str rest = text;
	for (int i = from; i <= to; i++)
		rest = str_cut(rest, '\n').tail;
	out->code = rest.len > 0 ? str_new(text.ptr, text.len - rest.len) : text;
	out->first_line = from;
	return true;
}

/* The name in "// region: name", "#region name"; what ends a region has an empty one. */
static bool read_mark(str line, str *name, bool *ends)
{
	static const str ENDS[] = { STR_INIT("endregion"), STR_INIT("end region") };
	ptrdiff_t at;

	*name = STR("");
	for (size_t i = 0; i < 2; i++) {
		*ends = str_find(line, ENDS[i]) >= 0;
		if (*ends)
			return true;
	}
	if ((at = str_find(line, STR("region:"))) >= 0)
		line = str_from(line, (size_t)at + 7);
	else if ((at = str_find(line, STR("#region "))) >= 0)
		line = str_from(line, (size_t)at + 8);
	else
		return false;
	line = str_trim(line);
	size_t len = 0;
	while (len < line.len && line.ptr[len] != ' ' && line.ptr[len] != '\t')
		len++;
	*name = str_sub(line, 0, len);
	return len > 0;
}

static bool say_no_region(
	struct block_page *page, const struct fence_attr *attr, str text, str path)
{
	str names[64], name;
	size_t count = 0;
	bool ends;

	for (str rest = text; rest.len > 0 && count < 64; rest = str_cut(rest, '\n').tail)
		if (read_mark(str_cut(rest, '\n').head, &name, &ends) && !ends)
			names[count++] = name;
	diag_error(page->diags, attr->value_at, CATEGORY,
		"'" STR_FMT "' has no region '" STR_FMT "'", STR_ARG(path),
		STR_ARG(attr->value));
	if (count > 0)
		diag_help_nearest(page->diags, attr->value, names, count);
	else
		diag_help(page->diags,
			"mark it with the comments \"region: " STR_FMT "\" and \"endregion\"",
			STR_ARG(attr->value));
	return false;
}

/* Lines between the marks, marks of regions inside left out. */
static bool choose_region(
	struct block_page *page, const struct fence_attr *attr, struct excerpt *out)
{
	struct buf code = { .arena = page->arena };
	int depth = 0, number = 0, opened = 0;
	str name;
	bool ends;

	for (str rest = out->code; rest.len > 0;) {
		struct str_pair p = str_cut(rest, '\n');
		bool mark = read_mark(p.head, &name, &ends);

		rest = p.tail;
		number++;
		if (mark && ends && depth > 0 && --depth == 0) {
			out->code = buf_str(&code);
			out->first_line = opened + 1;
			return true;
		} else if (mark && !ends && (depth > 0 || str_eq(name, attr->value))) {
			if (depth++ == 0)
				opened = number;
		} else if (depth > 0 && !mark) {
			buf_add(&code, p.head);
			buf_char(&code, '\n');
		}
	}
	if (depth == 0)
		return say_no_region(page, attr, out->code, out->path);
	return diag_error(page->diags, attr->value_at, CATEGORY,
		"the region '" STR_FMT "' of '" STR_FMT "' opens in line %d and is not closed",
		STR_ARG(attr->value), STR_ARG(out->path), opened);
}

static size_t shared_indent(str code)
{
	size_t shared = (size_t)-1;
	char kind = '\0';

	while (code.len > 0) {
		struct str_pair p = str_cut(code, '\n');
		size_t indent = 0;

		code = p.tail;
		if (str_trim(p.head).len == 0)
			continue;
		if (kind == '\0')
			kind = p.head.ptr[0];
		while (indent < p.head.len && p.head.ptr[indent] == kind &&
			(kind == ' ' || kind == '\t'))
			indent++;
		if (indent < shared)
			shared = indent;
	}
	return shared == (size_t)-1 ? 0 : shared;
}

static str unindent(str code, struct arena *a)
{
	size_t indent = shared_indent(code);
	struct buf out = { .arena = a };

	if (indent == 0)
		return code;
	buf_reserve(&out, code.len);
	while (code.len > 0) {
		struct str_pair p = str_cut(code, '\n');

		code = p.tail;
		if (str_trim(p.head).len > 0)
			buf_add(&out, str_from(p.head, indent));
		buf_char(&out, '\n');
	}
	return buf_str(&out);
}

bool excerpt_read(struct block_page *page, const struct fence *fence, struct excerpt *out)
{
	const struct fence_attr *file = fence_get(fence, STR("file"));
	const struct fence_attr *region = fence_get(fence, STR("region"));
	const struct fence_attr *lines = fence_key(fence, STR("lines"));

	out->first_line = 1;
	if (!excerpt_file(page, file->value, file->value_at, &out->code, &out->path))
		return false;
	if (region && !choose_region(page, region, out))
		return false;
	if (lines && !choose_lines(page, lines, out))
		return false;
	if (region || lines)
		out->code = unindent(out->code, page->arena);
	return true;
}
