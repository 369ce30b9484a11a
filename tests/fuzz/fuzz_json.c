#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "data/json.h"

/* What is read can be written and read again, and is the same data then. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct source src = { STR("fuzz.json"), str_new((const char *)data, size) };
	struct buf json = { .arena = &a }, text = { .arena = &a };
	struct value v, again;

	if (json_read(&src, src.text, &v, &a, &d)) {
		json_write(&v, &(struct json_style){ 0 }, &json);
		if (d.errors || !json_read(&src, buf_str(&json), &again, &a, &d) ||
			!value_equal(&v, &again))
			abort();
	} else if (!d.errors) {
		abort();
	}
	diags_print(&d, &(struct diag_style){ 0 }, &text);
	arena_free(&a);
	return 0;
}
