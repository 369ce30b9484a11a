/* Whatever a server sends: read within its bounds, and the same whether or not its body is wanted. */
#include <stdlib.h>

#include "base/arena.h"
#include "examples/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str all = str_new((const char *)data, size);
	struct http_answer answer, other;
	struct arena a = { 0 };
	str value;

	for (int i = 0; i < 4; i++) {
		enum http_state state = http_read(all, i & 1, i & 2, &answer, &a);

		if (http_read(all, i & 1, i & 2, &other, NULL) != state)
			abort();
		if (state == HTTP_WHOLE && (answer.status < 100 || answer.status > 999 || answer.body.len > size))
			abort();
		for (size_t nth = 0; state == HTTP_WHOLE && http_header(&answer, STR("A"), nth, &value); nth++)
			if (value.len > size)
				abort();
	}
	arena_free(&a);
	return 0;
}
