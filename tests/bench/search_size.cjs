#!/usr/bin/env node
// What the search of a site costs its reader: bytes of the whole index, and of a first question with ten results.
//
//     node tests/bench/search_size.cjs SITE [QUERY]
"use strict";
const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { gzipSync } = require("node:zlib");
const { open_index } = require("../../templates/assets/search.js");

const [site, query = "error handling"] = process.argv.slice(2);
const folder = join(site, "search");
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
const read = (name) => readFileSync(join(folder, name));
const kilobytes = (list) => {
	const sum = (size) => (list.reduce((n, bytes) => n + size(bytes), 0) / 1000).toFixed(1);

	return `${sum((bytes) => bytes.length)} KB (${sum((bytes) => gzipSync(bytes).length)} KB gzipped)`;
};

async function main() {
	const asked = [];
	const index = open_index(async (name) => {
		asked.push(read(name || files.find((file) => file.startsWith("index-"))));
		return JSON.parse(asked.at(-1));
	});
	const found = await index.find(query);

	await Promise.all(found.docs.slice(0, 10).map(({ doc }) => index.title(doc)));
	console.log(`whole index: ${files.length} files, ${kilobytes(files.map(read))}`);
	console.log(`"${query}", ${found.docs.length} found: ${asked.length} files, ${kilobytes(asked)}`);
}

main();
