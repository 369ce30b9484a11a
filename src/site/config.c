#include "site/config.h"

#include "base/arena.h"
#include "base/date.h"
#include "content/tool_version.h"
#include "data/yaml.h"
#include "highlight/language.h"
#include "site/config_deploy.h"
#include "site/config_options.h"
#include "site/config_parts.h"

enum kind { TEXT, NUMBER, BOOL, ZONE, HTML, NAV, MAP, OPTIONS, VERSIONS, TAXONOMIES, PERMALINKS, CNAME, PATHS, PATTERNS, EXTENT, DEPLOY };

static const str kind_names[] = { STR_INIT("text"), STR_INIT("number"), STR_INIT("yes or no"),
	STR_INIT("time zone"), STR_INIT("safe, all or none"), STR_INIT("list of name and url"),
	STR_INIT("map"), STR_INIT("lists of options"), STR_INIT("map of language and version"),
	STR_INIT("list of names"), STR_INIT("map of patterns"), STR_INIT("host name"),
	STR_INIT("list of paths"), STR_INIT("list of addresses"), STR_INIT("summary or full"), STR_INIT("map of targets") };

/* A row a key; `at` is where its value goes in struct config. */
struct row {
	str name;
	enum kind kind;
	size_t at;
	str standard, meaning;
	int64_t least, most;
};

#define AT(member) offsetof(struct config, member)

