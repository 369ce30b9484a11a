/*
 * document -- a file of Markdown, HTML or text on its way to an article.
 */
#ifndef IMPORT_DOCUMENT_H
#define IMPORT_DOCUMENT_H

#include "import/matter.h"

struct importing;

struct document {
	const struct source *src; /* its text is mended already */
	struct notes notes;
	struct matter matter;
	struct value meta;
	str body;
};

/* Read and convert the front matter of a file. False, with a message, when it cannot be. */
bool document_open(struct importing *im, str path, enum import_kind kind, struct document *out,
	struct arena *a);

/* "text" gives the title when the front matter has none. */
bool document_has(const struct document *doc, str key);
void document_put_text(struct document *doc, str key, str text, struct arena *a);

#endif
