#include "content/example_options.h"

#include <regex.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "blocks/excerpt.h"
#include "blocks/fence.h"
#include "content/example_parts.h"

enum { WORDS_MAX = 64, TIMEOUT_MOST_MS = 10 * 60 * 1000 };

static const char CATEGORY[] = "example";
static const uint64_t MEMORY_LEAST = 8u << 20, MEMORY_MOST = UINT64_C(8) << 30;

struct reader {
	const struct example_place *place;
	struct block_page *page;
	const struct fence *fence;
	struct example *out;
	struct arena *arena;
	struct diags *diags;
	bool ok;
};

static const str CMP_WORDS[] = { [CMP_EXACT] = STR_INIT("exact"), [CMP_LINES] = STR_INIT("lines"),
	[CMP_UNORDERED] = STR_INIT("unordered"), [CMP_COUNT] = STR_INIT("count"),
	[CMP_REGEX] = STR_INIT("regex"), [CMP_NONE] = STR_INIT("none") };

const str *example_cmp_names(size_t *count)
{
	*count = sizeof(CMP_WORDS) / sizeof(CMP_WORDS[0]);
	return CMP_WORDS;
}

static const struct fence_attr *get(const struct reader *r, const char *key)
{
	return fence_key(r->fence, str_c(key));
}

static void wrong(struct reader *r, const struct fence_attr *attr, const char *expected)
{
	diag_error(r->diags, attr->value_at, CATEGORY, "'" STR_FMT "' must be %s, not '" STR_FMT "'",
		STR_ARG(attr->key), expected, STR_ARG(attr->value));
	r->ok = false;
}

/* One word of a list, quotes taken off: a b 'c d' "e f". False at the end, or when a quote is left open. */
static bool next_word(str *rest, str *word, bool *open, struct arena *a)
{
	struct buf out = { .arena = a };
	char quote = 0;
	size_t i = 0;

	*rest = str_trim_start(*rest);
	if (rest->len == 0)
		return false;
	for (; i < rest->len; i++) {
		char c = rest->ptr[i];

		if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? 0 : c;
		else if (!quote && (c == ' ' || c == '\t'))
			break;
		else
			buf_char(&out, c);
	}
	*open = quote != 0;
	*rest = str_from(*rest, i);
	*word = str_copy(buf_str(&out), a);
	return !*open;
}

static struct str_list read_words(struct reader *r, const char *key)
{
	const struct fence_attr *attr = get(r, key);
	str words[WORDS_MAX], rest = attr ? attr->value : (str){ 0 };
	size_t count = 0;
	bool open = false;

	while (count < WORDS_MAX && next_word(&rest, &words[count], &open, r->arena))
		count++;
	if (open)
		wrong(r, attr, "words with their quotes closed");
	if (str_trim(rest).len && !open)
		wrong(r, attr, "at most 64 words");
	str *kept = arena_array(r->arena, str, count);
	memcpy(kept, words, count * sizeof(words[0]));
	return (struct str_list){ kept, count };
}

static bool is_name(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';

		if (!letter && (i == 0 || c < '0' || c > '9'))
			return false;
	}
	return s.len > 0;
}

static void read_env(struct reader *r)
{
	r->out->env = read_words(r, "env");
	for (size_t i = 0; i < r->out->env.count; i++) {
		str word = r->out->env.at[i];

		if (str_find_char(word, '=') > 0 && is_name(str_cut(word, '=').head))
			continue;
		wrong(r, get(r, "env"), "words like NAME=value");
		return;
	}
}

/* \n, \t, \\ are what they are in most languages; any other backslash is itself. */
static str unescape(str s, struct arena *a)
{
	struct buf out = { .arena = a };

	for (size_t i = 0; i < s.len; i++) {
		char next = i + 1 < s.len ? s.ptr[i + 1] : 0;

		if (s.ptr[i] != '\\' || (next != 'n' && next != 't' && next != '\\')) {
			buf_char(&out, s.ptr[i]);
			continue;
		}
		buf_char(&out, next == 'n' ? '\n' : next == 't' ? '\t' : '\\');
		i++;
	}
	return buf_str(&out);
}

static void read_input(struct reader *r)
{
	const struct fence_attr *attr = get(r, "stdin");
	str text, path;

	if (!attr)
		return;
	if (!str_starts(attr->value, STR("@"))) {
		r->out->input = unescape(attr->value, r->arena);
		return;
	}
	if (excerpt_file(r->page, str_from(attr->value, 1), attr->value_at, &text, &path))
		r->out->input = text;
	else
		r->ok = false;
}

static void read_files(struct reader *r)
{
	struct str_list names = read_words(r, "files");
	struct example_file *files = arena_array(r->arena, struct example_file, names.count);

	for (size_t i = 0; i < names.count; i++) {
		str path;

		files[i].name = path_name(names.at[i]);
		if (!excerpt_file(r->page, names.at[i], get(r, "files")->value_at, &files[i].bytes, &path))
			r->ok = false;
		for (size_t j = 0; j < i; j++)
			if (str_eq(files[j].name, files[i].name))
				wrong(r, get(r, "files"), "files with names of their own");
	}
	r->out->files = files;
	r->out->file_count = names.count;
}

