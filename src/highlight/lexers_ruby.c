/* Ruby and its kin: %-literals, heredocs, symbols, regular expressions. */
#include "highlight/lexer.h"

/* Rows of the string tables below that hooks refer to. */
enum { RUBY_CODE = 3, RUBY_PLAIN, RUBY_HEREDOC, RUBY_RAW_HEREDOC, RUBY_REGEX };

/* After a value a mark is an operator, unless it is glued to what follows: `puts %w(a)`. */
static bool opens_literal(const struct lex *l, const uint8_t *p, const uint8_t *next)
{
	if (regex_allowed(l, p))
		return true;
	return p > l->begin && is_blank(p[-1]) && is_name(byte_before(l, p)) && next < l->end &&
	       !is_blank(*next) && *next != '=' && *next != '\n';
}

static const uint8_t *ruby_percent(struct lex *l, const uint8_t *p)
{
	const struct string_rule *rules = l->t->row->strings;
	const uint8_t *open = p + 1;
	uint8_t letter = 'Q';

	if (open < l->end && strchr("qQwWiIrsx", *open) && *open != '\0')
		letter = *open++;
	if (open == l->end || is_name(*open) || !strchr("([{<|!/-^", *open) || *open == '\0')
		return NULL;
	if (!opens_literal(l, p, open))
		return NULL;
	return string_delimited(
		l, &rules[strchr("qwis", letter) ? RUBY_PLAIN : RUBY_CODE], p, open);
}

/* <<~MARK, <<-'MARK', <<MARK */
static const uint8_t *ruby_heredoc(struct lex *l, const uint8_t *p)
{
	const uint8_t *name = p + 2, *to;
	uint8_t quote = 0;
	bool dash = name < l->end && (*name == '~' || *name == '-');

	name += dash;
	if (name < l->end && (*name == '\'' || *name == '"' || *name == '`'))
		quote = *name++;
	to = scan_word(l, name);
	if (to == name || (!dash && !quote && (!is_upper(*name) || !regex_allowed(l, p))))
		return NULL;
	heredoc_add(l, &l->t->row->strings[quote == '\'' ? RUBY_RAW_HEREDOC : RUBY_HEREDOC],
		str_new((const char *)name, (size_t)(to - name)));
	to += quote && to < l->end && *to == quote;
	lex_emit(l, TOKEN_STRING, p, to);
	return to;
}

/* :name, :"name"; not the second colon of a::b nor a key's. */
static const uint8_t *ruby_symbol(struct lex *l, const uint8_t *p)
{
	const uint8_t *to = scan_word(l, p + 1);

	if (p > l->begin && (p[-1] == ':' || is_name(p[-1])))
		return NULL;
	if (to == p + 1 || is_digit(p[1]))
		return NULL;
	if (to < l->end && (*to == '?' || *to == '!'))
		to++;
	lex_emit(l, TOKEN_CONSTANT, p, to);
	return to;
}

static const uint8_t *ruby_at(struct lex *l, const uint8_t *p)
{
	const uint8_t *name = p + 1, *to;

	if (name < l->end && *name == '@')
		name++;
	to = scan_word(l, name);
	if (to == name)
		return NULL;
	lex_emit(l, TOKEN_VARIABLE, p, to);
	return to;
}

/* A regular expression may hold code, so it is read as a string between slashes. */
static const uint8_t *ruby_slash(struct lex *l, const uint8_t *p)
{
	const uint8_t *end;

	if (p < l->no_regex || !opens_literal(l, p, p + 1))
		return NULL;
	for (end = p + 1; end < l->end && *end != '/' && *end != '\n'; end++)
		if (*end == '\\' && l->end - end > 1 && end[1] != '\n')
			end++;
	if (end >= l->end || *end != '/') {
		l->no_regex = end;
		return NULL;
	}
	return string_delimited(l, &l->t->row->strings[RUBY_REGEX], p, p);
}

static const uint8_t *ruby_hook(struct lex *l, const uint8_t *p)
{
	switch (*p) {
	case '%':
		return ruby_percent(l, p);
	case '<':
		return l->end - p > 2 && p[1] == '<' ? ruby_heredoc(l, p) : NULL;
	case ':':
		return ruby_symbol(l, p);
	case '@':
		return ruby_at(l, p);
	default:
		return ruby_slash(l, p);
	}
}

/* What follows __END__ is data. */
static const uint8_t *ruby_end(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	if (!first_on_line(l, from) || (to < l->end && *to != '\n'))
		return NULL;
	lex_emit(l, TOKEN_COMMENT, from, l->end);
	return l->end;
}

