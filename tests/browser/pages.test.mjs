// Every page: valid HTML, and light.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { HtmlValidate } from "html-validate";
import { pages, root, walk } from "./site.mjs";

const KB = 1024;
const validator = new HtmlValidate({
	extends: ["html-validate:standard", "html-validate:a11y"],
	rules: {
		// cmark writes <br />; both are HTML.
		"void-style": "off",
		"long-title": "off",
		// Tables that become cards on phones say again what they are: some browsers forget it with the display.
		"no-redundant-role": "off",
		// Lists may be named.
		"aria-label-misuse": ["error", { allowAnyNamable: true }],
	},
});

const sizeOf = (bytes) => gzipSync(bytes, { level: 9 }).length;

test("the site has pages of every kind", () => {
	const kinds = new Set(pages.map((p) => p.kind));

	/* A site without comparisons has fewer. */
	const wanted = process.env.GEN_KINDS
		?? "home article archive 404 languages language pairs pair verdicts matrices search";

	for (const kind of wanted.split(" "))
		assert.ok(kinds.has(kind), `no page of kind ${kind}`);
});

/* Ids by path, of pages that links with an anchor lead to. */
const ids = new Map();

function hasId(file, id) {
	if (!ids.has(file))
		ids.set(file, new Set([...readFileSync(file, "utf8").matchAll(/\sid="([^"]*)"/g)].map((m) => m[1])));
	return ids.get(file).has(id);
}

/* What is wrong with a link of a page; null when it leads somewhere. */
function faultOf(href, from) {
	const url = new URL(href.replaceAll("&amp;", "&"), `http://site.test${from}`);
	const path = join(root, decodeURIComponent(url.pathname));
	const file = url.pathname.endsWith("/") ? join(path, "index.html") : path;

	if (url.host !== "site.test")
		return null;
	if (!existsSync(file))
		return `${from}: ${href} leads nowhere`;
	const id = decodeURIComponent(url.hash.slice(1));

	return id && file.endsWith(".html") && !hasId(file, id) ? `${from}: ${href} has no such anchor` : null;
}

test("no link of any page is dead", () => {
	const faults = pages.flatMap((page) =>
		[...page.html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map((m) => faultOf(m[1], page.path)).filter(Boolean));

	assert.deepEqual(faults.slice(0, 20), []);
});

for (const page of pages)
	test(`valid HTML: ${page.path}`, { timeout: 60_000 }, async () => {
		const report = await validator.validateString(page.html, page.file);
		const messages = report.results.flatMap((r) => r.messages)
			.map((m) => `${page.path}:${m.line}:${m.column}: ${m.message} [${m.ruleId}]`);

		assert.equal(report.errorCount, 0, messages.slice(0, 20).join("\n"));
	});

test("pages of the theme are under 15 KB gzipped", (t) => {
	const sizes = pages.filter((p) => p.kind).map((p) => [sizeOf(p.html), p.path]).sort((a, b) => b[0] - a[0]);

	t.diagnostic(`largest: ${sizes.slice(0, 3).map(([size, path]) => `${path} ${size} B`).join(", ")}`);
	assert.deepEqual(sizes.filter(([size]) => size >= 15 * KB), []);
});

test("styles and scripts of any one page are under 10 KB gzipped, all together of each", (t) => {
	for (const kind of ["css", "js"]) {
		const files = new Map([...walk(root)].filter((f) => new RegExp(`[\\\\/]assets[\\\\/][a-z]+\\.([^\\\\/]+\\.)?${kind}$`).test(f))
			.map((file) => [basename(file), sizeOf(readFileSync(file))]));
		const sums = pages.filter((p) => p.kind).map(({ html, path }) => {
			const names = [...files.keys()].filter((name) => html.includes(`/${name}"`));

			return [names.reduce((sum, name) => sum + files.get(name), 0), path];
		});

		files.forEach((size, name) => t.diagnostic(`${name}: ${size} B`));
		assert.ok(sums.length > 0);
		assert.deepEqual(sums.filter(([sum]) => sum === 0 || sum >= 10 * KB), [], kind);
	}
});

test("nothing is loaded from elsewhere by the theme", () => {
	for (const { html, path } of pages.filter((p) => p.kind)) {
		const loads = html.match(/<(script\b[^>]*\bsrc|link rel="(?:stylesheet|icon|preload)"[^>]*\bhref)="(https?:)?\/\/[^>]*>/g);

		assert.equal(loads, null, path);
	}
});
