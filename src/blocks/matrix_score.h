/*
 * matrix_score -- the arithmetic of a decision matrix.
 *
 * Everything is a whole number: weights and scores are held in thousandths, totals in
 * millionths.  So a tie is a tie, and JavaScript, whose numbers are whole up to 2^53, comes to
 * the same results.
 */
#ifndef BLOCKS_MATRIX_SCORE_H
#define BLOCKS_MATRIX_SCORE_H

#include "base/str.h"

struct arena;

enum {
	SCORE_UNIT = 1000, /* one point, or a weight of one */
	SCORE_MAX = 100,   /* points */
	WEIGHT_MAX = 1000,
	MATRIX_OPTIONS_MAX = 16,
	MATRIX_ROWS_MAX = 1000, /* with the two above totals stay below 2^53 */
	CLOSE_PERCENT = 5,      /* of the winner's total: a lead up to this is a close call */
};

struct matrix_scores {
	int options, rows;
	const int64_t *weights; /* thousandths, `rows` of them */
	const int64_t *scores;  /* thousandths, row by row */
};

/* The smallest change of one weight after which the winner is no longer alone in front. */
struct matrix_flip {
	bool found;
	int row;
	int option; /* who draws level */
	/*
	 * the new weight in thousandths, as a fraction in lowest terms: at it there is a tie,
	 * beyond it `option` leads
	 */
	int64_t num, den;
};

struct matrix_result {
	int64_t totals[MATRIX_OPTIONS_MAX]; /* millionths */
	int winner;                         /* -1 on a tie */
	int runner_up;                      /* the best of the others; -1 on a tie */
	int64_t margin;                     /* millionths between the two */
	bool tie, close;
	struct matrix_flip flip; /* not found on a tie */
};

void matrix_score(const struct matrix_scores *m, struct matrix_result *out);

/* The option with the highest score of a row, or -1 when several have it. */
int matrix_row_best(const struct matrix_scores *m, int row);

/*
 * A number without sign and with at most three decimals, in thousandths; false on anything else
 * and when it is over `max` ones.
 */
bool decimal_read(str s, int64_t max, int64_t *out);

/*
 * num / den thousandths as people write it: "3", "1.5"; two decimals after "about " when it
 * does not come out even.
 */
str decimal_text(int64_t num, int64_t den, struct arena *a);

#endif
