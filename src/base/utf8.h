/*
 * utf8 -- Unicode text: validity, case, folding (UTF-8 as in RFC 3629).
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

struct arena;

/* Offset of the first byte that is not valid UTF-8, or -1 when all is well. */
ptrdiff_t utf8_invalid(str s);

/*
 * Decode one character at `s.ptr` (s.len > 0, valid UTF-8); its length in bytes
 * is stored in *len.
 */
uint32_t utf8_decode(str s, int *len);

/* Write one character, at most 4 bytes; returns the length. */
int utf8_encode(uint32_t c, char out[4]);

/* Characters, counting each code point once. */
size_t utf8_count(str s);

/* Lower case by Unicode's simple mapping. */
str utf8_lower(str s, struct arena *a);

/* For comparison without case: NFKC and full case folding. Invalid input comes back as it is. */
str utf8_fold(str s, struct arena *a);

/* Letter, mark, number or connector punctuation: what stays in an id (as GitHub makes them). */
bool utf8_is_word(uint32_t c);

/* The longest that utf8_fold_word() makes of one word. */
enum { UTF8_FOLD_MAX = 512 };

/*
 * For search: a word without case, accents and other marks, in NFC (of NFKD with full case folding, marks
 * left out). Returns its length in `out`; 0 when nothing is left, or when it is longer than that.
 */
size_t utf8_fold_word(str word, char out[UTF8_FOLD_MAX]);

/*
 * A name for URLs: lower case, accents dropped where a plain letter is left, other
 * letters kept, everything else one '-'; none at the ends. May be empty ("!!!").
 */
str slug_from(str title, struct arena *a);

#endif
