/*
 * help -- help texts, the man page and completions, all from the table of commands.
 */
#ifndef CMD_HELP_H
#define CMD_HELP_H

struct buf;
struct command;

/* Of one command, or of the program when it is null. */
void help_write(const struct command *c, struct buf *out);

/* gen.1, in the man macros. */
void help_write_man(struct buf *out);

#endif
