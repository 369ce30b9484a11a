#include "highlight/lexer.h"

#include <assert.h>
#include <pthread.h>

/*
 * The rows are constants, and so are the tables made from them: worked out once,
 * at the first use, and only read afterwards.
 */
static struct tables all_tables[LEX_COUNT];
static struct word all_words[LEX_COUNT][WORD_SLOTS];
static pthread_once_t made = PTHREAD_ONCE_INIT;

static const struct lexer *const rows[LEX_COUNT] = {
	[LEX_C] = &lexer_c,
	[LEX_CPP] = &lexer_cpp,
	[LEX_CSHARP] = &lexer_csharp,
	[LEX_GO] = &lexer_go,
	[LEX_JAVA] = &lexer_java,
	[LEX_JAVASCRIPT] = &lexer_javascript,
	[LEX_TYPESCRIPT] = &lexer_typescript,
	[LEX_KOTLIN] = &lexer_kotlin,
	[LEX_RUST] = &lexer_rust,
	[LEX_SCALA] = &lexer_scala,
	[LEX_SWIFT] = &lexer_swift,
	[LEX_DART] = &lexer_dart,
	[LEX_ZIG] = &lexer_zig,
	[LEX_D] = &lexer_d,
	[LEX_V] = &lexer_v,
	[LEX_GROOVY] = &lexer_groovy,
	[LEX_PYTHON] = &lexer_python,
	[LEX_RUBY] = &lexer_ruby,
	[LEX_PHP] = &lexer_php,
	[LEX_PHP_CODE] = &lexer_php_code,
	[LEX_LUA] = &lexer_lua,
	[LEX_PERL] = &lexer_perl,
	[LEX_R] = &lexer_r,
	[LEX_JULIA] = &lexer_julia,
	[LEX_NIM] = &lexer_nim,
	[LEX_BASH] = &lexer_bash,
	[LEX_POWERSHELL] = &lexer_powershell,
	[LEX_CRYSTAL] = &lexer_crystal,
	[LEX_ELIXIR] = &lexer_elixir,
	[LEX_ERLANG] = &lexer_erlang,
	[LEX_HASKELL] = &lexer_haskell,
	[LEX_OCAML] = &lexer_ocaml,
	[LEX_FSHARP] = &lexer_fsharp,
	[LEX_CLOJURE] = &lexer_clojure,
	[LEX_FORTRAN] = &lexer_fortran,
	[LEX_PASCAL] = &lexer_pascal,
	[LEX_ADA] = &lexer_ada,
	[LEX_SQL] = &lexer_sql,
	[LEX_PROTOBUF] = &lexer_protobuf,
	[LEX_GRAPHQL] = &lexer_graphql,
	[LEX_CMAKE] = &lexer_cmake,
	[LEX_JSON] = &lexer_json,
	[LEX_YAML] = &lexer_yaml,
	[LEX_TOML] = &lexer_toml,
	[LEX_INI] = &lexer_ini,
	[LEX_HTML] = &lexer_html,
	[LEX_XML] = &lexer_xml,
	[LEX_MUSTACHE] = &lexer_mustache,
	[LEX_CSS] = &lexer_css,
	[LEX_MARKDOWN] = &lexer_markdown,
	[LEX_DOCKERFILE] = &lexer_dockerfile,
	[LEX_DOCKERFILE_WORDS] = &lexer_dockerfile_words,
	[LEX_MAKEFILE] = &lexer_makefile,
	[LEX_DIFF] = &lexer_diff,
	[LEX_CONSOLE] = &lexer_console,
};

/* Longer words are no keywords in any language. */
enum { LONGEST_WORD = 31 };

static uint8_t lower(uint8_t c)
{
	return is_upper(c) ? c | 32 : c;
}

static uint32_t hash_word(const uint8_t *p, size_t length)
{
	uint32_t h = p[0] | (uint32_t)p[length - 1] << 8 | (uint32_t)p[length / 2] << 16 |
		     (uint32_t)p[length > 1] << 24;

	h = (h ^ (uint32_t)length * 0x9e3779b1u) * 0x85ebca6bu;
	h ^= h >> 15;
	return h | 1; /* never 0 */
}

static const uint8_t list_kinds[WORD_LISTS] = {
	TOKEN_KEYWORD,
	WORD_DEFINER,
	WORD_TYPE_DEFINER,
	TOKEN_TYPE,
	TOKEN_CONSTANT,
	TOKEN_FUNCTION,
	TOKEN_VARIABLE,
	TOKEN_PREPROCESSOR,
	WORD_HOOKED,
};

static const struct word *find_word(const struct tables *t, const uint8_t *p, size_t length)
{
	uint32_t hash = hash_word(p, length);

	for (size_t i = hash % WORD_SLOTS;; i = (i + 1) % WORD_SLOTS) {
		const struct word *w = &t->words[i];

		if (w->hash == 0)
			return NULL;
		if (w->hash == hash && w->length == length &&
			memcmp(t->lists[w->list] + w->offset, p, length) == 0)
			return w;
	}
}

int word_kind(const struct tables *t, const uint8_t *p, size_t length)
{
	const struct word *w;
	uint8_t small[LONGEST_WORD];

	if (length > LONGEST_WORD || length == 0)
		return TOKEN_TEXT;
	if (t->row->flags & LEXER_NOCASE) {
		for (size_t i = 0; i < length; i++)
			small[i] = lower(p[i]);
		p = small;
	}
	w = find_word(t, p, length);
	return w ? list_kinds[w->list] : TOKEN_TEXT;
}

