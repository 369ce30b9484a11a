/* Dockerfile and Makefile: lines of a small language around a shell. */
#include "highlight/lexer.h"

static const uint8_t *skip_blanks(const uint8_t *p, const uint8_t *end)
{
	while (p < end && is_blank(*p))
		p++;
	return p;
}

/* The end of a line that backslashes continue; comment lines between do not end it. */
static const uint8_t *logical_end(const uint8_t *p, const uint8_t *end)
{
	const uint8_t *to = line_end(p, end);

	while (to < end && to > p && to[-1] == '\\')
		to = line_end(to + 1, end);
	return to;
}

const struct lexer lexer_dockerfile_words = {
	.id = LEX_DOCKERFILE_WORDS,
	.flags = LEXER_NOCASE,
	.keywords = "add arg cmd copy entrypoint env expose from healthcheck label "
		    "maintainer onbuild run shell stopsignal user volume workdir as",
	.inner = "-",
	.sigils = "$",
	.comments = { { "#", NULL, COMMENT_SPACED } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_VARS, NULL, NULL, TOKEN_STRING },
		{ "'", "'", 0, NULL, NULL, TOKEN_STRING },
	},
};

static bool runs_shell(const uint8_t *from, const uint8_t *to)
{
	return to - from == 3 && ((from[0] | 32) == 'r' || (from[0] | 32) == 'c');
}

static void run_dockerfile(struct lex *l, const uint8_t *p)
{
	while (p < l->end) {
		const uint8_t *end = logical_end(p, l->end), *from = skip_blanks(p, end),
			      *to = from;

		while (to < end && is_letter(*to))
			to++;
		if (from < end && *from == '#') {
			end = line_end(from, l->end);
			lex_emit(l, TOKEN_COMMENT, from, end);
		} else if (to > from) {
			lex_emit(l, TOKEN_KEYWORD, from, to);
			lex_part(l,
				runs_shell(from, to) && to < end &&
						*skip_blanks(to, end - 1) != '['
					? &lexer_bash
					: &lexer_dockerfile_words,
				to, end);
		}
		p = end + (end < l->end);
	}
}

const struct lexer lexer_dockerfile = { .id = LEX_DOCKERFILE, .run = run_dockerfile };

/* $(NAME), ${NAME}, $@ anywhere in [p, end). */
static void make_variables(struct lex *l, const uint8_t *p, const uint8_t *end)
{
	while (p < end && (p = memchr(p, '$', (size_t)(end - p)))) {
		const uint8_t *to = p + 1;
		int level = 0;

		if (to < end && (*to == '(' || *to == '{')) {
			for (; to < end; to++) {
				level +=
					(*to == '(' || *to == '{') - (*to == ')' || *to == '}');
				if (level == 0)
					break;
			}
			to += to < end;
		} else if (to < end && *to < 0x80) {
			to++;
		}
		lex_emit(l, TOKEN_VARIABLE, p, to);
		p = to;
	}
}

static const uint8_t *make_comment(const uint8_t *p, const uint8_t *end)
{
	const uint8_t *hash = p < end ? memchr(p, '#', (size_t)(end - p)) : NULL;

	return hash && (hash == p || hash[-1] != '\\') ? hash : end;
}

static const char *const make_words[] = {
	"include",
	"-include",
	"sinclude",
	"define",
	"endef",
	"ifeq",
	"ifneq",
	"ifdef",
	"ifndef",
	"else",
	"endif",
	"export",
	"unexport",
	"override",
	"vpath",
};

static const uint8_t *make_keyword(const uint8_t *from, const uint8_t *end)
{
	const uint8_t *to = from;

	while (to < end && (is_name(*to) || *to == '-'))
		to++;
	for (size_t i = 0; i < sizeof(make_words) / sizeof(make_words[0]); i++)
		if (word_is(from, to, make_words[i]) && (to == end || *to != '='))
			return to;
	return NULL;
}

/* A rule's target, or a variable's name, before its mark. */
static const uint8_t *make_name(struct lex *l, const uint8_t *p, const uint8_t *end)
{
	const uint8_t *mark = p, *name;

	while (mark < end && *mark != '=' && *mark != ':')
		mark++;
	if (mark == end)
		return p;
	name = mark;
	if (*mark == '=' || (end - mark > 1 && (mark[1] == '=' || mark[1] == ':'))) {
		while (name > p && (is_blank(name[-1]) || strchr("?+!:", name[-1])))
			name--;
		lex_emit(l, TOKEN_VARIABLE, p, name);
		return mark;
	}
	while (name > p && is_blank(name[-1]))
		name--;
	if (!memchr(p, '$', (size_t)(name - p)))
		lex_emit(l, bytes_start(p, name, ".") ? TOKEN_PREPROCESSOR : TOKEN_FUNCTION, p,
			name);
	return p < l->text ? mark : p;
}

static void run_makefile(struct lex *l, const uint8_t *p)
{
	while (p < l->end) {
		const uint8_t *end = logical_end(p, l->end), *from = skip_blanks(p, end),
			      *comment;
		const uint8_t *word;

		if (from < end && *p == '\t' && *from != '#') {
			while (from < end && strchr("@-+", *from) && *from != '\0')
				from++;
			make_variables(l, from, end);
		} else {
			comment = make_comment(from, end);
			word = make_keyword(from, comment);
			if (word)
				lex_emit(l, TOKEN_KEYWORD, from, word);
			from = word ? word : make_name(l, from, comment);
			make_variables(l, from, comment);
			lex_emit(l, TOKEN_COMMENT, comment, end);
		}
		p = end + (end < l->end);
	}
}

const struct lexer lexer_makefile = { .id = LEX_MAKEFILE, .run = run_makefile };
