#include "markdown/cmark.h"

#include <setjmp.h>
#include <string.h>

#include <cmark-gfm-core-extensions.h>

#include "base/arena.h"

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

/* All of a parse that its callbacks need; they get no context. */
struct parse {
	struct arena *arena;
	size_t copies_left;
	struct copy_limits limits;
	bool inlines_done;
	cmark_llist *list, *list_end; /* the list that was appended to last */
	jmp_buf leave;
};

static _Thread_local struct parse parse; /* static, so that it survives the jump */
static _Thread_local struct parse *current; /* &parse while this thread parses */

/*
 * The library copies a link's destination and title by calloc(n, 1), wherever a reference is used.
 * Nothing needs to be freed, so a parse that copies too much is simply left.
 */
static void count_copy(size_t bytes)
{
	if (bytes > current->copies_left)
		longjmp(current->leave, 1);
	current->copies_left -= bytes;
}

/* A block is preceded by its size, for realloc. */
static void *allocate(size_t size)
{
	size_t *head = arena_alloc(current->arena, sizeof(size_t) + size, sizeof(size_t));

	*head = size;
	return head + 1;
}

static void *arena_mem_calloc(size_t count, size_t size)
{
	if (size == 1)
		count_copy(count);
	return memset(allocate(count * size), 0, count * size);
}

static void *arena_mem_realloc(void *ptr, size_t size)
{
	size_t *head = ptr;
	void *copy;

	if (!ptr)
		return allocate(size);
	head--;
	if (size <= *head)
		return ptr;
	if (arena_extend(current->arena, head, sizeof(size_t) + *head, sizeof(size_t) + size)) {
		*head = size;
		return ptr;
	}
	copy = allocate(size);
	memcpy(copy, ptr, *head);
	return copy;
}

static void arena_mem_free(void *ptr)
{
	(void)ptr;
}

static cmark_mem arena_mem = { arena_mem_calloc, arena_mem_realloc, arena_mem_free };

/*
 * Appending walks to the end of the list, which is quadratic in the columns of a table; the end
 * of the list in work is kept at hand.
 */
cmark_llist *__real_cmark_llist_append(cmark_mem *mem, cmark_llist *head, void *data);
cmark_llist *__wrap_cmark_llist_append(cmark_mem *mem, cmark_llist *head, void *data);

cmark_llist *__wrap_cmark_llist_append(cmark_mem *mem, cmark_llist *head, void *data)
{
	cmark_llist *end;

	if (!current || mem != &arena_mem)
		return __real_cmark_llist_append(mem, head, data);
	if (!head || head != current->list) {
		head = __real_cmark_llist_append(mem, head, data);
		for (end = head; end->next; end = end->next)
			;
	} else {
		end = current->list_end->next = __real_cmark_llist_append(mem, NULL, data);
	}
	current->list = head;
	current->list_end = end;
	return head;
}

/* The first thing that is done once all inlines are parsed: from here on copies are of addresses. */
void __real_cmark_consolidate_text_nodes(cmark_node *root);
void __wrap_cmark_consolidate_text_nodes(cmark_node *root);

void __wrap_cmark_consolidate_text_nodes(cmark_node *root)
{
	if (current && !current->inlines_done) {
		current->inlines_done = true;
		current->copies_left = current->limits.addresses;
	}
	__real_cmark_consolidate_text_nodes(root);
}

enum { OPTIONS = CMARK_OPT_SOURCEPOS | CMARK_OPT_FULL_INFO_STRING | CMARK_OPT_UNSAFE };

static cmark_syntax_extension *extensions_used[4];

static cmark_node *parse_text(str text, bool extensions)
{
	cmark_parser *parser = cmark_parser_new_with_mem(
		extensions ? OPTIONS | CMARK_OPT_FOOTNOTES : OPTIONS, &arena_mem);

	if (extensions)
		for (size_t i = 0; i < sizeof(extensions_used) / sizeof(*extensions_used); i++)
			cmark_parser_attach_syntax_extension(parser, extensions_used[i]);
	cmark_parser_feed(parser, text.len ? text.ptr : "", text.len);
	return cmark_parser_finish(parser);
}

enum parse_end library_parse(str text, bool extensions, const struct copy_limits *limits,
	struct arena *a, cmark_node **root)
{
	*root = NULL;
	parse = (struct parse){
		.arena = a,
		.limits = *limits,
		.copies_left = limits->references,
	};
	current = &parse;
	if (setjmp(parse.leave)) {
		current = NULL;
		return parse.inlines_done ? PARSE_TOO_MANY_ADDRESSES : PARSE_TOO_MANY_REFERENCES;
	}
	*root = parse_text(text, extensions);
	current = NULL;
	return PARSE_DONE;
}

struct node_types node_types;

static void learn_types(void)
{
	struct arena a = { 0 };
	const struct copy_limits limits = { 1000, 1000 };
	cmark_node *root;

	library_parse(STR("| ~~a~~ |\n|---|\n"), true, &limits, &a, &root);
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
	__real_cmark_inlines_add_special_character('~', true);
	__real_cmark_inlines_add_special_character(':', false);
	__real_cmark_inlines_add_special_character('w', false);
	learn_types();
}
