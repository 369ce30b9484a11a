#include "preview/media.h"

#include "base/path.h"

struct media {
	str extension;
	const char *type;
};

static const struct media rows[] = {
	{ STR_INIT(".html"), "text/html; charset=utf-8" },
	{ STR_INIT(".htm"), "text/html; charset=utf-8" },
	{ STR_INIT(".css"), "text/css; charset=utf-8" },
	{ STR_INIT(".js"), "text/javascript; charset=utf-8" },
	{ STR_INIT(".mjs"), "text/javascript; charset=utf-8" },
	{ STR_INIT(".json"), "application/json; charset=utf-8" },
	{ STR_INIT(".map"), "application/json; charset=utf-8" },
	{ STR_INIT(".webmanifest"), "application/manifest+json; charset=utf-8" },
	{ STR_INIT(".wasm"), "application/wasm" },
	{ STR_INIT(".svg"), "image/svg+xml; charset=utf-8" },
	{ STR_INIT(".png"), "image/png" },
	{ STR_INIT(".jpg"), "image/jpeg" },
	{ STR_INIT(".jpeg"), "image/jpeg" },
	{ STR_INIT(".gif"), "image/gif" },
	{ STR_INIT(".webp"), "image/webp" },
	{ STR_INIT(".avif"), "image/avif" },
	{ STR_INIT(".ico"), "image/x-icon" },
	{ STR_INIT(".atom"), "application/atom+xml; charset=utf-8" },
	{ STR_INIT(".rss"), "application/rss+xml; charset=utf-8" },
	{ STR_INIT(".xml"), "application/xml; charset=utf-8" },
	{ STR_INIT(".xsl"), "application/xml; charset=utf-8" },
	{ STR_INIT(".txt"), "text/plain; charset=utf-8" },
	{ STR_INIT(".md"), "text/markdown; charset=utf-8" },
	{ STR_INIT(".csv"), "text/csv; charset=utf-8" },
	{ STR_INIT(".yaml"), "application/yaml; charset=utf-8" },
	{ STR_INIT(".yml"), "application/yaml; charset=utf-8" },
	{ STR_INIT(".go"), "text/plain; charset=utf-8" },
	{ STR_INIT(".py"), "text/plain; charset=utf-8" },
	{ STR_INIT(".rs"), "text/plain; charset=utf-8" },
	{ STR_INIT(".c"), "text/plain; charset=utf-8" },
	{ STR_INIT(".mod"), "text/plain; charset=utf-8" },
	{ STR_INIT(".sum"), "text/plain; charset=utf-8" },
	{ STR_INIT(".pdf"), "application/pdf" },
	{ STR_INIT(".zip"), "application/zip" },
	{ STR_INIT(".gz"), "application/gzip" },
	{ STR_INIT(".tar"), "application/x-tar" },
	{ STR_INIT(".whl"), "application/zip" },
	{ STR_INIT(".woff"), "font/woff" },
	{ STR_INIT(".woff2"), "font/woff2" },
	{ STR_INIT(".ttf"), "font/ttf" },
	{ STR_INIT(".otf"), "font/otf" },
	{ STR_INIT(".mp3"), "audio/mpeg" },
	{ STR_INIT(".ogg"), "audio/ogg" },
	{ STR_INIT(".mp4"), "video/mp4" },
	{ STR_INIT(".webm"), "video/webm" },
};

const char *media_type(str path)
{
	str extension = path_extension(path);

	if (str_eq(path_name(path), STR("feed.json")))
		return "application/feed+json; charset=utf-8";
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_eq_nocase(rows[i].extension, extension))
			return rows[i].type;
	return "application/octet-stream";
}
