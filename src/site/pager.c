#include "site/model.h"

#include "base/arena.h"
#include "site/address.h"
#include "site/site.h"

enum { AROUND = 3 }; /* the first, the last and seven around the current one: nine at most */

str model_pager_path(str path, size_t number, struct arena *a)
{
	struct buf b = { .arena = a };

	if (number <= 1)
		return path;
	buf_add(&b, path);
	BUF_LIT(&b, "page/");
	buf_int(&b, (int64_t)number);
	BUF_LIT(&b, "/");
	return buf_str(&b);
}

static struct value page_url(const struct site *s, str path, size_t number, size_t count, struct arena *a)
{
	if (number < 1 || number > count)
		return value_null();
	return value_string(address_of(s->config.base_path, model_pager_path(path, number, a), a));
}

static bool is_shown(size_t number, size_t current, size_t count)
{
	return number == 1 || number == count || (number + AROUND >= current && number <= current + AROUND);
}

static struct value page_list(const struct site *s, str path, size_t current, size_t count, struct arena *a)
{
	struct value list = value_list(a);
	size_t last = 0;

	for (size_t n = 1; n <= count; n++) {
		struct value item;

		if (!is_shown(n, current, count)) {
			/* Jump over the gap: a list may have thousands of pages. */
			n = n < current ? current - AROUND - 1 : count - 1;
			continue;
		}
		item = value_map(a);
		value_add(&item, STR("number"), value_int((int64_t)n, a), a);
		value_add(&item, STR("url"), page_url(s, path, n, count, a), a);
		value_add(&item, STR("current"), value_bool(n == current), a);
		value_add(&item, STR("gap"), value_bool(n > last + 1), a);
		value_push(&list, item, a);
		last = n;
	}
	return list;
}

void model_pager(const struct site *s, str path, size_t number, size_t count, struct value *out,
	struct arena *a)
{
	struct value v = value_map(a);

	value_add(&v, STR("number"), value_int((int64_t)number, a), a);
	value_add(&v, STR("count"), value_int((int64_t)count, a), a);
	value_add(&v, STR("has_pages"), value_bool(count > 1), a);
	value_add(&v, STR("previous_url"), page_url(s, path, number - 1, count, a), a);
	value_add(&v, STR("next_url"), page_url(s, path, number + 1, count, a), a);
	value_add(&v, STR("pages"), count > 1 ? page_list(s, path, number, count, a) : value_list(a), a);
	value_add(out, STR("pager"), v, a);
}
