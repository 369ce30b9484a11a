#include "site/terms.h"

#include "base/arena.h"
#include "unit/suite.h"

static struct arena a;
static struct terms terms;

/* The words of a text in the order in which they come, with spaces between. */
static str cut(const char *text, enum term_rank rank, enum term_text kind)
{
	struct buf out = { .arena = &a };

	terms_clear(&terms);
	terms_add(&terms, str_c(text), rank, kind);
	for (size_t i = 0; i < terms.count; i++) {
		if (i)
			buf_char(&out, ' ');
		buf_add(&out, str_new(terms.bytes.ptr + terms.at[i].at, terms.at[i].len));
	}
	return buf_str(&out);
}

static void expect(const char *text, const char *wanted)
{
	ck_assert_str_eq(str_cstr(cut(text, TERM_TITLE, TERMS_PLAIN), &a), wanted);
}

static void expect_body(const char *text, enum term_text kind, const char *wanted)
{
	ck_assert_str_eq(str_cstr(cut(text, TERM_BODY, kind), &a), wanted);
}

START_TEST(words_are_letters_digits_and_underscores_without_case)
{
	expect("", "");
	expect("  ...,;  ", "");
	expect("Go, Python; and RUST!", "go python and rust");
	expect("one-two three/four", "one two three four");
	expect("one one ONE", "one");
	expect("max_conn", "max_conn max conn");
	expect("__init__", "init");
	expect("___", "");
	expect("the reader's", "the reader s");
}
END_TEST

START_TEST(languages_that_end_in_signs_are_words)
{
	expect("C++ and C#, F#.", "c++ and c# f#");
	expect("C++\xe2\x80\x94 yes", "c++ yes");
	expect("C++11 c#x a+b", "c 11 x a b");
	expect("g+++", "g++");
	expect_body("i++; x#y", TERMS_CODE, "");
}
END_TEST

START_TEST(accents_and_other_forms_of_letters_are_folded)
{
	expect("D\303\251j\303\240 Gr\303\266\303\237e", "deja grosse");
	expect("\303\234BER \305\201\303\263d\305\272", "uber \305\202odz");
	expect("\357\274\247\357\275\217", "go");
	expect("\317\203\316\257\317\203\317\205\317\206\316\277\317\202", "\317\203\316\271\317\203\317\205\317\206\316\277\317\203");
	expect("e\314\201t\303\251", "ete");
	expect("exam\302\255ple", "example");
	expect("\302\275", "1 2");
}
END_TEST

START_TEST(scripts_without_spaces_give_pairs)
{
	expect("\346\257\224\350\274\203\350\252\236", "\346\257\224\350\274\203 \350\274\203\350\252\236 \350\252\236");
	expect("Go\350\252\236", "go \350\252\236");
	expect("\346\257\224 Go", "\346\257\224 go");
}
END_TEST

START_TEST(pairs_of_long_text_without_spaces_are_all_found)
{
	struct buf text = { .arena = &a };

	for (int i = 0; i < 500; i++)
		buf_printf(&text, "%c%c%c", 0xe4 + i % 3, 0xb8 + i % 8, 0x80 + i % 64);
	cut(str_cstr(buf_str(&text), &a), TERM_BODY, TERMS_PLAIN);
	for (int i = 0; i + 1 < 500; i++) {
		size_t before = terms.count;

		terms_put(&terms, str_sub(buf_str(&text), (size_t)i * 3, (size_t)i * 3 + 6), TERM_BODY);
		ck_assert_uint_eq(terms.count, before);
	}
}
END_TEST

START_TEST(identifiers_are_found_by_their_parts)
{
	expect_body("readFileSync(HTTPServer2)", TERMS_CODE, "readfilesync read file sync httpserver2 http server2");
	expect_body("parse_int", TERMS_CODE, "parse_int parse int");
	expect_body("readFile", TERMS_PLAIN, "readfile");
	expect_body("x = i + 1", TERMS_CODE, "");
}
END_TEST

START_TEST(noise_counts_in_titles_only)
{
	expect_body("a I x 1 404 12345 3ms 0xff i18n", TERMS_PLAIN, "404 i18n");
	expect("x 1 12345 3ms", "x 1 12345 3ms");
}
END_TEST

START_TEST(entities_are_no_words)
{
	expect_body("fish &amp; chips &lt;br&gt; R&D &nonsense", TERMS_HTML, "fish chips br nonsense");
}
END_TEST

START_TEST(words_beyond_a_length_are_cut)
{
	expect("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhh",
		"aaaaaaaaaabbbbbbbbbbccccccccccdd");
	expect("\303\251aaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhhiiiiiiiiiijjjjjjjjjj b",
		"eaaaaaaaaabbbbbbbbbbccccccccccdd b");
}
END_TEST

