#include "site/compose.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "blocks/block.h"
#include "blocks/record.h"
#include "blocks/snippets.h"
#include "blocks/texttable.h"
#include "markdown/markdown.h"
#include "site/address.h"
#include "site/choose.h"
#include "site/exports.h"
#include "site/feed_html.h"
#include "site/json_ld.h"
#include "site/matrix_facts.h"
#include "site/model.h"
#include "site/model_compared.h"
#include "site/outputs.h"
#include "site/resolve.h"
#include "site/search_text.h"
#include "site/site.h"

enum { WORDS_A_MINUTE = 220 };

/* A page being composed. */
struct compose {
	const struct site *site;
	struct page *page;
	struct worker *worker;
	struct value value;
	struct block_page blocks;
	struct value matrix; /* the first one */
	struct value languages;
	struct exported exported;
	struct value snippets; /* a list, or null */
	bool is_home;
	bool failed;
	bool searched;	/* its words are kept */
	size_t read_to; /* bytes of the body that have been read for them */
};

/* "blocks/" and the kind's name. */
static const struct template *block_template(const struct site *s, str kind)
{
	char name[64] = "blocks/";
	size_t at = strlen(name);

	if (kind.len > sizeof(name) - at)
		return NULL;
	memcpy(name + at, kind.ptr, kind.len);
	return template_find(s->theme.set, str_new(name, at + kind.len));
}

/* `gen check` offers to make real tables of those drawn with spaces in a fence without a language. */
static void find_text_tables(struct compose *c, const struct markdown_block *block)
{
	struct texttable *tables;
	size_t count;

	if (!c->site->options->check || block->kind != MARKDOWN_CODE || str_trim(block->info).len)
		return;
	count = texttable_find(block->code, &tables, &c->worker->page);
	for (size_t i = 0; i < count; i++) {
		const struct texttable *t = &tables[i];
		struct buf head = { .arena = &c->worker->page };
		loc at = { block->at.src, block->code_line + t->head.line - 1, t->head.cols[0] };

		for (int column = 0; column < t->columns; column++)
			buf_printf(&head, "| " STR_FMT " ", STR_ARG(t->head.cells[column]));
		diag_warn(&c->page->diags, at, "table", "a table of %zu rows drawn with spaces", t->row_count);
		diag_help(&c->page->diags, "readers can sort, compare and copy a pipe table: " STR_FMT "|",
			STR_ARG(buf_str(&head)));
	}
}

/* What templates see of a piece of code outside of its block. */
static void keep_snippet(struct compose *c, const struct value *code)
{
	static const str names[] = { STR_INIT("id"), STR_INIT("language"), STR_INIT("slug"), STR_INIT("title"),
		STR_INIT("metrics") };
	struct arena *a = &c->worker->page;
	struct value v = record_new(5, a);

	for (size_t i = 0; i < 5; i++)
		value_add(&v, names[i], *value_get(code, names[i]), a);
	if (c->snippets.kind == VALUE_NULL)
		c->snippets = value_list(a);
	value_push(&c->snippets, v, a);
}

/* For index.json. */
static void keep_block(struct compose *c, str kind, const struct value *block)
{
	struct exported *e = &c->exported;
	struct value *list = str_eq(kind, STR("table")) ? &e->tables
			     : str_eq(kind, STR("matrix")) ? &e->matrices
			     : str_eq(kind, STR("bench")) ? &e->figures
			     : str_eq(kind, STR("code")) ? &e->examples
							 : NULL;
	const struct value *panels = value_get(block, STR("panels"));

	for (size_t i = 0; i < value_count(panels); i++)
		keep_block(c, STR("code"), value_at(panels, i));
	if (list == &e->examples)
		keep_snippet(c, block);
	if (!list || !exports_wanted(c->site, c->page))
		return;
	if (list->kind == VALUE_NULL)
		*list = value_list(&c->worker->page);
	value_push(list, *block, &c->worker->page);
}