static bool read_status(str s, int *out)
{
	uint64_t n;

	if (!str_to_u64(s, &n) || n > 255)
		return false;
	*out = (int)n;
	return true;
}

static void read_expect(struct reader *r)
{
	static const str words[] = { STR_INIT("compile-error"), STR_INIT("panic"), STR_INIT("timeout"),
		STR_INIT("exit:") };
	const struct fence_attr *attr = get(r, "expect"), *status = get(r, "exit");
	struct example *e = r->out;

	if (status && !read_status(status->value, &e->exit))
		wrong(r, status, "a status from 0 to 255");
	if (!attr)
		return;
	if (str_eq(attr->value, words[0])) {
		e->expect = EXPECT_COMPILE_ERROR;
	} else if (str_eq(attr->value, words[1])) {
		e->expect = EXPECT_PANIC;
	} else if (str_eq(attr->value, words[2])) {
		e->expect = EXPECT_TIMEOUT;
	} else if (!str_starts(attr->value, words[3]) ||
		   !read_status(str_from(attr->value, words[3].len), &e->exit)) {
		wrong(r, attr, "compile-error, panic, timeout or exit: and a status");
		diag_help_nearest(r->diags, attr->value, words, 4);
	}
	if (e->kind == EXAMPLE_CHECK && e->expect != EXPECT_COMPILE_ERROR)
		wrong(r, attr, "compile-error, or nothing: a block with 'check' is compiled only");
}

static void read_pattern(struct reader *r, const struct fence_attr *attr, str pattern)
{
	regex_t compiled;
	char why[128];
	int error = pattern.len ? regcomp(&compiled, str_cstr(pattern, r->arena), REG_EXTENDED | REG_NOSUB)
				: 0;

	r->out->cmp = CMP_REGEX;
	r->out->pattern = pattern;
	if (pattern.len == 0) {
		diag_error(r->diags, attr->value_at, CATEGORY, "cmp=regex needs its pattern");
		diag_help(r->diags, "write cmp=\"regex:^took [0-9]+ ms$\"; the whole output is matched");
		r->ok = false;
	} else if (error) {
		regerror(error, &compiled, why, sizeof(why));
		diag_error(r->diags, attr->value_at, CATEGORY, "cannot read the pattern of cmp: %s", why);
		r->ok = false;
	} else {
		regfree(&compiled);
	}
}

static void read_cmp(struct reader *r)
{
	const struct fence_attr *attr = get(r, "cmp");

	if (!attr)
		return;
	if (str_starts(attr->value, STR("regex"))) {
		str rest = str_from(attr->value, 5);

		if (rest.len == 0 || rest.ptr[0] == ':') {
			read_pattern(r, attr, str_from(rest, 1));
			return;
		}
	}
	for (size_t i = 0; i < sizeof(CMP_WORDS) / sizeof(CMP_WORDS[0]); i++) {
		if (str_eq(attr->value, CMP_WORDS[i])) {
			r->out->cmp = (enum example_cmp)i;
			return;
		}
	}
	wrong(r, attr, "exact, lines, unordered, count, regex or none");
	diag_help_nearest(r->diags, attr->value, CMP_WORDS, sizeof(CMP_WORDS) / sizeof(CMP_WORDS[0]));
}

/* Digits, then a unit. */
static bool split_unit(str s, uint64_t *number, str *unit)
{
	size_t digits = 0;

	while (digits < s.len && s.ptr[digits] >= '0' && s.ptr[digits] <= '9')
		digits++;
	*unit = str_trim(str_from(s, digits));
	return str_to_u64(str_sub(s, 0, digits), number) && *number > 0 && *number < 1000000;
}

struct unit {
	str name;
	uint64_t factor;
};

static uint64_t read_amount(str s, const struct unit *units, size_t count)
{
	uint64_t number;
	str unit;

	if (!split_unit(s, &number, &unit))
		return 0;
	for (size_t i = 0; i < count; i++)
		if (str_eq_nocase(unit, units[i].name))
			return number * units[i].factor;
	return 0;
}

static void read_limits(struct reader *r)
{
	static const struct unit times[] = { { STR_INIT("ms"), 1 }, { STR_INIT("s"), 1000 },
		{ STR_INIT(""), 1000 }, { STR_INIT("m"), 60000 }, { STR_INIT("min"), 60000 } };
	static const struct unit sizes[] = { { STR_INIT("MB"), 1000000 }, { STR_INIT("M"), 1u << 20 },
		{ STR_INIT("MiB"), 1u << 20 }, { STR_INIT("GB"), 1000000000 }, { STR_INIT("G"), 1u << 30 },
		{ STR_INIT("GiB"), 1u << 30 } };
	const struct fence_attr *timeout = get(r, "timeout"), *memory = get(r, "mem");

	if (timeout) {
		uint64_t ms = read_amount(timeout->value, times, 5);

		r->out->timeout_ms = (int64_t)ms;
		if (ms == 0 || ms > TIMEOUT_MOST_MS)
			wrong(r, timeout, "a time such as 500ms, 20s or 2m, at most 10m");
	}
	if (memory) {
		r->out->memory = read_amount(memory->value, sizes, 6);
		if (r->out->memory < MEMORY_LEAST || r->out->memory > MEMORY_MOST)
			wrong(r, memory, "a size such as 64MB or 1GB, from 9MB to 8GB");
	}
}

