// Lighthouse on home and on the richest article, mobile and desktop: 100 in all four, median of three.
// Slow, so it is not part of ./run:  GEN_SITE=site node lighthouse.mjs
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";
import { executable, flags } from "./browser.mjs";
import { serve } from "./server.mjs";
import { pageOf, root } from "./site.mjs";

const runs = Number(process.env.RUNS ?? 3);
const categories = ["performance", "accessibility", "best-practices", "seo"];
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const limit = (promise, ms) => {
	let timer;
	const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(`no answer in ${ms} ms`)), ms); });

	return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

async function measure(url, config, port) {
	const result = await limit(lighthouse(url, { port, logLevel: "silent", onlyCategories: categories }, config), 120_000);
	const { categories: found, audits } = result.lhr;

	return {
		scores: categories.map((c) => Math.round(found[c].score * 100)),
		failed: categories.flatMap((c) => found[c].auditRefs
			.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < .9)
			.map(({ id }) => id)),
	};
}

const server = await serve(root);
const chrome = await launch({ chromePath: executable, chromeFlags: ["--headless=new", ...flags] });
let ok = true;

try {
	for (const kind of ["home", "article"])
		for (const [form, config] of [["mobile", undefined], ["desktop", desktopConfig]]) {
			const path = pageOf(kind).path;
			const results = [];

			for (let i = 0; i < runs; i++)
				results.push(await measure(server.url + path, config, chrome.port));
			const scores = categories.map((_, i) => median(results.map((r) => r.scores[i])));
			const failed = [...new Set(results.flatMap((r) => r.failed))];
			ok &&= scores.every((s) => s === 100);
			console.log(`${kind} ${path} ${form}: ${categories.map((c, i) => `${c} ${scores[i]}`).join(", ")}`
				+ (failed.length ? `  (${failed.join(" ")})` : ""));
		}
} finally {
	await chrome.kill();
	await server.close();
}
process.exitCode = ok ? 0 : 1;
