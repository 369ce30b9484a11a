#include "content/terminal.h"

#include "base/buf.h"

enum { NO_COLOR = -1, PARAMETERS_MOST = 16, STRING_LONGEST = 4096 };

static const char *const COLORS[] = { "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
	"bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
	"bright-white" };

struct style {
	int front, back; /* index of COLORS */
	bool bold, dim, italic, underline;
};

static const struct style PLAIN = { NO_COLOR, NO_COLOR, false, false, false, false };

struct screen {
	struct buf *out;
	struct style style;
	size_t line;			/* where the line starts in `out` */
	bool open;			/* a span is */
	bool returned;			/* a carriage return came last */
};

static bool is_plain(const struct style *s)
{
	return s->front == NO_COLOR && s->back == NO_COLOR && !s->bold && !s->dim && !s->italic && !s->underline;
}

static void close_span(struct screen *s)
{
	if (s->open)
		BUF_LIT(s->out, "</span>");
	s->open = false;
}

static void add_class(struct buf *out, bool *first, const char *prefix, const char *name)
{
	if (!*first)
		buf_char(out, ' ');
	*first = false;
	buf_add(out, str_c(prefix));
	buf_add(out, str_c(name));
}

static void open_span(struct screen *s)
{
	const struct style *style = &s->style;
	bool first = true;

	if (s->open || is_plain(style))
		return;
	BUF_LIT(s->out, "<span class=\"");
	if (style->front != NO_COLOR)
		add_class(s->out, &first, "ansi-", COLORS[style->front]);
	if (style->back != NO_COLOR)
		add_class(s->out, &first, "ansi-on-", COLORS[style->back]);
	if (style->bold)
		add_class(s->out, &first, "ansi-", "bold");
	if (style->dim)
		add_class(s->out, &first, "ansi-", "dim");
	if (style->italic)
		add_class(s->out, &first, "ansi-", "italic");
	if (style->underline)
		add_class(s->out, &first, "ansi-", "underline");
	BUF_LIT(s->out, "\">");
	s->open = true;
}

static void put_newline(struct screen *s)
{
	close_span(s);
	buf_char(s->out, '\n');
	s->line = s->out->len;
	s->returned = false;
}

static void put_text(struct screen *s, str text)
{
	if (s->returned) {
		s->out->len = s->line;
		s->open = false;
		s->returned = false;
	}
	open_span(s);
	buf_html(s->out, text);
}

/* The nearest of the sixteen: 38;5;N and 48;5;N. */
static int color_of_256(int n)
{
	static const int cube[] = { 0, 4, 2, 6, 1, 5, 3, 7 };
	int r, g, b, bright;

	if (n < 16)
		return n;
	if (n >= 232)
		return n < 238 ? 0 : n < 245 ? 8 : n < 251 ? 7 : 15;
	n -= 16;
	r = n / 36;
	g = n / 6 % 6;
	b = n % 6;
	bright = r > 3 || g > 3 || b > 3 ? 8 : 0;
	return cube[(r > 2) << 2 | (g > 2) << 1 | (b > 2)] + bright;
}

/* 0 to 255 as 0 to 5. */
static int step(int n)
{
	return (n > 255 ? 255 : n) / 43;
}

/* Colours of more than one parameter; returns how many are used up. */
static size_t set_long_color(int *color, const int *at, size_t count)
{
	if (count >= 3 && at[1] == 5 && at[2] >= 0 && at[2] < 256) {
		*color = color_of_256(at[2]);
		return 3;
	}
	if (count >= 5 && at[1] == 2) {
		*color = color_of_256(16 + step(at[2]) * 36 + step(at[3]) * 6 + step(at[4]));
		return 5;
	}
	return count;
}

static size_t set_one(struct style *s, const int *at, size_t count)
{
	int n = at[0];

	if (n == 0)
		*s = PLAIN;
	else if (n == 1)
		s->bold = true;
	else if (n == 2)
		s->dim = true;
	else if (n == 3)
		s->italic = true;
	else if (n == 4)
		s->underline = true;
	else if (n == 22)
		s->bold = s->dim = false;
	else if (n == 23)
		s->italic = false;
	else if (n == 24)
		s->underline = false;
	else if (n >= 30 && n <= 37)
		s->front = n - 30;
	else if (n >= 90 && n <= 97)
		s->front = n - 90 + 8;
	else if (n == 39)
		s->front = NO_COLOR;
	else if (n >= 40 && n <= 47)
		s->back = n - 40;
	else if (n >= 100 && n <= 107)
		s->back = n - 100 + 8;
	else if (n == 49)
		s->back = NO_COLOR;
	else if (n == 38)
		return set_long_color(&s->front, at, count);
	else if (n == 48)
		return set_long_color(&s->back, at, count);
	return 1;
}

