/*
 * The reader's side of a matrix must say what ours says.  Random matrices are scored and put in
 * words here, and tests/browser/vectors.cjs has templates/assets/matrix.js repeat them in node.
 */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "blocks/matrix.h"
#include "unit/suite.h"

enum { MATRICES = 2000, ROWS = 8, OPTIONS = 5 };

static struct arena arena;

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static int pick(uint64_t *state, int below)
{
	return (int)(next_random(state) % (uint64_t)below);
}

/* Steps of the sliders, or anything that can be written; small matrices, so that ties are
 * common. */
static void fill(struct matrix *m, uint64_t *state)
{
	static const str names[OPTIONS] = { STR_INIT("Python"), STR_INIT("Go"),
		STR_INIT("Rust & co"), STR_INIT("C++"), STR_INIT("Z\303\274rich") };
	bool fine = pick(state, 3) == 0;

	m->option_count = 2 + pick(state, OPTIONS - 1);
	m->row_count = 1 + pick(state, ROWS);
	m->rows = arena_array(&arena, struct matrix_row, ROWS);
	m->weights = arena_array(&arena, int64_t, ROWS);
	m->scores = arena_array(&arena, int64_t, ROWS * OPTIONS);
	for (int o = 0; o < m->option_count; o++)
		m->options[o].name = names[o];
	for (int r = 0; r < m->row_count; r++) {
		m->rows[r].scenario = str_printf(&arena, "Scenario %d", r + 1);
		m->weights[r] = fine ? pick(state, WEIGHT_MAX * SCORE_UNIT + 1)
				     : pick(state, 11) * SCORE_UNIT / 2;
	}
	for (int i = 0; i < m->row_count * m->option_count; i++)
		m->scores[i] = fine ? pick(state, SCORE_MAX * SCORE_UNIT + 1)
				    : (1 + pick(state, 3)) * SCORE_UNIT;
}

static void print_numbers(FILE *f, const char *name, const int64_t *numbers, int count)
{
	fprintf(f, "\"%s\": [", name);
	for (int i = 0; i < count; i++)
		fprintf(f, "%s\"%lld\"", i ? ", " : "", (long long)numbers[i]);
	fprintf(f, "], ");
}

/* One JSON object in a line; numbers as strings, for they may be larger than a double holds. */
static void print_vector(FILE *f, const struct matrix *m)
{
	struct matrix_scores scores = { m->option_count, m->row_count, m->weights, m->scores };
	struct matrix_result r;
	int64_t best[ROWS];

	matrix_score(&scores, &r);
	for (int i = 0; i < m->row_count; i++)
		best[i] = matrix_row_best(&scores, i);
	fprintf(f, "{\"options\": [");
	for (int o = 0; o < m->option_count; o++)
		fprintf(f, "%s\"" STR_FMT "\"", o ? ", " : "", STR_ARG(m->options[o].name));
	fprintf(f, "], \"scenarios\": [");
	for (int i = 0; i < m->row_count; i++)
		fprintf(f, "%s\"" STR_FMT "\"", i ? ", " : "", STR_ARG(m->rows[i].scenario));
	fprintf(f, "], ");
	print_numbers(f, "weights", m->weights, m->row_count);
	print_numbers(f, "scores", m->scores, m->row_count * m->option_count);
	print_numbers(f, "best", best, m->row_count);
	print_numbers(f, "totals", r.totals, m->option_count);
	fprintf(f, "\"winner\": %d, \"tie\": %s, \"close\": %s, \"flip\": ", r.winner,
		r.tie ? "true" : "false", r.close ? "true" : "false");
	if (r.flip.found)
		fprintf(f, "[%d, %d, \"%lld\", \"%lld\"]", r.flip.row, r.flip.option,
			(long long)r.flip.num, (long long)r.flip.den);
	else
		fprintf(f, "null");
	fprintf(f, ", \"text\": \"" STR_FMT "\"}\n",
		STR_ARG(matrix_verdict_text(m, &r, &arena)));
}

static bool write_vectors(const char *path)
{
	uint64_t state = 2463534242u;
	FILE *f = fopen(path, "w");

	if (!f)
		return false;
	for (int i = 0; i < MATRICES; i++) {
		struct matrix *m = arena_new(&arena, struct matrix);

		fill(m, &state);
		print_vector(f, m);
		arena_reset(&arena, SIZE_MAX);
	}
	return fclose(f) == 0;
}

/* The exit status of `node program file`, or 127 when there is no node. */
static int run_node(const char *program, const char *file)
{
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		execlp("timeout", "timeout", "60", "node", program, file, (char *)NULL);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

START_TEST(the_script_of_the_page_says_the_same_of_random_matrices)
{
	char path[] = "/tmp/gen-vectors-XXXXXX", program[4096];
	const char *root = getenv("GEN_SOURCE_DIR");
	int fd = mkstemp(path), status;

	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert(write_vectors(path));
	snprintf(program, sizeof(program), "%s/tests/browser/vectors.cjs", root ? root : ".");
	status = run_node(program, path);
	unlink(path);
	arena_free(&arena);
	if (status == 127)
		printf("node is not installed: matrix.js was not compared\n");
	else
		ck_assert_int_eq(status, 0);
}
END_TEST

SUITE("matrix_vectors", the_script_of_the_page_says_the_same_of_random_matrices)
