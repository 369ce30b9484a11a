/* Whole small sites in a folder of their own. */
#include "site/build.h"

#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "markdown/markdown.h"
#include "site/site.h"
#include "unit/suite.h"

struct world {
	struct arena arena;
	struct diags diags;
	struct build_report report;
	str folder;
};

static struct world start(void)
{
	struct world w = { .arena = { 0 } };
	char name[] = "/tmp/gen-site-XXXXXX";

	markdown_start();
	ck_assert_ptr_nonnull(mkdtemp(name));
	w.folder = str_copy(str_c(name), &w.arena);
	return w;
}

static void end(struct world *w)
{
	ck_assert_int_eq(tree_remove(w->folder), 0);
	arena_free(&w->arena);
}

static void put(struct world *w, const char *name, const char *text)
{
	str path = path_join(w->folder, str_c(name), &w->arena);

	ck_assert_int_eq(folder_make(path_folder(path)), 0);
	ck_assert_int_eq(file_write_atomic(path, str_c(text)), 0);
}

static str get(struct world *w, const char *name)
{
	str text;

	ck_assert_int_eq(file_read(path_join(w->folder, str_c(name), &w->arena), 0, &w->arena, &text), 0);
	return text;
}

static bool is_there(struct world *w, const char *name)
{
	return access(str_cstr(path_join(w->folder, str_c(name), &w->arena), &w->arena), F_OK) == 0;
}

static bool build_with(struct world *w, struct site_options o)
{
	o.source = w->folder;
	w->diags = (struct diags){ .arena = &w->arena };
	return site_build(&o, &w->report, &w->arena, &w->diags);
}

static bool build(struct world *w)
{
	return build_with(w, (struct site_options){ .jobs = 2 });
}

/* Small templates, so that the default theme may change freely. */
static void put_templates(struct world *w)
{
	put(w, "templates/article.mustache",
		"{{title}}|{{#tags}}{{slug}} {{/tags}}|{{{content}}}|{{#previous}}<{{title}}{{/previous}}"
		"{{#next}}>{{title}}{{/next}}|{{#related}}~{{title}}{{/related}}");
	put(w, "templates/home.mustache", "{{#articles}}{{index}}:{{title}}:{{summary}};{{/articles}}"
					  "{{pager.number}}/{{pager.count}}");
	put(w, "templates/tag.mustache", "{{tag.name}}:{{#articles}}{{title}};{{/articles}}");
	put(w, "templates/list.mustache", "{{title}}:{{#articles}}{{title}};{{/articles}}");
}

START_TEST(lists_are_newest_first_and_in_pages)
{
	struct world w = start();

	put_templates(&w);
	put(&w, "gen.yaml", "paginate: 2");
	put(&w, "content/a.md", "---\ndate: 2026-01-01\n---\n# A\n\nAlpha.");
	put(&w, "content/b.md", "---\ndate: 2026-03-01\n---\n# B\n\nBeta.");
	put(&w, "content/c.md", "---\ndate: 2026-02-01\n---\n# C\n\nGamma.");
	ck_assert(build(&w));
	ck_assert(str_eq(get(&w, "site/index.html"), STR("1:B:Beta.;2:C:Gamma.;1/2")));
	ck_assert(str_eq(get(&w, "site/page/2/index.html"), STR("1:A:Alpha.;2/2")));
	end(&w);
}
END_TEST

START_TEST(neighbours_go_by_date)
{
	struct world w = start();

	put_templates(&w);
	put(&w, "content/a.md", "---\ntitle: A\ndate: 2026-01-01\n---\n");
	put(&w, "content/b.md", "---\ntitle: B\ndate: 2026-03-01\n---\n");
	put(&w, "content/c.md", "---\ntitle: C\ndate: 2026-02-01\n---\n");
	ck_assert(build(&w));
	ck_assert(str_eq(get(&w, "site/c/index.html"), STR("C|||<A>B|")));
	end(&w);
}
END_TEST

