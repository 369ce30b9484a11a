#include "import/document.h"

#include "base/arena.h"
#include "import/html_tree.h"
#include "import/importing.h"

bool document_open(struct importing *im, str path, enum import_kind kind, struct document *out,
	struct arena *a)
{
	struct source *src;

	*out = (struct document){ .notes = importing_notes(im, "line") };
	src = importing_read(im, path, &out->notes, a);
	if (!src)
		return false;
	if (src->text.len > HTML_BYTES)
		return diag_error(im->d, (loc){ src, 0, 0 }, "import",
			"the text has %zu bytes, more than the %d MB that an article may have",
			src->text.len, HTML_BYTES >> 20);
	src->text = importing_mend(im, src->text, 1, &out->notes, a);
	out->src = src;
	if (!matter_read(src, kind, &out->matter, a, im->d))
		return false;
	out->meta = matter_convert(&out->matter, kind, &out->notes, a);
	out->body = str_from(src->text, out->matter.body);
	return true;
}

bool document_has(const struct document *doc, str key)
{
	return !value_is_null(value_get(&doc->meta, key));
}

void document_put_text(struct document *doc, str key, str text, struct arena *a)
{
	if (text.len && !document_has(doc, key))
		value_put(&doc->meta, key, value_string(text), a);
}
