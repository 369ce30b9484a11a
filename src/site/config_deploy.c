#include "site/config_deploy.h"

#include "base/arena.h"
#include "data/value.h"
#include "output/deploy.h"

enum { LEAST_SECONDS = 1, MOST_SECONDS = 24 * 3600 };

/* Which kinds have a key: bits of enum deploy_kind. */
enum { FOLDER = 1 << DEPLOY_FOLDER, GIT = 1 << DEPLOY_GIT, RSYNC = 1 << DEPLOY_RSYNC, RCLONE = 1 << DEPLOY_RCLONE,
       ALL = FOLDER | GIT | RSYNC | RCLONE };

enum key { KIND, PATH, REMOTE, BRANCH, MESSAGE, HISTORY, TIMEOUT, KEYS };

static const struct {
	str name;
	int kinds;
	str kind, standard, meaning;
} rows[KEYS] = {
	[KIND] = { STR_INIT("kind"), ALL, STR_INIT("folder, git, rsync or rclone"), STR_INIT(""),
		STR_INIT("How the site gets there.") },
	[PATH] = { STR_INIT("path"), FOLDER, STR_INIT("text"), STR_INIT(""),
		STR_INIT("Of a folder: where it is, from the folder of gen.yaml.") },
	[REMOTE] = { STR_INIT("remote"), GIT | RSYNC | RCLONE, STR_INIT("text"), STR_INIT("origin"),
		STR_INIT("git: name or address of the repository (default: origin). rsync: HOST:PATH, rsync://HOST/MODULE "
			 "or a path. rclone: NAME:PATH.") },
	[BRANCH] = { STR_INIT("branch"), GIT, STR_INIT("text"), STR_INIT("gh-pages"),
		STR_INIT("Of git: the branch that the site is committed to.") },
	[MESSAGE] = { STR_INIT("message"), GIT, STR_INIT("text"), STR_INIT("Deploy {commit}"),
		STR_INIT("Of git: the message of the commit; {commit} becomes that of the sources.") },
	[HISTORY] = { STR_INIT("history"), GIT, STR_INIT("yes or no"), STR_INIT("true"),
		STR_INIT("Of git: false replaces the branch by a single commit each time.") },
	[TIMEOUT] = { STR_INIT("timeout"), GIT | RSYNC | RCLONE, STR_INIT("number"), STR_INIT("1800"),
		STR_INIT("Seconds that git, rsync or rclone may take for one step.") },
};

struct reader {
	const struct source *src;
	struct arena *arena;
	struct diags *diags;
	struct deploy_target *out;
};

static enum key find_key(str name)
{
	for (int i = 0; i < KEYS; i++)
		if (str_eq_key(rows[i].name, name))
			return (enum key)i;
	return KEYS;
}

static bool unknown_key(struct reader *r, const struct value_entry *e)
{
	str names[KEYS];

	diag_error(r->diags, (loc){ r->src, e->line, e->col }, "config", "unknown key \"" STR_FMT "\" of a deploy target",
		STR_ARG(e->key));
	for (int i = 0; i < KEYS; i++)
		names[i] = rows[i].name;
	diag_help_nearest(r->diags, e->key, names, KEYS);
	return false;
}

static bool wrong_value(struct reader *r, const struct value *v, enum key key, const char *fault)
{
	return diag_error(r->diags, value_loc(v, r->src), "config",
		"\"" STR_FMT "\" of the deploy target \"" STR_FMT "\" %s", STR_ARG(rows[key].name), STR_ARG(r->out->name),
		fault);
}

static bool read_text(struct reader *r, const struct value *v, enum key key, str *out)
{
	*out = value_str(v);
	if (v->kind == VALUE_LIST || v->kind == VALUE_MAP || memchr(out->len ? out->ptr : "x", '\0', out->len))
		return wrong_value(r, v, key, "must be text");
	return out->len > 0 || wrong_value(r, v, key, "must be text, and not empty");
}

static bool read_remote(struct reader *r, const struct value *v)
{
	const char *fault;

	if (!read_text(r, v, REMOTE, &r->out->remote))
		return false;
	fault = deploy_remote_fault(r->out->kind, r->out->remote);
	return !fault || wrong_value(r, v, REMOTE, fault);
}

static bool read_branch(struct reader *r, const struct value *v)
{
	const char *fault;

	if (!read_text(r, v, BRANCH, &r->out->branch))
		return false;
	fault = deploy_branch_fault(r->out->branch);
	return !fault || wrong_value(r, v, BRANCH, fault);
}

static bool read_timeout(struct reader *r, const struct value *v)
{
	if (v->kind != VALUE_INT || v->i < LEAST_SECONDS || v->i > MOST_SECONDS)
		return wrong_value(r, v, TIMEOUT, "must be a number of seconds from 1 to 86400");
	r->out->timeout = v->i;
	return true;
}

