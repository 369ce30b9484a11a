#include "site/outputs.h"

#include "base/path.h"
#include "blocks/block.h"
#include "blocks/record.h"
#include "content/example.h"
#include "content/record.h"
#include "content/terminal.h"
#include "content/tool_version.h"
#include "site/example_files.h"
#include "site/site.h"

static const char CATEGORY[] = "record";

static const str STATES[] = { [RECORD_MISSING] = STR_INIT("missing"), [RECORD_FRESH] = STR_INIT("fresh"),
	[RECORD_CHANGED] = STR_INIT("changed"), [RECORD_EDITED] = STR_INIT("edited") };

/* HTML, or null when nothing was printed. */
static struct value stream_value(const struct record_output *o, struct arena *a)
{
	struct buf html = { .arena = a };

	terminal_html(o->bytes, &html);
	return value_string_or_null(buf_str(&html));
}

/* "1.2 MB printed, the first 64 KB are shown"; null when all is shown. */
static struct value cut_value(const struct record *r, struct arena *a)
{
	const struct record_output *cut = r->out.size > r->out.bytes.len ? &r->out : &r->err;

	if (cut->size <= cut->bytes.len)
		return value_null();
	return value_string(str_printf(a, "%llu KB were printed, the first %zu KB are shown",
		(unsigned long long)(cut->size + 1023) / 1024, cut->bytes.len / 1024));
}

static struct value date_value(str iso, struct arena *a)
{
	struct value v = record_new(2, a);
	struct date date;

	if (!date_read(iso, &date))
		return value_null();
	record_str(&v, STR("iso"), iso, a);
	record_str(&v, STR("human"), date_human(&date, a), a);
	value_set_text(&v, iso);
	return v;
}

/* "exit status 2" at the start of a sentence. */
static str capital(str words, struct arena *a)
{
	char *copy = (char *)str_cstr(words, a);

	if (words.len && copy[0] >= 'a' && copy[0] <= 'z')
		copy[0] = (char)(copy[0] - 'a' + 'A');
	return str_new(copy, words.len);
}

/* "Content-Type: text/html" -> a line of text for a template. */
static struct value lines_value(const struct str_list *lines, struct arena *a)
{
	struct value list = record_list(lines->count, a);

	for (size_t i = 0; i < lines->count; i++)
		value_push(&list, value_string(lines->at[i]), a);
	return list;
}

static struct value request_value(const struct example_request *r, struct arena *a)
{
	struct value v = record_new(4, a);
	const struct record_output body = { r->body, r->body.len };

	record_str(&v, STR("line"), str_printf(a, STR_FMT " " STR_FMT, STR_ARG(r->method), STR_ARG(r->path)), a);
	value_add(&v, STR("headers"), lines_value(&r->headers, a), a);
	value_add(&v, STR("body_html"), stream_value(&body, a), a);
	return v;
}

static struct value answer_value(const struct example_request *asked, const struct record_answer *r, size_t index,
	size_t count, struct arena *a)
{
	struct value v = record_new(8, a);
	bool cut = r->body.size > r->body.bytes.len;

	value_add(&v, STR("number"), count > 1 ? value_int((int64_t)index + 1, a) : value_null(), a);
	value_add(&v, STR("request"), request_value(asked, a), a);
	record_str(&v, STR("status"), str_trim(str_printf(a, "%d " STR_FMT, r->status, STR_ARG(r->reason))), a);
	record_bool(&v, STR("failed"), r->status >= 400, a);
	value_add(&v, STR("headers"), lines_value(&r->headers, a), a);
	value_add(&v, STR("body_html"), stream_value(&r->body, a), a);
	record_optional(&v, STR("cut"),
		cut ? str_printf(a, "%llu KB were answered, the first %zu KB are shown",
			      (unsigned long long)(r->body.size + 1023) / 1024, r->body.bytes.len / 1024)
		    : (str){ 0 },
		a);
	return v;
}

static void add_answers(struct value *v, const struct example *e, const struct record *r, bool shown, struct arena *a)
{
	size_t count = shown && r->answer_count == e->request_count ? r->answer_count : 0;
	struct value list = record_list(count, a);

	for (size_t i = 0; i < count; i++)
		value_push(&list, answer_value(&e->requests[i], &r->answers[i], i, count, a), a);
	record_bool(v, STR("is_server"), e->kind == EXAMPLE_SERVE, a);
	value_add(v, STR("answers"), list, a);
}

static void add_result(struct value *v, const struct record *r, bool shown, struct arena *a)
{
	static const struct record nothing = { 0 };

	if (!shown)
		r = &nothing;
	value_add(v, STR("stdout_html"), stream_value(&r->out, a), a);
	value_add(v, STR("stderr_html"), stream_value(&r->err, a), a);
	record_bool(v, STR("silent"), r->out.size + r->err.size + r->answer_count == 0, a);
	record_bool(v, STR("has_log"), r->out.size + r->err.size > 0, a);
	value_add(v, STR("cut"), cut_value(r, a), a);
	record_optional(v, STR("end"), capital(record_end_words(r, a), a), a);
	record_optional(v, STR("tool"), r->tool, a);
	value_add(v, STR("date"), date_value(r->date, a), a);
	record_bool(v, STR("unsafe"), str_eq(r->sandbox, STR("none")), a);
}

