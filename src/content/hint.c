#include "content/hint.h"

/* A fence being open: its sign and how many of them. */
struct open_fence {
	char sign; /* 0: none */
	size_t length;
};

static size_t run_of(str line, char sign)
{
	size_t n = 0;

	while (n < line.len && line.ptr[n] == sign)
		n++;
	return n;
}

/* "- ", "12. ": its bytes, 0 when there is none. */
static size_t list_mark(str line)
{
	size_t n = 0;

	while (n < line.len && line.ptr[n] >= '0' && line.ptr[n] <= '9')
		n++;
	if (n >= line.len || !strchr(n ? ".)" : "-*+", line.ptr[n]))
		return 0;
	return n + 1 < line.len && line.ptr[n + 1] == ' ' ? n + 2 : 0;
}

/* Quotes, list marks and indentation may stand before a fence. */
static str skip_container(str line)
{
	for (;;) {
		bool blank = line.len && strchr(" \t>", line.ptr[0]);
		size_t skip = blank ? 1 : list_mark(line);

		if (skip == 0)
			return line;
		line = str_from(line, skip);
	}
}

/* The info string of a fence that opens here, with ptr null when none does. */
static str read_line(str line, struct open_fence *fence)
{
	char sign = line.len ? line.ptr[0] : 0;
	size_t length = sign == '`' || sign == '~' ? run_of(line, sign) : 0;
	str info = str_trim(str_from(line, length));

	if (length < 3)
		return (str){ 0 };
	if (!fence->sign) {
		*fence = (struct open_fence){ sign, length };
		return info.len ? info : (str){ 0 };
	}
	if (sign == fence->sign && length >= fence->length && info.len == 0)
		fence->sign = 0;
	return (str){ 0 };
}

static bool names_matrix(str info)
{
	while (info.len && (info.ptr[0] == '{' || info.ptr[0] == '.' || info.ptr[0] == ' '))
		info = str_from(info, 1);
	if (!str_starts(info, STR("matrix")))
		return false;
	info = str_from(info, strlen("matrix"));
	return info.len == 0 || strchr(" \t,{}", info.ptr[0]) != NULL;
}

bool hint_matrix(str body)
{
	struct open_fence fence = { 0 };

	if (str_find(body, STR("matrix")) < 0)
		return false;
	while (body.len) {
		struct str_pair cut = str_cut(body, '\n');
		str info = read_line(skip_container(cut.head), &fence);

		if (info.ptr && names_matrix(info))
			return true;
		body = cut.tail;
	}
	return false;
}