const struct lexer lexer_ruby = {
	.id = LEX_RUBY,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_CAPS | LEXER_TAIL | LEXER_HEREDOCS | LEXER_KEYS |
		 LEXER_MEMBERS,
	.keywords = "BEGIN END alias and begin break case defined? do else elsif end ensure "
		    "for if in next not or redo rescue retry return super then undef unless "
		    "until when while yield __FILE__ __LINE__ __method__",
	.definers = "def",
	.type_definers = "class module",
	.constants = "true false nil",
	.functions = "attr_accessor attr_reader attr_writer extend fail gets include lambda "
		     "loop p print printf private proc protected public puts raise rand "
		     "require require_relative sleep format sprintf freeze private_constant "
		     "module_function",
	.variables = "self",
	.hooked = "__END__",
	.sigils = "$",
	.marks = "!@&~0123456789?$:;",
	.comments = { { "#", NULL, 0 }, { "=begin", "\n=end", COMMENT_LINESTART } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI, NULL, "#{", TOKEN_STRING },
		{ "'", "'", STRING_SKIP | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "`", "`", STRING_ESCAPE | STRING_MULTI, NULL, "#{", TOKEN_STRING },
		{ "", "", STRING_ESCAPE | STRING_MULTI | STRING_DYNAMIC, NULL, "#{", TOKEN_STRING },
		{ "", "", STRING_SKIP | STRING_MULTI | STRING_DYNAMIC, NULL, NULL, TOKEN_STRING },
		{ "", "", STRING_ESCAPE | STRING_MULTI | STRING_HEREDOC | STRING_INDENT, NULL, "#{",
			TOKEN_STRING },
		{ "", "", STRING_MULTI | STRING_HEREDOC | STRING_INDENT, NULL, NULL, TOKEN_STRING },
		{ "", "", STRING_ESCAPE | STRING_DYNAMIC, NULL, "#{", TOKEN_STRING },
	},
	.hooks = "%<:@/",
	.hook = ruby_hook,
	.word = ruby_end,
};

const struct lexer lexer_crystal = {
	.id = LEX_CRYSTAL,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_CAPS | LEXER_TAIL | LEXER_HEREDOCS | LEXER_KEYS |
		 LEXER_MEMBERS,
	.keywords = "abstract alias annotation as asm begin break case do else elsif end "
		    "ensure extend for forall if in include next of out private protected "
		    "require rescue return select sizeof super then typeof uninitialized "
		    "union unless until verbatim when while with yield",
	.definers = "def macro fun",
	.type_definers = "class module struct enum lib",
	.constants = "true false nil",
	.functions = "getter property setter puts print p pp raise spawn sleep loop record",
	.variables = "self",
	.hooked = "__END__",
	.sigils = "$",
	.comments = { { "#", NULL, 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI, NULL, "#{", TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_CHAR, NULL, NULL, TOKEN_STRING },
		{ "`", "`", STRING_ESCAPE | STRING_MULTI, NULL, "#{", TOKEN_STRING },
		{ "", "", STRING_ESCAPE | STRING_MULTI | STRING_DYNAMIC, NULL, "#{", TOKEN_STRING },
		{ "", "", STRING_SKIP | STRING_MULTI | STRING_DYNAMIC, NULL, NULL, TOKEN_STRING },
		{ "", "", STRING_ESCAPE | STRING_MULTI | STRING_HEREDOC | STRING_INDENT, NULL, "#{",
			TOKEN_STRING },
		{ "", "", STRING_MULTI | STRING_HEREDOC | STRING_INDENT, NULL, NULL, TOKEN_STRING },
		{ "", "", STRING_ESCAPE | STRING_DYNAMIC, NULL, "#{", TOKEN_STRING },
	},
	.hooks = "%<:@/",
	.hook = ruby_hook,
	.word = ruby_end,
};

/* Elixir: ~r/../, ~s(..), ~w[..]a; a capital letter means no code inside. */
static const uint8_t *elixir_sigil(struct lex *l, const uint8_t *p)
{
	const uint8_t *open = p + 1, *to;
	bool plain;

	while (open < l->end && is_letter(*open))
		open++;
	if (open == p + 1 || open == l->end || !strchr("([{</|\"'", *open) || *open == '\0')
		return NULL;
	plain = is_upper(p[1]);
	if (l->end - open > 2 && open[1] == *open && open[2] == *open)
		return string_raw(
			l, TOKEN_STRING, p, open + 3, *open, str_new((const char *)open, 2), 0);
	to = string_delimited(l, &l->t->row->strings[plain ? RUBY_PLAIN : RUBY_CODE], p, open);
	return to;
}

static const uint8_t *elixir_hook(struct lex *l, const uint8_t *p)
{
	return *p == '~' ? elixir_sigil(l, p) : ruby_symbol(l, p);
}

const struct lexer lexer_elixir = {
	.id = LEX_ELIXIR,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_TAIL | LEXER_KEYS | LEXER_DECORATORS |
		 LEXER_MEMBERS,
	.keywords = "after alias and case catch cond do else end fn for if import in not or "
		    "quote raise receive require rescue super throw try unless unquote "
		    "unquote_splicing use when with",
	.definers = "def defp defmacro defmacrop defguard defguardp defdelegate",
	.type_definers = "defmodule defprotocol defimpl defstruct defexception",
	.constants = "true false nil",
	.comments = { { "#", NULL, 0 } },
	.strings = {
		{ "\"\"\"", "\"\"\"", STRING_ESCAPE | STRING_MULTI, NULL, "#{", TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI, NULL, "#{", TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_MULTI, NULL, "#{", TOKEN_STRING },
		{ "", "", STRING_ESCAPE | STRING_MULTI | STRING_DYNAMIC, NULL, "#{", TOKEN_STRING },
		{ "", "", STRING_MULTI | STRING_DYNAMIC, NULL, NULL, TOKEN_STRING },
	},
	.hooks = "~:",
	.hook = elixir_hook,
};
