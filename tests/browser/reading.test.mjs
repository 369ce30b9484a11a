// What a reader needs: no sideways scroll, large text, everything without JavaScript, the keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "./browser.mjs";
import { pageOf, sample } from "./site.mjs";

const article = pageOf("article")?.path ?? "/";
let site;

before(async () => { site = await start(); }, { timeout: 60_000 });
after(() => site?.close(), { timeout: 20_000 });

/* Runs in the page. */
function sidewaysScroll() {
	const root = document.documentElement;
	const wide = [...document.querySelectorAll("body *")]
		.filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest("pre, .table, .sr"))
		.slice(0, 3).map((e) => e.outerHTML.slice(0, 120));

	return { excess: root.scrollWidth - root.clientWidth, wide };
}

async function assertFits(page) {
	/* What observes sizes answers with the next frame. */
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
	const { excess, wide } = await page.evaluate(sidewaysScroll);

	assert.ok(excess <= 0, `${excess} px too wide: ${wide.join("\n")}`);
}

/* Controls are there for scripts only, and so are guesses at what a wrong address meant. */
function visibleLines(page) {
	return page.evaluate(() => {
		document.querySelectorAll("main .copy, main .tools, main .slider, main [role=tablist], main .found, main .hits").forEach((e) => e.remove());
		return document.querySelector("main").innerText.split("\n").map((l) => l.trim()).filter(Boolean);
	});
}

for (const { path, kind } of sample) {
	test(`no sideways scroll at 320 px: ${kind} ${path}`, { timeout: 40_000 }, () =>
		site.visit(path, { width: 320, height: 640 }, assertFits));

	test(`text at 200 % fits: ${kind} ${path}`, { timeout: 40_000 }, () =>
		site.visit(path, { width: 640 }, async (page) => {
			await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
			await assertFits(page);
		}));

	test(`all is there without JavaScript: ${kind} ${path}`, { timeout: 40_000 }, async () => {
		const on = await site.visit(path, {}, visibleLines);
		const off = new Set(await site.visit(path, { javaScriptEnabled: false }, visibleLines));

		assert.ok(on.length > 0);
		assert.deepEqual(on.filter((line) => !off.has(line)), []);
	});
}

test("the skip link is the first stop and leads to the content", { timeout: 40_000 }, () =>
	site.visit("/", {}, async (page) => {
		await page.keyboard.press("Tab");
		const link = page.locator(":focus");
		assert.equal(await link.getAttribute("class"), "skip");
		const box = await link.boundingBox();
		assert.ok(box.y >= 0 && box.height >= 24, "visible and large enough when it has the focus");
		await page.keyboard.press("Enter");
		await page.keyboard.press("Tab");
		assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null));
	}));

test("every stop of the keyboard shows the focus", { timeout: 60_000 }, () =>
	site.visit(article, {}, async (page) => {
		for (let stop = 0; stop < 40; stop++) {
			await page.keyboard.press("Tab");
			const unseen = await page.evaluate(() => {
				const e = document.activeElement;
				const style = getComputedStyle(e);
				const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;

				return e === document.body || shown ? null : e.outerHTML.slice(0, 120);
			});
			assert.equal(unseen, null);
		}
	}));

test("the colour scheme follows the switch, is kept, and comes back", { timeout: 40_000 }, () =>
	site.visit("/", { colorScheme: "light" }, async (page) => {
		const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
		const button = page.locator(".scheme");
		const name = () => button.getAttribute("aria-label");
		const light = await ground();

		assert.match(await name(), /automatic/);
		await button.focus();
		await page.keyboard.press("Enter");
		assert.match(await name(), /light/);
		await page.keyboard.press("Enter");
		assert.match(await name(), /dark/);
		assert.notEqual(await ground(), light);
		await page.reload({ timeout: 20_000 });
		assert.match(await name(), /dark/);
		assert.notEqual(await ground(), light);
		await button.press("Enter");
		assert.match(await name(), /automatic/);
		assert.equal(await ground(), light);
	}));

test("a copy button copies the code and says so", { timeout: 40_000 }, async (t) => {
	const withCode = sample.find((p) => p.html.includes('<figure class="code"'));

	if (!withCode)
		return t.skip("no page with code");
	await site.visit(withCode.path, { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
		const figure = page.locator("figure.code:visible").first();
		const code = await figure.locator("pre").first().evaluate((pre) => {
			const copy = pre.cloneNode(true);

			copy.querySelectorAll(".r").forEach((prompt) => prompt.remove());
			return copy.textContent.replace(/\n$/, "");
		});

		await figure.locator("button.copy").focus();
		await page.keyboard.press("Enter");
		await page.getByRole("status").filter({ hasText: "Copied" }).waitFor({ state: "attached" });
		assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
	});
});

test("contents mark the section that is read", { timeout: 40_000 }, async (t) => {
	const entries = (p) => (/class="toc"[\s\S]*?<\/nav>/.exec(p.html)?.[0].match(/<a /g) ?? []).length;
	const long = sample.find((p) => entries(p) >= 3);

	if (!long)
		return t.skip("no page with long contents");
	await site.visit(long.path, {}, async (page) => {
		const current = page.locator(".toc a[aria-current]");
		const second = page.locator(".toc a").nth(1);

		await second.press("Enter");
		await page.waitForFunction(() =>
			document.querySelectorAll(".toc a")[1].hasAttribute("aria-current"), null, { timeout: 5000 });
		assert.equal(await current.count(), 1);
	});
});

test("targets are at least 24 px", { timeout: 40_000 }, () =>
	site.visit(article, { width: 360, height: 740 }, async (page) => {
		const small = await page.evaluate(() =>
			[...document.querySelectorAll("header.top a, button, .toc summary, .tags a, .pager a, footer.bottom a")]
				.filter((e) => e.checkVisibility())
				.map((e) => ({ text: e.outerHTML.slice(0, 80), box: e.getBoundingClientRect() }))
				.filter(({ box }) => box.height < 24 || box.width < 24)
				.map(({ text, box }) => `${text} ${box.width}x${box.height}`));

		assert.deepEqual(small, []);
	}));

test("forced colours and print keep the text", { timeout: 40_000 }, () =>
	site.visit(article, { forcedColors: "active" }, async (page) => {
		assert.ok(await page.locator("h1").isVisible());
		await page.emulateMedia({ media: "print", forcedColors: "none" });
		assert.ok(await page.locator("h1").isVisible());
		assert.equal(await page.locator(".tools, .slider, .copy").filter({ visible: true }).count(), 0);
		assert.equal(await page.locator("header.top nav").isVisible(), false);
		assert.equal(await page.locator("pre").evaluateAll((all) =>
			all.filter((pre) => pre.scrollWidth > pre.clientWidth + 1).length), 0);
	}));
