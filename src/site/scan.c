#include "site/scan.h"

#include "base/buf.h"
#include "base/utf8.h"

struct scan scan_start(str html, bool exact)
{
	return (struct scan){ .start = html.ptr, .at = html.ptr, .end = html.ptr + html.len, .exact = exact };
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static str left(const struct scan *s)
{
	return str_new(s->at, (size_t)(s->end - s->at));
}

static void skip_comment(struct scan *s)
{
	ptrdiff_t end = str_find(left(s), STR("-->"));

	s->at = end < 0 ? s->end : s->at + end + 3;
}

/* To the end tag of an element whose content is text. */
static void skip_text(struct scan *s, str name)
{
	while (s->at < s->end && (s->at = memchr(s->at, '<', (size_t)(s->end - s->at))) != NULL) {
		str rest = left(s);

		if (rest.len > name.len + 2 && rest.ptr[1] == '/' &&
			str_eq_nocase(str_sub(rest, 2, 2 + name.len), name))
			return;
		s->at++;
	}
	s->at = s->end;
}

static bool has_text(str name)
{
	static const str names[] = { STR_INIT("script"), STR_INIT("style"), STR_INIT("title"),
		STR_INIT("textarea"), STR_INIT("xmp"), STR_INIT("iframe"), STR_INIT("noembed") };

	if (name.len < 3)
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq_nocase(name, names[i]))
			return true;
	return false;
}

/* The element of the next start tag that may have something; its attributes follow. */
static bool find_tag(struct scan *s)
{
	while (s->at < s->end && (s->at = memchr(s->at, '<', (size_t)(s->end - s->at))) != NULL) {
		const char *name = s->at + 1;

		s->at = name;
		if (str_starts(left(s), STR("!--"))) {
			skip_comment(s);
			continue;
		}
		if (s->at == s->end || !is_letter(*name))
			continue;
		while (s->at < s->end && !is_space(*s->at) && *s->at != '>' && *s->at != '/')
			s->at++;
		s->element = str_new(name, (size_t)(s->at - name));
		return true;
	}
	s->at = s->end;
	return false;
}

static void end_tag(struct scan *s)
{
	str element = s->element;

	s->element = (str){ 0 };
	if (has_text(element))
		skip_text(s, element);
}

static str take_value(struct scan *s)
{
	const char *from = s->at, *end;

	if (from < s->end && (*from == '"' || *from == '\'')) {
		end = memchr(from + 1, *from, (size_t)(s->end - from - 1));
		s->at = end ? end + 1 : s->end;
		return str_new(from + 1, (size_t)((end ? end : s->end) - from - 1));
	}
	while (s->at < s->end && !is_space(*s->at) && *s->at != '>')
		s->at++;
	return str_new(from, (size_t)(s->at - from));
}

static void skip_spaces(struct scan *s)
{
	while (s->at < s->end && is_space(*s->at))
		s->at++;
}

/* An attribute of the tag; false at the tag's end, which is taken. */
static bool take_attribute(struct scan *s, str *name, str *value)
{
	const char *from;

	while (s->at < s->end && (is_space(*s->at) || *s->at == '/'))
		s->at++;
	if (s->at == s->end)
		return false;
	if (*s->at == '>') {
		s->at++;
		return false;
	}
	from = s->at++;
	while (s->at < s->end && *s->at != '=' && *s->at != '>' && *s->at != '/' && !is_space(*s->at))
		s->at++;
	*name = str_new(from, (size_t)(s->at - from));
	*value = (str){ 0 };
	skip_spaces(s);
	if (s->at < s->end && *s->at == '=') {
		s->at++;
		skip_spaces(s);
		*value = take_value(s);
	}
	return true;
}

static bool is(str name, str known)
{
	return str_eq(name, known) || str_eq_nocase(name, known);
}

/* "5; url=/there/" of a page that sends its reader on. */
static bool take_refresh(str content, struct scan_hit *out)
{
	ptrdiff_t at = str_find(content, STR("url="));

	if (at < 0)
		return false;
	*out = (struct scan_hit){ SCAN_LINK, str_from(content, (size_t)at + 4) };
	return true;
}

