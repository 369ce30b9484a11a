#include "import/notes.h"

#include "base/arena.h"
#include "base/buf.h"

enum { DETAIL_BYTES = 60 };

static const struct row {
	enum note_kind kind;
	const char *one, *many;
} rows[NOTE_COUNT] = {
	[NOTE_FAKE_HEADING] = { NOTE_REPAIRED, "paragraph in bold became a heading",
		"paragraphs in bold became headings" },
	[NOTE_HEADING_LEVEL] = { NOTE_REPAIRED, "heading moved down a level, below the title",
		"headings moved down a level, below the title" },
	[NOTE_PLAIN_HEADING] = { NOTE_REPAIRED, "line became a heading",
		"lines became headings" },
	[NOTE_ENCODING] = { NOTE_REPAIRED, "character saved in the wrong encoding was mended",
		"characters saved in the wrong encoding were mended" },
	[NOTE_BYTES] = { NOTE_REPAIRED, "text that is not UTF-8 was read as Windows-1252",
		"texts that are not UTF-8 were read as Windows-1252" },
	[NOTE_FENCE] = { NOTE_REPAIRED, "code block got its fence back",
		"code blocks got their fences back" },
	[NOTE_INDENT] = { NOTE_REPAIRED, "code block was indented by its braces",
		"code blocks were indented by their braces" },
	[NOTE_TABLE_HEAD] = { NOTE_REPAIRED,
		"table without a heading takes its first row for one",
		"tables without a heading take their first row for one" },
	[NOTE_TABLE_SHIFT] = { NOTE_REPAIRED, "table heading was shifted by a column",
		"table headings were shifted by a column" },
	[NOTE_TABLE_SPAN] = { NOTE_REPAIRED,
		"cell over several columns or rows was followed by empty ones",
		"cells over several columns or rows were followed by empty ones" },
	[NOTE_TABLE_BLOCKS] = { NOTE_REPAIRED, "table cell with blocks inside became lines",
		"table cells with blocks inside became lines" },
	[NOTE_TEXT_TABLE] = { NOTE_REPAIRED, "table drawn with spaces became a table",
		"tables drawn with spaces became tables" },
	[NOTE_PARAGRAPH] = { NOTE_REPAIRED, "line became a paragraph of its own",
		"lines became paragraphs of their own" },
	[NOTE_DEFINITIONS] = { NOTE_REPAIRED, "definition list became paragraphs",
		"definition lists became paragraphs" },
	[NOTE_DEEP] = { NOTE_REPAIRED, "list or quote nested too deep was lifted",
		"lists or quotes nested too deep were lifted" },
	[NOTE_SHORTCODE] = { NOTE_REPAIRED, "shortcode became Markdown",
		"shortcodes became Markdown" },
	[NOTE_LIQUID] = { NOTE_REPAIRED, "Liquid tag became Markdown",
		"Liquid tags became Markdown" },
	[NOTE_YES_NO] = { NOTE_REPAIRED, "yes or no became true or false",
		"yes or no became true or false" },
	[NOTE_TAG_WORDS] = { NOTE_REPAIRED, "text of words became a list",
		"texts of words became lists" },
	[NOTE_MEDIA] = { NOTE_REPAIRED, "video or sound became a link",
		"videos or sounds became links" },
	[NOTE_TITLE] = { NOTE_REPAIRED, "heading became the title",
		"headings became the title" },
	[NOTE_SLUG] = { NOTE_REPAIRED, "file name was made from the title",
		"file names were made from the title" },
	[NOTE_ENCODING_KEPT] = { NOTE_KEPT,
		"character saved in the wrong encoding (--repair-encoding mends it)",
		"characters saved in the wrong encoding (--repair-encoding mends them)" },
	[NOTE_SHORTCODE_KEPT] = { NOTE_KEPT, "shortcode that gen does not have",
		"shortcodes that gen does not have" },
	[NOTE_LIQUID_KEPT] = { NOTE_KEPT, "Liquid tag that gen does not have",
		"Liquid tags that gen does not have" },
	[NOTE_INDENT_LOST] = { NOTE_KEPT, "code block that lost its indentation",
		"code blocks that lost their indentation" },
	[NOTE_NO_TITLE] = { NOTE_KEPT, "file name as the title, for the text has none",
		"file names as the title, for the text has none" },
	[NOTE_IMAGE_FETCHED] = { NOTE_REPAIRED, "image was brought into content/images",
		"images were brought into content/images" },
	[NOTE_IMAGE_KEPT] = { NOTE_KEPT, "image that could not be fetched, at its address elsewhere",
		"images that could not be fetched, at their addresses elsewhere" },
	[NOTE_HTML_KEPT] = { NOTE_KEPT, "HTML element that pages show as text",
		"HTML elements that pages show as text" },
	[NOTE_TERMS_KEPT] = { NOTE_KEPT,
		"category or tag by number only, for the export has no names",
		"categories or tags by number only, for the export has no names" },
	[NOTE_SPAN] = { NOTE_DROPPED, "span", "spans" },
	[NOTE_SCRIPT] = { NOTE_DROPPED, "script", "scripts" },
	[NOTE_STYLE] = { NOTE_DROPPED, "style sheet", "style sheets" },
	[NOTE_FRAME] = { NOTE_DROPPED, "frame or embedded object",
		"frames or embedded objects" },
	[NOTE_HANDLER] = { NOTE_DROPPED, "event handler", "event handlers" },
	[NOTE_STYLE_ATTRIBUTE] = { NOTE_DROPPED, "style attribute", "style attributes" },
	[NOTE_FORM] = { NOTE_DROPPED, "form control", "form controls" },
	[NOTE_DRAWING] = { NOTE_DROPPED, "drawing or formula in XML",
		"drawings or formulas in XML" },
	[NOTE_NOSCRIPT] = { NOTE_DROPPED, "text for browsers without scripts",
		"texts for browsers without scripts" },
	[NOTE_COMMENT] = { NOTE_DROPPED, "HTML comment", "HTML comments" },
	[NOTE_LINK_SCHEME] = { NOTE_DROPPED, "link to an unsafe address",
		"links to unsafe addresses" },
	[NOTE_EMPTY_LINK] = { NOTE_DROPPED, "link without a text", "links without a text" },
	[NOTE_EMPTY_BLOCK] = { NOTE_DROPPED, "empty paragraph, heading or item",
		"empty paragraphs, headings or items" },
	[NOTE_IMAGE_NO_SOURCE] = { NOTE_DROPPED, "image without an address",
		"images without an address" },
	[NOTE_PAGE_BREAK] = { NOTE_DROPPED, "page break", "page breaks" },
	[NOTE_UNKNOWN_TAG] = { NOTE_DROPPED, "unknown HTML tag, its text kept",
		"unknown HTML tags, their text kept" },
	[NOTE_SAME_TITLE] = { NOTE_DROPPED, "first heading, the same as the title",
		"first headings, the same as the title" },
	[NOTE_CODE_LINK] = { NOTE_DROPPED, "link inside of code", "links inside of code" },
	[NOTE_KRAMDOWN] = { NOTE_DROPPED, "attribute list of kramdown",
		"attribute lists of kramdown" },
	[NOTE_LIQUID_COMMENT] = { NOTE_DROPPED, "comment of Liquid", "comments of Liquid" },
	[NOTE_HEAD_COMMENT] = { NOTE_DROPPED, "comment in the front matter",
		"comments in the front matter" },
	[NOTE_HEAD_KEY] = { NOTE_DROPPED, "key of the front matter",
		"keys of the front matter" },
	[NOTE_READER_COMMENT] = { NOTE_DROPPED, "comment of a reader", "comments of readers" },
	[NOTE_ATTACHMENT] = { NOTE_DROPPED, "attachment", "attachments" },
	[NOTE_OTHER_ITEM] = { NOTE_DROPPED, "item that is neither a post nor a page",
		"items that are neither posts nor pages" },
	[NOTE_TRASH] = { NOTE_DROPPED, "post in the trash", "posts in the trash" },
	[NOTE_FILE] = { NOTE_DROPPED, "file that is no article", "files that are no articles" },
};

