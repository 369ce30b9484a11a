/*
 * config_deploy -- `deploy:` of gen.yaml: where the site goes, by name.
 */
#ifndef SITE_CONFIG_DEPLOY_H
#define SITE_CONFIG_DEPLOY_H

#include "site/config.h"

struct deploy_target;

/* Read the map of targets. False, with messages, when something in it is wrong. */
bool config_read_deploy(const struct source *src, const struct value *v, struct deploy_target **targets,
	size_t *count, struct arena *a, struct diags *d);

/* The keys of a target, for the documentation. */
void config_deploy_keys(config_visit *visit, void *ctx);

#endif
