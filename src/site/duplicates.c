#include "site/duplicates.h"

#include "base/map.h"
#include "base/utf8.h"
#include "site/site.h"

static const char CATEGORY[] = "duplicate";

enum { WORDS_LEAST = 20 }; /* shorter texts are alike by chance */

struct finding {
	struct site *site;
	struct map titles, descriptions, texts; /* -> struct page, the first */
	struct arena scratch;
};

/* The first page with these words; null when `p` is it. */
static const struct page *find_first(struct finding *f, struct map *known, str words, struct page *p)
{
	bool is_new;
	void **slot = map_put(known, utf8_fold(str_trim(words), &f->scratch), &is_new);

	if (is_new)
		*slot = p;
	return is_new ? NULL : *slot;
}

static void look_at(struct finding *f, struct page *p)
{
	struct diags *d = f->site->diags;
	struct source src = { p->meta.path, (str){ 0 } };
	const struct page_facts *facts = &p->facts;
	str text = str_new((const char *)&facts->text_hash, sizeof(facts->text_hash));
	bool is_new = true;
	void **same = facts->words >= WORDS_LEAST ? map_put(&f->texts, text, &is_new) : NULL;
	const struct page *first;

	if (is_new && same)
		*same = p;
	if (!is_new) {
		/* Their titles may differ; that of the text is enough to say. */
		diag_warn(d, (loc){ &src, 0, 0 }, CATEGORY, "the text is that of " STR_FMT " as well",
			STR_ARG(((const struct page *)*same)->meta.path));
		diag_help(d, "keep one of them, with the address of the other in its `aliases`");
		return;
	}
	first = find_first(f, &f->titles, p->meta.title, p);
	if (first)
		diag_warn(d, (loc){ &src, 0, 0 }, CATEGORY, "the title \"" STR_FMT "\" is that of " STR_FMT " as well",
			STR_ARG(p->meta.title), STR_ARG(first->meta.path));
	first = p->meta.description.len ? find_first(f, &f->descriptions, p->meta.description, p) : NULL;
	if (first)
		diag_warn(d, (loc){ &src, 0, 0 }, CATEGORY, "the description is that of " STR_FMT " as well",
			STR_ARG(first->meta.path));
}

void duplicates_report(struct site *s)
{
	struct finding f = { .site = s };

	f.titles.arena = f.descriptions.arena = f.texts.arena = &f.scratch;
	for (size_t i = 0; i < s->page_count; i++)
		if (s->pages[i].included && s->pages[i].listed)
			look_at(&f, &s->pages[i]);
	arena_free(&f.scratch);
}
