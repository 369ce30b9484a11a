#include "template/scan.h"

#include <ctype.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"

enum { ERRORS_MAX = 50, WARNINGS_MAX = 20 };

struct scanner {
	const struct source *src;
	str text;
	str open, close; /* the delimiters */
	struct tags *tags;
	struct arena *arena;
	struct diags *d;
	bool strict;
	uint32_t stack[TAG_NESTING_MAX]; /* tags that are open */
	uint32_t depth;
	size_t errors, warnings;
};

static loc loc_at(struct scanner *s, size_t offset)
{
	return source_loc(s->src, offset);
}

static int line_at(struct scanner *s, size_t offset)
{
	return loc_at(s, offset).line;
}

/* What errors call a tag: "{{#items}}" whatever the delimiters are. */
static const char *sigil_of(enum tag_kind kind)
{
	switch (kind) {
	case TAG_SECTION:
		return "#";
	case TAG_INVERTED:
		return "^";
	case TAG_PARENT:
		return "<";
	case TAG_BLOCK:
		return "$";
	default:
		return "";
	}
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static ptrdiff_t find_from(str text, str needle, size_t from)
{
	ptrdiff_t at = str_find(str_from(text, from), needle);

	return at < 0 ? -1 : at + (ptrdiff_t)from;
}

static bool has_space(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (isspace((unsigned char)s.ptr[i]))
			return true;
	}
	return false;
}

static bool is_dotted_name(str s)
{
	if (str_eq(s, STR(".")))
		return true;
	for (str rest = s; rest.len;) {
		struct str_pair part = str_cut(rest, '.');

		if (part.head.len == 0)
			return false;
		rest = part.tail;
	}
	return s.len && s.ptr[s.len - 1] != '.';
}

/* The blanks around a tag decide whether it stands alone on its line. */
static void look_around(struct scanner *s, struct tag *tag)
{
	uint32_t at = tag->from, end = (uint32_t)s->text.len;
	const char *text = s->text.ptr;

	while (at > s->tags->start && is_blank(text[at - 1]))
		at--;
	tag->blank_before = at == s->tags->start || text[at - 1] == '\n';
	tag->line_from = at;

	at = tag->to;
	while (at < end && is_blank(text[at]))
		at++;
	if (at + 1 < end && text[at] == '\r' && text[at + 1] == '\n')
		at++;
	tag->blank_after = at == end || text[at] == '\n';
	tag->line_to = at < end ? at + 1 : at;
}

static uint32_t push_tag(struct scanner *s, const struct tag *tag)
{
	struct tags *tags = s->tags;

	if (tags->count == tags->cap) {
		uint32_t cap = tags->cap ? tags->cap * 2 : 64;
		struct tag *at = arena_array(s->arena, struct tag, cap);

		if (tags->count)
			memcpy(at, tags->at, tags->count * sizeof(*at));
		tags->at = at;
		tags->cap = cap;
	}
	tags->at[tags->count] = *tag;
	return tags->count++;
}

static void open_tag(struct scanner *s, uint32_t index)
{
	if (s->depth == TAG_NESTING_MAX) {
		diag_error(s->d, loc_at(s, s->tags->at[index].from), "template",
			"tags are nested more than %d deep", TAG_NESTING_MAX);
		s->errors = ERRORS_MAX;
		return;
	}
	s->stack[s->depth++] = index;
}

static bool closes(const struct tag *open, const struct tag *close)
{
	return str_eq(open->name, close->name) && open->dynamic == close->dynamic;
}

static void fail_unclosed(struct scanner *s, const struct tag *open, const struct tag *closer)
{
	const char *star = open->dynamic ? "*" : "";

	s->errors++;
	if (!closer) {
		diag_error(s->d, loc_at(s, open->from), "template",
			"{{%s%s" STR_FMT "}} is not closed", sigil_of(open->kind), star,
			STR_ARG(open->name));
		diag_help(s->d, "add {{/%s" STR_FMT "}}", star, STR_ARG(open->name));
		return;
	}
	diag_error(s->d, loc_at(s, closer->from), "template",
		"{{/" STR_FMT "}} stands where {{%s%s" STR_FMT "}} of line %d should be closed",
		STR_ARG(closer->name), sigil_of(open->kind), star, STR_ARG(open->name),
		line_at(s, open->from));
	diag_help(s->d, "close it before, with {{/%s" STR_FMT "}}", star, STR_ARG(open->name));
}

/* A parent is given each block once, and not so many that looking for one takes time. */
static void check_arguments(struct scanner *s, uint32_t parent)
{
	const struct tag *at = s->tags->at;
	struct map seen = { .arena = s->arena };

	for (uint32_t i = parent + 1; i < at[parent].partner; i = tags_next(s->tags, i)) {
		bool is_new = true;
		void **first =
			at[i].kind == TAG_BLOCK ? map_put(&seen, at[i].name, &is_new) : NULL;

		if (first && is_new)
			*first = &s->tags->at[i];
		if (!is_new && s->strict) {
			s->errors++;
			diag_error(s->d, loc_at(s, at[i].from), "template",
				"{{$" STR_FMT "}} is given twice here, first on line %d",
				STR_ARG(at[i].name),
				line_at(s, ((const struct tag *)*first)->from));
		}
	}
	if (seen.count > TAG_ARGUMENTS_MAX) {
		s->errors++;
		diag_error(s->d, loc_at(s, at[parent].from), "template",
			"a parent is given at most %d blocks", TAG_ARGUMENTS_MAX);
	}
}

