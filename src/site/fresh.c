#include "site/fresh.h"

#include <sys/stat.h>

#include "base/buf.h"
#include "base/hash.h"
#include "output/manifest.h"
#include "site/build.h"
#include "site/site.h"
#include "site/version.h"

/* File systems stamp files with the time of the last clock tick. */
enum { TICK_NS = 20 * 1000 * 1000, NEVER = 0 };

static uint64_t add_number(uint64_t hash, int64_t n)
{
	return hash_64_seed(str_new((const char *)&n, sizeof(n)), hash);
}

static uint64_t add_walk(uint64_t hash, const struct file_walk *walk)
{
	hash = add_number(hash, (int64_t)walk->files.count);
	for (size_t i = 0; i < walk->files.count; i++) {
		const struct file_entry *e = &walk->files.at[i];
		int64_t stamp[3] = { (int64_t)e->info.size, e->info.mtime_ns, (int64_t)e->info.inode };

		hash = hash_64_seed(e->path, hash);
		hash = hash_64_seed(str_new((const char *)stamp, sizeof(stamp)), hash);
	}
	return hash;
}

/* The program itself: a new one may render differently. */
static uint64_t add_program(uint64_t hash)
{
	struct stat st;

	hash = hash_64_seed(STR(GEN_VERSION), hash);
	if (stat("/proc/self/exe", &st) != 0)
		return hash;
	hash = add_number(hash, st.st_size);
	hash = add_number(hash, st.st_mtim.tv_sec);
	return add_number(hash, st.st_mtim.tv_nsec);
}

uint64_t fresh_key(const struct site *s)
{
	const struct site_options *o = s->options;
	struct date today = date_at(s->now, s->config.zone_minutes);
	uint64_t hash = add_program(0);

	hash = hash_64_seed(o->base_url, hash);
	hash = add_number(hash, o->drafts | o->future << 1 | o->expired << 2 | o->minify << 3);
	hash = add_number(hash, today.year * 10000 + today.month * 100 + today.day);
	hash = hash_64_seed(s->config_source.text, hash);
	hash = add_walk(hash, &s->content);
	hash = add_walk(hash, &s->statics);
	hash = add_walk(hash, &s->data);
	return add_walk(hash, &s->templates);
}

static int64_t sooner(const struct site *s, int64_t until, const struct date *d)
{
	int64_t at = d->year ? date_epoch(d, s->config.zone_minutes) : NEVER;

	if (at <= s->now)
		return until;
	return until == NEVER || at < until ? at : until;
}

int64_t fresh_until(const struct site *s)
{
	int64_t until = NEVER;

	for (size_t i = 0; i < s->page_count; i++) {
		const struct article *m = &s->pages[i].meta;

		until = sooner(s, until, &m->date);
		until = sooner(s, until, &m->publish);
		until = sooner(s, until, &m->expires);
	}
	return until;
}

static bool was_touched(const struct file_walk *walk, int64_t since)
{
	for (size_t i = 0; i < walk->files.count; i++)
		if (walk->files.at[i].info.mtime_ns >= since)
			return true;
	return false;
}

/* What was written while we read it may differ from what we read. */
static bool is_racy(const struct site *s, int64_t started)
{
	int64_t since = started - TICK_NS;

	return was_touched(&s->content, since) || was_touched(&s->statics, since) ||
	       was_touched(&s->data, since) || was_touched(&s->templates, since);
}

/*
 * Files that blocks showed may stand outside the folders that are walked. False when one was touched while we
 * built.
 */
static bool write_files(const struct site *s, int64_t started, struct buf *out)
{
	for (size_t i = 0; i < s->page_count; i++) {
		const struct page_facts *f = &s->pages[i].facts;

		for (size_t j = 0; j < f->file_count; j++) {
			struct file_info info;

			if (file_stat(f->files[j], &info) != 0 || info.mtime_ns >= started - TICK_NS)
				return false;
			buf_printf(out, "file\t%llu\t%lld\t" STR_FMT "\n", (unsigned long long)info.size,
				(long long)info.mtime_ns, STR_ARG(f->files[j]));
		}
	}
	return true;
}

str fresh_note(const struct site *s, uint64_t key, int64_t started, const struct build_report *r,
	struct arena *a)
{
	struct buf b = { .arena = a };

	if (s->diags->warnings || is_racy(s, started))
		return STR("stale\n");
	buf_printf(&b, "fresh\t%016llx\t%lld\t%zu\t%zu\t%zu\n", (unsigned long long)key,
		(long long)fresh_until(s), r->pages, r->examples, r->assets);
	if (!write_files(s, started, &b))
		return STR("stale\n");
	for (size_t i = 0; i < r->skip_count; i++)
		buf_printf(&b, "skip\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\n", STR_ARG(r->skips[i].path),
			STR_ARG(r->skips[i].reason), STR_ARG(r->skips[i].flag));
	return buf_str(&b);
}

static str next_field(str *line)
{
	struct str_pair cut = str_cut(*line, '\t');

	*line = cut.tail;
	return cut.head;
}

static size_t number_field(str *line)
{
	uint64_t n = 0;

	str_to_u64(next_field(line), &n);
	return (size_t)n;
}

static bool files_hold(str rest)
{
	while (rest.len) {
		struct str_pair cut = str_cut(rest, '\n');
		struct file_info info;
		size_t size, mtime;

		rest = cut.tail;
		if (!str_eq(next_field(&cut.head), STR("file")))
			continue;
		size = number_field(&cut.head);
		mtime = number_field(&cut.head);
		if (file_stat(cut.head, &info) != 0 || info.size != size || info.mtime_ns != (int64_t)mtime)
			return false;
	}
	return true;
}

static void read_skips(str rest, struct build_report *r, struct arena *a)
{
	size_t cap = 0;
	struct build_skip *skips;

	for (size_t i = 0; i < rest.len; i++)
		cap += rest.ptr[i] == '\n';
	skips = arena_array(a, struct build_skip, cap);
	while (rest.len) {
		struct str_pair cut = str_cut(rest, '\n');

		rest = cut.tail;
		if (!str_eq(next_field(&cut.head), STR("skip")))
			continue;
		skips[r->skip_count].path = next_field(&cut.head);
		skips[r->skip_count].reason = next_field(&cut.head);
		skips[r->skip_count++].flag = next_field(&cut.head);
	}
	r->skips = skips;
}

bool fresh_check(const struct site *s, uint64_t key, str output, struct build_report *r, struct arena *a)
{
	struct manifest m;
	struct str_pair first;
	str wanted = str_printf(a, "%016llx", (unsigned long long)key);
	size_t until;

	if (manifest_read(output, a, &m) != 0)
		return false;
	first = str_cut(m.note, '\n');
	if (!str_eq(next_field(&first.head), STR("fresh")) || !str_eq(next_field(&first.head), wanted))
		return false;
	until = number_field(&first.head);
	if ((until != NEVER && (int64_t)until <= s->now) || !files_hold(first.tail) ||
		!manifest_holds(output, &m, s->workers))
		return false;
	r->pages = number_field(&first.head);
	r->examples = number_field(&first.head);
	r->assets = number_field(&first.head);
	r->unchanged = m.count;
	r->fresh = true;
	read_skips(first.tail, r, a);
	return true;
}
