// What there is to press: by keyboard, on the pages that have it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openWidgets, start } from "./browser.mjs";
import { pages, sample } from "./site.mjs";

let site;

before(async () => { site = await start(); }, { timeout: 60_000 });
after(() => site?.close(), { timeout: 20_000 });

const having = (pattern) => sample.find((p) => pattern.test(p.html));

/** A test on the first page that has `pattern`; skipped when there is none. */
function testOn(pattern, name, look, options = {}) {
	test(name, { timeout: 60_000 }, async (t) => {
		const page = having(pattern);

		if (!page)
			return t.skip("no such page");
		await site.visit(page.path, options, (p) => look(p, page));
	});
}

const matrix = /<figure class="matrix"/;
const says = (page) => page.locator(".matrix").first().locator(".says").textContent();
const tool = (page, name) => page.locator(".matrix").first().locator(".tools").getByRole("button", { name });
const totals = (page) => page.locator(".matrix").first().locator(".total").allTextContents();

/* The announcement, when it has come. */
async function spoken(page, text) {
	await page.locator(".matrix").first().getByRole("status").filter({ hasText: text }).waitFor({ state: "attached" });
}

for (const { path, html } of pages.filter((p) => matrix.test(p.html)))
	test(`the script says of each matrix what the program wrote: ${path}`, { timeout: 40_000 }, async () => {
		const read = (page) => page.evaluate(() => [...document.querySelectorAll(".matrix")].map((m) =>
			[m.querySelector(".says"), ...m.querySelectorAll(".total"), m.querySelector("tfoot td:last-child")]
				.map((e) => e.textContent + (e.getAttribute("style") ?? "").replace(/\s/g, "").replace(/;$/, ""))));
		const on = await site.visit(path, {}, read);
		const off = await site.visit(path, { javaScriptEnabled: false }, read);

		assert.ok(on.length > 0 && html.includes("says"));
		assert.deepEqual(on, off);
	});

testOn(matrix, "weights: opened, moved, said and reset by keyboard", async (page) => {
	const before = await says(page);
	const sumsBefore = await totals(page);
	const slider = page.locator(".matrix").first().getByRole("slider").first();

	assert.equal(await slider.isVisible(), false);
	await tool(page, "Change the weights").press("Enter");
	assert.equal(await tool(page, "Change the weights").getAttribute("aria-expanded"), "true");
	assert.ok(await slider.evaluate((e) => e === document.activeElement), "the first slider has the focus");
	assert.match(await slider.getAttribute("aria-label"), /^Weight of \S/);
	await page.keyboard.press("End");
	assert.equal(await slider.inputValue(), await slider.getAttribute("max"));
	assert.notDeepEqual(await totals(page), sumsBefore);
	await spoken(page, await says(page));
	await page.keyboard.press("Home");
	assert.equal(await slider.inputValue(), "0");
	const atZero = await totals(page);
	await page.keyboard.press("ArrowRight");
	assert.equal(Number(await slider.inputValue()), Number(await slider.getAttribute("step")));
	assert.notDeepEqual(await totals(page), atZero);
	await tool(page, "Reset").press("Enter");
	assert.equal(await says(page), before);
	assert.deepEqual(await totals(page), sumsBefore);
	assert.equal(new URL(page.url()).search, "");
});

testOn(matrix, "weights are in the address, and come back from it", async (page) => {
	const slider = () => page.locator(".matrix").first().getByRole("slider").first();

	await tool(page, "Change the weights").press("Enter");
	await page.keyboard.press("End");
	const [text, sums, address] = [await says(page), await totals(page), page.url()];

	assert.match(new URL(address).search, /^\?[^=]+=1-\d/);
	await page.goto("about:blank");
	await page.goto(address, { timeout: 20_000 });
	assert.ok(await slider().isVisible(), "opened for whom it was sent to");
	assert.equal(await says(page), text);
	assert.deepEqual(await totals(page), sums);
	for (const nonsense of ["1-99999", "1--1", "0-1", "x", "1-1e3", "9999-1", "%F0", "_-_-", "length-2"]) {
		await page.goto("about:blank");
		await page.goto(address.replace(/=.*$/, `=${nonsense}`), { timeout: 20_000 });
		await tool(page, "Reset").press("Enter");
		assert.notEqual(await says(page), "", nonsense);
	}
});

