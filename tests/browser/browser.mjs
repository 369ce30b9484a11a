// Debian's Chromium over the site, every call bounded.
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";
import { root } from "./site.mjs";

export const executable = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const flags = [
	"--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
	"--disable-component-update", "--no-first-run",
];

/** Start a server and a browser; `visit(path, options, look)` gives what `look(page)` gives. */
export async function start() {
	const server = await serve(root);
	const browser = await chromium.launch({ executablePath: executable, args: flags, timeout: 30_000 });

	return {
		url: server.url,
		async visit(path, { width = 1280, height = 900, ...options }, look) {
			const context = await browser.newContext({
				viewport: { width, height },
				reducedMotion: "reduce",
				...options,
			});

			try {
				context.setDefaultTimeout(10_000);
				const page = await context.newPage();
				await page.goto(server.url + path, { waitUntil: "load", timeout: 20_000 });
				return await look(page);
			} finally {
				await context.close();
			}
		},
		async close() {
			await browser.close();
			await server.close();
		},
	};
}

/** Open and press whatever a page has: contents, weights, presets, switches, sorting, the last tab. */
export async function openWidgets(page) {
	await page.evaluate(() => {
		document.querySelectorAll("details").forEach((d) => { d.open = true; });
		document.querySelectorAll(".matrix .tools [aria-expanded=false]").forEach((b) => b.click());
		document.querySelectorAll(".matrix .tools").forEach((tools) => tools.children[1].click());
		document.querySelectorAll(".tools [type=checkbox]").forEach((box) => box.click());
		document.querySelectorAll(".comparison th button").forEach((b) => b.click());
		document.querySelectorAll("[role=tablist]").forEach((list) => list.lastElementChild.click());
	});
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
}