static bool read_history(struct reader *r, const struct value *v)
{
	if (v->kind != VALUE_BOOL)
		return wrong_value(r, v, HISTORY, "must be true or false");
	r->out->history = v->b;
	return true;
}

static bool read_key(struct reader *r, enum key key, const struct value *v)
{
	switch (key) {
	case PATH:
		return read_text(r, v, key, &r->out->path);
	case REMOTE:
		return read_remote(r, v);
	case BRANCH:
		return read_branch(r, v);
	case MESSAGE:
		return read_text(r, v, key, &r->out->message);
	case HISTORY:
		return read_history(r, v);
	case TIMEOUT:
		return read_timeout(r, v);
	case KIND:
	case KEYS:
		break;
	}
	return true;
}

static bool read_entry(struct reader *r, const struct value_entry *e)
{
	enum key key = find_key(e->key);

	if (key == KEYS)
		return unknown_key(r, e);
	if (!(rows[key].kinds & 1 << r->out->kind))
		return diag_error(r->diags, (loc){ r->src, e->line, e->col }, "config",
			"a deploy target of kind " STR_FMT " has no key \"" STR_FMT "\"",
			STR_ARG(deploy_kind_names[r->out->kind]), STR_ARG(e->key));
	return read_key(r, key, &e->value);
}

static bool read_kind(struct reader *r, const struct value *target, const struct value_entry *named)
{
	const struct value *v = value_get(target, STR("kind"));

	for (size_t i = 0; i < 4; i++) {
		if (str_eq(value_str(v), deploy_kind_names[i])) {
			r->out->kind = (enum deploy_kind)i;
			return true;
		}
	}
	diag_error(r->diags, value_is_null(v) ? (loc){ r->src, named->line, named->col } : value_loc(v, r->src), "config",
		"the deploy target \"" STR_FMT "\" needs a kind: folder, git, rsync or rclone", STR_ARG(named->key));
	diag_help_nearest(r->diags, value_str(v), deploy_kind_names, 4);
	return false;
}

/* A name is a word of the command line. */
static bool check_name(struct reader *r, const struct value_entry *e)
{
	if (e->key.len && e->key.ptr[0] != '-')
		return true;
	return diag_error(r->diags, (loc){ r->src, e->line, e->col }, "config",
		"a deploy target must have a name that does not begin with '-'");
}

static bool check_whole(struct reader *r, const struct value_entry *e)
{
	bool folder = r->out->kind == DEPLOY_FOLDER;

	if (folder ? r->out->path.len : r->out->remote.len)
		return true;
	return diag_error(r->diags, (loc){ r->src, e->line, e->col }, "config",
		"the deploy target \"" STR_FMT "\" needs a %s", STR_ARG(e->key), folder ? "path" : "remote");
}

static bool read_target(struct reader *r, const struct value_entry *e)
{
	bool fine = true;

	*r->out = (struct deploy_target){ .name = e->key, .branch = rows[BRANCH].standard,
		.message = rows[MESSAGE].standard, .history = true, .timeout = 1800 };
	if (!check_name(r, e))
		return false;
	if (e->value.kind != VALUE_MAP)
		return diag_error(r->diags, (loc){ r->src, e->line, e->col }, "config",
			"the deploy target \"" STR_FMT "\" must be a map with a kind, not %s", STR_ARG(e->key),
			value_kind_name(&e->value));
	if (!read_kind(r, &e->value, e))
		return false;
	if (r->out->kind == DEPLOY_GIT)
		r->out->remote = rows[REMOTE].standard;
	for (size_t i = 0; i < value_count(&e->value); i++)
		fine = read_entry(r, &e->value.map->at[i]) && fine;
	return fine && check_whole(r, e);
}

bool config_read_deploy(const struct source *src, const struct value *v, struct deploy_target **targets,
	size_t *count, struct arena *a, struct diags *d)
{
	struct reader r = { .src = src, .arena = a, .diags = d };
	bool fine = true;

	if (v->kind != VALUE_MAP)
		return diag_error(d, value_loc(v, src), "config", "\"deploy\" must be a map of targets, not %s",
			value_kind_name(v));
	*count = value_count(v);
	*targets = arena_array(a, struct deploy_target, *count);
	for (size_t i = 0; i < *count; i++) {
		r.out = &(*targets)[i];
		fine = read_target(&r, &v->map->at[i]) && fine;
	}
	return fine;
}

void config_deploy_keys(config_visit *visit, void *ctx)
{
	for (int i = 0; i < KEYS; i++)
		visit(ctx, &(struct config_key){ STR("deploy.NAME"), rows[i].name, rows[i].kind, rows[i].standard,
				   rows[i].meaning });
}