testOn(/data-weights="/, "a preset says what the program says of it", async (page) => {
	const figure = page.locator(".matrix").filter({ has: page.locator("[data-weights]") }).first();
	const presets = await figure.locator("[data-weights]").evaluateAll((all) =>
		all.map((li) => ({ name: li.firstElementChild.textContent, text: li.textContent })));

	for (const { name, text } of presets) {
		await figure.locator(".tools").getByRole("button", { name, exact: true }).press("Enter");
		assert.equal(`${name}: ${await figure.locator(".says").textContent()}`, text);
		await figure.getByRole("status").filter({ hasText: await figure.locator(".says").textContent() })
			.waitFor({ state: "attached" });
	}
});

testOn(matrix, "the link to the weights can be copied", async (page) => {
	await tool(page, "Change the weights").press("Enter");
	await page.keyboard.press("End");
	await tool(page, "Copy link").press("Enter");
	await spoken(page, "Link copied");
	const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));

	assert.match(link.search, /=1-\d/);
	assert.ok(await page.evaluate((id) => document.getElementById(id).matches(".matrix"), link.hash.slice(1)));
}, { permissions: ["clipboard-read", "clipboard-write"] });

testOn(matrix, "a focused slider is not covered by the totals that stay in sight", async (page) => {
	await tool(page, "Change the weights").press("Enter");
	const count = await page.locator(".matrix").first().getByRole("slider").count();

	for (let i = 0; i < Math.min(count, 30); i++) {
		const free = await page.evaluate(() => {
			const box = document.activeElement.getBoundingClientRect();
			const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);

			return top === document.activeElement || `${top?.outerHTML.slice(0, 80)} over ${document.activeElement.ariaLabel}`;
		});
		assert.equal(free, true);
		await page.keyboard.press("Tab");
		while (await page.evaluate(() => document.activeElement.matches(".matrix a")))
			await page.keyboard.press("Tab");
		if (!await page.evaluate(() => document.activeElement.matches(".slider input")))
			break;
	}
}, { height: 500 });

/* Pages as the script has left them: sorting is offered where a column has an order. */
async function pageWith(selector) {
	for (const { path, html } of sample)
		if (/class="table comparison"/.test(html) &&
			await site.visit(path, {}, (page) => page.locator(selector).count()) > 0)
			return path;
	return null;
}

test("a table is sorted from its headings by keyboard, and comes back", { timeout: 60_000 }, async (t) => {
	const path = await pageWith(".comparison th[role=columnheader]:not(:first-child) button");

	if (!path)
		return t.skip("no table that has an order");
	for (const width of [1280, 320])
		await site.visit(path, { width }, async (page) => {
			const section = page.locator(".comparison", { has: page.locator("th:not(:first-child) button") }).first();
			const head = section.locator("th:not(:first-child)", { has: page.locator("button") }).first();
			const column = await head.evaluate((th) => th.cellIndex);
			const names = () => section.locator("tbody th").allTextContents();
			const values = () => section.locator("tbody tr").evaluateAll((rows, at) =>
				rows.map((r) => r.cells[at].dataset.value).filter(Boolean).map(Number), column);
			const written = await names();
			const ascending = (await values()).sort((a, b) => a - b);

			await head.locator("button").press("Enter");
			assert.equal(await head.getAttribute("aria-sort"), "ascending");
			assert.deepEqual(await values(), ascending);
			await section.getByRole("status").filter({ hasText: "ascending" }).waitFor({ state: "attached" });
			await head.locator("button").press("Space");
			assert.equal(await head.getAttribute("aria-sort"), "descending");
			assert.deepEqual(await values(), ascending.reverse());
			await head.locator("button").press("Enter");
			assert.equal(await head.getAttribute("aria-sort"), null);
			assert.deepEqual(await names(), written);
		});
});

