// `gen serve` in Debian's Chromium: what is shown follows the sources, and what the reader did stays.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";

const { chromium } = await import(process.env.PLAYWRIGHT);
const patience = 20_000;
const long = Array.from({ length: 60 }, (_, i) => `Paragraph ${i} of a long text that fills the page.`).join("\n\n");

let folder, server, url, browser, context;

function put(name, text) {
	const path = join(folder, name);
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path + "~", text);
	renameSync(path + "~", path);
}

const article = (title, text) => `---\ntitle: ${title}\ndate: 2026-01-02\n---\n\n${text}\n`;

const body = (word, tail = "") => article("One", `Text with the word ${word}.

<details><summary>More</summary>Inside.</details>

${long}

\`\`\`matrix
title: Which one?
options: [Go, Python]
rows:
  - {scenario: Tools, scores: [3, 1], weight: 2}
  - {scenario: Scripts, scores: [1, 3], weight: 1}
\`\`\`

\`\`\`go group=g
x := 1
\`\`\`

\`\`\`python group=g
x = 1
\`\`\`

${tail}`);

function start(port) {
	return new Promise((done, fail) => {
		const child = spawn(process.env.GEN, ["serve", "-s", folder, "-p", String(port)], { stdio: ["ignore", "pipe", "inherit"] });
		let said = "";

		child.on("exit", () => fail(new Error("gen serve ended: " + said)));
		child.stdout.on("data", (chunk) => {
			said += chunk;
			const found = said.match(/preview is at (\S+)/);
			if (found && /pages in/.test(said))
				done([child, found[1]]);
		});
	});
}

function stop(child) {
	return new Promise((done) => {
		child.removeAllListeners("exit");
		child.once("exit", done);
		child.kill("SIGINT");
	});
}

