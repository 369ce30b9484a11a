/*
 * Text cases for blocks.  A file holds cases:
 *
 *     #### case: a fence with a title
 *     (Markdown)
 *     #### gives
 *     code                     the kind of each block, then its value as JSON, sorted by key
 *     {...}
 *     a.md:1:7: warning: ...   and the messages
 *
 * A case that wants only some names of the values says so: "#### gives rows verdict".
 * GOLDEN=update rewrites the expectations.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "blocks/block.h"
#include "data/json.h"

struct run {
	struct block_page page;
	struct buf *out;
	str names; /* of the values that the case looks at; empty: all */
};

static bool is_wanted(str names, str key)
{
	while (names.len > 0) {
		struct str_pair p = str_cut(names, ' ');

		if (str_eq(p.head, key))
			return true;
		names = p.tail;
	}
	return false;
}

static void write_value(struct run *r, const struct value *v)
{
	struct json_style style = { .indent = 1, .sort_keys = true };
	struct value some = value_map(r->page.arena);

	if (r->names.len == 0) {
		json_write(v, &style, r->out);
		return;
	}
	for (size_t i = 0; i < value_count(v); i++)
		if (is_wanted(r->names, v->map->at[i].key))
			value_put(&some, v->map->at[i].key, v->map->at[i].value, r->page.arena);
	json_write(&some, &style, r->out);
}

static size_t show_block(
	void *ctx, const struct markdown_block *blocks, size_t count, struct buf *html)
{
	struct run *r = ctx;
	const struct block_kind *kind;
	struct value v;
	size_t taken = block_read(&r->page, blocks, count, &kind, &v);

	(void)html;
	if (taken == 0) {
		BUF_LIT(r->out, "plain\n");
	} else if (!kind) {
		BUF_LIT(r->out, "nothing\n");
	} else {
		buf_add(r->out, kind->name);
		buf_char(r->out, '\n');
		write_value(r, &v);
		buf_char(r->out, '\n');
	}
	return taken;
}

static void run_case(str text, str names, str folder, struct buf *out)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct source src = { STR("a.md"), text };
	struct markdown_options options = { 0 };
	struct value languages = value_list(&a);
	struct run r = { .out = out, .names = names };
	struct buf html = { .arena = &a };
	struct diag_style style = { 0 };

	value_push(&languages, value_string(STR("Django")), &a);
	value_push(&languages, value_string(STR("FastAPI")), &a);
	r.page = (struct block_page){ .src = &src,
		.folder = path_join(folder, STR("site/content"), &a),
		.root = path_join(folder, STR("site"), &a),
		.languages = &languages,
		.arena = &a,
		.diags = &d };
	struct markdown *m = markdown_parse(&src, text, 1, &options, &a, &d);
	struct markdown_hooks hooks = { .ctx = &r, .block = show_block };
	if (m)
		markdown_render(m, &hooks, false, &html);
	diags_sort(&d);
	diags_print(&d, &style, out);
	arena_free(&a);
}

static str take_line(str *rest)
{
	struct str_pair p = str_cut(*rest, '\n');

	*rest = p.tail;
	return p.head;
}

static str take_until(str *rest, str mark)
{
	str begin = *rest;

	while (rest->len > 0 && !str_starts(*rest, mark))
		take_line(rest);
	return rest->len > 0 ? str_sub(begin, 0, (size_t)(rest->ptr - begin.ptr)) : begin;
}

/*
 * Each case of the file is run; `fresh` becomes the file with what came out. Returns the
 * failures.
 */
static int run_file(str text, str folder, struct buf *fresh, int *count)
{
	int failures = 0;

	buf_add(fresh, take_until(&text, STR("#### case:")));
	while (text.len > 0) {
		struct buf got = { 0 };
		str title = take_line(&text);
		str body = take_until(&text, STR("#### gives"));
		str gives = take_line(&text);
		str expected = take_until(&text, STR("#### case:"));

		run_case(body, str_trim(str_from(gives, 10)), folder, &got);
		buf_char(&got, '\n');
		if (!str_eq(expected, buf_str(&got))) {
			failures++;
			printf("FAIL %.*s\n--- expected\n%.*s--- got\n%.*s", STR_ARG(title),
				STR_ARG(expected), STR_ARG(buf_str(&got)));
		}
		buf_printf(fresh, "%.*s\n%.*s%.*s\n", STR_ARG(title), STR_ARG(body),
			STR_ARG(gives));
		buf_add(fresh, buf_str(&got));
		buf_free(&got);
		++*count;
	}
	return failures;
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct buf fresh = { 0 };
	const char *golden = getenv("GOLDEN");
	int failures = 0, count = 0;
	str text;

	markdown_start();
	if (argc != 2 || file_read(str_c(argv[1]), 0, &a, &text) != 0) {
		fprintf(stderr, "usage: blocks_spec FILE\n");
		return 2;
	}
	failures = run_file(text, path_folder(str_c(argv[1])), &fresh, &count);
	printf("%d of %d cases pass\n", count - failures, count);
	if (golden && str_eq(str_c(golden), STR("update")) && failures > 0)
		failures = file_write_atomic(str_c(argv[1]), buf_str(&fresh)) != 0;
	buf_free(&fresh);
	arena_free(&a);
	return failures ? 1 : 0;
}