testOn(/<tr role="row"[^>]* class="same"/, "only differences: rows in which all say the same go and come back", async (page) => {
	const box = page.getByRole("checkbox", { name: "Only differences" }).first();
	const same = page.locator(".tools:has(:checked) + .comparison tr.same");

	await box.press("Space");
	assert.ok(await box.isChecked());
	assert.ok(await same.count() > 0);
	assert.equal(await same.filter({ visible: true }).count(), 0);
	await page.getByRole("status").filter({ hasText: /\d+ of \d+ rows/ }).first().waitFor({ state: "attached" });
	await box.press("Space");
	assert.ok(await page.locator(".comparison tr.same").first().isVisible());
});

testOn(/class="table comparison"/, "on a phone a comparison becomes cards that stay a table", async (page) => {
	const section = page.locator(".comparison").first();
	const table = section.getByRole("table");

	assert.ok(await table.getByRole("row").count() > 1);
	assert.ok(await table.getByRole("rowheader").count() > 0);
	assert.ok(await table.getByRole("cell").count() > 0);
	const cell = table.getByRole("cell").filter({ visible: true }).first();
	const label = await cell.evaluate((td) => getComputedStyle(td, "::before").content);

	assert.ok(label.includes(await cell.getAttribute("data-label")), label);
	assert.ok(await section.evaluate((e) => e.scrollWidth <= e.clientWidth), "nothing to scroll sideways");
}, { width: 320 });

testOn(/class="table comparison"/, "the heading stays in sight while a long comparison is read", async (page) => {
	const sticky = await page.locator(".comparison thead th").first().evaluate((th) => getComputedStyle(th).position);

	assert.equal(sticky, "sticky");
});

test("regions of one page have names of their own", () => {
	for (const { path, html } of pages) {
		const names = [...html.matchAll(/<section class="table[^>]*aria-label="([^"]*)"/g)].map((m) => m[1]);

		assert.equal(new Set(names).size, names.length, `${path}: ${names.join(" | ")}`);
	}
});

testOn(/<figure class="bench"/, "a figure says in words what its bars show", async (page) => {
	for (const figure of await page.locator(".bench").all()) {
		assert.match(await figure.locator("figcaption").textContent(), /[Mm]easured|[Cc]ited|[Cc]laimed/);
		for (const cell of await figure.locator(".plot").all())
			assert.match(await cell.textContent(), /\d/);
		const widths = await figure.locator(".bar").evaluateAll((bars) =>
			bars.map((b) => parseFloat(getComputedStyle(b, "::before").width)));

		assert.ok(widths.every((w) => w >= 2), "every bar can be seen");
		assert.ok(Math.max(...widths) > Math.min(...widths));
	}
	await page.emulateMedia({ forcedColors: "active" });
	assert.notEqual(await page.locator(".measured .bar, .bar").first()
		.evaluate((b) => getComputedStyle(b, "::before").backgroundColor), "rgba(0, 0, 0, 0)");
});

testOn(/class="tabs"/, "tabs answer the keyboard; the choice is kept, and is in the address", async (page, { path }) => {
	const tabs = page.locator(".tabs").first().getByRole("tab");
	const last = await tabs.count() - 1;
	const chosen = (at) => tabs.nth(at).getAttribute("aria-selected");

	assert.equal(await chosen(0), "true");
	await tabs.nth(0).press("ArrowRight");
	assert.equal(await chosen(1), "true");
	assert.equal(await chosen(0), "false");
	assert.equal(await page.locator(".tabs").first().getByRole("tabpanel").count(), 1);
	await tabs.nth(1).press("Home");
	assert.equal(await chosen(0), "true");
	await tabs.nth(0).press("ArrowLeft");
	assert.equal(await chosen(last), "true");
	await tabs.nth(last).press("ArrowRight");
	assert.equal(await chosen(0), "true");
	await tabs.nth(0).press("End");
	assert.equal(await chosen(last), "true");
	const slug = await tabs.nth(last).getAttribute("data-slug");

	assert.equal(new URL(page.url()).searchParams.get("code"), slug);
	await page.goto(site.url + path, { timeout: 20_000 });
	assert.equal(await chosen(last), "true", "kept without the address");
	await page.evaluate(() => localStorage.clear());
	await page.goto(`${site.url}${path}?code=${slug}`, { timeout: 20_000 });
	assert.equal(await chosen(last), "true", "from the address");
});

test("the chosen language holds on other pages", { timeout: 60_000 }, async (t) => {
	const [one, other] = sample.filter((p) => /class="tabs"/.test(p.html));

	if (!other)
		return t.skip("only one page has code in tabs");
	await site.visit(one.path, {}, async (page) => {
		const slug = await page.locator(".tabs").first().getByRole("tab").nth(1).getAttribute("data-slug");

		await page.locator(".tabs").first().getByRole("tab").nth(1).press("Enter");
		await page.goto(site.url + other.path, { timeout: 20_000 });
		assert.equal(await page.locator(".tabs").first().locator(`[data-slug="${slug}"]`).getAttribute("aria-selected"), "true");
	});
});

testOn(/href="#[^"]*"[\s\S]*class="tabs"|class="tabs"[\s\S]*href="#/, "a link to code in another tab shows it", async (page) => {
	const target = page.locator("[role=tabpanel][hidden] figure[id]").first();
	const id = await target.getAttribute("id");

	await page.evaluate((to) => { location.hash = to; }, id);
	await page.locator(`#${id}`).waitFor({ state: "visible" });
});

