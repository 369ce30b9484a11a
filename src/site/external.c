#include "site/external.h"

#include <time.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/map.h"
#include "site/external_parts.h"
#include "site/links.h"

static const char CATEGORY[] = "link";

enum { ROUND = 32, HOPS = 5, WAIT_MAX = 60, TRIES = 3 };

/* A host, and when it may be asked again. */
struct host {
	int64_t free_ms;
};

enum state { WAITING, FINE, DONE };

/* A link on its way to an answer. */
struct task {
	const struct links_external *link;
	str at; /* where it has been sent to */
	struct host *host;
	enum state state;
	bool whole;	/* HEAD was of no use */
	bool temporary; /* one of the redirects was */
	int hops, tries;
	int64_t not_before_ms;
};

struct checking {
	const struct external_options *options;
	struct external_report *report;
	struct task *tasks;
	size_t count;
	struct map hosts;
	struct external_cache cache;
	int64_t now, started_ms;
	size_t answered; /* by any host */
	struct arena *arena;
	struct diags *diags;
};

static int64_t clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* "user@example.org:8080" of an address -> "example.org" */
static str host_of(str address)
{
	str rest = str_from(address, (size_t)(str_find(address, STR("://")) + 3));
	size_t end = 0;
	ptrdiff_t at;

	while (end < rest.len && !memchr("/?#\\", rest.ptr[end], 4))
		end++;
	rest = str_sub(rest, 0, end);
	at = str_rfind_char(rest, '@');
	rest = str_from(rest, (size_t)(at + 1));
	if (str_starts(rest, STR("["))) {
		at = str_find_char(rest, ']');
		return at < 0 ? rest : str_sub(rest, 0, (size_t)at + 1);
	}
	return str_cut(rest, ':').head;
}

static bool is_ignored(const struct checking *c, str address)
{
	const struct str_list *ignore = &c->options->config->ignore;

	for (size_t i = 0; i < ignore->count; i++)
		if (external_matches(ignore->at[i], address))
			return true;
	return false;
}

static loc place_of(const struct links_external *link, struct source *src)
{
	*src = (struct source){ link->path, link->text };
	return (loc){ src, link->line, link->col };
}

static void add_pages(struct checking *c, const struct links_external *link)
{
	str help = c->diags->last->help;

	if (link->pages > 1)
		diag_help(c->diags, STR_FMT "%sit is on %zu pages", STR_ARG(help), help.len ? "; " : "", link->pages);
}

/* The link leads nowhere. */
static void say_dead(struct checking *c, struct task *t, const char *why)
{
	struct source src;

	diag_fault(c->diags, true, place_of(t->link, &src), CATEGORY, "the link \"" STR_FMT "\" is dead: %s",
		STR_ARG(t->link->address), why);
	if (t->hops)
		diag_help(c->diags, "it leads on to " STR_FMT, STR_ARG(t->at));
	add_pages(c, t->link);
	t->state = DONE;
}

/* It may well be fine for readers. */
static void say_unknown(struct checking *c, struct task *t, const char *why)
{
	struct source src;

	diag_warn(c->diags, place_of(t->link, &src), CATEGORY, "the link \"" STR_FMT "\" could not be checked: %s",
		STR_ARG(t->link->address), why);
	add_pages(c, t->link);
	c->report->unknown++;
	t->state = DONE;
}

static void be_fine(struct checking *c, struct task *t)
{
	struct source src;

	t->state = FINE;
	if (t->hops && !t->temporary) {
		diag_warn(c->diags, place_of(t->link, &src), CATEGORY, "the link \"" STR_FMT "\" has moved for good",
			STR_ARG(t->link->address));
		diag_help(c->diags, "write " STR_FMT, STR_ARG(t->at));
		add_pages(c, t->link);
		return;
	}
	cache_put(&c->cache, t->link->address, c->now);
}

static struct host *find_host(struct checking *c, str name)
{
	void **slot = map_put(&c->hosts, str_lower(name, c->arena), NULL);

	if (!*slot)
		*slot = arena_new(c->arena, struct host);
	return *slot;
}

static bool may_ask(const struct checking *c, str address)
{
	return c->options->config->private_hosts || !external_is_private(host_of(address));
}

static void follow(struct checking *c, struct task *t, const struct answer *answer)
{
	if (++t->hops > HOPS) {
		say_dead(c, t, "it is sent on and on");
		return;
	}
	if (!str_starts(answer->redirect, STR("http://")) && !str_starts(answer->redirect, STR("https://"))) {
		say_unknown(c, t, "it leads on to something that is no page");
		return;
	}
	t->temporary = t->temporary || (answer->status != 301 && answer->status != 308);
	t->at = str_copy(answer->redirect, c->arena);
	if (!may_ask(c, t->at)) {
		say_dead(c, t, "it leads on into a private network");
		return;
	}
	t->whole = false;
	t->host = find_host(c, host_of(t->at));
}

/* The host wants to be left alone for a while. */
static void wait_for_host(struct checking *c, struct task *t, const struct answer *answer)
{
	int64_t until = clock_ms() + answer->wait * 1000;

	if (answer->wait == 0 || answer->wait > WAIT_MAX || t->tries >= TRIES) {
		say_unknown(c, t, str_printf(c->arena, "the host answers %d", answer->status).ptr);
		return;
	}
	t->not_before_ms = until;
	if (t->host->free_ms < until)
		t->host->free_ms = until;
}

