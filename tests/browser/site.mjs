// The built site under test: which pages it has and of which kind they are.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

export const root = process.env.GEN_SITE;

if (!root) {
	console.error("set GEN_SITE to the folder of a built site");
	process.exit(2);
}

export function* walk(folder) {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);

		if (entry.isDirectory())
			yield* walk(path);
		else
			yield path;
	}
}

function readPage(file) {
	const html = readFileSync(file, "utf8");
	const path = relative(root, file).split(sep).join("/");

	return {
		file,
		html,
		path: "/" + path.replace(/(^|\/)index\.html$/, "$1"),
		// A page of another make, such as a redirect or an emitted example, has none.
		kind: /<body[^>]*\bdata-kind="([^"]+)"/.exec(html)?.[1] ?? null,
	};
}

/** Every HTML page. */
export const pages = [...walk(root)].filter((f) => f.endsWith(".html")).map(readPage);

/** Pages to look at closely: the richest articles up to a dozen, and the two richest of every other kind. */
export const sample = [...new Set(pages.map((p) => p.kind))].filter(Boolean).flatMap((kind) =>
	pages.filter((p) => p.kind === kind)
		.sort((a, b) => b.html.length - a.html.length)
		.slice(0, kind === "article" ? 12 : 2));

/** The richest page of a kind, or undefined. */
export function pageOf(kind) {
	return sample.find((p) => p.kind === kind);
}
