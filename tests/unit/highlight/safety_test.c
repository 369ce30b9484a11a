/* Whatever the bytes, the tokens are the whole of the code, and time is linear. */
#include "highlight/highlight.h"

#include "base/buf.h"
#include "highlight/language.h"

#include "unit/suite.h"

struct walk {
	const char *at;
	bool whole;
};

static void follow(void *ctx, enum token kind, str text)
{
	struct walk *w = ctx;

	w->whole &= text.ptr == w->at && text.len > 0 && (int)kind < TOKEN_COUNT;
	w->at += text.len;
}

static void ck_whole(const struct language *lang, str code)
{
	struct walk w = { code.ptr, true };

	highlight_tokens(lang, code, follow, &w);
	ck_assert_msg(w.whole && w.at == code.ptr + code.len,
		STR_FMT " lost its way in: " STR_FMT, STR_ARG(lang->name),
		STR_ARG(str_sub(code, 0, 60)));
}

static void ck_whole_in_all(str code)
{
	size_t count;
	const struct language *all = language_all(&count);

	for (size_t i = 0; i < count; i++)
		ck_whole(&all[i], code);
}

static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* What opens, closes and bends strings somewhere. */
static const char *const shards[] = {
	"\"",
	"'",
	"`",
	"\"\"\"",
	"'''",
	"\\",
	"\n",
	"/*",
	"*/",
	"//",
	"#",
	"{",
	"}",
	"${",
	"#{",
	"$(",
	")",
	"(",
	"[",
	"]",
	"<",
	">",
	"<<EOT\n",
	"\nEOT\n",
	"R\"x(",
	")x\"",
	"r#\"",
	"\"#",
	"[==[",
	"]==]",
	"--",
	"{{",
	"}}",
	"f\"",
	"$\"",
	"@\"",
	"%q(",
	"~r/",
	"/",
	"x",
	"if ",
	"def ",
	"<script>",
	"</script>",
	"<?php ",
	"?>",
	"|\n  ",
	": ",
	"- ",
	"0x",
	"1e-",
	".5",
	"\xc3\xa9",
	"\xff",
	"$",
	"@",
	":",
	"=begin\n",
	"=cut\n",
	"q{",
	"s/",
	"'a",
	"```go\n",
	"\r\n",
	"\t",
};

START_TEST(random_shards_stay_whole_in_every_language)
{
	uint32_t seed = 12345;
	struct buf code = { 0 };

	for (int round = 0; round < 150; round++) {
		buf_clear(&code);
		for (uint32_t n = next_random(&seed) % 60; n > 0; n--)
			buf_add(&code, str_c(shards[next_random(&seed) %
						    (sizeof(shards) / sizeof(shards[0]))]));
		ck_whole_in_all(buf_str(&code));
	}
	buf_free(&code);
}
END_TEST

START_TEST(random_bytes_stay_whole_in_every_language)
{
	uint32_t seed = 777;
	char code[300];

	for (int round = 0; round < 200; round++) {
		size_t length = next_random(&seed) % sizeof(code);

		for (size_t i = 0; i < length; i++)
			code[i] = (char)next_random(&seed);
		ck_whole_in_all(str_new(code, length));
	}
}
END_TEST

START_TEST(every_pair_of_shards_stays_whole)
{
	struct buf code = { 0 };

	for (size_t i = 0; i < sizeof(shards) / sizeof(shards[0]); i++)
		for (size_t j = 0; j < sizeof(shards) / sizeof(shards[0]); j++) {
			buf_clear(&code);
			buf_add(&code, str_c(shards[i]));
			buf_add(&code, str_c(shards[j]));
			ck_whole_in_all(buf_str(&code));
		}
	buf_free(&code);
}
END_TEST

static void fill(struct buf *out, const char *unit, size_t length)
{
	buf_clear(out);
	while (out->len < length)
		buf_add(out, str_c(unit));
}

START_TEST(what_is_never_closed_stays_whole_in_every_language)
{
	struct buf code = { 0 };

	for (size_t i = 0; i < sizeof(shards) / sizeof(shards[0]); i++) {
		fill(&code, shards[i], 3000);
		ck_whole_in_all(buf_str(&code));
	}
	buf_free(&code);
}
END_TEST

/* Where a lexer looks ahead or back: one that did so anew at each mark would not end in time.
 */
START_TEST(looking_ahead_takes_linear_time)
{
	static const char *const units[][2] = {
		{ "js", "/ " },
		{ "js", "a /[" },
		{ "js", "${`" },
		{ "js", "x = /a[" },
		{ "ruby", "%(" },
		{ "ruby", " /a" },
		{ "ruby", "<<A " },
		{ "perl", "s/a" },
		{ "perl", "=a\n" },
		{ "python", "match x" },
		{ "python", "f\"{" },
		{ "ocaml", "'" },
		{ "ocaml", "{a" },
		{ "fsharp", "'a'" },
		{ "fsharp", "[<" },
		{ "swift", "#" },
		{ "swift", "\"\\(" },
		{ "rust", "r#" },
		{ "rust", "#[" },
		{ "rust", "'a" },
		{ "cpp", "R\"(" },
		{ "lua", "[==" },
		{ "lua", "--[=" },
		{ "sql", "$a" },
		{ "bash", "(( <<" },
		{ "bash", "${" },
		{ "yaml", "a: b" },
		{ "yaml", "\"a\" " },
		{ "yaml", "{a, " },
		{ "toml", "[" },
		{ "css", "a:" },
		{ "css", "- " },
		{ "html", "<a " },
		{ "html", "<script>" },
		{ "html", "&a" },
		{ "xml", "<!" },
		{ "php", "<?" },
		{ "markdown", "`" },
		{ "markdown", "](" },
		{ "markdown", "```a\n" },
		{ "json", "\"a\" " },
		{ "csharp", "\"\"\"" },
		{ "r", "r\"-" },
		{ "console", "$ a \\\n" },
		{ "makefile", "$(" },
		{ "dockerfile", "RUN \\\n" },
		{ "mustache", "{{" },
		{ "clojure", ":" },
		{ "erlang", "$" },
		{ "c", "\n  #" },
	};
	struct buf code = { 0 };

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		const struct language *lang = language_find(str_c(units[i][0]));

		ck_assert_ptr_nonnull(lang);
		fill(&code, units[i][1], 400000);
		ck_whole(lang, buf_str(&code));
	}
	buf_free(&code);
}
END_TEST

SUITE("highlight.safety", random_shards_stay_whole_in_every_language,
	random_bytes_stay_whole_in_every_language, every_pair_of_shards_stays_whole,
	what_is_never_closed_stays_whole_in_every_language, looking_ahead_takes_linear_time)
