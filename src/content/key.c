#include "content/key.h"

#include "content/article.h"

enum { LONGEST_KEY = 32 };

static const struct article_key keys[] = {
	{ STR_INIT("title"), STR_INIT(""),
		STR_INIT("The title. Without it: the first heading, else the file name.") },
	{ STR_INIT("description"), STR_INIT(""),
		STR_INIT("One or two sentences for lists, search engines and cards.") },
	{ STR_INIT("date"), STR_INIT("pubDate"), STR_INIT("The day of the article.") },
	{ STR_INIT("updated"), STR_INIT("lastmod, modified, last_modified_at, updatedDate"),
		STR_INIT("When it was last changed.") },
	{ STR_INIT("authors"), STR_INIT("author"),
		STR_INIT("A name, a map with a name, or a list of them.") },
	{ STR_INIT("tags"), STR_INIT("tag"),
		STR_INIT("A list of tags, or one text with commas.") },
	{ STR_INIT("languages"), STR_INIT(""),
		STR_INIT("The programming languages that the article compares.") },
	{ STR_INIT("image"), STR_INIT("images, heroImage, featured_image"),
		STR_INIT("The picture for cards: an address, or a file beside the article.") },
	{ STR_INIT("draft"), STR_INIT(""), STR_INIT("true: built only with --drafts.") },
	{ STR_INIT("published"), STR_INIT(""),
		STR_INIT("false: a draft. A date: built only from then on.") },
	{ STR_INIT("publishDate"), STR_INIT("publish"),
		STR_INIT("Built only from this date on.") },
	{ STR_INIT("expires"), STR_INIT("expiryDate"),
		STR_INIT("Built only before this date.") },
	{ STR_INIT("slug"), STR_INIT(""),
		STR_INIT("The last part of the address, instead of the file name.") },
	{ STR_INIT("url"), STR_INIT("permalink, path"),
		STR_INIT("The whole address, from '/' on.") },
	{ STR_INIT("aliases"), STR_INIT("alias, redirect_from"),
		STR_INIT("Earlier addresses, which lead here.") },
	{ STR_INIT("series"), STR_INIT(""),
		STR_INIT("The series that the article belongs to.") },
	{ STR_INIT("weight"), STR_INIT(""),
		STR_INIT("Place among its neighbours: light ones come first.") },
	{ STR_INIT("summary"), STR_INIT("excerpt"),
		STR_INIT("The text for lists, instead of the first paragraph.") },
	{ STR_INIT("toc"), STR_INIT(""), STR_INIT("Table of contents: true or false.") },
	{ STR_INIT("search"), STR_INIT(""), STR_INIT("false: not in the search index.") },
	{ STR_INIT("template"), STR_INIT("layout"),
		STR_INIT("The template that makes the page.") },
	{ STR_INIT("params"), STR_INIT("extra"),
		STR_INIT("A map of your own, for templates.") },
	{ STR_INIT("sources"), STR_INIT(""),
		STR_INIT("Where facts come from: a list or a map.") },
	{ STR_INIT("claims"), STR_INIT(""), STR_INIT("Statements to check: a list or a map.") },
	{ STR_INIT("taxonomies"), STR_INIT(""),
		STR_INIT("As Zola writes tags: {tags: [Go, Python]}.") },
};

_Static_assert(sizeof(keys) / sizeof(keys[0]) == KEY_NONE, "a row for each key");

/*
 * Words to which Hugo, Zola, Jekyll, Astro, Eleventy and their themes give a meaning; they are
 * nobody's typing error.  Lower case, without '_' and '-'.
 */
