#include "blocks/matrix_score.h"

#include "base/arena.h"
#include "unit/suite.h"

static struct arena arena;

static struct matrix_result score(
	int options, int rows, const int64_t *weights, const int64_t *scores)
{
	struct matrix_scores m = { options, rows, weights, scores };
	struct matrix_result r;

	matrix_score(&m, &r);
	return r;
}

enum { W = SCORE_UNIT };
static const int64_t POINT = (int64_t)SCORE_UNIT * SCORE_UNIT;

START_TEST(totals_are_weighted_sums)
{
	const int64_t weights[] = { W, 2 * W }, scores[] = { 3 * W, 1 * W, 2 * W, 3 * W };
	struct matrix_result r = score(2, 2, weights, scores);

	ck_assert_int_eq(r.totals[0], 7 * POINT);
	ck_assert_int_eq(r.totals[1], 7 * POINT);
	ck_assert(r.tie);
	ck_assert_int_eq(r.winner, -1);
	ck_assert(!r.flip.found);
}
END_TEST

/* Tenths have no exact binary form: a sum of doubles would miss this tie. */
START_TEST(a_tie_of_decimals_is_a_tie)
{
	const int64_t weights[] = { 100, 200, 300 };
	const int64_t scores[] = { W, 0, W, 0, 0, W };
	struct matrix_result r = score(2, 3, weights, scores);

	ck_assert(r.tie);
}
END_TEST

START_TEST(the_lead_up_to_five_percent_is_close)
{
	const int64_t one[] = { W };
	const int64_t at[] = { 100 * W, 95 * W }, over[] = { 100 * W, 94 * W };

	ck_assert(score(2, 1, one, at).close);
	ck_assert(!score(2, 1, one, over).close);
}
END_TEST

/*
 * Fifteen scenarios: five that Python wins 3 to 1, one level, four that Go wins 3 to 2, five 3
 * to 1. (35 to 31: the same totals as the published matrix that this program began with.)
 */
static void fifteen(int64_t *weights, int64_t *scores)
{
	static const int rows[15][2] = { { 3, 1 }, { 3, 1 }, { 2, 3 }, { 1, 3 }, { 3, 3 },
		{ 1, 3 }, { 2, 3 }, { 2, 3 }, { 3, 1 }, { 3, 1 }, { 1, 3 }, { 1, 3 }, { 3, 1 },
		{ 2, 3 }, { 1, 3 } };

	for (int i = 0; i < 15; i++) {
		weights[i] = W;
		scores[i * 2] = rows[i][0] * W;
		scores[i * 2 + 1] = rows[i][1] * W;
	}
}

START_TEST(fifteen_scenarios_give_python_31_and_go_35)
{
	int64_t weights[15], scores[30];
	struct matrix_scores m = { 2, 15, weights, scores };
	int wins[3] = { 0 };

	fifteen(weights, scores);
	struct matrix_result r = score(2, 15, weights, scores);
	ck_assert_int_eq(r.totals[0], 31 * POINT);
	ck_assert_int_eq(r.totals[1], 35 * POINT);
	ck_assert_int_eq(r.winner, 1);
	ck_assert(!r.close);
	for (int i = 0; i < 15; i++)
		wins[matrix_row_best(&m, i) + 1]++;
	ck_assert_int_eq(wins[0], 1);
	ck_assert_int_eq(wins[1], 5);
	ck_assert_int_eq(wins[2], 9);
}
END_TEST

START_TEST(the_smallest_change_that_flips_is_one_row_to_weight_three)
{
	int64_t weights[15], scores[30];

	fifteen(weights, scores);
	struct matrix_result r = score(2, 15, weights, scores);
	ck_assert(r.flip.found);
	ck_assert_int_eq(r.flip.row, 0);
	ck_assert_int_eq(r.flip.option, 0);
	ck_assert_int_eq(r.flip.num, 3 * W);
	ck_assert_int_eq(r.flip.den, 1);
	weights[0] = 3 * W;
	r = score(2, 15, weights, scores);
	ck_assert(r.tie);
	ck_assert_int_eq(r.totals[0], 37 * POINT);
	weights[0] = 3 * W + 1;
	ck_assert_int_eq(score(2, 15, weights, scores).winner, 0);
}
END_TEST

