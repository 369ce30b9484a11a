#include "data/yaml_parts.h"

#include <math.h>
#include <stdlib.h>

static bool is_any(str s, const char *a, const char *b, const char *c)
{
	return str_eq(s, str_c(a)) || str_eq(s, str_c(b)) || str_eq(s, str_c(c));
}

static size_t skip_digits(str s, size_t at)
{
	while (at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9')
		at++;
	return at;
}

static size_t skip_sign(str s, size_t at)
{
	return at < s.len && (s.ptr[at] == '+' || s.ptr[at] == '-') ? at + 1 : at;
}

/* Digits of a number in base 8 or 16; false when one is not, or there are too many. */
static bool read_based(str s, unsigned base, int64_t *out)
{
	uint64_t n = 0;

	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
				 : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
				 : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10)
							: 99;
		if (digit >= base || n > ((uint64_t)INT64_MAX - digit) / base)
			return false;
		n = n * base + digit;
	}
	*out = (int64_t)n;
	return true;
}

/* [-+]? [0-9]+; what does not fit in 64 bits is left to be a float. */
static bool read_decimal(str s, int64_t *out)
{
	size_t start = skip_sign(s, 0);
	uint64_t n;

	if (!str_to_u64(str_from(s, start), &n) || n > (uint64_t)INT64_MAX)
		return false;
	*out = s.ptr[0] == '-' ? -(int64_t)n : (int64_t)n;
	return true;
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static bool is_float(str s)
{
	size_t start = skip_sign(s, 0);
	size_t at = skip_digits(s, start);
	bool whole = at > start;

	if (at < s.len && s.ptr[at] == '.') {
		size_t fraction = at + 1;
		at = skip_digits(s, fraction);
		if (!whole && at == fraction)
			return false;
	} else if (!whole) {
		return false;
	}
	if (at < s.len && (s.ptr[at] == 'e' || s.ptr[at] == 'E')) {
		size_t exponent = skip_sign(s, at + 1);
		at = skip_digits(s, exponent);
		if (at == exponent)
			return false;
	}
	return at == s.len;
}

static bool read_special(str s, double *out)
{
	str word = str_from(s, skip_sign(s, 0));

	if (is_any(s, ".nan", ".NaN", ".NAN"))
		*out = (double)NAN;
	else if (is_any(word, ".inf", ".Inf", ".INF"))
		*out = s.ptr[0] == '-' ? -(double)INFINITY : (double)INFINITY;
	else
		return false;
	return true;
}

static void type_number(struct value *v)
{
	str s = v->s;
	int64_t i;
	double f;

	if (read_decimal(s, &i) ||
		(str_starts(s, STR("0x")) && read_based(str_from(s, 2), 16, &i)) ||
		(str_starts(s, STR("0o")) && read_based(str_from(s, 2), 8, &i))) {
		v->kind = VALUE_INT;
		v->i = i;
	} else if (read_special(s, &f)) {
		v->kind = VALUE_FLOAT;
		v->f = f;
	} else if (is_float(s)) {
		v->kind = VALUE_FLOAT;
		v->f = strtod(s.ptr, NULL);
	}
}

/* The text stays as it was written, True or true. */
static void type_bool(struct value *v, bool b)
{
	v->kind = VALUE_BOOL;
	v->b = b;
}

void yaml_type_plain(struct value *v)
{
	str s = v->s;

	v->kind = VALUE_STRING;
	if (s.len == 0) {
		v->kind = VALUE_NULL;
		return;
	}
	switch (s.ptr[0]) {
	case '~':
	case 'n':
	case 'N':
		if (str_eq(s, STR("~")) || is_any(s, "null", "Null", "NULL"))
			*v = value_none;
		return;
	case 't':
	case 'T':
		if (is_any(s, "true", "True", "TRUE"))
			type_bool(v, true);
		return;
	case 'f':
	case 'F':
		if (is_any(s, "false", "False", "FALSE"))
			type_bool(v, false);
		return;
	default:
		if ((s.ptr[0] >= '0' && s.ptr[0] <= '9') || memchr("+-.", s.ptr[0], 3))
			type_number(v);
	}
}
