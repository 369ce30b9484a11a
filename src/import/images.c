#include "import/images.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/path.h"
#include "import/fetch.h"

/* FAR: bytes after which an image or code that has not ended is none, so that no line takes long. */
enum { MOST_IMAGES = 1000, FAR = 4000, NAME_SHOWN = 24 };

struct bringing {
	struct importing *im;
	loc from;
	struct notes *notes;
	struct arena *arena;
};

static bool is_remote(str address)
{
	return str_starts(address, STR("https://")) || str_starts(address, STR("http://"));
}

/* "images/diagram-1a2b3c4d", without its extension. */
static str name_of(str url, struct arena *a)
{
	str path = str_cut(str_cut(url, '#').head, '?').head;

	return str_printf(a, "images/" STR_FMT "-%08x", STR_ARG(importing_slug(path_stem(path), STR("image"), a)),
		(unsigned)hash_64(url));
}

/* The end of an address, for a report. */
static str last_of(str url)
{
	str name = path_name(str_cut(str_cut(url, '#').head, '?').head);

	return name.len > NAME_SHOWN ? str_from(name, name.len - NAME_SHOWN) : name.len ? name : url;
}

/* A picture that an earlier import has brought. */
static bool find_there(struct bringing *b, str name, str *found)
{
	str root = path_join(b->im->options->site, STR("content"), b->arena);

	for (size_t i = 0; fetch_extensions[i].len; i++) {
		struct file_info info;

		*found = str_join(name, fetch_extensions[i], b->arena);
		if (file_stat(path_join(root, *found, b->arena), &info) == 0 && info.kind == FILE_REGULAR)
			return true;
	}
	return false;
}

static bool fetch(struct bringing *b, str url, str name, str *found)
{
	const struct notes none = importing_notes(b->im, "line");
	str bytes, extension, why;

	if (++b->im->fetched > MOST_IMAGES)
		why = STR("there are too many");
	else if (fetch_image(url, b->im->options->fetch_private, &bytes, &extension, &why, b->arena)) {
		*found = str_join(name, extension, b->arena);
		return importing_put(b->im, b->from, path_join(STR("content"), *found, b->arena), bytes, &none,
			b->arena);
	}
	notes_add(b->notes, NOTE_IMAGE_KEPT, 0,
		str_printf(b->arena, STR_FMT ": " STR_FMT, STR_ARG(last_of(url)), STR_ARG(why)));
	return false;
}

/* The new address of a picture, or the old one. What is asked once in a run is not asked again. */
static str bring(struct bringing *b, str url)
{
	bool is_new;
	void **slot;
	str name, found, *kept;

	if (!is_remote(url))
		return url;
	slot = map_put(&b->im->images, str_copy(url, b->im->arena), &is_new);
	if (!is_new)
		return *(str *)*slot;
	kept = arena_new(b->im->arena, str);
	*slot = kept;
	name = name_of(url, b->arena);
	if (find_there(b, name, &found) || fetch(b, url, name, &found)) {
		*kept = str_join(STR("/"), found, b->im->arena);
		notes_add(b->notes, NOTE_IMAGE_FETCHED, 0, url);
	} else {
		*kept = str_copy(url, b->im->arena);
	}
	return *kept;
}

/* The end of what begins at `at`, by the mark that closes it; a backslash takes the meaning of what follows. */
static size_t find_close(str line, size_t at, char open, char close)
{
	int depth = 0;

	for (; at < line.len; at++) {
		if (line.ptr[at] == '\\')
			at++;
		else if (line.ptr[at] == open)
			depth++;
		else if (line.ptr[at] == close && --depth == 0)
			return at;
	}
	return line.len;
}

static size_t count_ticks(str line, size_t at)
{
	size_t ticks = 0;

	while (at + ticks < line.len && line.ptr[at + ticks] == '`')
		ticks++;
	return ticks;
}

