/*
 * What this version of the library takes quadratic time for, counted before it does it.
 *
 * Each function here stands before one of the library's own (--wrap in src/CMakeLists.txt), at
 * a place where what comes is known exactly: the text of one paragraph, the head of a table.
 */
#include "markdown/running.h"

#include <string.h>

static void spend(uint64_t steps, enum parse_fault fault, int line)
{
	if (steps > running->work_left)
		running_leave(fault, line);
	running->work_left -= steps;
}

/* Inlines */

enum char_class {
	OTHER,
	DELIMITER,
	OPEN,
	CLOSE,
	LESS,
	GREATER,
	AT,
	PAREN,
	COLON,
	LETTER_W,
	ENTITY,
};

static const uint8_t class_of[256] = {
	['*'] = DELIMITER,
	['_'] = DELIMITER,
	['~'] = DELIMITER,
	['['] = OPEN,
	[']'] = CLOSE,
	['<'] = LESS,
	['>'] = GREATER,
	['@'] = AT,
	[')'] = PAREN,
	[':'] = COLON,
	['w'] = LETTER_W,
	['&'] = ENTITY,
};

/* "<?", "<!X" or "<![CDATA[" is searched for its end by each that comes before there is none.
 */
struct unclosed {
	size_t count, first;
};

struct inline_count {
	uint64_t steps;
	size_t delimiters, open, images;
	unsigned tildes;           /* bit 0: "~" was seen, bit 1: "~~" */
	size_t word, word_end, at; /* the word that was looked at last, and its @ */
	bool has_at;               /* or an entity, which may be one */
	struct unclosed instruction, declaration, cdata;
};

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/*
 * Each @ (1,000 at most), each "www." and "://" is followed to the word's end, and a URL's end
 * is sought again from each parenthesis.
 */
static void count_in_word(struct inline_count *c, str s, size_t i)
{
	if (i >= c->word_end) {
		size_t from = c->word_end;

		for (c->word = i; c->word > from && !is_space(s.ptr[c->word - 1]);)
			c->word--;
		for (c->word_end = i + 1; c->word_end < s.len && !is_space(s.ptr[c->word_end]);)
			c->word_end++;
		c->at = 0;
	}
	if (s.ptr[i] != '@' || c->at++ < 1000)
		c->steps += c->word_end - c->word;
}

/*
 * A run of tildes that finds only runs of the other length looks back for them over all
 * delimiters, as does the next.
 */
static void count_delimiter(struct inline_count *c, str s, size_t i)
{
	if (i > 0 && s.ptr[i - 1] == s.ptr[i])
		return;
	c->delimiters++;
	if (s.ptr[i] != '~')
		return;
	c->tildes |= i + 1 < s.len && s.ptr[i + 1] == '~' ? 2 : 1;
	if (c->tildes == 3)
		c->steps += c->delimiters;
}

static void add_unclosed(struct unclosed *u, size_t at)
{
	if (u->count++ == 0)
		u->first = at;
}

static void count_less(struct inline_count *c, str s, size_t i)
{
	char next = i + 1 < s.len ? s.ptr[i + 1] : 0;

	if (next == '?')
		add_unclosed(&c->instruction, i);
	else if (next == '!' && i + 2 < s.len && s.ptr[i + 2] == '[')
		add_unclosed(&c->cdata, i);
	else if (next == '!')
		add_unclosed(&c->declaration, i);
}

static void count_greater(struct inline_count *c, str s, size_t i)
{
	c->declaration.count = 0;
	if (i >= 1 && s.ptr[i - 1] == '?')
		c->instruction.count = 0;
	if (i >= 2 && s.ptr[i - 1] == ']' && s.ptr[i - 2] == ']')
		c->cdata.count = 0;
}

static uint64_t unclosed_steps(const struct unclosed *u, size_t len)
{
	return (uint64_t)u->count * (len - u->first);
}

static void count_char(struct inline_count *c, str s, size_t i)
{
	switch (class_of[(unsigned char)s.ptr[i]]) {
	case DELIMITER:
		count_delimiter(c, s, i);
		break;
	case OPEN:
		c->open++;
		if (i > 0 && s.ptr[i - 1] == '!')
			c->images++;
		break;
	case CLOSE:
		/* A link walks back over all delimiters and images that are open. */
		if (c->open)
			c->steps += c->delimiters + c->images;
		break;
	case LESS:
		count_less(c, s, i);
		break;
	case GREATER:
		count_greater(c, s, i);
		break;
	case AT:
		c->has_at = true;
		count_in_word(c, s, i);
		break;
	case ENTITY:
		c->has_at = true;
		break;
	case PAREN:
		count_in_word(c, s, i);
		break;
	case COLON:
		if (i + 1 < s.len && s.ptr[i + 1] == '/')
			count_in_word(c, s, i);
		break;
	case LETTER_W:
		if (i + 1 < s.len && s.ptr[i + 1] == 'w')
			count_in_word(c, s, i);
		break;
	}
}

static bool are_other(const char *four)
{
	const unsigned char *p = (const unsigned char *)four;

	return (class_of[p[0]] | class_of[p[1]] | class_of[p[2]] | class_of[p[3]]) == OTHER;
}

