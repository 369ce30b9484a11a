/* Bash, PowerShell, console sessions, Dockerfile, Makefile, CMake. */
#include "highlight/lexer.h"

enum { BASH_HEREDOC = 5, BASH_RAW_HEREDOC };

/* Does a command start at p? The word there is then a keyword, a builtin or a program. */
static bool command_position(const struct lex *l, const uint8_t *p)
{
	const uint8_t *before = p;

	while (before > l->begin && is_blank(before[-1]))
		before--;
	if (before - l->begin > 1 && before[-1] == '(' && before[-2] == '(')
		return false; /* arithmetic */
	if (before == l->begin || strchr("\n;|&({`!", before[-1]))
		return true;
	if (before[-1] == ')')
		return before < p; /* a case's pattern */
	return before == l->text && l->last == TOKEN_KEYWORD &&
	       !bytes_start(before - 2, before, "in");
}

/* An assignment, a keyword, a command, or a word like any other. */
static const uint8_t *bash_word(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	int kind = word_kind(l->t, from, (size_t)(to - from));

	if (to < l->end && (*to == '=' || (l->end - to > 1 && *to == '+' && to[1] == '='))) {
		lex_emit(l, TOKEN_VARIABLE, from, to);
		return to;
	}
	if (word_is(from, to, "in") && from > l->begin && is_blank(from[-1])) {
		if (l->last == TOKEN_VARIABLE || l->last == TOKEN_KEYWORD ||
			l->last == TOKEN_STRING)
			lex_emit(l, TOKEN_KEYWORD, from, to);
		return to;
	}
	if (!command_position(l, from))
		return to;
	if (to < l->end && *to == '(') {
		lex_emit(l, TOKEN_FUNCTION, from, to);
		return to;
	}
	if (kind == WORD_DEFINER) {
		lex_emit(l, TOKEN_KEYWORD, from, to);
		return lex_defined(l, to, TOKEN_FUNCTION);
	}
	lex_emit(l, kind == TOKEN_TEXT ? TOKEN_FUNCTION : (enum token)kind, from, to);
	if (word_is(from, to, "for") || word_is(from, to, "select")) {
		for (from = to; from < l->end && is_blank(*from);)
			from++;
		for (to = from; to < l->end && is_name(*to);)
			to++;
		lex_emit(l, TOKEN_VARIABLE, from, to);
	}
	return to;
}

/* 1 << 2 inside (( )) shifts; look back a little on the same line. */
static bool in_arithmetic(const struct lex *l, const uint8_t *p)
{
	const uint8_t *limit = p - l->begin > 120 ? p - 120 : l->begin;

	for (; p - 1 > limit && p[-1] != '\n'; p--)
		if (p[-1] == '(' && p[-2] == '(')
			return true;
	return false;
}

static const uint8_t *bash_heredoc(struct lex *l, const uint8_t *p)
{
	const uint8_t *name = p + 2, *to;
	uint8_t quote = 0;
	bool indent;

	if (l->end - p < 3 || p[1] != '<' || in_arithmetic(l, p))
		return NULL;
	if (*name == '<')
		return name + 1;
	indent = *name == '-';
	name += indent;
	while (name < l->end && is_blank(*name))
		name++;
	if (name < l->end && (*name == '\'' || *name == '"' || *name == '\\'))
		quote = *name++;
	for (to = name; to < l->end && is_name(*to);)
		to++;
	if (to == name || is_digit(*name))
		return NULL;
	heredoc_add(l, &l->t->row->strings[quote ? BASH_RAW_HEREDOC : BASH_HEREDOC],
		str_new((const char *)name, (size_t)(to - name)));
	to += quote && to < l->end && *to == quote;
	lex_emit(l, TOKEN_STRING, name - (quote != 0), to);
	return to;
}

/* A backslash protects what follows: \" opens no string. */
static const uint8_t *bash_hook(struct lex *l, const uint8_t *p)
{
	if (*p == '<')
		return bash_heredoc(l, p);
	return l->end - p > 1 && p[1] < 0x80 && p[1] != '\n' ? p + 2 : p + 1;
}

const struct lexer lexer_bash = {
	.id = LEX_BASH,
	.flags = LEXER_HEREDOCS | LEXER_WORDS,
	.keywords = "case coproc do done elif else esac fi for if in select then time until "
		    "while",
	.definers = "function",
	.functions = "alias bg bind break builtin caller cd command compgen complete "
		     "continue declare dirs disown echo enable eval exec exit export false "
		     "fc fg getopts hash help history jobs kill let local logout mapfile "
		     "popd printf pushd pwd read readarray readonly return set shift shopt "
		     "source suspend test times trap true type typeset ulimit umask unalias "
		     "unset wait",
	.inner = "-./:@",
	.sigils = "$",
	.marks = "?!$#@*-",
	.comments = { { "#", NULL, COMMENT_SPACED } },
	.strings = {
		{ "$'", "'", STRING_ESCAPE | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "$\"", "\"", STRING_ESCAPE | STRING_MULTI | STRING_VARS, NULL, "$(", TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI | STRING_VARS, NULL, "$(", TOKEN_STRING },
		{ "'", "'", STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "`", "`", STRING_ESCAPE | STRING_MULTI | STRING_VARS, NULL, NULL, TOKEN_STRING },
		{ "", "", STRING_ESCAPE | STRING_MULTI | STRING_VARS | STRING_HEREDOC | STRING_INDENT,
			NULL, "$(", TOKEN_STRING },
		{ "", "", STRING_MULTI | STRING_HEREDOC | STRING_INDENT, NULL, NULL, TOKEN_STRING },
	},
	.hooks = "<\\",
	.hook = bash_hook,
	.word = bash_word,
};

