#include "blocks/fence_language.h"

#include "blocks/fence.h"
#include "highlight/language.h"

str fence_language(const struct fence *f, struct arena *a)
{
	const struct language *language = f->lang.len ? language_find(f->lang) : NULL;

	return language ? language->slug : str_lower(f->lang, a);
}

bool fence_language_programs(const struct fence *f)
{
	const struct language *language = f->lang.len ? language_find(f->lang) : NULL;

	return language && language->programming;
}
