/*
 * Keeps a page of the preview as its sources are. Put in by `gen serve`; it is in no file that is published.
 *
 * When something was built, the page is fetched again and compared with how it was sent before. What differs
 * between the two is done to the page that is shown, so that all the rest, with what the reader and the page's own
 * scripts have done to it, stays as it is. Where that cannot be done the page is loaded anew, and the reader's
 * place and choices are put back.
 */
(function () {
	"use strict";

	const script = document.currentScript;
	const memory = "gen-preview";
	let shown = script.dataset.page; /* the tag of the page that is shown */
	let sent = null; /* that page, as it was sent */
	let sent_status = 0;
	let assets = new Map(); /* address -> tag */
	let build = -1;
	let source = null;

	/* What cannot be done in place. */
	class Unable extends Error {}

	/* ---- the reader's place and choices, over a load ---- */

	const choices = () => [...document.querySelectorAll("input, select, textarea, details")];

	function remember() {
		const state = {
			url: location.pathname, x: scrollX, y: scrollY,
			focus: document.activeElement && document.activeElement.id,
			choices: choices().map((e) => ({
				name: e.tagName + (e.id || e.name || ""),
				value: e.tagName === "DETAILS" ? e.open : e.type === "checkbox" || e.type === "radio" ? e.checked : e.value,
			})),
		};
		try {
			sessionStorage.setItem(memory, JSON.stringify(state));
		} catch (_) { /* storage is off */ }
	}

	function recall_choice(e, state) {
		if (!state || state.name !== e.tagName + (e.id || e.name || ""))
			return;
		const key = e.tagName === "DETAILS" ? "open" : e.type === "checkbox" || e.type === "radio" ? "checked" : "value";
		if (e[key] === state.value || e.type === "file")
			return;
		e[key] = state.value;
		if (key === "open")
			return;
		e.dispatchEvent(new Event("input", { bubbles: true }));
		e.dispatchEvent(new Event("change", { bubbles: true }));
	}

	function recall() {
		let state = null;
		try {
			state = JSON.parse(sessionStorage.getItem(memory));
			sessionStorage.removeItem(memory);
		} catch (_) { /* storage is off */ }
		if (!state || state.url !== location.pathname)
			return;
		choices().forEach((e, i) => recall_choice(e, state.choices[i]));
		const focus = state.focus && document.getElementById(state.focus);
		if (focus)
			focus.focus({ preventScroll: true });
		const back = () => scrollTo({ left: state.x, top: state.y, behavior: "instant" });
		back();
		addEventListener("load", back, { once: true });
	}

	function load_anew() {
		remember();
		location.reload();
	}

	/* ---- from one page to the next ---- */

	const is_ours = (node) => node.nodeName === "SCRIPT" && node.hasAttribute("data-page");
	/* A script of another type is data, such as what search engines read. */
	const is_code = (node) => node.nodeName === "SCRIPT" && /^(|module|importmap|(text|application)\/(java|ecma)script)$/i.test(node.type);
	const children = (node) => [...node.childNodes].filter((child) => !is_ours(child));
	const text_of = (node) => node.outerHTML === undefined ? node.nodeName + node.data : node.outerHTML;

	/* The nodes that are shown for those that were sent. What scripts have put in between is passed over. */
	function find_shown(old, live) {
		const found = new Map();
		let at = live.firstChild;

		for (const node of children(old)) {
			let here = at;
			while (here && !may_be(node, here))
				here = here.nextSibling;
			if (!here)
				continue;
			found.set(node, here);
			at = here.nextSibling;
		}
		return found;
	}

	function may_be(node, here) {
		if (node.nodeName !== here.nodeName)
			return false;
		if (node.nodeType !== Node.ELEMENT_NODE)
			return node.data === here.data;
		return !is_ours(here) && (!node.id || node.id === here.id);
	}

	/* Where two lists differ: [from, to, at, end] each, [from, to) of a becoming [at, end) of b. */
	function find_changes(a, b) {
		let head = 0, a_end = a.length, b_end = b.length;

		while (head < a_end && head < b_end && a[head] === b[head])
			head++;
		while (a_end > head && b_end > head && a[a_end - 1] === b[b_end - 1])
			a_end--, b_end--;
		const n = a_end - head, m = b_end - head;
		if (n * m === 0 || n * m > 250000)
			return n || m ? [[head, a_end, head, b_end]] : [];

		/* The longest common subsequence of what is left. */
		const longest = Array.from({ length: n + 1 }, () => new Uint32Array(m + 1));
		for (let i = n - 1; i >= 0; i--)
			for (let j = m - 1; j >= 0; j--)
				longest[i][j] = a[head + i] === b[head + j] ? longest[i + 1][j + 1] + 1
					: Math.max(longest[i + 1][j], longest[i][j + 1]);
		const changes = [];
		let i = 0, j = 0;
		while (i < n || j < m) {
			const from = i, at = j;
			while ((i < n || j < m) && !(i < n && j < m && a[head + i] === b[head + j])) {
				if (j >= m || (i < n && longest[i + 1][j] >= longest[i][j + 1]))
					i++;
				else
					j++;
			}
			if (i > from || j > at)
				changes.push([head + from, head + i, head + at, head + j]);
			while (i < n && j < m && a[head + i] === b[head + j])
				i++, j++;
		}
		return changes;
	}

	/* What a page's scripts are likely to work on would be without them when it is put in later. */
	const worked_on = "script, style, link, iframe, object, canvas, video, audio, button, input, select, textarea, form, " +
		"details, dialog, figure, pre, div[class], section[class], nav[class], aside[class], ul[class], ol[class]";

	function check_insert(node) {
		if (node.nodeType !== Node.ELEMENT_NODE)
			return;
		const scripts = [...document.scripts].some((s) => !is_ours(s));
		if (scripts && (node.matches(worked_on) || node.querySelector(worked_on)))
			throw new Unable("new element for scripts");
		if ([node, ...node.querySelectorAll("script")].some(is_code))
			throw new Unable("new script");
	}

	function steps_of_attributes(old, fresh, live, steps) {
		const names = new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()]);

		for (const name of names) {
			const before = old.getAttribute(name), after = fresh.getAttribute(name);
			if (before === after || (name === "open" && old.nodeName === "DETAILS"))
				continue;
			if (name === "class") {
				steps.push(() => {
					live.classList.remove(...old.classList);
					live.classList.add(...fresh.classList);
				});
				continue;
			}
			if (live.getAttribute(name) !== before)
				throw new Unable("attribute " + name + " was changed by a script");
			steps.push(() => after === null ? live.removeAttribute(name) : live.setAttribute(name, after));
		}
	}

	/* The old style holds until the new one is there. */
	function swap_style(live, address) {
		const next = live.cloneNode();

		next.href = address;
		next.addEventListener("load", () => live.remove(), { once: true });
		next.addEventListener("error", () => live.remove(), { once: true });
		live.after(next);
	}

	function is_style(node) {
		return node.nodeName === "LINK" && /\bstylesheet\b/i.test(node.rel);
	}

	function steps_of_node(old, fresh, live, steps) {
		if (!live)
			throw new Unable("not found");
		if (old.nodeType !== Node.ELEMENT_NODE) {
			steps.push(() => { live.data = fresh.data; });
			return;
		}
		if (is_code(old) || is_code(fresh) || old.nodeName === "IFRAME")
			throw new Unable("script");
		if (is_style(old) && is_style(fresh)) {
			steps.push(() => swap_style(live, fresh.getAttribute("href")));
			return;
		}
		steps_of_attributes(old, fresh, live, steps);
		steps_of_children(old, fresh, live, steps);
	}

	const alike = (a, b) => a.nodeName === b.nodeName && (a.id || "") === (b.id || "");

	/* One stretch of children that became another one; those alike become each other. */
	function steps_of_stretch(gone, come, place, shown_of, live, steps) {
		const insert = (node) => {
			check_insert(node);
			const copy = document.importNode(node, true);
			const after = place;
			steps.push(() => after ? after.after(copy) : live.prepend(copy));
			place = copy;
		};
		const remove = (node) => {
			const target = shown_of.get(node);
			if (!target || is_code(node))
				throw new Unable("nothing to remove");
			steps.push(() => target.remove());
		};

		while (gone.length && come.length) {
			if (alike(gone[0], come[0])) {
				const old = gone.shift(), target = shown_of.get(old);
				steps_of_node(old, come.shift(), target, steps);
				place = target;
			} else if (come.some((node) => alike(gone[0], node)))
				insert(come.shift());
			else
				remove(gone.shift());
		}
		gone.forEach(remove);
		come.forEach(insert);
	}

	function steps_of_children(old, fresh, live, steps) {
		const a = children(old), b = children(fresh);
		const shown_of = find_shown(old, live);

		for (const [from, to, at, end] of find_changes(a.map(text_of), b.map(text_of))) {
			let place = null;
			if (from > 0) {
				place = shown_of.get(a[from - 1]);
				if (!place)
					throw new Unable("place not found");
			}
			steps_of_stretch(a.slice(from, to), b.slice(at, end), place, shown_of, live, steps);
		}
	}

	/* All steps are found before the first is done: a page is changed as a whole or not at all. */
	function patch(fresh) {
		const steps = [];

		steps_of_attributes(sent.documentElement, fresh.documentElement, document.documentElement, steps);
		steps_of_node(sent.head, fresh.head, document.head, steps);
		steps_of_node(sent.body, fresh.body, document.body, steps);
		steps.forEach((step) => step());
		if (steps.length)
			document.dispatchEvent(new CustomEvent("gen:patch"));
	}

	/* ---- what has changed ---- */

	async function fetch_page() {
		const response = await fetch(location.pathname + location.search, { cache: "no-cache" });
		const page = new DOMParser().parseFromString(await response.text(), "text/html");
		const own = page.querySelector("script[data-page]");

		return { status: response.status, page, tag: own && own.dataset.page, script: own && own.src };
	}

	const is_here = (address) => new URL(address, location.href).origin === location.origin;

	/* Files that keep their names when they change: by their tags. */
	async function find_changed_assets() {
		const nodes = [...document.querySelectorAll("link[rel~=stylesheet][href], script[src], img[src]")]
			.filter((node) => !is_ours(node) && is_here(node.src || node.href)).slice(0, 100);
		const seen = new Map(), changed = [];

		await Promise.all(nodes.map(async (node) => {
			const address = (node.src || node.href).replace(/[?&]gen-build=\d+$/, "");
			const answer = await fetch(address, { method: "HEAD", cache: "no-cache" }).catch(() => null);
			const tag = answer && answer.ok ? answer.headers.get("etag") : null;

			if (tag && assets.has(address) && assets.get(address) !== tag)
				changed.push([node, address]);
			if (tag)
				seen.set(address, tag);
		}));
		assets = seen;
		return changed;
	}

	function renew_asset([node, address]) {
		const next = address + (address.includes("?") ? "&" : "?") + "gen-build=" + build;

		if (node.nodeName === "SCRIPT")
			throw new Unable("script");
		if (node.nodeName === "LINK")
			swap_style(node, next);
		else
			node.src = next;
	}

	async function follow() {
		const now = await fetch_page();

		if (!now.tag && !now.script) { /* no page of ours any more; or there is none yet */
			if (now.status !== 503)
				load_anew();
			return;
		}
		if (now.script !== script.src || (sent && now.status !== sent_status)) {
			if (now.status !== 503)
				load_anew();
			return;
		}
		if (now.tag !== shown) {
			if (!sent)
				throw new Unable("changed while it came");
			patch(now.page);
		}
		sent = now.page;
		sent_status = now.status;
		shown = now.tag;
		(await find_changed_assets()).forEach(renew_asset);
		script.dataset.page = shown;
	}

	let following = false, again = false;

	/* One after the other; of those that come meanwhile only the last counts. */
	async function follow_all() {
		again = true;
		if (following)
			return;
		following = true;
		while (again) {
			again = false;
			try {
				await follow();
			} catch (e) {
				if (!(e instanceof Unable))
					break; /* the server is away; what comes next tells */
				load_anew();
			}
		}
		following = false;
	}

	/* ---- the box of messages ---- */

	const style = `
		:host { all: initial; }
		section { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 70vh; overflow: auto; box-sizing: border-box;
			padding: 1rem 1.25rem; background: #1b1b1f; color: #f3f3f3; border-top: 4px solid #ff5d5d;
			font: 14px/1.5 ui-monospace, Menlo, Consolas, monospace; }
		h2 { margin: 0 3rem .5rem 0; font: 600 16px/1.4 system-ui, sans-serif; color: #ff9b9b; }
		article { margin: .75rem 0; }
		p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
		b { color: #9ecbff; font-weight: 600; }
		pre { margin: .25rem 0; padding: .25rem .75rem; background: #2a2a31; overflow: auto; font: inherit; }
		.help { color: #a6e3a1; }
		.warning { color: #ffd479; }
		button { position: absolute; top: .75rem; right: 1rem; padding: .25rem .6rem; font: inherit; color: inherit; background: #3a3a44;
			border: 1px solid #777; border-radius: 4px; cursor: pointer; }
		button:focus-visible { outline: 2px solid #9ecbff; }`;
	let box = null;

	function element(name, text, kind) {
		const e = document.createElement(name);

		e.textContent = text;
		if (kind)
			e.className = kind;
		return e;
	}

	function show_message(message) {
		const article = document.createElement("article");
		const line = document.createElement("p");
		const place = [message.path, message.line, message.col].filter((part) => part).join(":");

		if (place)
			line.append(element("b", place), ": ");
		line.append(element("span", message.level + ": ", message.level), message.message);
		article.append(line);
		if (message.excerpt)
			article.append(element("pre", message.excerpt +
				(message.caret ? "\n" + message.excerpt.slice(0, message.caret - 1).replace(/[^\t]/g, " ") + "^" : "")));
		if (message.help)
			article.append(element("p", "help: " + message.help, "help"));
		return article;
	}

	function close_box() {
		if (box)
			box.remove();
		box = null;
	}

	function show_box(state) {
		close_box();
		box = document.createElement("gen-preview");
		const root = box.attachShadow({ mode: "open" });
		const section = document.createElement("section");
		const close = element("button", "Close");
		const sheet = new CSSStyleSheet(); /* as a sheet of its own it needs no leave of the page's policy */

		sheet.replaceSync(style);
		root.adoptedStyleSheets = [sheet];
		section.setAttribute("role", "alert");
		close.type = "button";
		close.addEventListener("click", close_box);
		section.append(element("h2", "Not built: " + state.count + (state.count === 1 ? " error" : " errors") +
			". The page is as it was before."), close, ...state.messages.map(show_message));
		if (state.count > state.messages.length)
			section.append(element("p", (state.count - state.messages.length) + " more are in the terminal."));
		root.append(section);
		document.documentElement.append(box);
	}

	/* ---- the stream of events ---- */

	function take_state(event) {
		const state = JSON.parse(event.data);

		if (state.failed)
			show_box(state);
		else
			close_box();
		if (state.build === build)
			return;
		build = state.build;
		follow_all();
	}

	/* Browsers open few connections to one host, so a page that is not seen lets its own go. */
	function connect() {
		if (source || document.hidden)
			return;
		source = new EventSource(new URL("events", script.src));
		source.addEventListener("state", take_state);
		source.addEventListener("error", () => {
			if (!source || source.readyState !== EventSource.CLOSED)
				return;
			/* Refused: too many, or another server, which has its own stream. */
			disconnect();
			follow_all();
			setTimeout(connect, 2000);
		});
	}

	function disconnect() {
		if (source)
			source.close();
		source = null;
	}

	document.addEventListener("visibilitychange", () => document.hidden ? disconnect() : connect());
	addEventListener("pagehide", disconnect);
	addEventListener("pageshow", connect);
	recall();
	connect();
})();
