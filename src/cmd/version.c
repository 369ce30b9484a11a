#include "site/version.h"

#include "base/buf.h"
#include "cmd/commands.h"
#include "cmd/report.h"

static enum exit_status run_version(const struct settings *s)
{
	struct buf out = { 0 };
	bool fine;

	(void)s;
	BUF_LIT(&out, "gen " GEN_VERSION "\n");
	fine = report_write(&out);
	buf_free(&out);
	return fine ? EXIT_FINE : EXIT_USAGE;
}

static const struct option *const options[] = { NULL };

const struct command command_version = {
	.name = "version",
	.args = "",
	.summary = "print the version",
	.about = "Print the version of gen.",
	.options = options,
	.run = run_version,
};
