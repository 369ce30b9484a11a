/* Programs that a deploy calls, and what it passes to them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "output/deploy_parts.h"

enum { LINES_SHOWN = 4, LONGEST_SHOWN = 600 };

/* Its last lines, in one. */
static str last_words(const struct process_result *r, struct arena *a)
{
	str rest = str_trim(r->err), said = { 0 };

	for (int shown = 0; shown < LINES_SHOWN && rest.len;) {
		ptrdiff_t at = str_rfind_char(rest, '\n');
		str line = str_trim(str_from(rest, (size_t)(at + 1)));

		shown += line.len > 0;
		rest = at < 0 ? (str){ 0 } : str_trim_end(str_sub(rest, 0, (size_t)at));
		if (line.len && said.len)
			said = str_printf(a, STR_FMT "; " STR_FMT, STR_ARG(line), STR_ARG(said));
		else if (line.len)
			said = line;
	}
	return said.len > LONGEST_SHOWN ? str_from(said, said.len - LONGEST_SHOWN) : said;
}

static const char *how_it_ended(const struct process_result *r, struct arena *a)
{
	switch (r->end) {
	case PROCESS_EXITED:
		return str_printf(a, "failed (status %d)", r->status).ptr;
	case PROCESS_SIGNALED:
		return str_printf(a, "was ended by signal %d", r->status).ptr;
	case PROCESS_TIMEOUT:
		return "took longer than `timeout` allows";
	case PROCESS_FLOOD:
		return "printed more than gen reads";
	case PROCESS_UNSTARTED:
		break;
	}
	return "could not be started";
}

bool deploy_call_failed(
	struct deploy *p, const struct process *what, const char *doing, const struct process_result *r)
{
	str said = last_words(r, p->arena);

	diag_error(p->diags, (loc){ 0 }, "deploy", "%s %s while gen was %s", what->argv[0],
		how_it_ended(r, p->arena), doing);
	if (said.len)
		diag_help(p->diags, "it said: " STR_FMT, STR_ARG(said));
	return false;
}

bool deploy_call(struct deploy *p, const struct process *what, const char *doing, struct process_result *out)
{
	struct process bounded = *what;

	bounded.seconds = (int)p->target->timeout;
	process_run(&bounded, out, p->arena);
	if (out->end == PROCESS_EXITED)
		return true;
	if (out->end != PROCESS_UNSTARTED)
		return deploy_call_failed(p, what, doing, out);
	diag_error(p->diags, (loc){ 0 }, "deploy", "cannot start %s: %s", what->argv[0], strerror(out->status));
	if (out->status == ENOENT)
		diag_help(p->diags, "a target of this kind needs the program %s", what->argv[0]);
	return false;
}

bool deploy_must(struct deploy *p, const struct process *what, const char *doing, struct process_result *out)
{
	if (!deploy_call(p, what, doing, out))
		return false;
	return out->status == 0 || deploy_call_failed(p, what, doing, out);
}

bool deploy_feed_text(void *ctx, struct buf *out)
{
	struct deploy_text *t = ctx;

	buf_add(out, t->rest);
	t->rest = (str){ 0 };
	return out->len > 0;
}

static const char *scratch_failed(struct deploy *p, const char *path, int error)
{
	diag_error(p->diags, (loc){ 0 }, "deploy", "cannot write in '%s': %s", path, strerror(error));
	return NULL;
}

const char *deploy_scratch(struct deploy *p)
{
	const char *place = getenv("TMPDIR");
	char *path;

	if (p->scratch)
		return p->scratch;
	place = place && *place == '/' ? place : "/tmp";
	path = (char *)str_printf(p->arena, "%s/gen-deploy-XXXXXX", place).ptr;
	if (!mkdtemp(path))
		return scratch_failed(p, place, errno);
	p->scratch = path;
	return path;
}

const char *deploy_scratch_empty(struct deploy *p)
{
	const char *folder = deploy_scratch(p), *path = folder ? str_printf(p->arena, "%s/empty", folder).ptr : NULL;
	int error = path ? folder_make(str_c(path)) : 0;

	return error ? scratch_failed(p, folder, error) : path;
}

const char *deploy_scratch_put(struct deploy *p, const char *name, str bytes)
{
	const char *folder = deploy_scratch(p);
	str path;
	int error;

	if (!folder)
		return NULL;
	path = str_printf(p->arena, "%s/%s", folder, name);
	error = file_write_atomic(path, bytes);
	return error ? scratch_failed(p, folder, error) : path.ptr;
}
