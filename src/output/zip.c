#include "output/zip.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <minizip/zip.h>

#include "base/arena.h"
#include "base/buf.h"

enum {
	MADE_ON_UNIX = 3 << 8 | 20, /* so that the mode of files counts; 20: version 2.0 */
	UTF8_NAMES = 1 << 11,
	FIRST_DAY = 0x00210000, /* 1980-01-01 00:00 as DOS counts */
	LONGEST_NAME = 0xffff,
};

static const uLong PLAIN_FILE = 0100644ul << 16;

/* The archive in memory: minizip goes back to fill in sizes. */
struct memory {
	struct buf *out;
	size_t start, at;
};

static voidpf ZCALLBACK open_memory(voidpf opaque, const char *name, int mode)
{
	(void)name;
	(void)mode;
	return opaque;
}

static uLong ZCALLBACK read_memory(voidpf opaque, voidpf stream, void *bytes, uLong size)
{
	struct memory *m = opaque;
	size_t left = m->out->len - m->start - m->at;
	size_t take = size < left ? size : left;

	(void)stream;
	if (take > 0)
		memcpy(bytes, m->out->ptr + m->start + m->at, take);
	m->at += take;
	return (uLong)take;
}

static uLong ZCALLBACK write_memory(voidpf opaque, voidpf stream, const void *bytes, uLong size)
{
	struct memory *m = opaque;
	size_t end = m->out->len - m->start;
	size_t over = end - m->at < size ? end - m->at : size;

	(void)stream;
	if (over > 0)
		memcpy(m->out->ptr + m->start + m->at, bytes, over);
	buf_add(m->out, str_new((const char *)bytes + over, size - over));
	m->at += size;
	return size;
}

static long ZCALLBACK tell_memory(voidpf opaque, voidpf stream)
{
	(void)stream;
	return (long)((struct memory *)opaque)->at;
}

static long ZCALLBACK seek_memory(voidpf opaque, voidpf stream, uLong offset, int origin)
{
	struct memory *m = opaque;
	size_t end = m->out->len - m->start;
	size_t base = origin == ZLIB_FILEFUNC_SEEK_SET ? 0 : origin == ZLIB_FILEFUNC_SEEK_CUR ? m->at : end;

	(void)stream;
	if (base + offset > end)
		return -1;
	m->at = base + offset;
	return 0;
}

static int ZCALLBACK close_memory(voidpf opaque, voidpf stream)
{
	(void)opaque;
	(void)stream;
	return 0;
}

static int ZCALLBACK no_error(voidpf opaque, voidpf stream)
{
	(void)opaque;
	(void)stream;
	return 0;
}

static bool add_file(zipFile zip, str folder, const struct zip_file *f)
{
	struct arena a = { 0 };
	const zip_fileinfo info = { .dosDate = FIRST_DAY, .external_fa = PLAIN_FILE };
	str name = str_printf(&a, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(f->name));
	bool fine = name.len <= LONGEST_NAME && f->bytes.len < UINT32_MAX &&
		    zipOpenNewFileInZip4(zip, str_cstr(name, &a), &info, NULL, 0, NULL, 0, NULL, Z_DEFLATED,
			    Z_DEFAULT_COMPRESSION, 0, -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, NULL, 0,
			    MADE_ON_UNIX, UTF8_NAMES) == ZIP_OK;

	if (fine && f->bytes.len)
		fine = zipWriteInFileInZip(zip, f->bytes.ptr, (unsigned)f->bytes.len) == ZIP_OK;
	fine = fine && zipCloseFileInZip(zip) == ZIP_OK;
	arena_free(&a);
	return fine;
}

bool zip_write(str folder, const struct zip_file *files, size_t count, struct buf *out)
{
	struct memory memory = { .out = out, .start = out->len };
	zlib_filefunc_def functions = { open_memory, read_memory, write_memory, tell_memory, seek_memory,
		close_memory, no_error, &memory };
	zipFile zip = zipOpen2("", APPEND_STATUS_CREATE, NULL, &functions);
	bool fine = zip != NULL;

	for (size_t i = 0; fine && i < count; i++)
		fine = add_file(zip, folder, &files[i]);
	return zip && zipClose(zip, NULL) == ZIP_OK && fine;
}
