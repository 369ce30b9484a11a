/*
 * article -- one file of content: its front matter, and where its body starts.
 *
 * Loading keeps metadata only (about 1 KB); the text is read again when the page is composed.
 */
#ifndef CONTENT_ARTICLE_H
#define CONTENT_ARTICLE_H

#include "base/date.h"
#include "base/diag.h"
#include "data/value.h"

struct arena;

struct str_list {
	const str *at;
	size_t count;
};

/* A way to sort articles besides tags: `topics: [a, b]`, in front matter or in its `taxonomies` map. */
struct taxonomy_key {
	str name, plural; /* "topic", "topics": either is the key */
	int line;	  /* where gen.yaml names it; 0: built in */
};

/* What an article says under such a key. */
struct term_words {
	struct str_list words;
	loc *locs; /* where each stands, src null; null when there are none */
	int line;  /* 0: not written */
};

struct article {
	str path;    /* as messages name it: "content/go/errors.md" */
	str below;   /* below the content folder: "go/errors.md" */
	str section; /* folders above it: "go", or empty */
	str name;    /* last part of the default URL, before slugging: "errors"; of a/index.md it is "a" */
	bool bundle; /* index.md in a folder of its own, whose other files belong to it */

	str title, description, image, summary, series, template_name;
	str slug; /* from front matter, or empty */
	str url;  /* from front matter: "/x/", or empty */
	struct date date, updated, expires, publish; /* year 0: none; publish is `published: DATE` or publishDate */
	struct str_list authors, tags, languages, aliases;
	loc *tag_locs; /* where each tag stands: tags.count of them, src null */
	loc *language_locs; /* the same for languages */
	struct term_words *terms; /* one for each of the options' taxonomies */
	int url_line, slug_line, tags_line, series_line; /* 0: not written */
	int weight;
	bool has_weight;
	bool draft;
	bool unsearched; /* `search: false`: its words are left out of the index */
	int toc; /* -1: as the site says, 0: no, 1: yes */
	struct value params;  /* a map: `params`, and keys that gen does not know */
	struct value sources, claims;

	size_t body; /* offset of the body in the file */
	int body_line; /* its line */
	bool matrix_hinted; /* its text could have a decision matrix; false is certain */
	uint64_t size; /* of the file, as its time: the caller's to fill */
	int64_t mtime_ns;
};

struct article_options {
	size_t front_matter_bytes; /* 0: 256 KB */
	int yaml_depth;		   /* 0: 64 */
	size_t yaml_nodes;	   /* 0: 100,000 */
	const struct taxonomy_key *taxonomies; /* besides tags, series and authors, which are keys of their own */
	size_t taxonomy_count;
};

/*
 * Read the head of an article. `text` is the whole file, or its beginning as long as it has the front matter
 * and (when that gives no title) the first heading. Strings are copied into `a`. Accepts a BOM, CRLF, and
 * `...` as terminator. False when the front matter is wrong; all that is wrong with it is said.
 */
bool article_read(const struct source *src, str below, const struct article_options *options,
	struct article *out, struct arena *a, struct diags *d);

/*
 * Cut front matter from a text: offset and line of the body. False (silently) when a front matter was opened
 * and never closed.
 */
bool article_split(str text, str *head, size_t *body, int *body_line);

/* The keys of front matter, for documentation and suggestions. */
struct article_key {
	str name, aliases, meaning; /* aliases: other spellings, with ", " between */
};
const struct article_key *article_keys(size_t *count);

#endif
