/*
 * snippets -- how much code the snippets of a page are, told in its text: "[lines](snippet:sum-go)" reads
 * "12 lines", wherever the snippet stands.
 */
#ifndef BLOCKS_SNIPPETS_H
#define BLOCKS_SNIPPETS_H

struct block_page;
struct markdown;

/*
 * Put the figures into the text. A snippet that is not there, or a figure that it does not have, is an error. Call
 * it before the text is shown or counted; it costs nothing to speak of where no link is of that kind.
 */
void snippets_say(struct block_page *page, struct markdown *m);

#endif
