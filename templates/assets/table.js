/* Comparison tables: sort by a column, and show only the rows in which the options differ. */
(function () {
	"use strict";
	var ANSWERS = { yes: 2, partial: 1, no: 0 };

	function list(of) {
		return [].slice.call(of);
	}

	/* What a cell sorts by: a number, or null when it says nothing that has an order. */
	function key_of(cell) {
		if (cell.dataset.value)
			return Number(cell.dataset.value);
		for (var answer in ANSWERS)
			if (cell.classList.contains(answer))
				return ANSWERS[answer];
		return null;
	}

	function kind_of(cell) {
		return key_of(cell) === null ? "" : cell.dataset.value ? "n" + (cell.dataset.unit || "") : "answer";
	}

	/* All of one kind, but for cells that say nothing. */
	function can_sort(rows, column) {
		var kinds = rows.map(function (row) { return kind_of(row.cells[column]); }).filter(Boolean);

		return kinds.length > 1 && kinds.every(function (kind) { return kind === kinds[0]; });
	}

	function compare(a, b) {
		if (a === null || b === null)
			return (a === null) - (b === null);
		return typeof a === "string" ? a.localeCompare(b) : a - b;
	}

	function add_sorting(section, body, rows, say) {
		var heads = list(section.querySelectorAll("thead th"));
		var columns = heads.map(function (_, i) { return i; }).filter(function (i) {
			return i > 0 && can_sort(rows, i) && !heads[i].querySelector("a");
		});

		function sort(column, order) {
			var keyed = rows.map(function (row) {
				var cell = row.cells[column];

				return { row: row, key: column ? key_of(cell) : cell.textContent };
			});

			if (order)
				keyed.sort(function (a, b) {
					return a.key === null || b.key === null || order > 0 ? compare(a.key, b.key) : compare(b.key, a.key);
				});
			body.append.apply(body, keyed.map(function (k) { return k.row; }));
			heads.forEach(function (th, i) {
				if (order && i === column)
					th.setAttribute("aria-sort", order > 0 ? "ascending" : "descending");
				else
					th.removeAttribute("aria-sort");
			});
			say(order ? "Sorted by " + heads[column].textContent.trim() + (order > 0 ? ", ascending" : ", descending")
				: "In the order of the author");
		}

		if (!columns.length || rows.length < 3)
			return;
		columns.concat(heads[0].querySelector("a, .sr") ? [] : 0).forEach(function (column) {
			var th = heads[column], button = document.createElement("button");

			button.type = "button";
			button.append.apply(button, list(th.childNodes));
			button.addEventListener("click", function () {
				var now = th.getAttribute("aria-sort");

				sort(column, now === "ascending" ? -1 : now ? 0 : 1);
			});
			th.append(button);
		});
		section.classList.add("sorts");
	}

	function add_switch(section, rows, say) {
		var same = rows.filter(function (row) { return row.classList.contains("same"); });
		var tools = document.createElement("p"), label = document.createElement("label");
		var box = document.createElement("input");

		if (!same.length || same.length === rows.length)
			return;
		box.type = "checkbox";
		box.addEventListener("change", function () {
			same.forEach(function (row) { row.hidden = box.checked; });
			say(rows.length - (box.checked ? same.length : 0) + " of " + rows.length + " rows");
		});
		label.append(box, "Only differences");
		tools.className = "tools";
		tools.append(label);
		section.before(tools);
	}

	list(document.querySelectorAll(".comparison")).forEach(function (section) {
		var body = section.querySelector("tbody"), rows = list(body.rows);
		var status = document.createElement("p");

		function say(text) {
			status.textContent = text;
		}

		status.className = "sr";
		status.setAttribute("role", "status");
		section.append(status);
		if (!rows.some(function (row) { return row.classList.contains("group"); }))
			add_sorting(section, body, rows, say);
		add_switch(section, rows, say);
	});
})();
