#include "content/record.h"

#include <errno.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/path.h"
#include "content/example_parts.h"
#include "content/lock.h"
#include "data/yaml.h"

enum { OUTPUT_LIMIT = 2 << 20, YAML_LIMIT = 64 << 10 };

static const char CATEGORY[] = "record";

static const str END_WORDS[] = { [RECORD_EXIT] = STR_INIT("exit"), [RECORD_SIGNAL] = STR_INIT("signal"),
	[RECORD_TIMEOUT] = STR_INIT("timeout"), [RECORD_COMPILE_ERROR] = STR_INIT("compile-error"),
	[RECORD_COMPILED] = STR_INIT("compiled"), [RECORD_ANSWERED] = STR_INIT("answered") };
enum { END_COUNT = sizeof(END_WORDS) / sizeof(END_WORDS[0]) };

str record_folder(str article, struct arena *a)
{
	str extension = path_extension(article);

	return str_printf(a, STR_FMT ".runs", STR_ARG(str_sub(article, 0, article.len - extension.len)));
}

static str file_of(str folder, str id, const char *extension, struct arena *a)
{
	return str_printf(a, STR_FMT "/" STR_FMT "%s", STR_ARG(folder), STR_ARG(id), extension);
}

static void put_text(struct buf *b, const char *key, str text)
{
	buf_printf(b, "%s: ", key);
	buf_json(b, text);
	buf_char(b, '\n');
}

static void put_output(struct buf *b, const char *key, const struct record_output *o, struct arena *a)
{
	str hash = sha256_hex(example_normalize(o->bytes, a), a);

	if (o->size == 0)
		buf_printf(b, "%s: {size: 0}\n", key);
	else if (o->size > o->bytes.len)
		buf_printf(b, "%s: {size: %llu, kept: %zu, sha256: " STR_FMT "}\n", key,
			(unsigned long long)o->size, o->bytes.len, STR_ARG(hash));
	else
		buf_printf(b, "%s: {size: %llu, sha256: " STR_FMT "}\n", key, (unsigned long long)o->size,
			STR_ARG(hash));
}

static void put_answers(struct buf *b, const struct record *r, struct arena *a)
{
	if (r->answer_count)
		BUF_LIT(b, "answers:\n");
	for (size_t i = 0; i < r->answer_count; i++) {
		const struct record_answer *answer = &r->answers[i];

		put_text(b, "  - request", answer->request);
		buf_printf(b, "    status: %d\n", answer->status);
		put_text(b, "    reason", answer->reason);
		BUF_LIT(b, "    headers: [");
		for (size_t k = 0; k < answer->headers.count; k++) {
			buf_add(b, k ? STR(", ") : STR(""));
			buf_json(b, answer->headers.at[k]);
		}
		BUF_LIT(b, "]\n");
		put_output(b, "    body", &answer->body, a);
	}
}

/* All but the seal. */
static void put_fields(struct buf *b, const struct record *r, struct arena *a)
{
	BUF_LIT(b, "# Written by gen run. An edit is noticed; run the example again instead.\n");
	buf_printf(b, "key: " STR_FMT "\n", STR_ARG(r->key));
	buf_printf(b, "end: " STR_FMT "\n", STR_ARG(END_WORDS[r->end]));
	buf_printf(b, "status: %d\n", r->status);
	put_text(b, "tool", r->tool);
	put_text(b, "sandbox", r->sandbox);
	put_answers(b, r, a);
	put_output(b, "stdout", &r->out, a);
	put_output(b, "stderr", &r->err, a);
	put_text(b, "date", r->date);
	put_text(b, "host", r->host);
	buf_printf(b, "wall: %.3f\ncpu: %.3f\nmemory: %llu\n", r->wall, r->cpu,
		(unsigned long long)r->memory);
}

static int write_output(str folder, str id, const char *extension, const struct record_output *o,
	struct arena *a)
{
	str path = file_of(folder, id, extension, a);

	return o->bytes.len ? file_write_atomic(path, o->bytes) : tree_remove(path);
}

/* ".1.body" */
static const char *body_extension(size_t index, struct arena *a)
{
	return str_printf(a, ".%zu.body", index + 1).ptr;
}

/* Those of an earlier record go; null: all. */
static int write_bodies(str folder, str id, const struct record *r, struct arena *a)
{
	static const struct record_output nothing = { .size = 0 };
	int error = 0;

	for (size_t i = 0; i < REQUESTS_MOST && !error; i++)
		error = write_output(folder, id, body_extension(i, a),
			r && i < r->answer_count ? &r->answers[i].body : &nothing, a);
	return error;
}