/* The length of code between backticks at `at`; of the backticks alone when nothing closes it on this line. */
static size_t code_length(str line, size_t at)
{
	size_t ticks = count_ticks(line, at), run = 0;

	line = str_sub(line, 0, at + ticks + FAR);
	for (size_t i = at + ticks; i <= line.len; i++) {
		if (i < line.len && line.ptr[i] == '`') {
			run++;
			continue;
		}
		if (run == ticks)
			return i - at;
		run = 0;
	}
	return ticks;
}

/* "![alt](address" at `at`: where its address is. */
static bool find_address(str line, size_t at, size_t *start, size_t *end)
{
	size_t close, depth = 0;
	bool angled;

	line = str_sub(line, 0, at + FAR);
	close = find_close(line, at + 1, '[', ']');
	if (close + 2 >= line.len || line.ptr[close + 1] != '(')
		return false;
	angled = line.ptr[close + 2] == '<';
	*start = close + 2 + angled;
	for (*end = *start; *end < line.len; ++*end) {
		char c = line.ptr[*end];

		if (c == '\\')
			++*end;
		else if (!angled && c == '(')
			depth++;
		else if (!angled && c == ')' && depth > 0)
			depth--;
		else if (angled ? c == '>' : strchr(" )\t", c) != NULL)
			return true;
	}
	return false;
}

/* A backslash before a mark is of Markdown, not of the address. */
static str without_backslashes(str address, struct arena *a)
{
	struct buf out = { .arena = a };

	for (size_t i = 0; i < address.len; i++) {
		if (address.ptr[i] == '\\' && i + 1 < address.len)
			i++;
		buf_char(&out, address.ptr[i]);
	}
	return buf_str(&out);
}

static void bring_line(struct bringing *b, str line, struct buf *out)
{
	size_t done = 0, start, end;

	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] == '\\') {
			i++;
		} else if (line.ptr[i] == '`') {
			i += code_length(line, i) - 1;
		} else if (line.ptr[i] == '!' && i + 1 < line.len && line.ptr[i + 1] == '[' &&
			   find_address(line, i, &start, &end)) {
			str url = str_sub(line, start, end), now = bring(b, without_backslashes(url, b->arena));

			if (!is_remote(url) || is_remote(now))
				continue;
			buf_add(out, str_sub(line, done, start));
			buf_add(out, now);
			done = end;
			i = end;
		}
	}
	buf_add(out, str_from(line, done));
}

/* Does the line begin or end a block of code? `fence` is what it must be ended by; empty: none is open. */
static bool turns_fence(str line, str *fence)
{
	str text = str_trim_start(line), mark;
	size_t length = 0;

	while (length < text.len && (text.ptr[length] == '`' || text.ptr[length] == '~') &&
		text.ptr[length] == text.ptr[0])
		length++;
	mark = str_sub(text, 0, length);
	if (length < 3)
		return false;
	if (fence->len == 0) {
		*fence = mark;
		return true;
	}
	if (!str_starts(mark, *fence) || str_trim(str_from(text, length)).len)
		return false;
	*fence = (str){ 0 };
	return true;
}

static void bring_cover(struct bringing *b, struct value *meta)
{
	str old = value_str(value_get(meta, STR("image"))), now = bring(b, old);

	if (str_eq(old, now))
		return;
	*meta = value_copy(meta, b->arena);
	value_put(meta, STR("image"), value_string(now), b->arena);
}

void images_bring(struct importing *im, loc from, str *body, struct value *meta, struct notes *notes,
	struct arena *a)
{
	struct bringing b = { im, from, notes, a };
	struct buf out = { .arena = a };
	str fence = { 0 };

	for (str rest = *body; rest.len;) {
		struct str_pair cut = str_cut(rest, '\n');
		bool whole = cut.head.len == rest.len;

		if (turns_fence(cut.head, &fence) || fence.len)
			buf_add(&out, cut.head);
		else
			bring_line(&b, cut.head, &out);
		if (!whole)
			buf_char(&out, '\n');
		rest = cut.tail;
	}
	*body = buf_str(&out);
	bring_cover(&b, meta);
}
