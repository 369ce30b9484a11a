/*
 * The process that draws.  It has read all that it needs when it starts: from then on it may open no file, and
 * its time, memory and output are bounded.
 */
#include "diagram/diagram.h"

#include <unistd.h>

#ifdef GEN_GRAPHVIZ

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <graphviz/graphviz_version.h>
#include <graphviz/gvc.h>

#include "base/arena.h"
#include "base/buf.h"
#include "diagram/words.h"

enum { MEMORY = 512 << 20 };

extern gvplugin_library_t gvplugin_dot_layout_LTX_library, gvplugin_core_LTX_library;

/* Attributes by which Graphviz reads files. */
static const char *const REFUSED[] = { "image", "imagepath", "shapefile", "fontpath", "_background", "stylesheet" };
/* What would make links of its parts. */
static const char *const LINKS[] = { "URL", "href", "edgeURL", "edgehref", "headURL", "headhref", "labelURL",
	"labelhref", "tailURL", "tailhref" };

static struct buf said; /* by Graphviz, of what is wrong */
static struct buf reply;

const char *diagram_version(void)
{
	return PACKAGE_VERSION;
}

static int hear(char *message)
{
	if (said.len < 4096)
		buf_add(&said, str_c(message));
	return 0;
}

static _Noreturn void answer(void)
{
	str rest = buf_str(&reply);

	while (rest.len > 0) {
		ssize_t n = write(1, rest.ptr, rest.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		rest = str_from(rest, (size_t)n);
	}
	_exit(0);
}

static void note(char kind, int line, str text)
{
	buf_printf(&reply, "%c%d ", kind, line);
	for (size_t i = 0; i < text.len; i++)
		buf_char(&reply, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
	buf_char(&reply, '\n');
}

/* "<unknown>: syntax error in line 3 near '->'": the line, cut out of the text. In a label lines are its own. */
static int take_line(struct buf *text)
{
	str s = buf_str(text);
	ptrdiff_t at = str_find(s, STR(" in line ")), begin = str_find(s, STR("syntax error"));
	bool label = str_find(s, STR("in label of")) >= 0;
	size_t end = (size_t)at + 9;
	struct buf rest = { 0 };
	int line = 0;

	if (at < 0)
		return 0;
	for (; end < s.len && s.ptr[end] >= '0' && s.ptr[end] <= '9' && line < 1000000; end++)
		line = line * 10 + (s.ptr[end] - '0');
	buf_add(&rest, str_sub(s, begin > 0 && begin < at ? (size_t)begin : 0, (size_t)at));
	buf_add(&rest, str_from(s, end));
	buf_free(text);
	*text = rest;
	return label ? 0 : line;
}

/* What Graphviz said, as notes: each begins with "Error: " or "Warning: ". False when there was an error. */
static bool note_said(void)
{
	bool fine = true;
	str rest = buf_str(&said);

	while (rest.len > 0) {
		struct buf text = { 0 };
		bool error = str_starts(rest, STR("Error: "));
		str first = str_cut(rest, '\n').head;
		int line;

		buf_add(&text, str_from(first, error ? 7 : str_starts(first, STR("Warning: ")) ? 9 : 0));
		rest = str_cut(rest, '\n').tail;
		while (rest.len > 0 && !str_starts(rest, STR("Error: ")) && !str_starts(rest, STR("Warning: "))) {
			if (text.len < 200) {
				buf_char(&text, ' ');
				buf_add(&text, str_trim(str_cut(rest, '\n').head));
			}
			rest = str_cut(rest, '\n').tail;
		}
		line = take_line(&text);
		note(error ? 'E' : 'W', line, str_trim(buf_str(&text)));
		fine = fine && !error;
		buf_free(&text);
	}
	buf_clear(&said);
	return fine;
}

/* The line of a word in the text; attributes remember none. */
static int line_of(str text, const char *word)
{
	size_t len = strlen(word);
	int line = 1;

	for (size_t i = 0; i + len <= text.len; i++) {
		char before = i > 0 ? text.ptr[i - 1] : ' ', after = i + len < text.len ? text.ptr[i + len] : ' ';

		line += text.ptr[i] == '\n';
		if (str_eq_nocase(str_sub(text, i, i + len), str_c(word)) && strchr(" \t\n[,;\"<", before) &&
			strchr(" \t\n=\"", after))
			return line;
	}
	return 0;
}

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* Each attribute that some node, edge or graph has. */
static bool check_names(Agraph_t *g, str text)
{
	bool fine = true;

	for (int kind = AGRAPH; kind <= AGEDGE; kind++) {
		for (Agsym_t *sym = agnxtattr(g, kind, NULL); sym; sym = agnxtattr(g, kind, sym)) {
			struct buf why = { 0 };

			if (is_one_of(sym->name, REFUSED, sizeof(REFUSED) / sizeof(REFUSED[0]))) {
				buf_printf(&why, "\"%s\" is refused: a diagram reads no files", sym->name);
				note('E', line_of(text, sym->name), buf_str(&why));
				fine = false;
			} else if (is_one_of(sym->name, LINKS, sizeof(LINKS) / sizeof(LINKS[0]))) {
				buf_printf(&why, "\"%s\" is left out: a diagram has no links", sym->name);
				note('W', line_of(text, sym->name), buf_str(&why));
			}
			buf_free(&why);
		}
	}
	return fine;
}

static bool shows_image(Agraph_t *g, void *object, int kind)
{
	for (Agsym_t *sym = agnxtattr(g, kind, NULL); sym; sym = agnxtattr(g, kind, sym)) {
		char *value = agxget(object, sym);

		if (value && aghtmlstr(value) && strcasestr(value, "<img"))
			return true;
	}
	return false;
}

static bool any_image(Agraph_t *g)
{
	if (shows_image(g, g, AGRAPH))
		return true;
	for (Agraph_t *sub = agfstsubg(g); sub; sub = agnxtsubg(sub))
		if (shows_image(g, sub, AGRAPH))
			return true;
	for (Agnode_t *n = agfstnode(g); n; n = agnxtnode(g, n)) {
		if (shows_image(g, n, AGNODE))
			return true;
		for (Agedge_t *e = agfstout(g, n); e; e = agnxtout(g, e))
			if (shows_image(g, e, AGEDGE))
				return true;
	}
	return false;
}

/* Too much, or more than text and shapes: with a note for each. */
static bool check(Agraph_t *g, str text)
{
	struct buf why = { 0 };
	bool fine = check_names(g, text);

	if (agnnodes(g) == 0)
		BUF_LIT(&why, "this graph has no nodes");
	else if (agnnodes(g) > DIAGRAM_NODES || agnedges(g) > DIAGRAM_EDGES)
		buf_printf(&why, "a diagram has at most %d nodes and %d edges, and this one %d and %d", DIAGRAM_NODES,
			DIAGRAM_EDGES, agnnodes(g), agnedges(g));
	if (why.len > 0)
		note('E', 0, buf_str(&why));
	else if (any_image(g))
		note('E', line_of(text, "img"), STR("an image is refused: a diagram reads no files"));
	else
		return fine;
	buf_free(&why);
	return false;
}

static void set_default(Agraph_t *g, int kind, const char *name, const char *value)
{
	if (!agattr(g, kind, (char *)name, NULL))
		agattr(g, kind, (char *)name, (char *)value);
}

/* Fonts whose widths Graphviz knows by itself, so that a drawing is the same on every machine. */
static void set_defaults(Agraph_t *g)
{
	for (int kind = AGRAPH; kind <= AGEDGE; kind++)
		set_default(g, kind, "fontname", "Arial");
	/* Clusters may have declared it. */
	if (str_c(agget(g, (char *)"bgcolor")).len == 0)
		agsafeset(g, (char *)"bgcolor", (char *)"transparent", (char *)"");
}

static void limit(int resource, rlim_t soft, rlim_t hard)
{
	const struct rlimit now = { soft, hard };

	setrlimit((__rlimit_resource_t)resource, &now);
}

/* From here on: no files, no children, and not forever. */
static void confine(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	syscall(SYS_close_range, 3, ~0U, 0);
	/* The soft one ends us with SIGXCPU, which says why. */
	limit(RLIMIT_CPU, DIAGRAM_SECONDS, DIAGRAM_SECONDS + 1);
	limit(RLIMIT_NOFILE, 3, 3);
	limit(RLIMIT_NPROC, 0, 0);
	limit(RLIMIT_FSIZE, 0, 0);
	limit(RLIMIT_CORE, 0, 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
	/* The sanitizers reserve terabytes. */
	limit(RLIMIT_DATA, MEMORY, MEMORY);
#endif
}

static char *read_text(void)
{
	static char text[DIAGRAM_BYTES + 1];
	size_t len = 0;
	ssize_t n;

	while (len < DIAGRAM_BYTES && (n = read(0, text + len, DIAGRAM_BYTES - len)) > 0)
		len += (size_t)n;
	return text;
}

static _Noreturn void give_up(const char *otherwise)
{
	if (note_said())
		note('E', 0, str_c(otherwise));
	answer();
}

_Noreturn void diagram_main(void)
{
	lt_symlist_t plugins[] = { { "gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library },
		{ "gvplugin_core_LTX_library", &gvplugin_core_LTX_library }, { NULL, NULL } };
	char *text = read_text(), *svg = NULL;
	unsigned int len = 0;
	Agraph_t *g;
	GVC_t *c;

	confine();
	agseterrf(hear);
	c = gvContextPlugins(plugins, 0);
	g = agmemread(text);
	if (!g)
		give_up("there is no graph: it begins with graph or digraph");
	if (!note_said() || !check(g, str_c(text)))
		answer();
	set_defaults(g);
	if (gvLayout(c, g, "dot") != 0 || gvRenderData(c, g, "svg", &svg, &len) != 0 || len == 0)
		give_up("Graphviz could not lay it out");
	if (!note_said())
		answer();
	buf_char(&reply, 'D');
	words_of(g, &reply);
	BUF_LIT(&reply, "\n\n");
	buf_add(&reply, str_new(svg, len));
	answer();
}

#else

const char *diagram_version(void)
{
	return NULL;
}

_Noreturn void diagram_main(void)
{
	_exit(2);
}

#endif
