#include "highlight/registry.h"

#include "base/arena.h"

enum { WORD_MAX = 80 };

static const struct registry_option *find_own(const struct registry *r, str word)
{
	char lower[WORD_MAX];

	if (word.len == 0 || word.len > sizeof(lower))
		return NULL;
	for (size_t i = 0; i < word.len; i++) {
		char c = word.ptr[i];

		lower[i] = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
	}
	return map_get(&r->words, str_new(lower, word.len));
}

const struct language *registry_find(const struct registry *r, str word)
{
	const struct registry_option *own = r && r->own_count ? find_own(r, word) : NULL;

	return own ? &own->language : language_find(word);
}

/* Behind the "|" of its words. */
static bool is_fence_word(const struct language *l, str word)
{
	struct str_pair rest = str_cut(str_cut(l->words, '|').tail, ' ');

	for (; rest.head.len || rest.tail.len; rest = str_cut(rest.tail, ' '))
		if (str_eq_nocase(rest.head, word))
			return true;
	return false;
}

const struct language *registry_compared(const struct registry *r, str name)
{
	const struct language *l = registry_find(r, name);

	if (!l || (l->programming && !is_fence_word(l, name)))
		return l;
	return str_eq_nocase(l->name, name) || str_eq_nocase(l->slug, name) ? l : NULL;
}

const struct registry_option *registry_own(const struct registry *r, const struct language *l)
{
	/* The language is the first member of an option, so one that is found is that option.
	 */
	uintptr_t at = (uintptr_t)l;

	if (!r || r->own_count == 0 || at < (uintptr_t)r->own ||
		at >= (uintptr_t)(r->own + r->own_count))
		return NULL;
	return (const struct registry_option *)l;
}

str registry_syntax(const struct registry *r, const struct language *l)
{
	const struct registry_option *own = registry_own(r, l);

	return own && own->base ? own->base->slug : l->slug;
}

str registry_nearest(const struct registry *r, str word, struct arena *a)
{
	size_t count, used = 0;
	const struct language *all = language_all(&count);
	size_t own = r ? r->own_count : 0;
	str *names = arena_array(a, str, count + own), near;

	for (size_t i = 0; i < own; i++)
		names[used++] = r->own[i].language.name;
	for (size_t i = 0; i < count; i++)
		if (all[i].programming)
			names[used++] = all[i].name;
	near = str_nearest(word, names, used);
	if (str_distance(word, near, 3) > (near.len < 5 ? 1 : 2))
		return (str){ 0 };
	return near;
}

const struct registry_option *registry_claim(
	struct registry *r, str word, struct registry_option *option)
{
	const struct registry_option *other = find_own(r, word);

	if (!other && word.len && word.len <= WORD_MAX)
		*map_put(&r->words, str_lower(word, r->words.arena), NULL) = option;
	return other;
}
