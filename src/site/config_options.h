/*
 * config_options -- `options:` of gen.yaml: what a site's articles compare besides the languages
 * that gen knows.
 *
 *     options:
 *       frameworks:
 *         - FastAPI
 *         - {name: Gin, color: "#008ecf", also: [gin-gonic], highlight: go}
 *       languages:
 *         - {name: Go, color: "#00a29c"}        changes a language that gen knows
 */
#ifndef SITE_CONFIG_OPTIONS_H
#define SITE_CONFIG_OPTIONS_H

#include "data/value.h"
#include "highlight/registry.h"
#include "site/config.h"

/* False, with messages, when an option is wrong or its name belongs to another. */
bool config_options_read(const struct source *src, const struct value *v, struct registry *out,
	struct arena *a, struct diags *d);

/* The keys of an option, for the documentation. */
void config_options_keys(config_visit *visit, void *ctx);

#endif
