#include "preview/condition.h"

#include <stdio.h>
#include <time.h>

#include "base/date.h"

bool condition_lists_tag(str list, str tag)
{
	list = str_trim(list);
	if (str_eq(list, STR("*")))
		return true;
	while (list.len) {
		ptrdiff_t close;

		if (str_starts(list, STR("W/")))
			list = str_from(list, 2);
		if (list.len == 0 || list.ptr[0] != '"')
			return false;
		close = str_find_char(str_from(list, 1), '"');
		if (close < 0)
			return false;
		if (str_eq(str_sub(list, 0, (size_t)close + 2), tag))
			return true;
		list = str_trim_start(str_from(list, (size_t)close + 2));
		if (list.len && list.ptr[0] != ',')
			return false;
		list = str_trim_start(str_from(list, 1));
	}
	return false;
}

static const char *const month_names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
	"Aug", "Sep", "Oct", "Nov", "Dec" };
static const char *const day_names[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };

/* Digits, and a blank for a leading zero in asctime's days. */
static int read_digits(str s, size_t at, size_t count)
{
	int n = 0;

	if (at + count > s.len)
		return -1;
	for (size_t i = at; i < at + count; i++) {
		if (s.ptr[i] == ' ' && i == at && count == 2)
			continue;
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return -1;
		n = n * 10 + s.ptr[i] - '0';
	}
	return n;
}

static int read_month(str s, size_t at)
{
	for (int i = 0; i < 12; i++)
		if (str_eq(str_sub(s, at, at + 3), str_c(month_names[i])))
			return i + 1;
	return 0;
}

/* Where the parts of a date are; years of two digits are within 50 years of now. */
struct form {
	size_t len, day, month, year, year_digits, time;
};

static bool read_form(str s, const struct form *f, int64_t *out)
{
	struct date d = { .has_time = true, .has_offset = true };

	d.day = read_digits(s, f->day, 2);
	d.month = read_month(s, f->month);
	d.year = read_digits(s, f->year, f->year_digits);
	d.hour = read_digits(s, f->time, 2);
	d.minute = read_digits(s, f->time + 3, 2);
	d.second = read_digits(s, f->time + 6, 2);
	if (f->year_digits == 2 && d.year >= 0)
		d.year += d.year < 70 ? 2000 : 1900;
	if (d.day < 1 || d.day > 31 || !d.month || d.year < 1970 || d.hour < 0 || d.hour > 23 ||
		d.minute < 0 || d.minute > 59 || d.second < 0 || d.second > 60)
		return false;
	if (s.ptr[f->time + 2] != ':' || s.ptr[f->time + 5] != ':')
		return false;
	*out = date_epoch(&d, 0);
	return true;
}

bool condition_read_date(str s, int64_t *out)
{
	static const struct form fixed = { 29, 5, 8, 12, 4, 17 },
				 ansi = { 24, 8, 4, 20, 4, 11 };
	ptrdiff_t comma = str_find_char(s, ',');

	if (s.len == fixed.len && comma == 3 && str_ends(s, STR(" GMT")))
		return read_form(s, &fixed, out);
	if (s.len == ansi.len && comma < 0)
		return read_form(s, &ansi, out);
	if (comma < 6 || s.len != (size_t)comma + 24 || !str_ends(s, STR(" GMT")))
		return false;
	/* "Sunday, 06-Nov-94 08:49:37 GMT" */
	return read_form(str_from(s, (size_t)comma), &(struct form){ 24, 2, 5, 9, 2, 12 }, out);
}

void condition_write_date(int64_t when, char out[CONDITION_DATE_BYTES])
{
	struct tm t;
	time_t seconds = (time_t)when;

	gmtime_r(&seconds, &t);
	snprintf(out, CONDITION_DATE_BYTES, "%s, %02d %s %04d %02d:%02d:%02d GMT",
		day_names[t.tm_wday % 7], t.tm_mday % 100, month_names[t.tm_mon % 12],
		(t.tm_year + 1900) % 10000, t.tm_hour % 100, t.tm_min % 100, t.tm_sec % 100);
}

/* Digits to a number; too large a one is as large as can be. */
static bool read_number(str s, uint64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < s.len; i++) {
		unsigned digit = (unsigned)(s.ptr[i] - '0');

		if (digit > 9)
			return false;
		if (*out > (UINT64_MAX - digit) / 10)
			*out = UINT64_MAX / 10;
		else
			*out = *out * 10 + digit;
	}
	return s.len > 0;
}

enum range condition_read_range(str s, uint64_t size, uint64_t *from, uint64_t *to)
{
	struct str_pair cut;
	uint64_t first = 0, last = UINT64_MAX;

	if (s.len < 6 || !str_eq_nocase(str_sub(s, 0, 6), STR("bytes=")) ||
		str_find_char(s, ',') >= 0 || str_find_char(s, '-') < 0)
		return RANGE_NONE;
	cut = str_cut(str_trim(str_from(s, 6)), '-');
	if ((cut.head.len && !read_number(cut.head, &first)) ||
		(cut.tail.len && !read_number(cut.tail, &last)))
		return RANGE_NONE;
	if (cut.head.len == 0 && cut.tail.len == 0)
		return RANGE_NONE;
	if (cut.head.len && first > last)
		return RANGE_NONE;
	if (cut.head.len == 0) { /* the last bytes */
		if (last == 0 || size == 0)
			return RANGE_IMPOSSIBLE;
		*from = last < size ? size - last : 0;
		*to = size;
		return RANGE_PART;
	}
	if (first >= size)
		return RANGE_IMPOSSIBLE;
	*from = first;
	*to = last < size ? last + 1 : size;
	return RANGE_PART;
}

/* "gzip;q=0" is a no, in all its spellings. */
static bool is_refused(str parameters)
{
	str q = str_trim(parameters);

	if (q.len < 2 || (q.ptr[0] != 'q' && q.ptr[0] != 'Q') || q.ptr[1] != '=')
		return false;
	q = str_from(q, 2);
	for (size_t i = 0; i < q.len; i++)
		if (q.ptr[i] >= '1' && q.ptr[i] <= '9')
			return false;
	return true;
}

bool condition_takes_gzip(str accept)
{
	bool any = false;

	while (accept.len) {
		struct str_pair item = str_cut(accept, ','), coding = str_cut(item.head, ';');
		str name = str_trim(coding.head);

		if (str_eq_nocase(name, STR("gzip")) || str_eq_nocase(name, STR("x-gzip")))
			return !is_refused(coding.tail);
		if (str_eq(name, STR("*")))
			any = !is_refused(coding.tail);
		accept = item.tail;
	}
	return any;
}