static struct note_entry *find(const struct notes *n, enum note note)
{
	struct note_entry *e = n->first;

	while (e && e->note != note)
		e = e->next;
	return e;
}

static struct note_entry *make(struct notes *n, enum note note)
{
	struct note_entry **at = &n->first, *e = arena_new(n->arena, struct note_entry);

	while (*at && (*at)->note < note)
		at = &(*at)->next;
	*e = (struct note_entry){ .note = note, .next = *at };
	*at = e;
	return e;
}

/* One line, short; cut between characters. */
static str shorten(str s, struct arena *a)
{
	struct buf out = { .arena = a };

	for (size_t i = 0; i < s.len; i++) {
		bool space = (unsigned char)s.ptr[i] <= ' ' || s.ptr[i] == 0x7f;

		if (out.len >= DETAIL_BYTES && ((unsigned char)s.ptr[i] & 0xc0) != 0x80) {
			BUF_LIT(&out, "...");
			break;
		}
		if (!space)
			buf_char(&out, s.ptr[i]);
		else if (out.len && out.ptr[out.len - 1] != ' ')
			buf_char(&out, ' ');
	}
	return str_trim(buf_str(&out));
}

void notes_add(struct notes *n, enum note note, int line, str detail)
{
	struct note_entry *e = find(n, note);

	if (!e)
		e = make(n, note);
	e->count++;
	if (e->place_count == NOTE_PLACES || (line == 0 && detail.len == 0))
		return;
	e->places[e->place_count++] = (struct note_place){ line, shorten(detail, n->arena) };
}

