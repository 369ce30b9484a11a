#include "import/html_parts.h"

#include "import/escape.h"

static bool starts_nocase(str s, str prefix)
{
	return s.len >= prefix.len && str_eq_nocase(str_sub(s, 0, prefix.len), prefix);
}

bool html_unsafe_address(str address, bool image)
{
	char bytes[24];
	size_t n = 0;
	str head;

	/* Browsers pass over control characters and white space in a scheme. */
	for (size_t i = 0; i < address.len && n < sizeof(bytes); i++)
		if ((unsigned char)address.ptr[i] > ' ')
			bytes[n++] = address.ptr[i];
	head = str_new(bytes, n);
	if (image && starts_nocase(head, STR("data:image/")))
		return false;
	return starts_nocase(head, STR("javascript:")) ||
	       starts_nocase(head, STR("vbscript:")) || starts_nocase(head, STR("data:")) ||
	       starts_nocase(head, STR("file:"));
}

str html_image_address(const struct html_node *n)
{
	static const str names[] = { STR_INIT("data-src"), STR_INIT("data-lazy-src"),
		STR_INIT("data-original"), STR_INIT("src") };
	str src = str_trim(html_attr(n, STR("src")));

	if (src.len && !str_starts(src, STR("data:")))
		return src;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		str address = str_trim(html_attr(n, names[i]));

		if (address.len)
			return address;
	}
	return src;
}

/* Can it stand without < and >? Parentheses must be balanced. */
static bool is_bare(str address)
{
	int depth = 0;

	for (size_t i = 0; i < address.len; i++) {
		char c = address.ptr[i];

		depth += c == '(' ? 1 : c == ')' ? -1 : 0;
		if (depth < 0 || depth > 20)
			return false;
	}
	return depth == 0 && address.len > 0 && address.ptr[0] != '<';
}

/* "&copy;" in an address would be decoded. */
static bool is_entity_at(str s, size_t at)
{
	size_t i = at + 1;

	while (i < s.len && i < at + 40 && s.ptr[i] != ';' && s.ptr[i] != '&' &&
		s.ptr[i] != '=')
		i++;
	return i > at + 1 && i < s.len && s.ptr[i] == ';';
}

static void write_address(str address, bool cell, struct buf *out)
{
	bool bare = is_bare(address);

	if (!bare)
		buf_char(out, '<');
	for (size_t i = 0; i < address.len; i++) {
		unsigned char c = (unsigned char)address.ptr[i];

		if (c <= ' ' || c == 0x7f || c == '<' || c == '>' || c == '\\' ||
			(cell && c == '|'))
			buf_printf(out, "%%%02X", c);
		else if (c == '&' && is_entity_at(address, i))
			BUF_LIT(out, "&amp;");
		else
			buf_char(out, (char)c);
	}
	if (!bare)
		buf_char(out, '>');
}

static void write_title(str title, bool cell, struct buf *out)
{
	bool space = false;

	BUF_LIT(out, " \"");
	for (size_t i = 0; i < title.len; i++) {
		char c = title.ptr[i];

		if ((unsigned char)c <= ' ') {
			space = true;
			continue;
		}
		if (space)
			buf_char(out, ' ');
		space = false;
		if (c == '"' || c == '\\' || c == '&' || (cell && c == '|'))
			buf_char(out, '\\');
		buf_char(out, c);
	}
	BUF_LIT(out, "\"");
}

void html_write_link(str text, str address, str title, bool cell, struct buf *out)
{
	BUF_LIT(out, "[");
	buf_add(out, text);
	BUF_LIT(out, "](");
	write_address(address, cell, out);
	title = str_trim(title);
	if (title.len)
		write_title(title, cell, out);
	BUF_LIT(out, ")");
}