START_TEST(a_weight_can_be_lowered_to_nothing_but_not_below)
{
	const int64_t weights[] = { W, W };
	const int64_t some[] = { 3 * W, 1 * W, 1 * W, 2 * W },
		      never[] = { 3 * W, 1 * W, 2 * W, 1 * W };
	struct matrix_result r = score(2, 2, weights, some);

	ck_assert_int_eq(r.flip.row, 0);
	ck_assert_int_eq(r.flip.num, W / 2);
	ck_assert_int_eq(r.flip.den, 1);
	ck_assert(!score(2, 2, weights, never).flip.found);
}
END_TEST

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/*
 * At the flip there is a tie at the front, and no other single change that is smaller makes
 * one.
 */
START_TEST(random_flips_are_exact_and_smallest)
{
	uint64_t state = 88172645463325252u;
	int found = 0;

	for (int round = 0; round < 5000; round++) {
		int options = 2 + (int)(next_random(&state) % 3),
		    rows = 1 + (int)(next_random(&state) % 6);
		int64_t weights[6], scores[24];

		for (int i = 0; i < rows; i++)
			weights[i] = (int64_t)(next_random(&state) % 5) * W / 2;
		for (int i = 0; i < rows * options; i++)
			scores[i] = (int64_t)(next_random(&state) % 6) * W;
		struct matrix_result r = score(options, rows, weights, scores);
		if (!r.flip.found)
			continue;
		found++;
		/* Scaling every weight by den makes the new one whole. */
		int64_t scaled[6];
		for (int i = 0; i < rows; i++)
			scaled[i] = weights[i] * r.flip.den;
		scaled[r.flip.row] = r.flip.num;
		struct matrix_result at = score(options, rows, scaled, scores);
		ck_assert_int_eq(at.totals[r.winner], at.totals[r.flip.option]);
		for (int o = 0; o < options; o++)
			ck_assert_int_le(at.totals[o], at.totals[r.winner]);
		/* Half the change leaves the winner in front, on every row. */
		int64_t change = r.flip.num - weights[r.flip.row] * r.flip.den;
		if (change < 0)
			change = -change;
		for (int i = 0; i < rows; i++) {
			for (int sign = -1; sign <= 1; sign += 2) {
				int64_t half[6];
				for (int k = 0; k < rows; k++)
					half[k] = weights[k] * r.flip.den * 2;
				half[i] += sign * change;
				if (half[i] >= 0)
					ck_assert_int_eq(
						score(options, rows, half, scores).winner,
						r.winner);
			}
		}
	}
	ck_assert_int_gt(found, 1000);
}
END_TEST

START_TEST(decimals_are_read_exactly_or_not_at_all)
{
	static const char *const bad[] = { "", "-1", "1.", ".5", "1.2345", "1e3", "101",
		"100.001", "1 ", "x" };
	int64_t n;

	ck_assert(decimal_read(STR("1.5"), 100, &n));
	ck_assert_int_eq(n, 1500);
	ck_assert(decimal_read(STR("100"), 100, &n));
	ck_assert_int_eq(n, 100000);
	ck_assert(decimal_read(STR("0.125"), 100, &n));
	ck_assert_int_eq(n, 125);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!decimal_read(str_c(bad[i]), 100, &n), "%s", bad[i]);
}
END_TEST

START_TEST(decimals_print_as_people_write_them)
{
	ck_assert(str_eq(decimal_text(3000, 1, &arena), STR("3")));
	ck_assert(str_eq(decimal_text(1500, 1, &arena), STR("1.5")));
	ck_assert(str_eq(decimal_text(125, 1, &arena), STR("0.125")));
	ck_assert(str_eq(decimal_text(7000, 3, &arena), STR("about 2.33")));
	ck_assert(str_eq(decimal_text(8000, 3, &arena), STR("about 2.67")));
	ck_assert(str_eq(decimal_text(5995, 2, &arena), STR("about 3")));
	arena_free(&arena);
}
END_TEST

SUITE("matrix_score", totals_are_weighted_sums, a_tie_of_decimals_is_a_tie,
	the_lead_up_to_five_percent_is_close, fifteen_scenarios_give_python_31_and_go_35,
	the_smallest_change_that_flips_is_one_row_to_weight_three,
	a_weight_can_be_lowered_to_nothing_but_not_below, random_flips_are_exact_and_smallest,
	decimals_are_read_exactly_or_not_at_all, decimals_print_as_people_write_them)
