/*
 * A decision matrix with the reader's own weights. The first half is the arithmetic and the words of
 * src/blocks/matrix_score.c and matrix_words.c, and a test holds the two to the same results: whole
 * numbers throughout, weights and scores in thousandths, totals in millionths.
 */
(function () {
	"use strict";
	var UNIT = 1000n, CLOSE_PERCENT = 5n;

	function row_best(row) {
		var best = 0, alone = true;

		for (var o = 1; o < row.length; o++) {
			if (row[o] > row[best]) {
				best = o;
				alone = true;
			} else if (row[o] === row[best]) {
				alone = false;
			}
		}
		return alone ? best : -1;
	}

	function find_highest(totals, without) {
		var best = -1;

		for (var o = 0; o < totals.length; o++)
			if (o !== without && (best < 0 || totals[o] > totals[best]))
				best = o;
		return best;
	}

	function divisor(a, b) {
		return b === 0n ? a : divisor(b, a % b);
	}

	/* The smallest change of one weight that brings a rival level; null when there is none. */
	function find_flip(m, totals, winner) {
		var flip = null, best_gap = 0n, best_lead = 1n;

		m.scores.forEach(function (row, r) {
			row.forEach(function (score, o) {
				var gap = totals[winner] - totals[o], lead = row[winner] - score;
				var size = lead < 0n ? -lead : lead;

				if (o === winner || lead === 0n || (lead > 0n && m.weights[r] * lead < gap) ||
					(flip && gap * best_lead >= best_gap * size))
					return;
				best_gap = gap;
				best_lead = size;
				var num = m.weights[r] * size + (lead < 0n ? gap : -gap);
				var by = divisor(num, size);
				flip = { row: r, option: o, num: num / by, den: size / by };
			});
		});
		return flip;
	}

	/* m: weights (BigInt thousandths), scores (a list of such for each row). */
	function score(m) {
		var totals = m.scores[0].map(function (_, o) {
			return m.scores.reduce(function (sum, row, r) { return sum + m.weights[r] * row[o]; }, 0n);
		});
		var first = find_highest(totals, -1), second = find_highest(totals, first);
		var margin = totals[first] - totals[second], tie = margin === 0n;

		return {
			totals: totals,
			winner: tie ? -1 : first,
			runner_up: tie ? -1 : second,
			margin: margin,
			tie: tie,
			close: !tie && margin * 100n <= totals[first] * CLOSE_PERCENT,
			flip: tie ? null : find_flip(m, totals, first)
		};
	}

	/* num / den thousandths as people write it. */
	function decimal_text(num, den) {
		var even = num % den === 0n, digits = even ? 3 : 2, base = even ? UNIT : 100n;
		var n = even ? num / den : (num * 2n + den * 10n) / (den * 20n);
		var part = String(n % base).padStart(digits, "0").replace(/0+$/, "");

		return (even ? "" : "about ") + n / base + (part && "." + part);
	}

	/* A number written with at most three decimals, in thousandths; null on anything else. */
	function decimal_read(text) {
		var found = /^(\d{1,4})(?:\.(\d{1,3}))?$/.exec(text);

		return found ? BigInt(found[1] + (found[2] || "").padEnd(3, "0")) : null;
	}

	function total_text(millionths) {
		return decimal_text(millionths, UNIT);
	}

	function join_words(words) {
		return words.length > 1 ? words.slice(0, -1).join(", ") + " and " + words[words.length - 1] : words.join();
	}

	function flip_text(m, r) {
		var flip = r.flip, now = flip && m.weights[flip.row];

		if (r.tie)
			return "";
		if (!flip)
			return "No change of a single weight takes the lead from " + m.options[r.winner] + ".";
		return (flip.num > now * flip.den ? "Raising" : "Lowering") + " the weight of " + m.scenarios[flip.row] +
			" from " + decimal_text(now, 1n) + " to " + decimal_text(flip.num, flip.den) + " would make it a tie" +
			(m.options.length > 2 ? " with " + m.options[flip.option] : "") + ".";
	}

	function verdict_text(m, r) {
		var highest = r.totals[find_highest(r.totals, -1)], total = total_text(highest);
		var others = m.options.map(function (name, o) { return name + " (" + total_text(r.totals[o]) + ")"; });

		if (r.tie)
			return join_words(m.options.filter(function (_, o) { return r.totals[o] === highest; })) +
				" tie at " + total + ".";
		others.splice(r.winner, 1);
		return m.options[r.winner] + (m.options.length === 2
			? " wins " + total + " to " + total_text(r.totals[r.runner_up])
			: " wins with " + total + ", ahead of " + join_words(others)) + "." +
			(r.close ? " It is a close call. " : " ") + flip_text(m, r);
	}

	/* The total in percent of the highest, rounded half up. */
	function share(total, highest) {
		return highest > 0n ? (total * 200n + highest) / (highest * 2n) : 0n;
	}

	if (typeof module === "object") {
		module.exports = { row_best, score, decimal_text, decimal_read, verdict_text, share };
		return;
	}

	/* The page: sliders in the rows, presets below, weights in the address. */
	function each(list, act) {
		return [].map.call(list, act);
	}

	function make(name, properties, children) {
		var e = Object.assign(document.createElement(name), properties);

		e.append.apply(e, children || []);
		return e;
	}

	function enhance(figure) {
		var rows = each(figure.querySelectorAll("tbody tr"), function (row) { return row; });
		var written = rows.map(function (row) { return decimal_read(row.dataset.weight); });
		var m = {
			options: each(figure.querySelectorAll("thead .option"), function (th) { return th.textContent; }),
			scenarios: rows.map(function (row) { return row.querySelector("[data-scenario]").textContent; }),
			weights: written.slice(),
			scores: rows.map(function (row) {
				return each(row.querySelectorAll("[data-score]"), function (td) { return decimal_read(td.dataset.score); });
			})
		};
		var presets = each(figure.querySelectorAll("[data-weights]"), function (li) {
			return {
				name: li.firstElementChild.textContent,
				weights: li.dataset.weights.trim().split(" ").map(decimal_read)
			};
		});
		var totals = figure.querySelectorAll(".total");
		var verdict = figure.querySelector(".says");
		var all = presets.reduce(function (list, p) { return list.concat(p.weights); }, written);
		/* A slider must be able to stand where the author put a weight. */
		var step = Number(all.reduce(divisor, 500n)) / 1000;
		var most = Number(all.reduce(function (a, b) { return a > b ? a : b; }, 5000n)) / 1000;
		var status = make("p", { className: "sr" }), speak;
		status.setAttribute("role", "status");

		function show() {
			var r = score(m), highest = r.totals[find_highest(r.totals, -1)];

			totals.forEach(function (td, o) {
				td.firstChild.data = total_text(r.totals[o]);
				td.style.setProperty("--share", share(r.totals[o], highest));
				td.classList.toggle("best", o === r.winner);
			});
			totals[0].parentNode.lastElementChild.textContent = r.tie ? "Tie" : m.options[r.winner];
			verdict.textContent = verdict_text(m, r);
			rows.forEach(function (row, i) {
				var text = decimal_text(m.weights[i], 1n), cell = row.querySelector(".weight");

				if (cell)
					cell.textContent = text;
				sliders[i].value = text;
				sliders[i].nextSibling.textContent = text;
				row.classList.toggle("off", m.weights[i] === 0n);
			});
			clearTimeout(speak);
			speak = setTimeout(function () { status.textContent = verdict.textContent; }, 400);
		}

		/* "2-4_10-3.5": the rows whose weight is not the author's. */
		function keep() {
			var url = new URL(location.href);
			var changed = m.weights.map(function (w, i) { return w === written[i] ? "" : i + 1 + "-" + decimal_text(w, 1n); });
			var text = changed.filter(Boolean).join("_");

			if (text)
				url.searchParams.set(figure.id, text);
			else
				url.searchParams.delete(figure.id);
			try {
				history.replaceState(history.state, "", url);
			} catch (_) { /* a page from a file */ }
		}

		function restore() {
			var found = new URL(location.href).searchParams.get(figure.id);

			(found || "").split("_").forEach(function (pair) {
				var cut = pair.split("-"), weight = decimal_read(cut[1] || "");

				if (weight !== null && cut[0] - 1 in written && Number(weight) <= most * 1000)
					m.weights[cut[0] - 1] = weight;
			});
			return found;
		}

		function set(weights) {
			m.weights = weights.slice();
			open(true);
			show();
			keep();
		}

		function open(yes) {
			figure.classList.toggle("open", yes);
			toggle.setAttribute("aria-expanded", yes);
		}

		function button(text, act) {
			var b = make("button", { type: "button", textContent: text });

			b.addEventListener("click", act);
			return b;
		}

		var sliders = rows.map(function (row, i) {
			var slider = make("input", { type: "range", min: 0, max: most, step: step });

			slider.setAttribute("aria-label", "Weight of " + m.scenarios[i]);
			slider.addEventListener("input", function () {
				m.weights[i] = BigInt(Math.round(slider.valueAsNumber * 1000));
				show();
			});
			slider.addEventListener("change", keep);
			row.cells[0].append(make("span", { className: "slider" }, [slider, make("output")]));
			row.cells[0].querySelector("output").setAttribute("aria-hidden", "true");
			return slider;
		});
		var toggle = button("Change the weights", function () {
			open(!figure.classList.contains("open"));
			if (figure.classList.contains("open"))
				sliders[0].focus();
		});
		var tools = make("p", { className: "tools" }, [toggle].concat(presets.map(function (p) {
			return button(p.name, function () { set(p.weights); });
		}), button("Reset", function () { set(written); })));

		if (navigator.clipboard)
			tools.append(button("Copy link", function () {
				keep();
				navigator.clipboard.writeText(new URL("#" + figure.id, location.href).href).then(
					function () { status.textContent = "Link copied"; },
					function () { status.textContent = "Not copied"; });
			}));
		verdict.after(tools, status);
		figure.classList.add("live");
		open(!!restore());
		show();
		clearTimeout(speak);
	}

	each(document.querySelectorAll("figure.matrix"), enhance);
})();
