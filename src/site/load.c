#include "site/site.h"

#include <errno.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/path.h"
#include "base/pool.h"
#include "content/example.h"
#include "data/json.h"
#include "data/yaml.h"
#include "site/model.h"

/* A path below the source, as a user would write it: "gen.yaml", not "./gen.yaml". */
static str below_source(const struct site *s, str name)
{
	str source = s->options->source;

	if (source.len == 0 || str_eq(source, STR(".")))
		return name;
	return path_join(source, name, s->arena);
}

static bool is_article_file(str path)
{
	str extension = path_extension(path);

	return str_eq(extension, STR(".md")) || str_eq(extension, STR(".markdown"));
}

static bool report_faults(struct site *s, str root, const struct file_walk *walk)
{
	for (size_t i = 0; i < walk->fault_count; i++) {
		const struct file_fault *f = &walk->faults[i];
		struct source src = { path_join(root, f->path, s->arena), (str){ 0 } };

		diag_error(s->diags, (loc){ &src, 0, 0 }, "file", "cannot read: %s", strerror(f->error));
		if (f->error == ELOOP)
			diag_help(s->diags, "a link leads back to a folder above it; remove the link");
		if (f->error == ENOENT)
			diag_help(s->diags, "the file was removed, or is a link to nothing");
	}
	return walk->fault_count == 0;
}

/* A folder that need not be there. */
static bool walk_optional(struct site *s, str name, struct file_walk *out)
{
	str root = below_source(s, name);
	int error = file_walk(root, s->arena, out);

	if (error && error != ENOENT) {
		struct source src = { root, (str){ 0 } };

		return diag_error(s->diags, (loc){ &src, 0, 0 }, "file", "cannot read: %s",
			strerror(error));
	}
	return report_faults(s, root, out);
}

static bool walk_content(struct site *s)
{
	str root = below_source(s, s->config.content);
	struct source src = { root, (str){ 0 } };
	int error = file_walk(root, s->arena, &s->content);

	if (error) {
		diag_error(s->diags, (loc){ &src, 0, 0 }, "file", "cannot read the articles: %s",
			strerror(error));
		if (error == ENOENT)
			diag_help(s->diags,
				"put articles into this folder as .md files, or name the site's folder with --source");
		return false;
	}
	return report_faults(s, root, &s->content);
}

static bool load_config(struct site *s)
{
	struct source *src = &s->config_source;
	int error;

	src->path = below_source(s, STR("gen.yaml"));
	error = file_read(src->path, 1000 * 1000, s->arena, &src->text);
	if (error && error != ENOENT)
		return diag_error(s->diags, (loc){ src, 0, 0 }, "config", "cannot read: %s",
			strerror(error));
	return config_read(src, s->options->base_url, &s->config, s->arena, s->diags) &&
	       runners_read(src, &s->config.runners, &s->runners, s->arena, s->diags);
}

/* data/speeds.yaml is site.data.speeds in templates. */
static bool load_data_file(struct site *s, str below, struct value *all)
{
	struct source *src = arena_new(s->arena, struct source);
	str extension = path_extension(below);
	struct value tree;
	int error;
	bool fine;

	src->path = path_join(below_source(s, STR("data")), below, s->arena);
	if (!str_eq(extension, STR(".json")) && !str_eq(extension, STR(".yaml")) &&
		!str_eq(extension, STR(".yml")))
		return true;
	error = file_read(src->path, 10 * 1000 * 1000, s->arena, &src->text);
	if (error)
		return diag_error(s->diags, (loc){ src, 0, 0 }, "file", "cannot read: %s", strerror(error));
	fine = str_eq(extension, STR(".json"))
		       ? json_read(src, src->text, &tree, s->arena, s->diags)
		       : yaml_read(src, src->text, 1, NULL, &tree, s->arena, s->diags);
	if (fine)
		value_put(all, path_stem(below), tree, s->arena);
	return fine;
}

static bool load_data(struct site *s)
{
	bool fine = true;

	s->data_value = value_map(s->arena);
	for (size_t i = 0; i < s->data.files.count; i++)
		fine = load_data_file(s, s->data.files.at[i].path, &s->data_value) && fine;
	return fine;
}

