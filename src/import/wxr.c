#include "import/wxr.h"

#include <expat.h>
#include <limits.h>

#include "base/arena.h"
#include "base/buf.h"
#include "import/html.h"
#include "import/importing.h"
#include "import/post.h"

enum { MOST_DEPTH = 100 };

/* The elements of an <item> whose text is kept. */
static const struct field {
	const char *name;
	size_t at; /* a str in struct post */
} fields[] = {
	{ "title", offsetof(struct post, title) },
	{ "link", offsetof(struct post, link) },
	{ "dc:creator", offsetof(struct post, author) },
	{ "content:encoded", offsetof(struct post, content) },
	{ "excerpt:encoded", offsetof(struct post, excerpt) },
	{ "wp:post_id", offsetof(struct post, id) },
	{ "wp:post_name", offsetof(struct post, slug) },
	{ "wp:post_date", offsetof(struct post, date) },
	{ "wp:post_date_gmt", offsetof(struct post, date_gmt) },
	{ "wp:post_modified", offsetof(struct post, modified) },
	{ "wp:post_modified_gmt", offsetof(struct post, modified_gmt) },
	{ "wp:status", offsetof(struct post, status) },
	{ "wp:post_type", offsetof(struct post, type) },
};

struct wxr {
	struct importing *im;
	const struct source *src;
	XML_Parser parser;
	struct arena kept;  /* of the whole file: authors, attachments */
	struct arena item;  /* of one item */
	struct map authors; /* login -> name */
	struct map images;  /* number of an attachment -> address */
	bool collecting;    /* the first pass, which only looks for these two */
	bool failed, any;
	int depth;
	int item_depth; /* 0: outside of items */
	struct post post;
	struct buf text; /* of the element that is open; on the heap, used again */
	str domain, login, display, meta_key, thumbnail, attachment;
};

static void stop(struct wxr *w, const char *what)
{
	loc at = { w->src, (int)XML_GetCurrentLineNumber(w->parser),
		(int)XML_GetCurrentColumnNumber(w->parser) + 1 };

	diag_error(w->im->d, at, "import", "%s", what);
	w->failed = true;
	XML_StopParser(w->parser, XML_FALSE);
}

static const char *attribute(const XML_Char **attrs, const char *name)
{
	for (; attrs && *attrs; attrs += 2)
		if (str_eq(str_c(attrs[0]), str_c(name)))
			return attrs[1];
	return NULL;
}

static void start_item(struct wxr *w)
{
	w->any = true;
	w->item_depth = w->depth;
	arena_reset(&w->item, 1 << 20);
	w->post = (struct post){
		.at = { w->src, (int)XML_GetCurrentLineNumber(w->parser), 0 },
		.tags = value_list(&w->item),
		.categories = value_list(&w->item),
		.raw = true,
	};
	w->thumbnail = w->attachment = w->meta_key = (str){ 0 };
}

static void XMLCALL start_element(void *ctx, const XML_Char *name, const XML_Char **attrs)
{
	struct wxr *w = ctx;
	str n = str_c(name);

	buf_clear(&w->text);
	if (++w->depth > MOST_DEPTH) {
		stop(w, "the XML is nested more than 100 levels deep");
		return;
	}
	if (!w->item_depth && str_eq(n, STR("item")))
		start_item(w);
	else if (w->item_depth && str_eq(n, STR("category")))
		w->domain = str_copy(str_c(attribute(attrs, "domain")), &w->item);
	else if (w->item_depth && str_eq(n, STR("content:encoded")))
		w->post.content_line = (int)XML_GetCurrentLineNumber(w->parser);
}

static void XMLCALL add_text(void *ctx, const XML_Char *text, int len)
{
	struct wxr *w = ctx;

	buf_add(&w->text, str_new(text, (size_t)len));
}

static void end_category(struct wxr *w, str text)
{
	str name = html_plain(text, &w->item);
	bool tag = str_eq(w->domain, STR("post_tag"));

	if (name.len == 0 || str_eq(name, STR("Uncategorized")) ||
		(!tag && !str_eq(w->domain, STR("category"))))
		return;
	value_push(tag ? &w->post.tags : &w->post.categories, value_string(name), &w->item);
}

static void end_field(struct wxr *w, str name, str text)
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (!str_eq(name, str_c(fields[i].name)))
			continue;
		*(str *)((char *)&w->post + fields[i].at) = text;
		return;
	}
	if (str_eq(name, STR("category")))
		end_category(w, text);
	else if (str_eq(name, STR("wp:post_password")))
		w->post.locked = text.len > 0;
	else if (str_eq(name, STR("wp:attachment_url")))
		w->attachment = text;
}

static void keep(struct map *m, str key, str value, struct arena *a)
{
	str *kept = arena_new(a, str);

	*kept = str_copy(value, a);
	*map_put(m, str_copy(key, a), &(bool){ false }) = kept;
}

/* A date that WordPress writes for "none". */
static str real_date(str date)
{
	return str_starts(date, STR("0000")) ? (str){ 0 } : date;
}

