#include "site/permalink.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "base/utf8.h"
#include "content/article.h"

enum token { YEAR, MONTH, MONTH_NAME, DAY, YEAR_DAY, WEEKDAY, WEEKDAY_NAME, SECTION, SECTIONS, TITLE, SLUG,
	FILE_NAME, CONTENT_NAME, SLUG_OR_FILE_NAME, SLUG_OR_CONTENT_NAME, TOKEN_COUNT };

static const str names[TOKEN_COUNT] = { STR_INIT("year"), STR_INIT("month"), STR_INIT("monthname"), STR_INIT("day"),
	STR_INIT("yearday"), STR_INIT("weekday"), STR_INIT("weekdayname"), STR_INIT("section"), STR_INIT("sections"),
	STR_INIT("title"), STR_INIT("slug"), STR_INIT("filename"), STR_INIT("contentbasename"),
	STR_INIT("slugorfilename"), STR_INIT("slugorcontentbasename") };

/* The word after a ':' at `at`. */
static str token_word(str pattern, size_t at)
{
	size_t end = at + 1;

	while (end < pattern.len && pattern.ptr[end] >= 'a' && pattern.ptr[end] <= 'z')
		end++;
	return str_sub(pattern, at + 1, end);
}

static enum token find_token(str word)
{
	for (int t = 0; t < TOKEN_COUNT; t++)
		if (str_eq(names[t], word))
			return (enum token)t;
	return TOKEN_COUNT;
}

/* What a path may not have, or null. */
static const char *pattern_fault(str pattern)
{
	if (!str_starts(pattern, STR("/")))
		return "must start with '/'";
	for (size_t i = 0; i < pattern.len; i++)
		if ((unsigned char)pattern.ptr[i] < ' ' || pattern.ptr[i] == '\\' || pattern.ptr[i] == '?' ||
			pattern.ptr[i] == '#')
			return "must have no '?', '#', backslash or control character";
	for (str rest = str_from(pattern, 1); rest.len;) {
		struct str_pair cut = str_cut(rest, '/');

		if (cut.head.len == 0 || str_eq(cut.head, STR(".")) || str_eq(cut.head, STR("..")))
			return "must have no empty, '.' or '..' part";
		rest = cut.tail;
	}
	return NULL;
}

bool permalink_check(str pattern, loc at, struct diags *d)
{
	const char *fault = pattern_fault(pattern);
	bool named = false;

	if (fault)
		return diag_error(d, at, "config", "the pattern '" STR_FMT "' %s", STR_ARG(pattern), fault);
	for (size_t i = 0; i < pattern.len; i++) {
		str word = token_word(pattern, i);
		enum token token = find_token(word);

		if (pattern.ptr[i] != ':')
			continue;
		if (token == TOKEN_COUNT) {
			diag_error(d, at, "config", "there is no ':" STR_FMT "' in patterns of addresses", STR_ARG(word));
			if (str_nearest(word, names, TOKEN_COUNT).len)
				diag_help_nearest(d, word, names, TOKEN_COUNT);
			else
				diag_help(d, "they have :year :month :day :section :sections :title :slug :filename");
			return false;
		}
		named = named || token >= TITLE;
	}
	if (named)
		return true;
	diag_error(d, at, "config", "the pattern '" STR_FMT "' gives all articles of a day one address", STR_ARG(pattern));
	diag_help(d, "put :slug or :title in");
	return false;
}

static const struct date *first_day(const struct date *d, struct date *out)
{
	*out = (struct date){ .year = d->year, .month = 1, .day = 1 };
	return out;
}

static str write_day(enum token token, const struct date *d, struct arena *a)
{
	static const char *const months[] = { "january", "february", "march", "april", "may", "june", "july",
		"august", "september", "october", "november", "december" };
	static const char *const days[] = { "sunday", "monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday" };
	struct date day = { .year = d->year, .month = d->month, .day = d->day }, first;
	int64_t since = date_epoch(&day, 0) / 86400;
	int weekday = (int)(((since + 4) % 7 + 7) % 7);

	switch (token) {
	case YEAR:
		return str_printf(a, "%04d", d->year);
	case MONTH:
		return str_printf(a, "%02d", d->month);
	case MONTH_NAME:
		return str_c(months[d->month - 1]);
	case DAY:
		return str_printf(a, "%02d", d->day);
	case YEAR_DAY:
		return str_printf(a, "%d", (int)(since - date_epoch(first_day(d, &first), 0) / 86400) + 1);
	case WEEKDAY:
		return str_printf(a, "%d", weekday);
	default:
		return str_c(days[weekday]);
	}
}

/* "Go/Web stuff" -> "go/web-stuff". */
static str slug_path(str path, struct arena *a)
{
	struct buf out = { .arena = a };

	while (path.len) {
		struct str_pair cut = str_cut(path, '/');

		if (out.len)
			buf_char(&out, '/');
		buf_add(&out, slug_from(cut.head, a));
		path = cut.tail;
	}
	return buf_str(&out);
}

static str or_else(str first, str second)
{
	return first.len ? first : second;
}

/* A slug of front matter is as the author wants it. */
static str write_name(enum token token, const struct article *m, struct arena *a)
{
	switch (token) {
	case SECTION:
		return slug_from(str_cut(m->section, '/').head, a);
	case SECTIONS:
		return slug_path(m->section, a);
	case TITLE:
		return slug_from(m->title, a);
	case SLUG:
		return or_else(m->slug, slug_from(m->title, a));
	case SLUG_OR_FILE_NAME:
	case SLUG_OR_CONTENT_NAME:
		return or_else(m->slug, slug_from(m->name, a));
	default:
		return slug_from(m->name, a);
	}
}

static str write_token(enum token token, const struct article *m, struct arena *a)
{
	return token < SECTION ? write_day(token, &m->date, a) : write_name(token, m, a);
}

bool permalink_write(str pattern, const struct article *m, struct buf *out, str *missing)
{
	for (size_t i = 1; i < pattern.len; i++) {
		str word, text;
		enum token token;

		if (pattern.ptr[i] != ':') {
			/* "/:sections/:slug/" of an article without a folder has one slash there. */
			if (pattern.ptr[i] != '/' || (out->len && out->ptr[out->len - 1] != '/'))
				buf_char(out, pattern.ptr[i]);
			continue;
		}
		word = token_word(pattern, i);
		token = find_token(word);
		i += word.len;
		*missing = token < SECTION ? STR("date") : word;
		if (token < SECTION && !m->date.year)
			return false;
		text = write_token(token, m, out->arena);
		if (text.len == 0 && token != SECTION && token != SECTIONS)
			return false;
		buf_add(out, text);
	}
	return true;
}