static const struct row top_rows[] = {
	{ STR_INIT("title"), TEXT, AT(title), STR_INIT("Comparisons"), STR_INIT("Name of the site."), 0, 0 },
	{ STR_INIT("description"), TEXT, AT(description), STR_INIT(""),
		STR_INIT("One sentence about the site, for the home page, feeds and search engines."), 0, 0 },
	{ STR_INIT("base_url"), TEXT, AT(base_url), STR_INIT(""),
		STR_INIT("Where the site will be, such as https://example.org/compare/. Feeds, the sitemap and "
			 "canonical links need it; its path goes in front of every link."),
		0, 0 },
	{ STR_INIT("language"), TEXT, AT(language), STR_INIT("en"),
		STR_INIT("Language of the pages (BCP 47)."), 0, 0 },
	{ STR_INIT("author"), TEXT, AT(author), STR_INIT(""),
		STR_INIT("Author of articles that name none."), 0, 0 },
	{ STR_INIT("copyright"), TEXT, AT(copyright), STR_INIT(""), STR_INIT("A line for the foot of every page."),
		0, 0 },
	{ STR_INIT("source_url"), TEXT, AT(source_url), STR_INIT(""),
		STR_INIT("Where readers can see or edit the articles' files; the file's path is added."), 0, 0 },
	{ STR_INIT("content"), TEXT, AT(content), STR_INIT("content"),
		STR_INIT("Folder of the articles, below the site's folder."), 0, 0 },
	{ STR_INIT("timezone"), ZONE, AT(zone_minutes), STR_INIT("UTC"),
		STR_INIT("Zone of dates that name none: UTC or an offset such as +02:00."), 0, 0 },
	{ STR_INIT("paginate"), NUMBER, AT(paginate), STR_INIT("12"),
		STR_INIT("Articles on one page of a list."), 1, 10000 },
	{ STR_INIT("summary_length"), NUMBER, AT(summary_length), STR_INIT("240"),
		STR_INIT("Characters of a summary that is made from the text; 0: the whole first paragraph."), 0,
		100000 },
	{ STR_INIT("toc"), BOOL, AT(toc), STR_INIT("true"),
		STR_INIT("Contents on articles that do not say themselves."), 0, 0 },
	{ STR_INIT("search"), BOOL, AT(search), STR_INIT("true"),
		STR_INIT("A search page, and the index that it needs."), 0, 0 },
	{ STR_INIT("social_cards"), BOOL, AT(social_cards), STR_INIT("false"),
		STR_INIT("A picture (SVG) of title, languages and verdict for each article that has no `image`, "
			 "for pages that link to it."),
		0, 0 },
	{ STR_INIT("examples"), BOOL, AT(examples), STR_INIT("true"),
		STR_INIT("The source of each example, its command and what it prints as files below /examples/, and a "
			 "page that lists them."),
		0, 0 },
	{ STR_INIT("exports"), BOOL, AT(exports), STR_INIT("true"),
		STR_INIT("Data beside each article: `index.json`, and a CSV file for each comparison table."), 0, 0 },
	{ STR_INIT("html"), HTML, AT(html), STR_INIT("safe"),
		STR_INIT("Raw HTML in articles: a short list of harmless elements, everything, or nothing."), 0, 0 },
	{ STR_INIT("nav"), NAV, AT(nav), STR_INIT(""), STR_INIT("Links in the head of every page."), 0, 0 },
	{ STR_INIT("options"), OPTIONS, AT(registry), STR_INIT(""),
		STR_INIT("What articles compare besides the languages that gen knows, in lists by group: frameworks, "
			 "databases. An item is a name, or a map as below."),
		0, 0 },
	{ STR_INIT("permalinks"), PERMALINKS, 0, STR_INIT(""),
		STR_INIT("Addresses of articles by pattern, for a folder (`go: /golang/:slug/`) or all others "
			 "(`default: /:year/:month/:slug/`)."),
		0, 0 },
	{ STR_INIT("taxonomies"), TAXONOMIES, 0, STR_INIT(""),
		STR_INIT("Ways to sort articles besides tags and series: names, or {name: topic, plural: topics}."), 0,
		0 },
	{ STR_INIT("cname"), CNAME, 0, STR_INIT(""),
		STR_INIT("The site's own domain; written into CNAME, where GitHub Pages looks for it."), 0, 0 },
	{ STR_INIT("params"), MAP, AT(params), STR_INIT(""),
		STR_INIT("Your own values; templates see them as site.params."), 0, 0 },
	{ STR_INIT("toolchains"), VERSIONS, AT(toolchains), STR_INIT(""),
		STR_INIT("The oldest version of a language that examples may be recorded with, such as `go: 1.22`. "
			 "`gen check` finds records that are older."),
		0, 0 },
	{ STR_INIT("deploy"), DEPLOY, AT(deploy), STR_INIT(""),
		STR_INIT("Where `gen deploy` puts the site: targets by name, each a map as below."), 0, 0 },
	{ STR_INIT("runners"), MAP, AT(runners), STR_INIT(""),
		STR_INIT("How examples are compiled and run, by language: rows of your own, or changes of those of gen."), 0,
		0 },
};

static const struct row feed_rows[] = {
	{ STR_INIT("content"), EXTENT, AT(feeds_full), STR_INIT("summary"),
		STR_INIT("What the site's feeds hold of an article. Those of tags and folders hold summaries."), 0, 0 },
	{ STR_INIT("items"), NUMBER, AT(feed_items), STR_INIT("20"), STR_INIT("Articles of a feed, the newest."), 1, 1000 },
	{ STR_INIT("lists"), BOOL, AT(feeds_lists), STR_INIT("true"),
		STR_INIT("Feeds of each tag, each other term and each folder as well."), 0, 0 },
};

static const struct row link_rows[] = {
	{ STR_INIT("ignore"), PATTERNS, 0, STR_INIT(""),
		STR_INIT("Links to other sites that `gen check --external` leaves alone: beginnings of addresses, or patterns "
			 "with `*`."),
		0, 0 },
	{ STR_INIT("private"), BOOL, AT(links.private_hosts), STR_INIT("false"),
		STR_INIT("Ask addresses of this machine and of private networks as well."), 0, 0 },
	{ STR_INIT("timeout"), NUMBER, AT(links.timeout), STR_INIT("20"),
		STR_INIT("Seconds that one request may take."), 1, 300 },
	{ STR_INIT("limit"), NUMBER, AT(links.limit), STR_INIT("600"),
		STR_INIT("Seconds that all of them may take."), 1, 86400 },
	{ STR_INIT("days"), NUMBER, AT(links.days), STR_INIT("7"),
		STR_INIT("How long an answer that was fine is believed; 0: not at all."), 0, 365 },
};

