#include "base/date.h"

#include <stdlib.h>
#include <time.h>

#include "base/arena.h"

/* Days since 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
static int64_t days_from_civil(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void civil_from_days(int64_t days, struct date *out)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097;
	int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * of_year + 2) / 153;

	out->day = (int)(of_year - (153 * month + 2) / 5 + 1);
	out->month = (int)(month < 10 ? month + 3 : month - 9);
	out->year = (int)(year_of_era + era * 400 + (out->month <= 2));
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static bool take_digits(str *s, size_t count, int *out)
{
	uint64_t n;

	if (s->len < count || !str_to_u64(str_sub(*s, 0, count), &n))
		return false;
	*out = (int)n;
	*s = str_from(*s, count);
	return true;
}

static bool take_char(str *s, char c)
{
	if (s->len == 0 || s->ptr[0] != c)
		return false;
	*s = str_from(*s, 1);
	return true;
}

static bool take_day(str *s, struct date *d)
{
	return take_digits(s, 4, &d->year) && take_char(s, '-') && take_digits(s, 2, &d->month) &&
	       take_char(s, '-') && take_digits(s, 2, &d->day) && d->year >= 1 &&
	       d->month >= 1 && d->month <= 12 && d->day >= 1 &&
	       d->day <= month_days(d->year, d->month);
}

static bool take_fraction(str *s)
{
	size_t n = 0;

	if (!take_char(s, '.'))
		return true;
	while (n < s->len && s->ptr[n] >= '0' && s->ptr[n] <= '9')
		n++;
	*s = str_from(*s, n);
	return n > 0;
}

static bool take_time(str *s, struct date *d)
{
	if (!take_digits(s, 2, &d->hour) || !take_char(s, ':') || !take_digits(s, 2, &d->minute))
		return false;
	if (take_char(s, ':') && !(take_digits(s, 2, &d->second) && take_fraction(s)))
		return false;
	d->has_time = true;
	/* RFC 3339 allows a leap second. */
	return d->hour <= 23 && d->minute <= 59 && d->second <= 60;
}

bool date_read_zone(str s, int *minutes)
{
	int hour, minute = 0, sign;

	if (str_eq_nocase(s, STR("z")) || str_eq_nocase(s, STR("utc"))) {
		*minutes = 0;
		return true;
	}
	if (s.len == 0 || (s.ptr[0] != '+' && s.ptr[0] != '-'))
		return false;
	sign = s.ptr[0] == '-' ? -1 : 1;
	s = str_from(s, 1);
	if (!take_digits(&s, 2, &hour))
		return false;
	take_char(&s, ':');
	if (s.len && !take_digits(&s, 2, &minute))
		return false;
	*minutes = sign * (hour * 60 + minute);
	return s.len == 0 && hour <= 23 && minute <= 59;
}

bool date_read(str s, struct date *out)
{
	struct date d = { 0 };

	*out = d;
	s = str_trim(s);
	if (!take_day(&s, &d))
		return false;
	if (s.len) {
		bool blank = take_char(&s, ' ');

		if (!blank && !take_char(&s, 'T') && !take_char(&s, 't'))
			return false;
		if (!take_time(&s, &d))
			return false;
		take_char(&s, ' ');
		if (s.len) {
			if (!date_read_zone(s, &d.offset_minutes))
				return false;
			d.has_offset = true;
		}
	}
	*out = d;
	return true;
}

int64_t date_epoch(const struct date *d, int zone_minutes)
{
	int zone = d->has_offset ? d->offset_minutes : zone_minutes;

	return days_from_civil(d->year, d->month, d->day) * 86400 + d->hour * 3600 +
	       d->minute * 60 + d->second - (int64_t)zone * 60;
}

struct date date_at(int64_t epoch, int zone_minutes)
{
	int64_t local = epoch + (int64_t)zone_minutes * 60;
	int64_t days = local / 86400, rest = local % 86400;
	struct date d = { .has_time = true, .has_offset = true, .offset_minutes = zone_minutes };

	if (rest < 0) {
		rest += 86400;
		days--;
	}
	civil_from_days(days, &d);
	d.hour = (int)(rest / 3600);
	d.minute = (int)(rest / 60 % 60);
	d.second = (int)(rest % 60);
	return d;
}

/* Every page prints several dates: digits by hand cost a tenth of printf. */
static char *put_digits(char *at, int n, int digits)
{
	for (int i = digits - 1; i >= 0; i--) {
		at[i] = (char)('0' + n % 10);
		n /= 10;
	}
	return at + digits;
}

static char *put_day(char *at, const struct date *d)
{
	at = put_digits(at, d->year, 4);
	*at++ = '-';
	at = put_digits(at, d->month, 2);
	*at++ = '-';
	return put_digits(at, d->day, 2);
}

static char *put_pair(char *at, int n, char before)
{
	*at++ = before;
	return put_digits(at, n, 2);
}

str date_rfc3339(const struct date *d, int zone_minutes, struct arena *a)
{
	int zone = d->has_offset ? d->offset_minutes : zone_minutes;
	char *text = arena_alloc(a, sizeof("2026-03-01T12:30:00+01:00"), 1), *at = put_day(text, d);

	at = put_pair(at, d->hour, 'T');
	at = put_pair(at, d->minute, ':');
	at = put_pair(at, d->second, ':');
	if (zone == 0) {
		*at++ = 'Z';
	} else {
		at = put_pair(at, abs(zone) / 60, zone < 0 ? '-' : '+');
		at = put_pair(at, abs(zone) % 60, ':');
	}
	*at = '\0';
	return str_new(text, (size_t)(at - text));
}

str date_iso(const struct date *d, int zone_minutes, struct arena *a)
{
	char *text, *end;

	if (d->has_time)
		return date_rfc3339(d, zone_minutes, a);
	text = arena_alloc(a, sizeof("2026-03-01"), 1);
	end = put_day(text, d);
	*end = '\0';
	return str_new(text, (size_t)(end - text));
}

str date_human(const struct date *d, struct arena *a)
{
	static const char *const month[] = { "January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December" };

	char day[2], year[4];
	size_t short_day = d->day < 10;

	put_digits(day, d->day, 2);
	put_digits(year, d->year, 4);
	return str_concat(a,
		(const str[]){ str_new(day + short_day, 2 - short_day), STR(" "), str_c(month[d->month - 1]), STR(" "),
			str_new(year, 4) },
		5);
}

int date_cmp(const struct date *a, const struct date *b, int zone_minutes)
{
	int64_t x = a->year ? date_epoch(a, zone_minutes) : INT64_MIN;
	int64_t y = b->year ? date_epoch(b, zone_minutes) : INT64_MIN;

	return (x > y) - (x < y);
}

int64_t date_now(void)
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");
	uint64_t epoch;

	if (fixed && str_to_u64(str_c(fixed), &epoch) && epoch <= INT64_MAX)
		return (int64_t)epoch;
	return (int64_t)time(NULL);
}