size_t notes_count(const struct notes *n, enum note note)
{
	const struct note_entry *e = find(n, note);

	return e ? e->count : 0;
}

enum note_kind note_kind(enum note note)
{
	return rows[note].kind;
}

static bool has_details(const struct note_entry *e)
{
	for (size_t i = 0; i < e->place_count; i++)
		if (e->places[i].detail.len)
			return true;
	return false;
}

/* "lines 5, 12", or "youtube, line 3; gist, line 9" when places have names. */
static void write_places(const struct notes *n, const struct note_entry *e, struct buf *out)
{
	bool details = has_details(e);

	for (size_t i = 0; i < e->place_count; i++) {
		const struct note_place *p = &e->places[i];

		if (i)
			buf_add(out, details ? STR("; ") : STR(", "));
		buf_add(out, p->detail);
		if (p->line && details)
			buf_printf(out, "%s%s %d", p->detail.len ? ", " : "", n->unit, p->line);
		else if (p->line && i == 0)
			buf_printf(out, "%s%s %d", n->unit, e->count > 1 ? "s" : "", p->line);
		else if (p->line)
			buf_printf(out, "%d", p->line);
	}
	if (e->count > e->place_count)
		buf_add(out, details ? STR("; ...") : STR(", ..."));
}

void note_write(const struct notes *n, const struct note_entry *e, struct buf *out)
{
	buf_printf(out, "%zu %s", e->count,
		e->count == 1 ? rows[e->note].one : rows[e->note].many);
	if (e->place_count == 0)
		return;
	BUF_LIT(out, " (");
	write_places(n, e, out);
	BUF_LIT(out, ")");
}

const struct note_entry *notes_next(
	const struct notes *n, enum note_kind kind, const struct note_entry *at)
{
	const struct note_entry *e = at ? at->next : n->first;

	while (e && rows[e->note].kind != kind)
		e = e->next;
	return e;
}