/* PowerShell: Get-ChildItem is a command wherever it stands. */
static const uint8_t *powershell_word(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	if (!is_upper(*from) || !memchr(from, '-', (size_t)(to - from)))
		return NULL;
	lex_emit(l, TOKEN_FUNCTION, from, to);
	return to;
}

const struct lexer lexer_powershell = {
	.id = LEX_POWERSHELL,
	.flags = LEXER_CALLS | LEXER_NOCASE | LEXER_WORDS,
	.keywords = "begin break catch continue data do dynamicparam else elseif end exit "
		    "finally for foreach from if in param process return switch throw trap "
		    "try until using while",
	.definers = "function filter",
	.type_definers = "class enum",
	.inner = "-",
	.sigils = "$",
	.marks = "?_$^",
	.comments = { { "<#", "#>", 0 }, { "#", NULL, 0 } },
	.strings = {
		{ "@\"", "\n\"@", STRING_BACKTICK | STRING_MULTI | STRING_VARS, NULL, "$(",
			TOKEN_STRING },
		{ "@'", "\n'@", STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "\"", "\"", STRING_BACKTICK | STRING_DOUBLED | STRING_MULTI | STRING_VARS, NULL, "$(",
			TOKEN_STRING },
		{ "'", "'", STRING_DOUBLED | STRING_MULTI, NULL, NULL, TOKEN_STRING },
	},
	.word = powershell_word,
};

static const uint8_t *cmake_hook(struct lex *l, const uint8_t *p)
{
	const uint8_t *to = scan_variable(l, p);

	if (l->end - p < 2 || p[1] != '{')
		return NULL;
	lex_emit(l, TOKEN_VARIABLE, p, to);
	return to;
}

const struct lexer lexer_cmake = {
	.id = LEX_CMAKE,
	.flags = LEXER_CALLS | LEXER_NOCASE | LEXER_CALLS_FIRST,
	.keywords = "if elseif else endif foreach endforeach while endwhile function "
		    "endfunction macro endmacro return break continue block endblock and or "
		    "not strequal matches version_less version_greater version_equal exists "
		    "defined target in_list less greater equal",
	.constants = "on off true false public private interface required static shared",
	.comments = { { "#[[", "]]", 0 }, { "#", NULL, 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI | STRING_VARS, NULL, NULL, TOKEN_STRING },
		{ "[[", "]]", STRING_MULTI, NULL, NULL, TOKEN_STRING },
	},
	.hooks = "$",
	.hook = cmake_hook,
};

/* Console sessions: a prompt, a command by the lexer that fits it, and what came out. */

static const uint8_t *shell_prompt(const uint8_t *p, const uint8_t *end)
{
	const uint8_t *limit = end - p > 64 ? p + 64 : end;
	bool host = false;

	if (end - p > 1 && (*p == '$' || *p == '%' || *p == '#') && p[1] == ' ')
		return *p == '#' ? NULL : p + 2;
	if (end - p == 1 && *p == '$')
		return end;
	/* user@host:~/x$ */
	for (; p < limit; p++) {
		host |= *p == '@';
		if (host && end - p > 1 && (*p == '$' || *p == '#' || *p == '%') && p[1] == ' ')
			return p + 2;
		if (*p == ' ' && !host)
			return NULL;
	}
	return NULL;
}

static const uint8_t *other_prompt(
	const uint8_t *p, const uint8_t *end, const struct lexer **lexer)
{
	const uint8_t *limit = end - p > 64 ? p + 64 : end;

	*lexer = &lexer_python;
	if (bytes_start(p, end, ">>> ") || bytes_start(p, end, "... "))
		return p + 4;
	if (end - p == 3 && (bytes_start(p, end, ">>>") || bytes_start(p, end, "...")))
		return end;
	*lexer = bytes_start(p, end, "iex(") ? &lexer_elixir : &lexer_ruby;
	if (bytes_start(p, end, "irb(") || bytes_start(p, end, "iex(") ||
		bytes_start(p, end, "irb>"))
		for (p += 3; p < limit; p++)
			if (end - p > 1 && *p == '>' && p[1] == ' ')
				return p + 2;
	*lexer = &lexer_powershell;
	if (bytes_start(p, end, "PS ") ||
		(end - p > 2 && is_letter(*p) && p[1] == ':' && p[2] == '\\'))
		for (; p < limit; p++)
			if (*p == '>')
				return end - p > 1 && p[1] == ' ' ? p + 2 : p + 1;
	return NULL;
}

static void run_console(struct lex *l, const uint8_t *p)
{
	bool goes_on = false;

	while (p < l->end) {
		const uint8_t *end = line_end(p, l->end), *command;
		const struct lexer *lexer = &lexer_bash;

		command = goes_on ? p : shell_prompt(p, end);
		if (goes_on && end - p > 1 && *p == '>' && p[1] == ' ')
			command = p + 2;
		else if (!command)
			command = other_prompt(p, end, &lexer);
		if (command) {
			lex_emit(l, TOKEN_PROMPT, p, command);
			lex_part(l, lexer, command, end);
		} else if (*p == '#') {
			lex_emit(l, TOKEN_COMMENT, p, end);
		}
		goes_on = command && lexer == &lexer_bash && end > p && end[-1] == '\\';
		p = end + (end < l->end);
	}
}

const struct lexer lexer_console = { .id = LEX_CONSOLE, .run = run_console };
