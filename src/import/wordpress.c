#include "import/importing.h"

#include "base/arena.h"
#include "data/json.h"
#include "import/html.h"
#include "import/post.h"
#include "import/wxr.h"

/* {"rendered": "..."} of the REST API, or the text itself. */
static str rendered(const struct value *post, str key)
{
	const struct value *v = value_get(post, key);

	return v->kind == VALUE_MAP ? value_str(value_get(v, STR("rendered"))) : value_str(v);
}

static str text_of(const struct value *post, str key)
{
	return value_str(value_get(post, key));
}

static void push_name(struct value *list, str name, struct arena *a)
{
	name = html_plain(name, a);
	if (name.len)
		value_push(list, value_string(name), a);
}

/* ?_embed has the terms with their names: a list for each taxonomy. */
static struct value embedded_terms(const struct value *post, str taxonomy, struct arena *a)
{
	const struct value *groups =
		value_get(value_get(post, STR("_embedded")), STR("wp:term"));
	struct value list = value_list(a);

	for (size_t i = 0; i < value_count(groups); i++)
		for (size_t k = 0; k < value_count(value_at(groups, i)); k++) {
			const struct value *term = value_at(value_at(groups, i), k);

			if (str_eq(text_of(term, STR("taxonomy")), taxonomy))
				push_name(&list, text_of(term, STR("name")), a);
		}
	return list;
}

/* Names as such: a list of texts or of maps, or a map by name, as WordPress.com has it. */
static void push_names(struct value *list, const struct value *terms, struct arena *a)
{
	if (terms->kind == VALUE_MAP) {
		for (size_t i = 0; i < value_count(terms); i++)
			push_name(list, terms->map->at[i].key, a);
		return;
	}
	for (size_t i = 0; i < value_count(terms); i++) {
		const struct value *t = value_at(terms, i);

		if (t->kind == VALUE_STRING)
			push_name(list, t->s, a);
		else if (t->kind == VALUE_MAP)
			push_name(list, text_of(t, STR("name")), a);
	}
}

/* The theme's classes say the slugs: "tag-golang". */
static void push_classes(
	struct value *list, const struct value *post, str prefix, struct arena *a)
{
	const struct value *classes = value_get(post, STR("class_list"));

	for (size_t i = 0; i < value_count(classes); i++) {
		str class = value_str(value_at(classes, i));
		str name = str_starts(class, prefix) ? str_from(class, prefix.len) : (str){ 0 };

		if (name.len && !str_eq(name, STR("uncategorized")))
			value_push(list, value_string(name), a);
	}
}

static bool is_number(const struct value *v)
{
	return v->kind == VALUE_INT;
}

/* Names from wherever the export has them; their numbers go to `ids` when it has none. */
static struct value read_terms(const struct value *post, str key, str taxonomy, str class,
	struct value *ids, struct arena *a)
{
	const struct value *terms = value_get(post, key);
	struct value list = embedded_terms(post, taxonomy, a), numbers = value_list(a);

	if (!value_count(&list))
		push_names(&list, terms, a);
	if (!value_count(&list))
		push_classes(&list, post, class, a);
	for (size_t i = 0;
		i < value_count(terms) && terms->kind == VALUE_LIST && !value_count(&list); i++)
		if (is_number(value_at(terms, i)))
			value_push(&numbers, *value_at(terms, i), a);
	if (value_count(&numbers))
		value_put(ids, str_printf(a, "wordpress_" STR_FMT, STR_ARG(key)), numbers, a);
	return list;
}

static str first_nonempty(str a, str b)
{
	return a.len ? a : b;
}

static str read_author(const struct value *post, struct arena *a)
{
	const struct value *embedded = value_get(post, STR("_embedded")),
			   *author = value_get(post, STR("author"));
	str name = text_of(value_at(value_get(embedded, STR("author")), 0), STR("name"));

	if (!name.len && author->kind == VALUE_MAP)
		name = text_of(author, STR("name"));
	if (!name.len && author->kind == VALUE_STRING)
		name = author->s;
	if (!name.len)
		name = text_of(value_get(post, STR("yoast_head_json")), STR("author"));
	return html_plain(name, a);
}

static str read_image(const struct value *post)
{
	const struct value *embedded =
		value_get(value_get(post, STR("_embedded")), STR("wp:featuredmedia"));
	const struct value *yoast =
		value_get(value_get(post, STR("yoast_head_json")), STR("og_image"));
	str image = text_of(value_at(embedded, 0), STR("source_url"));

	image = first_nonempty(image, text_of(post, STR("jetpack_featured_media_url")));
	image = first_nonempty(image, text_of(value_at(yoast, 0), STR("url")));
	return first_nonempty(image, text_of(post, STR("featured_image")));
}

