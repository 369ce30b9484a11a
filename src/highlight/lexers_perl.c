/* Perl: quotes by words, variables by sigils, POD. */
#include "highlight/lexer.h"

enum { PERL_CODE = 3, PERL_PLAIN, PERL_HEREDOC, PERL_RAW_HEREDOC };

/* q(..) qq{..} qw/../ m!..! s/../../ tr/../../; also after blanks when a bracket follows. */
static const uint8_t *quote_word(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	const struct string_rule *rules = l->t->row->strings;
	const uint8_t *open = to, *end;
	bool two = word_is(from, to, "s") || word_is(from, to, "tr") || word_is(from, to, "y");

	if (word_is(from, to, "__END__") || word_is(from, to, "__DATA__")) {
		lex_emit(l, TOKEN_COMMENT, from, l->end);
		return l->end;
	}
	while (open < l->end && is_blank(*open))
		open++;
	if (open == l->end || is_name(*open) || *open <= ' ' || strchr(",;)=", *open) ||
		(open > to && *open == '#') ||
		(l->end - open > 1 && *open == '-' && open[1] == '>'))
		return NULL;
	/* $s and ->y and {s} are names. */
	if (from > l->begin && strchr("$@%&>{:", from[-1]) && (from[-1] != '{' || *open == '}'))
		return NULL;
	if (!two && !word_is(from, to, "qr") && !word_is(from, to, "m")) {
		bool code = word_is(from, to, "qq") || word_is(from, to, "qx");

		return string_delimited(l, &rules[code ? PERL_CODE : PERL_PLAIN], from, open);
	}
	end = scan_delimited(l, open);
	if (two && closing_bracket(*open) != *open) {
		while (end < l->end && (is_blank(*end) || *end == '\n'))
			end++;
		if (end < l->end)
			end = scan_delimited(l, end);
	} else if (two && end < l->end) {
		end = scan_delimited(l, end - 1);
	}
	while (end < l->end && is_letter(*end))
		end++;
	lex_emit(l, TOKEN_STRING, from, end);
	return end;
}

/* $x @x %x $#x $$x $::x $1 $_ ${name} */
static const uint8_t *perl_variable(struct lex *l, const uint8_t *p)
{
	const uint8_t *name = p + 1, *to;

	while (name < l->end && (*name == '$' || *name == '#') && *p != '%')
		name++;
	if (name < l->end && *name == '{' && *p != '%')
		to = scan_variable(l, name - 1);
	else
		for (to = scan_word(l, name);
			l->end - to > 2 && to[0] == ':' && to[1] == ':' && is_name(to[2]);)
			to = scan_word(l, to + 2);
	if (to <= name && *p == '$' && name == p + 1)
		to = scan_variable(l, p);
	if (to <= p + 1 || (*p == '%' && (to == name || !regex_allowed(l, p))))
		return NULL;
	lex_emit(l, TOKEN_VARIABLE, p, to);
	return to;
}

static const uint8_t *perl_heredoc(struct lex *l, const uint8_t *p)
{
	const uint8_t *name = p + 2, *to;
	uint8_t quote = 0;

	if (name < l->end && *name == '~')
		name++;
	if (name < l->end && (*name == '\'' || *name == '"'))
		quote = *name++;
	to = scan_word(l, name);
	if (to == name || is_digit(*name))
		return NULL;
	heredoc_add(l, &l->t->row->strings[quote == '\'' ? PERL_RAW_HEREDOC : PERL_HEREDOC],
		str_new((const char *)name, (size_t)(to - name)));
	to += quote && to < l->end && *to == quote;
	lex_emit(l, TOKEN_STRING, p, to);
	return to;
}

/* =head1 ... =cut */
static const uint8_t *perl_pod(struct lex *l, const uint8_t *p)
{
	const uint8_t *line = p;

	if (l->end - p < 2 || !is_letter(p[1]) || (p > l->begin && p[-1] != '\n'))
		return NULL;
	while (line < l->end && !bytes_start(line, l->end, "=cut")) {
		line = line_end(line, l->end);
		line += line < l->end;
	}
	line = line_end(line, l->end);
	lex_emit(l, TOKEN_COMMENT, p, line);
	return line;
}

/* After =~ a pattern may go over lines. */
static const uint8_t *perl_slash(struct lex *l, const uint8_t *p)
{
	const uint8_t *to = lex_regex(l, p);

	if (to || byte_before(l, p) != '~')
		return to;
	to = scan_delimited(l, p);
	while (to < l->end && is_letter(*to))
		to++;
	lex_emit(l, TOKEN_STRING, p, to);
	return to;
}

static const uint8_t *perl_hook(struct lex *l, const uint8_t *p)
{
	switch (*p) {
	case '<':
		return l->end - p > 2 && p[1] == '<' ? perl_heredoc(l, p) : NULL;
	case '=':
		return perl_pod(l, p);
	case '/':
		return perl_slash(l, p);
	default:
		return perl_variable(l, p);
	}
}

const struct lexer lexer_perl = {
	.id = LEX_PERL,
	.flags = LEXER_CALLS | LEXER_HEREDOCS | LEXER_DOT_NUMBERS,
	.keywords = "and cmp continue do else elsif eq for foreach ge given goto gt if last "
		    "le local lt my ne next no not or our redo require return state unless "
		    "until use when while x xor BEGIN END",
	.definers = "sub",
	.type_definers = "package",
	.constants = "undef __PACKAGE__ __FILE__ __LINE__",
	.functions = "abs bless chomp chop chr close defined delete die each eval exists "
		     "exit grep hex index join keys lc length lcfirst map open ord pop pos "
		     "print printf push rand ref reverse say scalar shift sort splice split "
		     "sprintf sqrt substr uc ucfirst unshift values wantarray warn",
	.hooked = "q qq qw qx qr m s tr y __END__ __DATA__",
	.marks = "_!@&0/\\,;.$<>[]^",
	.comments = { { "#", NULL, 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI | STRING_VARS | STRING_ATS, NULL, NULL,
			TOKEN_STRING },
		{ "'", "'", STRING_SKIP | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "`", "`", STRING_ESCAPE | STRING_MULTI | STRING_VARS, NULL, NULL, TOKEN_STRING },
		{ "", "", STRING_ESCAPE | STRING_MULTI | STRING_VARS | STRING_DYNAMIC, NULL, NULL,
			TOKEN_STRING },
		{ "", "", STRING_SKIP | STRING_MULTI | STRING_DYNAMIC, NULL, NULL, TOKEN_STRING },
		{ "", "", STRING_ESCAPE | STRING_MULTI | STRING_VARS | STRING_HEREDOC | STRING_INDENT,
			NULL, NULL, TOKEN_STRING },
		{ "", "", STRING_MULTI | STRING_HEREDOC | STRING_INDENT, NULL, NULL, TOKEN_STRING },
	},
	.hooks = "$@%<=/",
	.hook = perl_hook,
	.word = quote_word,
};
