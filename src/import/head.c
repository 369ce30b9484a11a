#include "import/head.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/utf8.h"

enum { FLOW_BYTES = 100 };

/* Words that YAML 1.1 or 1.2 take for something else than text. */
static bool is_word_of_yaml(str s)
{
	static const str words[] = { STR_INIT("null"), STR_INIT("true"), STR_INIT("false"),
		STR_INIT("yes"), STR_INIT("no"), STR_INIT("on"), STR_INIT("off"), STR_INIT("y"),
		STR_INIT("n") };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq_nocase(s, words[i]))
			return true;
	return false;
}

/* A date of gen is a plain text in YAML 1.2. */
static bool is_date(str s)
{
	struct date d;

	return date_read(s, &d) && s.ptr[s.len - 1] != ' ' && s.ptr[0] != ' ';
}

/* C1 controls, the byte order mark, and what YAML takes for line ends. */
static bool is_hidden(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0x2028 || c == 0x2029 ||
	       c == 0xfeff || c == 0xfffe || c == 0xffff;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xc3;
}

static bool is_plain_char(uint32_t c)
{
	if (c >= 0x80)
		return !is_hidden(c);
	return is_letter((char)c) || (c >= '0' && c <= '9') ||
	       memchr("-_./ +();!?'=~&", (int)c, 15);
}

/* Can it stand without quotes? It must begin like a word or an address, and never look like a
 * mark of YAML. */
static bool is_plain(str s)
{
	if (is_date(s))
		return true;
	if (s.len == 0 || is_word_of_yaml(s) || !(is_letter(s.ptr[0]) || s.ptr[0] == '/') ||
		s.ptr[s.len - 1] == ' ')
		return false;
	while (s.len) {
		int len;

		if (!is_plain_char(utf8_decode(s, &len)))
			return false;
		s = str_from(s, (size_t)len);
	}
	return true;
}

static void write_quoted(str s, struct buf *out)
{
	buf_char(out, '"');
	while (s.len) {
		int len;
		uint32_t c = utf8_decode(s, &len);

		if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", (int)c);
		else if (c == '\n')
			BUF_LIT(out, "\\n");
		else if (c == '\t')
			BUF_LIT(out, "\\t");
		else if (c == 0)
			BUF_LIT(out, "\xEF\xBF\xBD"); /* YAML has no NUL */
		else if (is_hidden(c))
			buf_printf(out, "\\u%04X", (unsigned)c);
		else
			buf_add(out, str_sub(s, 0, (size_t)len));
		s = str_from(s, (size_t)len);
	}
	buf_char(out, '"');
}

static void write_string(str s, struct buf *out)
{
	if (is_plain(s))
		buf_add(out, s);
	else
		write_quoted(s, out);
}

static void write_scalar(const struct value *v, struct buf *out)
{
	if (v->kind == VALUE_STRING)
		write_string(v->s, out);
	else if (v->kind == VALUE_NULL)
		BUF_LIT(out, "null");
	else if (v->kind == VALUE_BOOL)
		buf_add(out, v->b ? STR("true") : STR("false"));
	else
		buf_add(out, value_str(v));
}

static bool is_scalar(const struct value *v)
{
	return v->kind != VALUE_LIST && v->kind != VALUE_MAP;
}

/* A short list of scalars stands on one line. */
static bool fits_line(const struct value *list)
{
	size_t bytes = 0;

	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *v = value_at(list, i);

		if (!is_scalar(v))
			return false;
		bytes += value_str(v).len + 2;
	}
	return bytes <= FLOW_BYTES;
}

static void write_flow(const struct value *list, struct buf *out)
{
	BUF_LIT(out, " [");
	for (size_t i = 0; i < value_count(list); i++) {
		if (i)
			BUF_LIT(out, ", ");
		write_scalar(value_at(list, i), out);
	}
	BUF_LIT(out, "]");
}

static void indent(struct buf *out, int depth)
{
	for (int i = 0; i < depth; i++)
		BUF_LIT(out, "  ");
}

static bool write_value(const struct value *v, int depth, struct buf *out);

/* The entries of a map; the first one stands behind what is there already, when `inside` a
 * list. */
static bool write_entries(const struct value *map, int depth, bool inside, struct buf *out)
{
	for (size_t i = 0; i < value_count(map); i++) {
		const struct value_entry *e = &map->map->at[i];

		if (i == 0 && inside) {
			buf_char(out, ' ');
		} else {
			buf_char(out, '\n');
			indent(out, depth);
		}
		write_string(e->key, out);
		BUF_LIT(out, ":");
		if (!write_value(&e->value, depth + 1, out))
			return false;
	}
	return true;
}

static bool write_list(const struct value *list, int depth, struct buf *out)
{
	if (fits_line(list)) {
		write_flow(list, out);
		return true;
	}
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *v = value_at(list, i);

		buf_char(out, '\n');
		indent(out, depth);
		BUF_LIT(out, "-");
		if (v->kind == VALUE_MAP && value_count(v) && depth < HEAD_DEPTH) {
			if (!write_entries(v, depth + 1, true, out))
				return false;
		} else if (!write_value(v, depth + 1, out)) {
			return false;
		}
	}
	return true;
}

static bool write_map(const struct value *map, int depth, struct buf *out)
{
	if (value_count(map) == 0)
		BUF_LIT(out, " {}");
	return write_entries(map, depth, false, out);
}

/* Behind "key:" or "-". */
static bool write_value(const struct value *v, int depth, struct buf *out)
{
	if (depth > HEAD_DEPTH)
		return false;
	if (v->kind == VALUE_LIST)
		return write_list(v, depth, out);
	if (v->kind == VALUE_MAP)
		return write_map(v, depth, out);
	buf_char(out, ' ');
	write_scalar(v, out);
	return true;
}

bool head_write(const struct value *map, struct buf *out)
{
	for (size_t i = 0; i < value_count(map); i++) {
		const struct value_entry *e = &map->map->at[i];

		if (value_is_null(&e->value))
			continue;
		write_string(e->key, out);
		BUF_LIT(out, ":");
		if (!write_value(&e->value, 1, out))
			return false;
		buf_char(out, '\n');
	}
	return true;
}