static void check_unused(struct reader *r)
{
	static const char *const run_only[] = { "args", "stdin", "exit", "cmp" };

	if (r->out->kind != EXAMPLE_CHECK)
		return;
	for (size_t i = 0; i < sizeof(run_only) / sizeof(run_only[0]); i++) {
		const struct fence_attr *attr = get(r, run_only[i]);

		if (!attr)
			continue;
		diag_error(r->diags, attr->at, CATEGORY,
			"'%s' means nothing on a block with 'check': it is compiled only", run_only[i]);
		r->ok = false;
	}
}

static bool is_dependency(const struct example *e, str name)
{
	for (size_t i = 0; i < e->dependency_count; i++)
		if (str_eq_nocase(e->dependencies[i].name, name))
			return true;
	return false;
}

static void read_deps(struct reader *r)
{
	const struct fence_attr *attr = get(r, "deps");
	struct example *e = r->out;

	e->deps = read_words(r, "deps");
	e->client = package_client_of(e->language);
	e->dependencies = arena_array(r->arena, struct dependency, e->deps.count);
	if (e->deps.count && e->client == PACKAGES_NONE) {
		diag_error(r->diags, attr->at, CATEGORY,
			"gen fetches packages for Go, Python, JavaScript and TypeScript, not for " STR_FMT,
			STR_ARG(e->language));
		r->ok = false;
		return;
	}
	for (size_t i = 0; i < e->deps.count; i++) {
		struct dependency dep;

		if (!dependency_read(e->deps.at[i], e->client, attr->value_at, &dep, r->arena, r->diags)) {
			r->ok = false;
			continue;
		}
		if (is_dependency(e, dep.name)) {
			diag_error(r->diags, attr->value_at, CATEGORY, "'" STR_FMT "' stands in deps twice", STR_ARG(dep.name));
			r->ok = false;
			continue;
		}
		e->dependencies[e->dependency_count++] = dep;
	}
}

static void read_requests(struct reader *r)
{
	struct example *e = r->out;
	struct example_request *requests = arena_array(r->arena, struct example_request, REQUESTS_MOST);

	for (size_t i = 0; i < r->fence->count; i++) {
		const struct fence_attr *attr = &r->fence->attrs[i];

		if (attr->flag || !str_eq(attr->key, STR("req")))
			continue;
		if (e->request_count == REQUESTS_MOST) {
			diag_error(r->diags, attr->at, CATEGORY, "a server is asked at most %d times", REQUESTS_MOST);
			r->ok = false;
			break;
		}
		if (!example_request_read(attr->value, attr->value_at, r->page, &requests[e->request_count++], r->arena, r->diags))
			r->ok = false;
	}
	e->requests = requests;
	if (e->request_count)
		return;
	diag_error(r->diags, fence_get(r->fence, STR("serve"))->at, CATEGORY,
		"a server needs something to be asked for");
	diag_help(r->diags, "write serve req=\"GET /\"");
	r->ok = false;
}

static void read_port(struct reader *r)
{
	const struct fence_attr *attr = get(r, "port");
	uint64_t port = 0;

	if (!attr)
		return;
	/* Below 1024 only root may listen, and no program in the sandbox is root. */
	if (!str_to_u64(attr->value, &port) || port < 1024 || port > 65535)
		wrong(r, attr, "a port from 1024 to 65535");
	else
		r->out->port = (int)port;
}

/* A server has answers instead of an end, and its own output is a log. */
static void check_unmeant(struct reader *r)
{
	static const char *const keys[] = { "expect", "exit" };

	for (size_t i = 0; i < 2; i++) {
		const struct fence_attr *attr = get(r, keys[i]);

		if (!attr)
			continue;
		diag_error(r->diags, attr->at, CATEGORY,
			"'%s' means nothing on a block with 'serve': the server is stopped when it has answered", keys[i]);
		r->ok = false;
	}
}

static void read_serve(struct reader *r)
{
	if (r->out->kind != EXAMPLE_SERVE)
		return;
	read_requests(r);
	read_port(r);
	check_unmeant(r);
	r->out->shown_headers = read_words(r, "headers");
	for (size_t i = 0; i < r->out->shown_headers.count; i++) {
		if (example_request_token(r->out->shown_headers.at[i]))
			continue;
		wrong(r, get(r, "headers"), "names of headers with spaces between");
		return;
	}
}

bool example_options_read(const struct example_place *place, struct block_page *page,
	const struct fence *fence, struct example *e, struct arena *a, struct diags *d)
{
	struct reader r = { place, page, fence, e, a, d, true };

	e->args = read_words(&r, "args");
	read_deps(&r);
	read_env(&r);
	read_input(&r);
	read_files(&r);
	read_expect(&r);
	read_cmp(&r);
	read_limits(&r);
	check_unused(&r);
	read_serve(&r);
	return r.ok;
}
