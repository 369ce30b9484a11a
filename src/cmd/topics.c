#include "cmd/topics.h"

#include "base/buf.h"
#include "content/article.h"
#include "site/config.h"

/* A cell of a pipe table. */
static void write_cell(struct buf *out, str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '|')
			buf_char(out, '\\');
		buf_char(out, text.ptr[i]);
	}
}

struct config_page {
	struct buf *out;
	str group;
};

static void write_key(void *ctx, const struct config_key *key)
{
	struct config_page *page = ctx;

	if (key->group.len && !str_eq(key->group, page->group))
		buf_printf(page->out, "\n## Inside `" STR_FMT "`\n\n| key | kind | default | meaning |\n|---|---|---|---|\n",
			STR_ARG(key->group));
	page->group = key->group;
	buf_printf(page->out, "| `" STR_FMT "` | " STR_FMT " | ", STR_ARG(key->name), STR_ARG(key->kind));
	if (key->standard.len)
		buf_printf(page->out, "`" STR_FMT "`", STR_ARG(key->standard));
	else
		BUF_LIT(page->out, "none");
	BUF_LIT(page->out, " | ");
	write_cell(page->out, key->meaning);
	BUF_LIT(page->out, " |\n");
}

static void write_config(struct buf *out)
{
	struct config_page page = { .out = out };

	BUF_LIT(out, "Keys of `gen.yaml`, the configuration of a site. All may be left out; an unknown key is an error.\n\n"
		     "| key | kind | default | meaning |\n|---|---|---|---|\n");
	config_keys(write_key, &page);
}

static void write_front_matter(struct buf *out)
{
	size_t count;
	const struct article_key *keys = article_keys(&count);

	BUF_LIT(out, "Keys of front matter. Names compare without case, `_` and `-`; other keys are kept under "
		     "`params`.\n\n| key | also written | meaning |\n|---|---|---|\n");
	for (size_t i = 0; i < count; i++) {
		buf_printf(out, "| `" STR_FMT "` | ", STR_ARG(keys[i].name));
		write_cell(out, keys[i].aliases.len ? keys[i].aliases : STR("-"));
		BUF_LIT(out, " | ");
		write_cell(out, keys[i].meaning);
		BUF_LIT(out, " |\n");
	}
}

bool topics_write(str name, struct buf *out)
{
	if (str_eq(name, STR("config")) || str_eq(name, STR("gen.yaml")))
		write_config(out);
	else if (str_eq(name, STR("front-matter")))
		write_front_matter(out);
	else
		return false;
	return true;
}