static const str foreign[] = {
	STR_INIT("build"),
	STR_INIT("caption"),
	STR_INIT("cascade"),
	STR_INIT("categories"),
	STR_INIT("category"),
	STR_INIT("comment"),
	STR_INIT("comments"),
	STR_INIT("cover"),
	STR_INIT("data"),
	STR_INIT("featured"),
	STR_INIT("footer"),
	STR_INIT("header"),
	STR_INIT("headless"),
	STR_INIT("hidden"),
	STR_INIT("imagealt"),
	STR_INIT("keywords"),
	STR_INIT("kind"),
	STR_INIT("lang"),
	STR_INIT("language"),
	STR_INIT("languagecode"),
	STR_INIT("linktitle"),
	STR_INIT("locale"),
	STR_INIT("markup"),
	STR_INIT("math"),
	STR_INIT("menu"),
	STR_INIT("menus"),
	STR_INIT("mermaid"),
	STR_INIT("navorder"),
	STR_INIT("navtitle"),
	STR_INIT("outputs"),
	STR_INIT("page"),
	STR_INIT("pagetemplate"),
	STR_INIT("parent"),
	STR_INIT("pinned"),
	STR_INIT("rate"),
	STR_INIT("render"),
	STR_INIT("resources"),
	STR_INIT("robots"),
	STR_INIT("section"),
	STR_INIT("shorttitle"),
	STR_INIT("showtoc"),
	STR_INIT("sidebar"),
	STR_INIT("sitemap"),
	STR_INIT("sortby"),
	STR_INIT("stage"),
	STR_INIT("state"),
	STR_INIT("status"),
	STR_INIT("sticky"),
	STR_INIT("style"),
	STR_INIT("subtitle"),
	STR_INIT("tagline"),
	STR_INIT("thumbnail"),
	STR_INIT("time"),
	STR_INIT("type"),
	STR_INIT("version"),
};

const struct article_key *article_keys(size_t *count)
{
	*count = KEY_NONE;
	return keys;
}

/* The name, then the aliases; start with an empty `name`, false after the last one. */
static bool next_name(const struct article_key *k, str *rest, str *name)
{
	if (!name->ptr) {
		*name = k->name;
		*rest = k->aliases;
		return true;
	}
	struct str_pair p = str_cut(*rest, ',');
	*name = str_trim(p.head);
	*rest = p.tail;
	return name->len > 0;
}

enum key key_find(str written)
{
	/* Almost all keys are written as they are called. */
	for (int k = 0; k < KEY_NONE; k++) {
		if (str_eq(keys[k].name, written))
			return (enum key)k;
	}
	for (int k = 0; k < KEY_NONE; k++) {
		str name = { 0 }, rest = { 0 };
		while (next_name(&keys[k], &rest, &name)) {
			if (str_eq_key(name, written))
				return (enum key)k;
		}
	}
	return KEY_NONE;
}

/* Lower case, without '_' and '-'; empty when it is longer than any key. */
static str normalize(str key, char bytes[LONGEST_KEY])
{
	size_t n = 0;

	for (size_t i = 0; i < key.len; i++) {
		char c = key.ptr[i];
		if (c == '_' || c == '-')
			continue;
		if (n == LONGEST_KEY)
			return STR("");
		bytes[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return str_new(bytes, n);
}

/*
 * Edits between the word and a known name, or more than `limit`.  One of the ends must be right
 * and short names are left alone: `math` and `rate` are two and one edits from `date`.
 */
static int distance(str word, str name, int limit)
{
	char bytes[LONGEST_KEY];
	str known = normalize(name, bytes);
	size_t apart = known.len > word.len ? known.len - word.len : word.len - known.len;
	bool ends = known.ptr[0] == word.ptr[0] ||
		    known.ptr[known.len - 1] == word.ptr[word.len - 1];

	if (known.len < 4 || !ends || apart > (size_t)limit)
		return limit + 1;
	return str_distance(word, known, limit);
}

str key_nearest(str written)
{
	char bytes[LONGEST_KEY];
	str word = normalize(written, bytes);
	int limit = word.len < 6 ? 1 : 2;
	str best = { 0 };

	if (word.len < 3)
		return best;
	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++) {
		if (str_eq(foreign[i], word))
			return best;
	}
	for (int k = 0; k < KEY_NONE; k++) {
		str name = { 0 }, rest = { 0 };
		while (next_name(&keys[k], &rest, &name)) {
			int d = distance(word, name, limit);
			if (d > limit)
				continue;
			best = name;
			limit = d - 1;
		}
	}
	return best;
}
