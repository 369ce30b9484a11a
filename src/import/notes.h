/*
 * notes -- what an import mended, kept as it was, or left behind.
 *
 * Nothing is lost silently: whatever does not reach the article as the author wrote it is noted
 * here, with its first places.  Notes belong to one article, or to a whole export for what is
 * no article.
 */
#ifndef IMPORT_NOTES_H
#define IMPORT_NOTES_H

#include "base/str.h"

struct arena;
struct buf;

enum note_kind { NOTE_REPAIRED, NOTE_KEPT, NOTE_DROPPED };

enum note {
	/* repaired */
	NOTE_FAKE_HEADING,
	NOTE_HEADING_LEVEL,
	NOTE_PLAIN_HEADING,
	NOTE_ENCODING,
	NOTE_BYTES,
	NOTE_FENCE,
	NOTE_INDENT,
	NOTE_TABLE_HEAD,
	NOTE_TABLE_SHIFT,
	NOTE_TABLE_SPAN,
	NOTE_TABLE_BLOCKS,
	NOTE_TEXT_TABLE,
	NOTE_PARAGRAPH,
	NOTE_DEFINITIONS,
	NOTE_DEEP,
	NOTE_SHORTCODE,
	NOTE_LIQUID,
	NOTE_YES_NO,
	NOTE_TAG_WORDS,
	NOTE_MEDIA,
	NOTE_TITLE,
	NOTE_SLUG,
	NOTE_IMAGE_FETCHED,
	/* kept */
	NOTE_ENCODING_KEPT,
	NOTE_SHORTCODE_KEPT,
	NOTE_LIQUID_KEPT,
	NOTE_INDENT_LOST,
	NOTE_NO_TITLE,
	NOTE_TERMS_KEPT,
	NOTE_IMAGE_KEPT,
	NOTE_HTML_KEPT,
	/* dropped */
	NOTE_SPAN,
	NOTE_SCRIPT,
	NOTE_STYLE,
	NOTE_FRAME,
	NOTE_HANDLER,
	NOTE_STYLE_ATTRIBUTE,
	NOTE_FORM,
	NOTE_DRAWING,
	NOTE_NOSCRIPT,
	NOTE_COMMENT,
	NOTE_LINK_SCHEME,
	NOTE_EMPTY_LINK,
	NOTE_EMPTY_BLOCK,
	NOTE_IMAGE_NO_SOURCE,
	NOTE_PAGE_BREAK,
	NOTE_UNKNOWN_TAG,
	NOTE_SAME_TITLE,
	NOTE_CODE_LINK,
	NOTE_KRAMDOWN,
	NOTE_LIQUID_COMMENT,
	NOTE_HEAD_COMMENT,
	NOTE_HEAD_KEY,
	NOTE_READER_COMMENT,
	NOTE_ATTACHMENT,
	NOTE_OTHER_ITEM,
	NOTE_TRASH,
	NOTE_FILE,
	NOTE_COUNT,
};

enum { NOTE_PLACES = 5 };

struct note_place {
	int line;   /* from 1; 0: not known */
	str detail; /* a name or an address, or empty */
};

struct note_entry {
	enum note note;
	size_t count;
	struct note_place places[NOTE_PLACES]; /* the first ones */
	size_t place_count;
	struct note_entry *next;
};

struct notes {
	struct arena *arena;
	const char *unit; /* what lines are counted in: "line", "HTML line" */
	struct note_entry *first;
};

/* `detail` is copied, cut when it is long; white space in it becomes one space. */
void notes_add(struct notes *n, enum note note, int line, str detail);

/* How many there are of one sort. */
size_t notes_count(const struct notes *n, enum note note);

enum note_kind note_kind(enum note note);

/* "38 paragraphs in bold became headings (lines 5, 12, 20, ...)". */
void note_write(const struct notes *n, const struct note_entry *e, struct buf *out);

/* The entries of one kind after `at` (null: from the start), in the order of enum note; null at
 * the end. */
const struct note_entry *notes_next(
	const struct notes *n, enum note_kind kind, const struct note_entry *at);

#endif
