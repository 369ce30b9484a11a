#include "import/attrs.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A value with or without quotes; `at` goes behind it. */
static str take_value(str text, size_t *at)
{
	char quote = *at < text.len ? text.ptr[*at] : '\0';
	size_t from = *at;

	if (quote == '"' || quote == '\'' || quote == '`') {
		from = ++*at;
		while (*at < text.len && text.ptr[*at] != quote)
			*at += text.ptr[*at] == '\\' && quote == '"' && *at + 1 < text.len ? 2
											   : 1;
		if (*at > text.len)
			*at = text.len;
		return str_sub(text, from, (*at)++);
	}
	while (*at < text.len && !is_space(text.ptr[*at]) && text.ptr[*at] != '=')
		++*at;
	return str_sub(text, from, *at);
}

void attrs_read(str text, struct attrs *out)
{
	size_t at = 0;

	*out = (struct attrs){ .count = 0 };
	text = str_trim(text);
	while (at < text.len && !is_space(text.ptr[at]))
		at++;
	out->name = str_sub(text, 0, at);
	while (at < text.len && out->count < ATTRS_MOST) {
		str word;

		if (is_space(text.ptr[at])) {
			at++;
			continue;
		}
		word = take_value(text, &at);
		out->at[out->count].key = (str){ 0 };
		if (at < text.len && text.ptr[at] == '=') {
			at++;
			out->at[out->count].key = word;
			word = take_value(text, &at);
		}
		out->at[out->count++].value = word;
	}
}

str attrs_get(const struct attrs *t, str key)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->at[i].key.len && str_eq_nocase(t->at[i].key, key))
			return t->at[i].value;
	return (str){ 0 };
}

str attrs_word(const struct attrs *t, size_t index)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->at[i].key.len == 0 && index-- == 0)
			return t->at[i].value;
	return (str){ 0 };
}
