/*
 * card -- the picture that shows an article where it is linked: an SVG of 1200 x 630, made by the
 * template `card.svg` with `social_cards: true`.
 */
#ifndef SITE_CARD_H
#define SITE_CARD_H

#include "data/value.h"

struct arena;
struct page;

/* "go/errors/card.svg" */
str card_path(const struct page *p, struct arena *a);

/* Add what the card's template sees besides the frame: `lines` of the title, `languages` with places, `verdict`. */
void card_value(const struct page *p, struct value *out, struct arena *a);

#endif
