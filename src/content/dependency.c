#include "content/dependency.h"

#include "base/arena.h"

enum { WORD_LONGEST = 200 };

static const char CATEGORY[] = "example";

/* What everybody calls by its last name. */
static const struct {
	str name, path;
} GO_NAMES[] = {
	{ STR_INIT("chi"), STR_INIT("github.com/go-chi/chi/v5") },
	{ STR_INIT("echo"), STR_INIT("github.com/labstack/echo/v4") },
	{ STR_INIT("fiber"), STR_INIT("github.com/gofiber/fiber/v2") },
	{ STR_INIT("gin"), STR_INIT("github.com/gin-gonic/gin") },
};

enum package_client package_client_of(str language)
{
	static const struct {
		str language;
		enum package_client client;
	} rows[] = { { STR_INIT("go"), PACKAGES_GO }, { STR_INIT("python"), PACKAGES_PIP },
		{ STR_INIT("javascript"), PACKAGES_NPM }, { STR_INIT("typescript"), PACKAGES_NPM } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_eq(rows[i].language, language))
			return rows[i].client;
	return PACKAGES_NONE;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_letter(char c)
{
	return is_lower(c) || (c >= 'A' && c <= 'Z');
}

/* Letters, digits and `signs`; a letter or digit first and last. */
static bool is_name(str s, const char *signs)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (is_letter(c) || is_digit(c))
			continue;
		if (i == 0 || i + 1 == s.len || !c || !strchr(signs, c))
			return false;
	}
	return s.len > 0;
}

/* One version, not a range: "v1.10.0", "3.0.3", "2.0.0-rc.1". */
static bool is_version(str s, const char *start)
{
	str rest;

	if (!str_starts(s, str_c(start)))
		return false;
	rest = str_from(s, strlen(start));
	return rest.len && is_digit(rest.ptr[0]) && is_name(rest, ".-+!");
}

/* "github.com/gin-gonic/gin": a host with a dot in small letters, then names. */
static bool is_module(str path)
{
	bool host = true;

	for (str rest = path; rest.len || host; host = false) {
		struct str_pair cut = str_cut(rest, '/');

		if (!is_name(cut.head, host ? ".-" : "._~-") || str_find(cut.head, STR("..")) >= 0)
			return false;
		for (size_t i = 0; host && i < cut.head.len; i++)
			if (is_letter(cut.head.ptr[i]) && !is_lower(cut.head.ptr[i]))
				return false;
		if (host && (str_find_char(cut.head, '.') < 0 || cut.tail.len == 0))
			return false;
		if (cut.head.len + 1 == rest.len)
			return false;
		rest = cut.tail;
	}
	return true;
}

static bool read_module(str word, struct dependency *out, struct arena *a)
{
	struct str_pair cut = str_cut(word, '@');

	out->name = cut.head;
	out->version = cut.tail;
	for (size_t i = 0; i < sizeof(GO_NAMES) / sizeof(GO_NAMES[0]); i++)
		if (str_eq(cut.head, GO_NAMES[i].name))
			out->name = GO_NAMES[i].path;
	out->word = cut.tail.len ? str_printf(a, STR_FMT "@" STR_FMT, STR_ARG(out->name), STR_ARG(cut.tail)) : out->name;
	return is_module(out->name) && (cut.head.len == word.len || is_version(cut.tail, "v"));
}

/* "uvicorn[standard]==0.30.1" */
static bool read_requirement(str word, struct dependency *out)
{
	ptrdiff_t equals = str_find(word, STR("==")), open;
	str extras;

	out->word = word;
	out->name = equals < 0 ? word : str_sub(word, 0, (size_t)equals);
	out->version = equals < 0 ? (str){ 0 } : str_from(word, (size_t)equals + 2);
	open = str_find_char(out->name, '[');
	if (equals >= 0 && !is_version(out->version, ""))
		return false;
	if (open < 0)
		return is_name(out->name, "._-");
	extras = str_from(out->name, (size_t)open + 1);
	return is_name(str_sub(out->name, 0, (size_t)open), "._-") && str_ends(extras, STR("]")) &&
	       is_name(str_sub(extras, 0, extras.len - 1), "._-,");
}

/* "@types/node@20.1.0" */
static bool read_npm(str word, struct dependency *out)
{
	bool scoped = str_starts(word, STR("@"));
	struct str_pair cut = str_cut(str_from(word, scoped), '@');
	struct str_pair name = str_cut(cut.head, '/');

	out->word = word;
	out->name = str_sub(word, 0, cut.head.len + scoped);
	out->version = cut.tail;
	for (size_t i = 0; i < cut.head.len; i++)
		if (is_letter(cut.head.ptr[i]) && !is_lower(cut.head.ptr[i]))
			return false;
	if (cut.head.len + scoped < word.len && !is_version(cut.tail, ""))
		return false;
	return scoped ? is_name(name.head, "._-") && is_name(name.tail, "._-") : is_name(cut.head, "._-");
}

static const char *form_of(enum package_client client)
{
	switch (client) {
	case PACKAGES_GO:
		return "a module of Go, as in github.com/gin-gonic/gin@v1.10.0";
	case PACKAGES_PIP:
		return "a package of Python, as in flask==3.0.3";
	case PACKAGES_NPM:
	case PACKAGES_NONE:
		break;
	}
	return "a package of npm, as in express@4.19.2";
}

bool dependency_read(str word, enum package_client client, loc at, struct dependency *out, struct arena *a,
	struct diags *d)
{
	bool fine = word.len <= WORD_LONGEST;

	*out = (struct dependency){ 0 };
	fine = fine && (client == PACKAGES_GO    ? read_module(word, out, a)
			: client == PACKAGES_PIP ? read_requirement(word, out)
						 : read_npm(word, out));
	if (fine)
		return true;
	diag_error(d, at, CATEGORY, "'" STR_FMT "' is not %s", STR_ARG(word), form_of(client));
	diag_help(d, "names and exact versions only: no addresses, paths, ranges or options");
	return false;
}
