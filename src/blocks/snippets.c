#include "blocks/snippets.h"

#include "base/arena.h"
#include "blocks/block.h"
#include "blocks/excerpt.h"
#include "blocks/metrics.h"
#include "highlight/language.h"

static const char CATEGORY[] = "snippet";

struct snippet {
	str id;
	struct metrics metrics;
	bool hidden;
	struct snippet *next;
};

struct snippets {
	struct block_page *page;
	struct block_page quiet; /* what is wrong with a fence is said when it is shown */
	struct diags unsaid;
	struct snippet *first, **end;
	size_t count;
};

static const str METRICS[] = { STR_INIT("lines"), STR_INIT("characters"), STR_INIT("tokens"),
	STR_INIT("imports"), STR_INIT("lines of code") };

enum { METRIC_COUNT = sizeof(METRICS) / sizeof(METRICS[0]) };

static str without_newline(str code)
{
	if (str_ends(code, STR("\n")))
		code.len--;
	return code;
}

/* As code.c takes it: from the block or from a file. */
static bool read_code(
	struct snippets *s, const struct markdown_block *b, const struct fence *fence, str *code)
{
	struct excerpt excerpt = { 0 };

	*code = b->code;
	if (!fence_get(fence, STR("file")))
		return true;
	if (!excerpt_read(&s->quiet, fence, &excerpt))
		return false;
	*code = excerpt.code;
	return true;
}

static void keep_snippet(void *ctx, const struct markdown_block *b)
{
	struct snippets *s = ctx;
	struct arena *a = s->page->arena;
	const struct fence_attr *id;
	const struct language *language;
	struct fence fence;
	str code;

	if (b->kind != MARKDOWN_CODE || !b->fenced ||
		!fence_read(b->info, b->info_at, &fence, a, &s->unsaid))
		return;
	id = fence_key(&fence, STR("id"));
	if (!id || block_has_kind(fence.lang) || !read_code(s, b, &fence, &code))
		return;
	language = language_find(fence.lang);
	struct snippet *kept = arena_new(a, struct snippet);
	*kept = (struct snippet){ .id = id->value,
		.metrics = metrics_of(language ? language->slug : STR("text"), without_newline(code)),
		.hidden = fence_has(&fence, STR("hidden")) };
	*s->end = kept;
	s->end = &kept->next;
	s->count++;
}

static const struct snippet *find_snippet(struct snippets *s, str id, loc at)
{
	str *names = arena_array(s->page->arena, str, s->count);
	size_t used = 0;

	for (const struct snippet *n = s->first; n; n = n->next) {
		if (str_eq(n->id, id))
			return n;
		names[used++] = n->id;
	}
	diag_error(s->page->diags, at, CATEGORY, "there is no snippet \"" STR_FMT "\" on this page",
		STR_ARG(id));
	if (str_nearest(id, names, used).len > 0)
		diag_help_nearest(s->page->diags, id, names, used);
	else
		diag_help(s->page->diags, "a snippet is a code fence with id=" STR_FMT, STR_ARG(id));
	return NULL;
}

static size_t metric_of(const struct metrics *m, size_t which)
{
	const size_t all[METRIC_COUNT] = { m->lines, m->characters, m->tokens, m->imports, m->code_lines };

	return all[which];
}

/* "1 line", "12 lines", "3 lines of code" */
static str count_words(size_t n, str word, struct arena *a)
{
	struct str_pair words = str_cut(word, ' ');

	if (n == 1)
		words.head.len--;
	if (words.tail.len == 0)
		return str_printf(a, "%zu " STR_FMT, n, STR_ARG(words.head));
	return str_printf(a, "%zu " STR_FMT " " STR_FMT, n, STR_ARG(words.head), STR_ARG(words.tail));
}

static str say_metric(void *ctx, str text, str id, loc at, str *address)
{
	struct snippets *s = ctx;
	struct arena *a = s->page->arena;
	const struct snippet *found = find_snippet(s, id, at);

	text = str_trim(text);
	for (size_t i = 0; found && i < METRIC_COUNT; i++) {
		if (!str_eq_nocase(METRICS[i], text))
			continue;
		*address = found->hidden ? STR("") : str_join(STR("#"), id, a);
		return count_words(metric_of(&found->metrics, i), METRICS[i], a);
	}
	if (found) {
		diag_error(s->page->diags, at, CATEGORY, "a snippet has no \"" STR_FMT "\"", STR_ARG(text));
		if (str_nearest(text, METRICS, METRIC_COUNT).len > 0)
			diag_help_nearest(s->page->diags, text, METRICS, METRIC_COUNT);
		else
			diag_help(s->page->diags,
				"the text of the link is one of lines, characters, tokens, imports, lines of code");
	}
	*address = STR("");
	return text.ptr ? text : STR("");
}

void snippets_say(struct block_page *page, struct markdown *m)
{
	struct snippets s = { .page = page, .quiet = *page, .unsaid = { .arena = page->arena } };

	if (str_find(page->src->text, STR("snippet:")) < 0)
		return;
	s.end = &s.first;
	s.quiet.diags = &s.unsaid;
	markdown_blocks(m, keep_snippet, &s);
	markdown_say_links(m, STR("snippet:"), say_metric, &s);
}