int record_write(str folder, str id, const struct record *r, struct arena *a)
{
	struct buf b = { .arena = a };
	int error = folder_make(folder);

	put_fields(&b, r, a);
	buf_printf(&b, "seal: " STR_FMT "\n", STR_ARG(sha256_hex(buf_str(&b), a)));
	if (!error)
		error = write_output(folder, id, ".stdout", &r->out, a);
	if (!error)
		error = write_output(folder, id, ".stderr", &r->err, a);
	if (!error)
		error = write_bodies(folder, id, r, a);
	return error ? error : file_write_atomic(file_of(folder, id, ".yaml", a), buf_str(&b));
}

int record_remove(str folder, str id, struct arena *a)
{
	static const char *const extensions[] = { ".yaml", ".stdout", ".stderr" };
	int error = 0;

	for (size_t i = 0; i < 3 && !error; i++)
		error = tree_remove(file_of(folder, id, extensions[i], a));
	if (!error)
		error = lock_remove(folder, id, PACKAGES_NONE, a);
	return error ? error : write_bodies(folder, id, NULL, a);
}

/* The seal closes the file and is over everything before it. */
static bool seal_holds(str text, struct arena *a)
{
	static const char word[] = "\nseal: ";
	ptrdiff_t at = str_find(text, STR("\nseal: "));

	return at >= 0 && str_eq(str_trim(str_from(text, (size_t)at + sizeof(word) - 1)),
				  sha256_hex(str_sub(text, 0, (size_t)at + 1), a));
}

static bool read_end(str word, enum record_end *out)
{
	for (int i = 0; i < END_COUNT; i++) {
		if (str_eq(word, END_WORDS[i])) {
			*out = (enum record_end)i;
			return true;
		}
	}
	return false;
}

static double number_of(const struct value *v)
{
	return v->kind == VALUE_FLOAT ? v->f : v->kind == VALUE_INT ? (double)v->i : 0;
}

static uint64_t size_of(const struct value *v)
{
	return v->kind == VALUE_INT && v->i > 0 ? (uint64_t)v->i : 0;
}

static bool read_output(const struct value *v, str path, struct record_output *out, struct arena *a)
{
	uint64_t kept = size_of(value_get(v, STR("kept")));

	out->size = size_of(value_get(v, STR("size")));
	if (out->size == 0) {
		struct file_info info;

		return file_stat(path, &info) == 0 && info.kind == FILE_NONE;
	}
	if (file_read(path, OUTPUT_LIMIT, a, &out->bytes) != 0)
		return false;
	/* What grew by carriage returns on its way is as it was. */
	if (!kept && out->bytes.len != out->size)
		out->bytes = example_normalize(out->bytes, a);
	if (!kept)
		out->size = out->bytes.len;
	return str_eq(value_str(value_get(v, STR("sha256"))),
		sha256_hex(example_normalize(out->bytes, a), a));
}

static struct str_list read_list(const struct value *v, struct arena *a)
{
	size_t count = v->kind == VALUE_LIST ? v->list->count : 0;
	str *at = arena_array(a, str, count);

	for (size_t i = 0; i < count; i++)
		at[i] = value_str(&v->list->at[i]);
	return (struct str_list){ at, count };
}

static bool read_answer(const struct value *v, str path, struct record_answer *out, struct arena *a)
{
	out->request = value_str(value_get(v, STR("request")));
	out->status = (int)size_of(value_get(v, STR("status")));
	out->reason = value_str(value_get(v, STR("reason")));
	out->headers = read_list(value_get(v, STR("headers")), a);
	return read_output(value_get(v, STR("body")), path, &out->body, a);
}

/* False when a body is not what was written. */
static bool read_answers(const struct value *v, str folder, str id, struct record *out, struct arena *a)
{
	size_t count = v->kind == VALUE_LIST ? v->list->count : 0;
	bool whole = count <= REQUESTS_MOST;

	out->answer_count = whole ? count : 0;
	out->answers = arena_array(a, struct record_answer, out->answer_count);
	for (size_t i = 0; i < out->answer_count; i++)
		whole = read_answer(&v->list->at[i], file_of(folder, id, body_extension(i, a), a), &out->answers[i], a) &&
			whole;
	return whole;
}

