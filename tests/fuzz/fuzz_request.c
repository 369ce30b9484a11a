#include <stdlib.h>

#include "preview/address.h"
#include "preview/condition.h"
#include "preview/request.h"

/* What a head in one piece is, it is in two: complete at the same byte, or refused with the
 * same status. */
static void check_pieces(str all, size_t cut)
{
	struct request_scan whole = { 0 }, pieces = { 0 };
	int status = request_scan(all, &whole),
	    first = request_scan(str_sub(all, 0, cut), &pieces);

	if (!first && !pieces.complete)
		first = request_scan(all, &pieces);
	if (first != status || pieces.complete != whole.complete || pieces.at != whole.at)
		abort();
}

/* A decoded path has no way out of its folder. */
static void check_address(str target)
{
	static char room[REQUEST_TARGET_BYTES];
	struct address a;
	str host, port;

	if (target.len > sizeof(room) || !address_read(target, room, &a))
		return;
	if (a.path.len == 0 || a.path.ptr[0] != '/' || str_find(a.path, STR("/../")) >= 0 ||
		str_ends(a.path, STR("/..")) || str_find_char(a.path, '\0') >= 0 ||
		str_find_char(a.path, '\\') >= 0)
		abort();
	address_is_public(a.path);
	if (address_split_host(a.host, &host, &port))
		address_is_ours(host, NULL, 0);
}

static void check_headers(const struct request *r)
{
	for (size_t i = 0; i < r->header_count; i++) {
		str v = r->headers[i].value;
		uint64_t from = 0, to = 0;
		int64_t when;

		if (condition_read_range(v, 1000, &from, &to) == RANGE_PART &&
			(from >= to || to > 1000))
			abort();
		condition_lists_tag(v, STR("\"x\""));
		condition_takes_gzip(v);
		condition_read_date(v, &when);
		check_address(v);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str all = { (const char *)data, size };
	struct request_scan scan = { 0 };
	struct request r;

	check_pieces(all, size ? data[0] % size : 0);
	if (request_scan(all, &scan) == 0 && scan.complete &&
		request_read(str_sub(all, 0, scan.at), &r) == 0) {
		check_address(r.target);
		check_headers(&r);
	}
	return 0;
}
