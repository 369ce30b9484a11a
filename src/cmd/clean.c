#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/report.h"
#include "cmd/site.h"
#include "output/stage.h"

static enum exit_status run_clean(const struct settings *s)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct site_options options = site_options_from(s);
	str folder = site_output(&options, &a);
	struct buf out = { 0 };
	size_t removed = 0;
	bool fine = stage_clean(folder, s->dry_run, &removed, s->verbose || s->dry_run ? &out : NULL, &d);

	report_diags(s, &d);
	if (fine && !s->quiet)
		buf_printf(&out, "%zu file%s %s " STR_FMT "\n", removed, removed == 1 ? "" : "s",
			s->dry_run ? "would be removed from" : "removed from", STR_ARG(folder));
	if (!report_write(&out))
		fine = false;
	buf_free(&out);
	arena_free(&a);
	return fine ? EXIT_FINE : EXIT_USAGE;
}

static const struct option *const options[] = { &option_source, &option_output, &option_dry_run, &option_quiet,
	&option_verbose, NULL };

const struct command command_clean = {
	.name = "clean",
	.args = "",
	.summary = "remove what gen has written",
	.about = "Remove the files that gen wrote into the output folder, by its manifest, and the folders that\n"
		 "become empty. Files that gen did not write stay.",
	.options = options,
	.run = run_clean,
};