/* What `content` of a <meta> means is said by an attribute before it. */
static bool take_meta(const struct scan *s, str value, struct scan_hit *out)
{
	str before = str_new(s->element.ptr, (size_t)(value.ptr - s->element.ptr));

	if (str_find(before, STR("\"refresh\"")) >= 0)
		return take_refresh(value, out);
	if (str_find(before, STR("\"og:image\"")) < 0 && str_find(before, STR("\"twitter:image\"")) < 0)
		return false;
	*out = (struct scan_hit){ SCAN_ASSET, value };
	return true;
}

static bool is_link_element(str name)
{
	return (name.len == 1 && (name.ptr[0] | 32) == 'a') || str_eq_nocase(name, STR("area"));
}

static bool take(struct scan_hit *out, enum scan_kind kind, str value)
{
	*out = (struct scan_hit){ kind, value };
	return true;
}

/* By length first: most attributes are `class`. */
static bool classify(struct scan *s, str name, str value, struct scan_hit *out)
{
	switch (name.len) {
	case 2:
		return is(name, STR("id")) && take(out, SCAN_ID, value);
	case 3:
		return is(name, STR("src")) && take(out, SCAN_ASSET, value);
	case 4:
		if (is(name, STR("name")))
			return is(s->element, STR("a")) && take(out, SCAN_NAME, value);
		if (is(name, STR("data")))
			return is(s->element, STR("object")) && take(out, SCAN_ASSET, value);
		if (!is(name, STR("href")))
			return false;
		if (is(s->element, STR("base"))) {
			s->rebased = true;
			return false;
		}
		return take(out, is_link_element(s->element) ? SCAN_LINK : SCAN_ASSET, value);
	case 6:
		if (is(name, STR("srcset")))
			return take(out, SCAN_SET, value);
		if (is(name, STR("poster")))
			return take(out, SCAN_ASSET, value);
		return is(name, STR("action")) && take(out, SCAN_LINK, value);
	case 7:
		return is(name, STR("content")) && is(s->element, STR("meta")) &&
		       take_meta(s, value, out);
	case 10:
		if (is(name, STR("xlink:href")))
			return take(out, SCAN_ASSET, value);
		return is(name, STR("formaction")) && take(out, SCAN_LINK, value);
	case 11:
		return is(name, STR("imagesrcset")) && take(out, SCAN_SET, value);
	}
	return false;
}

enum { NAME_MAX_LENGTH = 12, TAG_MAX_LENGTH = 2000 };

/* Could `name` be one that matters, by length and first letter? What else stands on a page mostly could not. */
static bool is_likely(str name)
{
	char first = name.len ? (char)(name.ptr[0] | 32) : 0;

	switch (name.len) {
	case 2:
		return first == 'i';
	case 3:
		return first == 's';
	case 4:
		return first == 'h' || first == 'n' || first == 'd';
	case 6:
		return first == 's' || first == 'p' || first == 'a';
	case 7:
		return first == 'c';
	case 10:
		return first == 'x' || first == 'f';
	case 11:
		return first == 'i';
	}
	return false;
}

/* Does a name that matters end so? */
static bool is_last(char c)
{
	switch (c | 32) {
	case 'd': /* id */
	case 'f': /* href */
	case 'c': /* src */
	case 't': /* srcset, content */
	case 'e': /* name */
	case 'r': /* poster */
	case 'n': /* action */
	case 'a': /* data */
		return true;
	}
	return false;
}

/* The name of an attribute that ends before `eq`; empty when it is none that matters. */
static str name_before(const struct scan *s, const char *eq)
{
	const char *end = eq, *from;

	while (end > s->start && is_space(end[-1]))
		end--;
	if (end == s->start || !is_last(end[-1]))
		return (str){ 0 };
	for (from = end; from > s->start && end - from < NAME_MAX_LENGTH && (is_letter(from[-1]) || from[-1] == ':');)
		from--;
	if (from == s->start || !(is_space(from[-1]) || from[-1] == '"' || from[-1] == '\''))
		return (str){ 0 };
	return str_new(from, (size_t)(end - from));
}

