/*
 * lexer -- the rows that describe languages, and the engine that reads them.
 *
 * Private to src/highlight.  A row says in data what a language's comments,
 * strings, words and numbers look like; a hook says what data cannot.  Formats
 * that are not made of words (YAML, HTML, diff) bring a `run` of their own.
 *
 * Two laws keep any input safe.  Tokens are handed out in order and text in
 * between is never skipped, so nothing is lost.  Whoever looks ahead either
 * consumes what was looked at, remembers that it failed, or looks at a bounded
 * number of bytes, so time is linear.
 */
#ifndef HIGHLIGHT_LEXER_H
#define HIGHLIGHT_LEXER_H

#include "base/str.h"
#include "highlight/highlight.h"

struct lex;

enum comment_flags {
	COMMENT_NESTED = 1,   /* an opening inside counts */
	COMMENT_SPACED = 2,   /* only at the start of a line or after white space */
	COMMENT_LINESTART = 4,/* only in column 1; both marks */
	COMMENT_CONTINUED = 8,/* a backslash at the line end continues it */
	COMMENT_PRAGMA = 16,  /* shown as a preprocessor line */
};

struct comment_rule {
	const char *open, *close; /* no close: to the end of the line */
	unsigned flags;
};

enum string_flags {
	STRING_ESCAPE = 1,   /* backslash escapes, shown as such */
	STRING_SKIP = 2,     /* a backslash protects the next character but means itself */
	STRING_MULTI = 4,    /* may go over lines */
	STRING_DOUBLED = 8,  /* the closing mark written twice stands for itself */
	STRING_CHAR = 16,    /* one character: 'x' or '\n', else no string at all */
	STRING_BRACES = 32,  /* {{ and }} stand for braces */
	STRING_FORMAT = 64,  /* a colon starts a format inside an interpolation */
	STRING_VARS = 128,   /* $name inside */
	STRING_MAYBE = 256,  /* the prefix may be missing */
	STRING_HEREDOC = 512,/* ends at a line that is the delimiter */
	STRING_INDENT = 1024,/* ... which may be indented */
	STRING_MARK = 2048,  /* after a heredoc's delimiter more code may follow */
	STRING_DYNAMIC = 4096, /* the closing mark is known only when it opens */
	STRING_BACKTICK = 8192,/* `` `n `` is an escape (PowerShell) */
	STRING_KEYED = 16384,/* a tag when a colon follows (JSON) */
	STRING_ATS = 32768,  /* @name inside, too */
};

struct string_rule {
	const char *open, *close;
	unsigned flags;
	const char *prefix; /* words before the opening, split by spaces */
	const char *interp; /* openings of code inside, split by spaces: "${", "#{", "\\(" */
	enum token kind;    /* TOKEN_STRING when 0 */
};

enum lexer_flags {
	LEXER_CALLS = 1,	/* a word before ( is a function */
	LEXER_TYPES = 2,	/* a capitalised word is a type */
	LEXER_CALLS_FIRST = 4,	/* of both, the call wins */
	LEXER_CAPS = 8,		/* an ALL_CAPS word is a constant */
	LEXER_T_SUFFIX = 16,	/* size_t */
	LEXER_MEMBERS = 32,	/* after a dot no word is a keyword */
	LEXER_NOCASE = 64,	/* words are found without case */
	LEXER_LISP = 128,	/* the word after ( is a function */
	LEXER_COLUMN1 = 256,	/* a lower-case word in column 1 is being defined */
	LEXER_BANG = 512,	/* name!( is a macro */
	LEXER_DOT_NUMBERS = 1024, /* .5 and 5. */
	LEXER_QUOTED_DIGITS = 2048, /* 1'000 */
	LEXER_PREPROCESSOR = 4096, /* # first on a line */
	LEXER_DECORATORS = 8192, /* @name */
	LEXER_TAIL = 16384,	/* words may end in ? or ! */
	LEXER_HEREDOCS = 32768,	/* newlines matter to waiting heredocs */
	LEXER_KEYS = 65536,	/* name: is a tag (object keys, named arguments) */
	LEXER_WORDS = 131072,	/* every word is for `word`, not only `hooked` */
};

