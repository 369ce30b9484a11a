/*
 * index_json -- an article as JSON for other programs: docs/exports.md is its contract.
 */
#ifndef SITE_INDEX_JSON_H
#define SITE_INDEX_JSON_H

struct buf;
struct exported;
struct value;

/* Append it. `page` is the context of the page's template. */
void index_json(const struct value *page, const struct exported *blocks, struct buf *out);

#endif
