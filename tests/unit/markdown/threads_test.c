/*
 * The library keeps a global table of special characters that each parse used to set and clear
 * again: on two threads one page in seven came out wrong.
 */
#include <pthread.h>

#include "page.h"

enum { THREADS = 4, ROUNDS = 3000, TEXTS = 6 };

static const char *const texts[TEXTS] = {
	"~~a~~ *~b~* www.c.org w:w http://d.org/(e) f@g.org\n\n| ~~h~~ | www.i.org |\n|-|-|\n| "
	"j | k |\n",
	"Note[^1] ~~x~~.\n\n[^1]: See https://y.org and **~~z~~**.\n\n- [ ] www.a.org\n- [x] "
	"b\n",
	"# Wow: w w w ~ ~~ ~~~\n\n> [!NOTE] www.www.www\n> ~~x~~ : y\n\n```go\n~~x~~ "
	"www.y.z\n```\n",
	"plain words: with two swallows, www and: nothing else\n",
	"| a | b |\n|:-|-:|\n| ~~c~~ | www.d.org/~e |\n\nTable: w\n\n| f: | http://g.org "
	"|\n|-|-|\n",
	"~a~ ~~b~ ~c~~ mailto:d@e.org xmpp:f@g.org/h [~~i~~](www.j.org) <http://k.org> "
	"~~*l*~~\n",
};

struct expected {
	str html[TEXTS];
};

struct worker {
	pthread_t thread;
	const struct expected *expected;
	unsigned number, wrong;
};

static str render_text(const char *text, struct arena *a)
{
	struct diags d = { .arena = a };
	struct source src = { STR("a.md"), str_c(text) };
	struct markdown_options options = { 0 };
	struct buf out = { .arena = a };
	struct markdown *m = markdown_parse(&src, src.text, 1, &options, a, &d);

	if (m)
		markdown_render(m, NULL, false, &out);
	return buf_str(&out);
}

static void *render_many(void *ctx)
{
	struct worker *w = ctx;
	struct arena a = { 0 };

	for (unsigned i = 0; i < ROUNDS; i++) {
		/* Each thread in another order, and plain pages between, where the table
		 * matters. */
		unsigned t = (i * (2 * w->number + 1) + w->number) % TEXTS;

		w->wrong += !str_eq(render_text(texts[t], &a), w->expected->html[t]);
		arena_reset(&a, 1 << 16);
	}
	arena_free(&a);
	return NULL;
}

START_TEST(many_threads_render_what_one_does)
{
	struct arena a = { 0 };
	struct expected expected;
	struct worker workers[THREADS] = { 0 };

	markdown_start();
	for (int t = 0; t < TEXTS; t++) {
		expected.html[t] = render_text(texts[t], &a);
		ck_assert_uint_gt(expected.html[t].len, 0);
	}
	for (unsigned i = 0; i < THREADS; i++) {
		workers[i].expected = &expected;
		workers[i].number = i;
		ck_assert_int_eq(
			pthread_create(&workers[i].thread, NULL, render_many, &workers[i]), 0);
	}
	for (unsigned i = 0; i < THREADS; i++) {
		pthread_join(workers[i].thread, NULL);
		ck_assert_uint_eq(workers[i].wrong, 0);
	}
	arena_free(&a);
}
END_TEST

/* What the threads compare with must itself be right: a table that is never set would pass
 * above. */
START_TEST(special_characters_are_known_after_start)
{
	expect_html("~~a~~ www.b.org\n",
		"<p><del>a</del> <a href=\"http://www.b.org\">www.b.org</a></p>\n");
	expect_html("x~~a~~ http://b.org\n",
		"<p>x<del>a</del> <a href=\"http://b.org\">http://b.org</a></p>\n");
}
END_TEST

SUITE("threads", many_threads_render_what_one_does, special_characters_are_known_after_start)
