/*
 * post -- a post of WordPress, from whichever export, to an article.
 */
#ifndef IMPORT_POST_H
#define IMPORT_POST_H

#include "data/value.h"

struct arena;
struct importing;

struct post {
	loc at;
	str id, slug, link, status, type, author, image; /* empty when not known */
	str title, content, excerpt;                     /* HTML */
	str date, date_gmt, modified, modified_gmt;
	struct value tags, categories; /* lists of names */
	struct value term_ids;         /* a map of numbers, where names are not known */
	bool locked;                   /* behind a password */
	bool raw; /* the content is as the editor keeps it: shortcodes, line ends that mean
		     something */
	int content_line; /* in the file; 0: not known, lines count from the beginning of the
			     HTML */
};

bool post_import(struct importing *im, const struct post *p, struct arena *a);

#endif
