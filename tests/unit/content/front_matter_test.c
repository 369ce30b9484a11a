#include "unit/suite.h"

#include "base/arena.h"
#include "base/buf.h"
#include "content/article.h"

/* The keys: their types, their other spellings, and what is said when something is wrong. */

static struct arena a;

static str wrap(const char *head)
{
	return str_printf(&a, "---\n%s\n---\nBody.\n", head);
}

static bool read_into(const char *head, struct article *out, struct diags *d)
{
	struct source *src = arena_new(&a, struct source);

	*src = (struct source){ STR("content/a.md"), wrap(head) };
	*d = (struct diags){ .arena = &a };
	return article_read(src, STR("a.md"), NULL, out, &a, d);
}

static struct article read_ok(const char *head)
{
	struct article out;
	struct diags d;
	bool ok = read_into(head, &out, &d);

	ck_assert_msg(ok && !d.first, "%s: " STR_FMT, head,
		STR_ARG(d.first ? d.first->message : STR("")));
	return out;
}

static void check_error(
	const char *head, int line, int col, const char *words, const char *help)
{
	struct article out;
	struct diags d;

	ck_assert_msg(!read_into(head, &out, &d), "%s", head);
	ck_assert_uint_eq(d.errors, 1);
	ck_assert_msg(str_find(d.first->message, str_c(words)) >= 0, STR_FMT,
		STR_ARG(d.first->message));
	ck_assert_msg(
		str_find(d.first->help, str_c(help)) >= 0, STR_FMT, STR_ARG(d.first->help));
	ck_assert_int_eq(d.first->line, line);
	ck_assert_int_eq(d.first->col, col);
	ck_assert_str_eq(d.first->category, "front-matter");
}

static void check_warning(const char *head, const char *words, const char *help)
{
	struct article out;
	struct diags d;

	ck_assert(read_into(head, &out, &d));
	ck_assert_msg(d.warnings == 1, "%s: %zu warnings", head, d.warnings);
	ck_assert_msg(str_find(d.first->message, str_c(words)) >= 0, STR_FMT,
		STR_ARG(d.first->message));
	ck_assert_msg(
		str_find(d.first->help, str_c(help)) >= 0, STR_FMT, STR_ARG(d.first->help));
}

static void check_text(str got, const char *expected)
{
	ck_assert_msg(str_eq(got, str_c(expected)), "\"%s\", got \"" STR_FMT "\"", expected,
		STR_ARG(got));
}

static void check_words(struct str_list got, const char *expected)
{
	struct buf b = { .arena = &a };

	for (size_t i = 0; i < got.count; i++)
		buf_printf(&b, "%s" STR_FMT, i ? "|" : "", STR_ARG(got.at[i]));
	check_text(buf_str(&b), expected);
}

static void check_day(struct date got, int year, int month, int day)
{
	ck_assert_int_eq(got.year, year);
	ck_assert_int_eq(got.month, month);
	ck_assert_int_eq(got.day, day);
}

START_TEST(texts_are_taken_as_written)
{
	check_text(read_ok("title: 2025").title, "2025");
	check_text(read_ok("title: 1.10").title, "1.10");
	check_text(read_ok("title: True").title, "True");
	check_text(read_ok("description: |\n  one\n  two").description, "one two");
	check_text(read_ok("summary: x").summary, "x");
	check_text(read_ok("series: x").series, "x");
	check_text(read_ok("template: wide").template_name, "wide");
}
END_TEST

START_TEST(nothing_is_the_same_as_not_written)
{
	struct article got = read_ok("date:\ntags:\ndraft:\nweight:\nurl:\nslug:\naliases:\n"
				     "toc:\nimage:\nparams:\nsources:\nseries:\nauthors:\n"
				     "published:\ntaxonomies:\nexpires: \"\"");

	ck_assert_int_eq(got.date.year, 0);
	ck_assert_uint_eq(got.tags.count + got.aliases.count + got.authors.count, 0);
	ck_assert(!got.draft && !got.has_weight);
	ck_assert_int_eq(got.toc, -1);
}
END_TEST

