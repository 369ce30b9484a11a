/*
 * The list of what gen has put at a target.
 *
 *     gen deploy 1
 *     sum 5a6b9d10c7f3e284          of all that follows (XXH3)
 *     files 2                       sorted by path; "\" and line ends in a path are escaped
 *     5120 77c1a5f0e9b3d241 a/index.html
 *     830 - index.html              - while it is on its way: what is in it is not known
 */
#include <stdio.h>

#include "base/buf.h"
#include "base/hash.h"
#include "output/deploy_parts.h"

static bool take_line(str *rest, str *line)
{
	struct str_pair cut = str_cut(*rest, '\n');

	if (rest->len == 0 || cut.head.len == rest->len)
		return false;
	*line = cut.head;
	*rest = cut.tail;
	return true;
}

static bool take_word(str *line, str *word)
{
	struct str_pair cut = str_cut(*line, ' ');

	*word = cut.head;
	*line = cut.tail;
	return word->len > 0;
}

static bool read_hex(str s, uint64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

		if (digit < 0)
			return false;
		*out = *out << 4 | (uint64_t)digit;
	}
	return s.len == 16;
}

static bool unescape(str path, str *out, struct arena *a)
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < path.len; i++) {
		char c = path.ptr[i];

		if (c == '\\') {
			if (++i == path.len || (path.ptr[i] != 'n' && path.ptr[i] != '\\'))
				return false;
			c = path.ptr[i] == 'n' ? '\n' : '\\';
		}
		buf_char(&b, c);
	}
	*out = str_copy(buf_str(&b), a);
	return true;
}

static bool read_file(str line, struct listed_file *out, struct arena *a)
{
	str size, hash;

	if (!take_word(&line, &size) || !str_to_u64(size, &out->size) || !take_word(&line, &hash))
		return false;
	out->known = !str_eq(hash, STR("-"));
	if ((out->known && !read_hex(hash, &out->hash)) || !unescape(line, &out->path, a))
		return false;
	return manifest_path_fault(out->path, 0) == NULL;
}

static bool read_head(str *rest, uint64_t *count)
{
	str line;
	uint64_t sum;

	if (!take_line(rest, &line) || !str_eq(line, STR("gen deploy 1")) || !take_line(rest, &line) ||
		!str_starts(line, STR("sum ")) || !read_hex(str_from(line, 4), &sum) || sum != hash_64(*rest))
		return false;
	return take_line(rest, &line) && str_starts(line, STR("files ")) &&
	       str_to_u64(str_from(line, 6), count);
}

bool deploy_list_read(str text, struct deploy_list *out, struct arena *a)
{
	uint64_t count;
	str line;

	*out = (struct deploy_list){ 0 };
	/* A line has at least five bytes, so a wild count asks for no wild memory. */
	if (!read_head(&text, &count) || count > text.len / 5)
		return false;
	out->files = arena_array(a, struct listed_file, count);
	for (out->count = 0; out->count < count; out->count++) {
		struct listed_file *f = &out->files[out->count];

		if (!take_line(&text, &line) || !read_file(line, f, a) ||
			(out->count && str_cmp(f[-1].path, f->path) >= 0))
			return false;
	}
	return text.len == 0;
}

static void write_path(struct buf *out, str path)
{
	for (size_t i = 0; i < path.len; i++) {
		if (path.ptr[i] == '\n')
			BUF_LIT(out, "\\n");
		else if (path.ptr[i] == '\\')
			BUF_LIT(out, "\\\\");
		else
			buf_char(out, path.ptr[i]);
	}
	buf_char(out, '\n');
}

/* While files are on their way, those that are removed or replaced may be as they were or not. */
static bool is_in_list(const struct deploy_file *f, bool ended)
{
	return f->change != DEPLOY_REMOVED || !ended;
}

str deploy_list_write(const struct deploy *p, bool ended)
{
	struct buf body = { .arena = p->arena };
	size_t count = 0;

	for (size_t i = 0; i < p->count; i++)
		count += is_in_list(&p->files[i], ended);
	buf_printf(&body, "files %zu\n", count);
	for (size_t i = 0; i < p->count; i++) {
		const struct deploy_file *f = &p->files[i];

		if (!is_in_list(f, ended))
			continue;
		if (ended || f->change == DEPLOY_SAME)
			buf_printf(&body, "%llu %016llx ", (unsigned long long)f->size, (unsigned long long)f->hash);
		else
			buf_printf(&body, "%llu - ", (unsigned long long)f->size);
		write_path(&body, f->path);
	}
	return str_printf(p->arena, "gen deploy 1\nsum %016llx\n" STR_FMT,
		(unsigned long long)hash_64(buf_str(&body)), STR_ARG(buf_str(&body)));
}
