/* Signs that a text was damaged on its way here: wrong encoding, lost fences. */
#include "markdown/document.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/*
 * UTF-8 that was read as Windows-1252 and saved as UTF-8 again: "â€™" for ’, "Ã©" for é, "âœ“"
 * for ✓. The first byte of a character became one of these letters, the others became signs,
 * which no word has behind such a letter.
 */
static bool is_sign(uint32_t c)
{
	static const uint32_t signs[] = { 0x20ac, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020,
		0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x017d, 0x2018, 0x2019, 0x201c,
		0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x017e,
		0x0178 };

	if (c >= 0x80 && c <= 0xbf)
		return true;
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (signs[i] == c)
			return true;
	return false;
}

/* Length of the damaged character at the head of `s`, 0 when it is sound. */
static size_t damaged_length(str s)
{
	uint32_t c[3] = { 0 };
	size_t at = 0, ends[3] = { 0 };

	for (int i = 0; i < 3 && at < s.len; i++) {
		int len;

		c[i] = utf8_decode(str_from(s, at), &len);
		at += (size_t)len;
		ends[i] = at;
	}
	/* Two bytes: the quotes and the space that may stand behind a capital letter are not
	 * counted. */
	if ((c[0] == 0xc3 || c[0] == 0xc2) && c[1] > 0xa0 && c[1] <= 0xbf && c[1] != 0xab &&
		c[1] != 0xbb)
		return ends[1];
	if ((c[0] == 0xe2 || c[0] == 0xf0) && is_sign(c[1]) && is_sign(c[2]))
		return ends[2];
	return 0;
}

static bool find_damage(str s, size_t *at, size_t *len)
{
	const char *end = s.ptr + s.len;

	/* All these letters begin with this byte. */
	for (const char *p = s.ptr; p < end; p++) {
		p = memchr(p, 0xc3, (size_t)(end - p));
		if (!p)
			return false;
		*at = (size_t)(p - s.ptr);
		*len = damaged_length(str_from(s, *at));
		if (*len)
			return true;
	}
	return false;
}

static void lint_encoding(struct markdown *m)
{
	size_t at, len;

	if (!find_damage(m->body, &at, &len))
		return;
	size_t line = 0, high = m->lines.count;

	while (high - line > 1) {
		size_t middle = line + (high - line) / 2;

		if (m->lines.starts[middle] <= at)
			line = middle;
		else
			high = middle;
	}
	diag_warn(m->diags,
		document_loc(m, (int)line + 1, (int)(at - m->lines.starts[line]) + 1),
		"encoding",
		"\"" STR_FMT "\" looks like a character that was saved in the wrong encoding",
		STR_ARG(str_sub(m->body, at, at + len)));
	diag_help(m->diags, "open the file as UTF-8 and put in the character that was meant");
}

/* Lost fences: comments of a program that became headings. */

static bool starts_with_word(str line, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_starts(line, str_c(words[i])))
			return true;
	return false;
}

/* Does a line read like the text of a program? */
static bool is_code(str line)
{
	static const char *const words[] = { "import ", "from ", "func ", "def ", "package ",
		"class ", "async ", "await ", "fn ", "let ", "const ", "var ", "return ",
		"print(", "#include", "use ", "@", "$ ", "pip ", "go ", "npm ", "for ", "if ",
		"while ", "try" };

	line = str_trim(line);
	if (!line.len || line.ptr[0] == '#')
		return false;
	if (strchr("{});(", line.ptr[line.len - 1]))
		return true;
	return starts_with_word(line, words, sizeof(words) / sizeof(*words)) ||
	       str_find(line, STR(" = ")) > 0 || str_find(line, STR(" := ")) > 0;
}

static str language_of(str line)
{
	static const char *const go[] = { "package ", "func ", "go " },
				 *const shell[] = { "$ ", "npm " }, *const c[] = { "#include" };

	line = str_trim(line);
	if (starts_with_word(line, go, 3))
		return STR("go");
	if (starts_with_word(line, c, 1))
		return STR("c");
	return starts_with_word(line, shell, 2) ? STR("console") : STR("python");
}

static void lint_headings(struct markdown *m)
{
	const struct heading *first = NULL;
	str code = { 0 };
	size_t top = 0, suspects = 0;

	for (size_t i = 0; i < m->heading_count; i++) {
		const struct heading *h = &m->headings[i];
		str next = document_line(m, h->node->start_line + 1);

		if (h->head.level != 1 || h->node->as.heading.setext)
			continue;
		top++;
		if (!is_code(next))
			continue;
		if (suspects++ == 0) {
			first = h;
			code = next;
		}
	}
	if (!first || top < 2)
		return;
	diag_warn(m->diags, document_loc(m, first->node->start_line, first->node->start_column),
		"heading",
		"this heading looks like a comment in code (%zu of %zu of level 1 do)",
		suspects, top);
	diag_help(
		m->diags, "put the code into a fence: ```" STR_FMT, STR_ARG(language_of(code)));
}

void lint_text(struct markdown *m)
{
	lint_encoding(m);
	lint_headings(m);
}
