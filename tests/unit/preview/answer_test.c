#include "unit/suite.h"

#include "base/arena.h"
#include "base/file.h"
#include "preview/answer.h"
#include "preview/listen.h"
#include "preview/slots.h"

#include <sys/stat.h>
#include <unistd.h>

START_TEST(a_slice_may_begin_and_end_in_any_part)
{
	for (uint64_t from = 0; from < 9; from++) {
		for (uint64_t to = from + 1; to <= 9; to++) {
			struct answer a = { .fd = -1 };
			uint64_t sum = 0;

			answer_add(&a, (struct answer_part){
					       .kind = PART_BYTES, .bytes = "abc", .len = 3 });
			answer_add(&a, (struct answer_part){
					       .kind = PART_BYTES, .bytes = "def", .len = 3 });
			answer_add(&a, (struct answer_part){
					       .kind = PART_BYTES, .bytes = "ghi", .len = 3 });
			answer_slice(&a, from, to);
			for (size_t i = 0; i < a.part_count; i++)
				for (uint64_t k = 0; k < a.parts[i].len; k++, sum++)
					ck_assert_int_eq(a.parts[i].bytes[a.parts[i].at + k],
						(char)('a' + (int)(from + sum)));
			ck_assert_uint_eq(sum, to - from);
			ck_assert_uint_eq(a.total, to - from);
		}
	}
}
END_TEST

START_TEST(a_head_without_body_keeps_its_length)
{
	struct answer a = { .fd = -1 };

	answer_say(&a, &(struct answer_head){ .status = 404, .head_only = true }, "four");
	ck_assert_uint_eq(a.part_count, 1);
	ck_assert(str_find(buf_str(&a.text), STR("Content-Length: 5\r\n")) > 0);
	ck_assert(!a.close);
	answer_clear(&a);
	answer_refuse(&a, 431);
	ck_assert(a.close);
	ck_assert(str_find(buf_str(&a.text), STR("Connection: close\r\n")) > 0);
	buf_free(&a.text);
}
END_TEST

START_TEST(a_taken_port_is_said)
{
	struct arena arena = { 0 };
	struct diags d = { .arena = &arena };
	struct listener first, second;

	ck_assert(listen_open((str){ 0 }, 0, &first, &arena, &d));
	ck_assert(first.port > 0);
	ck_assert(str_eq(first.host, STR("127.0.0.1")));
	ck_assert(!listen_open((str){ 0 }, first.port, &second, &arena, &d));
	ck_assert(str_find(d.first->message, STR("is taken")) > 0);
	ck_assert(!listen_open(STR("example.org"), 0, &second, &arena, &d));
	close(first.fd);
	arena_free(&arena);
}
END_TEST

START_TEST(two_previews_have_two_places)
{
	char folder[] = "/tmp/gen-slots-XXXXXX";
	struct arena arena = { 0 };
	struct diags d = { .arena = &arena };
	struct slots first, second, third;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert(slots_open(str_c(folder), &first, &arena, &d));
	ck_assert(slots_open(str_c(folder), &second, &arena, &d));
	ck_assert(!str_eq(first.folders[0], second.folders[0]));
	ck_assert(!str_eq(first.folders[0], first.folders[1]));
	slots_close(&first);
	ck_assert(slots_open(str_c(folder), &third, &arena, &d));
	ck_assert(str_eq(first.folders[0], third.folders[0]));
	slots_close(&second);
	slots_close(&third);
	tree_remove(str_c(folder));
	arena_free(&arena);
}
END_TEST

START_TEST(without_leave_to_write_it_is_temporary)
{
	struct arena arena = { 0 };
	struct diags d = { .arena = &arena };
	struct slots s;
	struct file_info info;

	ck_assert(slots_open(STR("/dev/null/x"), &s, &arena, &d));
	ck_assert(s.temporary);
	slots_close(&s);
	ck_assert_int_eq(file_stat(s.place, &info), 0);
	ck_assert_int_eq(info.kind, FILE_NONE);
	arena_free(&arena);
}
END_TEST

SUITE("answer", a_slice_may_begin_and_end_in_any_part, a_head_without_body_keeps_its_length,
	a_taken_port_is_said, two_previews_have_two_places,
	without_leave_to_write_it_is_temporary)
