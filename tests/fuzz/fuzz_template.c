/*
 * The input is a template, then a NUL byte, then its context in JSON; without the second
 * half a fixed context is used.  The template includes itself, a layout and partials.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "data/json.h"
#include "template/template.h"

static const struct source layout = { STR_INIT("layout"),
	STR_INIT("<\n  {{$a}}\n    d {{x}}\n  "
		 "{{/a}}\n{{$b}}{{/b}}{{#l}}{{$a}}{{/a}}{{/l}}\n>\n") };
static const struct source partial = { STR_INIT("p"),
	STR_INIT("{{x}}\n\n{{#l}}\n  {{>q}}\n{{/l}}\n{{$a}}{{.}}{{/a}}") };
static const struct source tree = { STR_INIT("q"),
	STR_INIT("{{#m}}{{>t}}{{/m}}{{! }}\r\n{{n}}") };

static const char fixed[] =
	"{\"x\":\"<&>\",\"n\":null,\"f\":false,\"t\":true,\"i\":3,\"d\":\"p\","
	"\"l\":[1,[2,3],{\"x\":\"in\"},null],\"m\":{\"m\":null,\"x\":\"\"}}";

static void render(str text, const struct value *data, bool lenient, struct arena *a)
{
	struct diags d = { .arena = a };
	struct template_options options = {
		.lenient = lenient, .depth = 20, .max_output = 1 << 18
	};
	struct template_set *set = template_set_new(&options, a);
	struct source src = { STR("t"), text };
	struct buf out = { .arena = a };

	template_add(set, STR("p"), &partial, &d);
	template_add(set, STR("q"), &tree, &d);
	template_add(set, STR("layout"), &layout, &d);
	template_add(set, STR("t"), &src, &d);
	template_set_link(set, &d);
	if (template_find(set, STR("t")))
		template_render(template_find(set, STR("t")), &data, 1, &out, &d);
	buf_clear(&out);
	diags_sort(&d);
	diags_print(&d, &(struct diag_style){ 0 }, &out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	str input = str_new((const char *)bytes, size);
	struct str_pair half = str_cut(input, '\0');
	struct source src = { STR("data"), half.head.len == size ? str_c(fixed) : half.tail };
	struct value data = value_null();

	if (!json_read(&src, src.text, &data, &a, &d))
		data = value_null();
	render(half.head, &data, false, &a);
	render(half.head, &data, true, &a);
	arena_free(&a);
	return 0;
}
