#include "diagram/svg.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "unit/suite.h"

static struct arena arena;

static void check_clean(const char *svg, const char *expected)
{
	struct buf out = { .arena = &arena };
	str box;

	svg_clean(str_c(svg), &box, &out);
	ck_assert_msg(str_eq(buf_str(&out), str_c(expected)), "%s gives " STR_FMT, svg, STR_ARG(buf_str(&out)));
}

START_TEST(black_is_the_colour_of_the_text)
{
	check_clean("<path fill=\"none\" stroke=\"black\" d=\"M1,2\"/>",
		"<path d=\"M1,2\" stroke=\"currentColor\" fill=\"none\"/>");
	check_clean("<g class=\"edge\"><polygon fill=\"black\" stroke=\"red\" points=\"1,2\"/></g>",
		"<g><polygon points=\"1,2\" stroke=\"red\" fill=\"currentColor\"/></g>");
}
END_TEST

START_TEST(areas_are_tints)
{
	check_clean("<g class=\"node\"><ellipse fill=\"lightgrey\" stroke=\"black\" cx=\"1\" cy=\"2\" rx=\"3\" ry=\"4\"/></g>",
		"<g><ellipse cx=\"1\" cy=\"2\" rx=\"3\" ry=\"4\" stroke=\"currentColor\" fill=\"lightgrey\" "
		"fill-opacity=\".18\"/></g>");
}
END_TEST

START_TEST(text_has_no_colour_of_its_own)
{
	check_clean("<text x=\"1\" y=\"2\" font-size=\"14.00\" fill=\"red\" font-family=\"Times,serif\">a &amp; b</text>",
		"<text x=\"1\" y=\"2\" font-size=\"14.00\">a &amp; b</text>");
	check_clean("<text font-family=\"Courier,monospace\">x</text>", "<text font-family=\"monospace\">x</text>");
}
END_TEST

START_TEST(only_shapes_and_text_stay)
{
	check_clean("<?xml version=\"1.0\"?><!DOCTYPE svg><!-- a > b --><svg viewBox=\"0 0 1 2\"><title>t<b></title>"
		    "<a xlink:href=\"x\"><image href=\"y\"/><g id=\"i\" class=\"sr x\" onload=\"z\"></g></a>"
		    "<script>alert(1)</script><style>x</style><defs><g></g></defs></svg>",
		"<g></g>");
	check_clean("<path d=\"url(#x)\" stroke=\"url(#x)\" fill=\"javascript:x\"/>", "<path stroke=\"none\" fill=\"none\"/>");
}
END_TEST

START_TEST(what_is_open_is_closed)
{
	check_clean("<g><text>x", "<g><text>x</text></g>");
	check_clean("</g></text><g>", "<g></g>");
}
END_TEST

START_TEST(the_size_is_found)
{
	struct buf out = { .arena = &arena };
	str box;

	svg_clean(STR("<svg width=\"3pt\"\n viewBox=\"0.00 0.00 3.50 4.00\" xmlns=\"x\">"), &box, &out);
	ck_assert(str_eq(box, STR("0.00 0.00 3.50 4.00")));
}
END_TEST

START_TEST(cut_texts_are_harmless)
{
	static const char text[] = "<svg viewBox=\"0 0 1 2\"><!-- c --><g class='node'><title>t</title><path d=\"M1\" a=b "
				   "stroke=black fill=\"\"/><text>x</text></g></svg>";
	size_t len = strlen(text);

	for (size_t from = 0; from < len; from++)
		for (size_t to = from; to <= len; to++) {
			char *exact = malloc(to - from + 1);
			struct buf out = { 0 };
			str box;

			memcpy(exact, text + from, to - from);
			svg_clean(str_new(exact, to - from), &box, &out);
			buf_free(&out);
			free(exact);
		}
	arena_free(&arena);
}
END_TEST

SUITE("svg", black_is_the_colour_of_the_text, areas_are_tints, text_has_no_colour_of_its_own, only_shapes_and_text_stay,
	what_is_open_is_closed, the_size_is_found, cut_texts_are_harmless)