enum lexer_id {
	LEX_C, LEX_CPP, LEX_CSHARP, LEX_GO, LEX_JAVA, LEX_JAVASCRIPT, LEX_TYPESCRIPT,
	LEX_KOTLIN, LEX_RUST, LEX_SCALA, LEX_SWIFT, LEX_DART, LEX_ZIG, LEX_D, LEX_V,
	LEX_GROOVY, LEX_PYTHON, LEX_RUBY, LEX_PHP, LEX_PHP_CODE, LEX_LUA, LEX_PERL, LEX_R,
	LEX_JULIA, LEX_NIM, LEX_BASH, LEX_POWERSHELL, LEX_CRYSTAL, LEX_ELIXIR, LEX_ERLANG,
	LEX_HASKELL, LEX_OCAML, LEX_FSHARP, LEX_CLOJURE, LEX_FORTRAN, LEX_PASCAL, LEX_ADA,
	LEX_SQL, LEX_PROTOBUF, LEX_GRAPHQL, LEX_CMAKE, LEX_JSON, LEX_YAML, LEX_TOML, LEX_INI,
	LEX_HTML, LEX_XML, LEX_MUSTACHE, LEX_CSS, LEX_MARKDOWN, LEX_DOCKERFILE,
	LEX_DOCKERFILE_WORDS, LEX_MAKEFILE, LEX_DIFF, LEX_CONSOLE, LEX_COUNT,
};

enum { MAX_COMMENTS = 6, MAX_STRINGS = 20 };

struct lexer {
	enum lexer_id id;
	unsigned flags;
	const char *keywords;	   /* words, split by spaces */
	const char *definers;	   /* keywords before a function's name */
	const char *type_definers; /* keywords before a type's name */
	const char *types;
	const char *constants;
	const char *functions;
	const char *variables;
	const char *pragmas;   /* shown as preprocessor */
	const char *hooked;    /* words for `word` */
	const char *letters;   /* further bytes that start a word */
	const char *inner;     /* further bytes inside a word */
	const char *sigils;    /* bytes that make a following word a variable */
	const char *marks;     /* bytes that are a variable behind a sigil: $? */
	struct comment_rule comments[MAX_COMMENTS];
	struct string_rule strings[MAX_STRINGS];
	/* At one of `hooks`: the byte after what was consumed, or null to go on with the rules. */
	const char *hooks;
	const uint8_t *(*hook)(struct lex *l, const uint8_t *p);
	/* After one of `hooked`; the same contract. */
	const uint8_t *(*word)(struct lex *l, const uint8_t *from, const uint8_t *to);
	/* Instead of the engine. */
	void (*run)(struct lex *l, const uint8_t *p);
};

/* What a row becomes before it is used: a few table lookups a byte. */
enum byte_kind {
	BYTE_PLAIN, BYTE_WORD, BYTE_DIGIT, BYTE_RULE, BYTE_HOOK, BYTE_NEWLINE, BYTE_BRACKET,
	BYTE_COLON, BYTE_DOT, BYTE_SIGIL, BYTE_HASH, BYTE_AT,
};

enum word_kind { WORD_DEFINER = TOKEN_COUNT, WORD_TYPE_DEFINER, WORD_HOOKED };

struct word {
	uint32_t hash; /* 0: no word here */
	uint16_t offset;
	uint8_t length, list;
};

enum { WORD_SLOTS = 1024, WORD_LISTS = 9 };

struct tables {
	const struct lexer *row;
	uint8_t kind[256];
	bool inner[256];     /* bytes of words */
	uint32_t rules[256]; /* bit n: comment n may open here; bit 8 + n: string n */
	uint32_t stop[256];  /* bit n: string n must look at this byte */
	const char *lists[WORD_LISTS];
	struct word *words; /* WORD_SLOTS */
};

const struct tables *tables_of(const struct lexer *row);

/* enum token or enum word_kind; TOKEN_TEXT when the word is not listed. */
int word_kind(const struct tables *t, const uint8_t *from, size_t length);