/* A closing tag of an outer section closes the inner ones too, with a message for each. */
static void close_tag(struct scanner *s, uint32_t index)
{
	struct tag *close = &s->tags->at[index];
	uint32_t depth = s->depth;

	while (depth > 0 && !closes(&s->tags->at[s->stack[depth - 1]], close))
		depth--;
	if (depth == 0) {
		s->errors++;
		diag_error(s->d, loc_at(s, close->from), "template",
			"{{/" STR_FMT "}} closes nothing", STR_ARG(close->name));
		if (s->depth > 0) {
			const struct tag *open = &s->tags->at[s->stack[s->depth - 1]];

			diag_help(s->d, "open here: {{%s" STR_FMT "}} of line %d",
				sigil_of(open->kind), STR_ARG(open->name),
				line_at(s, open->from));
		}
		return;
	}
	while (s->depth > depth)
		fail_unclosed(s, &s->tags->at[s->stack[--s->depth]], close);
	s->depth--;
	close->partner = s->stack[s->depth];
	s->tags->at[close->partner].partner = index;
	/* After an error, what is inside may have no partners. */
	if (s->errors == 0 && s->tags->at[close->partner].kind == TAG_PARENT)
		check_arguments(s, close->partner);
}

static void set_delimiters(struct scanner *s, str content, size_t at)
{
	size_t i = 0;
	str both = str_trim(content), open, close;

	while (i < both.len && !isspace((unsigned char)both.ptr[i]))
		i++;
	open = str_sub(both, 0, i);
	close = str_trim(str_from(both, i));
	if (!open.len || !close.len || has_space(close) || str_find_char(both, '=') >= 0) {
		s->errors++;
		diag_error(s->d, loc_at(s, at), "template",
			"expected two delimiters like {{=<%% %%>=}}, got '" STR_FMT "'",
			STR_ARG(both));
		return;
	}
	s->open = open;
	s->close = close;
}

/* The sigil's kind; *sigil is false when the name begins right away. */
static bool read_kind(char c, enum tag_kind *kind, bool *sigil)
{
	*sigil = true;
	switch (c) {
	case '#':
		*kind = TAG_SECTION;
		return true;
	case '^':
		*kind = TAG_INVERTED;
		return true;
	case '/':
		*kind = TAG_CLOSE;
		return true;
	case '!':
		*kind = TAG_COMMENT;
		return true;
	case '=':
		*kind = TAG_DELIMITERS;
		return true;
	case '>':
		*kind = TAG_PARTIAL;
		return true;
	case '<':
		*kind = TAG_PARENT;
		return true;
	case '$':
		*kind = TAG_BLOCK;
		return true;
	case '&':
	case '{':
		*kind = TAG_RAW;
		return true;
	default:
		*sigil = false;
		*kind = TAG_VALUE;
		return !ispunct((unsigned char)c) || c == '_' || c == '.';
	}
}

static void check_name(struct scanner *s, const struct tag *tag)
{
	bool in_context = tag->kind == TAG_VALUE || tag->kind == TAG_RAW ||
			  tag->kind == TAG_SECTION || tag->kind == TAG_INVERTED || tag->dynamic;
	str first_line = str_cut(tag->name, '\n').head;

	s->errors++;
	if (tag->name.len == 0)
		diag_error(s->d, loc_at(s, tag->from), "template", "the tag has no name");
	else if (has_space(tag->name))
		diag_error(s->d, loc_at(s, tag->from), "template",
			"a name has no spaces, got '" STR_FMT "'", STR_ARG(first_line));
	else if (in_context && !is_dotted_name(tag->name))
		diag_error(s->d, loc_at(s, tag->from), "template",
			"a part of the name '" STR_FMT "' is empty", STR_ARG(tag->name));
	else
		s->errors--;
}

/* Only blocks count inside a parent tag; the rest is never rendered. */
static void warn_ignored(struct scanner *s, size_t at)
{
	if (!s->strict || s->depth == 0 || s->warnings == WARNINGS_MAX)
		return;
	const struct tag *parent = &s->tags->at[s->stack[s->depth - 1]];

	if (parent->kind != TAG_PARENT)
		return;
	s->warnings++;
	diag_warn(s->d, loc_at(s, at), "template",
		"inside {{<" STR_FMT "}} of line %d only blocks count; this is never rendered",
		STR_ARG(parent->name), line_at(s, parent->from));
	diag_help(s->d, "put it into a block, {{$name}}...{{/name}}");
}

