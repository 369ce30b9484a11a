#include "blocks/fence_language.h"

#include "blocks/fence.h"
#include "highlight/registry.h"

str fence_language(const struct registry *r, const struct fence *f, struct arena *a)
{
	const struct language *language = f->lang.len ? registry_find(r, f->lang) : NULL;

	return language ? registry_syntax(r, language) : str_lower(f->lang, a);
}

bool fence_language_programs(const struct registry *r, const struct fence *f)
{
	const struct language *language = f->lang.len ? registry_find(r, f->lang) : NULL;
	const struct registry_option *own = registry_own(r, language);

	if (own)
		return own->base && own->base->programming;
	return language && language->programming;
}