static struct value output_value(const struct example *e, enum record_state state, const struct record *r,
	const struct example_address *at, struct arena *a)
{
	struct value v = record_new(20, a);

	record_str(&v, STR("state"), STATES[state], a);
	record_bool(&v, STR("is_fresh"), state == RECORD_FRESH, a);
	record_bool(&v, STR("is_changed"), state == RECORD_CHANGED || state == RECORD_EDITED, a);
	record_bool(&v, STR("is_missing"), state == RECORD_MISSING, a);
	record_bool(&v, STR("compiled_only"), e->kind == EXAMPLE_CHECK, a);
	record_str(&v, STR("example"), e->id, a);
	record_optional(&v, STR("source_url"), at->source, a);
	record_optional(&v, STR("zip_url"), at->zip, a);
	add_result(&v, r, state == RECORD_FRESH, a);
	add_answers(&v, e, r, state == RECORD_FRESH, a);
	return v;
}

/* A changed example is old news to the author, and wrong to the reader. */
static void say_state(const struct site *s, struct page *p, const struct example *e, enum record_state state)
{
	struct diags *d = &p->diags;
	bool check = s->options->check;

	if (state == RECORD_FRESH || (state == RECORD_MISSING && !check))
		return;
	if (state == RECORD_MISSING)
		diag_fault(d, true, e->at, CATEGORY, "the example \"" STR_FMT "\" has never been run",
			STR_ARG(e->id));
	else
		diag_fault(d, check, e->at, CATEGORY,
			state == RECORD_CHANGED ? "the example \"" STR_FMT "\" was changed since it was last run"
						: "the record of the example \"" STR_FMT "\" was edited",
			STR_ARG(e->id));
	diag_help(d, "`gen run` runs it and records what it prints");
}

/* Readers are told of the site's toolchains; a record of an older one shows something else. */
static void say_age(const struct site *s, struct page *p, const struct example *e, const struct record *r)
{
	const struct value *wanted = value_get(&s->config.toolchains, e->language);
	str found = tool_version(r->tool);

	if (value_is_null(wanted) || found.len == 0 || tool_version_cmp(found, value_str(wanted)) >= 0)
		return;
	diag_fault(&p->diags, true, e->at, CATEGORY,
		"the example \"" STR_FMT "\" was recorded with version " STR_FMT
		", older than " STR_FMT " (toolchains in gen.yaml)",
		STR_ARG(e->id), STR_ARG(found), STR_ARG(value_str(wanted)));
	diag_help(&p->diags, "`gen run --refresh` records it with what is installed");
}

static bool is_example(const struct examples *examples, str id)
{
	for (size_t i = 0; i < examples->count; i++)
		if (str_eq(examples->at[i].id, id))
			return true;
	return false;
}

static void check_orphans(struct page *p, const struct source *src, const struct examples *examples, struct arena *a)
{
	str folder = record_folder(p->meta.path, a);
	struct record_ids ids = record_names(folder, a);

	for (size_t i = 0; i < ids.count; i++) {
		if (is_example(examples, ids.at[i]))
			continue;
		diag_fault(&p->diags, true, (loc){ src, 0, 0 }, CATEGORY,
			"there is a record of \"" STR_FMT "\" in " STR_FMT ", and no such example", STR_ARG(ids.at[i]),
			STR_ARG(folder));
		diag_help(&p->diags, "`gen run` removes it");
	}
}

static enum record_state read_output(const struct site *s, struct page *p, const struct example *e, str folder,
	struct block_output *out, struct worker *w)
{
	struct arena *a = &w->page;
	struct example_address at;
	struct record r;
	enum record_state state = record_read(folder, e->id, e->key, &r, a, s->options->check ? &p->diags : NULL);

	example_files_add(s, p, e, state, &r, w, &at);
	if (s->options->check && state == RECORD_FRESH)
		say_age(s, p, e, &r);
	*out = (struct block_output){ e->at.line, output_value(e, state, &r, &at, a) };
	return state;
}

void outputs_read(const struct site *s, struct page *p, const struct source *src, struct markdown *m,
	struct block_page *blocks, struct worker *w)
{
	const struct example_place place = { .src = src, .folder = blocks->folder, .root = blocks->root,
		.runners = &s->config.runners, .registry = &s->config.registry };
	struct examples examples = { 0 };
	struct block_output *outputs;
	struct arena *a = &w->page;
	str folder;

	p->facts.examples = p->facts.example_list_count = 0;
	if (p->may_run || s->options->check)
		examples_read(m, &place, &examples, a, &p->diags);
	if (s->options->check)
		check_orphans(p, src, &examples, a);
	p->facts.left_out = examples.left_out_count;
	if (examples.count == 0)
		return;
	p->facts.example_list = arena_array(&w->kept, struct page_example, examples.count);
	folder = record_folder(p->meta.path, a);
	outputs = arena_array(a, struct block_output, examples.count);
	for (size_t i = 0; i < examples.count; i++)
		say_state(s, p, &examples.at[i], read_output(s, p, &examples.at[i], folder, &outputs[i], w));
	blocks->outputs = outputs;
	blocks->output_count = examples.count;
	p->facts.examples = examples.count;
}