static void read_status(struct checking *c, struct task *t, const struct answer *answer)
{
	int status = answer->status;
	const char *words = str_printf(c->arena, "the host answers %d", status).ptr;

	if ((status >= 200 && status < 300) || status == 416)
		be_fine(c, t);
	else if (status >= 300 && status < 400 && answer->redirect.len)
		follow(c, t, answer);
	else if (status == 429 || (status == 503 && answer->wait))
		wait_for_host(c, t, answer);
	else if (!t->whole)
		/* Not every host knows what to do with HEAD. */
		t->whole = true;
	else if (status == 401 || status == 403 || status == 407 || status == 451 || status >= 500)
		say_unknown(c, t, words);
	else
		say_dead(c, t, words);
}

/* The faults of curl: https://curl.se/libcurl/c/libcurl-errors.html */
static void read_fault(struct checking *c, struct task *t, const struct answer *answer)
{
	const char *words = str_cstr(answer->words.len ? answer->words : STR("no answer"), c->arena);

	switch (answer->fault) {
	case 3: /* no address */
	case 6: /* no such host */
	case 51:
	case 60: /* its certificate is not good */
		say_dead(c, t, words);
		break;
	default:
		if (t->tries < 2)
			t->whole = true;
		else
			say_unknown(c, t, words);
	}
}

static void read_answer(struct checking *c, struct task *t, const struct request *request)
{
	t->tries++;
	t->host->free_ms = clock_ms() + c->options->delay_ms;
	if (request->answered && request->answer.status) {
		c->answered++;
		read_status(c, t, &request->answer);
	} else if (request->answered) {
		/* A certificate was shown by somebody. */
		c->answered += request->answer.fault == 60 || request->answer.fault == 52 || request->answer.fault == 56;
		read_fault(c, t, &request->answer);
	} else {
		say_unknown(c, t, "no answer");
	}
}

/* The next ones: of each host one, and none before its time. Returns how many; `*left` is how many wait. */
static size_t choose(struct checking *c, struct task *chosen[ROUND], size_t *left)
{
	int64_t now = clock_ms();
	size_t count = 0;

	*left = 0;
	for (size_t i = 0; i < c->count; i++) {
		struct task *t = &c->tasks[i];

		if (t->state != WAITING)
			continue;
		++*left;
		if (count == ROUND || t->not_before_ms > now || t->host->free_ms > now)
			continue;
		/* Taken until its answer is read. */
		t->host->free_ms = INT64_MAX;
		chosen[count++] = t;
	}
	return count;
}

static void sleep_ms(int64_t ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

static bool ask_round(struct checking *c, struct task *const *chosen, size_t count, str *words)
{
	struct request requests[ROUND] = { { .whole = false } };

	for (size_t i = 0; i < count; i++)
		requests[i] = (struct request){ .address = chosen[i]->at, .whole = chosen[i]->whole };
	if (!external_ask(requests, count, (int)c->options->config->timeout, words, c->arena))
		return false;
	c->report->asked += count;
	for (size_t i = 0; i < count; i++)
		read_answer(c, chosen[i], &requests[i]);
	return true;
}

static void ask_all(struct checking *c)
{
	int64_t end = c->started_ms + c->options->config->limit * 1000;
	struct task *chosen[ROUND];
	size_t left;
	str words;

	for (;;) {
		size_t count = choose(c, chosen, &left);

		if (left == 0)
			return;
		if (clock_ms() >= end) {
			for (size_t i = 0; i < c->count; i++)
				if (c->tasks[i].state == WAITING)
					say_unknown(c, &c->tasks[i], "the time for all links is over (links: limit)");
			return;
		}
		if (count == 0) {
			sleep_ms(50);
		} else if (!ask_round(c, chosen, count, &words)) {
			diag_error(c->diags, (loc){ 0 }, "output", "links to other sites cannot be checked without curl: " STR_FMT,
				STR_ARG(words));
			diag_help(c->diags, "install it (apt install curl)");
			return;
		}
	}
}

static void add_task(struct checking *c, const struct links_external *link)
{
	const struct external_options *o = c->options;

	if (is_ignored(c, link->address) || !may_ask(c, link->address)) {
		c->report->skipped++;
	} else if (!o->refresh && cache_has(&c->cache, link->address, c->now, o->config->days)) {
		c->report->kept++;
	} else {
		c->tasks[c->count++] = (struct task){ .link = link, .at = link->address,
			.host = find_host(c, host_of(link->address)) };
	}
}

/* Faults of the network here are said once, and not as faults of the links. */
static bool is_unreachable(const struct checking *c)
{
	return c->count > 0 && c->report->asked > 0 && c->answered == 0;
}

void external_check(const struct links_external *links, size_t count, const struct external_options *o,
	struct external_report *r, struct arena *a, struct diags *d)
{
	struct diags said = { .arena = a };
	struct checking c = { .options = o, .report = r, .hosts = { .arena = a }, .now = date_now(),
		.started_ms = clock_ms(), .arena = a, .diags = &said };

	*r = (struct external_report){ 0 };
	cache_read(&c.cache, o->cache, a);
	c.tasks = arena_array(a, struct task, count + 1);
	for (size_t i = 0; i < count; i++)
		add_task(&c, &links[i]);
	ask_all(&c);
	r->unreachable = is_unreachable(&c);
	if (r->unreachable) {
		diag_error(d, (loc){ 0 }, "output", "no other site could be reached: %zu link%s not checked", c.count,
			c.count == 1 ? " was" : "s were");
		diag_help(d, "is there a network? What it said of the first: " STR_FMT,
			STR_ARG(said.first ? said.first->message : STR("nothing")));
		return;
	}
	diags_merge(d, &said);
	cache_write(&c.cache, o->cache, c.now, o->config->days);
}
