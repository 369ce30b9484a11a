#include "blocks/cell.h"

#include "base/arena.h"
#include "blocks/unit.h"

const char *const cell_type_name[CELL_TYPES] = { "empty", "none", "text", "yes", "no",
	"partial", "rating", "number", "money" };

/* Before a figure. */
static const struct {
	str mark;
	bool about, least, most;
	str money;
} PREFIXES[] = {
	{ STR_INIT("~"), true, false, false, { 0 } },
	{ STR_INIT("\342\211\210"), true, false, false, { 0 } },
	{ STR_INIT("about "), true, false, false, { 0 } },
	{ STR_INIT("approx. "), true, false, false, { 0 } },
	{ STR_INIT("ca. "), true, false, false, { 0 } },
	{ STR_INIT("<"), false, false, true, { 0 } },
	{ STR_INIT("\342\211\244"), false, false, true, { 0 } },
	{ STR_INIT("under "), false, false, true, { 0 } },
	{ STR_INIT("up to "), false, false, true, { 0 } },
	{ STR_INIT(">"), false, true, false, { 0 } },
	{ STR_INIT("\342\211\245"), false, true, false, { 0 } },
	{ STR_INIT("over "), false, true, false, { 0 } },
	{ STR_INIT("more than "), false, true, false, { 0 } },
	{ STR_INIT("$"), false, false, false, STR_INIT("$") },
	{ STR_INIT("\342\202\254"), false, false, false, STR_INIT("\342\202\254") },
	{ STR_INIT("\302\243"), false, false, false, STR_INIT("\302\243") },
	{ STR_INIT("\302\245"), false, false, false, STR_INIT("\302\245") },
};

/* Words and signs that answer a question, alone or before a remark: "No (GIL)". */
static const struct {
	str word;
	enum cell_type type;
} ANSWERS[] = {
	{ STR_INIT("yes"), CELL_YES },
	{ STR_INIT("\342\234\223"), CELL_YES }, /* check mark */
	{ STR_INIT("\342\234\224"), CELL_YES }, /* heavy check mark */
	{ STR_INIT("\342\234\205"), CELL_YES }, /* white heavy check mark */
	{ STR_INIT("\342\230\221"), CELL_YES }, /* ballot box with check */
	{ STR_INIT("no"), CELL_NO },
	{ STR_INIT("\342\234\227"), CELL_NO }, /* ballot x */
	{ STR_INIT("\342\234\230"), CELL_NO }, /* heavy ballot x */
	{ STR_INIT("\342\234\225"), CELL_NO }, /* multiplication x */
	{ STR_INIT("\342\235\214"), CELL_NO }, /* cross mark */
	{ STR_INIT("partial"), CELL_PARTIAL },
	{ STR_INIT("partially"), CELL_PARTIAL },
	{ STR_INIT("partly"), CELL_PARTIAL },
	{ STR_INIT("\342\232\240"), CELL_PARTIAL },     /* warning sign */
	{ STR_INIT("\360\237\237\241"), CELL_PARTIAL }, /* yellow circle */
	{ STR_INIT("~"), CELL_PARTIAL },
};

static const str NONES[] = { STR_INIT("-"), STR_INIT("--"), STR_INIT("\342\200\223"),
	STR_INIT("\342\200\224"), STR_INIT("n/a"), STR_INIT("?"), STR_INIT("tbd") };

/* Behind a sign: show it as a picture. */
static const str VARIATION = STR_INIT("\357\270\217");

struct scan {
	str s;
	size_t pos;
};

static char peek(const struct scan *c)
{
	return c->pos < c->s.len ? c->s.ptr[c->pos] : '\0';
}

static str rest(const struct scan *c)
{
	return str_from(c->s, c->pos);
}

static bool take(struct scan *c, str word)
{
	if (peek(c) != word.ptr[0] || !str_starts(rest(c), word))
		return false;
	c->pos += word.len;
	return true;
}

