/* What hosts and crawlers are told. */
#include "site/config_parts.h"

#include "base/arena.h"
#include "site/config.h"

/* RFC 1123: labels of letters, digits and '-', with dots between. */
static bool is_host(str s)
{
	size_t label = 0, dots = 0;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		bool end = i + 1 == s.len || s.ptr[i + 1] == '.';

		if (c == '.') {
			if (label == 0)
				return false;
			dots++;
			label = 0;
		} else if (!plain && (c != '-' || label == 0 || end)) {
			return false;
		} else if (++label > 63) {
			return false;
		}
	}
	return dots > 0 && label > 0 && s.len <= 253;
}

bool config_read_cname(const struct config_reading *r, const struct value *v)
{
	str host = value_str(v);

	if (v->kind == VALUE_STRING && is_host(host)) {
		r->out->cname = host;
		return true;
	}
	diag_error(r->diags, value_loc(v, r->src), "config",
		"\"cname\" must be a host name such as www.example.org");
	if (str_find(host, STR("://")) >= 0)
		diag_help(r->diags, "leave the protocol and the path off; base_url has them");
	return false;
}

/* A record of robots.txt is a line; the path is below the base path like all others. */
static bool is_path(const struct value *v)
{
	if (v->kind != VALUE_STRING || !str_starts(v->s, STR("/")))
		return false;
	for (size_t i = 0; i < v->s.len; i++)
		if ((unsigned char)v->s.ptr[i] <= ' ' || v->s.ptr[i] == '#' || v->s.ptr[i] == 0x7f)
			return false;
	return true;
}

bool config_read_disallow(const struct config_reading *r, const struct value *v)
{
	size_t count = v->kind == VALUE_LIST ? value_count(v) : 1;
	str *paths = arena_array(r->arena, str, count);

	for (size_t i = 0; i < count; i++) {
		const struct value *path = v->kind == VALUE_LIST ? value_at(v, i) : v;

		if (!is_path(path))
			return diag_error(r->diags, value_loc(path, r->src), "config",
				"\"disallow\" must be paths of the site such as /private/, without blanks and '#'");
		paths[i] = path->s;
	}
	r->out->disallow = (struct str_list){ paths, count };
	return true;
}

bool config_read_ignored(const struct config_reading *r, const struct value *v)
{
	size_t count = v->kind == VALUE_LIST ? value_count(v) : 1;
	str *patterns = arena_array(r->arena, str, count);

	for (size_t i = 0; i < count; i++) {
		const struct value *pattern = v->kind == VALUE_LIST ? value_at(v, i) : v;

		if (pattern->kind != VALUE_STRING || pattern->s.len == 0)
			return diag_error(r->diags, value_loc(pattern, r->src), "config",
				"\"ignore\" must be beginnings of addresses such as https://example.org/, or patterns with '*'");
		patterns[i] = pattern->s;
	}
	r->out->links.ignore = (struct str_list){ patterns, count };
	return true;
}
