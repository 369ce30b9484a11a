/*
 * compile -- the tags of a template to the steps of its program.
 */
#ifndef TEMPLATE_COMPILE_H
#define TEMPLATE_COMPILE_H

struct diags;
struct tags;
struct template;
struct template_set;

/*
 * Fill in t->steps from the tags of t->src, which are in order. The steps live in the arena
 * of the set.
 */
void template_compile(struct template *t, struct template_set *set, const struct tags *tags);

#endif
