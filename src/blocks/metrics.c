#include "blocks/metrics.h"

#include "base/utf8.h"

enum comment_style {
	SLASHES = 1, /* // and / * * / */
	HASH = 2,
	DASHES = 4, /* -- */
	SEMICOLON = 8,
	PERCENT = 16,
	TRIPLE = 32,      /* three quotes are one string */
	BACKTICK = 64,    /* ` quotes strings, over lines */
	LONE_QUOTE = 128, /* ' is a lifetime or a mark, too */
};

static const struct {
	str slug;
	int style;
	str imports[3]; /* words that open a line which imports */
} STYLES[] = {
	{ STR_INIT("go"), SLASHES | BACKTICK, { STR_INIT("import") } },
	{ STR_INIT("python"), HASH | TRIPLE, { STR_INIT("import"), STR_INIT("from") } },
	{ STR_INIT("c"), SLASHES, { STR_INIT("#include") } },
	{ STR_INIT("cpp"), SLASHES, { STR_INIT("#include"), STR_INIT("import") } },
	{ STR_INIT("rust"), SLASHES | LONE_QUOTE,
		{ STR_INIT("use"), STR_INIT("extern crate") } },
	{ STR_INIT("zig"), SLASHES, { { 0 } } },
	{ STR_INIT("javascript"), SLASHES | BACKTICK, { STR_INIT("import") } },
	{ STR_INIT("typescript"), SLASHES | BACKTICK, { STR_INIT("import") } },
	{ STR_INIT("java"), SLASHES | TRIPLE, { STR_INIT("import") } },
	{ STR_INIT("kotlin"), SLASHES | TRIPLE, { STR_INIT("import") } },
	{ STR_INIT("csharp"), SLASHES, { STR_INIT("using"), STR_INIT("global using") } },
	{ STR_INIT("fsharp"), SLASHES | TRIPLE | LONE_QUOTE, { STR_INIT("open") } },
	{ STR_INIT("swift"), SLASHES | TRIPLE, { STR_INIT("import") } },
	{ STR_INIT("scala"), SLASHES | TRIPLE | LONE_QUOTE, { STR_INIT("import") } },
	{ STR_INIT("dart"), SLASHES | TRIPLE, { STR_INIT("import") } },
	{ STR_INIT("php"), SLASHES | HASH,
		{ STR_INIT("use"), STR_INIT("require"), STR_INIT("include") } },
	{ STR_INIT("ruby"), HASH, { STR_INIT("require"), STR_INIT("require_relative") } },
	{ STR_INIT("perl"), HASH, { STR_INIT("use"), STR_INIT("require") } },
	{ STR_INIT("r"), HASH, { STR_INIT("library"), STR_INIT("require") } },
	{ STR_INIT("julia"), HASH | TRIPLE | LONE_QUOTE,
		{ STR_INIT("using"), STR_INIT("import") } },
	{ STR_INIT("elixir"), HASH | TRIPLE,
		{ STR_INIT("import"), STR_INIT("alias"), STR_INIT("use") } },
	{ STR_INIT("nim"), HASH | TRIPLE, { STR_INIT("import"), STR_INIT("from") } },
	{ STR_INIT("bash"), HASH, { STR_INIT("source") } },
	{ STR_INIT("yaml"), HASH, { { 0 } } },
	{ STR_INIT("toml"), HASH | TRIPLE, { { 0 } } },
	{ STR_INIT("makefile"), HASH, { STR_INIT("include") } },
	{ STR_INIT("dockerfile"), HASH, { { 0 } } },
	{ STR_INIT("lua"), DASHES, { { 0 } } },
	{ STR_INIT("haskell"), DASHES | LONE_QUOTE, { STR_INIT("import") } },
	{ STR_INIT("sql"), DASHES, { { 0 } } },
	{ STR_INIT("clojure"), SEMICOLON | LONE_QUOTE, { { 0 } } },
	{ STR_INIT("erlang"), PERCENT, { STR_INIT("-import"), STR_INIT("-include") } },
};

struct scan {
	str s;
	size_t pos;
	int style;
	struct metrics *m;
	bool code_on_line;
};

