#include "site/example_files.h"

#include "base/path.h"
#include "blocks/record.h"
#include "content/example.h"
#include "content/program.h"
#include "content/runner.h"
#include "content/tool_version.h"
#include "highlight/language.h"
#include "output/zip.h"
#include "site/address.h"
#include "site/example_command.h"
#include "site/site.h"

enum { EXTRAS = 8 };	    /* files that are made here, at most, besides the answers of a server */

/* An example on its way to readers. */
struct parcel {
	const struct site *site;
	struct page *page;
	const struct example *example;
	const struct record *record; /* null when it does not tell what this code does */
	const struct runner *runner;
	struct command_names names;
	struct worker *worker;
	struct arena *arena;
	str folder; /* "examples/go/errors/sum/" */
	struct zip_file *files;
	size_t count;
};

/* Of several rows for a language the one that it was run with, else the first. */
static const struct runner *find_runner(const struct runners *rows, str language, str tool)
{
	const struct runner *first = NULL;

	for (size_t i = 0; i < rows->count; i++) {
		const struct runner *r = &rows->at[i];

		if (!str_eq(r->language, language))
			continue;
		if (r->label.len && str_starts(tool, r->label))
			return r;
		if (!first)
			first = r;
	}
	return first;
}

static bool answer_is_given(const struct record_answer *answer)
{
	return answer->body.size > 0 && answer->body.size == answer->body.bytes.len;
}

static str answer_name(size_t index, struct arena *a)
{
	return str_printf(a, "expected-answer-%zu.txt", index + 1);
}

static struct value request_values(const struct parcel *p)
{
	const struct example *e = p->example;
	struct value list = value_list(p->arena);

	for (size_t i = 0; i < e->request_count; i++) {
		const struct record_answer *answer =
			p->record && i < p->record->answer_count ? &p->record->answers[i] : NULL;
		struct value v = record_new(5, p->arena);

		record_str(&v, STR("command"), example_request_command(e, &e->requests[i], p->arena), p->arena);
		record_str(&v, STR("request"),
			str_printf(p->arena, STR_FMT " " STR_FMT, STR_ARG(e->requests[i].method), STR_ARG(e->requests[i].path)),
			p->arena);
		record_optional(&v, STR("status"),
			answer ? str_printf(p->arena, "%d " STR_FMT, answer->status, STR_ARG(answer->reason)) : (str){ 0 },
			p->arena);
		record_optional(&v, STR("file"), answer && answer_is_given(answer) ? answer_name(i, p->arena) : (str){ 0 },
			p->arena);
		value_push(&list, v, p->arena);
	}
	return list;
}

/* What Markdown shows as a block of code, without the last line end. */
static str indented(str text, struct arena *a)
{
	struct buf out = { .arena = a };

	while (text.len) {
		struct str_pair line = str_cut(text, '\n');

		if (line.head.len)
			BUF_LIT(&out, "    ");
		buf_add(&out, line.head);
		buf_char(&out, '\n');
		text = line.tail;
	}
	return str_trim_end(buf_str(&out));
}

static bool is_whole(const struct record_output *o)
{
	return o->size == o->bytes.len;
}

static str compare_words(const struct example *e, struct arena *a)
{
	switch (e->cmp) {
	case CMP_EXACT:
		return STR("byte for byte");
	case CMP_LINES:
		return STR("line by line, white space aside");
	case CMP_UNORDERED:
		return STR("the same lines, in any order");
	case CMP_COUNT:
		return STR("as many lines; what they say differs from run to run");
	case CMP_REGEX:
		return str_printf(a, "each run matches %.*s", STR_ARG(e->pattern));
	case CMP_NONE:
		break;
	}
	return STR("one run; another prints something else");
}

static void add_result(const struct parcel *p, struct value *v)
{
	const struct example *e = p->example;
	const struct record *r = p->record;
	struct arena *a = p->arena;

	record_bool(v, STR("recorded"), r != NULL, a);
	record_optional(v, STR("tool"), r ? r->tool : (str){ 0 }, a);
	record_optional(v, STR("date"), r ? r->date : (str){ 0 }, a);
	record_optional(v, STR("end"), r ? record_end_words(r, a) : (str){ 0 }, a);
	record_bool(v, STR("silent"), r && e->kind == EXAMPLE_RUN && r->out.size + r->err.size == 0, a);
	record_bool(v, STR("expected_output"), r && r->out.size > 0 && is_whole(&r->out) && e->kind == EXAMPLE_RUN, a);
	record_str(v, STR("compared"), compare_words(e, a), a);
	record_optional(v, STR("stderr"), r && is_whole(&r->err) ? indented(r->err.bytes, a) : (str){ 0 }, a);
}

