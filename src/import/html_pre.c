#include "import/html_parts.h"

#include "base/arena.h"
#include "highlight/language.h"

/* Words of classes that stand beside the language's name. */
static const str prefixes[] = { STR_INIT("language-"), STR_INIT("lang-"),
	STR_INIT("highlight-source-"), STR_INIT("highlight-text-"), STR_INIT("brush-") };
static const str attributes[] = { STR_INIT("data-lang"), STR_INIT("data-language"),
	STR_INIT("data-enlighter-language"), STR_INIT("lang") };

static bool is_word(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			    (c >= '0' && c <= '9') || memchr("+#._-", c, 5)))
			return false;
	}
	return s.len > 0 && s.len <= 40;
}

static bool is_no_language(str s)
{
	static const str words[] = { STR_INIT("plain"), STR_INIT("plaintext"), STR_INIT("text"),
		STR_INIT("none"), STR_INIT("raw"), STR_INIT("generic"), STR_INIT("nohighlight"),
		STR_INIT("no-highlight") };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq_nocase(words[i], s))
			return true;
	return false;
}

/* "brush: python; gutter: true" as SyntaxHighlighter has it. */
static str brush_of(str class)
{
	ptrdiff_t at = str_find(class, STR("brush:"));
	str rest = at < 0 ? (str){ 0 } : str_trim(str_from(class, (size_t)at + 6));
	size_t n = 0;

	while (n < rest.len && rest.ptr[n] != ';' && rest.ptr[n] != ' ')
		n++;
	return str_sub(rest, 0, n);
}

/* The language among the words of a class; a bare word must be known. */
static str class_language(str class, bool bare)
{
	str rest = class, brush = brush_of(class);

	if (is_word(brush))
		return brush;
	while (rest.len) {
		struct str_pair p = str_cut(str_trim_start(rest), ' ');
		str word = str_trim(p.head);

		rest = p.tail;
		for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
			str name = str_from(word, prefixes[i].len);

			if (str_starts(word, prefixes[i]) && is_word(name))
				return name;
		}
		if (bare && is_word(word) && language_find(word))
			return word;
	}
	return (str){ 0 };
}

static str node_language(const struct html_node *n)
{
	for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
		str word = str_trim(html_attr(n, attributes[i]));

		if (is_word(word) &&
			(!str_eq(attributes[i], STR("lang")) || language_find(word)))
			return word;
	}
	return class_language(
		html_attr(n, STR("class")), n->act == HTML_PRE || n->act == HTML_CODE);
}

/* From the code inside, the block, and the two elements around it. */
static str find_language(const struct html_node *n, struct arena *a)
{
	str word = { 0 };

	for (const struct html_node *c = n->first; c && !word.len; c = c->next)
		if (c->act == HTML_CODE)
			word = node_language(c);
	for (int i = 0; i < 3 && n && !word.len; i++, n = n->parent)
		if (i == 0 || n->act == HTML_BLOCK || n->act == HTML_FIGURE ||
			n->act == HTML_PRE)
			word = node_language(n);
	return is_no_language(word) ? (str){ 0 } : str_lower(word, a);
}

static size_t longest_ticks(str s)
{
	size_t best = 0, run = 0;

	for (size_t i = 0; i < s.len; i++) {
		run = s.ptr[i] == '`' ? run + 1 : 0;
		best = run > best ? run : best;
	}
	return best;
}

void html_fence(str info, str code, struct buf *out)
{
	size_t ticks = longest_ticks(code) + 1;

	if (ticks < 3)
		ticks = 3;
	for (size_t i = 0; i < ticks; i++)
		buf_char(out, '`');
	buf_add(out, info);
	buf_char(out, '\n');
	buf_add(out, code);
	if (code.len && code.ptr[code.len - 1] != '\n')
		buf_char(out, '\n');
	for (size_t i = 0; i < ticks; i++)
		buf_char(out, '`');
}

/* LF line ends, no blank lines around, no spaces at the ends of lines that are blank. */
static str clean_code(str code, struct arena *a)
{
	struct buf out = { .arena = a };
	str rest = code;

	while (rest.len) {
		struct str_pair p = str_cut(rest, '\n');

		rest = p.tail;
		if (str_trim(p.head).len)
			buf_add(&out, str_ends(p.head, STR("\r"))
					      ? str_sub(p.head, 0, p.head.len - 1)
					      : p.head);
		else if (out.len == 0)
			continue;
		buf_char(&out, '\n');
	}
	while (out.len && out.ptr[out.len - 1] == '\n')
		out.len--;
	return buf_str(&out);
}

static void note_links(struct html *h, const struct html_node *n)
{
	for (const struct html_node *c = n->first; c; c = c->next) {
		if (c->act == HTML_LINK && html_attr(c, STR("href")).len)
			notes_add(h->notes, NOTE_CODE_LINK, c->line, html_attr(c, STR("href")));
		note_links(h, c);
	}
}

void html_pre(struct html *h, const struct html_node *n, struct html_blocks *b)
{
	str code = clean_code(html_node_text(n, h->arena), h->arena);

	note_links(h, n);
	if (code.len == 0) {
		notes_add(h->notes, NOTE_EMPTY_BLOCK, n->line, n->name);
		return;
	}
	html_begin(b);
	html_fence(find_language(n, h->arena), code, &b->out);
}
