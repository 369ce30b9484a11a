#include "import/raw_html.h"

#include "import/mend.h"
#include "import/notes.h"

static const str elements[] = { STR_INIT("script"), STR_INIT("style"), STR_INIT("iframe"), STR_INIT("frame"),
	STR_INIT("object"), STR_INIT("embed"), STR_INIT("form"), STR_INIT("svg"), STR_INIT("video"), STR_INIT("audio") };

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The name behind "<", when it is one of those; else empty. */
static str element_at(str text)
{
	size_t length = 0;

	while (length < text.len && is_letter(text.ptr[length]))
		length++;
	for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++)
		if (str_eq_nocase(str_sub(text, 0, length), elements[i]))
			return elements[i];
	return (str){ 0 };
}

/* Text between backticks shows what it shows. */
static void note_line(str line, int number, struct notes *notes)
{
	bool code = false;

	for (size_t i = 0; i < line.len; i++) {
		str name = line.ptr[i] == '<' && !code ? element_at(str_from(line, i + 1)) : (str){ 0 };

		code ^= line.ptr[i] == '`';
		if (name.len)
			notes_add(notes, NOTE_HTML_KEPT, number, name);
	}
}

void raw_html_note(str body, int first_line, struct notes *notes)
{
	struct fence f = { 0 };

	for (int number = first_line; body.len; number++) {
		struct str_pair cut = str_cut(body, '\n');
		bool was = f.mark != 0;

		fence_step(&f, cut.head);
		if (!was && !f.mark)
			note_line(cut.head, number, notes);
		body = cut.tail;
	}
}
