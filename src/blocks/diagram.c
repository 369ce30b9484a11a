/*
 * A graph in the DOT language:
 *
 *     ```dot title="A request"
 *     digraph { Client -> Server -> Database }
 *     ```
 *
 * becomes a picture with its words, where this program has Graphviz; else the text stays.
 */
#include "diagram/diagram.h"

#include "base/arena.h"
#include "base/buf.h"
#include "blocks/excerpt.h"
#include "blocks/kinds.h"
#include "blocks/record.h"
#include "highlight/highlight.h"
#include "highlight/language.h"

static const char CATEGORY[] = "dot";

/* Where the text of the graph is from. */
struct graph_text {
	str text;
	const struct source *src;
	int line; /* of its first line in `src` */
};

static bool read_text(struct block_page *page, const struct markdown_block *block,
	const struct fence *fence, struct graph_text *out)
{
	const struct fence_attr *attr = fence_key(fence, STR("file"));
	struct source *file;

	*out = (struct graph_text){ block->code, page->src, block->code_line };
	if (!attr)
		return true;
	if (str_trim(block->code).len > 0)
		return diag_error(page->diags, (loc){ page->src, block->code_line, 1 }, CATEGORY,
			"a diagram with file= has its graph in the file and none of its own");
	file = arena_new(page->arena, struct source);
	if (!excerpt_file(page, attr->value, attr->value_at, &file->text, &file->path))
		return false;
	*out = (struct graph_text){ file->text, file, 1 };
	return true;
}

static void say_notes(
	struct block_page *page, const struct graph_text *text, loc at, const struct diagram *drawn)
{
	for (size_t i = 0; i < drawn->note_count; i++) {
		const struct diagram_note *note = &drawn->notes[i];
		loc place = note->line > 0 ? (loc){ text->src, text->line + note->line - 1, 0 } : at;

		if (note->error)
			diag_error(page->diags, place, CATEGORY, STR_FMT, STR_ARG(note->text));
		else
			diag_warn(page->diags, place, CATEGORY, STR_FMT, STR_ARG(note->text));
	}
}

static str source_html(str text, struct arena *a)
{
	struct highlight_options options = { 0 };
	struct buf html = { .arena = a };

	while (str_ends(text, STR("\n")))
		text.len--;
	highlight_html(language_find(STR("dot")), text, &options, &html);
	return buf_str(&html);
}

static struct value diagram_value(const struct diagram *drawn, str title, str id, int index, struct arena *a)
{
	struct value v = record_new(11, a);

	record_str(&v, STR("id"), id, a);
	record_optional(&v, STR("title"), title, a);
	record_str(&v, STR("label"), title.len ? title : str_printf(a, "Diagram %d", index), a);
	record_int(&v, STR("index"), index, a);
	record_optional(&v, STR("svg"), drawn->svg, a);
	record_optional(&v, STR("box"), drawn->box, a);
	record_int(&v, STR("width"), drawn->width, a);
	record_int(&v, STR("height"), drawn->height, a);
	record_optional(&v, STR("words"), drawn->words, a);
	return v;
}

static size_t read_diagram(struct block_page *page, const struct markdown_block *blocks,
	size_t count, const struct fence *fence, struct value *out)
{
	const struct fence_attr *id = fence_key(fence, STR("id"));
	struct arena *a = page->arena;
	int index = ++page->diagrams;
	struct diagram drawn = { 0 };
	struct graph_text text;

	(void)count;
	if (!read_text(page, &blocks[0], fence, &text) ||
		(id && !block_claim_id(page, id->value, id->at)))
		return 0;
	if (page->draws && diagram_version()) {
		bool fine = diagram_draw(text.text, &drawn, a);

		say_notes(page, &text, blocks[0].at, &drawn);
		if (!fine)
			return 0;
	}
	*out = diagram_value(&drawn, fence_value(fence, STR("title")),
		id ? id->value : block_make_id(page, "diagram", index), index, a);
	record_optional(out, STR("html"), drawn.svg.len ? STR("") : source_html(text.text, a), a);
	return 1;
}

const struct block_kind diagram_block = {
	.name = STR_INIT("diagram"),
	.word = STR_INIT("dot"),
	.read = read_diagram,
};
