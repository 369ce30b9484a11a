/* Finds articles in the index that gen made: docs/searching.md says how it is built. */
(function () {
	"use strict";
	var LETTER = "\\p{L}\\p{N}\\p{M}_\\xad\\u200c\\u200d";
	var WORD = new RegExp("[A-Za-z0-9_]+(?:\\+\\+|#)(?![" + LETTER + "])|[" + LETTER + "]+", "gu");
	var PAIRED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
	var DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
	var RANKS = [1, 2, 6, 12];

	function flat(text) {
		return text.toLowerCase().toUpperCase().toLowerCase();
	}

	function fold(word) {
		word = flat(word.replace(/[\xad\u0345\u115f\u1160\u200c\u200d]/g, "")).normalize("NFKD");
		return flat(word.replace(/[\p{M}\u1160]/gu, "")).replace(/ς/g, "σ").normalize("NFC");
	}

	/* What a piece of text is in the index: folded words, and pairs where there are no spaces. */
	function cut(text) {
		var out = [];

		(text.match(WORD) || []).forEach(function (word) {
			var signed = /[+#]$/.test(word);

			(signed ? [fold(word)] : fold(word).match(WORD) || []).forEach(function (part) {
				part.replace(PAIRED, function (run) {
					var chars = Array.from(run);

					chars.forEach(function (c, i) {
						if (i < chars.length - 1 || chars.length < 2)
							out.push(c + (chars[i + 1] || ""));
					});
					return " ";
				}).split(" ").forEach(function (plain) {
					plain = Array.from(plain.replace(/^_+|_+$/g, "")).slice(0, 32).join("");
					if (plain)
						out.push(plain);
				});
			});
		});
		return out.filter(function (term, i) { return out.indexOf(term) === i; });
	}

	/* One letter more, less, other, or two swapped? */
	function near(a, b) {
		var i = 0, x = a.length, y = b.length;

		if (Math.abs(x - y) > 1 || a === b)
			return a === b;
		while (a[i] === b[i])
			i++;
		if (x !== y)
			return x > y ? a.slice(i + 1) === b.slice(i) : a.slice(i) === b.slice(i + 1);
		return a.slice(i + 1) === b.slice(i + 1) ||
			(a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2));
	}

	/* [word, postings] of "0word postings,3ds postings". */
	function words_of(text) {
		var before = "";

		return text ? text.split(",").map(function (item) {
			var at = item.indexOf(" ");
			var end = at < 0 ? item.length : at;

			before = before.slice(0, DIGITS.indexOf(item[0])) + item.slice(1, end);
			return [before, at < 0 ? "" : item.slice(end + 1)];
		}) : [];
	}

	/* Articles and ranks, as pairs. */
	function postings(text) {
		var out = [];

		text.replace(/([!*^]?)(~?)([^!*^~]+)/g, function (_, sign, bits, list) {
			var rank = sign ? "!*^".indexOf(sign) + 1 : 0, doc = 0, number = 0, shift = 1;

			for (var i = 0; i < list.length; i++) {
				var digit = DIGITS.indexOf(list[i]);

				if (bits) {
					for (var bit = 0; bit < 6; bit++)
						if (digit >> bit & 1)
							out.push([i * 6 + bit, rank]);
					continue;
				}
				number += (digit & 31) * shift;
				shift *= 32;
				if (digit < 32) {
					doc += number;
					out.push([doc++, rank]);
					number = 0;
					shift = 1;
				}
			}
		});
		return out;
	}

	/* The name of the part that has a word: as term_region() and term_key() in gen. */
	function region(term) {
		var c = term.codePointAt(0);

		return /^[a-z]/.test(term) ? term[0] : c < 128 ? "_" : String(c % 5);
	}

	function key(term) {
		var rest = Array.from(term)[1] || "_", c = rest.codePointAt(0);

		return /[a-z]/.test(rest) ? rest : c < 128 ? "_" : String(c % 10);
	}

	/* An index at an address; `get` fetches JSON. */
	function open_index(get) {
		var loaded = {};

		function load(name) {
			if (!loaded[name])
				loaded[name] = get(name).catch(function (error) {
					delete loaded[name];
					throw error;
				});
			return loaded[name];
		}

		function part(entry, term) {
			var name = entry.parts && entry.parts[region(term)];

			if (!entry.parts)
				return Promise.resolve(entry.list || (entry.list = words_of(entry.terms)));
			if (!name)
				return Promise.resolve([]);
			if (name.endsWith("-"))
				name += key(term);
			name = "t-" + name + ".json";
			return load(name).then(function (text) {
				return loaded["=" + name] || (loaded["=" + name] = words_of(text));
			});
		}

		function guess(entry, term) {
			return entry.parts ? load("w-" + entry.words + ".json").then(words_of) : Promise.resolve([]);
		}

		/* [word, postings, how well it fits] for a word of the query. */
		function matches(entry, term) {
			var short = /^[a-z0-9]$/.test(term);

			return part(entry, term).then(function (list) {
				var found = list.filter(function (w) {
					return short ? w[0] === term || w[0] === term + "++" || w[0] === term + "#"
						: w[0].startsWith(term);
				}).map(function (w) { return [w[0], w[1], w[0] === term ? 1 : .3 + .4 * term.length / w[0].length]; });

				if (found.length || Array.from(term).length < 4)
					return found;
				return guess(entry, term).then(function (others) {
					var seen = {};
					var meant = list.concat(others).filter(function (w) {
						return near(term, w[0]) && !seen["=" + w[0]] && (seen["=" + w[0]] = true);
					}).slice(0, 8);

					return Promise.all(meant.map(function (w) {
						return w[1] ? [[w[0], w[1], .4]] : part(entry, w[0]).then(function (all) {
							return all.filter(function (x) { return x[0] === w[0]; })
								.map(function (x) { return [x[0], x[1], .4]; });
						});
					})).then(function (all) { return [].concat.apply([], all); });
				});
			});
		}

		/* Articles that have all words, or when there are none (or with `any`) some of them. */
		function find(text, any) {
			var terms = cut(text).slice(0, 12);

			return load("").then(function (entry) {
				var common = entry.common.split(" ");
				var needed = terms.map(function (t) { return common.indexOf(t) < 0 && !/^[a-z0-9]$/.test(t); });

				if (needed.indexOf(true) < 0)
					needed.fill(true);
				return Promise.all(terms.map(function (t) { return matches(entry, t); })).then(function (found) {
					var docs = new Map(), want = 0;

					found.forEach(function (list, i) {
						var best = new Map();

						want += needed[i];
						list.forEach(function (w) {
							var all = postings(w[1]), rare = Math.log(1 + entry.count / all.length);

							all.forEach(function (p) {
								best.set(p[0], Math.max(best.get(p[0]) || 0, RANKS[p[1]] * rare * w[2]));
							});
						});
						best.forEach(function (score, doc) {
							var d = docs.get(doc) || { doc: doc, score: 0, has: 0 };

							d.score += score;
							d.has += needed[i];
							docs.set(doc, d);
						});
					});
					var list = Array.from(docs.values());
					var most = list.reduce(function (n, d) { return Math.max(n, d.has); }, 0);

					return {
						docs: list.filter(function (d) { return any ? d.has * 2 >= want : d.has === most && most; })
							.sort(function (a, b) { return b.has - a.has || b.score - a.score || a.doc - b.doc; }),
						all: most === want,
						terms: terms,
						words: [].concat.apply([], found).map(function (w) { return w[0]; }),
						meant: terms.map(function (t, i) {
							return found[i].length && found[i][0][2] === .4 ? found[i][0][0] : t;
						})
					};
				});
			});
		}

		/* [title, address, text] of an article. */
		function title(doc) {
			return load("").then(function (entry) {
				var file = entry.each ? Math.floor(doc / entry.each) : 0;

				return entry.docs ? entry.docs[doc]
					: load("d-" + entry.titles.substr(file * 8, 8) + ".json")
						.then(function (docs) { return docs[doc % entry.each]; });
			});
		}

		return { find: find, title: title };
	}

	if (typeof module === "object") {
		module.exports = { fold: fold, cut: cut, near: near, words_of: words_of, postings: postings,
			region: region, key: key, open_index: open_index };
		return;
	}

	var form = document.querySelector("form[data-index]");

	if (!form || !form.dataset.index)
		return;
	var field = form.querySelector("input"), status = document.querySelector(".found");
	var hits = document.querySelector(".hits"), rest = document.querySelector(".browse");
	var home = new URL(form.dataset.index, location), lost = document.body.dataset.kind === "404";
	var index = open_index(function (name) {
		return fetch(new URL(name, home)).then(function (answer) {
			if (!answer.ok)
				throw answer.status;
			return answer.json();
		});
	});
	var turn = 0, timer;

	/* Text with the words of the query marked; never HTML. */
	function marked(text, found) {
		var out = document.createDocumentFragment(), at = 0;

		function add(from, to) {
			var mark = document.createElement("mark");

			out.append(text.slice(at, from));
			mark.textContent = text.slice(from, to);
			out.append(mark);
			at = to;
		}
		for (var m of text.matchAll(WORD)) {
			var word = fold(m[0]).replace(/^_+/, "");

			if (found.terms.some(function (t) { return word === t || (t.length > 1 && word.startsWith(t)); }) ||
				found.words.indexOf(word) >= 0) {
				add(m.index, m.index + m[0].length);
				continue;
			}
			for (var run of m[0].matchAll(PAIRED))
				for (var i = 0; i < run[0].length; i++) {
					var from = m.index + run.index + i;

					if (from >= at && found.terms.some(function (t) { return fold(text.substr(from, t.length)) === t; }))
						add(from, from + Math.min(2, run[0].length - i));
				}
		}
		out.append(text.slice(at));
		return out;
	}

	function add_hit(doc, found) {
		var item = document.createElement("li"), link = document.createElement("a"), text = document.createElement("p");

		link.href = new URL("../" + doc[1], home);
		link.append(marked(doc[0], found));
		text.append(marked(doc[2], found));
		item.append(link, text);
		hits.append(item);
		return link;
	}

	/* Ten more. */
	function show(found, from, mine) {
		return Promise.all(found.docs.slice(from, from + (lost ? 5 : 10)).map(function (d) { return index.title(d.doc); }))
			.then(function (docs) {
				if (mine !== turn)
					return;
				if (!from)
					hits.textContent = "";
				var links = docs.map(function (doc) { return add_hit(doc, found); });
				var more = document.querySelector(".more-hits");

				if (more)
					more.remove();
				if (from && links[0])
					links[0].focus();
				if (!lost && from + 10 < found.docs.length) {
					more = document.createElement("button");
					more.type = "button";
					more.className = "button more-hits";
					more.textContent = "Show more";
					more.onclick = function () { show(found, from + 10, turn); };
					hits.after(more);
				}
			});
	}

	function clear() {
		var more = document.querySelector(".more-hits");

		hits.textContent = status.textContent = "";
		if (more)
			more.remove();
	}

	function words(found, query) {
		var count = found.docs.length, meant = found.meant.join(" ");

		if (!count)
			return "Nothing was found for “" + query + "”.";
		return (count === 1 ? "1 article" : count + " articles") + " for “" + query + "”" +
			(meant === found.terms.join(" ") ? "" : ", read as “" + meant + "”") +
			(found.all ? "" : ": none has all of the words, these have some") + ".";
	}

	function run(query) {
		var mine = ++turn;

		if (rest)
			rest.hidden = Boolean(query.trim());
		if (!cut(query).length) {
			clear();
			return;
		}
		index.find(query, lost).then(function (found) {
			if (mine !== turn)
				return;
			if (!found.docs.length || lost)
				clear();
			if (!lost || found.docs.length)
				status.textContent = lost ? "Perhaps you were looking for:" : words(found, query.trim());
			return show(found, 0, mine);
		}).catch(function () {
			if (mine !== turn)
				return;
			clear();
			if (!lost)
				status.textContent = location.protocol === "file:"
					? "Search does not work on pages that are opened as files: open the site through a web server."
					: "The search index could not be loaded. Check the connection, or load the page again.";
			if (rest)
				rest.hidden = false;
		});
	}

	if (lost) {
		try {
			run(decodeURIComponent(location.pathname).replace(/\.html?$|[-_/.]/g, " "));
		} catch (_) { /* an address that cannot be decoded has no words */ }
		return;
	}

	function from_address() {
		field.value = new URL(location).searchParams.get("q") || "";
		run(field.value);
	}

	function to_address(add) {
		var url = new URL(location);

		if (field.value)
			url.searchParams.set("q", field.value);
		else
			url.searchParams.delete("q");
		try {
			if (add && history.state !== field.value)
				history.pushState(field.value, "", url);
			else
				history.replaceState(history.state, "", url);
		} catch (_) { /* the page is a file, or the address changes too often */ }
	}

	field.addEventListener("input", function () {
		clearTimeout(timer);
		timer = setTimeout(function () {
			to_address(false);
			run(field.value);
		}, 120);
	});
	form.addEventListener("submit", function (event) {
		event.preventDefault();
		clearTimeout(timer);
		to_address(true);
		run(field.value);
	});
	document.querySelector("main").addEventListener("keydown", function (event) {
		var links = Array.from(hits.querySelectorAll("a"));
		var at = links.indexOf(document.activeElement);
		var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];

		if (!step || (at < 0 && document.activeElement !== field) || !links.length)
			return;
		event.preventDefault();
		(links[at + step] || (step < 0 ? field : links[at] || links[0])).focus();
	});
	addEventListener("popstate", from_address);
	from_address();
})();