for (const { path } of sample.filter((p) => /class="(matrix|tabs|table comparison)"/.test(p.html)))
	test(`no sideways scroll at 320 px with every widget opened: ${path}`, { timeout: 60_000 }, () =>
		site.visit(path, { width: 320, height: 640 }, async (page) => {
			await openWidgets(page);
			assert.ok(await page.evaluate(() =>
				document.documentElement.scrollWidth <= document.documentElement.clientWidth));
		}));

testOn(matrix, "targets of the widgets are at least 24 px", async (page) => {
	await openWidgets(page);
	const small = await page.evaluate(() =>
		[...document.querySelectorAll("main button, .tools label, .slider input")]
			.filter((e) => e.checkVisibility())
			.map((e) => ({ text: e.outerHTML.slice(0, 80), box: e.getBoundingClientRect() }))
			.filter(({ box }) => box.height < 24 || box.width < 24)
			.map(({ text, box }) => `${text} ${box.width}x${box.height}`));

	assert.deepEqual(small, []);
}, { width: 360 });

for (const width of [320, 1280])
	testOn(/<figure class="diagram"/, `a diagram is one picture with a name and words, within ${width} px`, async (page) => {
		const picture = page.locator(".diagram svg").first();
		const box = await picture.boundingBox();

		assert.equal(await picture.getAttribute("role"), "img");
		assert.ok(await page.getByRole("img", { name: await picture.locator("title").textContent() }).count() > 0);
		assert.match(await picture.locator("desc").textContent(), /^\d+ nodes?( and \d+ connections?)?: /);
		assert.ok(box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
		const [ink, text] = await page.evaluate(() => [".diagram [stroke=currentColor]", "main"].map((s) =>
			getComputedStyle(document.querySelector(s))[s === "main" ? "color" : "stroke"]));
		assert.equal(ink, text, "its lines have the colour of the text");
	}, { width, colorScheme: "dark" });

testOn(/<a [^>]*\bdownload\b[^>]*>CSV</, "each comparison has its rows as CSV, and the page its data as JSON", async (page) => {
	const tables = await page.evaluate(() => [...document.querySelectorAll(".comparison")].map((section) => ({
		url: section.nextElementSibling.querySelector("a[download]")?.href,
		rows: section.querySelectorAll("tr").length,
	})).filter((table) => table.url));
	const json = await page.evaluate(async () =>
		(await fetch(document.querySelector("link[type='application/json']").href)).json());

	for (const { url, rows } of tables) {
		const csv = await page.evaluate(async (address) => (await fetch(address)).text(), url);

		assert.ok(csv.split("\r\n").length - 1 >= rows, `${url} has a line for each of ${rows} rows`);
		assert.ok(json.tables.some((table) => url.endsWith(table.csv_url)), `${url} is in index.json`);
	}
	assert.equal(json.version, 1);
});
