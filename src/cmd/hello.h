/*
 * hello -- the smallest whole program of a language, for scaffolds.
 */
#ifndef CMD_HELLO_H
#define CMD_HELLO_H

#include "base/str.h"

/* It prints "hello" and a newline; empty when none is known for the language of that slug. */
str hello_program(str slug);

#endif
