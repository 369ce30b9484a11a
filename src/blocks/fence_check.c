#include "blocks/fence_check.h"

static const char CATEGORY[] = "fence";

static const struct fence_word WORDS[] = {
	{ STR_INIT("run"), true, false, STR_INIT("executed, output recorded") },
	{ STR_INIT("check"), true, false, STR_INIT("compiled only") },
	{ STR_INIT("serve"), true, false, STR_INIT("a server: started, asked, stopped") },
	{ STR_INIT("hidden"), true, false, STR_INIT("not shown") },
	{ STR_INIT("norun"), true, false, STR_INIT("deliberately not executed") },
	{ STR_INIT("lines"), true, true,
		STR_INIT("alone: show line numbers; lines=2-9: these lines of the file") },
	{ STR_INIT("id"), false, true, STR_INIT("the block's name on its page") },
	{ STR_INIT("title"), false, true, STR_INIT("shown above the code, often a file name") },
	{ STR_INIT("hl"), false, true, STR_INIT("marked lines: 2,4-6") },
	{ STR_INIT("start"), false, true, STR_INIT("number of the first line") },
	{ STR_INIT("pair"), false, true,
		STR_INIT("side by side with its neighbours of the same pair") },
	{ STR_INIT("group"), false, true,
		STR_INIT("a tab beside its neighbours of the same group") },
	{ STR_INIT("file"), false, true, STR_INIT("show this file of the site") },
	{ STR_INIT("region"), false, true, STR_INIT("the named region of the file") },
	{ STR_INIT("data"), false, true,
		STR_INIT("a CSV, YAML or JSON file with the block's data") },
	{ STR_INIT("files"), false, true, STR_INIT("files of the site beside the program") },
	{ STR_INIT("harness"), false, true, STR_INIT("the hidden code around this block") },
	{ STR_INIT("expect"), false, true, STR_INIT("compile-error, exit:1, panic, timeout") },
	{ STR_INIT("exit"), false, true, STR_INIT("the exit status that is right") },
	{ STR_INIT("cmp"), false, true, STR_INIT("how outputs are compared") },
	{ STR_INIT("args"), false, true, STR_INIT("arguments of the program") },
	{ STR_INIT("stdin"), false, true, STR_INIT("input of the program") },
	{ STR_INIT("env"), false, true, STR_INIT("environment of the program") },
	{ STR_INIT("timeout"), false, true, STR_INIT("limit of time") },
	{ STR_INIT("mem"), false, true, STR_INIT("limit of memory") },
	{ STR_INIT("deps"), false, true, STR_INIT("packages that it needs") },
	{ STR_INIT("req"), false, true,
		STR_INIT("a request sent to a server: GET /hello; may stand several times") },
	{ STR_INIT("port"), false, true, STR_INIT("the port that a server is asked on") },
	{ STR_INIT("headers"), false, true,
		STR_INIT("further headers of a server's answers to record") },
	{ STR_INIT("browser"), false, true, STR_INIT("whether the reader can run it") },
	{ STR_INIT("why"), false, true, STR_INIT("the reason of norun") },
};

/* Two that cannot both be meant. */
static const struct {
	str a, b;
} CONTRADICTIONS[] = {
	{ STR_INIT("run"), STR_INIT("check") },
	{ STR_INIT("run"), STR_INIT("serve") },
	{ STR_INIT("check"), STR_INIT("serve") },
	{ STR_INIT("norun"), STR_INIT("run") },
	{ STR_INIT("norun"), STR_INIT("check") },
	{ STR_INIT("norun"), STR_INIT("serve") },
	{ STR_INIT("pair"), STR_INIT("group") },
	{ STR_INIT("expect"), STR_INIT("exit") },
};

/* One that means nothing without the other. */
static const struct {
	str key, needs;
} NEEDS[] = {
	{ STR_INIT("req"), STR_INIT("serve") },
	{ STR_INIT("port"), STR_INIT("serve") },
	{ STR_INIT("headers"), STR_INIT("serve") },
	{ STR_INIT("why"), STR_INIT("norun") },
	{ STR_INIT("region"), STR_INIT("file") },
};

