/*
 * floor -- what the libraries alone cost: read, YAML, cmark-gfm, a fixed page shell, write.
 *
 *     floor CONTENT OUTPUT [THREADS]
 *
 * No templates, no highlighting, no lists, no checks: a generator on the same libraries
 * cannot be faster.  Only the table extension is on, because others are not safe on threads.
 */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

struct list {
	char **at;
	size_t count, room;
};

struct work {
	struct list files;
	const char *content, *output;
	atomic_size_t next;
};

/* cmark's memory: a block per thread, taken from the front, emptied for each page. */
struct heap {
	char *at;
	size_t used, size;
};

static _Thread_local struct heap heap;

static void die(const char *what)
{
	fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void *heap_take(size_t size)
{
	size_t *block;

	size = (size + 31) & ~(size_t)15;
	if (heap.used + size > heap.size) {
		errno = ENOMEM;
		die("page too large");
	}
	block = (size_t *)(void *)(heap.at + heap.used);
	heap.used += size;
	*block = size - 16;
	return (char *)block + 16;
}

static void *heap_calloc(size_t count, size_t size)
{
	return memset(heap_take(count * size), 0, count * size);
}

static void *heap_realloc(void *old, size_t size)
{
	size_t had = old ? *(size_t *)(void *)((char *)old - 16) : 0;
	void *new;

	if (had >= size)
		return old;
	new = heap_take(size);
	if (old)
		memcpy(new, old, had);
	return new;
}

static void heap_free(void *old)
{
	(void)old;
}

static cmark_mem heap_mem = { heap_calloc, heap_realloc, heap_free };

static void list_files(struct list *list, const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	char path[4096];

	if (!dir)
		die(folder);
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (entry->d_type == DT_DIR) {
			list_files(list, path);
			continue;
		}
		if (list->count == list->room) {
			list->room = list->room ? 2 * list->room : 1024;
			list->at = realloc(list->at, list->room * sizeof(*list->at));
		}
		list->at[list->count++] = strdup(path);
	}
	closedir(dir);
}

static size_t read_file(const char *path, char *text, size_t room)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, text, room);

	if (got < 0)
		die(path);
	close(fd);
	return (size_t)got;
}

/* The title is all that the shell wants, but the whole front matter is parsed. */
static void read_title(const char *head, size_t size, char *title, size_t room)
{
	yaml_parser_t parser;
	yaml_document_t document;

	title[0] = '\0';
	yaml_parser_initialize(&parser);
	yaml_parser_set_input_string(&parser, (const unsigned char *)head, size);
	if (!yaml_parser_load(&parser, &document))
		die("front matter");
	for (yaml_node_t *node = document.nodes.start; node < document.nodes.top; node++)
		if (node->type == YAML_SCALAR_NODE && strcmp((char *)node->data.scalar.value, "title") == 0)
			snprintf(title, room, "%s", (char *)node[1].data.scalar.value);
	yaml_document_delete(&document);
	yaml_parser_delete(&parser);
}

static char *render_body(const char *body, size_t size)
{
	int options = CMARK_OPT_FOOTNOTES | CMARK_OPT_SOURCEPOS | CMARK_OPT_FULL_INFO_STRING;
	cmark_parser *parser = cmark_parser_new_with_mem(options, &heap_mem);
	cmark_node *root;

	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
	cmark_parser_feed(parser, body, size);
	root = cmark_parser_finish(parser);
	return cmark_render_html_with_mem(root, CMARK_OPT_DEFAULT,
		cmark_parser_get_syntax_extensions(parser), &heap_mem);
}

static void write_page(const struct work *w, const char *path, const char *title, const char *html)
{
	static const char shell[] = "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">"
				    "<title>%s</title><link rel=\"stylesheet\" href=\"/site.css\"></head>\n"
				    "<body><main><h1>%s</h1>\n%s</main></body>\n</html>\n";
	const char *name = path + strlen(w->content) + 1;
	size_t room = strlen(html) + 4096;
	char *page = heap_take(room);
	char out[4096];
	int fd, size;

	snprintf(out, sizeof(out), "%s/%.*s", w->output, (int)(strlen(name) - 3), name);
	if (mkdir(out, 0777) < 0)
		die(out);
	strncat(out, "/index.html", sizeof(out) - strlen(out) - 1);
	size = snprintf(page, room, shell, title, title, html);
	fd = open(out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0 || write(fd, page, (size_t)size) != size)
		die(out);
	close(fd);
}

static void make_page(struct work *w, const char *path)
{
	size_t room = 1 << 20;
	char *text, *end, title[512];
	size_t size;

	heap.used = 0;
	text = heap_take(room);
	size = read_file(path, text, room - 1);
	text[size] = '\0';
	end = strstr(text + 4, "\n---\n");
	if (!end) {
		errno = EINVAL;
		die(path);
	}
	read_title(text + 4, (size_t)(end - text) - 4, title, sizeof(title));
	end += 5;
	write_page(w, path, title, render_body(end, size - (size_t)(end - text)));
}

static void *make_pages(void *arg)
{
	struct work *w = arg;
	size_t i;

	heap.size = 64 << 20;
	heap.at = malloc(heap.size);
	while ((i = atomic_fetch_add(&w->next, 1)) < w->files.count)
		make_page(w, w->files.at[i]);
	free(heap.at);
	return NULL;
}

static void make_folders(const struct work *w)
{
	char made[4096] = "";

	mkdir(w->output, 0777);
	for (size_t i = 0; i < w->files.count; i++) {
		const char *name = w->files.at[i] + strlen(w->content) + 1;
		const char *slash = strchr(name, '/');
		char folder[4096];

		if (!slash)
			continue;
		snprintf(folder, sizeof(folder), "%s/%.*s", w->output, (int)(slash - name), name);
		if (strcmp(folder, made) == 0)
			continue;
		mkdir(folder, 0777);
		memcpy(made, folder, sizeof(made));
	}
}

int main(int argc, char **argv)
{
	struct work w = { 0 };
	pthread_t threads[64];
	int count = argc > 3 ? atoi(argv[3]) : 2;

	if (argc < 3 || count < 1 || count > 64) {
		fprintf(stderr, "usage: floor CONTENT OUTPUT [THREADS]\n");
		return 2;
	}
	w.content = argv[1];
	w.output = argv[2];
	cmark_gfm_core_extensions_ensure_registered();
	list_files(&w.files, w.content);
	make_folders(&w);
	for (int i = 1; i < count; i++)
		pthread_create(&threads[i], NULL, make_pages, &w);
	make_pages(&w);
	for (int i = 1; i < count; i++)
		pthread_join(threads[i], NULL);
	printf("%zu pages\n", w.files.count);
	for (size_t i = 0; i < w.files.count; i++)
		free(w.files.at[i]);
	free(w.files.at);
	return 0;
}