static void set_style(struct screen *s, str parameters)
{
	int at[PARAMETERS_MOST] = { 0 };
	size_t count = 1;

	for (size_t i = 0; i < parameters.len; i++) {
		char c = parameters.ptr[i];

		if (c == ';' || c == ':') {
			if (count == PARAMETERS_MOST)
				break;
			count++;
		} else if (c >= '0' && c <= '9' && at[count - 1] < 1000) {
			at[count - 1] = at[count - 1] * 10 + (c - '0');
		}
	}
	close_span(s);
	for (size_t i = 0; i < count;)
		i += set_one(&s->style, at + i, count - i);
}

/* "ESC [ ... letter": its length. */
static size_t take_sequence(struct screen *s, str rest)
{
	size_t i = 2;

	while (i < rest.len && (unsigned char)rest.ptr[i] >= 0x20 && (unsigned char)rest.ptr[i] < 0x40)
		i++;
	if (i < rest.len && rest.ptr[i] == 'm')
		set_style(s, str_sub(rest, 2, i));
	return i < rest.len ? i + 1 : i;
}

/* "ESC ] ... BEL" or "ESC ] ... ESC \": titles, links. */
static size_t take_string(str rest)
{
	for (size_t i = 2; i < rest.len && i < STRING_LONGEST; i++) {
		if (rest.ptr[i] == '\a')
			return i + 1;
		if (rest.ptr[i] == '\033')
			return i + 1 < rest.len && rest.ptr[i + 1] == '\\' ? i + 2 : i;
	}
	return rest.len < STRING_LONGEST ? rest.len : 2;
}

static size_t take_escape(struct screen *s, str rest)
{
	char kind = rest.len > 1 ? rest.ptr[1] : 0;

	if (kind == '[')
		return take_sequence(s, rest);
	if (kind == ']' || kind == 'P' || kind == '_' || kind == '^')
		return take_string(rest);
	/* A choice of characters, "ESC ( B": tput writes one after each colour. */
	if (kind >= 0x20 && kind < 0x30)
		return rest.len > 2 ? 3 : rest.len;
	return rest.len > 1 ? 2 : 1;
}

static size_t length_of(unsigned char c)
{
	return c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : (c & 0xf0) == 0xe0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
}

/* The code point at the start of `rest`, or 0 when it is none that may be shown. */
static uint32_t decode(str rest, size_t *length)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char first = (unsigned char)rest.ptr[0];
	size_t n = length_of(first);
	uint32_t c = n > 1 ? first & (0x7fu >> n) : first;

	*length = 1;
	if (n == 0 || n > rest.len)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if (((unsigned char)rest.ptr[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | ((unsigned char)rest.ptr[i] & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	*length = n;
	return c;
}

static bool is_shown(uint32_t c)
{
	if (c < 0x20)
		return c == '\t';
	return !(c >= 0x7f && c < 0xa0) && !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069);
}

static size_t take_character(struct screen *s, str rest)
{
	size_t length;
	uint32_t c = decode(rest, &length);

	put_text(s, is_shown(c) ? str_sub(rest, 0, length) : STR("\357\277\275"));
	return length;
}

static bool is_easy(char c)
{
	return (unsigned char)c >= 0x20 && (unsigned char)c < 0x7f;
}

static size_t take(struct screen *s, str rest)
{
	size_t run = 0;

	while (run < rest.len && is_easy(rest.ptr[run]))
		run++;
	if (run) {
		put_text(s, str_sub(rest, 0, run));
		return run;
	}
	switch (rest.ptr[0]) {
	case '\n':
		put_newline(s);
		return 1;
	case '\r':
		s->returned = true;
		return 1;
	case '\b':
	case '\a':
		return 1;
	case '\033':
		return take_escape(s, rest);
	default:
		return take_character(s, rest);
	}
}

void terminal_html(str bytes, struct buf *out)
{
	struct screen s = { .out = out, .style = PLAIN, .line = out->len };

	while (bytes.len)
		bytes = str_from(bytes, take(&s, bytes));
	close_span(&s);
}
