#include "unit/suite.h"

#include "unit/template/helpers.h"

/* What is said about a template that does not parse. */
static void assert_refused(const char *text, const char *messages)
{
	struct kit k;

	kit_open(&k, (struct template_options){ 0 });
	ck_assert(!kit_add(&k, "a", text));
	ck_assert_str_eq(kit_messages(&k), messages);
	ck_assert_ptr_null(template_find(k.set, STR("a")));
	kit_close(&k);
}

START_TEST(tag_without_end_is_refused_where_it_opens)
{
	assert_refused(
		"a\n  {{name", "a.mustache:2:3: error: the tag is not ended, expected '}}'\n");
	assert_refused(
		"{{{x}}", "a.mustache:1:1: error: the tag is not ended, expected '}}}'\n");
	assert_refused("{{=<% %>=}}\n<%x}}",
		"a.mustache:2:1: error: the tag is not ended, expected '%>'\n");
	assert_refused("{{", "a.mustache:1:1: error: the tag is not ended, expected '}}'\n");
	assert_refused("{{! x", "a.mustache:1:1: error: the tag is not ended, expected '}}'\n");
}
END_TEST

START_TEST(tag_that_runs_into_the_next_is_refused_and_the_next_is_read)
{
	assert_refused("{{a b\n{{#c}}\n{{x",
		"a.mustache:1:1: error: the tag is not ended, expected '}}'\n"
		"a.mustache:3:1: error: the tag is not ended, expected '}}'\n");
}
END_TEST

START_TEST(section_without_end_is_refused_where_it_opens)
{
	assert_refused("x\n{{#a}}\n {{^b}}",
		"a.mustache:2:1: error: {{#a}} is not closed | add {{/a}}\n"
		"a.mustache:3:2: error: {{^b}} is not closed | add {{/b}}\n");
	assert_refused("{{<*p}}{{$q}}",
		"a.mustache:1:1: error: {{<*p}} is not closed | add {{/*p}}\n"
		"a.mustache:1:8: error: {{$q}} is not closed | add {{/q}}\n");
}
END_TEST

START_TEST(closing_out_of_order_names_both_places)
{
	assert_refused("{{#a}}\n{{#b}}\n{{/a}}\n",
		"a.mustache:3:1: error: {{/a}} stands where {{#b}} of line 2 should be closed"
		" | close it before, with {{/b}}\n");
}
END_TEST

START_TEST(closing_what_is_not_open_is_refused)
{
	assert_refused("{{/a}}", "a.mustache:1:1: error: {{/a}} closes nothing\n");
	assert_refused("{{#a}}\n{{/b}}{{/a}}",
		"a.mustache:2:1: error: {{/b}} closes nothing | open here: {{#a}} of line 1\n");
	assert_refused("{{#a}}{{/*a}}{{/a}}",
		"a.mustache:1:7: error: {{/a}} closes nothing | open here: {{#a}} of line 1\n");
}
END_TEST

START_TEST(bad_names_are_refused_all_at_once)
{
	assert_refused("{{}}\n{{ }}\n{{#}}{{/}}\n{{a "
		       "b}}\n{{a..b}}\n{{.a}}\n{{#a.}}{{/a.}}\n{{>}}\n{{>*}}",
		"a.mustache:1:1: error: the tag has no name\n"
		"a.mustache:2:1: error: the tag has no name\n"
		"a.mustache:3:1: error: the tag has no name\n"
		"a.mustache:4:1: error: a name has no spaces, got 'a b'\n"
		"a.mustache:5:1: error: a part of the name 'a..b' is empty\n"
		"a.mustache:6:1: error: a part of the name '.a' is empty\n"
		"a.mustache:7:1: error: a part of the name 'a.' is empty\n"
		"a.mustache:8:1: error: the tag has no name\n"
		"a.mustache:9:1: error: the tag has no name\n");
}
END_TEST

START_TEST(unknown_sigils_are_refused)
{
	assert_refused("{{%x}} {{@index}}",
		"a.mustache:1:1: error: '%' begins no kind of tag\n"
		"a.mustache:1:8: error: '@' begins no kind of tag\n");
}
END_TEST