static struct inline_count count_inlines(str s)
{
	struct inline_count c = { 0 };

	for (size_t i = 0;; i++) {
		while (i + 4 <= s.len && are_other(s.ptr + i))
			i += 4;
		while (i < s.len && class_of[(unsigned char)s.ptr[i]] == OTHER)
			i++;
		if (i >= s.len)
			break;
		count_char(&c, s, i);
	}
	c.steps += unclosed_steps(&c.instruction, s.len) +
		   unclosed_steps(&c.declaration, s.len) + unclosed_steps(&c.cdata, s.len);
	return c;
}

static void check_depth(cmark_node *top, int line)
{
	int depth = 0;
	cmark_node *n = top->first_child;

	while (n) {
		if (n->first_child) {
			n = n->first_child;
			if (++depth > running->deepest_text)
				running_leave(PARSE_DEEP_TEXT, line);
			continue;
		}
		while (!n->next && n != top) {
			n = n->parent;
			depth--;
		}
		if (n == top)
			break;
		n = n->next;
	}
}

void __real_cmark_parse_inlines(
	cmark_parser *parser, cmark_node *parent, void *refmap, int options);
void __wrap_cmark_parse_inlines(
	cmark_parser *parser, cmark_node *parent, void *refmap, int options);

void __wrap_cmark_parse_inlines(
	cmark_parser *parser, cmark_node *parent, void *refmap, int options)
{
	str s = str_new((const char *)parent->content.ptr, (size_t)parent->content.size);
	struct inline_count c = count_inlines(s);

	running->line = parent->start_line;
	running->has_at |= c.has_at;
	spend(c.steps, PARSE_WORK, parent->start_line);
	__real_cmark_parse_inlines(parser, parent, refmap, options);
	if (c.delimiters + c.open > (size_t)running->deepest_text)
		check_depth(parent, parent->start_line);
}

/* Texts next to each other become one. */
static void join_text(cmark_node *first)
{
	size_t len = 0;
	char *joined, *to;

	for (cmark_node *n = first; n && n->type == CMARK_NODE_TEXT; n = n->next)
		len += (size_t)n->as.literal.len;
	joined = to = arena_mem.realloc(NULL, len + 1);
	for (cmark_node *n = first, *next; n && n->type == CMARK_NODE_TEXT; n = next) {
		str s = chunk_str(&n->as.literal);

		next = n->next;
		if (s.len)
			memcpy(to, s.ptr, s.len);
		to += s.len;
		first->end_column = n->end_column;
		if (n != first)
			cmark_node_unlink(n);
	}
	*to = '\0';
	first->as.literal = (cmark_chunk){ (unsigned char *)joined, (bufsize_t)len, 1 };
}

/* As cmark_consolidate_text_nodes(), which walks by an iterator and copies twice. */
static void join_texts(cmark_node *root)
{
	for (cmark_node *n = root; n; n = next_node(n, root))
		if (n->type == CMARK_NODE_TEXT && n->next && n->next->type == CMARK_NODE_TEXT)
			join_text(n);
}

/*
 * The first thing that is done once all inlines are parsed: from here on copies are of
 * addresses. It is done a second time, for autolinks, and then there is nothing left to do.
 */
void __wrap_cmark_consolidate_text_nodes(cmark_node *root);

void __wrap_cmark_consolidate_text_nodes(cmark_node *root)
{
	if (running->inlines_done)
		return;
	running->inlines_done = true;
	running->copies_left = running->addresses;
	running->line = 0;
	join_texts(root);
}

/* Tables */

/*
 * A line like |---| makes the library read the paragraph before it as cells, all of its lines,
 * and in each line it walks back to the last pipe.
 */
static uint64_t count_head(str s)
{
	enum { CELL = 100 }; /* steps that making a cell costs */
	uint64_t steps = s.len;
	size_t pipe = 0, line = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '|') {
			steps += CELL;
			pipe = i;
		} else if (s.ptr[i] == '\n') {
			steps += CELL + (line > pipe ? line - pipe : 0);
			line = i + 1;
		}
	}
	return steps;
}

const char *__real_cmark_node_get_string_content(cmark_node *node);
const char *__wrap_cmark_node_get_string_content(cmark_node *node);

const char *__wrap_cmark_node_get_string_content(cmark_node *node)
{
	str s = str_new((const char *)node->content.ptr, (size_t)node->content.size);

	if (running)
		spend(count_head(s), PARSE_TABLE_WORK, node->start_line);
	return __real_cmark_node_get_string_content(node);
}

cmark_node *__real_cmark_parser_add_child(
	cmark_parser *parser, cmark_node *parent, cmark_node_type type, int column);
cmark_node *__wrap_cmark_parser_add_child(
	cmark_parser *parser, cmark_node *parent, cmark_node_type type, int column);

/* Rows are filled up to the columns of the head, so a few bytes can make many cells. */
cmark_node *__wrap_cmark_parser_add_child(
	cmark_parser *parser, cmark_node *parent, cmark_node_type type, int column)
{
	if (type == node_types.cell && running->cells_left-- == 0)
		running_leave(PARSE_CELLS, cmark_parser_get_line_number(parser));
	return __real_cmark_parser_add_child(parser, parent, type, column);
}
