#include "markdown/cmark.h"

#include <string.h>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm/houdini.h>
#include <cmark-gfm/parser.h>
#include <cmark-gfm/syntax_extension.h>

#include "base/arena.h"
#include "markdown/markdown.h"
#include "markdown/running.h"

/*
 * The library's global table of special characters is set and cleared by each parse that has
 * strikethrough or autolinks attached, and read by all others meanwhile.  It is set once, by
 * library_start(); the linker sends all later calls here (--wrap in src/CMakeLists.txt).
 */
void __real_cmark_inlines_add_special_character(unsigned char c, bool emphasis);
void __wrap_cmark_inlines_add_special_character(unsigned char c, bool emphasis);
void __wrap_cmark_inlines_remove_special_character(unsigned char c, bool emphasis);

void __wrap_cmark_inlines_add_special_character(unsigned char c, bool emphasis)
{
	(void)c;
	(void)emphasis;
}

void __wrap_cmark_inlines_remove_special_character(unsigned char c, bool emphasis)
{
	(void)c;
	(void)emphasis;
}

enum {
	OPTIONS = CMARK_OPT_SOURCEPOS | CMARK_OPT_FULL_INFO_STRING | CMARK_OPT_UNSAFE,
	LINES_AT_ONCE = 8,
};

static const size_t MAX_MEMORY = (size_t)1 << 30;

_Thread_local struct running *running;

/* Not on the stack, so that what it holds survives the jump. */
static _Thread_local struct running parse;

_Noreturn void running_leave(enum parse_fault fault, int line)
{
	running->end = (struct parse_end){ fault, line };
	longjmp(running->leave, 1);
}

static struct running prepare(const struct markdown_limits *limits, struct arena *a)
{
	uint64_t side = (uint64_t)limits->brackets;

	return (struct running){
		.arena = a,
		.memory_left = MAX_MEMORY,
		.copies_left = limits->references,
		.addresses = limits->references + ((size_t)16 << 20),
		.work_left = 40 * side * side,
		.nesting_work_left = 200000 * (uint64_t)limits->nesting,
		.cells_left = limits->table_cells,
		.deepest_text = limits->brackets,
	};
}

