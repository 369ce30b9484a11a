/*
 * What hosts of static files are told: _redirects and _headers (Netlify and Cloudflare Pages read them), .nojekyll and
 * CNAME (GitHub Pages).  Other hosts serve them as files that nobody asks for.
 */
#include "site/address.h"
#include "site/feed.h"
#include "site/list_kind.h"
#include "site/shown.h"
#include "site/site.h"

static bool is_redirect(const struct list_job *job)
{
	return job->kind->target != NULL;
}

/* This kind comes after all that redirect. */
static bool plan_redirects(struct planner *p)
{
	for (size_t i = 0; i < p->plan->count; i++)
		if (is_redirect(&p->plan->jobs[i]))
			return list_add_one(p, NULL, STR("_redirects"));
	return true;
}

/* Addresses are encoded, so they have no blanks, and no '*' or ':', which would be patterns. */
static bool write_redirects(struct making *m, struct buf *out)
{
	const struct site *s = m->site;

	for (size_t i = 0; i < s->lists->count; i++) {
		const struct list_job *job = &s->lists->jobs[i];

		if (!is_redirect(job))
			continue;
		buf_add(out, address_of(s->config.base_path, job->path, m->arena));
		buf_char(out, ' ');
		buf_add(out, job->kind->target(s, job));
		BUF_LIT(out, " 301\n");
	}
	return true;
}

static bool plan_headers(struct planner *p)
{
	return list_add_one(p, NULL, STR("_headers"));
}

/* Files of the author's own in assets/ have no hash in their names, and may change. */
static bool has_own_assets(const struct site *s)
{
	for (size_t i = 0; i < s->asset_count; i++)
		if (str_starts(s->assets[i].path, STR("assets/")))
			return true;
	return false;
}

static void write_rule(const struct site *s, struct buf *out, str path, const char *header)
{
	buf_add(out, s->config.base_path);
	buf_add(out, path);
	BUF_LIT(out, "\n  ");
	buf_add(out, str_c(header));
	BUF_LIT(out, "\n");
}

static bool write_headers(struct making *m, struct buf *out)
{
	static const char forever[] = "Cache-Control: public, max-age=31536000, immutable";
	const struct site *s = m->site;

	write_rule(s, out, STR("*"), "X-Content-Type-Options: nosniff");
	if (!has_own_assets(s))
		write_rule(s, out, STR("assets/*"), forever);
	for (size_t i = 0; has_own_assets(s) && i < s->theme.asset_count; i++)
		write_rule(s, out, s->theme.assets[i].path, forever);
	if (!feeds_of_site(s))
		return true;
	write_rule(s, out, STR("feed.atom"), "Content-Type: application/atom+xml; charset=utf-8");
	write_rule(s, out, STR("*/feed.atom"), "Content-Type: application/atom+xml; charset=utf-8");
	return true;
}

static bool plan_nojekyll(struct planner *p)
{
	return list_add_one(p, NULL, STR(".nojekyll"));
}

/* That it is there is all that it says. */
static bool write_nothing(struct making *m, struct buf *out)
{
	(void)m;
	(void)out;
	return true;
}

static bool plan_cname(struct planner *p)
{
	return p->site->config.cname.len == 0 || list_add_one(p, NULL, STR("CNAME"));
}

static bool write_cname(struct making *m, struct buf *out)
{
	buf_add(out, m->site->config.cname);
	buf_char(out, '\n');
	return true;
}

const struct list_kind list_redirects_file = {
	.noun = "the list of redirects",
	.shows = shown_heads,
	.plan = plan_redirects,
	.write = write_redirects,
};

const struct list_kind list_headers_file = {
	.noun = "the list of headers",
	.shows = shown_heads,
	.plan = plan_headers,
	.write = write_headers,
};

const struct list_kind list_nojekyll = {
	.noun = ".nojekyll",
	.shows = shown_heads,
	.plan = plan_nojekyll,
	.write = write_nothing,
};

const struct list_kind list_cname = {
	.noun = "CNAME",
	.shows = shown_heads,
	.plan = plan_cname,
	.write = write_cname,
};