static bool read_fields(const struct value *v, struct record *out)
{
	int64_t status = value_get(v, STR("status"))->kind == VALUE_INT ? value_get(v, STR("status"))->i : -1;

	out->key = value_str(value_get(v, STR("key")));
	out->status = (int)status;
	out->tool = value_str(value_get(v, STR("tool")));
	out->sandbox = value_str(value_get(v, STR("sandbox")));
	out->date = value_str(value_get(v, STR("date")));
	out->host = value_str(value_get(v, STR("host")));
	out->wall = number_of(value_get(v, STR("wall")));
	out->cpu = number_of(value_get(v, STR("cpu")));
	out->memory = size_of(value_get(v, STR("memory")));
	return read_end(value_str(value_get(v, STR("end"))), &out->end) && status >= 0 && status < 256;
}

enum record_state record_read(str folder, str id, str key, struct record *out, struct arena *a,
	struct diags *d)
{
	struct diags quiet = { .arena = a };
	struct source src = { file_of(folder, id, ".yaml", a), (str){ 0 } };
	struct value v;
	bool whole;
	int error = file_read(src.path, YAML_LIMIT, a, &src.text);

	*out = (struct record){ 0 };
	if (error == ENOENT)
		return RECORD_MISSING;
	if (error) {
		diag_fault(d ? d : &quiet, true, (loc){ &src, 0, 0 }, CATEGORY, "cannot read the record: %s",
			strerror(error));
		return RECORD_EDITED;
	}
	src.text = example_normalize(src.text, a);
	if (!yaml_read(&src, src.text, 1, NULL, &v, a, d ? d : &quiet) || !read_fields(&v, out))
		return RECORD_EDITED;
	whole = read_output(value_get(&v, STR("stdout")), file_of(folder, id, ".stdout", a), &out->out, a);
	whole = read_output(value_get(&v, STR("stderr")), file_of(folder, id, ".stderr", a), &out->err, a) &&
		whole;
	whole = read_answers(value_get(&v, STR("answers")), folder, id, out, a) && whole;
	if (!whole || !seal_holds(src.text, a))
		return RECORD_EDITED;
	return str_eq(out->key, key) ? RECORD_FRESH : RECORD_CHANGED;
}

static int by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

struct record_ids record_names(str folder, struct arena *a)
{
	struct record_ids ids = { 0 };
	struct file_walk walk = { 0 };

	if (file_walk(folder, a, &walk) != 0)
		return ids;
	ids.at = arena_array(a, str, walk.files.count);
	for (size_t i = 0; i < walk.files.count; i++) {
		str path = walk.files.at[i].path;

		if (str_ends(path, STR(".yaml")) && str_find_char(path, '/') < 0)
			ids.at[ids.count++] = str_sub(path, 0, path.len - 5);
	}
	if (ids.count)
		qsort(ids.at, ids.count, sizeof(ids.at[0]), by_bytes);
	return ids;
}

static bool same_output(const struct record_output *a, const struct record_output *b)
{
	return a->size == b->size && str_eq(a->bytes, b->bytes);
}

static bool same_answers(const struct record *a, const struct record *b)
{
	if (a->answer_count != b->answer_count)
		return false;
	for (size_t i = 0; i < a->answer_count; i++) {
		const struct record_answer *one = &a->answers[i], *two = &b->answers[i];

		if (!str_eq(one->request, two->request) || one->status != two->status || !str_eq(one->reason, two->reason) ||
			one->headers.count != two->headers.count || !same_output(&one->body, &two->body))
			return false;
		for (size_t k = 0; k < one->headers.count; k++)
			if (!str_eq(one->headers.at[k], two->headers.at[k]))
				return false;
	}
	return true;
}

bool record_same(const struct record *a, const struct record *b)
{
	/* The log of a server has times and ports in it. */
	if (a->end == RECORD_ANSWERED && b->end == RECORD_ANSWERED)
		return same_answers(a, b);
	return a->end == b->end && a->status == b->status && same_output(&a->out, &b->out) &&
	       same_output(&a->err, &b->err);
}

str record_end_words(const struct record *r, struct arena *a)
{
	switch (r->end) {
	case RECORD_EXIT:
		return r->status ? str_printf(a, "exit status %d", r->status) : (str){ 0 };
	case RECORD_SIGNAL:
		return str_printf(a, "killed by signal %d", r->status);
	case RECORD_TIMEOUT:
		return STR("stopped when its time was over");
	case RECORD_COMPILE_ERROR:
		return STR("does not compile");
	case RECORD_COMPILED:
		return STR("compiles");
	case RECORD_ANSWERED:
		return (str){ 0 };
	}
	return (str){ 0 };
}