START_TEST(spellings_of_a_language_are_one_tag)
{
	struct world w = start();

	put_templates(&w);
	put(&w, "content/a.md", "---\ntitle: A\ntags: [Golang, Go, C++]\n---\n");
	put(&w, "content/b.md", "---\ntitle: B\ntags: [go]\n---\n");
	ck_assert(build(&w));
	ck_assert(str_eq(get(&w, "site/tags/go/index.html"), STR("Go:A;B;")));
	ck_assert(str_eq(get(&w, "site/tags/cpp/index.html"), STR("C++:A;")));
	ck_assert(str_eq(get(&w, "site/a/index.html"), STR("A|go cpp ||<B|~B")));
	end(&w);
}
END_TEST

START_TEST(drafts_future_and_expired_are_named_and_left_out)
{
	struct world w = start();

	put_templates(&w);
	put(&w, "content/a.md", "---\ntitle: A\ndraft: true\n---\n");
	put(&w, "content/b.md", "---\ntitle: B\ndate: 2999-01-01\n---\n");
	put(&w, "content/c.md", "---\ntitle: C\nexpires: 2001-01-01\n---\n");
	ck_assert(build(&w));
	ck_assert_uint_eq(w.report.skip_count, 3);
	ck_assert(str_eq(w.report.skips[0].flag, STR("--drafts")));
	ck_assert(!is_there(&w, "site/a/index.html"));
	ck_assert(build_with(&w, (struct site_options){ .drafts = true, .future = true, .expired = true }));
	ck_assert_uint_eq(w.report.skip_count, 0);
	ck_assert(is_there(&w, "site/c/index.html"));
	end(&w);
}
END_TEST

START_TEST(with_an_error_the_old_site_stays_whole)
{
	struct world w = start();

	put_templates(&w);
	put(&w, "content/a.md", "---\ntitle: Old\n---\n");
	ck_assert(build(&w));
	put(&w, "content/a.md", "---\ntitle: New\n---\n");
	put(&w, "content/b.md", "---\ndate: soon\n---\n");
	ck_assert(!build(&w));
	ck_assert_uint_eq(w.diags.errors, 1);
	ck_assert(str_starts(get(&w, "site/a/index.html"), STR("Old|")));
	end(&w);
}
END_TEST

START_TEST(an_unchanged_site_is_fresh_and_a_changed_one_is_not)
{
	struct world w = start();

	put_templates(&w);
	put(&w, "content/a.md", "---\ntitle: A\n---\n");
	usleep(60000); /* past the tick in which a change would go unseen */
	ck_assert(build(&w));
	ck_assert(!w.report.fresh);
	ck_assert(build(&w));
	ck_assert(w.report.fresh);
	ck_assert_int_eq(unlink(str_cstr(path_join(w.folder, STR("site/a/index.html"), &w.arena), &w.arena)), 0);
	ck_assert(build(&w));
	ck_assert(!w.report.fresh);
	ck_assert_uint_eq(w.report.written, 1);
	put(&w, "content/a.md", "---\ntitle: B\n---\n");
	ck_assert(build(&w));
	ck_assert(str_starts(get(&w, "site/a/index.html"), STR("B|")));
	end(&w);
}
END_TEST

START_TEST(one_address_for_two_articles_names_both)
{
	struct world w = start();

	put_templates(&w);
	put(&w, "content/a.md", "---\ntitle: A\nslug: x\n---\n");
	put(&w, "content/b.md", "---\ntitle: B\nurl: /X/\n---\n");
	ck_assert(!build(&w));
	ck_assert(str_find(w.diags.first->message, STR("content/a.md")) >= 0);
	ck_assert(str_ends(w.diags.first->path, STR("content/b.md")));
	end(&w);
}
END_TEST

START_TEST(links_between_files_become_addresses)
{
	struct world w = start();

	put_templates(&w);
	put(&w, "gen.yaml", "base_url: https://example.org/x/");
	put(&w, "content/go/a.md", "---\ntitle: A\n---\n[b](../b.md#there) [p](p.png) [t](/tags/)");
	put(&w, "content/b.md", "---\ntitle: B\n---\n## There\n");
	put(&w, "content/go/p.png", "png");
	ck_assert(build(&w));
	ck_assert_uint_eq(w.diags.warnings, 0);
	ck_assert(str_find(get(&w, "site/go/a/index.html"), STR("href=\"/x/b/#there\"")) >= 0);
	ck_assert(str_find(get(&w, "site/go/a/index.html"), STR("href=\"/x/go/p.png\"")) >= 0);
	ck_assert(str_find(get(&w, "site/go/a/index.html"), STR("href=\"/x/tags/\"")) >= 0);
	ck_assert(str_eq(get(&w, "site/go/p.png"), STR("png")));
	end(&w);
}
END_TEST

