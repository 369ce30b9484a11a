#include "diagram/svg.h"

#include <string.h>

#include "base/buf.h"

/* An element of the drawing that stays, with attributes of its own beside those of paint. */
static const struct shape {
	str name;
	str attrs[9];
} SHAPES[] = {
	{ STR_INIT("g"), { STR_INIT("transform") } },
	{ STR_INIT("path"), { STR_INIT("d") } },
	{ STR_INIT("polygon"), { STR_INIT("points") } },
	{ STR_INIT("polyline"), { STR_INIT("points") } },
	{ STR_INIT("ellipse"), { STR_INIT("cx"), STR_INIT("cy"), STR_INIT("rx"), STR_INIT("ry") } },
	{ STR_INIT("text"), { STR_INIT("text-anchor"), STR_INIT("x"), STR_INIT("y"), STR_INIT("font-size"),
				    STR_INIT("font-weight"), STR_INIT("font-style"), STR_INIT("text-decoration"),
				    STR_INIT("baseline-shift") } },
};

static const str PAINT[] = { STR_INIT("stroke"), STR_INIT("stroke-width"), STR_INIT("stroke-dasharray"),
	STR_INIT("stroke-opacity") };

enum { DEPTH = 16 };

enum part { PART_GRAPH, PART_NODE, PART_EDGE };

struct cleaner {
	str rest;
	struct buf *out;
	enum part part; /* what is being drawn */
	int skipped;	/* depth inside of what is left out with all in it */
	const struct shape *open[DEPTH];
	int depth;
	str *box;
};

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Numbers, names and colours, nothing that refers to something. */
static bool is_plain(str value)
{
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
			!strchr(" .,#-+()%\n", c))
			return false;
	}
	return value.len > 0 && str_find(value, STR("url")) < 0;
}

/* name="value", and cut it off; false at the end. */
static bool take_attr(str *tag, str *name, str *value)
{
	size_t end = 0, close;

	*tag = str_trim(*tag);
	while (end < tag->len && tag->ptr[end] != '=')
		end++;
	*name = str_sub(*tag, 0, end);
	if (end + 1 >= tag->len || (tag->ptr[end + 1] != '"' && tag->ptr[end + 1] != '\''))
		return false;
	close = end + 2;
	while (close < tag->len && tag->ptr[close] != tag->ptr[end + 1])
		close++;
	*value = str_sub(*tag, end + 2, close);
	*tag = str_from(*tag, close + 1);
	return true;
}

static str find_attr(str tag, str wanted)
{
	str name, value;

	while (take_attr(&tag, &name, &value))
		if (str_eq(name, wanted))
			return value;
	return (str){ 0 };
}

static void add_attr(struct buf *out, str name, str value)
{
	buf_char(out, ' ');
	buf_add(out, name);
	BUF_LIT(out, "=\"");
	buf_add(out, value);
	buf_char(out, '"');
}

static bool is_none(str color)
{
	return color.len == 0 || str_eq(color, STR("none")) || str_eq(color, STR("transparent")) || !is_plain(color);
}

static str own_color(str color)
{
	bool black = str_eq(color, STR("black")) || str_eq(color, STR("#000000"));

	return is_none(color) ? STR("none") : black ? STR("currentColor") : color;
}

/* Arrow heads are as strong as their lines; areas are tints, as text stands on them. */
static void add_fill(struct cleaner *c, str fill)
{
	add_attr(c->out, STR("fill"), own_color(fill));
	if (c->part != PART_EDGE && !is_none(fill))
		add_attr(c->out, STR("fill-opacity"), STR(".18"));
}

static void add_paint(struct cleaner *c, str tag)
{
	for (size_t i = 0; i < sizeof(PAINT) / sizeof(PAINT[0]); i++) {
		str value = find_attr(tag, PAINT[i]);

		if (i == 0)
			add_attr(c->out, PAINT[0], own_color(value));
		else if (is_plain(value))
			add_attr(c->out, PAINT[i], value);
	}
	add_fill(c, find_attr(tag, STR("fill")));
}

static void add_font(struct cleaner *c, str tag)
{
	if (str_find(find_attr(tag, STR("font-family")), STR("Cour")) >= 0)
		add_attr(c->out, STR("font-family"), STR("monospace"));
}