/* A string that is open: the one being read, or one that waits for code inside it. */
struct frame {
	const struct string_rule *rule;
	str close;	  /* the delimiter when the rule's is not fixed */
	uint8_t nest;	  /* a bracket that opens another level of a dynamic string */
	int level;	  /* such levels */
	uint8_t closer;	  /* what ends the code inside */
	int brackets;	  /* open in the code inside */
	bool format;	  /* past the colon of an interpolation */
};

struct heredoc {
	const struct string_rule *rule;
	str close;
};

struct piece {
	const uint8_t *end;
	enum token kind;
};

enum { MAX_FRAMES = 24, MAX_HEREDOCS = 4, BATCH = 256 };

struct lex {
	const struct tables *t;
	const uint8_t *begin, *end;
	const uint8_t *text;	 /* where the text not handed out yet starts */
	const uint8_t *no_regex; /* before here no regular expression is closed */
	enum token last;	 /* kind of the token that ends at `text` */
	int embedded;		 /* lexers around this one */
	int depth, base;	 /* frames in use; those below base belong to the lexer around */
	struct frame frames[MAX_FRAMES];
	struct heredoc heredocs[MAX_HEREDOCS];
	int heredoc_count;
	size_t count;
	struct piece batch[BATCH];
	const uint8_t *flushed; /* where the batch starts */
	void (*flush)(struct lex *l, void *ctx);
	void *ctx;
};

static inline void lex_put(struct lex *l, enum token kind, const uint8_t *end)
{
	if (l->count > 0 && l->batch[l->count - 1].kind == kind) {
		l->batch[l->count - 1].end = end;
		return;
	}
	if (l->count == BATCH)
		l->flush(l, l->ctx);
	l->batch[l->count++] = (struct piece){ end, kind };
}

/* Hand out [from, to), and what lies before it as text. */
static inline void lex_emit(struct lex *l, enum token kind, const uint8_t *from, const uint8_t *to)
{
	if (from >= to)
		return;
	if (from > l->text)
		lex_put(l, TOKEN_TEXT, from);
	lex_put(l, kind, to);
	l->text = to;
	l->last = kind;
}

/* Ready for lex_all(); `flush` takes the batch away when it is full and at the end. */
static inline void lex_start(struct lex *l, void (*flush)(struct lex *l, void *ctx), void *ctx)
{
	l->no_regex = NULL;
	l->last = TOKEN_TEXT;
	l->embedded = l->depth = l->base = l->heredoc_count = 0;
	l->count = 0;
	l->flush = flush;
	l->ctx = ctx;
}

/* All of `code` by `row`; calls l->flush. */
void lex_all(struct lex *l, const struct lexer *row, str code);

/* Part of the text by another row, for code inside markup. */
void lex_part(struct lex *l, const struct lexer *row, const uint8_t *from, const uint8_t *to);

/* The engine itself, to l->end. */
void lex_code(struct lex *l, const uint8_t *p);

/* A comment or string that opens at p by a rule of the row: the byte after it, else null. */
const uint8_t *lex_rules(struct lex *l, const uint8_t *p);

/* A string whose prefix is the word [from, to), else null. */
const uint8_t *lex_prefixed(struct lex *l, const uint8_t *from, const uint8_t *to);

/* The word at p. */
const uint8_t *lex_word(struct lex *l, const uint8_t *p);

/* The name behind `def` or `class` that ended before p; what is left is for the engine. */
const uint8_t *lex_defined(struct lex *l, const uint8_t *p, enum token kind);

/* A hook on the quote: 'a is a lifetime or type variable unless it is a character. */
const uint8_t *lex_quote_name(struct lex *l, const uint8_t *p, enum token kind);

/* #[...] at p, whose bracket is at `open`: one preprocessor token but for its strings. */
const uint8_t *lex_attribute(struct lex *l, const uint8_t *p, const uint8_t *open,
	const struct string_rule *strings);

/* The first byte before p that is no blank, or 0 at the start. */
uint8_t byte_before(const struct lex *l, const uint8_t *p);

/* `word` hook: a keyword only where it stands before a name or a literal ("get x", "from 'y'"). */
const uint8_t *lex_contextual(struct lex *l, const uint8_t *from, const uint8_t *to);

/* Past a number that starts at p. */
const uint8_t *scan_number(const struct tables *t, const uint8_t *p, const uint8_t *end);

