/*
 * What a matrix says, in words.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "blocks/matrix.h"

/* Totals are millionths; as thousandths they print like everything else. */
static str total_text(int64_t millionths, struct arena *a)
{
	return decimal_text(millionths, SCORE_UNIT, a);
}

static void add_option(
	struct buf *b, const struct matrix *m, const struct matrix_result *r, int o)
{
	buf_add(b, m->options[o].name);
	BUF_LIT(b, " (");
	buf_add(b, total_text(r->totals[o], b->arena));
	BUF_LIT(b, ")");
}

/* "Go wins 35 to 31." or "Go wins with 35, ahead of Rust (33) and Python (31)." */
static void add_win(struct buf *b, const struct matrix *m, const struct matrix_result *r)
{
	int left = m->option_count - 1;
	str total = total_text(r->totals[r->winner], b->arena);

	buf_add(b, m->options[r->winner].name);
	if (m->option_count == 2) {
		buf_printf(b, " wins " STR_FMT " to " STR_FMT ".", STR_ARG(total),
			STR_ARG(total_text(r->totals[r->runner_up], b->arena)));
		return;
	}
	buf_printf(b, " wins with " STR_FMT ", ahead of ", STR_ARG(total));
	for (int o = 0; o < m->option_count; o++) {
		if (o == r->winner)
			continue;
		add_option(b, m, r, o);
		if (--left > 0)
			buf_add(b, left == 1 ? STR(" and ") : STR(", "));
	}
	BUF_LIT(b, ".");
}

static int64_t highest_total(const struct matrix *m, const struct matrix_result *r)
{
	int64_t highest = 0;

	for (int o = 0; o < m->option_count; o++)
		if (r->totals[o] > highest)
			highest = r->totals[o];
	return highest;
}

/* "Python and Go tie at 37." */
static void add_tie(struct buf *b, const struct matrix *m, const struct matrix_result *r)
{
	int64_t highest = highest_total(m, r);
	int left = 0;

	for (int o = 0; o < m->option_count; o++)
		left += r->totals[o] == highest;
	for (int o = 0; o < m->option_count; o++) {
		if (r->totals[o] != highest)
			continue;
		buf_add(b, m->options[o].name);
		if (--left > 0)
			buf_add(b, left == 1 ? STR(" and ") : STR(", "));
	}
	buf_printf(b, " tie at " STR_FMT ".", STR_ARG(total_text(highest, b->arena)));
}

str matrix_flip_text(
	const struct matrix *m, const struct matrix_result *result, struct arena *a)
{
	const struct matrix_flip *flip = &result->flip;
	struct buf b = { .arena = a };

	if (result->tie)
		return STR("");
	if (!flip->found)
		return str_printf(a,
			"No change of a single weight takes the lead from " STR_FMT ".",
			STR_ARG(m->options[result->winner].name));
	int64_t now = m->weights[flip->row];
	bool raise = flip->num > now * flip->den;
	buf_printf(&b,
		"%s the weight of " STR_FMT " from " STR_FMT " to " STR_FMT
		" would make it a tie",
		raise ? "Raising" : "Lowering", STR_ARG(m->rows[flip->row].scenario),
		STR_ARG(decimal_text(now, 1, a)),
		STR_ARG(decimal_text(flip->num, flip->den, a)));
	if (m->option_count > 2)
		buf_printf(&b, " with " STR_FMT, STR_ARG(m->options[flip->option].name));
	BUF_LIT(&b, ".");
	return buf_str(&b);
}

str matrix_verdict_text(
	const struct matrix *m, const struct matrix_result *result, struct arena *a)
{
	struct buf b = { .arena = a };

	if (result->tie) {
		add_tie(&b, m, result);
		return buf_str(&b);
	}
	add_win(&b, m, result);
	if (result->close)
		BUF_LIT(&b, " It is a close call.");
	BUF_LIT(&b, " ");
	buf_add(&b, matrix_flip_text(m, result, a));
	return buf_str(&b);
}

struct value matrix_number(int64_t thousandths, struct arena *a)
{
	if (thousandths % SCORE_UNIT == 0)
		return value_int(thousandths / SCORE_UNIT, a);
	struct value v = { .kind = VALUE_FLOAT, .f = (double)thousandths / SCORE_UNIT };
	v.s = decimal_text(thousandths, 1, a);
	return v;
}
