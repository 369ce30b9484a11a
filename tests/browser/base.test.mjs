// A site that is not at the root of its host: nothing of it leads out of its folder, and nothing leads nowhere.
// GEN_SITE is the root of the host; the site is below a/b/.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openWidgets, start } from "./browser.mjs";
import { pages, root, walk } from "./site.mjs";

const BASE = "/a/b/";
const ORIGIN = "https://example.org"; // of base_url: for what must be absolute
const LOOKED_AT = 60;
let site;
const answers = new Map();

before(async () => { site = await start(); }, { timeout: 60_000 });
after(() => site?.close(), { timeout: 20_000 });

/* The path on the host of an address of this site, or null when it is another site's. */
function pathOf(address) {
	const url = new URL(address, site.url + BASE);

	if (!/^https?:$/.test(url.protocol))
		return null;
	return url.origin === site.url || url.origin === ORIGIN ? url.pathname : null;
}

async function statusOf(path) {
	if (!answers.has(path)) {
		const response = await fetch(site.url + path, { signal: AbortSignal.timeout(10_000) });

		await response.arrayBuffer();
		answers.set(path, response.status);
	}
	return answers.get(path);
}

async function faultsOf(addresses) {
	const faults = [];

	for (const address of addresses) {
		const path = pathOf(address);

		if (path === null)
			continue;
		if (!path.startsWith(BASE))
			faults.push(`${address} is outside of ${BASE}`);
		else if (await statusOf(path) !== 200)
			faults.push(`${address} is not there`);
	}
	return faults;
}

/* Runs in the page: every address in it, as the browser resolves them. */
function collectAddresses() {
	const found = [];
	const add = (value) => { if (value) found.push(new URL(value, document.baseURI).href); };

	for (const name of ["href", "src", "action", "formaction", "poster", "cite", "data"])
		document.querySelectorAll(`[${name}]`).forEach((element) => add(element.getAttribute(name)));
	document.querySelectorAll("[srcset]").forEach((element) =>
		element.getAttribute("srcset").split(",").forEach((item) => add(item.trim().split(/\s+/)[0])));
	document.querySelectorAll("meta[property='og:url'], meta[property='og:image']").forEach((m) => add(m.content));
	document.querySelectorAll("meta[name=refresh]").forEach((m) => add(m.content.replace(/^.*url=/i, "")));
	for (const script of document.querySelectorAll("script[type='application/ld+json']"))
		for (const [, url] of script.textContent.matchAll(/"(?:url|image|@id|item)":"(https?:[^"]+)"/g))
			add(url);
	return found;
}

/* What a reader would press, and what a script then fetches. */
async function pressAll(page) {
	await openWidgets(page);
	const search = page.locator("main input[type=search], form[role=search] input").first();

	if (await search.count() && await search.isVisible()) {
		await search.fill("on");
		await page.waitForTimeout(500);
	}
}

async function lookAt(path, html) {
	const requested = [];
	const errors = [];
	const found = await site.visit(BASE, {}, async (page) => {
		page.on("request", (request) => requested.push(request.url()));
		page.on("pageerror", (error) => errors.push(String(error)));
		// A redirect page would leave before it is looked at.
		await page.route(site.url + path, (route) => route.fulfill({
			contentType: "text/html; charset=utf-8", body: html.replace('http-equiv="refresh"', 'name="refresh"'),
		}));
		await page.goto(site.url + path, { waitUntil: "load", timeout: 20_000 });
		const addresses = await page.evaluate(collectAddresses);

		await pressAll(page);
		return [...addresses, ...await page.evaluate(collectAddresses)];
	});

	assert.deepEqual(errors, [], "errors of scripts");
	return [...new Set([...found, ...requested])];
}

/* Of the pages of the theme two of a kind, of all others each, as far as time goes. */
const seen = new Map();
const looked = pages.filter(({ kind }) => {
	seen.set(kind, (seen.get(kind) ?? 0) + 1);
	return kind === null || kind === "article" || seen.get(kind) <= 3;
}).slice(0, LOOKED_AT);

test("the site is below its base path, and only there", () => {
	assert.ok(pages.length > 5);
	assert.deepEqual(pages.filter((p) => !p.path.startsWith(BASE)).map((p) => p.path), []);
});

for (const page of looked)
	test(`stays below ${BASE}: ${page.kind ?? "no page of the theme"} ${page.path}`, { timeout: 60_000 }, async () => {
		const addresses = await lookAt(encodeURI(page.path), page.html);

		assert.ok(addresses.length > 0);
		assert.deepEqual(await faultsOf(addresses), []);
	});

test("every address in the sitemap, feeds, redirects and robots.txt is there", { timeout: 60_000 }, async () => {
	const files = [...walk(root)].filter((f) => /(sitemap[^/]*\.xml|feed\.(atom|json)|_redirects|robots\.txt)$/.test(f));
	const addresses = new Set();

	for (const file of files) {
		const text = readFileSync(file, "utf8");

		for (const [, address] of text.matchAll(/(?:<loc>|href="|<id>|href=&quot;|src=&quot;|"(?:id|url|feed_url|home_page_url|image)": "|Sitemap: )(https?:\/\/[^<"&\s]+)/g))
			addresses.add(address);
		if (file.endsWith("_redirects"))
			text.trim().split("\n").forEach((line) => line.split(" ").slice(0, 2).forEach((a) => addresses.add(a)));
	}
	assert.ok(addresses.size > 5, `${addresses.size} addresses`);
	assert.deepEqual(await faultsOf(addresses), []);
});

test("a page for a wrong address works at any depth", { timeout: 60_000 }, async () => {
	const html = readFileSync(join(root, BASE, "404.html"), "utf8");
	const faults = await site.visit(BASE, {}, async (page) => {
		await page.route("**/no/such/page/*", (route) => route.fulfill({ status: 404, contentType: "text/html", body: html }));
		await page.goto(`${site.url + BASE}no/such/page/x`, { waitUntil: "load", timeout: 20_000 });
		const addresses = await page.evaluate(collectAddresses);

		return faultsOf(addresses.filter((a) => !a.includes("/no/such/page/x#")));
	});

	assert.deepEqual(faults, []);
});

test("an alias leads to its article", { timeout: 60_000 }, async (t) => {
	if (!existsSync(join(root, BASE, "old.html"))) {
		t.skip("this site has none");
		return;
	}
	const arrived = await site.visit(`${BASE}old.html`, {}, async (page) => {
		await page.waitForURL("**/one/", { timeout: 10_000 });
		return new URL(page.url()).pathname;
	});

	assert.equal(arrived, `${BASE}one/`);
});