static void skip_spaces(struct scan *c)
{
	/* no-break spaces too */
	while (peek(c) == ' ' || (unsigned char)peek(c) >= 0x80) {
		if (!take(c, STR(" ")) && !take(c, STR("\302\240")) &&
			!take(c, STR("\342\200\257")))
			return;
	}
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Letters, and every byte that is not ASCII. */
static bool is_wordy(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

int cell_ticks(str text)
{
	struct scan c = { str_trim(text), 0 };
	int full = 0, hollow = 0;

	/* All signs are beyond ASCII. */
	if ((unsigned char)peek(&c) < 0x80)
		return -1;

	while (c.pos < c.s.len) {
		if (take(&c, STR("\342\234\223")) || take(&c, STR("\342\234\224")) ||
			take(&c, STR("\342\230\205")) || take(&c, STR("\342\255\220")))
			full++;
		else if (take(&c, STR("\342\230\206")))
			hollow++;
		else if (!take(&c, VARIATION) && !take(&c, STR(" ")))
			return -1;
	}
	return full + hollow > 0 ? full : -1;
}

static int count_hollow(str s)
{
	int count = 0;

	for (ptrdiff_t at; (at = str_find(s, STR("\342\230\206"))) >= 0; count++)
		s = str_from(s, (size_t)at + 3);
	return count;
}

static bool read_ticks(str s, struct cell *out)
{
	int ticks = cell_ticks(s);

	if (ticks < 0)
		return false;
	int hollow = count_hollow(s);
	bool star = str_starts(s, STR("\342\230")) || str_starts(s, STR("\342\255"));
	/* One tick is a yes until a neighbour has two. */
	out->type = ticks == 1 && !star ? CELL_YES : CELL_RATING;
	out->rating = ticks;
	out->max = hollow ? ticks + hollow : 0;
	return true;
}

/* Does `s` begin with `word`, without case? Most do not even share the first letter. */
static bool begins(str s, str word)
{
	return s.len >= word.len && (s.ptr[0] | 0x20) == (word.ptr[0] | 0x20) &&
	       str_eq_nocase(str_sub(s, 0, word.len), word);
}

static bool ends_word(str s, size_t at)
{
	if (at >= s.len)
		return true;
	if (str_starts(str_from(s, at), VARIATION))
		return true;
	return s.ptr[at] == ' ' || s.ptr[at] == ',' || s.ptr[at] == ';' || s.ptr[at] == ':' ||
	       s.ptr[at] == '(';
}

static bool read_answer(str s, struct cell *out)
{
	for (size_t i = 0; i < sizeof(ANSWERS) / sizeof(ANSWERS[0]); i++) {
		str word = ANSWERS[i].word;

		if (!begins(s, word) || !ends_word(s, word.len))
			continue;
		if (str_eq(word, STR("~")) && s.len > 1)
			continue; /* "~ 3 s" */
		out->type = ANSWERS[i].type;
		return true;
	}
	return false;
}

static bool read_none(str s)
{
	for (size_t i = 0; i < sizeof(NONES) / sizeof(NONES[0]); i++)
		if (str_eq_nocase(s, NONES[i]))
			return true;
	return false;
}

/* 12  12.5  1,200,000.5; false when it is a version, a date or a clock. */
static bool read_figure(struct scan *c, double *out)
{
	double n = 0, place = 1;
	size_t from = c->pos, digits;

	while (is_digit(peek(c)))
		n = n * 10 + (c->s.ptr[c->pos++] - '0');
	digits = c->pos - from;
	if (digits == 0 || digits > 15)
		return false;
	while (digits <= 3 && peek(c) == ',') {
		str group = str_sub(c->s, c->pos + 1, c->pos + 4);

		if (group.len < 3 || !is_digit(group.ptr[0]) || !is_digit(group.ptr[1]) ||
			!is_digit(group.ptr[2]))
			return false;
		for (int i = 0; i < 3; i++)
			n = n * 10 + (group.ptr[i] - '0');
		c->pos += 4;
		if (is_digit(peek(c)))
			return false;
	}
	if (peek(c) == '.' && c->pos + 1 < c->s.len && is_digit(c->s.ptr[c->pos + 1])) {
		double fraction = 0;

		for (c->pos++; is_digit(peek(c)); place *= 10)
			fraction = fraction * 10 + (c->s.ptr[c->pos++] - '0');
		/* One division: 45.2 comes out as the double nearest to it. */
		n = (n * place + fraction) / place;
	}
	*out = n;
	return peek(c) != '.' && peek(c) != ':' && peek(c) != ',' && peek(c) != '_';
}

static str read_word(struct scan *c)
{
	size_t from = c->pos;

	if (peek(c) == '%') {
		c->pos++;
		return str_sub(c->s, from, c->pos);
	}
	while (is_wordy(peek(c)))
		c->pos++;
	return str_sub(c->s, from, c->pos);
}

/* K, M and bn behind a figure, when they do not begin a unit (KB, ms). */
static double read_multiplier(struct scan *c)
{
	struct scan ahead = *c;
	str word = read_word(&ahead);
	double factor = 1;

	if (str_eq(word, STR("K")) || str_eq(word, STR("k")))
		factor = 1e3;
	else if (str_eq(word, STR("M")))
		factor = 1e6;
	else if (str_eq(word, STR("bn")))
		factor = 1e9;
	if (factor > 1)
		*c = ahead;
	return factor;
}

static bool read_range_sign(struct scan *c)
{
	struct scan ahead = *c;

	skip_spaces(&ahead);
	if (!take(&ahead, STR("-")) && !take(&ahead, STR("\342\200\223")))
		return false;
	skip_spaces(&ahead);
	if (!is_digit(peek(&ahead)))
		return false;
	*c = ahead;
	return true;
}

static bool read_amount(struct scan *c, struct cell *out)
{
	bool negative = is_digit(peek(c)) ? false : take(c, STR("-"));

	if (!read_figure(c, &out->low))
		return false;
	double factor = read_multiplier(c);
	if (negative)
		out->low = -out->low;
	if (!read_range_sign(c)) {
		out->high = out->low *= factor;
	} else {
		if (!read_figure(c, &out->high) || out->high < out->low)
			return false;
		double both = read_multiplier(c);
		out->low *= factor > 1 ? factor : both;
		out->high *= both;
		if (peek(c) == '-') /* 2025-01-31 */
			return false;
	}
	if (take(c, STR("+")))
		out->least = true;
	return true;
}

static void read_prefixes(struct scan *c, struct cell *out)
{
	for (size_t i = 0; i < sizeof(PREFIXES) / sizeof(PREFIXES[0]); i++) {
		if (!begins(rest(c), PREFIXES[i].mark))
			continue;
		c->pos += PREFIXES[i].mark.len;
		skip_spaces(c);
		out->about |= PREFIXES[i].about;
		out->least |= PREFIXES[i].least;
		out->most |= PREFIXES[i].most;
		if (PREFIXES[i].money.len > 0) {
			out->dimension = DIMENSION_MONEY;
			out->unit = PREFIXES[i].money;
			return;
		}
		i = (size_t)-1; /* "~$20": once more from the first */
	}
}

/* "/s", "per second", "/op": what the figure is for each of. */
static bool read_per(struct scan *c, str *what)
{
	struct scan ahead = *c;

	skip_spaces(&ahead);
	if (take(&ahead, STR("/")) || take(&ahead, STR("per "))) {
		skip_spaces(&ahead);
		*what = read_word(&ahead);
		if (what->len > 0) {
			*c = ahead;
			return true;
		}
	}
	return false;
}

static void apply_per(struct cell *out, str what, struct arena *a)
{
	const struct unit *unit = unit_find(what);

	if (unit && unit->dimension == DIMENSION_TIME && out->dimension != DIMENSION_MONEY) {
		out->low /= unit->factor;
		out->high /= unit->factor;
		out->dimension = DIMENSION_RATE;
		out->unit = str_join(out->unit, STR("/s"), a);
	} else if (out->dimension == DIMENSION_MONEY || out->dimension == DIMENSION_OTHER) {
		out->unit = str_concat(a, (const str[]){ out->unit, STR("/"), what }, 3);
	}
}

/* Up to two words or a bracket may follow: "(warm)", "of memory". */
static bool ends_with_remark(struct scan *c)
{
	skip_spaces(c);
	if (peek(c) == '(')
		return str_ends(c->s, STR(")"));
	take(c, STR(","));
	for (int words = 0; words < 2 && c->pos < c->s.len; words++) {
		skip_spaces(c);
		if (peek(c) == '(')
			return str_ends(c->s, STR(")"));
		if (!is_wordy(peek(c)))
			return c->pos == c->s.len;
		while (is_wordy(peek(c)) || is_digit(peek(c)))
			c->pos++;
	}
	return c->pos == c->s.len;
}

static void read_unit(struct scan *c, struct cell *out)
{
	struct scan ahead = *c;

	skip_spaces(&ahead);
	str word = read_word(&ahead);
	const struct unit *unit = unit_find(word);
	if (word.len == 0 || out->dimension == DIMENSION_MONEY || str_eq(word, STR("per")))
		return;
	*c = ahead;
	if (unit) {
		out->dimension = unit->dimension;
		out->unit = unit->base;
		out->low *= unit->factor;
		out->high *= unit->factor;
	} else {
		out->dimension = DIMENSION_OTHER;
		out->unit = word;
	}
}

static enum cell_better better_of(enum cell_dimension dimension)
{
	switch (dimension) {
	case DIMENSION_TIME:
	case DIMENSION_BYTES:
	case DIMENSION_MONEY:
		return BETTER_LOWER;
	case DIMENSION_RATE:
		return BETTER_HIGHER;
	default:
		return BETTER_UNKNOWN;
	}
}

static bool read_number(str s, struct cell *out, struct arena *a)
{
	struct scan c = { s, 0 };
	struct cell n = { 0 };
	str what;

	read_prefixes(&c, &n);
	if (!read_amount(&c, &n))
		return false;
	read_unit(&c, &n);
	if (take(&c, STR("+")))
		n.least = true;
	if (read_per(&c, &what))
		apply_per(&n, what, a);
	if (!ends_with_remark(&c))
		return false;
	n.type = n.dimension == DIMENSION_MONEY ? CELL_MONEY : CELL_NUMBER;
	n.better = better_of(n.dimension);
	*out = n;
	return true;
}

/* 3/5; "24/7" and "1/2024" are something else. */
static bool read_fraction(str s, struct cell *out)
{
	struct scan c = { s, 0 };
	double rating, max;

	if (!read_figure(&c, &rating) || !take(&c, STR("/")) || !read_figure(&c, &max))
		return false;
	if (c.pos < s.len && !ends_word(s, c.pos))
		return false;
	if (rating > max || (max != 3 && max != 4 && max != 5 && max != 10 && max != 100))
		return false;
	out->type = CELL_RATING;
	out->rating = rating;
	out->max = max;
	return true;
}

struct cell cell_read(str text, struct arena *a)
{
	str s = str_trim(text);
	struct cell out = { .type = CELL_TEXT };

	if (s.len == 0)
		out.type = CELL_EMPTY;
	else if (read_none(s))
		out.type = CELL_NONE;
	else if (!read_ticks(s, &out) && !read_answer(s, &out) && !read_fraction(s, &out))
		read_number(s, &out, a);
	return out;
}

/* "Records/s" and "record/s", "req" and "requests" count the same thing. */
static str singular(str word)
{
	word = str_cut(word, '/').head;
	if (str_eq_nocase(word, STR("requests")) || str_eq_nocase(word, STR("request")))
		return STR("req");
	if (word.len > 2 && str_ends(word, STR("s")))
		word.len--;
	return word;
}

bool cell_same_thing(str a, str b)
{
	str x = singular(a), y = singular(b);

	return x.len == 0 || y.len == 0 || str_eq_nocase(x, y);
}

bool cell_comparable(const struct cell *a, const struct cell *b)
{
	if (a->type != b->type)
		return false;
	if (a->type == CELL_RATING)
		return a->max == b->max;
	if (a->type == CELL_MONEY)
		return str_eq(a->unit, b->unit);
	if (a->type != CELL_NUMBER)
		return false;
	if (a->dimension == b->dimension)
		return (a->dimension != DIMENSION_RATE && a->dimension != DIMENSION_OTHER) ||
		       cell_same_thing(a->unit, b->unit);
	/* "100K+" beside "1M+ goroutines": the unit was only left out. */
	return (a->dimension == DIMENSION_NONE && b->dimension == DIMENSION_OTHER) ||
	       (a->dimension == DIMENSION_OTHER && b->dimension == DIMENSION_NONE);
}

static bool says(str words, str phrase)
{
	for (size_t at = 0; at + phrase.len <= words.len; at++)
		if (str_eq_nocase(str_sub(words, at, at + phrase.len), phrase))
			return true;
	return false;
}

enum cell_better cell_better_said(str words)
{
	if (says(words, STR("lower is better")) || says(words, STR("less is better")) ||
		str_find(words, STR("\342\206\223")) >= 0)
		return BETTER_LOWER;
	if (says(words, STR("higher is better")) || says(words, STR("more is better")) ||
		str_find(words, STR("\342\206\221")) >= 0)
		return BETTER_HIGHER;
	return BETTER_UNKNOWN;
}

/* Is the word at `at` said to be a unit: in brackets, or behind "in"? */
static bool stands_as_unit(str criterion, size_t at)
{
	return at > 0 && (criterion.ptr[at - 1] == '(' ||
				 str_ends(str_sub(criterion, 0, at), STR(" in ")));
}

enum cell_better cell_better_unit(str criterion)
{
	struct scan c = { criterion, 0 };

	while (c.pos < c.s.len) {
		size_t from = c.pos;
		str word = read_word(&c), per;
		const struct unit *unit = unit_find(word);

		if (word.len == 0) {
			c.pos++;
			continue;
		}
		if (read_per(&c, &per)) {
			unit = unit_find(per);
			if (unit && unit->dimension == DIMENSION_TIME)
				return BETTER_HIGHER;
		} else if (unit && stands_as_unit(criterion, from)) {
			return better_of(unit->dimension);
		}
	}
	return BETTER_UNKNOWN;
}
