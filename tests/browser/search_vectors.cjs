// Has the search script of the page repeat what the program made of words and of its index: one JSON object
// in a line, as tests/unit/site/search_vectors_test.c writes them.
"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const search = require(join(__dirname, "../../templates/assets/search.js"));

const unspaced = /^[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]$/u;
const seen = { texts: 0, near: 0, far: 0, bits: 0, gaps: 0, digits: 0 };

/* A query of any text finds that text; the index has besides it parts of names and last characters. */
function compare_cut({ text, terms }) {
	const cut = search.cut(text);

	assert.deepEqual(cut.filter((term) => !terms.includes(term)), [], `${JSON.stringify(text)} gives ${terms}`);
	const more = terms.filter((term) => !cut.includes(term) && !unspaced.test(term) &&
		!cut.some((whole) => whole.includes("_") && whole.includes(term)));
	assert.deepEqual(more, [], JSON.stringify(text));
	seen.texts++;
}

function compare_part({ part, found, keys }) {
	const words = search.words_of(part);
	const read = words.flatMap(([word, list]) => search.postings(list).map(([doc, rank]) => `${doc} ${word} ${rank}`));

	assert.deepEqual(read.sort(), found.map(([word, doc, rank]) => `${doc} ${word} ${rank}`).sort());
	for (const [word, region, key] of keys) {
		assert.equal(search.region(word), region, word);
		assert.equal(search.key(word), key, word);
		seen.digits += /\d/.test(key);
	}
	seen.bits += words.filter(([, list]) => list.includes("~")).length;
	seen.gaps += words.filter(([, list]) => !list.includes("~")).length;
}

for (const line of readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean)) {
	const vector = JSON.parse(line);

	if ("text" in vector) {
		compare_cut(vector);
	} else if ("part" in vector) {
		compare_part(vector);
	} else {
		assert.equal(search.near(vector.a, vector.b), vector.near, line);
		seen[vector.near ? "near" : "far"]++;
	}
}
assert.ok(seen.texts > 100000, `only ${seen.texts} texts`);
for (const [kind, count] of Object.entries(seen))
	assert.ok(count >= 100, `only ${count} ${kind}`);