/* The prose that was rendered since the last block. */
static void read_prose(struct compose *c, const struct buf *out)
{
	if (!c->searched || out != &c->worker->body)
		return;
	search_html(&c->worker->terms, str_from(buf_str(out), c->read_to));
	c->read_to = out->len;
}

static void read_blocks(struct compose *c, const struct markdown_block *blocks, size_t count,
	const struct block_kind *kind, const struct buf *out)
{
	if (!c->searched || out != &c->worker->body)
		return;
	search_blocks(&c->worker->terms, blocks, count, kind, str_from(buf_str(out), c->read_to));
	c->read_to = out->len;
}

static size_t render_block(void *ctx, const struct markdown_block *blocks, size_t count, struct buf *out)
{
	struct compose *c = ctx;
	const struct value *stack[2] = { &c->value };
	const struct block_kind *kind = NULL;
	const struct template *t;
	struct value block;
	size_t taken = block_read(&c->blocks, blocks, count, &kind, &block);

	/* Hidden blocks are taken and show nothing. */
	if (taken == 0 || !kind)
		return taken;
	find_text_tables(c, &blocks[0]);
	t = block_template(c->site, kind->name);
	if (!t) {
		diag_error(&c->page->diags, blocks[0].at, "template",
			"there is no template \"blocks/" STR_FMT "\"", STR_ARG(kind->name));
		return taken;
	}
	if (str_eq(kind->name, STR("matrix")) && value_is_null(&c->matrix))
		c->matrix = block;
	keep_block(c, kind->name, &block);
	facts_keep_block(c->site, c->page, kind->name, &block, c->worker);
	stack[1] = &block;
	read_prose(c, out);
	c->failed = !template_render(t, stack, 2, out, &c->page->diags) || c->failed;
	read_blocks(c, blocks, taken, kind, out);
	return taken;
}

static str rewrite_link(void *ctx, enum markdown_link_kind kind, str address, loc at)
{
	struct compose *c = ctx;

	return resolve_link(c->site, c->page, kind, address, at, c->worker);
}

static str put_csv(void *ctx, str id, str bytes)
{
	struct compose *c = ctx;

	return exports_put_csv(c->site, c->page, id, bytes, c->worker);
}

/* Read the text again: loading kept only its head. */
static bool read_text(struct compose *c, struct source *src)
{
	struct page *p = c->page;
	struct file_info info;
	int error = file_read_buf(p->meta.path, 0, &c->worker->text, &info);

	*src = (struct source){ p->meta.path, buf_str(&c->worker->text) };
	if (error) {
		src->text = (str){ 0 };
		return diag_error(&p->diags, (loc){ src, 0, 0 }, "file", "cannot read the article: %s",
			strerror(error));
	}
	if (info.size != p->meta.size || info.mtime_ns != p->meta.mtime_ns || src->text.len < p->meta.body) {
		diag_error(&p->diags, (loc){ src, 0, 0 }, "file", "the article was changed during the build");
		diag_help(&p->diags, "build again");
		return false;
	}
	return true;
}

/* Lists outlive the page's memory. */
static void keep_verdict(struct compose *c)
{
	const struct value *v = &c->blocks.verdict;
	struct page_facts *f = &c->page->facts;
	struct arena *kept = &c->worker->kept;

	if (value_is_null(v))
		return;
	f->has_verdict = true;
	f->winner = str_copy(value_str(value_get(v, STR("winner"))), kept);
	f->verdict = str_copy(value_str(value_get(v, STR("text"))), kept);
	f->close = value_truth(value_get(v, STR("close")));
	f->tie = value_truth(value_get(v, STR("tie")));
}

