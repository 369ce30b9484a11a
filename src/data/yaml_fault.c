#include "data/yaml_parts.h"

#include "base/arena.h"
#include "base/buf.h"

/*
 * libyaml says what its grammar missed ("mapping values are not allowed in this context");
 * people need to hear what to change.  Each row below is a mistake that people make.
 */
struct fault {
	const yaml_parser_t *parser;
	const struct source *src;
	str text;
	int first_line;
	size_t at;      /* where libyaml gave up, in bytes */
	size_t context; /* where what it was reading began */
	struct diags *d;
};

static size_t line_start(str text, size_t offset)
{
	while (offset > 0 && text.ptr[offset - 1] != '\n')
		offset--;
	return offset;
}

str yaml_line_at(str text, size_t offset)
{
	if (offset > text.len)
		offset = text.len;
	str line = str_cut(str_from(text, line_start(text, offset)), '\n').head;
	return str_ends(line, STR("\r")) ? str_sub(line, 0, line.len - 1) : line;
}

/* libyaml counts characters; people's editors and we count bytes. */
static size_t byte_offset(str text, size_t characters)
{
	size_t at = 0;

	while (characters-- && at < text.len) {
		at++;
		while (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
			at++;
	}
	return at;
}

static loc place(const struct fault *f, size_t offset)
{
	loc at = { f->src, f->first_line, 1 };

	for (size_t i = 0; i < offset && i < f->text.len; i++) {
		at.col++;
		if (f->text.ptr[i] == '\n') {
			at.line++;
			at.col = 1;
		}
	}
	return at;
}

/* `  - key: value` -> "key" and "value"; a line without a key is all value. */
struct line_parts {
	str key, value;
	bool item; /* after "- " */
};

static struct line_parts split_line(str line)
{
	struct line_parts p = { .value = str_trim(line) };

	while (str_starts(p.value, STR("- "))) {
		p.item = true;
		p.value = str_trim_start(str_from(p.value, 2));
	}
	ptrdiff_t colon = str_find(p.value, STR(": "));
	if (colon > 0) {
		p.key = str_sub(p.value, 0, (size_t)colon);
		p.value = str_trim(str_from(p.value, (size_t)colon + 2));
	}
	return p;
}

void yaml_help_quotes(str line, struct diags *d)
{
	struct line_parts p = split_line(line);
	bool single = str_find_char(p.value, '"') >= 0 || str_find_char(p.value, '\\') >= 0;
	struct arena a = { 0 };
	struct buf b = { .arena = &a };

	if (p.value.len == 0 || p.value.len > 200)
		return;
	if (p.key.len)
		buf_printf(&b, STR_FMT ": ", STR_ARG(p.key));
	else if (p.item)
		BUF_LIT(&b, "- ");
	buf_char(&b, single ? '\'' : '"');
	for (size_t i = 0; i < p.value.len; i++) {
		if (single && p.value.ptr[i] == '\'')
			buf_char(&b, '\'');
		buf_char(&b, p.value.ptr[i]);
	}
	buf_char(&b, single ? '\'' : '"');
	diag_help(d, "quote the value: " STR_FMT, STR_ARG(buf_str(&b)));
	arena_free(&a);
}

/* "title:Go" -> "title:"; empty when the line is not of that form. */
static str glued_key(str line)
{
	str s = str_trim(line);
	size_t n = 0;

	while (n < s.len && s.ptr[n] != ':' && s.ptr[n] != ' ' && s.ptr[n] != '"')
		n++;
	if (n == 0 || n + 1 >= s.len || s.ptr[n] != ':' || s.ptr[n + 1] == ' ' ||
		s.ptr[n + 1] == '/')
		return STR("");
	return str_sub(s, 0, n + 1);
}

static void say_glued(struct fault *f, size_t at, str key)
{
	diag_error(f->d, place(f, at), "yaml", "expected a space after \"" STR_FMT "\"",
		STR_ARG(key));
	diag_help(f->d, "write \"" STR_FMT " value\"", STR_ARG(key));
}

static bool is_blank(str s)
{
	return str_trim(s).len == 0;
}

/* Offset of a byte in the last line before `at` that is not blank; -1 when there is none. */
static ptrdiff_t line_before(str text, size_t at)
{
	size_t start = line_start(text, at);

	while (start > 0) {
		start = line_start(text, start - 1);
		if (!is_blank(yaml_line_at(text, start)))
			return (ptrdiff_t)start;
	}
	return -1;
}

/* `title: Go: the language`, by far the most common, or a key that is indented too far. */
static void say_second_colon(struct fault *f)
{
	str line = yaml_line_at(f->text, f->at);
	size_t start = line_start(f->text, f->at);
	ptrdiff_t first = str_find(line, STR(": "));
	ptrdiff_t before = line_before(f->text, f->at);

	if (first >= 0 && start + (size_t)first < f->at) {
		diag_error(f->d, place(f, f->at), "yaml",
			"a value that holds \": \" needs quotes");
		yaml_help_quotes(line, f->d);
		return;
	}
	str glued = before < 0 ? STR("") : glued_key(yaml_line_at(f->text, (size_t)before));
	if (glued.len) {
		say_glued(f, (size_t)before, glued);
		return;
	}
	diag_error(f->d, place(f, f->at), "yaml", "a key cannot stand here");
	diag_help(f->d,
		"start it in the same column as the keys above it; if this line is part "
		"of the value above, quote that value");
}

static void say_bad_start(struct fault *f)
{
	char c = f->at < f->text.len ? f->text.ptr[f->at] : ' ';

	if (c == '\t') {
		diag_error(f->d, place(f, f->at), "yaml", "a tab cannot indent YAML");
		diag_help(f->d, "use spaces");
		return;
	}
	diag_error(f->d, place(f, f->at), "yaml",
		"a value without quotes cannot start with '%c'", c);
	yaml_help_quotes(yaml_line_at(f->text, f->at), f->d);
}

static void say_tab(struct fault *f)
{
	diag_error(f->d, place(f, f->at), "yaml", "a tab cannot indent YAML");
	diag_help(f->d, "use spaces");
}

static void say_no_colon(struct fault *f)
{
	str line = str_trim(yaml_line_at(f->text, f->context));
	str glued = glued_key(line);

	if (glued.len) {
		say_glued(f, f->context, glued);
		return;
	}
	diag_error(f->d, place(f, f->context), "yaml",
		"expected \"key: value\", found \"" STR_FMT "\"",
		STR_ARG(str_sub(line, 0, 60)));
}

static void say_open_quotes(struct fault *f)
{
	diag_error(
		f->d, place(f, f->context), "yaml", "the quotes opened here are never closed");
}

static void say_escape(struct fault *f)
{
	char c = f->at + 1 < f->text.len ? f->text.ptr[f->at + 1] : ' ';

	if (c > ' ' && c < 0x7f)
		diag_error(f->d, place(f, f->at), "yaml",
			"\"\\%c\" is no escape of double quotes", c);
	else
		diag_error(f->d, place(f, f->at), "yaml",
			"a backslash in double quotes starts an escape");
	diag_help(f->d, "write the backslash twice, or use single quotes");
}

static void say_open_bracket(struct fault *f)
{
	bool list = str_ends(str_c(f->parser->problem), STR("']'"));
	const char *what = list ? "list" : "map";
	char close = list ? ']' : '}';

	if (is_blank(str_from(f->text, f->at)) || line_start(f->text, f->at) > f->context) {
		diag_error(f->d, place(f, f->context), "yaml",
			"the %s opened here is not closed by '%c'", what, close);
		return;
	}
	diag_error(
		f->d, place(f, f->at), "yaml", "expected ',' or '%c' in this %s", close, what);
	diag_help(
		f->d, "a value with ':', ',', brackets or quotes in it needs quotes around it");
}

/* `title: "Go" and more` */
static bool follows_quotes(const struct fault *f)
{
	str before = str_sub(f->text, line_start(f->text, f->at), f->at);

	before = str_trim_end(before);
	return str_ends(before, STR("\"")) || str_ends(before, STR("'"));
}

static void say_no_key(struct fault *f)
{
	if (follows_quotes(f)) {
		diag_error(f->d, place(f, f->at), "yaml", "text after the closing quote");
		yaml_help_quotes(yaml_line_at(f->text, f->at), f->d);
		return;
	}
	diag_error(f->d, place(f, f->at), "yaml", "expected a key like the ones above");
	diag_help(f->d, "start it in the same column as the keys above it");
}

static void say_no_item(struct fault *f)
{
	diag_error(f->d, place(f, f->at), "yaml", "expected a list item, \"- value\"");
	diag_help(f->d, "start it in the same column as the items above it");
}

static void say_item_here(struct fault *f)
{
	diag_error(f->d, place(f, f->at), "yaml", "a list item cannot stand here");
	diag_help(f->d, "put each \"- item\" on a line of its own, or write [one, two]");
}

static void say_block_text(struct fault *f)
{
	diag_error(f->d, place(f, f->context), "yaml",
		"text after '%c' starts on the next line",
		f->context < f->text.len ? f->text.ptr[f->context] : '|');
	yaml_help_quotes(yaml_line_at(f->text, f->context), f->d);
}

static void say_special_start(struct fault *f)
{
	diag_error(f->d, place(f, f->context), "yaml",
		"a value without quotes cannot start with '%c'",
		f->context < f->text.len ? f->text.ptr[f->context] : '*');
	yaml_help_quotes(yaml_line_at(f->text, f->context), f->d);
}

static void say_no_value(struct fault *f)
{
	diag_error(f->d, place(f, f->at), "yaml", "expected a value");
	yaml_help_quotes(yaml_line_at(f->text, f->at), f->d);
}

static void say_document(struct fault *f)
{
	if (follows_quotes(f))
		say_no_key(f);
	else
		diag_error(f->d, place(f, f->at), "yaml", "text after the end of the data");
}

static void say_control(struct fault *f)
{
	diag_error(f->d, place(f, f->at), "yaml", "a control character (0x%02X) is not allowed",
		(unsigned)f->parser->problem_value);
	diag_help(f->d, "remove it");
}

static void say_utf8(struct fault *f)
{
	diag_error(f->d, place(f, f->at), "yaml", "the text is not UTF-8: byte 0x%02X",
		f->at < f->text.len ? (unsigned char)f->text.ptr[f->at] : 0u);
	diag_help(f->d, "save the file as UTF-8");
}

static void say_other(struct fault *f)
{
	diag_error(f->d, place(f, f->at), "yaml", "%s%s%s",
		f->parser->problem ? f->parser->problem : "not YAML",
		f->parser->context ? " " : "", f->parser->context ? f->parser->context : "");
}

/* The first row whose words stand in what libyaml says. */
static const struct row {
	const char *problem, *context;
	void (*say)(struct fault *f);
} rows[] = {
	{ "mapping values are not allowed", "", say_second_colon },
	{ "cannot start any token", "", say_bad_start },
	{ "found a tab character", "", say_tab },
	{ "could not find expected ':'", "", say_no_colon },
	{ "found unexpected end of stream", "quoted scalar", say_open_quotes },
	{ "found unexpected document indicator", "quoted scalar", say_open_quotes },
	{ "unknown escape character", "", say_escape },
	{ "did not find expected hexdecimal number", "quoted scalar", say_escape },
	{ "did not find expected ',' or ", "", say_open_bracket },
	{ "did not find expected key", "", say_no_key },
	{ "did not find expected '-' indicator", "", say_no_item },
	{ "block sequence entries are not allowed", "", say_item_here },
	{ "did not find expected comment or line break", "block scalar", say_block_text },
	{ "did not find expected alphabetic or numeric", "", say_special_start },
	{ "", "while scanning a tag", say_special_start },
	{ "found undefined tag handle", "", say_special_start },
	{ "did not find expected node content", "", say_no_value },
	{ "mapping keys are not allowed", "", say_no_value },
	{ "did not find expected <document start>", "", say_document },
	{ "control characters are not allowed", "", say_control },
	{ "UTF-8", "", say_utf8 },
	{ "invalid Unicode character", "", say_utf8 },
	{ "", "", say_other },
};

static bool has(const char *text, const char *words)
{
	return *words == '\0' || (text && strstr(text, words));
}

void yaml_say_fault(const yaml_parser_t *parser, const struct source *src, str text,
	int first_line, struct diags *d)
{
	struct fault f = {
		.parser = parser, .src = src, .text = text, .first_line = first_line, .d = d
	};
	const struct row *row = rows;

	if (parser->error == YAML_READER_ERROR)
		f.at = f.context = parser->problem_offset;
	else
		f.at = f.context = byte_offset(text, parser->problem_mark.index);
	if (parser->context)
		f.context = byte_offset(text, parser->context_mark.index);
	while (!has(parser->problem, row->problem) || !has(parser->context, row->context))
		row++;
	row->say(&f);
}
