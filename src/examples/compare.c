#include "examples/compare.h"

#include <regex.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"

struct lines {
	str *at;
	size_t count;
};

/* A run of white space is one space, and there is none at the ends. */
static str squeeze(str line, struct arena *a)
{
	struct buf b = { .arena = a };

	line = str_trim(line);
	buf_reserve(&b, line.len);
	for (size_t i = 0; i < line.len; i++) {
		bool blank = line.ptr[i] == ' ' || line.ptr[i] == '\t' || line.ptr[i] == '\r';

		if (!blank)
			buf_char(&b, line.ptr[i]);
		else if (b.ptr[b.len - 1] != ' ')
			buf_char(&b, ' ');
	}
	return buf_str(&b);
}

/* Blank lines at the end do not count. */
static struct lines split(str text, struct arena *a)
{
	struct lines l = { 0 };
	size_t count = 1;

	text = str_trim_end(text);
	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == '\n';
	l.at = arena_array(a, str, count);
	while (text.len) {
		struct str_pair cut = str_cut(text, '\n');

		l.at[l.count++] = squeeze(cut.head, a);
		text = cut.tail;
	}
	return l;
}

static int by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

static void sort(struct lines *l)
{
	if (l->count)
		qsort(l->at, l->count, sizeof(l->at[0]), by_bytes);
}

static bool same_lines(const struct lines *a, const struct lines *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!str_eq(a->at[i], b->at[i]))
			return false;
	return true;
}

static bool matches(str pattern, str text, struct arena *a)
{
	regex_t compiled;
	bool fine;

	if (regcomp(&compiled, str_cstr(pattern, a), REG_EXTENDED | REG_NOSUB) != 0)
		return false;
	/* As a C string: what stands behind a NUL is not looked at. */
	fine = regexec(&compiled, str_cstr(str_trim_end(text), a), 0, NULL, 0) == 0;
	regfree(&compiled);
	return fine;
}

bool compare_outputs(enum example_cmp cmp, str pattern, str a, str b, struct arena *arena)
{
	struct lines left, right;

	switch (cmp) {
	case CMP_EXACT:
		return str_eq(a, b);
	case CMP_NONE:
		return true;
	case CMP_REGEX:
		return matches(pattern, a, arena) && matches(pattern, b, arena);
	case CMP_LINES:
	case CMP_UNORDERED:
	case CMP_COUNT:
		break;
	}
	left = split(a, arena);
	right = split(b, arena);
	if (cmp == CMP_COUNT)
		return left.count == right.count;
	if (cmp == CMP_UNORDERED) {
		sort(&left);
		sort(&right);
	}
	return same_lines(&left, &right);
}

enum example_cmp compare_strictest(str a, str b, struct arena *arena)
{
	for (int cmp = CMP_EXACT; cmp < CMP_REGEX; cmp++)
		if (compare_outputs((enum example_cmp)cmp, (str){ 0 }, a, b, arena))
			return (enum example_cmp)cmp;
	return CMP_NONE;
}

int compare_difference(str a, str b, str *line_a, str *line_b)
{
	int line = 1;

	while (a.len && b.len) {
		struct str_pair left = str_cut(a, '\n'), right = str_cut(b, '\n');

		if (!str_eq(left.head, right.head))
			break;
		a = left.tail;
		b = right.tail;
		line++;
	}
	*line_a = str_cut(a, '\n').head;
	*line_b = str_cut(b, '\n').head;
	return line;
}