START_TEST(keys_compare_without_case_and_dashes)
{
	check_text(read_ok("TITLE: x").title, "x");
	check_day(read_ok("last-mod: 2026-03-01").updated, 2026, 3, 1);
	check_day(read_ok("Publish_Date: 2026-03-01").publish, 2026, 3, 1);
}
END_TEST

START_TEST(other_generators_spellings_are_known)
{
	check_day(read_ok("lastmod: 2026-03-01").updated, 2026, 3, 1);
	check_day(read_ok("modified: 2026-03-01").updated, 2026, 3, 1);
	check_day(read_ok("last_modified_at: 2026-03-01").updated, 2026, 3, 1);
	check_day(read_ok("pubDate: 2026-03-01").date, 2026, 3, 1);
	check_day(read_ok("publishDate: 2026-03-01").publish, 2026, 3, 1);
	check_day(read_ok("expiryDate: 2026-03-01").expires, 2026, 3, 1);
	check_text(read_ok("permalink: /x/").url, "/x/");
	check_text(read_ok("path: x/y").url, "/x/y");
	check_words(read_ok("redirect_from: [/x/, y]").aliases, "/x/|/y");
	check_text(read_ok("layout: post").template_name, "post");
	check_text(read_ok("excerpt: short").summary, "short");
	check_text(read_ok("heroImage: a.png").image, "a.png");
	check_words(read_ok("author: Ann").authors, "Ann");
	struct article extra = read_ok("extra: {k: v}");
	check_text(value_str(value_get(&extra.params, STR("k"))), "v");
}
END_TEST

START_TEST(every_alias_in_the_table_is_read_without_a_word)
{
	size_t count;
	const struct article_key *keys = article_keys(&count);

	ck_assert_uint_ge(count, 20);
	for (size_t i = 0; i < count; i++) {
		ck_assert_uint_gt(keys[i].meaning.len, 0);
		str rest = keys[i].aliases;
		while (rest.len) {
			struct str_pair p = str_cut(rest, ',');
			str name = str_trim(p.head);
			struct article got = read_ok(
				str_cstr(str_printf(&a, STR_FMT ":", STR_ARG(name)), &a));
			ck_assert_uint_eq(value_count(&got.params), 0);
			rest = p.tail;
		}
	}
}
END_TEST

START_TEST(dates_have_many_forms)
{
	struct date d = read_ok("date: 2026-03-01 12:30").date;

	check_day(read_ok("date: 2026-03-01").date, 2026, 3, 1);
	check_day(read_ok("date: \"2026-03-01\"").date, 2026, 3, 1);
	ck_assert(d.has_time && !d.has_offset && d.hour == 12);
	d = read_ok("date: 2026-03-01T12:30:00+01:00").date;
	ck_assert_int_eq(d.offset_minutes, 60);
	d = read_ok("date: 2026-03-01 12:30:00 -0500").date;
	ck_assert_int_eq(d.offset_minutes, -300);
}
END_TEST

START_TEST(what_is_no_date_is_an_error)
{
	check_error("date: soon", 2, 7,
		"\"date\": expected a date like 2026-03-01, found \"soon\"",
		"2026-03-01 12:30");
	check_error("date: 2026-02-30", 2, 7, "found \"2026-02-30\"", "");
	check_error("date: 20260301", 2, 7, "found 20260301", "");
	check_error("x: 1\nupdated: [2026-03-01]", 3, 10, "found a list", "");
}
END_TEST

START_TEST(published_is_a_bool_or_a_date)
{
	ck_assert(!read_ok("published: true").draft);
	ck_assert(read_ok("published: false").draft);
	check_day(read_ok("published: 2026-03-01").publish, 2026, 3, 1);
	check_error("published: maybe", 2, 12, "true or false", "");
	check_error("published: 2026", 2, 12, "true, false or a date", "");
	check_error("published: 2026-13-01", 2, 12, "true, false or a date", "");
}
END_TEST

