#include "site/example_command.h"

#include "base/arena.h"
#include "base/buf.h"
#include "content/example.h"
#include "content/program.h"
#include "content/runner.h"

enum { SERVER_PORT = 8080 }; /* what PORT says when the author names none */

static bool is_plain(str word)
{
	static const str safe = STR_INIT("%+,-./:=@_");

	for (size_t i = 0; i < word.len; i++) {
		char c = word.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

		if (!letter && str_find_char(safe, c) < 0)
			return false;
	}
	return word.len > 0;
}

static int server_port(const struct example *e)
{
	return e->port ? e->port : SERVER_PORT;
}

/* A word as a POSIX shell takes it. */
static void add_word(struct buf *out, str word)
{
	if (out->len && out->ptr[out->len - 1] != ' ')
		buf_char(out, ' ');
	if (is_plain(word)) {
		buf_add(out, word);
		return;
	}
	buf_char(out, '\'');
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] == '\'')
			BUF_LIT(out, "'\\''");
		else
			buf_char(out, word.ptr[i]);
	buf_char(out, '\'');
}

static void add_command(const struct command_names *names, str command, struct buf *out)
{
	struct str_list words = command_words(command, names, out->arena);

	for (size_t i = 0; i < words.count; i++)
		add_word(out, words.at[i]);
}

/* "A='x y' ./main -n 2 < input.txt" */
static void add_program(const struct example *e, const struct runner *r, const struct command_names *names,
	struct buf *out)
{
	for (size_t i = 0; i < e->env.count; i++) {
		struct str_pair pair = str_cut(e->env.at[i], '=');

		if (out->len && out->ptr[out->len - 1] != ' ')
			buf_char(out, ' ');
		buf_add(out, pair.head);
		buf_char(out, '=');
		if (pair.tail.len) {
			struct buf word = { .arena = out->arena };

			add_word(&word, pair.tail);
			buf_add(out, buf_str(&word));
		}
	}
	if (e->kind == EXAMPLE_SERVE)
		buf_printf(out, "%sPORT=%d", out->len && out->ptr[out->len - 1] != ' ' ? " " : "", server_port(e));
	add_command(names, r->run, out);
	for (size_t i = 0; i < e->args.count; i++)
		add_word(out, e->args.at[i]);
	if (e->input.len)
		BUF_LIT(out, " < input.txt");
}

/* "curl -i -X POST -d '{}' http://127.0.0.1:8080/items" */
str example_request_command(const struct example *e, const struct example_request *q, struct arena *a)
{
	struct buf out = { .arena = a };

	BUF_LIT(&out, "curl -i");
	if (str_eq(q->method, STR("HEAD"))) {
		BUF_LIT(&out, " --head");
	} else if (!str_eq(q->method, STR("GET"))) {
		BUF_LIT(&out, " -X");
		add_word(&out, q->method);
	}
	for (size_t i = 0; i < q->headers.count; i++) {
		BUF_LIT(&out, " -H");
		add_word(&out, q->headers.at[i]);
	}
	if (q->body_type.len) {
		BUF_LIT(&out, " -H");
		add_word(&out, str_join(STR("Content-Type: "), q->body_type, a));
	}
	if (q->body.len) {
		BUF_LIT(&out, " --data-raw");
		add_word(&out, q->body);
	}
	add_word(&out, str_printf(a, "http://127.0.0.1:%d" STR_FMT, server_port(e), STR_ARG(q->path)));
	return buf_str(&out);
}

static bool only_compiles(const struct example *e)
{
	return e->kind == EXAMPLE_CHECK || e->expect == EXPECT_COMPILE_ERROR;
}

/* What is to be there before. Go's tool sees to it by itself; pip puts packages beside the program, where they are in nobody's way. */
static void add_packages(const struct example *e, struct buf *out)
{
	if (e->lock_count == 0)
		return;
	if (e->client == PACKAGES_PIP)
		BUF_LIT(out, "python3 -m pip install --quiet --target packages -r requirements.txt && PYTHONPATH=packages ");
	else if (e->client == PACKAGES_NPM)
		BUF_LIT(out, "npm ci --ignore-scripts && ");
}

/* One line for a shell, in the example's folder. */
str example_command(const struct example *e, const struct runner *r, struct arena *a)
{
	struct buf out = { .arena = a };
	struct command_names names;

	program_names(e, r, &names, a);
	add_packages(e, &out);
	if (only_compiles(e)) {
		add_command(&names, r->check.len ? r->check : r->compile, &out);
		return buf_str(&out);
	}
	if (r->compile.len) {
		add_command(&names, r->compile, &out);
		BUF_LIT(&out, " && ");
	}
	add_program(e, r, &names, &out);
	return buf_str(&out);
}