static struct value readme_value(const struct parcel *p, str title)
{
	const struct example *e = p->example;
	struct arena *a = p->arena;
	struct value v = record_new(25, a), article = record_new(2, a), files = value_list(a);

	record_str(&article, STR("title"), p->page->meta.title, a);
	record_optional(&article, STR("canonical"), p->page->canonical, a);
	value_add(&v, STR("article"), article, a);
	record_str(&v, STR("id"), e->id, a);
	record_str(&v, STR("title"), title, a);
	record_str(&v, STR("language"), p->runner->name, a);
	record_str(&v, STR("command"), example_command(e, p->runner, p->arena), a);
	record_bool(&v, STR("is_check"), e->kind == EXAMPLE_CHECK, a);
	record_bool(&v, STR("is_server"), e->kind == EXAMPLE_SERVE, a);
	record_bool(&v, STR("fails_to_compile"), e->expect == EXPECT_COMPILE_ERROR, a);
	record_bool(&v, STR("never_ends"), e->expect == EXPECT_TIMEOUT, a);
	for (size_t i = 0; i < p->count; i++) {
		struct value file = record_new(1, a);

		record_str(&file, STR("name"), p->files[i].name, a);
		value_push(&files, file, a);
	}
	value_add(&v, STR("files"), files, a);
	value_add(&v, STR("requests"), request_values(p), a);
	add_result(p, &v);
	return v;
}

static void add_file(struct parcel *p, str name, str bytes)
{
	p->files[p->count++] = (struct zip_file){ name, bytes };
}

/* "1.26.8" -> "1.26": what go.mod says of the language. */
static str go_language(str version)
{
	struct str_pair major = str_cut(version, '.');
	str minor = str_cut(major.tail, '.').head;

	return str_sub(version, 0, major.head.len + (minor.len ? 1 + minor.len : 0));
}

static void add_go_mod(struct parcel *p)
{
	struct buf out = { .arena = p->arena };
	str version = tool_version(p->record ? p->record->tool : (str){ 0 });

	BUF_LIT(&out, "module example\n");
	if (version.len)
		buf_printf(&out, "\ngo " STR_FMT "\n", STR_ARG(go_language(version)));
	add_file(p, STR("go.mod"), buf_str(&out));
}

static void add_package_json(struct parcel *p)
{
	struct buf out = { .arena = p->arena };

	BUF_LIT(&out, "{\n  \"name\": ");
	buf_json(&out, str_lower(p->example->id, p->arena));
	BUF_LIT(&out, ",\n  \"private\": true\n}\n");
	add_file(p, STR("package.json"), buf_str(&out));
}

static bool has_file(const struct parcel *p, str name)
{
	for (size_t i = 0; i < p->count; i++)
		if (str_eq(p->files[i].name, name))
			return true;
	return false;
}

/* What the language's tool looks for beside a program. */
static void add_tool_files(struct parcel *p)
{
	const struct example *e = p->example;
	str language = e->language;

	for (size_t i = 0; i < e->lock_count; i++)
		if (!has_file(p, e->locks[i].name))
			add_file(p, e->locks[i].name, e->locks[i].bytes);

	if (str_eq(language, STR("go")) && !has_file(p, STR("go.mod")))
		add_go_mod(p);
	if ((str_eq(language, STR("javascript")) || str_eq(language, STR("typescript"))) &&
		!has_file(p, STR("package.json")))
		add_package_json(p);
}

static void add_sources(struct parcel *p)
{
	const struct example *e = p->example;

	add_file(p, p->names.file, e->program);
	for (size_t i = 0; i < e->file_count; i++)
		add_file(p, e->files[i].name, e->files[i].bytes);
	add_tool_files(p);
	if (e->input.len && !has_file(p, STR("input.txt")))
		add_file(p, STR("input.txt"), e->input);
}