static bool is_word(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26 || (c >= '0' && c <= '9') || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Signs that join into one: := -> <<= && */
static bool is_operator(char c)
{
	static const bool OPERATORS[256] = { ['='] = true, ['<'] = true, ['>'] = true,
		['!'] = true, ['+'] = true, ['-'] = true, ['*'] = true, ['/'] = true,
		['%'] = true, ['&'] = true, ['|'] = true, ['^'] = true, [':'] = true,
		['~'] = true, ['?'] = true, ['@'] = true };

	return OPERATORS[(unsigned char)c];
}

static char at(const struct scan *c, size_t ahead)
{
	return c->pos + ahead < c->s.len ? c->s.ptr[c->pos + ahead] : '\0';
}

static void end_line(struct scan *c)
{
	c->m->lines++;
	c->m->code_lines += c->code_on_line;
	c->code_on_line = false;
}

static bool starts_comment(const struct scan *c, char ch)
{
	switch (ch) {
	case '/':
		return (c->style & SLASHES) && at(c, 1) == '/';
	case '#':
		return c->style & HASH;
	case '-':
		return (c->style & DASHES) && at(c, 1) == '-';
	case ';':
		return c->style & SEMICOLON;
	case '%':
		return c->style & PERCENT;
	default:
		return false;
	}
}

/* Each byte of all code passes here, so the place is kept out of memory. */
static void skip_while(struct scan *c, bool (*is)(char c))
{
	const char *p = c->s.ptr + c->pos, *end = c->s.ptr + c->s.len;

	while (p < end && is(*p))
		p++;
	c->pos = (size_t)(p - c->s.ptr);
}

static void skip_line(struct scan *c)
{
	ptrdiff_t newline = str_find_char(str_from(c->s, c->pos), '\n');

	c->pos = newline < 0 ? c->s.len : c->pos + (size_t)newline;
}

static void skip_block_comment(struct scan *c)
{
	for (c->pos += 2; c->pos < c->s.len; c->pos++) {
		if (at(c, 0) == '\n')
			end_line(c);
		if (at(c, 0) == '*' && at(c, 1) == '/') {
			c->pos += 2;
			return;
		}
	}
}

/* To the closing quote; a one-line string ends with its line in any case. */
static void skip_string(struct scan *c, char quote)
{
	bool triple = (c->style & TRIPLE) && at(c, 1) == quote && at(c, 2) == quote;
	bool lines = triple || quote == '`';

	c->code_on_line = true;
	for (c->pos += triple ? 3 : 1; c->pos < c->s.len; c->pos++) {
		char ch = at(c, 0);

		if (ch == '\n') {
			if (!lines)
				return;
			end_line(c);
			c->code_on_line = true;
		} else if (ch == '\\' && quote != '`') {
			if (at(c, 1) != '\n')
				c->pos++;
		} else if (ch == quote &&
			   (!triple || (at(c, 1) == quote && at(c, 2) == quote))) {
			c->pos += triple ? 3 : 1;
			return;
		}
	}
}

static bool starts_string(const struct scan *c, char ch)
{
	if (ch == '"')
		return true;
	if (ch == '`')
		return c->style & BACKTICK;
	/* 'a' and '\n', not the 'a of a lifetime */
	return ch == '\'' && (!(c->style & LONE_QUOTE) || at(c, 1) == '\\' || at(c, 2) == '\'');
}

static void skip_operator(struct scan *c, char ch)
{
	c->pos++;
	while (is_operator(ch) && is_operator(at(c, 0)) && !starts_comment(c, at(c, 0)) &&
		!(at(c, 0) == '/' && at(c, 1) == '*'))
		c->pos++;
}

static void step(struct scan *c)
{
	char ch = c->s.ptr[c->pos];

	if (ch == '\n') {
		end_line(c);
		c->pos++;
		return;
	}
	if (is_blank(ch)) {
		skip_while(c, is_blank);
		return;
	}
	if (is_word(ch)) {
		c->code_on_line = true;
		c->m->tokens++;
		skip_while(c, is_word);
		return;
	}
	if (starts_comment(c, ch)) {
		skip_line(c);
		return;
	}
	if (ch == '/' && at(c, 1) == '*' && (c->style & SLASHES)) {
		skip_block_comment(c);
		return;
	}
	c->code_on_line = true;
	c->m->tokens++;
	if (starts_string(c, ch))
		skip_string(c, ch);
	else
		skip_operator(c, ch);
}

static bool opens(str line, str word)
{
	return word.len > 0 && line.len > 0 && line.ptr[0] == word.ptr[0] && str_starts(line, word) &&
	       (line.len == word.len || !is_word(line.ptr[word.len]));
}

/*
 * Go's import ( ... ) names one module a line; elsewhere a line that opens with the word is
 * one.
 */
static size_t count_imports(const str *words, bool group, str code)
{
	size_t count = 0;
	bool inside = false;

	while (code.len > 0) {
		struct str_pair p = str_cut(code, '\n');
		str line = str_trim(p.head);

		code = p.tail;
		if (inside) {
			inside = !str_starts(line, STR(")"));
			count += inside && str_find_char(line, '"') >= 0;
			continue;
		}
		for (int i = 0; i < 3; i++) {
			if (!opens(line, words[i]))
				continue;
			inside = group && str_ends(line, STR("("));
			count += !inside;
			break;
		}
	}
	return count;
}

struct metrics metrics_of(str slug, str code)
{
	struct metrics m = { 0 };
	struct scan c = { code, 0, 0, &m, false };

	if (str_ends(code, STR("\n")))
		c.s.len--;
	m.characters = utf8_count(c.s);
	for (size_t i = 0; i < sizeof(STYLES) / sizeof(STYLES[0]); i++) {
		if (!str_eq(STYLES[i].slug, slug))
			continue;
		c.style = STYLES[i].style;
		m.imports = count_imports(STYLES[i].imports, str_eq(slug, STR("go")), c.s);
		break;
	}
	while (c.pos < c.s.len)
		step(&c);
	if (c.s.len > 0)
		end_line(&c);
	return m;
}