static bool is_post(const struct value *v)
{
	const struct value *content = value_get(v, STR("content"));

	return content->kind == VALUE_STRING ||
	       (content->kind == VALUE_MAP &&
		       value_get(content, STR("rendered"))->kind == VALUE_STRING);
}

static void read_post(
	const struct source *src, const struct value *v, struct post *p, struct arena *a)
{
	p->at = (loc){ src, v->line, v->col };
	p->id = first_nonempty(text_of(v, STR("id")), text_of(v, STR("ID")));
	p->slug = text_of(v, STR("slug"));
	p->link = first_nonempty(text_of(v, STR("link")), text_of(v, STR("URL")));
	p->status = text_of(v, STR("status"));
	p->type = text_of(v, STR("type"));
	p->title = rendered(v, STR("title"));
	p->content = rendered(v, STR("content"));
	p->excerpt = rendered(v, STR("excerpt"));
	p->date = text_of(v, STR("date"));
	p->date_gmt = text_of(v, STR("date_gmt"));
	p->modified = text_of(v, STR("modified"));
	p->modified_gmt = text_of(v, STR("modified_gmt"));
	p->author = read_author(v, a);
	p->image = read_image(v);
	p->locked = value_truth(value_get(value_get(v, STR("content")), STR("protected")));
	p->term_ids = value_map(a);
	p->tags = read_terms(v, STR("tags"), STR("post_tag"), STR("tag-"), &p->term_ids, a);
	p->categories = read_terms(
		v, STR("categories"), STR("category"), STR("category-"), &p->term_ids, a);
}

static bool refuse_post(struct importing *im, const struct source *src, const struct value *v)
{
	str message = text_of(v, STR("message"));

	if (v->kind == VALUE_MAP && value_get(v, STR("code"))->kind == VALUE_STRING &&
		message.len)
		return diag_error(im->d, value_loc(v, src), "import",
			"this is an error that WordPress answered: " STR_FMT, STR_ARG(message));
	diag_error(im->d, value_loc(v, src), "import",
		"this is %s without \"content\", not a post of WordPress", value_kind_name(v));
	diag_help(im->d, "save what https://SITE/wp-json/wp/v2/posts?_embed answers, or export "
			 "all as WXR");
	return false;
}

static bool import_value(struct importing *im, const struct source *src, const struct value *v)
{
	struct arena a = { 0 };
	struct post p = { .at = { 0 } };
	bool fine;

	if (!is_post(v))
		return refuse_post(im, src, v);
	if (str_eq(text_of(v, STR("status")), STR("trash"))) {
		notes_add(&im->report->notes, NOTE_TRASH, v->line, rendered(v, STR("title")));
		return true;
	}
	read_post(src, v, &p, &a);
	fine = post_import(im, &p, &a);
	arena_free(&a);
	return fine;
}

/* A post, a list of them, or {"posts": [...]}. */
static bool import_json(struct importing *im, const struct source *src, struct arena *a)
{
	struct value root;
	const struct value *list = &root;
	bool fine = true;

	if (!json_read(src, src->text, &root, a, im->d))
		return false;
	if (root.kind == VALUE_MAP && value_get(&root, STR("posts"))->kind == VALUE_LIST)
		list = value_get(&root, STR("posts"));
	if (list->kind != VALUE_LIST)
		return import_value(im, src, list);
	for (size_t i = 0; i < value_count(list); i++)
		fine = import_value(im, src, value_at(list, i)) && fine;
	return fine;
}

bool import_wordpress(struct importing *im, str path)
{
	struct arena a = { 0 };
	struct source *src = importing_read(im, path, &im->report->notes, &a);
	str start = src ? str_trim_start(src->text) : (str){ 0 };
	bool fine = false;

	if (src && start.len && start.ptr[0] == '<')
		fine = wxr_import(im, src);
	else if (src && start.len && (start.ptr[0] == '{' || start.ptr[0] == '['))
		fine = import_json(im, src, &a);
	else if (src) {
		diag_error(im->d, source_loc(src, src->text.len - start.len), "import",
			"this is neither JSON of WordPress's REST API nor a WXR export");
		diag_help(im->d, "for Markdown and plain text there is `gen import text`");
	}
	arena_free(&a);
	return fine;
}
