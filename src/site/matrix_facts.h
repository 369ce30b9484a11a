/*
 * matrix_facts -- what the decision matrices and comparison tables of an article say, kept for
 * the pages that gather verdicts.
 *
 * Plain data that outlives the page, of its text and the configuration alone: a list is made
 * from it whether the article was composed now or in an earlier build.
 */
#ifndef SITE_MATRIX_FACTS_H
#define SITE_MATRIX_FACTS_H

#include "base/str.h"

struct page;
struct site;
struct value;
struct worker;

struct matrix_option {
	str name;
	str slug; /* that of its hub when it has one */
	str total;
};

struct matrix_choice {
	str scenario;
	int best; /* an option; -1: a tie */
	str says; /* "Go", "Either", "Python or Go" */
};

struct matrix_facts {
	str id;      /* where it stands on the page */
	str title;   /* or empty */
	str verdict; /* in words */
	str flip; /* what changes it, in words; empty when it is a tie or no single weight does
		   */
	int winner; /* an option; -1: a tie */
	bool close;
	struct matrix_option *options;
	int option_count;
	struct matrix_choice *rows;
	int row_count;
	struct matrix_facts *next;
};

/* Keep what lists show of a block that was read: a matrix, or a comparison table with a
 * caption. */
void facts_keep_block(const struct site *s, struct page *p, str kind, const struct value *block,
	struct worker *w);

#endif
