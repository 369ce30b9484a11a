/*
 * date -- calendar dates and times, in the proleptic Gregorian calendar.
 *
 * A date may have a time of day and an offset from UTC; without an offset it is
 * in the site's time zone.  Forms read: RFC 3339 ("T" or a space between date and
 * time, seconds and their fraction optional), and plain YYYY-MM-DD.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/str.h"

struct arena;

struct date {
	int year, month, day; /* month and day count from 1; year 0: no date */
	int hour, minute, second;
	bool has_time;
	bool has_offset;
	int offset_minutes; /* east of UTC */
};

/* False when it is none of the forms or no real day (2026-02-30). */
bool date_read(str s, struct date *out);

/* Seconds since 1970 UTC; `zone` gives the offset in minutes where the date has none. */
int64_t date_epoch(const struct date *d, int zone_minutes);

/* The date in a zone at a moment. */
struct date date_at(int64_t epoch, int zone_minutes);

/* "2026-03-01", or "2026-03-01T12:30:00+01:00" when it has a time. `zone` as above. */
str date_iso(const struct date *d, int zone_minutes, struct arena *a);

/* Always with time and offset, for feeds (RFC 3339). */
str date_rfc3339(const struct date *d, int zone_minutes, struct arena *a);

/* "1 March 2026". */
str date_human(const struct date *d, struct arena *a);

/* Negative, 0, positive by day and then time (dates without a time are at 0:00). */
int date_cmp(const struct date *a, const struct date *b, int zone_minutes);

/* "UTC", "Z", "+02:00", "-0530" -> minutes; false on anything else. */
bool date_read_zone(str s, int *minutes);

/* Now: SOURCE_DATE_EPOCH when it is set and a number, else the clock. */
int64_t date_now(void);

#endif