/* The element of the tag that `name` seems to be in. */
static str element_before(const struct scan *s, const char *name)
{
	size_t room = (size_t)(name - s->start), back = room < TAG_MAX_LENGTH ? room : TAG_MAX_LENGTH, n = 0;
	const char *open = memrchr(name - back, '<', back);

	if (!open)
		return (str){ 0 };
	while (is_letter(open[1 + n]))
		n++;
	return str_new(open + 1, n);
}

static bool next_quickly(struct scan *s, struct scan_hit *out)
{
	const char *eq;

	while (s->at < s->end && (eq = memchr(s->at, '=', (size_t)(s->end - s->at))) != NULL) {
		str name, value;

		s->at = eq + 1;
		/* Nothing ends so but `class`, of which there are thousands. */
		if (eq > s->start && eq[-1] == 's')
			continue;
		name = name_before(s, eq);
		if (!is_likely(name))
			continue;
		skip_spaces(s);
		value = take_value(s);
		/* What looks like a value may be text with the next attribute in it. */
		s->at = eq + 1;
		s->element = element_before(s, name.ptr);
		if (value.ptr && classify(s, name, value, out))
			return true;
	}
	return false;
}

bool scan_next(struct scan *s, struct scan_hit *out)
{
	str name, value;

	if (!s->exact)
		return next_quickly(s, out);

	while (s->element.len || find_tag(s)) {
		while (take_attribute(s, &name, &value))
			if (value.ptr && classify(s, name, value, out))
				return true;
		end_tag(s);
	}
	return false;
}

bool scan_set_next(str *set, str *address)
{
	size_t n = 0;

	while (set->len && (is_space(set->ptr[0]) || set->ptr[0] == ','))
		*set = str_from(*set, 1);
	while (n < set->len && !is_space(set->ptr[n]))
		n++;
	*address = str_sub(*set, 0, n);
	*set = str_from(*set, n);
	if (str_ends(*address, STR(",")))
		address->len--;
	else
		*set = str_cut(*set, ',').tail;
	return address->len > 0;
}

/* "&#x27;" and the five names that writers of HTML use; 0 when it is none of them. */
static size_t read_entity(str s, uint32_t *c)
{
	static const struct {
		str name;
		char c;
	} names[] = { { STR_INIT("&amp;"), '&' }, { STR_INIT("&lt;"), '<' }, { STR_INIT("&gt;"), '>' },
		{ STR_INIT("&quot;"), '"' }, { STR_INIT("&apos;"), '\'' } };
	size_t at = 2;
	bool hex;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_starts(s, names[i].name)) {
			*c = (unsigned char)names[i].c;
			return names[i].name.len;
		}
	if (s.len < 4 || s.ptr[1] != '#')
		return 0;
	hex = (s.ptr[2] | 32) == 'x';
	*c = 0;
	for (at += hex; at < s.len && at < 10 && s.ptr[at] != ';'; at++) {
		char d = s.ptr[at];
		int digit = d >= '0' && d <= '9' ? d - '0' : hex && is_letter(d) ? (d | 32) - 'a' + 10 : 99;

		if (digit >= (hex ? 16 : 10))
			return 0;
		*c = *c * (hex ? 16 : 10) + (uint32_t)digit;
	}
	return at < s.len && s.ptr[at] == ';' && *c && *c < 0x110000 && (*c < 0xd800 || *c > 0xdfff) ? at + 1 : 0;
}

str scan_decode(str value, struct arena *a)
{
	struct buf out = { .arena = a };

	if (str_find_char(value, '&') < 0)
		return value;
	while (value.len) {
		uint32_t c;
		size_t taken = value.ptr[0] == '&' ? read_entity(value, &c) : 0;
		char bytes[4];

		if (taken)
			buf_add(&out, str_new(bytes, (size_t)utf8_encode(c, bytes)));
		else
			buf_char(&out, value.ptr[0]);
		value = str_from(value, taken ? taken : 1);
	}
	return buf_str(&out);
}
