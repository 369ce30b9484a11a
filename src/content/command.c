#include "content/command.h"

#include "base/arena.h"
#include "base/buf.h"

enum { WORDS_MOST = 256 };

static bool next_word(str *rest, struct buf *word)
{
	size_t i = 0;

	*rest = str_trim_start(*rest);
	buf_clear(word);
	for (; i < rest->len && rest->ptr[i] != ' '; i++) {
		if (rest->ptr[i] == '\\' && i + 1 < rest->len)
			i++;
		buf_char(word, rest->ptr[i]);
	}
	*rest = str_from(*rest, i);
	return word->len > 0;
}

/* The names in a word replaced. */
static str fill(str word, const struct command_names *names, struct arena *a)
{
	static const str marks[] = { STR_INIT("{file}"), STR_INIT("{main}") };

	for (size_t i = 0; names && i < 2; i++) {
		ptrdiff_t at = str_find(word, marks[i]);
		str with = i == 0 ? names->file : names->main;

		if (at >= 0)
			word = str_printf(a, STR_FMT STR_FMT STR_FMT, STR_ARG(str_sub(word, 0, (size_t)at)),
				STR_ARG(with), STR_ARG(str_from(word, (size_t)at + marks[i].len)));
	}
	return word;
}

struct str_list command_words(str command, const struct command_names *names, struct arena *a)
{
	str *words = arena_array(a, str, WORDS_MOST);
	struct buf word = { .arena = a };
	size_t count = 0;

	while (count < WORDS_MOST && next_word(&command, &word)) {
		str one = str_copy(buf_str(&word), a);

		if (!names || !str_eq(one, STR("{sources}"))) {
			words[count++] = fill(one, names, a);
			continue;
		}
		for (size_t i = 0; i < names->sources.count && count < WORDS_MOST; i++)
			words[count++] = names->sources.at[i];
	}
	return (struct str_list){ words, count };
}
