/* docs/searching.md describes the index and its rules. */
(() => {
	"use strict";
	const LETTER = "\\p{L}\\p{N}\\p{M}_\\xad\\u200c\\u200d";
	const WORD = new RegExp(`[A-Za-z0-9_]+(?:\\+\\+|#)(?![${LETTER}])|[${LETTER}]+`, "gu");
	const PAIRED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
	const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
	const RANKS = [1, 2, 6, 12], MENDED = .4;

	const flat = (text) => text.toLowerCase().toUpperCase().toLowerCase();

	function fold(word) {
		word = flat(word.replace(/[\xad\u0345\u115f\u1160\u200c\u200d]/g, "")).normalize("NFKD");
		return flat(word.replace(/[\p{M}\u1160]/gu, "")).replace(/ς/g, "σ").normalize("NFC");
	}

	function cut(text) {
		const out = new Set();

		for (const word of text.match(WORD) || [])
			for (const part of /[+#]$/.test(word) ? [fold(word)] : fold(word).match(WORD) || []) {
				const plain = part.replace(PAIRED, (run) => {
					const chars = [...run];

					chars.forEach((c, i) => i && out.add(chars[i - 1] + c));
					if (chars.length < 2)
						out.add(run);
					return " ";
				});

				for (const w of plain.split(" "))
					out.add([...w.replace(/^_+|_+$/g, "")].slice(0, 32).join(""));
			}
		out.delete("");
		return [...out];
	}

	/* One edit apart? */
	function near(a, b) {
		let i = 0;

		while (i < a.length && a[i] === b[i])
			i++;
		const [x, y] = [a.slice(i), b.slice(i)], [x1, y1] = [x.slice(1), y.slice(1)];

		return x1 === y || x === y1 || x1 === y1 || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
	}

	/* [word, postings] of each. */
	function words_of(text) {
		let before = "";

		return text ? text.split(",").map((item) => {
			const [word, list] = item.split(" ");

			before = before.slice(0, DIGITS.indexOf(word[0])) + word.slice(1);
			return [before, list];
		}) : [];
	}

	/* [article, rank] of each. */
	function postings(text) {
		const out = [];

		for (const [, sign, bits, list] of text.matchAll(/([!*^]?)(~?)([^!*^~]+)/g)) {
			const rank = "!*^".indexOf(sign || " ") + 1;
			let doc = 0, shift = 1;

			[...list].forEach((c, i) => {
				const digit = DIGITS.indexOf(c);

				for (let bit = 0; bits && bit < 6; bit++)
					if (digit >> bit & 1)
						out.push([i * 6 + bit, rank]);
				doc += (digit & 31) * shift;
				shift *= 32;
				if (digit < 32) {
					if (!bits)
						out.push([doc, rank]);
					doc++;
					shift = 1;
				}
			});
		}
		return out;
	}

	const letter = (c, most) => /[a-z]/.test(c) ? c : c < "\x80" ? "_" : String(c.codePointAt(0) % most);
	const region = (term) => letter([...term][0], 5);
	const key = (term) => letter([...term][1] || "_", 10);

	function open_index(get) {
		const loaded = {};
		const load = (name, read = (x) => x) => loaded[name] ||= get(name).then(read).catch((error) => {
			delete loaded[name];
			throw error;
		});

		function part(entry, term) {
			const name = entry.parts?.[region(term)];

			if (!entry.parts)
				return entry.list ||= words_of(entry.terms);
			return name ? load(`t-${name.endsWith("-") ? name + key(term) : name}.json`, words_of) : [];
		}

		/* [word, postings, fit] of each that is meant. */
		async function matches(entry, term) {
			const short = /^[a-z0-9]$/.test(term), list = await part(entry, term);
			const found = list.filter(([w]) => short ? w[0] === term && /^.(\+\+|#|)$/.test(w) : w.startsWith(term))
				.map(([w, p]) => [w, p, w === term ? 1 : .3 + .4 * term.length / w.length]);

			if (found.length || [...term].length < 4)
				return found;
			const others = entry.parts ? await load(`w-${entry.words}.json`, words_of) : [];
			const meant = new Set([...list, ...others].map(([w]) => w).filter((w) => near(term, w)));

			return (await Promise.all([...meant].slice(0, 8).map(async (w) =>
				(await part(entry, w)).filter(([x]) => x === w).map(([x, p]) => [x, p, MENDED])))).flat();
		}

		/* Articles that have most words; with `any`, half of them. */
		async function find(text, any) {
			const entry = await load(""), terms = cut(text).slice(0, 12), docs = new Map();
			const common = entry.common.split(" ");
			const needed = terms.map((t) => !common.includes(t) && !/^[a-z0-9]$/.test(t));
			const found = await Promise.all(terms.map((t) => matches(entry, t)));
			let want = 0, most = 0;

			if (!needed.includes(true))
				needed.fill(true);
			found.forEach((list, i) => {
				const best = new Map();

				want += needed[i];
				for (const [, where, fits] of list) {
					const all = postings(where), rare = Math.log(1 + entry.count / all.length);

					for (const [doc, rank] of all)
						best.set(doc, Math.max(best.get(doc) || 0, RANKS[rank] * rare * fits));
				}
				for (const [doc, score] of best) {
					const d = docs.get(doc) || { doc, score: 0, has: 0 };

					d.score += score;
					d.has += needed[i];
					most = Math.max(most, d.has);
					docs.set(doc, d);
				}
			});
			return {
				docs: [...docs.values()].filter((d) => any ? d.has * 2 >= want : most && d.has === most)
					.sort((a, b) => b.has - a.has || b.score - a.score || a.doc - b.doc),
				all: most === want,
				terms,
				words: found.flat().map(([w]) => w),
				meant: terms.map((t, i) => found[i][0]?.[2] === MENDED ? found[i][0][0] : t).join(" ")
			};
		}

		async function title(doc) {
			const { docs, each, titles } = await load("");

			return docs ? docs[doc] : (await load(`d-${titles.substr(Math.floor(doc / each) * 8, 8)}.json`))[doc % each];
		}

		return { find, title };
	}

	if (typeof module === "object") {
		module.exports = { cut, near, words_of, postings, region, key, open_index };
		return;
	}

	const $ = (selector) => document.querySelector(selector);
	const form = $("form[data-index]");

	if (!form)
		return;
	const field = form.elements.q, status = $(".found"), hits = $(".hits"), browse = $(".browse");
	const home = new URL(form.dataset.index, location), lost = !browse, count = lost ? 5 : 10;
	const index = open_index(async (name) => {
		const answer = await fetch(new URL(name, home));

		if (!answer.ok)
			throw answer;
		return answer.json();
	});
	let turn = 0, timer;

	/* Never HTML. */
	function marked(tag, text, { terms, words }) {
		const out = document.createElement(tag);
		let at = 0;

		function mark(from, length) {
			const mark = document.createElement("mark");

			mark.textContent = text.substr(from, length);
			out.append(text.slice(at, from), mark);
			at = from + length;
		}
		for (const { 0: word, index: from } of text.matchAll(WORD)) {
			const folded = fold(word).replace(/^_+/, "");

			if (words.includes(folded) || terms.some((t) => t[1] && folded.startsWith(t)))
				mark(from, word.length);
			else
				for (const run of word.matchAll(PAIRED))
					for (let i = from + run.index; i < from + run.index + run[0].length; i++)
						if (i >= at && terms.some((t) => fold(text.substr(i, t.length)) === t))
							mark(i, 2);
		}
		out.append(text.slice(at));
		return out;
	}

	function clear() {
		hits.textContent = status.textContent = "";
		$(".more-hits")?.remove();
	}

	async function show(found, from, mine) {
		const docs = await Promise.all(found.docs.slice(from, from + count).map((d) => index.title(d.doc)));

		if (mine !== turn)
			return;
		$(".more-hits")?.remove();
		docs.forEach(([title, path, text], i) => {
			const item = document.createElement("li"), link = marked("a", title, found);

			link.href = new URL("../" + path, home);
			item.append(link, marked("p", text, found));
			hits.append(item);
			if (from && !i)
				link.focus();
		});
		if (!lost && from + count < found.docs.length) {
			const more = document.createElement("button");

			more.className = "button more-hits";
			more.textContent = "Show more";
			more.onclick = () => show(found, from + count, turn).catch(fail);
			hits.after(more);
		}
	}

	const say = ({ docs: { length: n }, terms, meant, all }, query) =>
		`${n || "No"} article${n === 1 ? "" : "s"} for “${query}”` +
		(meant === terms.join(" ") ? "" : `, read as “${meant}”`) + (all || !n ? "" : ": none has all of the words");

	function fail() {
		clear();
		if (lost)
			return;
		status.textContent = location.protocol === "file:"
			? "Search needs a web server: this page was opened as a file."
			: "The search index could not be loaded. Check the connection, or load this page again.";
		browse.hidden = false;
	}

	async function run(query) {
		const mine = ++turn;

		if (!lost)
			browse.hidden = !!query.trim();
		if (!cut(query).length)
			return clear();
		try {
			const found = await index.find(query, lost);

			if (mine !== turn)
				return;
			clear();
			status.textContent = !lost ? say(found, query.trim())
				: found.docs.length ? "Perhaps you were looking for:" : "";
			await show(found, 0, mine);
		} catch (_) {
			if (mine === turn)
				fail();
		}
	}

	if (lost) {
		try {
			run(decodeURI(location.pathname.slice(new URL("..", home).pathname.length)).replace(/\.html?$|[_.]/g, " "));
		} catch (_) { /* not decodable */ }
		return;
	}

	function from_address() {
		field.value = new URL(location).searchParams.get("q") || "";
		run(field.value);
	}

	function ask(add) {
		const url = new URL(location);

		clearTimeout(timer);
		url.searchParams.set("q", field.value);
		if (!field.value)
			url.searchParams.delete("q");
		try {
			history[add && history.state !== field.value ? "pushState" : "replaceState"](add ? field.value : history.state, "", url);
		} catch (_) { /* a file, or too often */ }
		run(field.value);
	}

	field.oninput = () => {
		clearTimeout(timer);
		timer = setTimeout(ask, 120);
	};
	form.onsubmit = (event) => {
		event.preventDefault();
		ask(true);
	};
	$("main").onkeydown = (event) => {
		const stops = [field, ...hits.querySelectorAll("a")], at = stops.indexOf(document.activeElement);
		const to = stops[at + { ArrowDown: 1, ArrowUp: -1 }[event.key]];

		if (at < 0 || !to)
			return;
		event.preventDefault();
		to.focus();
	};
	onpopstate = from_address;
	from_address();
})();
