/*
 * The reader's side of the search must cut, fold and decode as ours encodes.  What we make of every
 * letter, of random texts and of random parts of an index is written down, and
 * tests/browser/search_vectors.cjs has templates/assets/search.js repeat it in node.
 */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "site/search_part.h"
#include "unit/suite.h"

enum { TEXTS = 2000, PAIRS = 4000, PARTS = 200, LAST_LETTER = 0x323af };

static struct arena arena;
static struct terms terms;
static uint64_t state = 2463534242u;

static int pick(int below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (int)(state % (uint64_t)below);
}

static void print_json(FILE *f, str s)
{
	struct buf b = { .arena = &arena };

	buf_json(&b, s);
	fprintf(f, STR_FMT, STR_ARG(buf_str(&b)));
}

static str word_at(size_t i)
{
	return str_new(terms.bytes.ptr + terms.at[i].at, terms.at[i].len);
}

static void print_cut(FILE *f, str text)
{
	terms_clear(&terms);
	terms_add(&terms, text, TERM_TITLE, TERMS_PLAIN);
	fprintf(f, "{\"text\": ");
	print_json(f, text);
	fprintf(f, ", \"terms\": [");
	for (size_t i = 0; i < terms.count; i++) {
		if (i)
			fprintf(f, ", ");
		print_json(f, word_at(i));
	}
	fprintf(f, "]}\n");
}

static void print_letters(FILE *f)
{
	for (uint32_t c = 0x80; c <= LAST_LETTER; c++) {
		char bytes[4];
		int len;

		if ((c >= 0xd800 && c < 0xe000) || !utf8_is_word(c))
			continue;
		len = utf8_encode(c, bytes);
		print_cut(f, str_printf(&arena, "%.*s x%.*s%.*sy", len, bytes, len, bytes, len, bytes));
		arena_reset(&arena, 1 << 20);
	}
}

static str random_text(void)
{
	static const char *const pieces[] = { "a", "b", "Go", "E", "_", "-", "+", "#", "++", " ", " ", "'", "9", "\303\251",
		"\303\237", "\314\201", "\317\202", "\316\243", "\346\257\224", "\350\274\203", "\343\201\214", "\340\270\201",
		"\302\255", "\342\200\215", "\360\240\200\200", "\341\217\240", "\302\275", "\342\204\242", "\342\200\277",
		"\357\274\277", "\357\274\241", "\355\225\234", "\304\260", "<", "&", "\342\200\250" };
	struct buf b = { .arena = &arena };
	int count = 1 + pick(24);

	for (int i = 0; i < count; i++)
		buf_add(&b, str_c(pieces[pick((int)(sizeof(pieces) / sizeof(pieces[0])))]));
	return buf_str(&b);
}

static str random_word(void)
{
	struct buf b = { .arena = &arena };
	int count = 1 + pick(6);

	for (int i = 0; i < count; i++)
		buf_char(&b, (char)('a' + pick(3)));
	return buf_str(&b);
}

static void print_pair(FILE *f)
{
	str a = random_word(), b = random_word();

	fprintf(f, "{\"a\": \"" STR_FMT "\", \"b\": \"" STR_FMT "\", \"near\": %s}\n", STR_ARG(a), STR_ARG(b),
		str_distance(a, b, 1) <= 1 ? "true" : "false");
}

static void add_random_page(struct part *p, uint32_t doc, struct buf *listing)
{
	static struct terms page;

	terms_clear(&page);
	for (int i = 0; i < 12; i++)
		terms_add(&page, random_text(), (enum term_rank)pick(4), TERMS_PLAIN);
	for (int r = 0; r < TERM_REGIONS; r++) {
		struct terms_reader reader = { .rest = terms_region_part(terms_pack(&page, &arena), r) };

		part_add(p, doc, reader.rest);
		while (terms_next(&reader)) {
			buf_printf(listing, "%s[", listing->len ? ", " : "");
			buf_json(listing, str_new(reader.word, reader.len));
			buf_printf(listing, ", %u, %d]", doc, reader.rank);
		}
	}
	terms_free(&page);
}

static void print_part(FILE *f)
{
	struct part p = { .terms = &terms, .arena = &arena };
	struct buf listing = { .arena = &arena }, out = { .arena = &arena };
	uint32_t docs = 0;

	terms_clear(&terms);
	for (int i = 0, count = 1 + pick(30); i < count; i++) {
		docs += (uint32_t)(pick(4) ? 1 : 1 + pick(3000));
		add_random_page(&p, docs - 1, &listing);
	}
	part_write(&p, part_sort(&p), 0, docs, &out);
	fprintf(f, "{\"part\": ");
	print_json(f, buf_str(&out));
	fprintf(f, ", \"found\": [" STR_FMT "], \"keys\": [", STR_ARG(buf_str(&listing)));
	for (size_t i = 0; i < terms.count; i++) {
		int len;

		utf8_decode(word_at(i), &len);
		fprintf(f, "%s[", i ? ", " : "");
		print_json(f, word_at(i));
		fprintf(f, ", \"%c\", \"%c\"]", term_region_name(term_region(word_at(i))),
			term_key(str_from(word_at(i), (size_t)len)));
	}
	fprintf(f, "]}\n");
}

static bool write_vectors(const char *path)
{
	FILE *f = fopen(path, "w");

	if (!f)
		return false;
	print_letters(f);
	for (int i = 0; i < TEXTS; i++)
		print_cut(f, random_text());
	for (int i = 0; i < PAIRS; i++)
		print_pair(f);
	for (int i = 0; i < PARTS; i++) {
		print_part(f);
		arena_reset(&arena, 1 << 20);
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

START_TEST(the_script_of_the_page_reads_what_we_write)
{
	char path[] = "/tmp/gen-vectors-XXXXXX", program[4096];
	const char *root = getenv("GEN_SOURCE_DIR");
	int fd = mkstemp(path), status;

	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert(write_vectors(path));
	snprintf(program, sizeof(program), "%s/tests/browser/search_vectors.cjs", root ? root : ".");
	status = run_node(program, path);
	unlink(path);
	terms_free(&terms);
	arena_free(&arena);
	if (status == 127)
		printf("node is not installed: search.js was not compared\n");
	else
		ck_assert_int_eq(status, 0);
}
END_TEST

SUITE("search_vectors", the_script_of_the_page_reads_what_we_write)