static void add_word(struct tables *t, int list, const char *word, size_t length)
{
	uint32_t hash = hash_word((const uint8_t *)word, length);
	size_t i = hash % WORD_SLOTS;

	assert(length <= LONGEST_WORD);
	if (find_word(t, (const uint8_t *)word, length))
		return;
	while (t->words[i].hash != 0)
		i = (i + 1) % WORD_SLOTS;
	t->words[i] = (struct word){ hash, (uint16_t)(word - t->lists[list]), (uint8_t)length,
		(uint8_t)list };
}

/* A word in several lists belongs to the last: hooks before keywords before names. */
static void add_words(struct tables *t)
{
	size_t count = 0;

	for (int list = WORD_LISTS - 1; list >= 0; list--) {
		const char *p = t->lists[list];

		while (p && *p != '\0') {
			size_t length = strcspn(p, " ");

			if (length > 0)
				add_word(t, list, p, length), count++;
			p += length + (p[length] == ' ');
		}
	}
	assert(count < WORD_SLOTS * 3 / 4);
	(void)count;
}

static void set_kind(struct tables *t, const char *bytes, enum byte_kind kind)
{
	for (; bytes && *bytes != '\0'; bytes++)
		t->kind[(uint8_t)*bytes] = kind;
}

static void add_rule(struct tables *t, const char *open, uint32_t bit)
{
	t->rules[(uint8_t)open[0]] |= bit;
	if (t->row->flags & LEXER_NOCASE && is_upper((uint8_t)open[0]))
		t->rules[(uint8_t)open[0] | 32] |= bit;
}

static void add_stops(struct tables *t, const struct string_rule *s, uint32_t bit)
{
	if (!(s->flags & STRING_DYNAMIC))
		t->stop[(uint8_t)s->close[0]] |= bit;
	if (s->flags & (STRING_ESCAPE | STRING_SKIP))
		t->stop['\\'] |= bit;
	if (!(s->flags & STRING_MULTI) || s->flags & STRING_HEREDOC)
		t->stop['\n'] |= bit;
	if (s->flags & STRING_BRACES)
		t->stop['{'] |= bit, t->stop['}'] |= bit;
	if (s->flags & STRING_VARS)
		t->stop['$'] |= bit;
	if (s->flags & STRING_ATS)
		t->stop['@'] |= bit;
	if (s->flags & STRING_BACKTICK)
		t->stop['`'] |= bit;
	for (const char *p = s->interp; p && *p != '\0'; p += strcspn(p, " "), p += *p == ' ')
		t->stop[(uint8_t)*p] |= bit;
}

static void add_rules(struct tables *t)
{
	const struct lexer *row = t->row;

	for (int i = 0; i < MAX_COMMENTS && row->comments[i].open; i++)
		add_rule(t, row->comments[i].open, 1u << i);
	for (int i = 0; i < MAX_STRINGS && row->strings[i].open; i++) {
		if (row->strings[i].open[0] != '\0')
			add_rule(t, row->strings[i].open, 1u << (8 + i));
		add_stops(t, &row->strings[i], 1u << i);
	}
}

static bool row_has(const struct lexer *row, unsigned flag)
{
	for (int i = 0; i < MAX_STRINGS && row->strings[i].open; i++)
		if (row->strings[i].flags & flag)
			return true;
	return false;
}

static bool row_interpolates(const struct lexer *row)
{
	for (int i = 0; i < MAX_STRINGS && row->strings[i].open; i++)
		if (row->strings[i].interp)
			return true;
	return false;
}

static void add_kinds(struct tables *t)
{
	const struct lexer *row = t->row;

	for (int c = 0; c < 256; c++) {
		t->inner[c] = is_name((uint8_t)c);
		if (t->inner[c])
			t->kind[c] = is_digit((uint8_t)c) ? BYTE_DIGIT : BYTE_WORD;
	}
	set_kind(t, row->letters, BYTE_WORD);
	for (const char *p = row->letters; p && *p != '\0'; p++)
		t->inner[(uint8_t)*p] = true;
	for (const char *p = row->inner; p && *p != '\0'; p++)
		t->inner[(uint8_t)*p] = true;
	if (row_interpolates(row)) {
		set_kind(t, "()[]{}", BYTE_BRACKET);
		t->kind['\n'] = BYTE_NEWLINE;
	}
	if (row->flags & LEXER_HEREDOCS)
		t->kind['\n'] = BYTE_NEWLINE;
	if (row_has(row, STRING_FORMAT))
		t->kind[':'] = BYTE_COLON;
	if (row->flags & LEXER_DOT_NUMBERS)
		t->kind['.'] = BYTE_DOT;
	set_kind(t, row->sigils, BYTE_SIGIL);
	for (int c = 0; c < 256; c++)
		if (t->rules[c] && t->kind[c] != BYTE_WORD)
			t->kind[c] = BYTE_RULE;
	if (row->flags & LEXER_PREPROCESSOR)
		t->kind['#'] = BYTE_HASH;
	if (row->flags & LEXER_DECORATORS)
		t->kind['@'] = BYTE_AT;
	set_kind(t, row->hooks, BYTE_HOOK);
}

static void make_tables(void)
{
	for (int id = 0; id < LEX_COUNT; id++) {
		struct tables *t = &all_tables[id];
		const struct lexer *row = rows[id];

		assert((int)row->id == id);
		t->row = row;
		t->words = all_words[id];
		memcpy(t->lists,
			(const char *[]){ row->keywords, row->definers, row->type_definers,
				row->types, row->constants, row->functions, row->variables,
				row->pragmas, row->hooked },
			sizeof(t->lists));
		add_words(t);
		add_rules(t);
		add_kinds(t);
	}
}

const struct tables *tables_of(const struct lexer *row)
{
	pthread_once(&made, make_tables);
	return &all_tables[row->id];
}