START_TEST(links_to_nowhere_are_warnings_at_their_place)
{
	struct world w = start();

	put_templates(&w);
	put(&w, "content/a.md", "---\ntitle: A\n---\n[x](no.md)\n[y](/no/)\n[z](#no)\n");
	ck_assert(build(&w));
	ck_assert_uint_eq(w.diags.warnings, 3);
	ck_assert_int_eq(w.diags.first->line, 4);
	ck_assert(!build_with(&w, (struct site_options){ .strict = true, .rebuild = true }));
	end(&w);
}
END_TEST

START_TEST(files_of_a_bundle_move_with_their_article)
{
	struct world w = start();

	put_templates(&w);
	put(&w, "content/post/index.md", "---\ntitle: A\nslug: moved\n---\n![p](p.png)");
	put(&w, "content/post/p.png", "png");
	ck_assert(build(&w));
	ck_assert_uint_eq(w.diags.warnings, 0);
	ck_assert(is_there(&w, "site/moved/p.png"));
	end(&w);
}
END_TEST

START_TEST(any_number_of_threads_gives_the_same_bytes)
{
	struct world w = start();
	str one, four;

	put_templates(&w);
	for (int i = 0; i < 40; i++) {
		char name[64], text[256];

		snprintf(name, sizeof(name), "content/a%d.md", i);
		snprintf(text, sizeof(text), "---\ntitle: A%d\ndate: 2026-01-%02d\ntags: [t%d, u%d]\n---\n## H\n\n~~x~~ %d",
			i, i % 28 + 1, i % 3, i % 5, i);
		put(&w, name, text);
	}
	ck_assert(build_with(&w, (struct site_options){ .jobs = 1, .output = path_join(w.folder, STR("one"), &w.arena) }));
	ck_assert(build_with(&w, (struct site_options){ .jobs = 4, .output = path_join(w.folder, STR("four"), &w.arena) }));
	for (int i = 0; i < 40; i++) {
		char name[64];

		snprintf(name, sizeof(name), "one/a%d/index.html", i);
		one = get(&w, name);
		snprintf(name, sizeof(name), "four/a%d/index.html", i);
		four = get(&w, name);
		ck_assert(str_eq(one, four));
	}
	ck_assert(str_eq(get(&w, "one/index.html"), get(&w, "four/index.html")));
	end(&w);
}
END_TEST

START_TEST(aliases_lead_to_their_article)
{
	struct world w = start();

	put_templates(&w);
	put(&w, "templates/redirect.mustache", "to {{target}}");
	put(&w, "content/a.md", "---\ntitle: A\naliases: [/old/place]\n---\n");
	ck_assert(build(&w));
	ck_assert(str_eq(get(&w, "site/old/place/index.html"), STR("to /a/")));
	end(&w);
}
END_TEST

START_TEST(folders_list_their_articles_under_their_own_text)
{
	struct world w = start();

	put_templates(&w);
	put(&w, "content/go/_index.md", "---\ntitle: All of Go\n---\n");
	put(&w, "content/go/a.md", "---\ntitle: A\n---\n");
	put(&w, "content/go/web/b.md", "---\ntitle: B\n---\n");
	ck_assert(build(&w));
	ck_assert(str_eq(get(&w, "site/go/index.html"), STR("All of Go:A;B;")));
	ck_assert(str_eq(get(&w, "site/go/web/index.html"), STR("web:B;")));
	end(&w);
}
END_TEST

SUITE("build", lists_are_newest_first_and_in_pages, neighbours_go_by_date, spellings_of_a_language_are_one_tag,
	drafts_future_and_expired_are_named_and_left_out, with_an_error_the_old_site_stays_whole,
	an_unchanged_site_is_fresh_and_a_changed_one_is_not, one_address_for_two_articles_names_both,
	links_between_files_become_addresses, links_to_nowhere_are_warnings_at_their_place,
	files_of_a_bundle_move_with_their_article, any_number_of_threads_gives_the_same_bytes,
	aliases_lead_to_their_article, folders_list_their_articles_under_their_own_text)
