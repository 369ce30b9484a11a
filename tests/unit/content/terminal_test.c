#include "unit/suite.h"

#include "base/arena.h"
#include "base/buf.h"
#include "content/terminal.h"

static struct arena a;

static void check_bytes(str bytes, const char *html)
{
	struct buf out = { .arena = &a };

	terminal_html(bytes, &out);
	ck_assert_msg(str_eq(buf_str(&out), str_c(html)), "\"" STR_FMT "\", not \"%s\"", STR_ARG(buf_str(&out)), html);
}

static void check(const char *text, const char *html)
{
	check_bytes(str_c(text), html);
}

START_TEST(text_is_escaped)
{
	check("a <b> & \"c\"\n", "a &lt;b&gt; &amp; &quot;c&quot;\n");
}
END_TEST

START_TEST(colours_are_classes)
{
	check("\033[31mred\033[0m plain", "<span class=\"ansi-red\">red</span> plain");
	check("\033[1;4;92;41mx\033[m", "<span class=\"ansi-bright-green ansi-on-red ansi-bold ansi-underline\">x</span>");
	check("\033[38;5;196mx\033[39my", "<span class=\"ansi-bright-red\">x</span>y");
	check("\033[48;2;0;0;255mx", "<span class=\"ansi-on-bright-blue\">x</span>");
	check("\033[31m\033[32mx", "<span class=\"ansi-green\">x</span>");
}
END_TEST

START_TEST(a_colour_goes_on_over_lines)
{
	check("\033[31ma\nb\033[0m\n", "<span class=\"ansi-red\">a</span>\n<span class=\"ansi-red\">b</span>\n");
}
END_TEST

START_TEST(a_colour_without_text_shows_nothing)
{
	check("\033[31m\033[0m", "");
}
END_TEST

START_TEST(a_carriage_return_starts_the_line_again)
{
	check("10%\r20%\rdone\n", "done\n");
	check("a\r\nb\r\n", "a\nb\n");
	check("x\n\033[31m10%\r\033[0mok", "x\nok");
	check("kept\r", "kept");
}
END_TEST

START_TEST(other_sequences_are_left_out)
{
	check("a\033[2J\033[1;1Hb", "ab");
	check("\033]0;title\ab\033]8;;http://x\033\\link", "blink");
	check("a\033[", "a");
	check("a\033", "a");
	check("a\033(Bb", "ab");
	check("a\b\ab", "ab");
}
END_TEST

START_TEST(what_is_no_text_is_replaced)
{
	check_bytes(STR("a\0b"), "a\357\277\275b");
	check("\xff\xfe", "\357\277\275\357\277\275");
	check("\xe2\x82", "\357\277\275\357\277\275");
	check("\xed\xa0\x80", "\357\277\275\357\277\275\357\277\275");
	check("\xc0\xaf", "\357\277\275\357\277\275");
	check("\xe2\x80\xae", "\357\277\275");
	check("\xc2\x9b", "\357\277\275");
	check("\x7f", "\357\277\275");
	check("\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80");
}
END_TEST

START_TEST(any_bytes_end)
{
	unsigned int seed = 1;

	for (int round = 0; round < 2000; round++) {
		char bytes[64];
		struct buf out = { .arena = &a };

		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * 1103515245u + 12345u;
			bytes[i] = "\033[;1m5]\r\n\a\\ab\xe2\x80\xff"[seed >> 16 & 15];
		}
		terminal_html(str_new(bytes, sizeof(bytes)), &out);
		ck_assert(str_find(buf_str(&out), STR("\033")) < 0);
		arena_reset(&a, 1 << 16);
	}
}
END_TEST

SUITE("terminal", text_is_escaped, colours_are_classes, a_colour_goes_on_over_lines, a_colour_without_text_shows_nothing,
	a_carriage_return_starts_the_line_again, other_sequences_are_left_out, what_is_no_text_is_replaced, any_bytes_end)
