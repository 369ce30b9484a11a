#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/report.h"
#include "cmd/site.h"
#include "diagram/diagram.h"
#include "examples/packages.h"
#include "examples/sandbox.h"
#include "examples/serving.h"
#include "examples/toolchain.h"

/* What the examples of a site find here. */
struct doctor {
	struct arena *arena;
	struct buf out;
	bool json;
	bool safe; /* some sandbox holds */
};

static void put_row(struct doctor *d, const char *kind, str name, bool works, str detail, bool first)
{
	if (!d->json) {
		buf_printf(&d->out, "  %-3s  %-12.*s  " STR_FMT "\n", works ? "yes" : "no", STR_ARG(name), STR_ARG(detail));
		return;
	}
	buf_printf(&d->out, "%s\n    {\"%s\": ", first ? "" : ",", kind);
	buf_json(&d->out, name);
	buf_printf(&d->out, ", \"works\": %s, \"detail\": ", works ? "true" : "false");
	buf_json(&d->out, detail);
	BUF_LIT(&d->out, "}");
}

static void put_sandboxes(struct doctor *d)
{
	buf_add(&d->out, d->json ? STR("{\"sandboxes\": [") : STR("Sandboxes, the first that works is used:\n"));
	for (int rung = RUNG_NAMESPACES; rung < RUNG_NONE; rung++) {
		str why, no_servers;
		bool works = sandbox_test((enum rung)rung, &why, d->arena);

		if (works)
			why = str_printf(d->arena, "works%s%s", d->safe ? "" : ", and is used",
				serving_possible((enum rung)rung, &no_servers) ? "" : ", but has no network for servers");
		d->safe = d->safe || works;
		put_row(d, "name", sandbox_name((enum rung)rung), works, why, rung == RUNG_NAMESPACES);
	}
	if (!d->safe && !d->json)
		BUF_LIT(&d->out, "  Without one, gen run runs nothing unless it is told --unsafe.\n");
}

static bool was_listed(const struct runners *rows, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (str_eq(rows->at[i].language, rows->at[index].language))
			return true;
	return false;
}

static void put_toolchains(struct doctor *d, const struct runners *rows)
{
	buf_add(&d->out, d->json ? STR("],\n  \"toolchains\": [") : STR("Toolchains:\n"));
	for (size_t i = 0; i < rows->count; i++) {
		struct toolchain t;

		if (was_listed(rows, i))
			continue;
		toolchain_find(rows, rows->at[i].language, &t, d->arena);
		put_row(d, "language", rows->at[i].name, t.found, t.found ? t.version : t.why, i == 0);
	}
}

/* Who would fetch what deps= names. */
static void put_clients(struct doctor *d, const struct runners *rows)
{
	static const struct {
		str language, name;
	} clients[] = { { STR_INIT("go"), STR_INIT("go") }, { STR_INIT("python"), STR_INIT("pip") },
		{ STR_INIT("javascript"), STR_INIT("npm") } };

	buf_add(&d->out, d->json ? STR("],\n  \"packages\": [") : STR("Clients for packages, which gen run --fetch asks:\n"));
	for (size_t i = 0; i < sizeof(clients) / sizeof(clients[0]); i++) {
		struct toolchain t;
		str version, why;
		bool found;

		toolchain_find(rows, clients[i].language, &t, d->arena);
		found = packages_client(&t, package_client_of(clients[i].language), &version, &why, d->arena);
		put_row(d, "client", clients[i].name, found, found ? version : why, i == 0);
	}
}

static void put_parts(struct doctor *d)
{
	const char *graphviz = diagram_version();

	buf_add(&d->out, d->json ? STR("],\n  \"parts\": [") : STR("Optional parts:\n"));
	put_row(d, "name", STR("Graphviz"), graphviz != NULL,
		graphviz ? str_printf(d->arena, "%s, draws the graphs of dot fences", graphviz)
			 : STR("not built in: dot fences stay text"),
		true);
	if (d->json)
		BUF_LIT(&d->out, "]}\n");
}

/* A site that nobody named need not be there. */
static bool is_meant(const struct site *site)
{
	struct file_info info;

	return !str_eq(site->options->source, STR(".")) ||
	       (file_stat(site->config_source.path, &info) == 0 && info.kind != FILE_NONE);
}

/* The rows of the site; where they are wrong, or outside of a site, the built-in ones. */
static bool read_runners(const struct site_options *options, struct site *site, struct runners *out, struct arena *a,
	struct diags *d)
{
	bool scanned = site_scan(site, options, a, d);

	*out = site->runners;
	if (scanned)
		return true;
	runners_read(&site->config_source, NULL, out, a, d);
	return !scanned && !is_meant(site);
}

static enum exit_status run_doctor(const struct settings *s)
{
	struct arena a = { 0 };
	struct diags diags = { .arena = &a };
	struct site_options options = site_options_from(s);
	struct doctor d = { .arena = &a, .json = s->json };
	struct runners runners;
	struct site site;
	bool known = read_runners(&options, &site, &runners, &a, &diags), fine;

	if (!known) {
		diags_sort(&diags);
		report_diags(s, &diags);
	}
	put_sandboxes(&d);
	put_toolchains(&d, &runners);
	put_clients(&d, &runners);
	put_parts(&d);
	fine = report_write(&d.out);
	buf_free(&d.out);
	site_close(&site);
	arena_free(&a);
	return fine && known ? EXIT_FINE : EXIT_USAGE;
}

static const struct option *const options[] = { &option_source, &option_json, NULL };

const struct command command_doctor = {
	.name = "doctor",
	.args = "",
	.summary = "say which sandboxes, toolchains and optional parts work here",
	.about = "Try each sandbox in earnest, and ask each toolchain for its version. What does not work is said\n"
		 "with the reason.",
	.options = options,
	.run = run_doctor,
};
