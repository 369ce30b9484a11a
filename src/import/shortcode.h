/*
 * shortcode -- what WordPress, Hugo and Jekyll replace in a text before it is Markdown or HTML.
 *
 * Those that Markdown has words for are converted; the others stay as they are, and are noted.
 */
#ifndef IMPORT_SHORTCODE_H
#define IMPORT_SHORTCODE_H

#include "base/str.h"

struct arena;
struct notes;

/* WordPress: [caption], [code language="go"], [embed]. */
str shortcode_to_html(str html, int first_line, struct notes *notes, struct arena *a);

/* Where an article of Hugo stands, for what it refers to. */
struct hugo_place {
	str root;   /* the folder content/ */
	str folder; /* of the article, below it */
};

/* Hugo: {{< highlight go >}}, {{< figure src="a.png" >}}, {{< ref "a.md" >}}. */
str shortcode_hugo(str body, int first_line, const struct hugo_place *place, struct notes *notes, struct arena *a);

/* Jekyll: {% highlight go %}, {% raw %}, {% post_url 2015-01-01-a %}, {{ site.baseurl }}, {:
 * .class}. */
str shortcode_liquid(str body, int first_line, struct notes *notes, struct arena *a);

#endif