/* Past the bytes of a word. */
static inline const uint8_t *scan_word(const struct lex *l, const uint8_t *p)
{
	while (p < l->end && l->t->inner[*p])
		p++;
	return p;
}

/*
 * A string whose opening is [from, p).  Returns the byte after it, or, when code
 * inside it comes first, the start of that code; string_resume() goes on then.
 */
const uint8_t *string_start(struct lex *l, const struct frame *f, const uint8_t *from,
	const uint8_t *p);
const uint8_t *string_resume(struct lex *l, const uint8_t *p);

/* The format after a colon in an interpolation. */
const uint8_t *string_format(struct lex *l, const uint8_t *p);

/* A string (or comment) that only `first` `middle` `last` ends; `last` may be 0. */
const uint8_t *string_raw(struct lex *l, enum token kind, const uint8_t *from, const uint8_t *p,
	uint8_t first, str middle, uint8_t last);

/* A string between `open` and its partner, nesting brackets; for %q(), q{} and the like. */
const uint8_t *string_delimited(struct lex *l, const struct string_rule *rule,
	const uint8_t *from, const uint8_t *open);

/* Past the partner of the delimiter at `open`, without a token; at most to l->end. */
const uint8_t *scan_delimited(const struct lex *l, const uint8_t *open);
uint8_t closing_bracket(uint8_t open);

/* Remember a heredoc whose body starts on the next line. */
void heredoc_add(struct lex *l, const struct string_rule *rule, str close);
/* The body of the first one waiting, which starts at p. */
const uint8_t *heredoc_body(struct lex *l, const uint8_t *p);

/* A variable after `$` or `@` at p ("$x", "${x}", "$1"); p itself when there is none. */
const uint8_t *scan_variable(const struct lex *l, const uint8_t *p);

/* A /regular expression/ at p when the token before allows one, else null. */
const uint8_t *lex_regex(struct lex *l, const uint8_t *p);
bool regex_allowed(const struct lex *l, const uint8_t *p);

/* Small questions about bytes. */
const uint8_t *line_end(const uint8_t *p, const uint8_t *end);
bool first_on_line(const struct lex *l, const uint8_t *p);

static inline bool bytes_start(const uint8_t *p, const uint8_t *end, const char *text)
{
	while (*text != '\0' && p < end && *p == (uint8_t)*text)
		p++, text++;
	return *text == '\0';
}

/* Is the word [from, to) `text`? */
static inline bool word_is(const uint8_t *from, const uint8_t *to, const char *text)
{
	return bytes_start(from, to, text) && (size_t)(to - from) == strlen(text);
}

static inline bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static inline bool is_letter(uint8_t c)
{
	return (uint8_t)((c | 32) - 'a') < 26;
}

static inline bool is_upper(uint8_t c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool is_blank(uint8_t c)
{
	return c == ' ' || c == '\t';
}

static inline bool is_name(uint8_t c)
{
	return is_letter(c) || is_digit(c) || c == '_' || c >= 0x80;
}

extern const struct lexer lexer_c, lexer_cpp, lexer_csharp, lexer_go, lexer_java,
	lexer_javascript, lexer_typescript,
	lexer_kotlin, lexer_rust, lexer_scala, lexer_swift, lexer_dart, lexer_zig, lexer_d,
	lexer_v, lexer_groovy, lexer_python, lexer_ruby, lexer_php, lexer_php_code,
	lexer_lua, lexer_perl, lexer_r, lexer_julia, lexer_nim, lexer_bash, lexer_powershell,
	lexer_crystal, lexer_elixir, lexer_erlang, lexer_haskell, lexer_ocaml, lexer_fsharp,
	lexer_clojure, lexer_fortran, lexer_pascal, lexer_ada, lexer_sql, lexer_protobuf,
	lexer_graphql, lexer_cmake, lexer_json, lexer_yaml, lexer_toml, lexer_ini,
	lexer_html, lexer_xml, lexer_mustache, lexer_css, lexer_markdown, lexer_dockerfile,
	lexer_dockerfile_words, lexer_makefile, lexer_diff, lexer_console;

#endif