static const struct row robots_rows[] = {
	{ STR_INIT("disallow"), PATHS, 0, STR_INIT(""),
		STR_INIT("Paths that crawlers shall leave alone, for robots.txt; `/` is the whole site."), 0, 0 },
};

static const struct row template_rows[] = {
	{ STR_INIT("strict"), BOOL, AT(strict_templates), STR_INIT("true"),
		STR_INIT("A name that a template uses and the page does not have is an error."), 0, 0 },
};

static const struct row limit_rows[] = {
	{ STR_INIT("file"), NUMBER, AT(markdown.bytes), STR_INIT("10000000"),
		STR_INIT("Bytes of an article."), 1, INT64_MAX / 2 },
	{ STR_INIT("front_matter"), NUMBER, AT(front_matter_bytes), STR_INIT("262144"),
		STR_INIT("Bytes of front matter."), 1, INT64_MAX / 2 },
	{ STR_INIT("yaml_depth"), NUMBER, AT(yaml_depth), STR_INIT("64"),
		STR_INIT("Lists and maps inside one another."), 1, 1000 },
	{ STR_INIT("yaml_nodes"), NUMBER, AT(yaml_nodes), STR_INIT("100000"),
		STR_INIT("Values in one document, aliases counted as what they stand for."), 1, 100000000 },
	{ STR_INIT("nesting"), NUMBER, AT(markdown.nesting), STR_INIT("100"),
		STR_INIT("Quotes and lists inside one another."), 1, 1000 },
	{ STR_INIT("table_cells"), NUMBER, AT(markdown.table_cells), STR_INIT("200000"),
		STR_INIT("Table cells of an article."), 1, 100000000 },
	{ STR_INIT("brackets"), NUMBER, AT(markdown.brackets), STR_INIT("1000"),
		STR_INIT("Brackets and emphasis marks left open in one paragraph."), 1, 1000000 },
	{ STR_INIT("references"), NUMBER, AT(markdown.references), STR_INIT("0"),
		STR_INIT("Bytes that reference links may grow to; 0: ten times the article, at least 100 KB."), 0,
		INT64_MAX / 2 },
	{ STR_INIT("output"), NUMBER, AT(output_bytes), STR_INIT("67108864"),
		STR_INIT("Bytes of one page."), 1, INT64_MAX / 2 },
};

#define ROWS(rows) rows, sizeof(rows) / sizeof((rows)[0])

/* Keys that are maps of keys. */
static const struct group {
	str name;
	const struct row *rows;
	size_t count;
} groups[] = { { STR_INIT("feeds"), ROWS(feed_rows) }, { STR_INIT("links"), ROWS(link_rows) }, { STR_INIT("robots"), ROWS(robots_rows) },
	{ STR_INIT("templates"), ROWS(template_rows) }, { STR_INIT("limits"), ROWS(limit_rows) } };

enum { TOP_COUNT = sizeof(top_rows) / sizeof(top_rows[0]), GROUP_COUNT = sizeof(groups) / sizeof(groups[0]) };

static bool wrong_kind(const struct config_reading *r, const struct value *v, str name, const char *expected)
{
	return diag_error(r->diags, value_loc(v, r->src), "config",
		"\"" STR_FMT "\" must be %s, not %s", STR_ARG(name), expected, value_kind_name(v));
}

static bool read_text(const struct config_reading *r, const struct row *row, const struct value *v)
{
	if (v->kind == VALUE_LIST || v->kind == VALUE_MAP)
		return wrong_kind(r, v, row->name, "text");
	*(str *)((char *)r->out + row->at) = value_str(v);
	return true;
}