START_TEST(draft_and_published_may_agree)
{
	ck_assert(read_ok("draft: true").draft);
	ck_assert(read_ok("draft: true\npublished: false").draft);
	ck_assert(!read_ok("draft: false\npublished: true").draft);
}
END_TEST

START_TEST(a_contradiction_keeps_the_article_a_draft_and_is_said)
{
	struct article out;
	struct diags d;

	ck_assert(read_into("draft: true\npublished: true", &out, &d));
	ck_assert(out.draft);
	ck_assert_uint_eq(d.warnings, 1);
	ck_assert_int_eq(d.first->line, 3);
}
END_TEST

START_TEST(a_bool_may_be_quoted_but_is_not_yes)
{
	ck_assert(read_ok("draft: \"true\"").draft);
	check_error("draft: yes", 2, 8, "expected true or false, found \"yes\"", "write true");
	check_error("draft: off", 2, 8, "found \"off\"", "write false");
	check_error("draft: 1", 2, 8, "found 1", "");
}
END_TEST

START_TEST(tags_are_a_list_or_a_text_with_commas)
{
	check_words(read_ok("tags: [Go, machine learning]").tags, "Go|machine learning");
	check_words(read_ok("tags: Go, machine learning,").tags, "Go|machine learning");
	check_words(read_ok("tags: Programming Languages").tags, "Programming Languages");
	check_words(read_ok("tags:\n- a\n-\n- \" b \"").tags, "a|b");
}
END_TEST

START_TEST(numbers_among_tags_stay_as_written)
{
	check_words(read_ok("tags: [2025, 1.10, 0x1F, true]").tags, "2025|1.10|0x1F|true");
	check_words(read_ok("tags: 2025").tags, "2025");
}
END_TEST

START_TEST(each_tag_has_its_place)
{
	struct article got = read_ok("tags:\n  - a\n  -\n  - b");

	ck_assert_int_eq(got.tags_line, 2);
	ck_assert_int_eq(got.tag_locs[1].line, 5);
	ck_assert_int_eq(got.tag_locs[1].col, 5);
}
END_TEST

START_TEST(tags_of_taxonomies_are_tags)
{
	struct article got = read_ok("taxonomies:\n  tags: [a]\n  categories: [b]");
	const struct value *kept = value_get(&got.params, STR("taxonomies"));

	check_words(got.tags, "a");
	check_text(value_str(value_at(value_get(kept, STR("categories")), 0)), "b");
}
END_TEST

START_TEST(a_list_of_maps_is_no_list_of_tags)
{
	check_error("tags: {a: b}", 2, 7, "a list like [Go, Python]", "");
	check_error("tags: [a, {b: c}]", 2, 11, "only words", "");
}
END_TEST

START_TEST(authors_have_three_forms)
{
	check_words(read_ok("author: Ann Lee, PhD").authors, "Ann Lee, PhD");
	check_words(read_ok("author: {name: Ann, url: x}").authors, "Ann");
	check_words(read_ok("authors: [Ann, {name: Bob}]").authors, "Ann|Bob");
	check_error("author: {url: x}", 2, 9, "{name: ...}", "");
}
END_TEST

START_TEST(images_have_the_forms_of_themes)
{
	check_text(read_ok("image: a.png").image, "a.png");
	check_text(read_ok("image: {path: a.png, alt: x}").image, "a.png");
	check_text(read_ok("images: [a.png, b.png]").image, "a.png");
	check_error("image: {alt: x}", 2, 8, "the address of an image", "");
}
END_TEST

START_TEST(weight_is_a_whole_number)
{
	struct article got = read_ok("weight: -3");

	ck_assert(got.has_weight);
	ck_assert_int_eq(got.weight, -3);
	check_error("weight: heavy", 2, 9, "a whole number", "");
	check_error("weight: 1.5", 2, 9, "a whole number", "");
	check_error("weight: 99999999999", 2, 9, "a smaller number", "");
}
END_TEST