static bool is_rule(const char *p, const char *end, char c)
{
	while (p < end && (*p == c || *p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
		p++;
	return p == end;
}

/* Containers that the markers at the start of a line may open; an upper bound. */
static int count_markers(const char *p, const char *end)
{
	int markers = 0;

	/* "* * *" and "- - -" are lines, however long. */
	if (is_rule(p, end, '*') || is_rule(p, end, '-'))
		return 0;
	for (; p < end; p++) {
		if (*p == '>' || *p == '.' || *p == ')')
			markers++;
		else if ((*p == '-' || *p == '+' || *p == '*') && p + 1 < end &&
			 (p[1] == ' ' || p[1] == '\t'))
			markers++;
		else if (*p != ' ' && *p != '\t' && (*p < '0' || *p > '9'))
			break;
	}
	return markers;
}

static int depth_of(const cmark_node *n)
{
	int depth = 0;

	for (; n->parent; n = n->parent)
		depth++;
	return depth;
}

/* An item is two blocks to the library: the list and the item. */
static void check_nesting(const cmark_parser *parser, const struct markdown_limits *limits,
	size_t lines, size_t line)
{
	uint64_t depth = (uint64_t)depth_of(parser->current);

	if (depth > 2 * (uint64_t)limits->nesting || depth * lines > running->nesting_work_left)
		running_leave(PARSE_NESTING, (int)line);
	running->nesting_work_left -= depth * lines;
}

static void check_markers(str text, const struct line_table *lines, size_t i, int limit)
{
	const char *p = text.ptr + lines->starts[i], *end = text.ptr + lines->starts[i + 1];

	if (end - p > limit && count_markers(p, end) > limit)
		running_leave(PARSE_NESTING, (int)i + 1);
}

/* A few lines at once; what the next ones cost depends on how many blocks are open. */
static void feed_lines(cmark_parser *parser, str text, const struct line_table *lines,
	const struct markdown_limits *limits)
{
	for (size_t at = 0; at < lines->count;) {
		size_t end =
			at + LINES_AT_ONCE < lines->count ? at + LINES_AT_ONCE : lines->count;

		for (size_t i = at; i < end; i++)
			check_markers(text, lines, i, limits->nesting);
		cmark_parser_feed(parser, text.ptr + lines->starts[at],
			lines->starts[end] - lines->starts[at]);
		/* So that the last line is looked at here, and not when all is finished. */
		if (end == lines->count && text.ptr[text.len - 1] != '\n')
			cmark_parser_feed(parser, "\n", 1);
		check_nesting(parser, limits, end - at, end);
		at = end;
	}
}

static cmark_syntax_extension *extensions_used[4];

/* Of autolink: links e-mail addresses in a walk over the whole tree. */
static cmark_postprocess_func link_addresses;

static cmark_node *link_addresses_if_any(
	cmark_syntax_extension *extension, cmark_parser *parser, cmark_node *root)
{
	return running->has_at ? link_addresses(extension, parser, root) : root;
}

static cmark_node *parse_text(str text, const struct line_table *lines, bool extensions,
	const struct markdown_limits *limits)
{
	/* Notes cost two walks over the tree, even where there are none. */
	bool notes = extensions && str_find(text, STR("[^")) >= 0;
	cmark_parser *parser = cmark_parser_new_with_mem(
		notes ? OPTIONS | CMARK_OPT_FOOTNOTES : OPTIONS, &arena_mem);

	if (extensions)
		for (size_t i = 0; i < sizeof(extensions_used) / sizeof(*extensions_used); i++)
			cmark_parser_attach_syntax_extension(parser, extensions_used[i]);
	feed_lines(parser, text, lines, limits);
	return cmark_parser_finish(parser);
}

struct parse_end library_parse(str text, const struct line_table *lines, bool extensions,
	const struct markdown_limits *limits, struct arena *a, cmark_node **root)
{
	*root = NULL;
	parse = prepare(limits, a);
	running = &parse;
	if (!setjmp(parse.leave))
		*root = parse_text(text, lines, extensions, limits);
	running = NULL;
	return parse.end;
}

str unescape_html(str s, struct arena *a)
{
	cmark_strbuf b = CMARK_BUF_INIT(&arena_mem);

	if (!s.len || !memchr(s.ptr, '&', s.len))
		return s.ptr ? s : STR("");
	parse = (struct running){ .arena = a, .memory_left = SIZE_MAX };
	running = &parse;
	houdini_unescape_html_f(&b, (const uint8_t *)s.ptr, (bufsize_t)s.len);
	running = NULL;
	return str_new((const char *)b.ptr, (size_t)b.size);
}

struct node_types node_types;

static void learn_types(void)
{
	static const uint32_t starts[] = { 0, 10, 16 };
	struct arena a = { 0 };
	const struct markdown_limits limits = {
		.brackets = 100, .nesting = 100, .table_cells = 100, .references = 100
	};
	cmark_node *root;

	library_parse(STR("| ~~a~~ |\n|---|\n"), &(struct line_table){ starts, NULL, 2 }, true,
		&limits, &a, &root);
	for (cmark_node *n = root; n; n = next_node(n, root)) {
		const char *name = cmark_node_get_type_string(n);

		if (strcmp(name, "table") == 0)
			node_types.table = n->type;
		else if (strcmp(name, "table_header") == 0)
			node_types.row = n->type;
		else if (strcmp(name, "table_cell") == 0)
			node_types.cell = n->type;
		else if (strcmp(name, "strikethrough") == 0)
			node_types.strikethrough = n->type;
	}
	arena_free(&a);
}

void library_start(void)
{
	static const char *const names[] = { "table", "strikethrough", "autolink", "tasklist" };

	if (extensions_used[0])
		return;
	cmark_gfm_core_extensions_ensure_registered();
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		extensions_used[i] = cmark_find_syntax_extension(names[i]);
	link_addresses = extensions_used[2]->postprocess_func;
	cmark_syntax_extension_set_postprocess_func(extensions_used[2], link_addresses_if_any);
	__real_cmark_inlines_add_special_character('~', true);
	__real_cmark_inlines_add_special_character(':', false);
	__real_cmark_inlines_add_special_character('w', false);
	learn_types();
}