before(async () => {
	folder = mkdtempSync(join(tmpdir(), "gen-preview-browser-"));
	put("content/one.md", body("first"));
	put("content/two.md", article("Two", "Second article."));
	put("templates/assets/extra.css", "body { outline: 1px solid rgb(1, 2, 3) }\n");
	[server, url] = await start(0);
	browser = await chromium.launch({ executablePath: process.env.CHROMIUM, timeout: patience,
		args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"] });
	context = await browser.newContext({ viewport: { width: 1200, height: 700 }, reducedMotion: "reduce" });
	context.setDefaultTimeout(patience);
});

after(async () => {
	await browser?.close();
	if (server)
		await stop(server);
	rmSync(folder, { recursive: true, force: true });
});

/* A page that has been told the first state; `mark` stays as long as it is not loaded again. */
async function open(path) {
	const page = await context.newPage();
	const faults = [];

	page.on("pageerror", (error) => faults.push(String(error)));
	await page.goto(url + path, { waitUntil: "load" });
	await page.waitForFunction(() => performance.getEntriesByType("resource").some((e) => e.name.endsWith("/events") || e.initiatorType === "fetch"));
	await page.waitForTimeout(200);
	await page.evaluate(() => { window.mark = true; });
	return { page, faults };
}

/* Of the matrix's first row; its slider is made by the theme's script. */
const set_weight = (page) => page.locator(".matrix input[type=range]").first().evaluate((slider) => {
	slider.value = "0";
	slider.dispatchEvent(new Event("input", { bubbles: true }));
});
const weight = (page) => page.locator(".matrix input[type=range]").first().inputValue();

const shows = (page, text) => page.waitForFunction((t) => document.body.innerText.includes(t), text);
const box_text = (page) => page.evaluate(() => document.querySelector("gen-preview")?.shadowRoot.querySelector("section").innerText ?? "");
const has_box = (page, there) => page.waitForFunction((t) => Boolean(document.querySelector("gen-preview")) === t, there);

test("a saved text is patched in place; place, details, tabs and focus stay", async () => {
	const { page, faults } = await open("one/");

	await page.evaluate(() => {
		document.querySelector("details:not(.toc details)").open = true;
		scrollTo(0, 900);
		document.querySelector("main a, main button")?.focus({ preventScroll: true });
	});
	await page.locator(".tabs [role=tab]").nth(1).evaluate((tab) => tab.click());
	await set_weight(page);
	await page.evaluate(() => scrollTo(0, 900));
	const focus = await page.evaluate(() => document.activeElement.outerHTML);
	const scroll = await page.evaluate(() => scrollY);
	put("content/one.md", body("second"));
	await shows(page, "the word second");
	assert.equal(await page.evaluate(() => window.mark), true, "it was not loaded again");
	assert.equal(await page.evaluate(() => scrollY), scroll);
	assert.equal(await page.evaluate(() => [...document.querySelectorAll("details")].some((d) => d.open && d.innerText.includes("Inside"))), true);
	assert.equal(await page.locator(".tabs [role=tab]").nth(1).getAttribute("aria-selected"), "true");
	assert.equal(await weight(page), "0");
	assert.equal(await page.evaluate(() => document.activeElement.outerHTML), focus);
	put("content/one.md", body("third", "A paragraph that is new, with a [link](two.md)."));
	await shows(page, "that is new");
	await shows(page, "the word third");
	assert.equal(await page.evaluate(() => window.mark), true, "a new paragraph needs no load");
	put("content/one.md", body("third"));
	await page.waitForFunction(() => !document.body.innerText.includes("that is new"));
	assert.equal(await page.evaluate(() => window.mark), true, "nor does one that went");
	put("content/one.md", body("third").replace("title: One", "title: Another"));
	await page.waitForFunction(() => document.title.includes("Another"));
	assert.equal(await page.evaluate(() => window.mark), true, "nor a title");
	assert.deepEqual(faults, []);
	await page.close();
});

test("what scripts work on is loaded anew, and place and choices come back", async () => {
	put("content/one.md", body("fourth"));
	const { page, faults } = await open("one/");

	await shows(page, "the word fourth");
	await page.evaluate(() => {
		document.querySelector("details:not(.toc details)").open = true;
		scrollTo(0, 700);
	});
	await page.locator(".tabs [role=tab]").nth(1).evaluate((tab) => tab.click());
	await set_weight(page);
	await page.evaluate(() => scrollTo(0, 700));
	put("content/one.md", body("fourth", "```rust\nfn main() { new_block(); }\n```"));
	await shows(page, "new_block");
	await page.waitForFunction(() => document.readyState === "complete");
	assert.equal(await page.evaluate(() => window.mark), undefined);
	await page.waitForFunction(() => scrollY === 700);
	assert.equal(await page.evaluate(() => [...document.querySelectorAll("details")].some((d) => d.open && d.innerText.includes("Inside"))), true);
	assert.equal(await page.locator(".tabs [role=tab]").nth(1).getAttribute("aria-selected"), "true");
	assert.equal(await weight(page), "0");
	assert.deepEqual(faults, []);
	await page.close();
});

test("a change elsewhere touches nothing", async () => {
	const { page } = await open("one/");
	await page.evaluate(() => {
		window.changes = 0;
		new MutationObserver((list) => { window.changes += list.length; })
			.observe(document.documentElement, { subtree: true, childList: true, characterData: true });
	});
	const other = await open("two/");
	put("content/two.md", article("Two", "Second article, changed."));
	await shows(other.page, "Second article, changed.");
	await page.bringToFront();
	await page.waitForTimeout(300);
	assert.deepEqual(await page.evaluate(() => [window.mark, window.changes]), [true, 0]);
	await other.page.close();
	await page.close();
});

test("styles are swapped without a load", async () => {
	const { page } = await open("one/");
	const before = await page.evaluate(() => document.querySelector("link[rel=stylesheet]").href);

	put("templates/assets/site.css", "main { color: rgb(4, 5, 6) }\n");
	await page.waitForFunction(() => getComputedStyle(document.querySelector("main")).color === "rgb(4, 5, 6)");
	await page.waitForFunction(() => document.querySelectorAll("link[rel=stylesheet]").length === 1);
	assert.notEqual(await page.evaluate(() => document.querySelector("link[rel=stylesheet]").href), before);
	assert.equal(await page.evaluate(() => window.mark), true);
	unlinkSync(join(folder, "templates/assets/site.css"));
	await page.waitForFunction((href) => document.querySelector("link[rel=stylesheet]").href === href &&
		document.querySelectorAll("link[rel=stylesheet]").length === 1, before);
	await page.close();
});

test("a failing build shows its messages over the last good page, until it is mended", async () => {
	const { page, faults } = await open("one/");

	put("content/bad.md", "---\ntitle: Bad\ndate: soon <img src=x onerror=window.hacked=1>\n---\n\nText.\n");
	await has_box(page, true);
	const text = await box_text(page);
	assert.match(text, /content\/bad\.md:3:\d+/);
	assert.match(text, /date: soon <img src=x/);
	assert.match(text, /\^/);
	await shows(page, "the word fourth");
	assert.equal(await page.evaluate(() => window.mark), true);
	assert.equal(await page.evaluate(() => window.hacked), undefined);
	const late = await open("two/");
	await has_box(late.page, true);
	await late.page.close();
	await page.bringToFront();
	put("content/bad.md", article("Bad", "Mended."));
	await has_box(page, false);
	put("content/bad.md", "---\ntitle: Bad\ndate: soon\n---\n");
	await has_box(page, true);
	await page.evaluate(() => document.querySelector("gen-preview").shadowRoot.querySelector("button").click());
	await has_box(page, false);
	unlinkSync(join(folder, "content/bad.md"));
	assert.equal(await page.evaluate(() => window.mark), true);
	assert.deepEqual(faults, []);
	await page.close();
});

test("a page that goes and comes shows that", async () => {
	const { page } = await open("two/");

	unlinkSync(join(folder, "content/two.md"));
	await page.waitForFunction(() => document.querySelector("main") && !document.body.innerText.includes("Second article"));
	put("content/two.md", article("Two", "Second article is back."));
	await shows(page, "Second article is back.");
	await page.close();
});

test("pages find the server again", async () => {
	const { page } = await open("one/");
	const port = new URL(url).port;

	await stop(server);
	put("content/one.md", body("fifth"));
	[server, url] = await start(port);
	await shows(page, "the word fifth");
	put("content/one.md", body("sixth"));
	await shows(page, "the word sixth");
	await page.close();
});

test("a page of another origin gets nothing", async () => {
	const secret = await context.newPage();
	await secret.goto(url + "one/");
	const token = await secret.evaluate(() => document.querySelector("script[data-page]").src);
	await secret.close();

	const hostile = createServer((request, response) => {
		response.setHeader("content-type", "text/html");
		response.end("<!doctype html><title>hostile</title><body>");
	});
	await new Promise((done) => hostile.listen(0, "127.0.0.1", done));
	const page = await context.newPage();
	/* Of the same site but another origin, and of another site. */
	for (const host of ["127.0.0.1", "localhost"]) {
		await page.goto(`http://${host}:${hostile.address().port}/`);
		const got = await page.evaluate(async ([address, script]) => {
			const got = [];
			const by_element = (name, attribute, at) => new Promise((done) => {
				const e = document.createElement(name);
				e[attribute] = at;
				if (name === "link")
					e.rel = "stylesheet";
				e.onload = () => { got.push(name + " " + at); done(); };
				e.onerror = done;
				document.body.append(e);
				setTimeout(done, 3000);
			});
			await fetch(address).then((r) => r.text()).then((t) => got.push("fetch " + t.length), () => {});
			await fetch(address, { mode: "no-cors" }).then((r) => r.status && got.push("no-cors"), () => {});
			await fetch(address, { method: "POST", headers: { "x-y": "z" } }).then(() => got.push("post"), () => {});
			await by_element("script", "src", script);
			await by_element("script", "src", new URL("/one/", address).href);
			await by_element("img", "src", new URL("/favicon.svg", address).href);
			await by_element("link", "href", address);
			await new Promise((done) => {
				const events = new EventSource(script.replace("reload.js", "events"));
				events.onopen = () => { got.push("events"); done(); };
				events.addEventListener("state", () => got.push("state"));
				events.onerror = () => { events.close(); done(); };
				setTimeout(done, 3000);
			});
			await new Promise((done) => {
				const frame = document.createElement("iframe");
				frame.src = address;
				frame.onload = () => {
					try {
						got.push("frame " + frame.contentDocument.body.innerText);
					} catch (_) { /* closed, as it should be */ }
					done();
				};
				document.body.append(frame);
				setTimeout(done, 3000);
			});
			return got.filter((g) => g !== "frame " && !/^frame null/.test(g));
		}, [url + "one/", token]);
		assert.deepEqual(got, [], `a page at ${host} got something`);
		const frames = page.frames().filter((frame) => frame !== page.mainFrame());
		for (const frame of frames) {
			const text = await frame.evaluate(() => document.body?.innerText ?? "").catch(() => "");
			assert.doesNotMatch(text, /Text with the word/, "nothing is shown in a frame");
		}
	}
	await page.close();
	await new Promise((done) => {
		hostile.close(done);
		hostile.closeAllConnections();
	});
});
