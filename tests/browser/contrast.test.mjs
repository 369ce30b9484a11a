// The design tokens as the browser computes them: 4.5:1 for text, code included, in both schemes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "./browser.mjs";

const tint = (color) => `color-mix(in srgb, ${color} 8%, var(--bg))`;
const code = ["keyword", "string", "comment", "number", "type", "function", "name"].map((n) => `var(--code-${n})`);
const pairs = [
	...["--text", "--muted", "--accent", "--good", "--warn"].flatMap((c) =>
		["--bg", "--raised"].map((ground) => [`var(${c})`, `var(${ground})`])),
	["var(--bg)", "var(--accent)"],
	["var(--text)", "var(--mark)"],
	...["--note", "--good", "--accent", "--warn", "--bad"].flatMap((c) =>
		[`var(${c})`, "var(--text)", "var(--accent)"].map((front) => [front, tint(`var(${c})`)])),
	...code.flatMap((c) => [[c, "var(--raised)"], [c, "var(--mark)"]]),
];
let site;

before(async () => { site = await start(); }, { timeout: 60_000 });
after(() => site?.close(), { timeout: 20_000 });

/* Runs in the page. */
function ratiosOf(list) {
	const probe = document.body.appendChild(document.createElement("i"));
	const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
	const lightOf = (color) => {
		probe.style.color = color;
		pen.fillStyle = getComputedStyle(probe).color;
		pen.fillRect(0, 0, 1, 1);
		const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((v) =>
			v / 255 <= .04045 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4);

		return .2126 * r + .7152 * g + .0722 * b;
	};

	return list.map(([front, ground]) => {
		const [high, low] = [lightOf(front), lightOf(ground)].sort((a, b) => b - a);

		return (high + .05) / (low + .05);
	});
}

for (const colorScheme of ["light", "dark"])
	test(`contrast of the tokens, ${colorScheme}`, { timeout: 40_000 }, async (t) => {
		const ratios = await site.visit("/", { colorScheme }, (page) => page.evaluate(ratiosOf, pairs));
		const report = pairs.map(([front, ground], i) => `${ratios[i].toFixed(2)}  ${front} on ${ground}`);

		if (process.env.VERBOSE)
			report.forEach((line) => t.diagnostic(line));
		t.diagnostic(`lowest: ${[...report].sort((a, b) => parseFloat(a) - parseFloat(b))[0]}`);
		assert.deepEqual(report.filter((line) => parseFloat(line) < 4.5), []);
	});
