/*
 * markdown_examples NAME FILE -- run every example of a Markdown specification and count.
 *
 * An example of the specification stands between rows of 32 backquotes: the text, a line with a
 * dot, the HTML; an arrow is a tab.  Words after "example" are extensions of GFM, which are on
 * for these alone.  Nothing is normalised.  Exits 77 when the file is not there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "markdown/markdown.h"

static const char FENCE[] = "````````````````````````````````";

struct example {
	int number, line;
	bool extended;
	struct buf text, html;
};

struct score {
	int passed, run;
};

static void show(const char *label, str s)
{
	printf("%s\n" STR_FMT "\n", label, STR_ARG(s));
}

static void run_example(const struct example *e, struct score *score)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct source src = { STR("example.md"), buf_str(&e->text) };
	struct markdown_options options = {
		.html = HTML_ALL, .plain = true, .core = !e->extended
	};
	struct markdown *m = markdown_parse(&src, src.text, 1, &options, &a, &d);
	struct buf out = { .arena = &a };

	if (m)
		markdown_render(m, NULL, false, &out);
	score->run++;
	if (m && str_eq(buf_str(&out), buf_str(&e->html))) {
		score->passed++;
	} else {
		printf("example %d (line %d of the specification) differs\n", e->number,
			e->line);
		show("--- text", buf_str(&e->text));
		show("--- expected", buf_str(&e->html));
		show("--- got", buf_str(&out));
	}
	arena_free(&a);
}

static void add_line(struct buf *b, str line)
{
	ptrdiff_t arrow;

	while ((arrow = str_find(line, STR("→"))) >= 0) {
		buf_add(b, str_sub(line, 0, (size_t)arrow));
		buf_char(b, '\t');
		line = str_from(line, (size_t)arrow + STR("→").len);
	}
	buf_add(b, line);
	buf_char(b, '\n');
}

static struct score run_file(FILE *f)
{
	enum { OUTSIDE, TEXT, HTML } at = OUTSIDE;
	struct score score = { 0 };
	struct example e = { 0 };
	char *line = NULL;
	size_t room = 0;
	ssize_t len;

	for (int number = 1; (len = getline(&line, &room, f)) >= 0; number++) {
		str s = str_new(line, (size_t)len - (len && line[len - 1] == '\n'));

		if (str_eq(s, STR("<!-- END TESTS -->")))
			break;
		if (at == OUTSIDE && str_starts(s, str_c(FENCE)) &&
			str_find(s, STR(" example")) >= 0) {
			e.number++;
			e.line = number;
			e.extended = !str_ends(s, STR("example"));
			buf_clear(&e.text);
			buf_clear(&e.html);
			at = TEXT;
		} else if (at == TEXT && str_eq(s, STR("."))) {
			at = HTML;
		} else if (at == HTML && str_eq(s, str_c(FENCE))) {
			run_example(&e, &score);
			at = OUTSIDE;
		} else if (at != OUTSIDE) {
			add_line(at == TEXT ? &e.text : &e.html, s);
		}
	}
	free(line);
	buf_free(&e.text);
	buf_free(&e.html);
	return score;
}

static FILE *open_spec(const char *path)
{
	char command[4096];

	if (access(path, R_OK) != 0)
		return NULL;
	snprintf(command, sizeof(command), "gzip -dcf < '%s'", path);
	return popen(command, "r");
}

int main(int argc, char **argv)
{
	FILE *f = argc == 3 ? open_spec(argv[2]) : NULL;
	struct score score;

	if (!f) {
		printf("skipped: %s is not there\n", argc == 3 ? argv[2] : "the specification");
		return 77;
	}
	markdown_start();
	score = run_file(f);
	pclose(f);
	printf("%s: %d of %d examples pass\n", argv[1], score.passed, score.run);
	return score.run > 0 && score.passed == score.run ? EXIT_SUCCESS : EXIT_FAILURE;
}
