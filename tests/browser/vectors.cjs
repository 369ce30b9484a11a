// Has the matrix script of the page repeat what the program says of matrices: one JSON object in a line,
// as tests/unit/blocks/matrix_vectors_test.c writes them.
"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const matrix = require(join(__dirname, "../../templates/assets/matrix.js"));

const seen = { ties: 0, close: 0, flips: 0, stays: 0, uneven: 0 };

function compare(vector) {
	const { options, scenarios } = vector;
	const weights = vector.weights.map(BigInt);
	const scores = scenarios.map((_, r) =>
		vector.scores.slice(r * options.length, (r + 1) * options.length).map(BigInt));
	const m = { options, scenarios, weights, scores };
	const r = matrix.score(m);

	assert.deepEqual(scores.map((row) => String(matrix.row_best(row))), vector.best);
	assert.deepEqual(r.totals.map(String), vector.totals);
	assert.equal(r.winner, vector.winner);
	assert.equal(r.tie, vector.tie);
	assert.equal(r.close, vector.close);
	assert.deepEqual(r.flip && [r.flip.row, r.flip.option, String(r.flip.num), String(r.flip.den)], vector.flip);
	assert.equal(matrix.verdict_text(m, r), vector.text);
	for (const weight of weights)
		assert.equal(matrix.decimal_read(matrix.decimal_text(weight, 1n)), weight);
	seen.ties += r.tie;
	seen.close += r.close;
	seen.flips += r.flip !== null;
	seen.stays += !r.tie && r.flip === null;
	seen.uneven += vector.text.includes("about ");
}

const lines = readFileSync(process.argv[2], "utf8").trim().split("\n");

assert.ok(lines.length >= 1000, `only ${lines.length} matrices`);
lines.forEach((line) => compare(JSON.parse(line)));
for (const [kind, count] of Object.entries(seen))
	assert.ok(count >= 20, `only ${count} ${kind}`);
