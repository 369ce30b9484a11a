// No violation of WCAG 2.2 AA or best practice on any kind of page, width or colour scheme.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { openWidgets, start } from "./browser.mjs";
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

const everyLook = [320, 768, 1280].flatMap((width) => ["light", "dark"].map((colorScheme) => ({ width, colorScheme })));
const twoLooks = [everyLook[1], everyLook[4]];
const seen = new Map();

/* The two richest pages of a kind in every look, the others in two. */
function looksOf(kind) {
	seen.set(kind, (seen.get(kind) ?? 0) + 1);
	return seen.get(kind) <= 2 ? everyLook : twoLooks;
}

for (const { path, kind } of sample)
	for (const { width, colorScheme } of looksOf(kind))
		test(`axe: ${kind} ${path} at ${width} px, ${colorScheme}`, { timeout: 60_000 }, async () => {
			const violations = await site.visit(path, { width, colorScheme }, findViolations);

			assert.equal(violations.length, 0, violations.map(describe).join("\n"));
		});

const widgets = sample.filter((p) => /class="(matrix|tabs|table comparison)"/.test(p.html)).slice(0, 4);

for (const { path } of widgets)
	for (const { width, colorScheme } of everyLook)
		test(`axe: every widget of ${path} opened at ${width} px, ${colorScheme}`, { timeout: 60_000 }, async () => {
			const violations = await site.visit(path, { width, colorScheme }, async (page) => {
				await openWidgets(page);
				return findViolations(page);
			});

			assert.equal(violations.length, 0, violations.map(describe).join("\n"));
		});