START_TEST(toc_is_on_off_or_not_said)
{
	ck_assert_int_eq(read_ok("toc: true").toc, 1);
	ck_assert_int_eq(read_ok("toc: false").toc, 0);
	ck_assert_int_eq(read_ok("title: x").toc, -1);
}
END_TEST

START_TEST(a_slug_is_one_part_of_an_address)
{
	struct article got = read_ok("title: x\nslug: go-vs-rust");

	check_text(got.slug, "go-vs-rust");
	ck_assert_int_eq(got.slug_line, 3);
	check_error("slug: a/b", 2, 7, "one part", "url: /a/b/");
	check_error("slug: ..", 2, 7, "one part", "");
	check_error("slug: a?b", 2, 7, "one part", "");
}
END_TEST

START_TEST(a_url_is_a_path_from_the_root)
{
	struct article got = read_ok("title: x\nurl: /a/b/");

	check_text(got.url, "/a/b/");
	ck_assert_int_eq(got.url_line, 3);
	check_text(read_ok("url: /").url, "/");
	check_error("url: a/b", 2, 6, "starts with '/'", "write \"/a/b\"");
	check_error("url: /a/../b", 2, 6, "'..'", "");
	check_error("url: //host/a", 2, 6, "empty", "");
	check_error("url: /a?b", 2, 6, "'?'", "");
	check_error("url: /a\\b", 2, 6, "backslashes", "");
	check_error("url: \"/a\\tb\"", 2, 6, "control", "");
	check_error("url: https://x.org/a", 2, 6, "starts with '/'", "leave the protocol");
	check_error("permalink: /:title/", 2, 12, "placeholders", "");
	check_error("url: [a]", 2, 6, "found a list", "");
	check_error("url: \"\"", 2, 6, "an address like", "");
}
END_TEST

START_TEST(aliases_are_checked_like_urls)
{
	check_words(read_ok("aliases: /old/").aliases, "/old/");
	check_error("aliases: [/a, ../b]", 2, 15, "'..'", "");
}
END_TEST

START_TEST(unknown_keys_are_kept_for_templates)
{
	struct article got = read_ok("color: red\nparams: {size: 3}\ncategories: [a]");

	check_text(value_str(value_get(&got.params, STR("color"))), "red");
	ck_assert_int_eq(value_get(&got.params, STR("size"))->i, 3);
	ck_assert_uint_eq(value_count(value_get(&got.params, STR("categories"))), 1);
	ck_assert_int_eq(value_entry(&got.params, STR("color"))->line, 2);
}
END_TEST

START_TEST(params_must_be_a_map)
{
	check_error("params: x", 2, 9, "expected a map, found \"x\"", "");
}
END_TEST

START_TEST(sources_and_claims_are_lists_or_maps)
{
	struct article got = read_ok("sources: [{url: x}]\nclaims: {speed: 10}");

	ck_assert_uint_eq(value_count(&got.sources), 1);
	ck_assert_int_eq(value_get(&got.claims, STR("speed"))->i, 10);
	check_error("claims: fast", 2, 9, "a list or a map", "");
}
END_TEST

START_TEST(a_near_miss_is_warned_of_and_kept)
{
	struct article out;
	struct diags d;

	check_warning("tilte: x", "unknown key \"tilte\"", "did you mean \"title\"?");
	check_warning("descripton: x", "unknown key", "\"description\"");
	check_warning("langauges: x", "unknown key", "\"languages\"");
	check_warning("last_mdo: x", "unknown key", "\"lastmod\"");
	check_warning("publised: x", "unknown key", "\"published\"");
	check_warning("Date_: 2026-03-01\ndaet: x", "unknown key \"daet\"", "\"date\"");
	ck_assert(read_into("tilte: x", &out, &d));
	ck_assert_int_eq(d.first->line, 2);
	check_text(value_str(value_get(&out.params, STR("tilte"))), "x");
}
END_TEST

