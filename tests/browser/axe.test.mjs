// No violation of WCAG 2.2 AA or best practice on any kind of page, width or colour scheme.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { start } from "./browser.mjs";
import { sample } from "./site.mjs";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
let site;

before(async () => { site = await start(); }, { timeout: 60_000 });
after(() => site?.close(), { timeout: 20_000 });

function describe(violation) {
	const where = violation.nodes.slice(0, 3).map((n) => `    ${n.target.join(" ")}: ${n.failureSummary}`);

	return [`${violation.id}: ${violation.help}`, ...where].join("\n");
}

async function findViolations(page) {
	await page.evaluate(axe.source);
	const found = await page.evaluate((values) =>
		window.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] }), tags);

	return found.violations;
}

for (const { path, kind } of sample)
	for (const width of [320, 768, 1280])
		for (const colorScheme of ["light", "dark"])
			test(`axe: ${kind} ${path} at ${width} px, ${colorScheme}`, { timeout: 60_000 }, async () => {
				const violations = await site.visit(path, { width, colorScheme }, findViolations);

				assert.equal(violations.length, 0, violations.map(describe).join("\n"));
			});
