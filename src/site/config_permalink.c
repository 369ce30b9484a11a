#include "site/config_parts.h"

#include "base/arena.h"
#include "site/config.h"
#include "site/permalink.h"

bool config_read_permalinks(const struct config_reading *r, const struct value *v)
{
	struct config *c = r->out;
	bool fine = true;

	if (v->kind != VALUE_MAP)
		return diag_error(r->diags, value_loc(v, r->src), "config",
			"\"permalinks\" must be a map like {default: /:year/:slug/}, not %s", value_kind_name(v));
	c->permalinks = arena_array(r->arena, struct config_permalink, value_count(v));
	for (size_t i = 0; i < value_count(v); i++) {
		const struct value_entry *e = &v->map->at[i];
		loc at = value_loc(&e->value, r->src);
		str section = e->key;

		if (e->value.kind != VALUE_STRING) {
			fine = diag_error(r->diags, at, "config",
				"the pattern of \"" STR_FMT "\" must be text like /:year/:slug/, not %s", STR_ARG(e->key),
				value_kind_name(&e->value));
			continue;
		}
		fine = permalink_check(e->value.s, at, r->diags) && fine;
		while (str_starts(section, STR("/")))
			section = str_from(section, 1);
		while (str_ends(section, STR("/")))
			section.len--;
		c->permalinks[c->permalink_count++] = (struct config_permalink){
			str_eq(section, STR("default")) ? (str){ 0 } : section, e->value.s };
	}
	return fine;
}
