#include "site/shown.h"

#include "base/hash.h"
#include "site/lists.h"
#include "site/site.h"

uint64_t shown_pages(const struct shown *shown, struct page *const *pages, size_t count)
{
	uint64_t hash = count;

	for (size_t i = 0; i < count; i++)
		hash = (hash ^ shown->pages[pages[i] - shown->site->pages]) * 0x9e3779b97f4a7c15 + (hash >> 29);
	return hash;
}

uint64_t shown_slice(const struct shown *shown, struct page *const *pages, size_t count, size_t number,
	size_t per_page)
{
	size_t from = (number - 1) * per_page;
	size_t to = from + per_page < count ? from + per_page : count;

	return from < to ? shown_pages(shown, pages + from, to - from) : 0;
}

uint64_t shown_verdicts(const struct shown *shown, const void *of, struct page *const *pages, size_t count)
{
	struct shown_last *last = shown->last;
	uint64_t hash = count;

	if (last->of == of)
		return last->hash;
	for (size_t i = 0; i < count; i++)
		hash = (hash ^ shown->said[pages[i] - shown->site->pages]) * 0x9e3779b97f4a7c15 + (hash >> 29);
	*last = (struct shown_last){ of, hash };
	return hash;
}

uint64_t shown_heads(const struct shown *shown, const struct list_job *job)
{
	(void)job;
	return shown->heads;
}

uint64_t shown_search(const struct shown *shown, const struct list_job *job)
{
	(void)job;
	return hash_64(shown->site->search.path);
}

uint64_t shown_nothing(const struct shown *shown, const struct list_job *job)
{
	(void)shown;
	(void)job;
	return 0;
}