/* Numbers live in members of several widths. */
static void store_number(struct config *c, size_t at, int64_t n)
{
	char *place = (char *)c + at;

	if (at == AT(markdown.nesting) || at == AT(markdown.brackets))
		*(int *)place = (int)n;
	else if (at == AT(markdown.bytes) || at == AT(markdown.table_cells) || at == AT(markdown.references))
		*(size_t *)place = (size_t)n;
	else
		*(int64_t *)place = n;
}

static bool read_number(const struct config_reading *r, const struct row *row, const struct value *v)
{
	if (v->kind != VALUE_INT)
		return wrong_kind(r, v, row->name, "a whole number");
	if (v->i < row->least || v->i > row->most)
		return diag_error(r->diags, value_loc(v, r->src), "config",
			"\"" STR_FMT "\" must be between %lld and %lld, not %lld", STR_ARG(row->name),
			(long long)row->least, (long long)row->most, (long long)v->i);
	store_number(r->out, row->at, v->i);
	return true;
}

static bool read_bool(const struct config_reading *r, const struct row *row, const struct value *v)
{
	if (v->kind != VALUE_BOOL)
		return wrong_kind(r, v, row->name, "true or false");
	*(bool *)((char *)r->out + row->at) = v->b;
	return true;
}

static bool read_zone(const struct config_reading *r, const struct row *row, const struct value *v)
{
	if (date_read_zone(value_str(v), &r->out->zone_minutes))
		return true;
	diag_error(r->diags, value_loc(v, r->src), "config",
		"\"" STR_FMT "\" must be UTC or an offset such as +02:00, not '" STR_FMT "'",
		STR_ARG(row->name), STR_ARG(value_str(v)));
	return false;
}

static bool read_html(const struct config_reading *r, const struct value *v)
{
	static const str words[] = { [HTML_SAFE] = STR_INIT("safe"), [HTML_ALL] = STR_INIT("all"),
		[HTML_NONE] = STR_INIT("none") };

	for (size_t i = 0; i < 3; i++) {
		if (str_eq(value_str(v), words[i])) {
			r->out->html = (enum html_policy)i;
			return true;
		}
	}
	diag_error(r->diags, value_loc(v, r->src), "config",
		"\"html\" must be safe, all or none, not '" STR_FMT "'", STR_ARG(value_str(v)));
	diag_help_nearest(r->diags, value_str(v), words, 3);
	return false;
}

static bool read_extent(const struct config_reading *r, const struct value *v)
{
	static const str words[] = { STR_INIT("summary"), STR_INIT("full") };

	r->out->feeds_full = str_eq(value_str(v), words[1]);
	if (r->out->feeds_full || str_eq(value_str(v), words[0]))
		return true;
	diag_error(r->diags, value_loc(v, r->src), "config", "\"content\" must be summary or full, not '" STR_FMT "'",
		STR_ARG(value_str(v)));
	diag_help_nearest(r->diags, value_str(v), words, 2);
	return false;
}

static bool read_nav_item(const struct config_reading *r, const struct value *v, struct config_nav *out)
{
	const struct value *name = value_get(v, STR("name")), *url = value_get(v, STR("url"));

	if (v->kind != VALUE_MAP || value_str(name).len == 0 || value_str(url).len == 0)
		return diag_error(r->diags, value_loc(v, r->src), "config",
			"an item of \"nav\" needs a name and a url");
	*out = (struct config_nav){ value_str(name), value_str(url) };
	return true;
}

static bool read_nav(const struct config_reading *r, const struct value *v)
{
	bool fine = true;

	if (v->kind != VALUE_LIST)
		return wrong_kind(r, v, STR("nav"), "a list");
	r->out->nav_count = value_count(v);
	r->out->nav = arena_array(r->arena, struct config_nav, r->out->nav_count);
	for (size_t i = 0; i < r->out->nav_count; i++)
		fine = read_nav_item(r, value_at(v, i), &r->out->nav[i]) && fine;
	return fine;
}

