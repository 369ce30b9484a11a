#include "examples/job.h"

#include "base/arena.h"
#include "base/buf.h"

enum { LIST_MOST = 1 << 16 };

static void put_number(struct buf *b, uint64_t n)
{
	buf_add(b, str_new((const char *)&n, sizeof(n)));
}

static void put_str(struct buf *b, str s)
{
	put_number(b, s.len);
	buf_add(b, s);
}

static void put_list(struct buf *b, const struct str_list *list)
{
	put_number(b, list->count);
	for (size_t i = 0; i < list->count; i++)
		put_str(b, list->at[i]);
}

static void put_step(struct buf *b, const struct job_step *s)
{
	put_list(b, &s->argv);
	put_list(b, &s->env);
	put_str(b, s->input);
	put_number(b, (uint64_t)s->wall_ms);
	put_number(b, s->memory);
	put_number(b, s->compiles);
	put_number(b, s->probes);
	put_list(b, &s->requests);
	put_number(b, (uint64_t)s->port);
}

void job_write(const struct job *j, struct buf *b)
{
	put_number(b, j->rung);
	put_number(b, j->keeps_env);
	put_list(b, &j->folders);
	put_str(b, j->cache);
	put_str(b, j->folder);
	put_str(b, j->packages);
	put_str(b, j->packages_link);
	put_str(b, j->scratch);
	put_number(b, j->disk);
	put_number(b, j->file_size);
	put_number(b, (uint64_t)j->processes);
	put_number(b, j->output);
	put_number(b, j->file_count);
	for (size_t i = 0; i < j->file_count; i++) {
		put_str(b, j->files[i].name);
		put_str(b, j->files[i].bytes);
	}
	put_number(b, j->step_count);
	for (size_t i = 0; i < j->step_count; i++)
		put_step(b, &j->steps[i]);
}

struct reader {
	str rest;
	struct arena *arena;
	bool ok;
};

static uint64_t take_number(struct reader *r)
{
	uint64_t n = 0;

	if (r->rest.len < sizeof(n)) {
		r->ok = false;
		return 0;
	}
	memcpy(&n, r->rest.ptr, sizeof(n));
	r->rest = str_from(r->rest, sizeof(n));
	return n;
}

static size_t take_count(struct reader *r, size_t most)
{
	uint64_t n = take_number(r);

	if (n > most)
		r->ok = false;
	return r->ok ? (size_t)n : 0;
}

static str take_str(struct reader *r)
{
	size_t n = take_count(r, r->rest.len);
	str s;

	if (n > r->rest.len) {
		r->ok = false;
		return (str){ 0 };
	}
	s = str_sub(r->rest, 0, n);
	r->rest = str_from(r->rest, n);
	return s;
}

static struct str_list take_list(struct reader *r)
{
	size_t count = take_count(r, LIST_MOST);
	str *at = arena_array(r->arena, str, count);

	for (size_t i = 0; i < count; i++)
		at[i] = take_str(r);
	return (struct str_list){ at, count };
}

static void take_step(struct reader *r, struct job_step *s)
{
	s->argv = take_list(r);
	s->env = take_list(r);
	s->input = take_str(r);
	s->wall_ms = (int64_t)take_number(r);
	s->memory = take_number(r);
	s->compiles = take_number(r);
	s->probes = take_number(r);
	s->requests = take_list(r);
	s->port = (int)take_number(r);
}

bool job_read(str bytes, struct job *out, struct arena *a)
{
	struct reader r = { bytes, a, true };

	*out = (struct job){ .rung = (enum rung)take_count(&r, RUNG_NONE) };
	out->keeps_env = take_number(&r);
	out->folders = take_list(&r);
	out->cache = take_str(&r);
	out->folder = take_str(&r);
	out->packages = take_str(&r);
	out->packages_link = take_str(&r);
	out->scratch = take_str(&r);
	out->disk = take_number(&r);
	out->file_size = take_number(&r);
	out->processes = (int)take_number(&r);
	out->output = take_number(&r);
	out->file_count = take_count(&r, LIST_MOST);
	out->files = arena_array(a, struct job_file, out->file_count);
	for (size_t i = 0; i < out->file_count; i++)
		out->files[i] = (struct job_file){ .name = take_str(&r) }, out->files[i].bytes = take_str(&r);
	out->step_count = take_count(&r, JOB_STEPS);
	for (size_t i = 0; i < out->step_count; i++)
		take_step(&r, &out->steps[i]);
	return r.ok && r.rest.len == 0;
}
