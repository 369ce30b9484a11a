/*
 * swar -- eight bytes looked at in one step.
 */
#ifndef BASE_SWAR_H
#define BASE_SWAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t swar_load(const void *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return word;
}

static inline uint64_t swar_fill(unsigned char c)
{
	return c * UINT64_C(0x0101010101010101);
}

/* The first byte is the lowest, on every machine; its own inverse. */
static inline uint64_t swar_from_little(uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return __builtin_bswap64(word);
#else
	return word;
#endif
}

/* Not 0 when one of the bytes is 0. */
static inline uint64_t swar_zero(uint64_t word)
{
	return (word - swar_fill(1)) & ~word & swar_fill(0x80);
}

/* How many bytes are 0x80; all others must be 0. */
static inline size_t swar_count(uint64_t word)
{
	return (size_t)((word >> 7) * swar_fill(1) >> 56);
}

/* Not 0 when one of the bytes is `&`, `<` or `>`: the last two differ in one bit. */
static inline uint64_t swar_markup(uint64_t word)
{
	return swar_zero(word ^ swar_fill('&')) |
	       swar_zero((word & ~swar_fill('<' ^ '>')) ^ swar_fill('<' & '>'));
}

#endif
