#include "site/search_text.h"

#include "blocks/block.h"
#include "site/site.h"
#include "site/terms.h"

/* HTML being read. */
struct reading {
	struct terms *terms;
	enum term_rank rank;
	enum term_text kind;
};

static const str raw[] = { STR_INIT("script"), STR_INIT("style"), STR_INIT("svg"), STR_INIT("button") };

static bool is_tag(str tag, str name)
{
	char end = tag.len > name.len ? tag.ptr[name.len] : ' ';

	return str_starts(tag, name) && (end == ' ' || end == '>' || end == '\n' || end == '/');
}

static bool is_heading(str tag)
{
	return tag.len > 2 && tag.ptr[0] == 'h' && tag.ptr[1] >= '1' && tag.ptr[1] <= '6' &&
	       is_tag(tag, str_sub(tag, 0, 2));
}

/* The text of these is not for people. Behind the end tag; `rest` when there is none. */
static str skip_raw(str rest, str name)
{
	char end[16] = "</";
	ptrdiff_t at;

	memcpy(end + 2, name.ptr, name.len);
	at = str_find(rest, str_new(end, name.len + 2));
	return at < 0 ? rest : str_from(rest, (size_t)at);
}

/* `tag` begins behind the '<', `rest` behind the '>'. Returns where the next text begins. */
static str read_tag(struct reading *r, str tag, str rest)
{
	bool end = tag.ptr[0] == '/';

	if (end)
		tag = str_from(tag, 1);
	switch (tag.len ? tag.ptr[0] : 0) {
	case 'h':
		if (is_heading(tag))
			r->rank = end ? TERM_BODY : TERM_HEADING;
		break;
	case 'c':
	case 'p':
		if (is_tag(tag, STR("code")) || is_tag(tag, STR("pre")))
			r->kind = end ? TERMS_HTML : TERMS_CODE;
		break;
	case 'b':
	case 's':
		for (size_t i = 0; i < sizeof(raw) / sizeof(raw[0]); i++)
			if (!end && is_tag(tag, raw[i]))
				return skip_raw(rest, raw[i]);
		break;
	default:
		break;
	}
	return rest;
}

void search_html(struct terms *t, str html)
{
	struct reading r = { t, TERM_BODY, TERMS_HTML };

	while (html.len) {
		ptrdiff_t open = str_find_char(html, '<'), close;
		str tag;

		terms_add(t, open < 0 ? html : str_sub(html, 0, (size_t)open), r.rank, r.kind);
		if (open < 0)
			return;
		tag = str_from(html, (size_t)open + 1);
		close = str_find_char(tag, '>');
		if (close <= 0)
			return;
		html = read_tag(&r, str_sub(tag, 0, (size_t)close + 1), str_from(tag, (size_t)close + 1));
	}
}

/* Figures are no words. */
static bool is_figure(str text)
{
	while (text.len && strchr("~<>=+-$ ", text.ptr[0]))
		text = str_from(text, 1);
	return text.len && text.ptr[0] >= '0' && text.ptr[0] <= '9';
}

static void add_row(struct terms *t, const struct markdown_row *row, int columns)
{
	for (int i = 0; i < columns; i++)
		if (!is_figure(row->cells[i].text))
			terms_add(t, row->cells[i].text, TERM_BODY, TERMS_PLAIN);
}

static void add_table(struct terms *t, const struct markdown_block *b)
{
	terms_add(t, b->caption_text, TERM_BODY, TERMS_PLAIN);
	add_row(t, &b->head, b->columns);
	for (size_t i = 0; i < b->row_count; i++)
		add_row(t, &b->rows[i], b->columns);
}

static bool is_code(const struct block_kind *kind)
{
	return str_eq(kind->name, STR("code")) || str_eq(kind->name, STR("codegroup"));
}

void search_blocks(struct terms *t, const struct markdown_block *blocks, size_t count,
	const struct block_kind *kind, str html)
{
	bool read = true;

	/* Code of a file stands in the page alone. */
	for (size_t i = 0; i < count; i++)
		read &= blocks[i].kind == MARKDOWN_TABLE ||
			(is_code(kind) && str_trim(blocks[i].code).len > 0);
	if (!read) {
		search_html(t, html);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (blocks[i].kind == MARKDOWN_TABLE)
			add_table(t, &blocks[i]);
		else
			terms_add(t, blocks[i].code, TERM_BODY, TERMS_CODE);
	}
}

void search_head(struct terms *t, const struct page *p)
{
	terms_add(t, p->meta.title, TERM_TITLE, TERMS_PLAIN);
	terms_add(t, p->meta.description, TERM_HEADING, TERMS_PLAIN);
	terms_add(t, p->meta.series, TERM_HEADING, TERMS_PLAIN);
	for (size_t i = 0; i < p->tag_count; i++)
		terms_add(t, p->tags[i]->name, TERM_HEADING, TERMS_PLAIN);
	for (size_t i = 0; i < p->language_count; i++) {
		terms_add(t, p->languages[i]->name, TERM_HEADING, TERMS_PLAIN);
		terms_add(t, p->languages[i]->slug, TERM_HEADING, TERMS_PLAIN);
	}
}
