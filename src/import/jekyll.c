#include "import/jekyll.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/utf8.h"
#include "data/value.h"

bool jekyll_has_date(str stem)
{
	struct date d;

	return stem.len > 11 && stem.ptr[10] == '-' && date_read(str_sub(stem, 0, 10), &d);
}

str jekyll_slug(str stem, struct arena *a)
{
	return slug_from(jekyll_has_date(stem) ? str_from(stem, 11) : stem, a);
}

static str pattern_of(str name)
{
	if (str_eq(name, STR("date")))
		return STR("/:categories/:year/:month/:day/:title.html");
	if (str_eq(name, STR("pretty")))
		return STR("/:categories/:year/:month/:day/:title/");
	if (str_eq(name, STR("ordinal")))
		return STR("/:categories/:year/:y_day/:title.html");
	if (str_eq(name, STR("none")))
		return STR("/:categories/:title.html");
	return name;
}

static int day_of_year(const struct date *d)
{
	static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
	bool leap = (d->year % 4 == 0 && d->year % 100 != 0) || d->year % 400 == 0;

	return before[d->month - 1] + d->day + (leap && d->month > 2);
}

static void write_categories(const struct value *categories, struct buf *out, struct arena *a)
{
	for (size_t i = 0; i < value_count(categories); i++) {
		if (i)
			buf_char(out, '/');
		buf_add(out, slug_from(value_str(value_at(categories, i)), a));
	}
}

static bool write_word(str word, const struct date *d, str slug, const struct value *categories,
	struct buf *out, struct arena *a)
{
	if (str_eq(word, STR("title")) || str_eq(word, STR("slug")))
		buf_add(out, slug);
	else if (str_eq(word, STR("year")))
		buf_printf(out, "%04d", d->year);
	else if (str_eq(word, STR("month")))
		buf_printf(out, "%02d", d->month);
	else if (str_eq(word, STR("i_month")))
		buf_printf(out, "%d", d->month);
	else if (str_eq(word, STR("day")))
		buf_printf(out, "%02d", d->day);
	else if (str_eq(word, STR("i_day")))
		buf_printf(out, "%d", d->day);
	else if (str_eq(word, STR("short_year")))
		buf_printf(out, "%02d", d->year % 100);
	else if (str_eq(word, STR("y_day")))
		buf_printf(out, "%03d", day_of_year(d));
	else if (str_eq(word, STR("categories")))
		write_categories(categories, out, a);
	else if (str_eq(word, STR("output_ext")))
		BUF_LIT(out, ".html");
	else
		return false;
	return true;
}

/* Empty categories leave two slashes. */
static str join_slashes(str path, struct arena *a)
{
	struct buf out = { .arena = a };

	if (!str_starts(path, STR("/")))
		buf_char(&out, '/');
	for (size_t i = 0; i < path.len; i++)
		if (path.ptr[i] != '/' || out.len == 0 || out.ptr[out.len - 1] != '/')
			buf_char(&out, path.ptr[i]);
	return buf_str(&out);
}

str jekyll_address(
	str pattern, str date, str slug, const struct value *categories, struct arena *a)
{
	struct buf out = { .arena = a };
	str rest = pattern_of(pattern);
	struct date d;

	if (!date_read(str_sub(date, 0, 10), &d))
		return (str){ 0 };
	while (rest.len) {
		struct str_pair p = str_cut(rest, ':');
		size_t n = 0;

		buf_add(&out, p.head);
		if (p.head.len == rest.len)
			break;
		while (n < p.tail.len && ((p.tail.ptr[n] >= 'a' && p.tail.ptr[n] <= 'z') ||
						 p.tail.ptr[n] == '_'))
			n++;
		if (!write_word(str_sub(p.tail, 0, n), &d, slug, categories, &out, a))
			return (str){ 0 };
		rest = str_from(p.tail, n);
	}
	return join_slashes(buf_str(&out), a);
}