static void add_shape(struct cleaner *c, const struct shape *shape, str tag, bool closed)
{
	bool text = str_eq(shape->name, STR("text"));

	buf_char(c->out, '<');
	buf_add(c->out, shape->name);
	for (size_t i = 0; i < 9 && shape->attrs[i].len > 0; i++) {
		str value = find_attr(tag, shape->attrs[i]);

		if (is_plain(value))
			add_attr(c->out, shape->attrs[i], value);
	}
	if (text)
		add_font(c, tag);
	else if (!str_eq(shape->name, STR("g")))
		add_paint(c, tag);
	buf_add(c->out, closed ? STR("/>") : STR(">"));
}

static const struct shape *find_shape(str name)
{
	for (size_t i = 0; i < sizeof(SHAPES) / sizeof(SHAPES[0]); i++)
		if (str_eq(SHAPES[i].name, name))
			return &SHAPES[i];
	return NULL;
}

/* These are left out with what is in them; of others only the tag. */
static bool is_dropped(str name)
{
	return str_eq(name, STR("title")) || str_eq(name, STR("defs")) || str_eq(name, STR("style")) ||
	       str_eq(name, STR("script"));
}

static void note_part(struct cleaner *c, str class)
{
	class = str_cut(class, ' ').head;
	if (str_eq(class, STR("node")) || str_eq(class, STR("cluster")))
		c->part = PART_NODE;
	else if (str_eq(class, STR("edge")))
		c->part = PART_EDGE;
	else if (str_eq(class, STR("graph")))
		c->part = PART_GRAPH;
}

static void close_shape(struct cleaner *c)
{
	BUF_LIT(c->out, "</");
	buf_add(c->out, c->open[--c->depth]->name);
	buf_char(c->out, '>');
}

/* What stands between < and >. */
static void take_tag(struct cleaner *c, str tag)
{
	bool end = str_starts(tag, STR("/")), closed = str_ends(tag, STR("/"));
	size_t len = 0;
	str name;

	if (end)
		tag = str_from(tag, 1);
	if (closed)
		tag.len--;
	while (len < tag.len && !is_space(tag.ptr[len]))
		len++;
	name = str_sub(tag, 0, len);
	tag = str_from(tag, len);
	if (is_dropped(name)) {
		c->skipped += end ? -1 : !closed;
		return;
	}
	if (c->skipped > 0)
		return;
	if (str_eq(name, STR("svg")) && !end)
		*c->box = find_attr(tag, STR("viewBox"));
	const struct shape *shape = find_shape(name);
	if (!shape)
		return;
	if (end) {
		if (c->depth > 0 && c->open[c->depth - 1] == shape)
			close_shape(c);
		return;
	}
	if (c->depth == DEPTH)
		return;
	if (str_eq(name, STR("g")))
		note_part(c, find_attr(tag, STR("class")));
	add_shape(c, shape, tag, closed);
	if (!closed)
		c->open[c->depth++] = shape;
}

/* Text is escaped already. Between shapes there is nothing but breaks. */
static void take_text(struct cleaner *c, str text)
{
	if (c->skipped == 0 && str_trim(text).len > 0)
		buf_add(c->out, text);
}

static size_t comment_length(str s)
{
	ptrdiff_t end = str_find(s, STR("-->"));

	return end < 0 ? s.len : (size_t)end + 3;
}

void svg_clean(str svg, str *box, struct buf *out)
{
	struct cleaner c = { .rest = svg, .out = out, .box = box };

	*box = STR("");
	while (c.rest.len > 0) {
		ptrdiff_t open = str_find_char(c.rest, '<');
		ptrdiff_t close;

		take_text(&c, str_sub(c.rest, 0, open < 0 ? c.rest.len : (size_t)open));
		if (open < 0)
			break;
		c.rest = str_from(c.rest, (size_t)open);
		if (str_starts(c.rest, STR("<!--"))) {
			c.rest = str_from(c.rest, comment_length(c.rest));
			continue;
		}
		close = str_find_char(c.rest, '>');
		if (close < 0)
			break;
		if (c.rest.ptr[1] != '?' && c.rest.ptr[1] != '!')
			take_tag(&c, str_sub(c.rest, 1, (size_t)close));
		c.rest = str_from(c.rest, (size_t)close + 1);
	}
	while (c.depth > 0)
		close_shape(&c);
}