static enum page_state find_state(const struct article *m, int64_t now, int zone)
{
	if (m->draft)
		return PAGE_DRAFT;
	if ((m->date.year && date_epoch(&m->date, zone) > now) ||
		(m->publish.year && date_epoch(&m->publish, zone) > now))
		return PAGE_FUTURE;
	if (m->expires.year && date_epoch(&m->expires, zone) <= now)
		return PAGE_EXPIRED;
	return PAGE_PUBLISHED;
}

static bool is_included(const struct page *p, const struct site_options *o)
{
	return p->state == PAGE_PUBLISHED || (p->state == PAGE_DRAFT && o->drafts) ||
	       (p->state == PAGE_FUTURE && o->future) || (p->state == PAGE_EXPIRED && o->expired);
}

void site_date_page(const struct site *s, struct page *p)
{
	p->state = find_state(&p->meta, s->now, s->config.zone_minutes);
	p->included = !p->broken && is_included(p, s->options);
}

/* The title may come from a heading, and some of the metadata from a look at the body. */
static void hash_text(struct page *p, str text)
{
	char hints[2] = { p->may_run, p->meta.matrix_hinted };

	p->text = hash_64(text);
	p->head = hash_64_seed(str_new(hints, sizeof(hints)), hash_64(p->meta.title));
	p->head = hash_64_seed(p->meta.below,
		hash_64_seed(str_sub(text, 0, p->broken ? text.len : p->meta.body), p->head));
}

void site_load_page(struct site *s, struct page *p, struct worker *w)
{
	const struct article_options options = {
		.front_matter_bytes = (size_t)s->config.front_matter_bytes,
		.yaml_depth = (int)s->config.yaml_depth,
		.yaml_nodes = (size_t)s->config.yaml_nodes,
		.taxonomies = s->config.taxonomies,
		.taxonomy_count = s->config.taxonomy_count,
	};
	str below = str_copy(p->meta.below, &w->kept);
	struct source src = { str_copy(p->meta.path, &w->kept), (str){ 0 } };
	struct file_info info;
	size_t limit = s->config.markdown.bytes ? s->config.markdown.bytes : 10 * 1000 * 1000;
	int error;

	p->diags.arena = &w->kept;
	error = file_read_buf(src.path, limit, &w->text, &info);
	if (error) {
		p->meta = (struct article){ .below = below, .path = src.path };
		p->broken = true;
		if (error == EFBIG)
			diag_error(&p->diags, (loc){ &src, 0, 0 }, "limit",
				"the article has more than %zu bytes (limits.file in gen.yaml)", limit);
		else
			diag_error(&p->diags, (loc){ &src, 0, 0 }, "file", "cannot read the article: %s",
				strerror(error));
		return;
	}
	src.text = buf_str(&w->text);
	p->broken = !article_read(&src, below, &options, &p->meta, &w->kept, &p->diags);
	p->meta.size = info.size;
	p->meta.mtime_ns = info.mtime_ns;
	p->inode = info.inode;
	p->may_run = !p->broken && examples_hinted(str_from(src.text, p->meta.body));
	hash_text(p, src.text);
	site_date_page(s, p);
}

static void load_page(void *ctx, size_t item, int number)
{
	struct site *s = ctx;

	site_load_page(s, &s->pages[item], &s->worker[number]);
}

/* With `content: .` the site's own folders stand among the articles. */
static bool is_foreign(const struct site *s, str path)
{
	static const str folders[] = { STR_INIT("site/"), STR_INIT("templates/"), STR_INIT("static/"),
		STR_INIT("data/") };

	if (!str_eq(s->config.content, STR(".")))
		return false;
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (str_starts(path, folders[i]))
			return true;
	return str_eq(path, STR("gen.yaml"));
}

/* What examples did when they were run, beside their article: it is read, not published. */
static bool is_record(str path)
{
	return str_ends(path_folder(path), STR(".runs"));
}

