#include "examples/attempt.h"

#include "base/arena.h"
#include "base/file.h"
#include "content/program.h"
#include "examples/compare.h"
#include "examples/plan.h"

/* The compiler's own folder in the cache, made when it is first needed. */
static str cache_folder(const struct attempt *at, struct arena *a)
{
	str folder;

	if (!at->cache.len || !at->tool->runner->cache.len)
		return (str){ 0 };
	folder = str_printf(a, STR_FMT "/" STR_FMT, STR_ARG(at->cache), STR_ARG(at->example->language));
	return folder_make(folder) == 0 ? folder : (str){ 0 };
}

static bool run_once(struct attempt *at, struct record *out, struct arena *a)
{
	struct sandbox_report report;
	struct job j;

	*out = (struct record){ 0 };
	if (!plan_job(at->example, at->tool, at->rung, cache_folder(at, a), at->packages, &j, &at->why, a))
		return false;
	sandbox_run(&j, &report, a);
	out->sandbox = sandbox_name(at->rung);
	return plan_result(at->example, &j, &report, out, &at->why, a);
}

/* What the compiler or the run-time system said, at places in the program. */
static void find_messages(struct attempt *at, const struct record *result, struct arena *a)
{
	str file = program_file(at->example, at->tool->runner, a);
	str text = str_printf(a, STR_FMT "\n" STR_FMT, STR_ARG(result->err.bytes), STR_ARG(result->out.bytes));
	bool compiled = result->end != RECORD_COMPILE_ERROR;

	at->messages = arena_array(a, struct message, MESSAGES_MOST);
	if (!compiled)
		at->message_count = messages_find(text, file, at->messages, a);
	if (at->message_count) {
		at->why = str_printf(a, STR_FMT " (" STR_FMT ")", STR_ARG(at->why), STR_ARG(at->messages[0].text));
		return;
	}
	at->messages[0] = message_summary(compiled ? result->err.bytes : text, file, a);
	at->message_count = at->messages[0].line > 0 && at->messages[0].text.len > 0;
	if (at->messages[0].text.len)
		at->why = str_printf(a, STR_FMT " (" STR_FMT ")", STR_ARG(at->why), STR_ARG(at->messages[0].text));
}

/* What a program prints while it dies, or until it is stopped, has addresses and chance in it. */
static bool compares_errors(const struct example *e)
{
	return e->expect == EXPECT_EXIT && e->kind == EXAMPLE_RUN;
}

static bool same_ends(struct attempt *at, const struct record *one, const struct record *two, const char *when,
	struct arena *a)
{
	if (one->end == two->end && one->status == two->status)
		return true;
	at->why = str_printf(a, "ended differently %s: first " STR_FMT ", then " STR_FMT, when,
		STR_ARG(record_end_words(one, a)), STR_ARG(record_end_words(two, a)));
	return false;
}

static bool same_stream(struct attempt *at, str one, str two, const char *name, const char *when, struct arena *a)
{
	const struct example *e = at->example;
	size_t count;
	const str *names = example_cmp_names(&count);
	enum example_cmp weaker;
	str left, right;
	int line;

	if (compare_outputs(e->cmp, e->pattern, one, two, a))
		return true;
	if (e->cmp == CMP_REGEX) {
		at->why = str_printf(a, "%s does not match the pattern of cmp=", name);
		return false;
	}
	weaker = compare_strictest(one, two, a);
	line = compare_difference(one, two, &left, &right);
	at->why = str_printf(a,
		"%s is not the same %s: line %d was \"" STR_FMT "\", then \"" STR_FMT
		"\"; under cmp=" STR_FMT " it would be",
		name, when, line, STR_ARG(str_sub(left, 0, 80)), STR_ARG(str_sub(right, 0, 80)),
		STR_ARG(names[weaker]));
	return false;
}

static bool same_headers(struct attempt *at, const struct record_answer *one, const struct record_answer *two,
	const char *when, struct arena *a)
{
	for (size_t i = 0; i < one->headers.count || i < two->headers.count; i++) {
		str x = i < one->headers.count ? one->headers.at[i] : (str){ 0 };
		str y = i < two->headers.count ? two->headers.at[i] : (str){ 0 };

		if (str_eq(x, y))
			continue;
		at->why = str_printf(a,
			"a header of the answer to \"" STR_FMT "\" is not the same %s: \"" STR_FMT "\", then \"" STR_FMT "\"",
			STR_ARG(one->request), when, STR_ARG(x), STR_ARG(y));
		return false;
	}
	return true;
}

static bool same_answers(struct attempt *at, const struct record *one, const struct record *two, const char *when,
	struct arena *a)
{
	for (size_t i = 0; i < one->answer_count && i < two->answer_count; i++) {
		const struct record_answer *x = &one->answers[i], *y = &two->answers[i];
		const char *name = str_printf(a, "the answer to \"" STR_FMT "\"", STR_ARG(x->request)).ptr;

		if (x->status != y->status) {
			at->why = str_printf(a, "%s is not the same %s: status %d, then %d", name, when, x->status, y->status);
			return false;
		}
		if ((at->example->cmp != CMP_NONE && !same_headers(at, x, y, when, a)) ||
			!same_stream(at, x->body.bytes, y->body.bytes, name, when, a))
			return false;
	}
	return one->answer_count == two->answer_count;
}

static bool same_results(struct attempt *at, const struct record *one, const struct record *two, const char *when,
	struct arena *a)
{
	if (!same_ends(at, one, two, when, a))
		return false;
	if (one->end == RECORD_ANSWERED)
		return same_answers(at, one, two, when, a);
	if (one->end == RECORD_COMPILED || one->end == RECORD_COMPILE_ERROR || one->end == RECORD_TIMEOUT)
		return true;
	if (!same_stream(at, one->out.bytes, two->out.bytes, "the output", when, a))
		return false;
	/* A pattern is about the output. */
	return !compares_errors(at->example) || at->example->cmp == CMP_REGEX ||
	       same_stream(at, one->err.bytes, two->err.bytes, "the error output", when, a);
}

/* A server that ended by itself has said why. */
static bool has_crashed(const struct example *e, const struct record *result)
{
	return e->kind == EXAMPLE_SERVE && result->err.bytes.len && result->end != RECORD_TIMEOUT;
}

bool attempt_run(struct attempt *at, const struct record *recorded, struct record *out, struct arena *a)
{
	struct record again;

	if (!run_once(at, out, a)) {
		if (has_crashed(at->example, out))
			find_messages(at, out, a);
		return false;
	}
	if (!plan_expected(at->example, at->tool->runner, out, &at->why, a)) {
		find_messages(at, out, a);
		return false;
	}
	if (recorded)
		return same_results(at, recorded, out, "as it was recorded", a);
	return run_once(at, &again, a) && same_results(at, out, &again, "when it is run again", a);
}