static void import_item(struct wxr *w)
{
	struct post *p = &w->post;
	const str *name = map_get(&w->authors, p->author),
		  *image = map_get(&w->images, w->thumbnail);

	p->author = name && name->len ? *name : p->author;
	p->image = image ? *image : (str){ 0 };
	p->date = real_date(p->date);
	p->date_gmt = real_date(p->date_gmt);
	p->modified = real_date(p->modified);
	p->modified_gmt = real_date(p->modified_gmt);
	if (!post_import(w->im, p, &w->item))
		w->failed = true;
}

static void end_item(struct wxr *w)
{
	struct notes *notes = &w->im->report->notes;
	const struct post *p = &w->post;
	bool post = str_eq(p->type, STR("post")) || str_eq(p->type, STR("page")) ||
		    p->type.len == 0;

	w->item_depth = 0;
	if (w->collecting) {
		if (w->attachment.len)
			keep(&w->images, p->id, w->attachment, &w->kept);
		return;
	}
	if (str_eq(p->type, STR("attachment")))
		notes_add(notes, NOTE_ATTACHMENT, p->at.line, w->attachment);
	else if (!post)
		notes_add(notes, NOTE_OTHER_ITEM, p->at.line, p->type);
	else if (str_eq(p->status, STR("trash")))
		notes_add(notes, NOTE_TRASH, p->at.line, p->title);
	else
		import_item(w);
}

static void end_in_item(struct wxr *w, str name)
{
	str text = buf_str(&w->text);

	if (w->depth == w->item_depth) {
		end_item(w);
		return;
	}
	if (str_eq(name, STR("wp:comment")) && !w->collecting)
		notes_add(&w->im->report->notes, NOTE_READER_COMMENT,
			(int)XML_GetCurrentLineNumber(w->parser), (str){ 0 });
	else if (str_eq(name, STR("wp:meta_key")))
		w->meta_key = str_copy(text, &w->item);
	else if (str_eq(name, STR("wp:meta_value")) &&
		 str_eq(w->meta_key, STR("_thumbnail_id")))
		w->thumbnail = str_copy(str_trim(text), &w->item);
	else if (w->depth == w->item_depth + 1)
		end_field(w, name, str_copy(text, &w->item));
}

static void end_author(struct wxr *w, str name)
{
	if (str_eq(name, STR("wp:author_login")))
		w->login = str_copy(buf_str(&w->text), &w->kept);
	else if (str_eq(name, STR("wp:author_display_name")))
		w->display = str_copy(buf_str(&w->text), &w->kept);
	else if (str_eq(name, STR("wp:author")) && w->collecting)
		keep(&w->authors, w->login, w->display, &w->kept);
}

static void XMLCALL end_element(void *ctx, const XML_Char *name)
{
	struct wxr *w = ctx;

	if (w->failed && XML_GetErrorCode(w->parser) == XML_ERROR_ABORTED)
		return;
	if (w->item_depth)
		end_in_item(w, str_c(name));
	else
		end_author(w, str_c(name));
	buf_clear(&w->text);
	w->depth--;
}

static void XMLCALL refuse_entity(void *ctx, const XML_Char *name, int parameter,
	const XML_Char *value, int length, const XML_Char *base, const XML_Char *system,
	const XML_Char *public, const XML_Char *notation)
{
	(void)name, (void)parameter, (void)value, (void)length, (void)base, (void)system,
		(void)public, (void)notation;
	stop(ctx, "the XML declares entities, which an export of WordPress never does");
}

/* One pass over the file; false, with a message, when it is no XML. */
static bool parse(struct wxr *w, bool collecting)
{
	str rest = w->src->text;
	enum XML_Status status = XML_STATUS_OK;

	w->parser = XML_ParserCreate("UTF-8");
	w->collecting = collecting;
	w->depth = w->item_depth = 0;
	XML_SetUserData(w->parser, w);
	XML_SetElementHandler(w->parser, start_element, end_element);
	XML_SetCharacterDataHandler(w->parser, add_text);
	XML_SetEntityDeclHandler(w->parser, refuse_entity);
	do {
		str part = str_sub(rest, 0, 1 << 24);

		rest = str_from(rest, part.len);
		status = XML_Parse(w->parser, part.ptr, (int)part.len, rest.len == 0);
	} while (status == XML_STATUS_OK && rest.len);
	if (status != XML_STATUS_OK && XML_GetErrorCode(w->parser) != XML_ERROR_ABORTED) {
		loc at = { w->src, (int)XML_GetCurrentLineNumber(w->parser),
			(int)XML_GetCurrentColumnNumber(w->parser) + 1 };

		diag_error(w->im->d, at, "import", "this is no well-formed XML: %s",
			XML_ErrorString(XML_GetErrorCode(w->parser)));
		w->failed = true;
	}
	XML_ParserFree(w->parser);
	return status == XML_STATUS_OK;
}

bool wxr_import(struct importing *im, const struct source *src)
{
	struct wxr w = { .im = im, .src = src };
	bool fine;

	w.authors.arena = w.images.arena = &w.kept;
	fine = parse(&w, true);
	if (fine && !w.any) {
		diag_error(im->d, (loc){ src, 1, 1 }, "import",
			"there is no <item> in it: not an export of WordPress");
		diag_help(im->d, "WordPress writes one at Tools, Export, All content");
		fine = false;
	}
	fine = fine && parse(&w, false) && !w.failed;
	buf_free(&w.text);
	arena_free(&w.item);
	arena_free(&w.kept);
	return fine;
}
