/*
 * hash -- XXH3 for noticing changes, SHA-256 (FIPS 180-4) for keys that are published.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

struct arena;

uint64_t hash_64(str bytes);

/* For chaining: the hash of `bytes` with `seed`. */
uint64_t hash_64_seed(str bytes, uint64_t seed);

struct sha256 {
	uint32_t state[8];
	uint64_t length; /* bytes so far */
	unsigned char block[64];
};

void sha256_start(struct sha256 *h);
void sha256_add(struct sha256 *h, str bytes);
void sha256_end(struct sha256 *h, unsigned char out[32]);

/* 64 lower-case hexadecimal digits. */
str sha256_hex(str bytes, struct arena *a);

#endif
