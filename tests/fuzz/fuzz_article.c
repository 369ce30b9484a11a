#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "content/article.h"

/* Any bytes give an article with a title and a body inside the text, or a message. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct source src = { STR("content/fuzz.md"), str_new((const char *)data, size) };
	struct article article;
	struct buf text = { .arena = &a };
	bool ok = article_read(&src, STR("go/fuzz.md"), NULL, &article, &a, &d);

	if (ok == (d.errors > 0))
		abort();
	if (ok && (article.title.len == 0 || article.body > size || article.body_line < 1))
		abort();
	if (article.url.len && article.url.ptr[0] != '/')
		abort();
	diags_print(&d, &(struct diag_style){ 0 }, &text);
	arena_free(&a);
	return 0;
}
