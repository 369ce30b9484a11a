#include "import/text_code.h"

#include "base/buf.h"

struct rule {
	const char *language;
	const char *start; /* what the line begins with */
	const char *has;   /* what it has behind that; null: anything */
	const char *end;   /* what it ends with; null: anything */
};

/* The first that fits tells. None of them fits a sentence. */
static const struct rule rules[] = {
	{ "go", "package ", NULL, NULL },
	{ "go", "import (", NULL, NULL },
	{ "go", "import \"", NULL, "\"" },
	{ "go", "func ", "(", "{" },
	{ "go", "func ", "(", "}" },
	{ "go", "type ", " struct", "{" },
	{ "go", "type ", " interface", "{" },
	{ "go", "go ", "(", ")" },
	{ "go", "go func(", NULL, NULL },
	{ "go", "defer ", "(", ")" },
	{ "go", "if err", "!= nil", "{" },
	{ "go", "", " := ", NULL },
	{ "javascript", "import ", " from '", NULL },
	{ "javascript", "import ", " from \"", NULL },
	{ "javascript", "const ", " = ", NULL },
	{ "javascript", "function ", "(", "{" },
	{ "javascript", "console.log(", NULL, NULL },
	{ "javascript", "async function ", "(", "{" },
	{ "rust", "let mut ", " = ", ";" },
	{ "javascript", "let ", " = ", NULL },
	{ "rust", "fn ", "(", "{" },
	{ "rust", "pub fn ", "(", "{" },
	{ "rust", "println!(", NULL, NULL },
	{ "rust", "use ", "::", ";" },
	{ "rust", "impl ", NULL, "{" },
	{ "python", "from ", " import ", NULL },
	{ "python", "async def ", "(", ":" },
	{ "python", "def ", "(", ":" },
	{ "python", "class ", NULL, ":" },
	{ "python", "@", NULL, ")" },
	{ "python", "if __name__", NULL, ":" },
	{ "python", "for ", " in ", ":" },
	{ "python", "while ", NULL, ":" },
	{ "python", "with ", " as ", ":" },
	{ "python", "except ", NULL, ":" },
	{ "python", "elif ", NULL, ":" },
	{ "python", "await ", "(", NULL },
	{ "python", "print(", NULL, NULL },
	{ "java", "public class ", NULL, NULL },
	{ "java", "public static ", "(", NULL },
	{ "java", "System.out.", "(", NULL },
	{ "c", "#include ", NULL, NULL },
	{ "c", "int main(", NULL, NULL },
	{ "bash", "$ ", NULL, NULL },
	{ "bash", "pip install ", NULL, NULL },
	{ "bash", "npm install ", NULL, NULL },
	{ "bash", "go run ", NULL, NULL },
	{ "bash", "go build ", NULL, NULL },
	{ "bash", "go get ", NULL, NULL },
	{ "bash", "go mod ", NULL, NULL },
	{ "bash", "cargo run", NULL, NULL },
	{ "bash", "docker run ", NULL, NULL },
	{ "bash", "sudo ", NULL, NULL },
};

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static bool fits(const struct rule *r, str line)
{
	str rest = str_from(line, strlen(r->start));

	return str_starts(line, str_c(r->start)) &&
	       (!r->has || str_find(rest, str_c(r->has)) >= 0) &&
	       (!r->end || str_ends(line, str_c(r->end)));
}

/* "import asyncio", "import numpy as np": words of code only. */
static bool is_python_import(str line)
{
	str rest = str_starts(line, STR("import ")) ? str_from(line, 7) : (str){ 0 };

	for (size_t i = 0; i < rest.len; i++)
		if (!is_word_char(rest.ptr[i]) && !memchr("., ", rest.ptr[i], 3))
			return false;
	return rest.len > 0 && rest.ptr[0] >= 'a' && rest.ptr[0] <= 'z' &&
	       (str_find_char(rest, ' ') < 0 || str_find(rest, STR(" as ")) > 0 ||
		       str_find(rest, STR(", ")) > 0);
}

/* "package main" and no more: a sentence would go on. */
static bool is_two_words(str line)
{
	return str_find_char(str_cut(line, ' ').tail, ' ') < 0;
}

static bool is_comment(str line, char *mark)
{
	*mark = str_starts(line, STR("//")) || str_starts(line, STR("/*"))   ? '/'
		: str_starts(line, STR("#")) && !str_starts(line, STR("##")) ? '#'
									     : '\0';
	return *mark != '\0';
}