static void list_files(struct site *s)
{
	str root = below_source(s, s->config.content);

	s->pages = arena_array(s->arena, struct page, s->content.files.count);
	s->assets = arena_array(s->arena, struct asset,
		s->content.files.count + s->statics.files.count);
	for (size_t i = 0; i < s->content.files.count; i++) {
		str below = s->content.files.at[i].path;

		if (is_foreign(s, below) || is_record(below))
			continue;
		if (is_article_file(below))
			s->pages[s->page_count++] = (struct page){
				.meta = { .below = below, .path = path_join(root, below, s->arena),
					.size = s->content.files.at[i].info.size,
					.mtime_ns = s->content.files.at[i].info.mtime_ns },
				.inode = s->content.files.at[i].info.inode };
		else
			s->assets[s->asset_count++] = (struct asset){
				.from = path_join(root, below, s->arena), .path = below,
				.of_content = true };
	}
	for (size_t i = 0; i < s->statics.files.count; i++)
		s->assets[s->asset_count++] = (struct asset){
			.from = path_join(below_source(s, STR("static")), s->statics.files.at[i].path, s->arena),
			.path = s->statics.files.at[i].path };
}

static bool collect_faults(struct site *s)
{
	bool fine = true;

	for (size_t i = 0; i < s->page_count; i++) {
		fine = fine && s->pages[i].diags.errors == 0;
		diags_merge(s->diags, &s->pages[i].diags);
	}
	return fine;
}

static void start_workers(struct site *s)
{
	s->workers = s->options->jobs > 0 ? s->options->jobs : pool_processors();
	if (s->workers > 64)
		s->workers = 64;
	s->worker = arena_array(s->arena, struct worker, (size_t)s->workers);
}

bool site_scan(struct site *s, const struct site_options *options, struct arena *a, struct diags *d)
{
	bool fine;

	*s = (struct site){ .options = options, .arena = a, .diags = d, .now = date_now() };
	start_workers(s);
	if (!load_config(s))
		return false;
	fine = walk_content(s);
	fine = walk_optional(s, STR("templates"), &s->templates) && fine;
	fine = walk_optional(s, STR("data"), &s->data) && fine;
	return walk_optional(s, STR("static"), &s->statics) && fine;
}

bool site_load_settings(struct site *s)
{
	bool fine;

	s->theme_ready = theme_load(below_source(s, STR("templates")), &s->templates, &s->config, &s->theme,
		s->arena, s->diags);
	fine = load_data(s) && s->theme_ready;
	list_files(s);
	return fine;
}

void site_load_values(struct site *s)
{
	s->site_value = model_site(s, s->data_value);
	s->assets_value = model_assets(s);
}

bool site_load(struct site *s)
{
	bool fine = site_load_settings(s);

	pool_each(s->workers, s->page_count, load_page, s);
	fine = collect_faults(s) && fine;
	site_load_values(s);
	return fine;
}

str site_output(const struct site_options *options, struct arena *a)
{
	if (options->output.len)
		return options->output;
	return options->source.len && !str_eq(options->source, STR("."))
		       ? path_join(options->source, STR("site"), a)
		       : STR("site");
}

str page_skipped(const struct page *p, const struct site *s, const char **flag, struct arena *a)
{
	const struct article *m = &p->meta;
	int zone = s->config.zone_minutes;

	switch (p->state) {
	case PAGE_DRAFT:
		*flag = "--drafts";
		return STR("draft");
	case PAGE_FUTURE:
		*flag = "--future";
		return str_printf(a, "dated " STR_FMT,
			STR_ARG(date_iso(m->publish.year ? &m->publish : &m->date, zone, a)));
	case PAGE_EXPIRED:
		*flag = "--expired";
		return str_printf(a, "expired " STR_FMT, STR_ARG(date_iso(&m->expires, zone, a)));
	case PAGE_PUBLISHED:
		break;
	}
	*flag = "";
	return (str){ 0 };
}

void site_close(struct site *s)
{
	for (int i = 0; i < s->workers; i++) {
		struct worker *w = &s->worker[i];

		buf_free(&w->text);
		buf_free(&w->body);
		buf_free(&w->out);
		terms_free(&w->terms);
		arena_free(&w->page);
		arena_free(&w->kept);
	}
}
