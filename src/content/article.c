#include "content/article.h"

#include "base/arena.h"
#include "base/path.h"
#include "content/front_matter.h"
#include "content/heading.h"
#include "content/hint.h"
#include "data/yaml.h"

enum { FRONT_MATTER_BYTES = 256 * 1024 };

/* Does the line hold only `mark`, and blanks behind it? */
static bool is_line_of(str line, str mark)
{
	return str_starts(line, mark) && str_trim_end(line).len == mark.len;
}

static str line_from(str text, size_t at)
{
	return str_cut(str_from(text, at), '\n').head;
}

bool article_split(str text, str *head, size_t *body, int *body_line)
{
	size_t start = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
	str line = line_from(text, start);
	int number = 1;

	*head = STR("");
	*body = start;
	*body_line = 1;
	if (!is_line_of(line, STR("---")))
		return true;
	size_t first = start + line.len + 1;
	for (size_t at = first; at < text.len; at += line.len + 1) {
		line = line_from(text, at);
		number++;
		if (!is_line_of(line, STR("---")) && !is_line_of(line, STR("...")))
			continue;
		*head = str_sub(text, first, at);
		*body = at + line.len + 1 < text.len ? at + line.len + 1 : text.len;
		*body_line = number + 1;
		return true;
	}
	return false;
}

static bool refuse_unclosed(const struct source *src, struct diags *d)
{
	diag_error(d, (loc){ src, 1, 1 }, "front-matter",
		"front matter opened by \"---\" is never closed");
	diag_help(d,
		"end it by a line \"---\"; if this is a rule across the page, write \"***\"");
	return false;
}

/* Zola's way, and one of Hugo's. */
static bool refuse_toml(const struct source *src, struct diags *d)
{
	diag_error(d, (loc){ src, 1, 1 }, "front-matter",
		"front matter between \"+++\" lines is TOML, and YAML is expected");
	diag_help(
		d, "put it between \"---\" lines and write \"key: value\" for \"key = value\"");
	return false;
}

static bool refuse_size(const struct source *src, str head,
	const struct article_options *options, struct diags *d)
{
	size_t most = options->front_matter_bytes;

	diag_error(d, (loc){ src, 1, 1 }, "front-matter",
		"front matter of %zu bytes; at most %zu are allowed", head.len,
		most ? most : (size_t)FRONT_MATTER_BYTES);
	diag_help(d, "move data into a file of its own, or raise the limit in gen.yaml");
	return false;
}

static bool refuse_root(const struct source *src, const struct value *root, struct diags *d)
{
	diag_error(d, value_loc(root, src), "front-matter",
		"front matter must be \"key: value\" lines, found %s", value_kind_name(root));
	if (root->kind == VALUE_STRING && str_find_char(root->s, ':') >= 0)
		diag_help(d, "put a space after the colon");
	else if (root->kind == VALUE_STRING)
		diag_help(d, "if \"---\" is a rule across the page, write \"***\"");
	return false;
}

static bool read_head(const struct source *src, str head, const struct article_options *options,
	struct article *out, struct arena *a, struct diags *d)
{
	struct yaml_limits limits = { options->yaml_depth, options->yaml_nodes };
	struct fields f = { src, a, d, options->taxonomies, options->taxonomy_count };
	struct arena scratch = { 0 }; /* for the tree; what is kept of it moves to `a` */
	struct value root;
	bool ok = yaml_read(src, head, 2, &limits, &root, &scratch, d);

	if (ok && root.kind != VALUE_MAP && root.kind != VALUE_NULL)
		ok = refuse_root(src, &root, d);
	else if (ok)
		ok = front_matter_read(&f, &root, out);
	arena_free(&scratch);
	return ok;
}

static void name_article(str below, struct article *out, struct arena *a)
{
	out->below = str_copy(below, a);
	out->section = path_folder(out->below);
	out->name = path_stem(out->below);
	if (str_eq(out->name, STR("index")) && out->section.len) {
		str folder = out->section;
		out->bundle = true;
		out->name = path_name(folder);
		out->section = path_folder(folder);
	}
}

bool article_read(const struct source *src, str below, const struct article_options *options,
	struct article *out, struct arena *a, struct diags *d)
{
	static const struct article_options defaults;
	str head;

	if (!options)
		options = &defaults;
	*out = (struct article){ .toc = -1, .params = value_map(a) };
	if (options->taxonomy_count)
		out->terms = arena_array(a, struct term_words, options->taxonomy_count);
	out->path = str_copy(src->path, a);
	name_article(below, out, a);
	if (!article_split(src->text, &head, &out->body, &out->body_line))
		return refuse_unclosed(src, d);
	if (out->body_line == 1 && is_line_of(line_from(src->text, out->body), STR("+++")))
		return refuse_toml(src, d);
	if (head.len > (options->front_matter_bytes ? options->front_matter_bytes
						    : FRONT_MATTER_BYTES))
		return refuse_size(src, head, options, d);
	if (head.len && !read_head(src, head, options, out, a, d))
		return false;
	out->matrix_hinted = hint_matrix(str_from(src->text, out->body));
	if (!out->title.len)
		out->title = heading_first(str_from(src->text, out->body), a);
	if (!out->title.len)
		out->title = out->name;
	return true;
}
