/*
 * matrix -- a decision matrix between being read and being shown.
 *
 * Two ways in, YAML and aligned text, fill the same struct; matrix.c checks and shows it.
 */
#ifndef BLOCKS_MATRIX_H
#define BLOCKS_MATRIX_H

#include "blocks/comparison.h"
#include "blocks/matrix_score.h"

enum { SCALE_MAX = 24, PRESETS_MAX = 12 };

struct matrix_step {
	int64_t value; /* thousandths */
	str words;     /* may be empty */
};

struct matrix_row {
	str scenario, why;
	struct value evidence; /* a list of strings, or null */
	str written;           /* the recommendation as the author wrote it, or empty */
	loc at, written_at;
};

struct matrix_preset {
	str name;
	int64_t *weights; /* of all rows */
};

struct matrix {
	const struct source *src; /* places in it are of this text */
	str title;
	struct option options[MATRIX_OPTIONS_MAX];
	int option_count;
	struct matrix_step scale[SCALE_MAX]; /* best first */
	int scale_count;
	bool listed;             /* only the values of the scale may be given */
	int64_t lowest, highest; /* thousandths */
	struct matrix_row *rows;
	int64_t *weights, *scores;
	int row_count;
	struct matrix_preset presets[PRESETS_MAX];
	int preset_count;
};

/* Where a matrix is read from: the fence, or the file that data= names. */
struct matrix_input {
	struct block_page *page;
	const struct source *src;
	str text;
	int first_line;
	loc at; /* of the fence, for what has no place of its own */
};

/* Both say what is wrong and return false then. */
bool matrix_read_yaml(const struct matrix_input *in, struct matrix *out);
bool matrix_read_text(const struct matrix_input *in, struct matrix *out);

/* Is it the aligned form, with ticks in columns? */
bool matrix_is_text(str text);

/* Add an option; false, said at `at`, when it is there already or one too many. */
bool matrix_add_option(const struct matrix_input *in, struct matrix *m, str name, loc at);

/* Room for `count` rows; false, said, when they are too many or none. */
bool matrix_add_rows(const struct matrix_input *in, struct matrix *m, size_t count, loc at);

/* The option of that name, or of another spelling of it; -1 when there is none, or several. */
int matrix_find_option(const struct block_page *page, const struct matrix *m, str name);

/* The verdict in words; `result` of matrix_score(). */
str matrix_verdict_text(
	const struct matrix *m, const struct matrix_result *result, struct arena *a);

/* What makes it come out otherwise, in words; empty on a tie. */
str matrix_flip_text(
	const struct matrix *m, const struct matrix_result *result, struct arena *a);

/* A number of thousandths as people write it, in an int or float value. */
struct value matrix_number(int64_t thousandths, struct arena *a);

#endif
