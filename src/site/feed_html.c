#include "site/feed_html.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "site/address.h"

struct rewriting {
	str origin, url;
	struct buf *out;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "../x.png#y" below "/a/b/" -> "/a/x.png#y"; what follows '?' or '#' is no path. */
static void write_relative(const struct rewriting *r, str address)
{
	struct arena *a = r->out->arena;
	size_t end = 0;
	str path, folder = r->url;
	bool closed;

	while (end < address.len && address.ptr[end] != '?' && address.ptr[end] != '#')
		end++;
	path = str_sub(address, 0, end);
	closed = str_ends(path, STR("/"));
	while (folder.len && folder.ptr[folder.len - 1] != '/')
		folder.len--;
	buf_add(r->out, r->origin);
	if (end == 0) {
		buf_add(r->out, r->url);
	} else {
		path = path_clean(str_join(str_from(folder, 1), path, a), a);
		/* There is nothing above the root. */
		while (str_eq(path, STR("..")) || str_starts(path, STR("../")))
			path = str_from(path, path.len > 2 ? 3 : 2);
		buf_char(r->out, '/');
		buf_add(r->out, path);
		if (closed && !str_ends(buf_str(r->out), STR("/")))
			buf_char(r->out, '/');
	}
	buf_add(r->out, str_from(address, end));
}

static void write_address(const struct rewriting *r, str address)
{
	if (address_is_external(address))
		buf_add(r->out, address);
	else if (str_starts(address, STR("/")))
		buf_add(r->out, str_join(r->origin, address, r->out->arena));
	else
		write_relative(r, address);
}

/* "small.png 1x, large.png 2x" */
static void write_addresses(const struct rewriting *r, str list)
{
	while (list.len) {
		struct str_pair cut = str_cut(list, ',');
		str item = str_trim(cut.head);
		size_t end = 0;

		while (end < item.len && !is_blank(item.ptr[end]))
			end++;
		write_address(r, str_sub(item, 0, end));
		buf_add(r->out, str_from(item, end));
		list = cut.tail;
		if (list.len)
			buf_add(r->out, STR(", "));
	}
}

static bool is_address(str name)
{
	static const str names[] = { STR_INIT("href"), STR_INIT("src"), STR_INIT("poster"), STR_INIT("cite"),
		STR_INIT("action"), STR_INIT("data") };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq_nocase(name, names[i]))
			return true;
	return false;
}

static void write_value(const struct rewriting *r, str name, str value)
{
	if (str_eq_nocase(name, STR("srcset")))
		write_addresses(r, value);
	else if (is_address(name) && value.len)
		write_address(r, value);
	else
		buf_add(r->out, value);
}

/* The length of a tag from its '<' to its '>', which may stand in a value as well; 0 when it has no end. */
static size_t tag_length(str html)
{
	char quote = 0;

	for (size_t i = 1; i < html.len; i++) {
		char c = html.ptr[i];

		if (quote)
			quote = c == quote ? 0 : quote;
		else if ((c == '"' || c == '\'') && html.ptr[i - 1] == '=')
			quote = c;
		else if (c == '>')
			return i + 1;
	}
	return 0;
}

static size_t name_end(str tag, size_t at)
{
	while (at < tag.len && !is_blank(tag.ptr[at]) && tag.ptr[at] != '=' && tag.ptr[at] != '>' && tag.ptr[at] != '/')
		at++;
	return at;
}

/* `at` stands behind '='. */
static size_t copy_value(const struct rewriting *r, str tag, str name, size_t at)
{
	char quote = tag.ptr[at];
	size_t end;

	if (quote == '"' || quote == '\'') {
		end = at + 1;
		while (end < tag.len && tag.ptr[end] != quote)
			end++;
		buf_char(r->out, quote);
		write_value(r, name, str_sub(tag, at + 1, end));
		return end;
	}
	end = at;
	while (end < tag.len && !is_blank(tag.ptr[end]) && tag.ptr[end] != '>')
		end++;
	write_value(r, name, str_sub(tag, at, end));
	return end;
}

static void write_tag(const struct rewriting *r, str tag)
{
	size_t at = name_end(tag, 1);

	buf_add(r->out, str_sub(tag, 0, at));
	while (at < tag.len) {
		size_t end = name_end(tag, at);
		str name = str_sub(tag, at, end);

		buf_add(r->out, name);
		at = end;
		if (at < tag.len && tag.ptr[at] == '=' && at + 1 < tag.len && name.len) {
			buf_char(r->out, '=');
			at = copy_value(r, tag, name, at + 1);
		}
		if (at < tag.len)
			buf_char(r->out, tag.ptr[at++]);
	}
}

/* What readers of feeds refuse or must not run: skipped to its end. 0: it is none of that. */
static size_t dropped_length(str html)
{
	static const str opened[] = { STR_INIT("<script"), STR_INIT("<style"), STR_INIT("<!--") };
	static const str closed[] = { STR_INIT("</script>"), STR_INIT("</style>"), STR_INIT("-->") };

	for (size_t i = 0; i < sizeof(opened) / sizeof(opened[0]); i++) {
		ptrdiff_t end;

		if (html.len < opened[i].len || !str_eq_nocase(str_sub(html, 0, opened[i].len), opened[i]))
			continue;
		for (end = (ptrdiff_t)opened[i].len; (size_t)end + closed[i].len <= html.len; end++)
			if (str_eq_nocase(str_sub(html, (size_t)end, (size_t)end + closed[i].len), closed[i]))
				return (size_t)end + closed[i].len;
		return html.len;
	}
	return 0;
}

void feed_html_write(str html, str origin, str url, struct buf *out)
{
	const struct rewriting r = { origin, url, out };

	while (html.len) {
		ptrdiff_t open = str_find_char(html, '<');
		size_t text = open < 0 ? html.len : (size_t)open, length;

		buf_add(out, str_sub(html, 0, text));
		html = str_from(html, text);
		if (html.len == 0)
			return;
		length = dropped_length(html);
		if (length == 0) {
			length = html.len > 1 && is_letter(html.ptr[1]) ? tag_length(html) : 0;
			if (length)
				write_tag(&r, str_sub(html, 0, length));
			else
				buf_add(out, str_sub(html, 0, length = 1));
		}
		html = str_from(html, length);
	}
}
