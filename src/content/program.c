#include "content/program.h"

#include "base/arena.h"
#include "base/path.h"
#include "content/example.h"
#include "content/runner.h"

static str next_word(str *rest)
{
	size_t i = 0;

	*rest = str_trim_start(*rest);
	while (i < rest->len && !strchr(" \t\n{(<;", rest->ptr[i]))
		i++;
	str word = str_sub(*rest, 0, i);
	*rest = str_from(*rest, i);
	return word;
}

/* "public final class Greeter {" -> "Greeter"; only at the start of a line, as javac wants it at the top level. */
static str find_class(str code)
{
	static const str kinds[] = { STR_INIT("class"), STR_INIT("interface"), STR_INIT("enum"),
		STR_INIT("record") };

	while (code.len) {
		struct str_pair line = str_cut(code, '\n');
		str rest = line.head;

		code = line.tail;
		if (!str_starts(rest, STR("public ")))
			continue;
		for (str word = next_word(&rest); word.len; word = next_word(&rest))
			for (size_t i = 0; i < 4; i++)
				if (str_eq(word, kinds[i]))
					return next_word(&rest);
	}
	return (str){ 0 };
}

str program_file(const struct example *e, const struct runner *r, struct arena *a)
{
	str name = r->class_file ? find_class(e->program) : (str){ 0 };

	return name.len ? str_printf(a, STR_FMT STR_FMT, STR_ARG(name), STR_ARG(path_extension(r->file)))
			: r->file;
}

void program_names(const struct example *e, const struct runner *r, struct command_names *out, struct arena *a)
{
	str file = program_file(e, r, a);
	str *sources = arena_array(a, str, e->file_count + 1);
	size_t count = 0;

	sources[count++] = file;
	for (size_t i = 0; i < e->file_count; i++)
		if (str_eq(path_extension(e->files[i].name), path_extension(file)))
			sources[count++] = e->files[i].name;
	*out = (struct command_names){ file, path_stem(file), { sources, count } };
}
