// The search page: asked by keyboard and by address, in a small index and in one that is split, and with content that
// means harm. GEN_SITE is the root of the host; the site is below a/b/.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { start } from "./browser.mjs";
import { pages } from "./site.mjs";

const BASE = "/a/b/";
const SEARCH = BASE + "search/";
let site;

before(async () => { site = await start(); }, { timeout: 60_000 });
after(() => site?.close(), { timeout: 20_000 });

const field = (page) => page.getByRole("searchbox");
const hits = (page) => page.locator(".hits li");
const titles = (page) => page.locator(".hits a").allTextContents();
const status = (page, text) => page.getByRole("status").filter({ hasText: text }).waitFor({ state: "attached" });

/* Type a query, and wait until the page says something of it. */
async function ask(page, query) {
	await field(page).fill(query);
	await status(page, `“${query}”`);
}

/* A test of the page, or of another below the base path. */
function testAt(name, look, { path = "search/", ...options } = {}) {
	test(name, { timeout: 60_000 }, () => site.visit(BASE + path, options, async (page) => {
		const errors = [];

		page.on("pageerror", (error) => errors.push(String(error)));
		await look(page);
		assert.deepEqual(errors, []);
	}));
}

testAt("nothing is loaded before the reader starts", async (page) => {
	const asked = [];

	page.on("request", (request) => {
		if (new URL(request.url()).pathname.startsWith(SEARCH))
			asked.push(request.url());
	});
	await field(page).focus();
	assert.deepEqual(asked, []);
	assert.equal(await page.locator(".browse").isVisible(), true);
	await ask(page, "concurrency");
	assert.ok(asked.length > 0);
	assert.equal(await page.locator(".browse").isVisible(), false);
});

testAt("an article is found by whole words, beginnings, accents and identifiers", async (page) => {
	for (const query of ["concurrency", "conc", "CONCURRENCY go", "cafe zurich", "c++ zurich", "readwholefile", "whole file"]) {
		await ask(page, query);
		assert.equal((await titles(page))[0], "Concurrency in Go", query);
	}
	await ask(page, "比較");
	assert.deepEqual(await titles(page), ["比較する言語"]);
	assert.ok((await page.locator(".hits mark").allTextContents()).includes("比較"));
});

testAt("one typing error is mended, and said", async (page) => {
	for (const query of ["concurency", "concurrrency", "cnocurrency", "goncurrency"]) {
		await ask(page, query);
		assert.equal((await titles(page))[0], "Concurrency in Go", query);
		await status(page, "read as “concurrency”");
	}
	await ask(page, "xyzzyx");
	await status(page, "No articles");
	assert.equal(await hits(page).count(), 0);
});

testAt("words that no article has together find those that have most", async (page) => {
	await ask(page, "concurrency weather");
	await status(page, "none has all of the words");
	assert.ok(await hits(page).count() > 0);
});

testAt("hits are marked in title and text", async (page) => {
	await ask(page, "concurrency channels");
	assert.deepEqual(await hits(page).first().locator("mark").allTextContents(), ["Concurrency", "channels"]);
});

testAt("results lead to their pages", async (page) => {
	await ask(page, "concurrency");
	await page.locator(".hits a").first().click();
	await page.waitForURL(site.url + BASE + "go/", { timeout: 10_000 });
	assert.equal(await page.locator("h1").textContent(), "Concurrency in Go");
	await page.goBack({ timeout: 10_000 });
	await status(page, "“concurrency”");
	assert.equal(await field(page).inputValue(), "concurrency");
});

testAt("the query stands in the address, and Back goes to the one before", async (page) => {
	const query = () => new URL(page.url()).searchParams.get("q");

	await field(page).fill("concurrency");
	await page.keyboard.press("Enter");
	await status(page, "“concurrency”");
	assert.equal(query(), "concurrency");
	await field(page).fill("weather");
	await page.keyboard.press("Enter");
	await status(page, "“weather”");
	assert.equal(query(), "weather");
	await page.goBack({ timeout: 10_000 });
	await status(page, "“concurrency”");
	assert.equal(await field(page).inputValue(), "concurrency");
	await page.goForward({ timeout: 10_000 });
	await status(page, "“weather”");
	await field(page).fill("");
	await page.locator(".browse").waitFor({ state: "visible" });
	assert.equal(query(), null);
});

testAt("a question in the address is answered at once", async (page) => {
	await status(page, "“concurrency & <b>”");
	assert.equal((await titles(page))[0], "Concurrency in Go");
}, { path: "search/?q=concurrency+%26+%3Cb%3E" });

testAt("arrows go through the results and back to the field", async (page) => {
	const focused = () => page.evaluate(() => document.activeElement.textContent || document.activeElement.name);

	await ask(page, "weather");
	const [first, second] = await titles(page);

	await page.keyboard.press("ArrowDown");
	assert.equal(await focused(), first);
	await page.keyboard.press("ArrowDown");
	assert.equal(await focused(), second);
	await page.keyboard.press("ArrowUp");
	await page.keyboard.press("ArrowUp");
	assert.equal(await focused(), "q");
});

