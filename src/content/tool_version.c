#include "content/tool_version.h"

#include <stddef.h>
#include <stdint.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits, and dots with a digit behind. */
static str take_number(str text, size_t from)
{
	size_t end = from;

	while (end < text.len && (is_digit(text.ptr[end]) ||
					 (text.ptr[end] == '.' && end + 1 < text.len && is_digit(text.ptr[end + 1]))))
		end++;
	return str_sub(text, from, end);
}

str tool_version(str text)
{
	str first = { 0 };

	for (size_t i = 0; i < text.len; i++) {
		str number;

		if (!is_digit(text.ptr[i]))
			continue;
		number = take_number(text, i);
		if (str_find_char(number, '.') >= 0)
			return number;
		if (first.len == 0)
			first = number;
		i += number.len;
	}
	return first;
}

bool tool_version_is(str text)
{
	return text.len > 0 && is_digit(text.ptr[0]) && take_number(text, 0).len == text.len;
}

static uint64_t next_part(str *rest)
{
	struct str_pair cut = str_cut(*rest, '.');
	uint64_t n = 0;

	*rest = cut.tail;
	return str_to_u64(cut.head, &n) ? n : UINT64_MAX;
}

int tool_version_cmp(str a, str b)
{
	while (a.len && b.len) {
		uint64_t x = next_part(&a), y = next_part(&b);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}
