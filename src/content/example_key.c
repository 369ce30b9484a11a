#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "content/example_parts.h"
#include "data/json.h"

/* Each part with its name and length: no two examples have the same bytes. */
static void add(struct buf *b, const char *name, str bytes)
{
	buf_printf(b, "%s %zu\n", name, bytes.len);
	buf_add(b, bytes);
	buf_char(b, '\n');
}

static void add_list(struct buf *b, const char *name, const struct str_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		add(b, name, list->at[i]);
}

static void add_options(struct buf *b, const struct example *e)
{
	buf_printf(b, "expect %d %d\ncmp %d\ntimeout %lld\nmemory %llu\n", (int)e->expect, e->exit,
		(int)e->cmp, (long long)e->timeout_ms, (unsigned long long)e->memory);
	add(b, "pattern", e->pattern);
}

static void add_requests(struct buf *b, const struct example *e)
{
	if (e->kind != EXAMPLE_SERVE) {
		add(b, "request", (str){ 0 });
		return;
	}
	for (size_t i = 0; i < e->request_count; i++) {
		const struct example_request *r = &e->requests[i];

		add(b, "request", r->method);
		add(b, "path", r->path);
		add_list(b, "header", &r->headers);
		add(b, "body", example_normalize(r->body, b->arena));
	}
	buf_printf(b, "port %d\n", e->port);
	add_list(b, "shown", &e->shown_headers);
}

/* What gen.yaml says about the language's runner. */
static void add_runner(struct buf *b, const struct value *runners, str language, struct arena *a)
{
	const struct json_style style = { .sort_keys = true };
	const struct value *runner = runners ? value_get(runners, language) : &value_none;
	struct buf json = { .arena = a };

	if (value_is_null(runner))
		return;
	json_write(runner, &style, &json);
	add(b, "runner", buf_str(&json));
}

str example_key(const struct example *e, const struct value *runners, struct arena *a)
{
	struct buf b = { .arena = a };

	buf_printf(&b, "example 1\nkind %d\n", (int)e->kind);
	add(&b, "language", e->language);
	add(&b, "program", e->program);
	for (size_t i = 0; i < e->file_count; i++) {
		add(&b, "file", e->files[i].name);
		add(&b, "bytes", example_normalize(e->files[i].bytes, a));
	}
	add_list(&b, "arg", &e->args);
	add_list(&b, "env", &e->env);
	add_list(&b, "dep", &e->deps);
	for (size_t i = 0; i < e->lock_count; i++) {
		add(&b, "lock", e->locks[i].name);
		add(&b, "bytes", e->locks[i].bytes);
	}
	add(&b, "stdin", e->input);
	add_requests(&b, e);
	add_options(&b, e);
	add_runner(&b, runners, e->language, a);
	return sha256_hex(buf_str(&b), a);
}