START_TEST(bad_delimiters_are_refused)
{
	assert_refused("{{=<%=}}",
		"a.mustache:1:1: error: expected two delimiters like {{=<% %>=}}, got '<%'\n");
	assert_refused("{{=a b c=}}", "a.mustache:1:1: error: expected two delimiters like "
				      "{{=<% %>=}}, got 'a b c'\n");
	assert_refused("{{= =}}",
		"a.mustache:1:1: error: expected two delimiters like {{=<% %>=}}, got ''\n");
	assert_refused(
		"{{=<% %>}}", "a.mustache:1:1: error: the tag is not ended, expected '=}}'\n");
}
END_TEST

START_TEST(bytes_that_are_not_utf8_are_refused)
{
	assert_refused("ok\n \xff", "a.mustache:2:2: error: the byte 0xff is not UTF-8\n");
}
END_TEST

START_TEST(deep_nesting_is_refused)
{
	struct buf b = { 0 };

	for (int i = 0; i < 65; i++)
		BUF_LIT(&b, "{{#a}}");
	buf_char(&b, '\0');
	assert_refused(b.ptr, "a.mustache:1:385: error: tags are nested more than 64 deep\n");
	buf_free(&b);
}
END_TEST

START_TEST(errors_end_at_a_number_that_can_be_read)
{
	struct buf b = { 0 };
	struct kit k;

	for (int i = 0; i < 100000; i++)
		BUF_LIT(&b, "{{}}\n");
	buf_char(&b, '\0');
	kit_open(&k, (struct template_options){ 0 });
	ck_assert(!kit_add(&k, "a", b.ptr));
	ck_assert_uint_eq(k.d.errors, 50);
	kit_close(&k);
	buf_free(&b);
}
END_TEST

START_TEST(what_a_parent_never_renders_is_warned_about)
{
	struct kit k;

	kit_open(&k, (struct template_options){ 0 });
	ck_assert(kit_add(&k, "p", "{{$b}}{{/b}}"));
	ck_assert(kit_add(&k, "a", "{{<p}}\ntext {{! c }}\n{{$b}}fine{{/b}}\n{{x}}{{/p}}"));
	ck_assert_str_eq(kit_messages(&k),
		"a.mustache:2:1: warning: inside {{<p}} of line 1 only blocks count; this is "
		"never "
		"rendered | put it into a block, {{$name}}...{{/name}}\n"
		"a.mustache:4:1: warning: inside {{<p}} of line 1 only blocks count; this is "
		"never "
		"rendered | put it into a block, {{$name}}...{{/name}}\n");
	kit_close(&k);
}
END_TEST

START_TEST(block_given_twice_is_refused)
{
	assert_refused(
		"{{<p}}\n{{$b}}1{{/b}}\n{{$c}}{{$b}}fine{{/b}}{{/c}}\n{{$b}}2{{/b}}{{/p}}",
		"a.mustache:4:1: error: {{$b}} is given twice here, first on line 2\n");
}
END_TEST

START_TEST(parent_is_given_a_bounded_number_of_blocks)
{
	struct buf b = { 0 };

	BUF_LIT(&b, "{{<p}}");
	for (int i = 0; i < 257; i++)
		buf_printf(&b, "{{$b%d}}{{/b%d}}", i, i);
	BUF_LIT(&b, "{{/p}}");
	buf_char(&b, '\0');
	assert_refused(b.ptr, "a.mustache:1:1: error: a parent is given at most 256 blocks\n");
	buf_free(&b);
}
END_TEST

SUITE("scan", tag_without_end_is_refused_where_it_opens,
	tag_that_runs_into_the_next_is_refused_and_the_next_is_read,
	section_without_end_is_refused_where_it_opens, closing_out_of_order_names_both_places,
	closing_what_is_not_open_is_refused, bad_names_are_refused_all_at_once,
	unknown_sigils_are_refused, bad_delimiters_are_refused,
	bytes_that_are_not_utf8_are_refused, deep_nesting_is_refused,
	errors_end_at_a_number_that_can_be_read, what_a_parent_never_renders_is_warned_about,
	block_given_twice_is_refused, parent_is_given_a_bounded_number_of_blocks)
