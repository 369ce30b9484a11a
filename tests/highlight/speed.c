/*
 * speed LANGUAGE FILE... -- how fast highlight_html() is on real code, and how much HTML it
 * makes. Prints the figure; nothing fails by it.
 */
#include <stdio.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "highlight/highlight.h"
#include "highlight/language.h"

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	const struct language *lang = argc > 2 ? language_find(str_c(argv[1])) : NULL;
	struct highlight_options options = { 0 };
	struct arena a = { 0 };
	struct buf out = { 0 };
	size_t bytes = 0, html = 0;
	double best = 1e9;

	if (!lang) {
		fprintf(stderr, "usage: speed LANGUAGE FILE...\n");
		return 2;
	}
	for (int round = 0; round < 7; round++) {
		double time = 0;

		bytes = html = 0;
		for (int i = 2; i < argc; i++) {
			double start;
			str code;

			if (file_read(str_c(argv[i]), 0, &a, &code) != 0)
				continue;
			start = now();
			highlight_html(lang, code, &options, &out);
			time += now() - start;
			bytes += code.len;
			html += out.len;
			buf_clear(&out);
			arena_reset(&a, 1 << 24);
		}
		best = time < best ? time : best;
	}
	printf("%-12s %8.1f MB/s  %.2f bytes of HTML a byte  %zu bytes\n", argv[1],
		(double)bytes / best / 1e6, (double)html / (double)bytes, bytes);
	buf_free(&out);
	arena_free(&a);
	return 0;
}
