#include <stddef.h>

#include "examples/inside_parts.h"

const char *const places_system[] = { "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store",
	"/gnu/store", NULL };

/* What the dynamic linker, Debian's alternatives and the runtimes of some languages need. */
const char *const places_etc[] = { "/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf",
	"/etc/ld.so.conf.d", "/etc/java-*", "/etc/php", "/etc/perl", NULL };

const char *const places_devices[] = { "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom",
	NULL };
