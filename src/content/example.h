/*
 * example -- code of an article that runs, as its fences declare it.
 *
 *     ```go run id=sum pair=sum cmp=exact
 *     ```go check
 *     ```go serve req="GET /hello"
 *     ```go hidden harness=sum      hidden code with one line //gen:code (#gen:code)
 *
 * A harness is put around the block that names it (harness=sum), or around the block with that
 * id.  Everything that is wrong with a declaration is said at its place; what an example is,
 * is known here without running anything.
 */
#ifndef CONTENT_EXAMPLE_H
#define CONTENT_EXAMPLE_H

#include "base/diag.h"
#include "content/article.h"
#include "content/dependency.h"
#include "content/example_request.h"
#include "data/value.h"

struct arena;
struct markdown;
struct registry;

enum example_kind { EXAMPLE_RUN, EXAMPLE_CHECK, EXAMPLE_SERVE };

/* How two outputs are compared, from the strictest on. */
enum example_cmp {
	CMP_EXACT,     /* byte by byte */
	CMP_LINES,     /* line by line, white space at the ends and its amount aside */
	CMP_UNORDERED, /* the same lines in any order */
	CMP_COUNT,     /* as many lines */
	CMP_REGEX,     /* each matches one pattern: cmp="regex:^took [0-9]+ ms$" */
	CMP_NONE,
};

enum example_expect { EXPECT_EXIT, EXPECT_COMPILE_ERROR, EXPECT_PANIC, EXPECT_TIMEOUT };

enum lock_state {
	LOCK_UNNEEDED,
	LOCK_MISSING,
	LOCK_OTHER, /* made for another deps= */
	LOCK_FOREIGN, /* not as gen writes it: a client would do more with it than take packages */
	LOCK_FITS,
};

struct example_file {
	str name; /* in the program's folder */
	str bytes;
};

struct example {
	str id;   /* written, or made of language and number: go-1 */
	bool has_id;
	loc at;   /* of the fence */
	loc kind_at; /* of the word run, check or serve */
	enum example_kind kind;
	str language; /* of the registry: "go" */
	str title;    /* what the fence calls it, often a file's name; or empty */
	bool hidden;

	str code; /* as it is shown (of file=: all of it), with LF */
	int code_line; /* of its first line, in the article or in the file */
	str file; /* the real file that file= names, below the site's root; or empty */

	str program;   /* code within its harness: what is run */
	int before;    /* lines of the harness before the code */
	int lines;     /* of the code */
	int indent;    /* bytes of white space before each line of the code */
	int harness_line, after_line; /* lines in the article of the harness's first part and last part; 0: none */

	struct example_file *files;
	size_t file_count;
	struct str_list args, env, deps; /* env: "NAME=value"; deps as written */
	str input;			 /* stdin */
	/* of EXAMPLE_SERVE */
	struct example_request *requests;
	size_t request_count;
	int port;		     /* 0: the one that it listens on */
	struct str_list shown_headers; /* names of headers to record, beside the standard ones */
	enum example_expect expect;
	int exit;
	enum example_cmp cmp;
	str pattern;	    /* of CMP_REGEX */
	int64_t timeout_ms; /* 0: the standard */
	uint64_t memory;    /* bytes; 0: the standard */
	/*
	 * Packages. Whoever gives the example away (site/example_files.c) puts `locks` beside the program under their names:
	 * go.mod and go.sum, requirements.txt, or package.json and package-lock.json. There are none until they were fetched
	 * for this very deps=.
	 */
	enum package_client client;
	struct dependency *dependencies;
	size_t dependency_count;
	struct example_file *locks;
	size_t lock_count;
	enum lock_state lock_state;
	str pair;
	str key; /* SHA-256, 64 digits: of everything that can change what it does */
};

struct examples {
	struct example *at;
	size_t count;
	loc *left_out; /* fences of code in a language that are neither run nor excused by norun */
	size_t left_out_count;
};

/* Where the article is. */
struct example_place {
	const struct source *src;
	str folder; /* of the article, on disk: where file= looks first */
	str root;   /* of the site; nothing outside it is read */
	const struct value *runners; /* `runners:` of gen.yaml, part of the key; may be null */
	const struct registry *registry; /* of languages; may be null */
};

/* A quick look: could the text declare an example? False is certain. */
bool examples_hinted(str body);

/*
 * All examples of an article, in order. False when a declaration is wrong; what could be read is in `out` then
 * all the same. Strings live as long as `a` and the document.
 */
bool examples_read(struct markdown *m, const struct example_place *place, struct examples *out,
	struct arena *a, struct diags *d);

/* Read the lock files of an example again, after its packages were fetched; its key follows. */
void example_lock(struct example *e, const struct example_place *place, struct arena *a);

/*
 * Where a line of the program stands: in the article, or in the file that file= names (then `path` is
 * that file, else empty). False when it is a line that no one wrote.
 */
bool example_line(const struct example *e, int line, int *col, str *path, int *out);

/* The words "exact", "lines", ... */
const str *example_cmp_names(size_t *count);

#endif
