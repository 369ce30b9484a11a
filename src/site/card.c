#include "site/card.h"

#include "base/utf8.h"
#include "site/model.h"
#include "site/site.h"

/* SVG does not break lines: at 64 pixels about 30 characters fit. */
enum { LINE_CHARACTERS = 30, LINES = 4, LINE_HEIGHT = 80, FIRST_LINE = 240, LEFT = 80, WIDTH = 1040, GAP = 12 };

str card_path(const struct page *p, struct arena *a)
{
	return str_join(p->path, STR("card.svg"), a);
}

/* As many words as fit; a word that is too long stands alone. */
static str take_line(str *rest)
{
	size_t end = 0, at = 0;
	str line;

	while (at < rest->len) {
		size_t word = at;

		while (word < rest->len && rest->ptr[word] != ' ')
			word++;
		if (end > 0 && utf8_count(str_sub(*rest, 0, word)) > LINE_CHARACTERS)
			break;
		end = word;
		at = word + 1;
	}
	line = str_sub(*rest, 0, end);
	*rest = str_trim_start(str_from(*rest, end));
	return line;
}

static struct value title_lines(str title, struct arena *a)
{
	struct value lines = value_list(a);

	title = str_trim(title);
	for (int i = 0; i < LINES && title.len; i++) {
		struct value item = value_map(a);
		str line = take_line(&title);

		if (i == LINES - 1 && title.len)
			line = str_join(line, STR(" …"), a);
		value_add(&item, STR("text"), value_string(line), a);
		value_add(&item, STR("y"), value_int(FIRST_LINE + i * LINE_HEIGHT, a), a);
		value_push(&lines, item, a);
	}
	return lines;
}

static struct value language_bars(const struct page *p, struct arena *a)
{
	struct value list = value_list(a);
	int count = p->language_count < 4 ? (int)p->language_count : 4;
	int width = count ? (WIDTH - GAP * (count - 1)) / count : 0;

	for (int i = 0; i < count; i++) {
		struct value item = value_map(a);

		value_add(&item, STR("name"), value_string(p->languages[i]->name), a);
		value_add(&item, STR("color"), value_string_or_null(p->languages[i]->color), a);
		value_add(&item, STR("x"), value_int(LEFT + i * (width + GAP), a), a);
		value_add(&item, STR("width"), value_int(width, a), a);
		value_push(&list, item, a);
	}
	return list;
}

void card_value(const struct page *p, struct value *out, struct arena *a)
{
	struct value verdict = value_null();

	if (p->facts.has_verdict) {
		verdict = value_map(a);
		value_add(&verdict, STR("winner"), value_string_or_null(p->facts.winner), a);
	}
	model_put_list(out, STR("lines"), title_lines(p->meta.title, a), a);
	model_put_list(out, STR("languages"), language_bars(p, a), a);
	value_add(out, STR("verdict"), verdict, a);
}
