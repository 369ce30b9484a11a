/*
 * choose -- "choose this when": the scenarios that each option of a decision matrix wins.
 */
#ifndef SITE_CHOOSE_H
#define SITE_CHOOSE_H

#include "data/value.h"

struct arena;

/* The verdict of a matrix with `choose` added: per option at most five scenarios, the heaviest first. */
struct value choose_verdict(const struct value *verdict, const struct value *matrix, struct arena *a);

#endif