testAt("ten results at a time", async (page) => {
	await ask(page, "weather");
	assert.equal(await hits(page).count(), 10);
	await page.getByRole("button", { name: "Show more" }).press("Enter");
	await hits(page).nth(10).waitFor();
	assert.ok(await hits(page).nth(10).locator("a").evaluate((a) => a === document.activeElement), "the focus goes on");
});

for (const path of ["", "search/", "go/", "404.html"])
	testAt(`the slash leads to the field, but where it is typed: ${path || "home"}`, async (page) => {
		await page.keyboard.press("/");
		assert.ok(await field(page).evaluate((e) => e === document.activeElement));
		assert.equal(await field(page).inputValue(), "");
		await page.keyboard.type("a/b");
		assert.equal(await field(page).inputValue(), "a/b");
	}, { path });

testAt("the field in the head of a page leads to the search page", async (page) => {
	await page.keyboard.press("/");
	await page.keyboard.type("concurrency");
	await page.keyboard.press("Enter");
	await page.waitForURL(site.url + SEARCH + "?q=concurrency", { timeout: 10_000 });
	await status(page, "“concurrency”");
}, { path: "untagged/" });

testAt("titles that mean harm stay text", async (page) => {
	await ask(page, "hostile");
	const link = page.locator(".hits a").first();

	assert.ok((await link.textContent()).startsWith('<img src=x onerror="window.hurt=1"> "quotes" & \'single\''));
	assert.equal(await page.locator(".hits :is(img, script, b, i)").count(), 0);
	assert.equal(new URL(await link.getAttribute("href"), page.url()).pathname, BASE + "hostile/");
	for (const query of ["<img src=x onerror=window.hurt=4>", "\u2028", "%00", "\\", "x".repeat(5000), "__proto__", "constructor"]) {
		await field(page).fill(query);
		await page.waitForTimeout(200);
	}
	assert.equal(await page.evaluate(() => window.hurt), undefined);
});

/* As a host shows the page for wrong addresses, at the wrong address. */
async function lose(page, path) {
	await page.route(site.url + BASE + path, (route) =>
		route.fulfill({ status: 404, path: pages.find((p) => p.path === BASE + "404.html").file }));
	await page.goto(site.url + BASE + path, { timeout: 20_000 });
}

testAt("a wrong address offers what it may have meant", async (page) => {
	await lose(page, "old/concurency-in-go.html");
	await status(page, "Perhaps");
	assert.equal((await titles(page))[0], "Concurrency in Go");
	assert.ok(await hits(page).count() <= 5);
});

testAt("an address without a meaning offers nothing, and says nothing", async (page) => {
	for (const path of ["zzyzzx/", "%F0%9F"]) {
		await lose(page, path);
		await page.waitForLoadState("networkidle", { timeout: 10_000 });
		assert.equal(await hits(page).count(), 0);
		assert.equal(await page.locator(".found").textContent(), "");
	}
});

testAt("without JavaScript there are titles by tag, and the reason", async (page) => {
	assert.match(await page.locator("noscript").textContent(), /needs JavaScript/);
	assert.ok(await page.locator(".browse").isVisible());
	assert.ok(await page.getByRole("link", { name: "Concurrency in Go" }).count() > 0);
	assert.equal(await page.getByRole("link", { name: "Without any tag" }).count(), 1);
}, { javaScriptEnabled: false });

testAt("an index that cannot be loaded is said in words", async (page) => {
	await page.context().setOffline(true);
	await field(page).fill("concurrency");
	await status(page, "could not be loaded");
	assert.ok(await page.locator(".browse").isVisible());
	await page.context().setOffline(false);
	await field(page).fill("concurrency go");
	await status(page, "“concurrency go”");
	assert.equal((await titles(page))[0], "Concurrency in Go");
});

test("a page that is opened as a file says why it cannot search", { timeout: 60_000 }, () =>
	site.visit(SEARCH, {}, async (page) => {
		await page.goto(`file://${pages.find((p) => p.path === SEARCH).file}`, { timeout: 20_000 });
		const script = await page.locator("script[src*=search]").getAttribute("src");

		/* Addresses begin at the root of the host, so the script is given by hand. */
		await page.addScriptTag({ path: pages.find((p) => p.path === SEARCH).file.replace(/search.index\.html$/, script.slice(BASE.length)) });
		await page.locator("#search").fill("go");
		await status(page, "web server");
	}));

for (const width of [320, 768, 1280])
	for (const colorScheme of ["light", "dark"])
		testAt(`axe with results at ${width} px, ${colorScheme}`, async (page) => {
			for (const query of ["weather", "hostile"]) {
				await ask(page, query);
				await page.evaluate(axe.source);
				const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: { type: "tag",
					values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }, resultTypes: ["violations"] }));

				assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), []);
				assert.ok(await page.evaluate(() =>
					document.documentElement.scrollWidth <= document.documentElement.clientWidth), "no sideways scroll");
			}
		}, { width, colorScheme });
