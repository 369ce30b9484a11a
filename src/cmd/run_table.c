#include "cmd/run_table.h"

#include "base/buf.h"

static const char *const STATES[] = { [BATCH_CACHED] = "unchanged", [BATCH_RECORDED] = "recorded",
	[BATCH_SAME] = "same", [BATCH_NOT_RUN] = "not run", [BATCH_FAILED] = "FAILED" };

static void put_memory(struct buf *out, uint64_t bytes)
{
	buf_printf(out, "%6.1f MB", (double)bytes / 1e6);
}

static void put_padded(struct buf *out, str s, size_t width)
{
	buf_add(out, s);
	for (size_t n = s.len; n < width; n++)
		buf_char(out, ' ');
}

static size_t widest_id(const struct batch *b)
{
	size_t width = 8;

	for (size_t i = 0; i < b->count; i++)
		if (b->items[i].example->id.len > width)
			width = b->items[i].example->id.len;
	return width < 40 ? width : 40;
}

static bool was_measured(const struct batch_item *item)
{
	return item->state != BATCH_NOT_RUN && (item->ran || item->state == BATCH_CACHED) && item->result.wall > 0;
}

static void put_item(const struct batch_item *item, size_t width, struct buf *out)
{
	buf_printf(out, "  %-10s", STATES[item->state]);
	put_padded(out, item->example->id, width + 2);
	put_padded(out, item->example->language, 12);
	if (was_measured(item)) {
		buf_printf(out, "%8.3f s  ", item->result.wall);
		put_memory(out, item->result.memory);
	}
	if (was_measured(item) && item->result.answer_count)
		buf_printf(out, "  %zu answer%s", item->result.answer_count, item->result.answer_count == 1 ? "" : "s");
	buf_char(out, '\n');
}

static void put_count(struct buf *out, size_t n, const char *word)
{
	if (n)
		buf_printf(out, ", %zu %s", n, word);
}

static void put_orphans(const struct run_summary *s, const struct batch_article *article, struct buf *out)
{
	for (size_t i = 0; i < article->orphan_count && !s->verify; i++)
		buf_printf(out, STR_FMT ": the record of \"" STR_FMT "\" was removed: there is no such example\n",
			STR_ARG(article->path), STR_ARG(article->orphans[i]));
}

void run_table_write(const struct run_summary *s, struct buf *out)
{
	const struct batch *b = s->batch;
	const struct batch_article *article = NULL;
	size_t width = widest_id(b);

	for (size_t i = 0; i < b->count; i++) {
		if (b->items[i].article != article) {
			article = b->items[i].article;
			buf_printf(out, STR_FMT "\n", STR_ARG(article->path));
		}
		put_item(&b->items[i], width, out);
	}
	for (size_t i = 0; i < s->article_count; i++)
		put_orphans(s, &s->articles[i], out);
	buf_printf(out, "%zu example%s", b->count, b->count == 1 ? "" : "s");
	put_count(out, b->recorded, "recorded");
	put_count(out, b->same, "as recorded");
	put_count(out, b->cached, "unchanged");
	put_count(out, b->not_run, "not run");
	put_count(out, b->failed, "failed");
	buf_printf(out, " in %.1f s", s->seconds);
	if (b->count)
		buf_printf(out, " (sandbox: " STR_FMT ")", STR_ARG(s->sandbox));
	buf_char(out, '\n');
}

static void put_json_item(const struct batch_item *item, struct buf *out)
{
	BUF_LIT(out, "{\"article\": ");
	buf_json(out, item->article->path);
	BUF_LIT(out, ", \"id\": ");
	buf_json(out, item->example->id);
	BUF_LIT(out, ", \"language\": ");
	buf_json(out, item->example->language);
	buf_printf(out, ", \"line\": %d, \"state\": \"%s\", \"why\": ", item->example->at.line,
		item->state == BATCH_FAILED    ? "failed"
		: item->state == BATCH_NOT_RUN ? "not-run"
					       : STATES[item->state]);
	buf_json(out, item->why);
	buf_printf(out, ", \"wall\": %.3f, \"cpu\": %.3f, \"memory\": %llu, \"answers\": %zu}", item->result.wall,
		item->result.cpu, (unsigned long long)item->result.memory, item->result.answer_count);
}

void run_table_json(const struct run_summary *s, const struct diags *d, struct buf *out)
{
	const struct batch *b = s->batch;

	buf_printf(out,
		"{\"ok\": %s, \"recorded\": %zu, \"same\": %zu, \"unchanged\": %zu, \"not_run\": %zu, \"failed\": %zu, "
		"\"sandbox\": ",
		b->failed || d->errors || (s->verify && b->not_run) ? "false" : "true", b->recorded, b->same, b->cached,
		b->not_run, b->failed);
	buf_json(out, s->sandbox);
	BUF_LIT(out, ", \"examples\": [");
	for (size_t i = 0; i < b->count; i++) {
		buf_add(out, i ? STR(",\n  ") : STR("\n  "));
		put_json_item(&b->items[i], out);
	}
	BUF_LIT(out, "],\n\"messages\": ");
	diags_json(d, false, out);
	BUF_LIT(out, "}\n");
}
