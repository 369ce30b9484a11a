#include "site/built.h"

#include <time.h>

#include "base/path.h"
#include "output/manifest.h"
#include "site/address.h"
#include "site/site.h"

struct newest {
	str path;
	int64_t mtime_ns, now_ns;
};

/* A time to come says nothing: no build could ever be newer. */
static void look_at(struct newest *n, str path, int64_t mtime_ns)
{
	if (mtime_ns > n->mtime_ns && mtime_ns <= n->now_ns)
		*n = (struct newest){ path, mtime_ns, n->now_ns };
}

static void look_through(const struct site *s, struct newest *n, const struct file_walk *walk, str folder, str output)
{
	str root = path_join(s->options->source, folder, s->arena);

	for (size_t i = 0; i < walk->files.count; i++) {
		str path = path_clean(path_join(root, walk->files.at[i].path, s->arena), s->arena);

		/* With `content: .` the built site stands among the sources. */
		if (str_starts(path, output) && path.len > output.len && path.ptr[output.len] == '/')
			continue;
		look_at(n, path, walk->files.at[i].info.mtime_ns);
	}
}

static struct newest newest_source(const struct site *s, str output)
{
	struct newest n = { 0 };
	struct file_info info;
	struct timespec now;
	str config = path_join(s->options->source, STR("gen.yaml"), s->arena);

	clock_gettime(CLOCK_REALTIME, &now);
	n.now_ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
	output = path_clean(output, s->arena);
	look_through(s, &n, &s->content, s->config.content, output);
	look_through(s, &n, &s->statics, STR("static"), output);
	look_through(s, &n, &s->data, STR("data"), output);
	look_through(s, &n, &s->templates, STR("templates"), output);
	if (file_stat(config, &info) == 0 && info.kind == FILE_REGULAR)
		look_at(&n, config, info.mtime_ns);
	return n;
}

static bool is_current(const struct site *s, str output)
{
	struct newest n = newest_source(s, output);
	struct file_info built;

	if (file_stat(path_join(output, STR(MANIFEST_NAME), s->arena), &built) != 0 || built.kind != FILE_REGULAR ||
		n.mtime_ns <= built.mtime_ns)
		return true;
	diag_error(s->diags, (loc){ 0 }, "deploy", "'" STR_FMT "' is older than its sources: '" STR_FMT "' was changed since",
		STR_ARG(output), STR_ARG(n.path));
	diag_help(s->diags, "`gen deploy --build` builds first; --force deploys what is there");
	return false;
}

/* Whatever is wrong with the articles, the build says; here it is only asked where they would be. */
static bool is_for_readers(struct site *s, str output)
{
	struct diags *said = s->diags, unsaid = { .arena = s->arena };
	struct manifest m;
	const char *flag;
	bool fine = true;

	if (manifest_read(output, s->arena, &m) != 0)
		return true;
	s->diags = &unsaid;
	site_load(s);
	if (s->theme_ready)
		site_link(s);
	s->diags = said;
	for (size_t i = 0; i < s->page_count && fine; i++) {
		const struct page *p = &s->pages[i];

		if (p->broken || p->state == PAGE_PUBLISHED || p->path.len == 0 ||
			!manifest_find(&m, address_file(p->path, s->arena)))
			continue;
		diag_error(s->diags, (loc){ 0 }, "deploy", "'" STR_FMT "' holds an article that is not for readers: '" STR_FMT
			"' (" STR_FMT ")", STR_ARG(output), STR_ARG(p->meta.path), STR_ARG(page_skipped(p, s, &flag, s->arena)));
		diag_help(s->diags, "build without %s; --force deploys it as it is", flag);
		fine = false;
	}
	return fine;
}

bool built_check(struct site *s, str output)
{
	return is_current(s, output) && is_for_readers(s, output);
}
