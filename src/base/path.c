#include "base/path.h"

#include "base/arena.h"
#include "base/buf.h"

str path_join(str a, str b, struct arena *arena)
{
	if (b.len == 0)
		return a;
	if (a.len == 0 || b.ptr[0] == '/')
		return b;
	return str_concat(arena,
		(const str[]){ a, a.ptr[a.len - 1] == '/' ? STR("") : STR("/"), b }, 3);
}

str path_folder(str path)
{
	ptrdiff_t slash = str_rfind_char(path, '/');

	return slash < 0 ? (str){ path.ptr, 0 } : str_sub(path, 0, slash ? (size_t)slash : 1);
}

str path_name(str path)
{
	ptrdiff_t slash = str_rfind_char(path, '/');

	return str_from(path, (size_t)(slash + 1));
}

/* A dot at the beginning of a name hides the file, it does not begin an extension. */
str path_extension(str path)
{
	str name = path_name(path);
	ptrdiff_t dot = str_rfind_char(name, '.');

	return dot <= 0 ? str_from(name, name.len) : str_from(name, (size_t)dot);
}

str path_stem(str path)
{
	str name = path_name(path);

	return str_sub(name, 0, name.len - path_extension(path).len);
}

static void drop_last(struct buf *out)
{
	ptrdiff_t slash = str_rfind_char(buf_str(out), '/');

	out->len = slash < 0 ? 0 : (size_t)slash;
}

str path_clean(str path, struct arena *a)
{
	bool absolute = path.len && path.ptr[0] == '/';
	struct buf out = { .arena = a };

	while (path.len) {
		struct str_pair cut = str_cut(path, '/');
		str last = path_name(buf_str(&out));

		path = cut.tail;
		if (cut.head.len == 0 || str_eq(cut.head, STR(".")))
			continue;
		if (str_eq(cut.head, STR("..")) && out.len && !str_eq(last, STR(".."))) {
			drop_last(&out);
			continue;
		}
		if (str_eq(cut.head, STR("..")) && absolute)
			continue;
		if (out.len || absolute)
			buf_char(&out, '/');
		buf_add(&out, cut.head);
	}
	if (absolute && out.len == 0)
		buf_char(&out, '/');
	return buf_str(&out);
}

bool path_leaves(str clean)
{
	return str_starts(clean, STR("/")) || str_eq(clean, STR("..")) ||
	       str_starts(clean, STR("../"));
}