static bool read_version(const struct config_reading *r, const struct value_entry *e)
{
	if (!language_find(e->key))
		return diag_error(r->diags, (loc){ r->src, e->line, e->col }, "config",
			"unknown language \"" STR_FMT "\" in \"toolchains\"", STR_ARG(e->key));
	if (tool_version_is(value_str(&e->value)))
		return true;
	return diag_error(r->diags, value_loc(&e->value, r->src), "config",
		"expected a version such as 1.22, not '" STR_FMT "'", STR_ARG(value_str(&e->value)));
}

static bool read_versions(const struct config_reading *r, const struct row *row, const struct value *v)
{
	bool fine = true;

	if (v->kind != VALUE_MAP)
		return wrong_kind(r, v, row->name, "a map");
	for (size_t i = 0; i < value_count(v); i++)
		fine = read_version(r, &v->map->at[i]) && fine;
	*(struct value *)((char *)r->out + row->at) = *v;
	return fine;
}

static bool read_value(const struct config_reading *r, const struct row *row, const struct value *v)
{
	switch (row->kind) {
	case TEXT:
		return read_text(r, row, v);
	case NUMBER:
		return read_number(r, row, v);
	case BOOL:
		return read_bool(r, row, v);
	case ZONE:
		return read_zone(r, row, v);
	case HTML:
		return read_html(r, v);
	case NAV:
		return read_nav(r, v);
	case VERSIONS:
		return read_versions(r, row, v);
	case MAP:
		if (v->kind != VALUE_MAP)
			return wrong_kind(r, v, row->name, "a map");
		*(struct value *)((char *)r->out + row->at) = *v;
		return true;
	case DEPLOY:
		return config_read_deploy(r->src, v, &r->out->deploy, &r->out->deploy_count, r->arena, r->diags);
	case OPTIONS:
		return config_options_read(r->src, v, &r->out->registry, r->arena, r->diags);
	case TAXONOMIES:
		return config_read_taxonomies(r, v);
	case PERMALINKS:
		return config_read_permalinks(r, v);
	case CNAME:
		return config_read_cname(r, v);
	case PATHS:
		return config_read_disallow(r, v);
	case PATTERNS:
		return config_read_ignored(r, v);
	case EXTENT:
		return read_extent(r, v);
	}
	return false;
}

static const struct row *find_row(const struct row *rows, size_t count, str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq_key(rows[i].name, name))
			return &rows[i];
	return NULL;
}

static bool unknown_key(const struct config_reading *r, const struct value_entry *e, const struct row *rows,
	size_t count, bool top)
{
	str names[TOP_COUNT + GROUP_COUNT];

	diag_error(r->diags, (loc){ r->src, e->line, e->col }, "config", "unknown key \"" STR_FMT "\"",
		STR_ARG(e->key));
	for (size_t i = 0; i < count; i++)
		names[i] = rows[i].name;
	for (size_t i = 0; top && i < GROUP_COUNT; i++)
		names[count++] = groups[i].name;
	if (str_nearest(e->key, names, count).len)
		diag_help_nearest(r->diags, e->key, names, count);
	else if (top)
		diag_help(r->diags, "values of your own belong under \"params\"");
	return false;
}

static bool read_map(const struct config_reading *r, const struct value *v, const struct row *rows, size_t count,
	bool top);

static bool read_entry(const struct config_reading *r, const struct value_entry *e, const struct row *rows,
	size_t count, bool top)
{
	const struct row *row = find_row(rows, count, e->key);

	for (size_t i = 0; top && i < GROUP_COUNT; i++)
		if (str_eq_key(e->key, groups[i].name))
			return read_map(r, &e->value, groups[i].rows, groups[i].count, false);
	if (!row)
		return unknown_key(r, e, rows, count, top);
	return value_is_null(&e->value) || read_value(r, row, &e->value);
}