START_TEST(words_of_other_generators_are_no_near_misses)
{
	static const char *const words[] = { "type", "kind", "cover", "categories", "keywords",
		"menu", "math", "lang", "language", "hidden", "pinned", "subtitle", "comments",
		"sitemap", "resources", "outputs", "cascade", "linkTitle", "isCJKLanguage",
		"nav_order", "parent", "sort_by", "render", "status", "style", "time",
		"section", "featured", "ShowToc", "tocopen", "mathjax", "eleventyNavigation",
		"sidebar_label", "has_children", "nav_exclude", "insert_anchor_links",
		"in_search_index", "tagline", "canonicalUrl", "robots", "headless", "markup",
		"thumbnail", "caption", "version", "rating", "level", "difficulty", "color",
		"level", "state", "data", "id", "uri" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct article got = read_ok(str_cstr(str_printf(&a, "%s: x", words[i]), &a));
		ck_assert_uint_eq(value_count(&got.params), 1);
	}
}
END_TEST

START_TEST(two_spellings_of_one_key_are_said_and_the_first_counts)
{
	struct article out;
	struct diags d;

	check_warning("updated: 2026-03-01\nlastmod: 2020-01-01",
		"means the same as \"updated\"", "remove");
	ck_assert(read_into("updated: 2026-03-01\nlastmod: 2020-01-01", &out, &d));
	check_day(out.updated, 2026, 3, 1);
}
END_TEST

START_TEST(a_second_series_is_said_to_be_lost)
{
	check_text(read_ok("series: [a]").series, "a");
	check_warning("series: [a, b]", "one series", "");
}
END_TEST

START_TEST(all_faults_of_a_file_are_named_in_one_go)
{
	struct article out;
	struct diags d;

	ck_assert(!read_into(
		"date: soon\ndraft: perhaps\nweight: x\nurl: x\ntags: {}\n", &out, &d));
	ck_assert_uint_eq(d.errors, 5);
}
END_TEST

START_TEST(the_number_of_keys_is_bounded)
{
	struct buf b = { .arena = &a };
	struct article out;
	struct diags d;

	for (int i = 0; i < 1001; i++)
		buf_printf(&b, "key%d: x\n", i);
	ck_assert(!read_into(str_cstr(buf_str(&b), &a), &out, &d));
	ck_assert(str_find(d.first->message, STR("1001 keys")) >= 0);
}
END_TEST

SUITE("front matter", texts_are_taken_as_written, nothing_is_the_same_as_not_written,
	keys_compare_without_case_and_dashes, other_generators_spellings_are_known,
	every_alias_in_the_table_is_read_without_a_word, dates_have_many_forms,
	what_is_no_date_is_an_error, published_is_a_bool_or_a_date,
	draft_and_published_may_agree, a_contradiction_keeps_the_article_a_draft_and_is_said,
	a_bool_may_be_quoted_but_is_not_yes, tags_are_a_list_or_a_text_with_commas,
	numbers_among_tags_stay_as_written, each_tag_has_its_place, tags_of_taxonomies_are_tags,
	a_list_of_maps_is_no_list_of_tags, authors_have_three_forms,
	images_have_the_forms_of_themes, weight_is_a_whole_number, toc_is_on_off_or_not_said,
	a_slug_is_one_part_of_an_address, a_url_is_a_path_from_the_root,
	aliases_are_checked_like_urls, unknown_keys_are_kept_for_templates,
	params_must_be_a_map, sources_and_claims_are_lists_or_maps,
	a_near_miss_is_warned_of_and_kept, words_of_other_generators_are_no_near_misses,
	two_spellings_of_one_key_are_said_and_the_first_counts,
	a_second_series_is_said_to_be_lost, all_faults_of_a_file_are_named_in_one_go,
	the_number_of_keys_is_bounded)
