#include "markdown/tag.h"

#include <string.h>

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_name_char(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' ||
	       c == '.';
}

static str skip_space(str s)
{
	while (s.len && is_space(s.ptr[0]))
		s = str_from(s, 1);
	return s;
}

static str take_name(str *s)
{
	size_t len = 0;

	while (len < s->len && is_name_char(s->ptr[len]))
		len++;
	str name = str_sub(*s, 0, len);
	*s = str_from(*s, len);
	return name;
}

/* ="value", ='value', =value; false when it does not end. */
static bool take_value(str *s, str *value)
{
	char quote = s->len ? s->ptr[0] : 0;
	size_t len = 0;

	if (quote == '"' || quote == '\'') {
		ptrdiff_t end = str_find_char(str_from(*s, 1), quote);

		if (end < 0)
			return false;
		*value = str_sub(*s, 1, (size_t)end + 1);
		*s = str_from(*s, (size_t)end + 2);
		return true;
	}
	while (len < s->len && !is_space(s->ptr[len]) && !strchr("\"'=<>`", s->ptr[len]))
		len++;
	*value = str_sub(*s, 0, len);
	*s = str_from(*s, len);
	return len > 0;
}

bool tag_attribute(str *s, struct attribute *a)
{
	str rest = skip_space(*s), after;

	a->name = take_name(&rest);
	a->value = (str){ 0 };
	a->has_value = false;
	if (!a->name.len)
		return false;
	after = skip_space(rest);
	if (after.len && after.ptr[0] == '=') {
		rest = skip_space(str_from(after, 1));
		a->has_value = true;
		if (!take_value(&rest, &a->value))
			return false;
	}
	*s = rest;
	return true;
}

bool tag_read(str s, struct tag *t)
{
	str rest = str_from(s, 1), name;
	struct attribute a;

	t->end = rest.len && rest.ptr[0] == '/';
	if (t->end)
		rest = str_from(rest, 1);
	if (!rest.len || !is_letter(rest.ptr[0]))
		return false;
	name = take_name(&rest);
	if (name.len > sizeof(t->room))
		name.len = sizeof(t->room);
	for (size_t i = 0; i < name.len; i++)
		t->room[i] = (char)(is_letter(name.ptr[i]) ? name.ptr[i] | 0x20 : name.ptr[i]);
	t->name = str_new(t->room, name.len);
	t->attributes = rest;
	while (tag_attribute(&rest, &a))
		;
	t->attributes.len -= rest.len;
	rest = skip_space(rest);
	if (rest.len && rest.ptr[0] == '/')
		rest = str_from(rest, 1);
	if (!rest.len || rest.ptr[0] != '>')
		return false;
	t->text = str_sub(s, 0, s.len - rest.len + 1);
	return true;
}
