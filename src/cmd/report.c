#include "cmd/report.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"

bool report_color(const struct settings *s, FILE *stream)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (s->color != COLOR_AUTO)
		return s->color == COLOR_ALWAYS;
	if ((no_color && *no_color) || (term && str_eq(str_c(term), STR("dumb"))))
		return false;
	return isatty(fileno(stream));
}

static void print_counts(const struct settings *s, const struct diags *d, struct buf *out)
{
	size_t errors = s->strict ? d->errors + d->warnings : d->errors;
	size_t warnings = s->strict ? 0 : d->warnings;

	if (errors)
		buf_printf(out, "%zu error%s", errors, errors == 1 ? "" : "s");
	if (errors && warnings)
		BUF_LIT(out, ", ");
	if (warnings)
		buf_printf(out, "%zu warning%s", warnings, warnings == 1 ? "" : "s");
	if (errors || warnings)
		BUF_LIT(out, "\n");
}

void report_diags(const struct settings *s, const struct diags *d)
{
	struct diag_style style = { .color = report_color(s, stderr), .strict = s->strict };
	struct buf out = { 0 };

	diags_print(d, &style, &out);
	print_counts(s, d, &out);
	if (out.len)
		fwrite(out.ptr, 1, out.len, stderr);
	buf_free(&out);
}

/* "gen.yaml", "sites/a/gen.yaml": whatever is wrong there, its YAML too, is configuration. */
static bool is_of_config(const struct diag *g)
{
	return str_eq(g->path, STR("gen.yaml")) || str_ends(g->path, STR("/gen.yaml"));
}

static bool is_category(const struct diag *g, const char *category)
{
	return str_eq(str_c(g->category), str_c(category));
}

enum exit_status report_status(const struct diags *d)
{
	for (const struct diag *g = d->first; g; g = g->next)
		if (g->level == DIAG_ERROR && !g->gate && !is_category(g, "config") && !is_category(g, "output") && !is_of_config(g))
			return EXIT_CONTENT;
	return d->errors ? EXIT_USAGE : EXIT_CONTENT;
}

bool report_write(const struct buf *b)
{
	if (b->len)
		fwrite(b->ptr, 1, b->len, stdout);
	if (fflush(stdout) == 0 && !ferror(stdout))
		return true;
	fprintf(stderr, "gen: error: cannot write the result: %s\n", strerror(errno));
	return false;
}
