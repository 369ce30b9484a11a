/* Nothing here is needed to read the site. */
(function () {
	"use strict";
	var root = document.documentElement;

	/* Colour scheme: automatic, light, dark. */
	var button = document.querySelector(".scheme");
	var schemes = ["", "light", "dark"];
	var names = { "": "automatic", light: "light", dark: "dark" };

	function label_scheme() {
		button.title = "Colour scheme: " + names[root.dataset.scheme || ""];
		button.setAttribute("aria-label", button.title);
	}

	function set_scheme(scheme) {
		if (scheme)
			root.dataset.scheme = scheme;
		else
			delete root.dataset.scheme;
		try {
			if (scheme)
				localStorage.setItem("scheme", scheme);
			else
				localStorage.removeItem("scheme");
		} catch (_) { /* storage is off: the choice lasts for this page */ }
		label_scheme();
	}

	if (button) {
		label_scheme();
		button.addEventListener("click", function () {
			var now = schemes.indexOf(root.dataset.scheme || "");
			set_scheme(schemes[(now + 1) % schemes.length]);
		});
	}

	/* A slash leads to the search field, but where it is typed. */
	addEventListener("keydown", function (event) {
		var field = document.querySelector("[type=search]");

		if (event.key !== "/" || !field || event.ctrlKey || event.metaKey || event.altKey ||
			event.target.closest("input:not([type=range], [type=checkbox]), textarea, select, [contenteditable]"))
			return;
		event.preventDefault();
		field.focus();
		field.select();
	});

	/* Copy buttons; prompts of console sessions are not copied. */
	function code_text(pre) {
		var copy = pre.cloneNode(true);
		copy.querySelectorAll(".r").forEach(function (prompt) { prompt.remove(); });
		return copy.textContent.replace(/\n$/, "");
	}

	function add_copy_button(figure) {
		var pre = figure.querySelector("pre");
		var copy = document.createElement("button");
		var timer;

		copy.className = "copy";
		copy.type = "button";
		copy.textContent = "Copy";
		function say(text) {
			copy.textContent = text;
			status.textContent = text;
			clearTimeout(timer);
			timer = setTimeout(function () { copy.textContent = "Copy"; status.textContent = ""; }, 2000);
		}
		copy.addEventListener("click", function () {
			navigator.clipboard.writeText(code_text(pre)).then(
				function () { say("Copied"); },
				function () { say("Not copied"); });
		});
		figure.append(copy);
	}

	var figures = document.querySelectorAll("figure.code");
	var status = document.createElement("p");
	if (figures.length && navigator.clipboard) {
		status.className = "sr";
		status.setAttribute("role", "status");
		document.querySelector("main").append(status);
		figures.forEach(add_copy_button);
	}

	/* Tabs: all groups follow the language that the reader chose, on every page. */
	var groups = [].map.call(document.querySelectorAll(".tabs"), function (group, g) {
		var list = group.firstElementChild;
		var tabs = [].slice.call(list.children);
		var panels = [].slice.call(group.children, 1);

		function select(at) {
			tabs.forEach(function (tab, i) {
				tab.setAttribute("aria-selected", i === at);
				tab.tabIndex = i === at ? 0 : -1;
				panels[i].hidden = i !== at;
			});
		}

		list.setAttribute("role", "tablist");
		list.setAttribute("aria-label", "Code " + (g + 1));
		tabs.forEach(function (tab, i) {
			tab.id = "tab-" + g + "-" + i;
			tab.setAttribute("role", "tab");
			panels[i].id = "panel-" + g + "-" + i;
			panels[i].setAttribute("role", "tabpanel");
			panels[i].setAttribute("aria-labelledby", tab.id);
			tab.setAttribute("aria-controls", panels[i].id);
			tab.addEventListener("click", function () {
				var top = tab.getBoundingClientRect().top;

				choose_language(tab.dataset.slug);
				select(i);
				scrollBy(0, tab.getBoundingClientRect().top - top);
			});
		});
		list.addEventListener("keydown", function (event) {
			var now = tabs.indexOf(document.activeElement), last = tabs.length - 1;
			var at = {
				ArrowRight: now < last ? now + 1 : 0,
				ArrowLeft: now > 0 ? now - 1 : last,
				Home: 0,
				End: last
			}[event.key];

			if (at === undefined || now < 0)
				return;
			event.preventDefault();
			tabs[at].focus();
			tabs[at].click();
		});
		group.classList.add("ready");
		select(0);
		return function (slug) {
			var at = tabs.findIndex(function (tab) { return tab.dataset.slug === slug; });

			if (at >= 0)
				select(at);
		};
	});

	function follow_language(slug) {
		groups.forEach(function (follow) { follow(slug); });
	}

	/* Kept for all pages, and in the address for whom it is sent to. */
	function choose_language(slug) {
		var url = new URL(location.href);

		follow_language(slug);
		url.searchParams.set("code", slug);
		try {
			localStorage.setItem("language", slug);
			history.replaceState(history.state, "", url);
		} catch (_) { /* storage is off, or the page is a file */ }
	}

	/* What a link leads to may stand in a panel that is not shown. */
	function show_target() {
		var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
		var panel = target && target.closest("[role=tabpanel][hidden]");

		if (!panel)
			return;
		document.getElementById(panel.getAttribute("aria-labelledby")).click();
		target.scrollIntoView();
	}

	if (groups.length) {
		try {
			follow_language(localStorage.getItem("language"));
		} catch (_) { /* storage is off */ }
		follow_language(new URL(location.href).searchParams.get("code"));
		show_target();
		addEventListener("hashchange", show_target);
	}

	/* Tables that need no region to scroll in: their headings stick to the page then. */
	var fit = new ResizeObserver(function (seen) {
		seen.forEach(function (entry) {
			var region = entry.target, fits = region.scrollWidth <= region.clientWidth;

			region.classList.toggle("fits", fits);
			if (fits)
				region.removeAttribute("tabindex");
			else
				region.tabIndex = 0;
		});
	});
	document.querySelectorAll(".table").forEach(function (region) { fit.observe(region); });

	/* Contents: open where they have a column, and marked where the reader is. */
	var toc = document.querySelector(".toc details");
	if (toc) {
		var wide = matchMedia("(min-width: 68rem)");
		var open_if_wide = function () { toc.open = wide.matches; };
		open_if_wide();
		wide.addEventListener("change", open_if_wide);

		var links = [].slice.call(toc.querySelectorAll("a"));
		var heads = links.map(function (a) { return document.getElementById(decodeURIComponent(a.hash.slice(1))); });
		var current;
		var mark = function () {
			var at = 0;
			if (innerHeight + scrollY >= root.scrollHeight - 2)
				at = links.length - 1;
			else
				heads.forEach(function (h, i) { if (h && h.getBoundingClientRect().top < 72) at = i; });
			if (links[at] === current)
				return;
			if (current)
				current.removeAttribute("aria-current");
			current = links[at];
			current.setAttribute("aria-current", "true");
		};
		var waiting = false;
		addEventListener("scroll", function () {
			if (waiting)
				return;
			waiting = true;
			requestAnimationFrame(function () { waiting = false; mark(); });
		}, { passive: true });
		mark();
	}
})();
