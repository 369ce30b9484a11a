/* abuse NAME FOLDER FILE HOME TOOLCHAIN PID TCP UDP SOCKET DATAGRAM ABSTRACT: exits 0 when the attempt worked, 42 when not. */
#include <stdlib.h>
#include <string.h>

#include "abuse.h"

static const struct abuse *find(const struct abuse *at, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(at[i].name, name) == 0)
			return &at[i];
	return NULL;
}

int main(int argc, char **argv)
{
	const struct abuse *a = argc == 12 ? find(abuses, abuse_count, argv[1]) : NULL;
	struct bait bait;

	if (!a && argc == 12)
		a = find(bombs, bomb_count, argv[1]);
	if (!a)
		return 99;
	bait = (struct bait){ argv[2], argv[3], argv[4], argv[5], atoi(argv[6]), atoi(argv[7]), atoi(argv[8]), argv[9],
		argv[10], argv[11] };
	return a->attempt(&bait) ? 0 : ABUSE_HELD;
}
