/*
 * verdicts -- what the decision matrices of many articles say, scenario by scenario.
 *
 * Scenarios of one set of options stand in one table: what the newest article says, and where older
 * ones said otherwise.  Articles are added newest first.
 */
#ifndef SITE_VERDICTS_H
#define SITE_VERDICTS_H

#include "base/buf.h"
#include "base/map.h"
#include "site/matrix_facts.h"

struct verdict_said {
	const struct page *page;
	const struct matrix_facts *matrix;
	const struct matrix_choice *choice;
};

enum { EARLIER_SHOWN = 3, OPTIONS_MOST = 16 };

struct verdict_row {
	struct verdict_said latest;
	struct verdict_said earlier[EARLIER_SHOWN]; /* that say otherwise, newest first */
	size_t earlier_count; /* all of them */
	struct verdict_row *next;
};

struct verdict_table {
	const struct matrix_facts *matrix; /* of the newest article */
	int options[OPTIONS_MOST]; /* of that matrix, by slug */
	struct verdict_row *rows, **last;
	size_t count;
	bool more; /* it has scenarios over the limit */
	struct verdict_table *next;
};

struct verdicts {
	struct arena *arena;
	size_t most; /* scenarios shown in all */
	struct verdict_table *tables, **last; /* in the order of the newest article */
	size_t table_count, count;
	bool more; /* some scenarios are over the limit */
	struct map by_options, by_scenario;
	struct buf options_key, key; /* being looked for */
};

void verdicts_start(struct verdicts *v, size_t most, struct arena *a);
void verdicts_add(struct verdicts *v, const struct page *p, const struct matrix_facts *m);

#endif