/* "app = Flask(...)", "x.y += 1": a name, then a sign. */
static bool is_assignment(str line)
{
	size_t n = 0;
	str rest;

	while (n < line.len && (is_word_char(line.ptr[n]) || memchr(".[]\"'", line.ptr[n], 5)))
		n++;
	rest = str_from(line, n);
	return n > 0 &&
	       (str_starts(rest, STR(" = ")) || str_starts(rest, STR(" += ")) ||
		       str_starts(rest, STR(": ")) || str_starts(rest, STR(" -= "))) &&
	       !str_ends(line, STR(".")) &&
	       (!str_starts(rest, STR(": ")) || str_ends(line, STR(",")));
}

/* "fmt.Println(x)": a name right before the bracket. */
static bool is_call(str line)
{
	size_t n = 0;

	while (n < line.len && (is_word_char(line.ptr[n]) || line.ptr[n] == '.'))
		n++;
	return n > 0 && n < line.len && line.ptr[n] == '(' &&
	       memchr(")({,;", line.ptr[line.len - 1], 5);
}

static bool is_brackets(str line)
{
	for (size_t i = 0; i < line.len; i++)
		if (!memchr("(){}[];, ", line.ptr[i], 9))
			return false;
	return line.len > 0;
}

static bool is_quoted(str line)
{
	return line.len > 1 && (line.ptr[0] == '"' || line.ptr[0] == '\'') &&
	       (str_ends(line, STR("\"")) || str_ends(line, STR("'")) ||
		       str_ends(line, STR(",")));
}

static bool is_weak(str line)
{
	static const char *const starts[] = { "return", "break", "continue", "pass",
		"else:", "try:", "finally:", "} else", "case ", "default:", "raise ",
		"yield " };
	char last = line.len ? line.ptr[line.len - 1] : '\0';

	if (is_brackets(line) || is_quoted(line) || is_assignment(line) || is_call(line) ||
		last == '{' || last == ';')
		return true;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (str_starts(line, str_c(starts[i])) && last != '.')
			return true;
	return false;
}

struct code_look code_look(str line)
{
	struct code_look look = { CODE_NONE, NULL, '\0' };
	str s = str_trim(line);

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (!fits(&rules[i], s) || (str_starts(s, STR("package ")) && !is_two_words(s)))
			continue;
		return (struct code_look){ CODE_STRONG, rules[i].language, '\0' };
	}
	if (is_python_import(s))
		return (struct code_look){ CODE_STRONG, "python", '\0' };
	if (is_comment(s, &look.mark))
		look.sign = CODE_COMMENT;
	else if (is_weak(s))
		look.sign = CODE_WEAK;
	return look;
}

char code_mark(const char *language)
{
	return str_eq(str_c(language), STR("python")) || str_eq(str_c(language), STR("bash"))
		       ? '#'
		       : '/';
}

bool code_has_braces(const char *language)
{
	return code_mark(language) == '/';
}

/* Counts brackets; `low` becomes the least depth inside of the line. */
static int measure(str line, int *low)
{
	char quote = 0;
	int depth = 0;

	*low = 0;
	for (size_t i = 0; i < line.len; i++) {
		char c = line.ptr[i];

		if (quote) {
			i += c == '\\';
			quote = c == quote ? 0 : quote;
		} else if (c == '"' || c == '\'' || c == '`') {
			quote = c;
		} else if (c == '/' && i + 1 < line.len && line.ptr[i + 1] == '/') {
			break;
		} else if (memchr("({[", c, 3)) {
			depth++;
		} else if (memchr(")}]", c, 3) && --depth < *low) {
			*low = depth;
		}
	}
	return depth;
}

int code_depth(str line)
{
	int low;

	return measure(line, &low);
}

str code_indent(str code, const char *language, struct arena *a)
{
	struct buf out = { .arena = a };
	str unit = str_eq(str_c(language), STR("go")) ? STR("\t") : STR("    ");
	int depth = 0;

	while (code.len) {
		struct str_pair p = str_cut(code, '\n');
		str line = str_trim(p.head);
		int low, change = measure(line, &low);

		/* "({" goes one step in, not two, and so does "})" out. */
		low = low < -1 ? -1 : low;
		for (int i = 0; i < depth + low && line.len; i++)
			buf_add(&out, unit);
		buf_add(&out, line);
		buf_char(&out, '\n');
		depth += change > 1 ? 1 : change < -1 ? -1 : change;
		depth = depth < 0 ? 0 : depth;
		code = p.tail;
	}
	return buf_str(&out);
}
