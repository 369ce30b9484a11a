#include "blocks/matrix_score.h"

#include "base/arena.h"

typedef __int128 wide; /* products of two totals */

static int64_t score_at(const struct matrix_scores *m, int row, int option)
{
	return m->scores[(size_t)row * (size_t)m->options + (size_t)option];
}

int matrix_row_best(const struct matrix_scores *m, int row)
{
	int best = 0;
	bool alone = true;

	for (int o = 1; o < m->options; o++) {
		int64_t lead = score_at(m, row, o) - score_at(m, row, best);

		if (lead > 0) {
			best = o;
			alone = true;
		} else if (lead == 0) {
			alone = false;
		}
	}
	return alone ? best : -1;
}

static void add_totals(const struct matrix_scores *m, struct matrix_result *out)
{
	for (int r = 0; r < m->rows; r++)
		for (int o = 0; o < m->options; o++)
			out->totals[o] += m->weights[r] * score_at(m, r, o);
}

static int find_highest(const struct matrix_result *r, int options, int without)
{
	int best = -1;

	for (int o = 0; o < options; o++)
		if (o != without && (best < 0 || r->totals[o] > r->totals[best]))
			best = o;
	return best;
}

static int64_t divisor(int64_t a, int64_t b)
{
	while (b != 0) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/*
 * With w the weight, the winner leads the rival by gap + change * lead, where lead is what the
 * row gives the winner more. Level at change = -gap / lead; a weight is never below zero.
 */
static void try_flip(const struct matrix_scores *m, const struct matrix_result *r, int row,
	int rival, int64_t *best_gap, int64_t *best_lead, struct matrix_flip *flip)
{
	int64_t gap = r->totals[r->winner] - r->totals[rival];
	int64_t lead = score_at(m, row, r->winner) - score_at(m, row, rival);
	int64_t size = lead < 0 ? -lead : lead;

	if (lead == 0)
		return;
	if (lead > 0 && (wide)m->weights[row] * lead < gap)
		return;
	if (flip->found && (wide)gap * *best_lead >= (wide)*best_gap * size)
		return;
	*best_gap = gap;
	*best_lead = size;
	int64_t num = m->weights[row] * size + (lead < 0 ? gap : -gap);
	int64_t by = divisor(num, size);
	*flip = (struct matrix_flip){ true, row, rival, num / by, size / by };
}

static void find_flip(const struct matrix_scores *m, struct matrix_result *out)
{
	int64_t gap = 0, lead = 1;

	for (int r = 0; r < m->rows; r++)
		for (int o = 0; o < m->options; o++)
			if (o != out->winner)
				try_flip(m, out, r, o, &gap, &lead, &out->flip);
}

void matrix_score(const struct matrix_scores *m, struct matrix_result *out)
{
	*out = (struct matrix_result){ .winner = -1, .runner_up = -1 };
	add_totals(m, out);
	int first = find_highest(out, m->options, -1);
	int second = find_highest(out, m->options, first);
	if (first < 0 || second < 0)
		return;
	out->margin = out->totals[first] - out->totals[second];
	out->tie = out->margin == 0;
	if (out->tie)
		return;
	out->winner = first;
	out->runner_up = second;
	out->close = (wide)out->margin * 100 <= (wide)out->totals[first] * CLOSE_PERCENT;
	find_flip(m, out);
}

bool decimal_read(str s, int64_t max, int64_t *out)
{
	int64_t n = 0;
	size_t at = 0;
	int decimals = 0;

	for (; at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9'; at++) {
		n = n * 10 + (s.ptr[at] - '0');
		if (n > max)
			return false;
	}
	if (at == 0)
		return false;
	if (at < s.len && s.ptr[at] == '.') {
		for (at++; at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9';
			at++, decimals++) {
			if (decimals == 3)
				return false;
			n = n * 10 + (s.ptr[at] - '0');
		}
		if (decimals == 0)
			return false;
	}
	if (at != s.len)
		return false;
	for (; decimals < 3; decimals++)
		n *= 10;
	*out = n;
	return n <= max * SCORE_UNIT;
}

str decimal_text(int64_t num, int64_t den, struct arena *a)
{
	bool even = num % den == 0;
	int64_t whole, part;
	int digits = 3;

	if (even) {
		whole = num / den / SCORE_UNIT;
		part = num / den % SCORE_UNIT;
	} else {
		/* hundredths, rounded half up */
		int64_t hundredths =
			(int64_t)(((wide)num * 2 + (wide)den * 10) / ((wide)den * 20));

		whole = hundredths / 100;
		part = hundredths % 100;
		digits = 2;
	}
	while (digits > 0 && part % 10 == 0) {
		part /= 10;
		digits--;
	}
	if (digits == 0)
		return str_printf(a, "%s%lld", even ? "" : "about ", (long long)whole);
	return str_printf(a, "%s%lld.%0*lld", even ? "" : "about ", (long long)whole, digits,
		(long long)part);
}
