#include "markdown/elements.h"

#include <stdlib.h>

/*
 * Elements that show or arrange text and cannot run, load or send anything but an image;
 * sorted by name.
 */
static const struct element elements[] = {
	{ STR_INIT("a"), 0, STR_INIT(" href name rel "), 0 },
	{ STR_INIT("abbr"), 0, { 0 }, 0 },
	{ STR_INIT("b"), 0, { 0 }, 0 },
	{ STR_INIT("bdi"), 0, { 0 }, 0 },
	{ STR_INIT("bdo"), 0, { 0 }, 0 },
	{ STR_INIT("blockquote"), 0, STR_INIT(" cite "), 0 },
	{ STR_INIT("br"), ELEMENT_VOID, { 0 }, 0 },
	{ STR_INIT("caption"), 0, { 0 }, 0 },
	{ STR_INIT("cite"), 0, { 0 }, 0 },
	{ STR_INIT("code"), 0, { 0 }, 0 },
	{ STR_INIT("col"), ELEMENT_VOID, STR_INIT(" span "), 0 },
	{ STR_INIT("colgroup"), 0, STR_INIT(" span "), 0 },
	{ STR_INIT("dd"), ELEMENT_IMPLIED, { 0 }, 1 },
	{ STR_INIT("del"), 0, STR_INIT(" cite datetime "), 0 },
	{ STR_INIT("details"), 0, STR_INIT(" name open "), 0 },
	{ STR_INIT("dfn"), 0, { 0 }, 0 },
	{ STR_INIT("div"), 0, { 0 }, 0 },
	{ STR_INIT("dl"), 0, { 0 }, 0 },
	{ STR_INIT("dt"), ELEMENT_IMPLIED, { 0 }, 1 },
	{ STR_INIT("em"), 0, { 0 }, 0 },
	{ STR_INIT("figcaption"), 0, { 0 }, 0 },
	{ STR_INIT("figure"), 0, { 0 }, 0 },
	{ STR_INIT("h1"), 0, { 0 }, 0 },
	{ STR_INIT("h2"), 0, { 0 }, 0 },
	{ STR_INIT("h3"), 0, { 0 }, 0 },
	{ STR_INIT("h4"), 0, { 0 }, 0 },
	{ STR_INIT("h5"), 0, { 0 }, 0 },
	{ STR_INIT("h6"), 0, { 0 }, 0 },
	{ STR_INIT("hr"), ELEMENT_VOID, { 0 }, 0 },
	{ STR_INIT("i"), 0, { 0 }, 0 },
	{ STR_INIT("img"), ELEMENT_VOID, STR_INIT(" alt height src width "), 0 },
	{ STR_INIT("ins"), 0, STR_INIT(" cite datetime "), 0 },
	{ STR_INIT("kbd"), 0, { 0 }, 0 },
	{ STR_INIT("li"), ELEMENT_IMPLIED, STR_INIT(" value "), 2 },
	{ STR_INIT("mark"), 0, { 0 }, 0 },
	{ STR_INIT("ol"), 0, STR_INIT(" reversed start type "), 0 },
	{ STR_INIT("p"), ELEMENT_IMPLIED, { 0 }, 3 },
	{ STR_INIT("pre"), 0, { 0 }, 0 },
	{ STR_INIT("q"), 0, STR_INIT(" cite "), 0 },
	{ STR_INIT("rp"), ELEMENT_IMPLIED, { 0 }, 4 },
	{ STR_INIT("rt"), ELEMENT_IMPLIED, { 0 }, 4 },
	{ STR_INIT("ruby"), 0, { 0 }, 0 },
	{ STR_INIT("s"), 0, { 0 }, 0 },
	{ STR_INIT("samp"), 0, { 0 }, 0 },
	{ STR_INIT("section"), 0, { 0 }, 0 },
	{ STR_INIT("small"), 0, { 0 }, 0 },
	{ STR_INIT("span"), 0, { 0 }, 0 },
	{ STR_INIT("strong"), 0, { 0 }, 0 },
	{ STR_INIT("sub"), 0, { 0 }, 0 },
	{ STR_INIT("summary"), 0, { 0 }, 0 },
	{ STR_INIT("sup"), 0, { 0 }, 0 },
	{ STR_INIT("table"), 0, { 0 }, 0 },
	{ STR_INIT("tbody"), ELEMENT_IMPLIED, { 0 }, 5 },
	{ STR_INIT("td"), ELEMENT_IMPLIED, STR_INIT(" colspan rowspan "), 6 },
	{ STR_INIT("tfoot"), ELEMENT_IMPLIED, { 0 }, 5 },
	{ STR_INIT("th"), ELEMENT_IMPLIED, STR_INIT(" abbr colspan rowspan scope "), 6 },
	{ STR_INIT("thead"), ELEMENT_IMPLIED, { 0 }, 5 },
	{ STR_INIT("time"), 0, STR_INIT(" datetime "), 0 },
	{ STR_INIT("tr"), ELEMENT_IMPLIED, { 0 }, 7 },
	{ STR_INIT("u"), 0, { 0 }, 0 },
	{ STR_INIT("ul"), 0, { 0 }, 0 },
	{ STR_INIT("var"), 0, { 0 }, 0 },
	{ STR_INIT("wbr"), ELEMENT_VOID, { 0 }, 0 },
};

static int compare_name(const void *name, const void *element)
{
	return str_cmp(*(const str *)name, ((const struct element *)element)->name);
}

const struct element *element_find(str name)
{
	return bsearch(&name, elements, sizeof(elements) / sizeof(*elements), sizeof(*elements),
		compare_name);
}

/* Is it one of the words between spaces? */
static bool has_word(str words, str word)
{
	while (words.len) {
		struct str_pair p = str_cut(str_trim_start(words), ' ');

		if (str_eq(p.head, word))
			return true;
		words = p.tail;
	}
	return false;
}

bool element_allows(const struct element *e, str name)
{
	return name.len && (has_word(STR("class dir id lang title"), name) ||
				   has_word(e->attributes, name));
}

bool element_is_raw(str name)
{
	return has_word(STR("script style textarea title xmp iframe noembed noframes noscript "
			    "plaintext svg math template object"),
		name);
}