static void add_tag(struct scanner *s, struct tag *tag)
{
	uint32_t index;

	if (tag->kind != TAG_VALUE && tag->kind != TAG_RAW)
		look_around(s, tag);
	if (tag->kind != TAG_BLOCK && tag->kind != TAG_CLOSE && tag->kind != TAG_COMMENT &&
		tag->kind != TAG_DELIMITERS)
		warn_ignored(s, tag->from);
	index = push_tag(s, tag);
	if (tag_opens(tag->kind))
		open_tag(s, index);
	else if (tag->kind == TAG_CLOSE)
		close_tag(s, index);
}

static void fail_unended(struct scanner *s, size_t at, str closer)
{
	s->errors++;
	diag_error(s->d, loc_at(s, at), "template",
		"the tag is not ended, expected '" STR_FMT "'", STR_ARG(closer));
}

static void fail_sigil(struct scanner *s, size_t at, char c)
{
	s->errors++;
	diag_error(s->d, loc_at(s, at), "template", "'%c' begins no kind of tag", c);
}

/* What closes the tag whose content starts with `c`: "}}", "}}}" or "=}}". */
static str closer_of(struct scanner *s, char c)
{
	if (c == '{')
		return str_printf(s->arena, "}" STR_FMT, STR_ARG(s->close));
	if (c == '=')
		return str_printf(s->arena, "=" STR_FMT, STR_ARG(s->close));
	return s->close;
}

static void read_name(struct scanner *s, struct tag *tag)
{
	bool may_be_dynamic =
		tag->kind == TAG_PARTIAL || tag->kind == TAG_PARENT || tag->kind == TAG_CLOSE;

	if (may_be_dynamic && str_starts(tag->name, STR("*"))) {
		tag->dynamic = true;
		tag->name = str_trim(str_from(tag->name, 1));
	}
	/* A closing tag is right when it matches; a bad name was told where it opened. */
	if (tag->kind != TAG_CLOSE)
		check_name(s, tag);
}

static void read_tag(struct scanner *s, struct tag *tag, str content)
{
	tag->name = str_trim(content);
	if (tag->kind == TAG_DELIMITERS)
		set_delimiters(s, content, tag->from);
	else if (tag->kind != TAG_COMMENT)
		read_name(s, tag);
	add_tag(s, tag);
}

/* The tag that opens at `at`; returns where to go on, 0 for not at all. */
static size_t scan_tag(struct scanner *s, size_t at)
{
	size_t from = at + s->open.len;
	struct tag tag = { .from = (uint32_t)at };
	bool sigil, known;

	while (from < s->text.len && isspace((unsigned char)s->text.ptr[from]))
		from++;
	char c = from < s->text.len ? s->text.ptr[from] : ' ';

	known = read_kind(c, &tag.kind, &sigil);
	from += sigil;

	str closer = closer_of(s, c);
	ptrdiff_t end = find_from(s->text, closer, from);

	if (end < 0) {
		fail_unended(s, at, closer);
		/* The tags behind it are lost, so what is open says nothing. */
		s->depth = 0;
		return 0;
	}
	str content = str_sub(s->text, from, (size_t)end);
	ptrdiff_t inner = tag.kind == TAG_COMMENT ? -1 : str_find(content, s->open);

	if (inner >= 0) {
		fail_unended(s, at, closer);
		return from + (size_t)inner;
	}
	tag.to = (uint32_t)((size_t)end + closer.len);
	/* An empty tag has no name rather than a wrong sigil. */
	if (known || (size_t)end == from)
		read_tag(s, &tag, content);
	else
		fail_sigil(s, at, c);
	return tag.to;
}

static void warn_ignored_text(struct scanner *s, size_t from, size_t to)
{
	while (from < to && isspace((unsigned char)s->text.ptr[from]))
		from++;
	if (from < to)
		warn_ignored(s, from);
}

static bool check_text(struct scanner *s)
{
	ptrdiff_t bad;

	if (s->text.len > UINT32_MAX / 2)
		return diag_error(
			s->d, (loc){ s->src, 1, 1 }, "template", "the template is too long");
	bad = utf8_invalid(s->text);
	if (bad >= 0)
		return diag_error(s->d, loc_at(s, (size_t)bad), "template",
			"the byte 0x%02x is not UTF-8", (unsigned char)s->text.ptr[bad]);
	return true;
}

bool tags_scan(const struct source *src, bool strict, struct tags *out, struct arena *a,
	struct diags *d)
{
	struct scanner s = { .src = src,
		.text = src->text,
		.open = STR("{{"),
		.close = STR("}}"),
		.tags = out,
		.arena = a,
		.d = d,
		.strict = strict };
	size_t at;

	if (!check_text(&s))
		return false;
	at = out->start = str_starts(s.text, STR("\xef\xbb\xbf")) ? 3 : 0;
	while (s.errors < ERRORS_MAX) {
		ptrdiff_t open = find_from(s.text, s.open, at);

		warn_ignored_text(&s, at, open < 0 ? s.text.len : (size_t)open);
		if (open < 0)
			break;
		at = scan_tag(&s, (size_t)open);
		if (at == 0)
			break;
	}
	while (s.depth > 0 && s.errors < ERRORS_MAX)
		fail_unclosed(&s, &out->at[s.stack[--s.depth]], NULL);
	return s.errors == 0;
}
