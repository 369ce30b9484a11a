#include "preview/slots.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"

enum { PLACES = 100 };

/* 0, EWOULDBLOCK when another preview has it, or the errno value. */
static int take_place(str place, struct slots *out, struct arena *a)
{
	int error = folder_make(place);

	if (error)
		return error;
	out->lock = open(str_cstr(path_join(place, STR("lock"), a), a),
		O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (out->lock < 0)
		return errno;
	if (flock(out->lock, LOCK_EX | LOCK_NB)) {
		error = errno;
		close(out->lock);
		/* A file system that has no locks does without. */
		return error == EWOULDBLOCK ? error : EACCES;
	}
	out->place = place;
	return 0;
}

static int take_below(str cache, struct slots *out, struct arena *a)
{
	int error = 0;

	for (int i = 1; i <= PLACES; i++) {
		error = take_place(str_printf(a, STR_FMT "/%d", STR_ARG(cache), i), out, a);
		if (error != EWOULDBLOCK)
			break;
	}
	if (error)
		return error;
	/* Nothing of it is for a repository. Without this file a preview works as well. */
	(void)file_write_atomic(path_join(cache, STR(".gitignore"), a), STR("*\n"));
	return 0;
}

static int take_temporary(struct slots *out, struct arena *a)
{
	const char *above = getenv("TMPDIR");
	str name = str_printf(a, "%s/gen-preview-XXXXXX", above && *above ? above : "/tmp");

	if (!mkdtemp((char *)name.ptr))
		return errno;
	out->temporary = true;
	return take_place(name, out, a);
}

bool slots_open(str cache, struct slots *out, struct arena *a, struct diags *d)
{
	int first, error;

	*out = (struct slots){ .lock = -1 };
	first = error = take_below(cache, out, a);
	if (error)
		error = take_temporary(out, a);
	if (error)
		return diag_error(d, (loc){ 0 }, "output",
			"cannot write into '" STR_FMT "' (%s), nor elsewhere: %s",
			STR_ARG(cache), strerror(first), strerror(error));
	out->folders[0] = path_join(out->place, STR("a"), a);
	out->folders[1] = path_join(out->place, STR("b"), a);
	return true;
}

void slots_close(struct slots *s)
{
	if (s->lock < 0)
		return;
	if (s->temporary)
		tree_remove(s->place);
	close(s->lock);
	s->lock = -1;
}