static bool read_map(const struct config_reading *r, const struct value *v, const struct row *rows, size_t count,
	bool top)
{
	bool fine = true;

	if (value_is_null(v))
		return true;
	if (v->kind != VALUE_MAP)
		return diag_error(r->diags, value_loc(v, r->src), "config",
			"expected keys and values, found %s", value_kind_name(v));
	for (size_t i = 0; i < value_count(v); i++)
		fine = read_entry(r, &v->map->at[i], rows, count, top) && fine;
	return fine;
}

/* "https://example.org/a/b" -> origin "https://example.org", path "/a/b/". A path alone will do. */
static bool split_base(const struct config_reading *r, const struct value *place)
{
	struct config *c = r->out;
	str url = c->base_url, path;
	ptrdiff_t scheme = str_find(url, STR("://")), slash;

	c->base_path = STR("/");
	if (url.len == 0)
		return true;
	if (scheme < 0 && url.ptr[0] != '/') {
		diag_error(r->diags, place ? value_loc(place, r->src) : (loc){ 0 }, "config",
			"the base URL must begin with https:// (or / for a path alone), not '" STR_FMT "'",
			STR_ARG(url));
		diag_help(r->diags, "did you mean \"https://" STR_FMT "\"?", STR_ARG(url));
		return false;
	}
	path = scheme < 0 ? url : str_from(url, (size_t)scheme + 3);
	slash = str_find_char(path, '/');
	c->origin = scheme < 0 ? (str){ 0 }
			       : str_sub(url, 0, (size_t)scheme + 3 + (slash < 0 ? path.len : (size_t)slash));
	path = slash < 0 ? STR("/") : str_from(path, (size_t)slash);
	if (str_find_char(path, '?') >= 0 || str_find_char(path, '#') >= 0)
		return diag_error(r->diags, place ? value_loc(place, r->src) : (loc){ 0 }, "config",
			"the base URL must have no '?' and no '#': '" STR_FMT "'", STR_ARG(url));
	c->base_path = str_ends(path, STR("/")) ? path : str_printf(r->arena, "%.*s/", STR_ARG(path));
	c->base_url = str_printf(r->arena, "%.*s%.*s", STR_ARG(c->origin), STR_ARG(c->base_path));
	return true;
}

static void set_standard(struct config *c)
{
	*c = (struct config){
		.title = STR("Comparisons"),
		.language = STR("en"),
		.content = STR("content"),
		.paginate = 12,
		.links = { .timeout = 20, .limit = 600, .days = 7 },
		.summary_length = 240,
		.toc = true,
		.examples = true,
		.exports = true,
		.search = true,
		.strict_templates = true,
		.html = HTML_SAFE,
		.feeds_lists = true,
		.feed_items = 20,
		.params = { .kind = VALUE_MAP },
		.toolchains = { .kind = VALUE_MAP },
	};
}

bool config_read(const struct source *src, str base_url, struct config *out, struct arena *a,
	struct diags *d)
{
	struct config_reading r = { src, out, a, d };
	struct value tree;
	bool fine;

	set_standard(out);
	if (!yaml_read(src, src->text, 1, NULL, &tree, a, d))
		return false;
	fine = read_map(&r, &tree, top_rows, TOP_COUNT, true);
	if (base_url.len)
		out->base_url = base_url;
	return split_base(&r, base_url.len ? NULL : value_get(&tree, STR("base_url"))) && fine;
}

static void visit_rows(const struct row *rows, size_t count, str group, config_visit *visit, void *ctx)
{
	for (size_t i = 0; i < count; i++)
		visit(ctx, &(struct config_key){ group, rows[i].name, kind_names[rows[i].kind],
				   rows[i].standard, rows[i].meaning });
}

void config_keys(config_visit *visit, void *ctx)
{
	visit_rows(top_rows, TOP_COUNT, (str){ 0 }, visit, ctx);
	config_options_keys(visit, ctx);
	config_deploy_keys(visit, ctx);
	for (size_t i = 0; i < GROUP_COUNT; i++)
		visit_rows(groups[i].rows, groups[i].count, groups[i].name, visit, ctx);
}
