// `gen build --report`: one file that asks no host for anything, and prints. REPORT is the file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";
import { executable, flags } from "./browser.mjs";

const file = process.env.REPORT;
const address = pathToFileURL(file).href;
const html = readFileSync(file, "utf8");
let browser;

before(async () => {
	browser = await chromium.launch({ executablePath: executable, args: flags, timeout: 30_000 });
}, { timeout: 60_000 });
after(() => browser?.close(), { timeout: 20_000 });

/* What `look(page, requests)` gives of the report, opened from the disk. */
async function open(options, look) {
	const context = await browser.newContext(options);

	try {
		context.setDefaultTimeout(10_000);
		const page = await context.newPage();
		const requests = [];

		page.on("request", (request) => requests.push(request.url()));
		await page.goto(address, { waitUntil: "load", timeout: 20_000 });
		return await look(page, requests);
	} finally {
		await context.close();
	}
}

test("it asks for nothing but itself", { timeout: 60_000 }, async () => {
	const others = await open({}, (_, requests) => requests.filter((url) => url !== address && !url.startsWith("data:")));

	assert.deepEqual(others, []);
});

test("it has no script, and its images are in it", () => {
	assert.doesNotMatch(html, /<script|<iframe|\son\w+="/i);
	for (const [, src] of html.matchAll(/<img\b[^>]*\ssrc="([^"]*)"/g))
		assert.match(src, /^data:image\//);
});

test("every anchor is there once", () => {
	const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((m) => m[1]);

	assert.equal(new Set(ids).size, ids.length);
	for (const [, id] of html.matchAll(/\shref="#([^"]+)"/g))
		assert.ok(ids.includes(decodeURIComponent(id)), `no #${id}`);
});

test("valid HTML", { timeout: 60_000 }, async () => {
	const validator = new HtmlValidate({
		extends: ["html-validate:standard", "html-validate:a11y"],
		rules: { "void-style": "off", "long-title": "off", "no-redundant-role": "off",
			"aria-label-misuse": ["error", { allowAnyNamable: true }] },
	});
	const report = await validator.validateString(html, file);
	const messages = report.results.flatMap((r) => r.messages).map((m) => `${m.line}:${m.column}: ${m.message} [${m.ruleId}]`);

	assert.equal(report.errorCount, 0, messages.slice(0, 20).join("\n"));
});

test("a phone does not scroll it sideways", { timeout: 60_000 }, async () => {
	const width = await open({ viewport: { width: 320, height: 700 } },
		(page) => page.evaluate(() => document.documentElement.scrollWidth));

	assert.ok(width <= 320, `${width} px`);
});

test("it prints to PDF, each article on a page of its own", { timeout: 60_000 }, async () => {
	const [pdf, articles] = await open({}, async (page) =>
		[await page.pdf({ format: "A4", timeout: 30_000 }), await page.locator("main > article").count()]);
	const count = [...pdf.toString("latin1").matchAll(/\/Type\s*\/Page\b/g)].length;

	assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
	assert.ok(articles >= 2 && count >= articles, `${count} pages of ${articles} articles`);
});
