#include "site/search.h"

#include "base/hash.h"
#include "base/pool.h"
#include "site/address.h"
#include "site/search_part.h"
#include "site/search_text.h"
#include "site/site.h"

enum {
	SEARCH_FORMAT = 1,
	ONE_FILE = 256 << 10,	  /* bytes of packed words that still make one file */
	PART_WHOLE = 192 << 10,	  /* the same of a region that is not divided */
	DOCS_EACH = 32,		  /* titles in one file, at least */
	DOCS_FILES = 1024,	  /* files of titles, at most */
	NAME_MAX_LEN = 9,	  /* eight digits of a hash, and '-' */
	SNIPPET = 180,		  /* bytes of the text below a title, about */
	MOST_GUESSES = 20000,	  /* words that a mistyped one may have meant */
	MEMORY = 4 << 20,
};

/* What names a part: all that its bytes depend on. */
struct region {
	uint64_t hash;
	size_t bytes;
	bool divided; /* by the second letter */
	char name[NAME_MAX_LEN + 1];
};

struct indexing {
	const struct site *site;
	const struct search_sink *sink; /* may be null */
	struct arena *arena;
	const struct page **docs; /* newest first */
	size_t doc_count, each, files;
	size_t bytes; /* of all packed words */
	struct region regions[TERM_REGIONS];
	char (*titles)[8]; /* names of the files of titles */
	char guesses[8];
};

/* "search/t-1f3b2c4d-e.json" */
static const char keys[] = "_abcdefghijklmnopqrstuvwxyz0123456789";

