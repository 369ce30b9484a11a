#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "data/json.h"
#include "data/yaml.h"

/*
 * Any bytes give a value or a message, never both and never neither; a value can be written as
 * JSON, and read back it is the same.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct source src = { STR("fuzz.yaml"), str_new((const char *)data, size) };
	struct buf json = { .arena = &a }, text = { .arena = &a };
	struct value v, again;

	if (yaml_read(&src, src.text, 1, NULL, &v, &a, &d)) {
		if (d.errors)
			abort();
		struct value copy = value_copy(&v, &a);
		json_write(&copy, &(struct json_style){ 2, true }, &json);
		if (!json_read(&src, buf_str(&json), &again, &a, &d))
			abort();
	} else if (!d.errors || v.kind != VALUE_NULL) {
		abort();
	}
	diags_print(&d, &(struct diag_style){ 0 }, &text);
	arena_free(&a);
	return 0;
}
