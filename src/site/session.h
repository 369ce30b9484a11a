/*
 * session -- a site that stays in memory from one build to the next.
 *
 * Each build makes what depends on the changes and keeps the rest; what comes out, files and messages, is
 * what a build of all would give.  What a page or list was made from is known by hashes (print.h):
 * it is made again when one of them differs.
 *
 * Bulky changes (configuration, templates, data, a new day) are a build of all.
 */
#ifndef SITE_SESSION_H
#define SITE_SESSION_H

#include "base/diag.h"

struct arena;
struct build_report;
struct session;
struct site_options;
struct twin;

/* What may have changed in the sources since the last build, as paths by way of the site's folder. */
struct session_changes {
	bool all; /* anything: look at all files */
	const str *paths;
	size_t count;
};

struct session *session_open(void);
void session_close(struct session *s);

/*
 * Build into options->output. With a twin, what did not change is left as it is there. As site_build(), and
 * after a failure the next build goes on from what is there.
 */
bool session_build(struct session *s, const struct site_options *options, const struct session_changes *changes,
	struct twin *twin, struct build_report *report, struct arena *a, struct diags *d);

/*
 * From now on the index of search is made after the pages: a build that changes words leaves it as it was, and
 * session_has_more() is true until a further build, of no changes, has made it.  Who looks at a page that was
 * just saved does not wait for an index of all the others.
 */
void session_put_off(struct session *s);
bool session_has_more(const struct session *s);

/* After a build into `shown`: make `other` like it. */
void session_level(struct session *s, struct twin *twin, str shown, str other);

/* Files that pages show from elsewhere than the site's usual folders, to be watched as well; each once. */
const str *session_files(const struct session *s, size_t *count, struct arena *a);

#endif