/* Files that blocks showed: what the page depends on besides its article. */
static void keep_files(struct compose *c)
{
	const struct value *files = &c->blocks.files;
	struct page_facts *f = &c->page->facts;
	struct arena *kept = &c->worker->kept;

	f->files = arena_array(kept, str, value_count(files));
	/* Blocks name them below the site's folder. */
	for (size_t i = 0; i < value_count(files); i++)
		f->files[f->file_count++] =
			str_copy(path_join(c->site->options->source, value_str(value_at(files, i)), &c->worker->page), kept);
}

/* Of letters and digits alone (FNV-1a): a copy stays one when spaces, signs or the title differ. */
static uint64_t hash_letters(str text)
{
	uint64_t hash = 0xcbf29ce484222325;

	text = str_trim(text);
	if (str_starts(text, STR("# ")))
		text = str_cut(text, '\n').tail;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80)
			hash = (hash ^ c) * 0x100000001b3;
	}
	return hash;
}

static void keep_facts(struct compose *c, struct markdown *m, str text)
{
	struct page_facts *f = &c->page->facts;

	f->words = markdown_words(m);
	f->text_hash = c->site->options->check ? hash_letters(text) : 0;
	f->minutes = (int)((f->words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE);
	if (f->minutes < 1)
		f->minutes = 1;
	f->summary = str_copy(markdown_summary(m, (size_t)c->site->config.summary_length, &c->worker->page),
		&c->worker->kept);
}

static void keep_feed_html(struct compose *c, str body)
{
	const struct page *p = c->page;
	struct buf html = { .arena = &c->worker->page };

	if (!p->fed_whole)
		return;
	feed_html_write(body, c->site->config.origin, p->url, &html);
	c->page->facts.feed_html = str_copy(buf_str(&html), &c->worker->kept);
}

static void keep_words(struct compose *c)
{
	if (!c->searched)
		return;
	read_prose(c, &c->worker->body);
	search_head(&c->worker->terms, c->page);
	c->page->facts.search = str_copy(terms_pack(&c->worker->terms, &c->worker->page), &c->worker->kept);
}

static void start_value(struct compose *c)
{
	const struct article *m = &c->page->meta;
	str kind = c->page->listed ? STR("article") : c->is_home ? STR("home") : STR("list");
	str image = m->image.len == 0 && c->page->listed && c->site->config.social_cards ? STR("card.svg") : m->image;
	const struct frame frame = { kind, m->title, m->description, c->page->path, image };

	c->value = model_frame(c->site, &frame, &c->worker->page);
	model_article(c->site, c->page, &c->page->facts, &c->value, &c->worker->page);
}

/*
 * What the page says of itself and of others before its text is read: all that it shows of the rest of the
 * site stands here, so that compose_context() knows it.
 */
static void start_page(struct compose *c)
{
	struct arena *a = &c->worker->page;

	start_value(c);
	model_neighbours(c->site, c->page, &c->value, a);
	model_sources(c->page, &c->value, a);
	model_page_pairs(c->page, &c->value, a);
	value_add(&c->value, STR("json_ld"),
		c->page->listed ? value_string(json_ld_article(
					c->site, c->page, value_str(value_get(&c->value, STR("image"))), a))
				: value_null(),
		a);
}

static struct value language_names(const struct page *p, struct arena *a)
{
	struct value list = value_list(a);

	for (size_t i = 0; i < p->language_count; i++)
		value_push(&list, value_string(p->languages[i]->name), a);
	return list;
}

static void start_blocks(struct compose *c, const struct source *src, struct markdown *m)
{
	str source = c->site->options->source;
	struct markdown_outline outline = markdown_outline(m);

	c->languages = language_names(c->page, &c->worker->page);

	c->blocks = (struct block_page){
		.src = src,
		.folder = path_folder(c->page->meta.path),
		.root = source.len ? source : STR("."),
		.params = &c->page->meta.params,
		.registry = &c->site->config.registry,
		.languages = &c->languages,
		.arena = &c->worker->page,
		.diags = &c->page->diags,
		.link = rewrite_link,
		.link_ctx = c,
		.draws = true,
		.csv = exports_wanted(c->site, c->page) ? put_csv : NULL,
	};
	for (size_t i = 0; i < outline.count; i++)
		block_claim_id(&c->blocks, outline.headings[i].id, (loc){ src, outline.headings[i].line, 0 });
}

static str json_url(struct compose *c)
{
	struct arena *a = &c->worker->page;
	str path = exports_index(c->site, c->page, a);

	return path.len ? address_of(c->site->config.base_path, path, a) : path;
}

static void finish_value(struct compose *c, struct markdown *m, str body)
{
	struct arena *a = &c->worker->page;
	const struct article *meta = &c->page->meta;
	struct markdown_outline outline = markdown_outline(m);
	bool toc = meta->toc < 0 ? c->site->config.toc : meta->toc > 0;

	keep_verdict(c);
	keep_files(c);
	keep_feed_html(c, body);
	if (c->page->facts.has_verdict)
		value_put(&c->value, STR("verdict"), choose_verdict(&c->blocks.verdict, &c->matrix, a), a);
	model_toc(&outline, toc, &c->value, a);
	value_add(&c->value, STR("has_code"), value_bool(c->blocks.codes > 0), a);
	value_add(&c->value, STR("has_matrix"), value_bool(c->blocks.matrices > 0), a);
	value_add(&c->value, STR("has_table"), value_bool(c->blocks.tables > 0), a);
	value_add(&c->value, STR("content"), value_string(body), a);
	model_put_list(&c->value, STR("snippets"), c->snippets.kind == VALUE_NULL ? value_list(a) : c->snippets, a);
	value_add(&c->value, STR("json_url"), value_string_or_null(json_url(c)), a);
	exports_put_index(c->site, c->page, &c->value, &c->exported, c->worker);
}

bool compose_value(const struct site *s, struct page *p, struct worker *w, struct value *out)
{
	struct compose c = { .site = s, .page = p, .worker = w, .is_home = p == s->home };
	const struct markdown_options options = { .html = s->config.html, .limits = s->config.markdown };
	const struct markdown_hooks hooks = { &c, render_block, rewrite_link };
	size_t errors = p->diags.errors - p->diags.gates;
	struct source src;
	struct markdown *m;

	p->facts = (struct page_facts){ 0 };
	buf_clear(&w->body);
	terms_clear(&w->terms);
	w->files = NULL;
	w->places = NULL;
	c.searched = s->config.search && p->listed && !p->meta.unsearched;
	if (!read_text(&c, &src))
		return false;
	m = markdown_parse(&src, str_from(src.text, p->meta.body), p->meta.body_line, &options, &w->page,
		&p->diags);
	if (!m)
		return false;
	start_blocks(&c, &src, m);
	snippets_say(&c.blocks, m);
	keep_facts(&c, m, str_from(src.text, p->meta.body));
	start_page(&c);
	outputs_read(s, p, &src, m, &c.blocks, w);
	markdown_render(m, &hooks, markdown_title(m) != NULL, &w->body);
	keep_words(&c);
	finish_value(&c, m, buf_str(&w->body));
	*out = c.value;
	return !c.failed && p->diags.errors - p->diags.gates == errors;
}

struct value compose_context(const struct site *s, struct page *p, struct worker *w)
{
	struct page bare = *p;
	struct compose c = { .site = s, .page = &bare, .worker = w, .is_home = p == s->home };

	bare.facts = (struct page_facts){ 0 };
	start_page(&c);
	return c.value;
}

bool compose_page(const struct site *s, struct page *p, struct worker *w)
{
	struct value value;
	const struct value *stack[1] = { &value };
	bool fine = compose_value(s, p, w, &value);

	buf_clear(&w->out);
	fine = fine && template_render(p->template, stack, 1, &w->out, &p->diags);
	if (fine)
		rendered_read(s, p->path, buf_str(&w->out), w, &p->facts.rendered);
	return fine;
}