const struct fence_word *fence_words(size_t *count)
{
	*count = sizeof(WORDS) / sizeof(WORDS[0]);
	return WORDS;
}

const struct fence_word *fence_word(str name)
{
	for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++)
		if (str_eq(WORDS[i].name, name))
			return &WORDS[i];
	return NULL;
}

static bool check_unknown(const struct fence *f, const struct fence_attr *attr, struct diags *d)
{
	str names[sizeof(WORDS) / sizeof(WORDS[0])];
	size_t count = sizeof(WORDS) / sizeof(WORDS[0]);

	if (fence_word(attr->key))
		return true;
	for (size_t i = 0; i < count; i++)
		names[i] = WORDS[i].name;
	if (f->runs)
		diag_error(d, attr->at, CATEGORY,
			"unknown attribute '" STR_FMT "' on a block that runs",
			STR_ARG(attr->key));
	else
		diag_warn(d, attr->at, CATEGORY, "unknown attribute '" STR_FMT "'",
			STR_ARG(attr->key));
	diag_help_nearest(d, attr->key, names, count);
	return !f->runs;
}

static bool check_twice(const struct fence *f, size_t index, struct diags *d)
{
	const struct fence_attr *attr = &f->attrs[index];

	/* A server may be asked for several things. */
	if (str_eq(attr->key, STR("req")))
		return true;
	for (size_t i = 0; i < index; i++)
		if (str_eq(f->attrs[i].key, attr->key) && f->attrs[i].flag == attr->flag)
			return diag_error(d, attr->at, CATEGORY,
				"'" STR_FMT "' stands here twice, first in column %d",
				STR_ARG(attr->key), f->attrs[i].at.col);
	return true;
}

static bool check_contradictions(const struct fence *f, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < sizeof(CONTRADICTIONS) / sizeof(CONTRADICTIONS[0]); i++) {
		const struct fence_attr *a = fence_get(f, CONTRADICTIONS[i].a);
		const struct fence_attr *b = fence_get(f, CONTRADICTIONS[i].b);

		if (a && b)
			ok = diag_error(d, a->at.col > b->at.col ? a->at : b->at, CATEGORY,
				"'" STR_FMT "' and '" STR_FMT "' contradict each other",
				STR_ARG(a->key), STR_ARG(b->key));
	}
	return ok;
}

static bool check_needs(const struct fence *f, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < sizeof(NEEDS) / sizeof(NEEDS[0]); i++) {
		const struct fence_attr *attr = fence_get(f, NEEDS[i].key);

		if (attr && !fence_get(f, NEEDS[i].needs))
			ok = diag_error(d, attr->at, CATEGORY,
				"'" STR_FMT "' means nothing without '" STR_FMT "'",
				STR_ARG(NEEDS[i].key), STR_ARG(NEEDS[i].needs));
	}
	return ok;
}

/* `lines` alone numbers the lines; with a value it chooses lines of a file. */
static bool check_lines(const struct fence *f, struct diags *d)
{
	const struct fence_attr *lines = fence_key(f, STR("lines"));

	if (!lines)
		return true;
	if (fence_get(f, STR("region")))
		return diag_error(
			d, lines->at, CATEGORY, "'lines=' and 'region=' contradict each other");
	if (fence_get(f, STR("file")))
		return true;
	diag_error(d, lines->at, CATEGORY,
		"'lines=' chooses lines of a file, and there is no 'file='");
	diag_help(d, "to mark lines write hl=" STR_FMT ", to number them lines",
		STR_ARG(lines->value));
	return false;
}

bool fence_check(const struct fence *f, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < f->count; i++) {
		ok &= check_unknown(f, &f->attrs[i], d);
		ok &= check_twice(f, i, d);
	}
	ok &= check_contradictions(f, d);
	ok &= check_needs(f, d);
	return check_lines(f, d) && ok;
}