static void print_hash(char out[8], uint64_t hash)
{
	for (int i = 0; i < 8; i++)
		out[i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
}

static void choose_docs(struct indexing *x)
{
	const struct site *s = x->site;

	x->docs = arena_array(x->arena, const struct page *, s->article_count);
	for (size_t i = 0; i < s->article_count; i++) {
		const struct page *p = s->dated[i];

		if (p->meta.unsearched)
			continue;
		x->docs[x->doc_count++] = p;
		x->bytes += p->facts.search.len;
	}
	x->each = DOCS_EACH;
	while (x->each * DOCS_FILES < x->doc_count)
		x->each *= 2;
	x->files = (x->doc_count + x->each - 1) / x->each;
}

/* Titles */

/* At a word, with an ellipsis. */
static str cut_text(str text, struct arena *a)
{
	size_t end = SNIPPET;

	if (text.len <= SNIPPET)
		return text;
	while (end > SNIPPET / 2 && text.ptr[end] != ' ')
		end--;
	while (end && ((unsigned char)text.ptr[end] & 0xc0) == 0x80)
		end--;
	return str_join(str_sub(text, 0, end), STR("…"), a);
}

/* ["Title", "its/address/", "What it is about."] */
static void add_doc(const struct indexing *x, const struct page *p, struct arena *a, struct buf *out)
{
	str about = p->meta.description.len ? p->meta.description
		    : p->meta.summary.len   ? p->meta.summary
					    : p->facts.summary;

	buf_char(out, '[');
	buf_json(out, p->meta.title);
	buf_char(out, ',');
	buf_json(out, str_from(p->url, x->site->config.base_path.len));
	buf_char(out, ',');
	buf_json(out, cut_text(about, a));
	buf_char(out, ']');
}

static void add_docs(
	const struct indexing *x, size_t from, size_t to, struct arena *a, struct buf *out)
{
	buf_char(out, '[');
	for (size_t i = from; i < to && i < x->doc_count; i++) {
		if (i > from)
			BUF_LIT(out, ",\n");
		add_doc(x, x->docs[i], a, out);
	}
	buf_char(out, ']');
}

static void put_file(const struct indexing *x, str path, str bytes)
{
	if (x->sink)
		x->sink->put(x->sink->ctx, path, bytes);
}

static void make_titles(struct indexing *x, size_t file, struct worker *w)
{
	struct buf *out = &w->out;

	buf_clear(out);
	add_docs(x, file * x->each, (file + 1) * x->each, &w->page, out);
	print_hash(x->titles[file], hash_64(buf_str(out)));
	put_file(x, str_printf(&w->page, "search/d-%.8s.json", x->titles[file]), buf_str(out));
}

/* Words */

static void hash_regions(struct indexing *x)
{
	uint64_t seed = hash_64_seed(STR("gen search"), SEARCH_FORMAT);

	for (int r = 0; r < TERM_REGIONS; r++)
		x->regions[r].hash = hash_64_seed(str_new((const char *)&x->doc_count, sizeof(x->doc_count)), seed + (uint64_t)r);
	for (size_t i = 0; i < x->doc_count; i++) {
		str parts[TERM_REGIONS];

		terms_regions(x->docs[i]->facts.search, parts);
		for (int r = 0; r < TERM_REGIONS; r++) {
			if (parts[r].len == 0)
				continue;
			x->regions[r].bytes += parts[r].len;
			x->regions[r].hash = hash_64_seed(parts[r], x->regions[r].hash + i);
		}
	}
	for (int r = 0; r < TERM_REGIONS; r++) {
		struct region *region = &x->regions[r];

		region->divided = region->bytes > PART_WHOLE;
		print_hash(region->name, region->hash);
		region->name[8] = region->divided ? '-' : 0;
	}
}

static str part_path(const struct region *region, char key, struct arena *a)
{
	if (!region->divided)
		return str_printf(a, "search/t-%s.json", region->name);
	return str_printf(a, "search/t-%s%c.json", region->name, key);
}

static void read_region(const struct indexing *x, int region, struct part *p)
{
	for (size_t i = 0; i < x->doc_count; i++)
		part_add(p, (uint32_t)i, terms_region_part(x->docs[i]->facts.search, region));
}

static void write_part(const struct indexing *x, const struct part *p, const struct part_word *words,
	char key, struct buf *out)
{
	buf_char(out, '"');
	part_write(p, words, key, x->doc_count, out);
	buf_char(out, '"');
}

/* The files of a region that must be made; the others are kept. */
static size_t find_missing(const struct indexing *x, const struct region *region, char *missing, struct arena *a)
{
	size_t count = 0, all = region->divided ? sizeof(keys) - 1 : 1;

	for (size_t i = 0; i < all; i++)
		if (!x->sink || !x->sink->keep || !x->sink->keep(x->sink->ctx, part_path(region, keys[i], a)))
			missing[count++] = keys[i];
	return count;
}

static void make_part(struct indexing *x, int number, struct worker *w)
{
	const struct region *region = &x->regions[number];
	struct part p = { .terms = &w->terms, .arena = &w->page };
	const struct part_word *words;
	char missing[sizeof(keys)];
	size_t count;

	if (region->bytes == 0)
		return;
	count = find_missing(x, region, missing, &w->page);
	if (count == 0 || !x->sink)
		return;
	terms_clear(&w->terms);
	read_region(x, number, &p);
	words = part_sort(&p);
	for (size_t i = 0; i < count; i++) {
		buf_clear(&w->out);
		write_part(x, &p, words, region->divided ? missing[i] : 0, &w->out);
		put_file(x, part_path(region, missing[i], &w->page), buf_str(&w->out));
	}
}

/*
 * Words of titles, tags and descriptions: what a mistyped word may have meant when no word
 * in its own part is near.  Of very many, those of several articles.
 */
static void make_guesses(struct indexing *x, struct worker *w)
{
	struct terms *t = &w->terms;
	struct part p = { .terms = t, .arena = &w->page };
	uint32_t least = 1;

	terms_clear(t);
	for (size_t i = 0; i < x->doc_count; i++)
		search_head(t, x->docs[i]);
	if (t->count > MOST_GUESSES)
		least = 2;
	buf_clear(&w->out);
	buf_char(&w->out, '"');
	part_write_words(&p, least, &w->out);
	buf_char(&w->out, '"');
	print_hash(x->guesses, hash_64(buf_str(&w->out)));
	put_file(x, str_printf(&w->page, "search/w-%.8s.json", x->guesses), buf_str(&w->out));
}

static void make_file(void *ctx, size_t item, int number)
{
	struct indexing *x = ctx;
	struct worker *w = &x->site->worker[number];

	arena_reset(&w->page, MEMORY);
	if (item < TERM_REGIONS)
		make_part(x, (int)item, w);
	else if (item == TERM_REGIONS)
		make_guesses(x, w);
	else
		make_titles(x, item - TERM_REGIONS - 1, w);
}

/* Entry */

static void add_names(const struct indexing *x, struct buf *out)
{
	const char *comma = "";

	BUF_LIT(out, ",\"parts\":{");
	for (int r = 0; r < TERM_REGIONS; r++) {
		if (x->regions[r].bytes == 0)
			continue;
		buf_printf(out, "%s\"%c\":\"%s\"", comma, term_region_name(r), x->regions[r].name);
		comma = ",";
	}
	buf_printf(out, "},\"words\":\"%.8s\",\"each\":%zu,\"titles\":\"", x->guesses, x->each);
	for (size_t i = 0; i < x->files; i++)
		buf_add(out, str_new(x->titles[i], 8));
	buf_char(out, '"');
}

static void add_all(const struct indexing *x, struct worker *w, struct buf *out)
{
	struct part p = { .terms = &w->terms, .arena = &w->page };

	terms_clear(&w->terms);
	for (int r = 0; r < TERM_REGIONS; r++)
		read_region(x, r, &p);
	BUF_LIT(out, ",\"terms\":");
	write_part(x, &p, part_sort(&p), 0, out);
	BUF_LIT(out, ",\"docs\":");
	add_docs(x, 0, x->doc_count, &w->page, out);
}

static void make_entry(struct indexing *x, bool one, struct search *search)
{
	struct worker *w = &x->site->worker[0];
	struct buf *out = &w->out;
	char name[8];

	buf_clear(out);
	buf_printf(out, "{\"version\":%d,\"count\":%zu,\"common\":\"" STR_FMT "\"", SEARCH_FORMAT,
		x->doc_count, STR_ARG(terms_common(&w->page)));
	if (one)
		add_all(x, w, out);
	else
		add_names(x, out);
	BUF_LIT(out, "}\n");
	print_hash(name, hash_64(buf_str(out)));
	search->path = str_printf(x->arena, "search/index-%.8s.json", name);
	put_file(x, search->path, buf_str(out));
}

void search_make(struct site *s, const struct search_sink *sink)
{
	struct indexing x = { .site = s, .sink = sink, .arena = s->arena };
	bool one;

	if (!s->config.search)
		return;
	choose_docs(&x);
	one = x.bytes <= ONE_FILE;
	if (!one) {
		x.titles = arena_alloc_array(x.arena, x.files, sizeof(*x.titles), 1);
		hash_regions(&x);
		pool_each(s->workers, TERM_REGIONS + 1 + x.files, make_file, &x);
	}
	arena_reset(&s->worker[0].page, MEMORY);
	make_entry(&x, one, &s->search);
	s->search.count = x.doc_count;
}

str search_url(const struct site *s, struct arena *a)
{
	return s->config.search ? address_of(s->config.base_path, STR("search/"), a) : (str){ 0 };
}

struct value search_index(const struct site *s, struct arena *a)
{
	if (!s->search.path.len)
		return value_null();
	return value_string(address_of(s->config.base_path, s->search.path, a));
}