static bool add_readme(struct parcel *p, str title)
{
	const struct template *t = theme_template(&p->site->theme, STR("example-readme.md"), (loc){ 0 }, &p->page->diags);
	struct value value = readme_value(p, title);
	const struct value *stack[1] = { &value };
	struct buf out = { .arena = p->arena };

	if (!t || !template_render(t, stack, 1, &out, &p->page->diags))
		return false;
	for (size_t i = 0; p->record && i < p->record->answer_count; i++)
		if (answer_is_given(&p->record->answers[i]))
			add_file(p, answer_name(i, p->arena), p->record->answers[i].body.bytes);
	if (value_truth(value_get(&value, STR("expected_output"))))
		add_file(p, STR("expected-output.txt"), p->record->out.bytes);
	add_file(p, STR("README.md"), buf_str(&out));
	return true;
}

static void put_file(struct worker *w, str path, str bytes)
{
	struct page_file *f = arena_new(&w->page, struct page_file);

	*f = (struct page_file){ path, bytes, w->files };
	w->files = f;
}

static bool put_files(struct parcel *p, str zip_path)
{
	struct buf zip = { .arena = p->arena };

	if (!zip_write(p->example->id, p->files, p->count, &zip))
		return diag_error(&p->page->diags, p->example->at, "example",
			"the files of the example \"" STR_FMT "\" are too large for a zip", STR_ARG(p->example->id));
	for (size_t i = 0; i < p->count; i++)
		put_file(p->worker, str_join(p->folder, p->files[i].name, p->arena), p->files[i].bytes);
	put_file(p->worker, zip_path, buf_str(&zip));
	return true;
}

/* "go/errors/" -> "examples/go/errors/"; the home page has no path of its own. */
static str article_folder(const struct page *p, struct arena *a)
{
	str path = p->path;

	if (str_ends(path, STR("/")))
		path.len--;
	return path.len ? str_printf(a, EXAMPLES_PATH STR_FMT "/", STR_ARG(path)) : STR(EXAMPLES_PATH "home/");
}

static void keep_fact(struct parcel *p, const struct example_address *at, str title)
{
	static const str kinds[] = { [EXAMPLE_RUN] = STR_INIT("run"), [EXAMPLE_CHECK] = STR_INIT("check"),
		[EXAMPLE_SERVE] = STR_INIT("serve") };
	struct page_facts *f = &p->page->facts;
	struct arena *kept = &p->worker->kept;

	f->example_list[f->example_list_count++] = (struct page_example){
		.id = str_copy(p->example->id, kept),
		.title = str_copy(title, kept),
		.language = str_copy(p->runner->name, kept),
		.kind = kinds[p->example->kind],
		.tool = p->record ? str_copy(p->record->tool, kept) : (str){ 0 },
		.source = str_copy(at->source, kept),
		.zip = str_copy(at->zip, kept),
	};
}

bool example_files_add(const struct site *s, struct page *page, const struct example *e, enum record_state state,
	const struct record *r, struct worker *w, struct example_address *out)
{
	struct arena *a = &w->page;
	struct parcel p = { .site = s, .page = page, .example = e, .worker = w, .arena = a,
		.record = state == RECORD_FRESH ? r : NULL };
	str above, zip, title;

	*out = (struct example_address){ .zip = { 0 } };
	p.runner = find_runner(&s->runners, e->language, p.record ? r->tool : (str){ 0 });
	if (!p.runner || e->hidden || !s->config.examples)
		return true;
	program_names(e, p.runner, &p.names, a);
	above = article_folder(page, a);
	p.folder = str_printf(a, STR_FMT STR_FMT "/", STR_ARG(above), STR_ARG(e->id));
	zip = str_printf(a, STR_FMT STR_FMT ".zip", STR_ARG(above), STR_ARG(e->id));
	*out = (struct example_address){
		.source = address_of(s->config.base_path, str_join(p.folder, p.names.file, a), a),
		.folder = address_of(s->config.base_path, p.folder, a),
		.zip = address_of(s->config.base_path, zip, a),
	};
	p.files = arena_array(a, struct zip_file, e->file_count + 1 + EXTRAS + e->request_count);
	title = e->title.len ? e->title : e->id;
	add_sources(&p);
	if (!add_readme(&p, title) || !put_files(&p, zip))
		return false;
	keep_fact(&p, out, title);
	return true;
}