START_TEST(common_words_are_known)
{
	str all = terms_common(&a);

	while (all.len) {
		struct str_pair p = str_cut(all, ' ');

		ck_assert_msg(term_is_common(p.head), STR_FMT, STR_ARG(p.head));
		all = p.tail;
	}
	ck_assert(!term_is_common(STR("go")));
	ck_assert(!term_is_common(STR("")));
	ck_assert(!term_is_common(STR("thing")));
	ck_assert(!term_is_common(STR("aboutish")));
}
END_TEST

/* What a packed text gives back, region by region. */
static str unpack(str packed)
{
	struct buf out = { .arena = &a };
	str regions[TERM_REGIONS];

	terms_regions(packed, regions);
	for (int i = 0; i < TERM_REGIONS; i++) {
		struct terms_reader r = { .rest = terms_region_part(packed, i) };

		ck_assert(str_eq(r.rest, regions[i]));
		while (terms_next(&r)) {
			ck_assert_int_eq(term_region(str_new(r.word, r.len)), i);
			buf_printf(&out, "%.*s:%d ", (int)r.len, r.word, r.rank);
		}
	}
	return buf_str(&out);
}

START_TEST(words_come_back_from_their_packed_form)
{
	terms_clear(&terms);
	terms_add(&terms, STR("zebra the concurrency concurrent concur con_x 404 cat zz"), TERM_BODY, TERMS_PLAIN);
	terms_add(&terms, STR("often often often often the the the the"), TERM_BODY, TERMS_PLAIN);
	terms_add(&terms, STR("Heading with C++"), TERM_HEADING, TERMS_PLAIN);
	terms_add(&terms, STR("zebra title concurrencyconcurrencyconcurrency"), TERM_TITLE, TERMS_PLAIN);
	ck_assert_str_eq(str_cstr(unpack(terms_pack(&terms, &a)), &a),
		"404:0 c++:2 cat:0 con:0 con_x:0 concur:0 concurrency:0 concurrencyconcurrencyconcurrenc:3 "
		"concurrent:0 heading:2 often:1 title:3 with:2 zebra:3 zz:0 ");
}
END_TEST

START_TEST(letters_of_every_size_come_back)
{
	static const char text[] = "\303\270re \317\206\316\271 \346\257\224\350\274\203 \360\240\200\200\360\240\200\201 \320\277\321\200\320\270\320\262\320\265\321\202";
	str found;

	terms_clear(&terms);
	terms_add(&terms, str_c(text), TERM_BODY, TERMS_PLAIN);
	found = unpack(terms_pack(&terms, &a));
	for (size_t i = 0; i < terms.count; i++) {
		str word = str_new(terms.bytes.ptr + terms.at[i].at, terms.at[i].len);

		ck_assert_msg(str_find(found, str_printf(&a, "%.*s:0 ", STR_ARG(word))) >= 0, STR_FMT, STR_ARG(word));
	}
	ck_assert_uint_eq(terms.count, 7);
}
END_TEST

START_TEST(nothing_is_packed_to_nothing)
{
	terms_clear(&terms);
	ck_assert_uint_eq(unpack(terms_pack(&terms, &a)).len, 0);
	ck_assert_uint_eq(unpack((str){ 0 }).len, 0);
}
END_TEST

/* From a file that was damaged: anything, but within bounds. */
START_TEST(damaged_words_do_no_harm)
{
	char bytes[64];

	for (unsigned seed = 1; seed < 2000; seed++) {
		unsigned x = seed * 2654435761u;

		for (size_t i = 0; i < sizeof(bytes); i++) {
			x = x * 1103515245u + 12345;
			bytes[i] = (char)(x >> 16);
		}
		for (int r = 0; r < TERM_REGIONS; r++) {
			struct terms_reader reader = { .rest = terms_region_part(str_new(bytes, sizeof(bytes)), r) };
			int words = 0;

			while (terms_next(&reader) && words++ < 1000)
				ck_assert_uint_le(reader.len, sizeof(reader.word));
			ck_assert_int_lt(words, 1000);
		}
	}
}
END_TEST

START_TEST(a_page_that_is_nothing_but_words_is_bounded)
{
	struct buf text = { .arena = &a };

	for (int i = 0; i < 40000; i++)
		buf_printf(&text, "w%d ", i);
	cut(str_cstr(buf_str(&text), &a), TERM_BODY, TERMS_PLAIN);
	ck_assert_uint_eq(terms.count, 16384);
	terms_free(&terms);
	arena_free(&a);
}
END_TEST

SUITE("terms", words_are_letters_digits_and_underscores_without_case, languages_that_end_in_signs_are_words,
	accents_and_other_forms_of_letters_are_folded, scripts_without_spaces_give_pairs,
	pairs_of_long_text_without_spaces_are_all_found, identifiers_are_found_by_their_parts,
	noise_counts_in_titles_only, entities_are_no_words, words_beyond_a_length_are_cut, common_words_are_known,
	words_come_back_from_their_packed_form, letters_of_every_size_come_back, nothing_is_packed_to_nothing,
	damaged_words_do_no_harm, a_page_that_is_nothing_but_words_is_bounded)
