// A static file server for the tests: as a plain web host would serve the folder.
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const types = {
	".html": "text/html; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
	".jpg": "image/jpeg",
	".webp": "image/webp",
	".json": "application/json",
	".xml": "application/xml",
	".txt": "text/plain; charset=utf-8",
};

async function findFile(root, address) {
	const path = normalize(decodeURIComponent(new URL(address, "http://x").pathname));
	const file = join(root, path);
	const found = await stat(file).catch(() => null);

	if (found?.isDirectory())
		return join(file, "index.html");
	return found ? file : null;
}

async function answer(root, request, response) {
	const file = await findFile(root, request.url);
	const body = file && await readFile(file).catch(() => null);

	if (!body) {
		response.writeHead(404, { "content-type": "text/html; charset=utf-8" });
		response.end(await readFile(join(root, "404.html")).catch(() => "not found"));
		return;
	}
	const head = {
		"content-type": types[extname(file)] ?? "application/octet-stream",
		"cache-control": "max-age=31536000",
	};
	if (/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
		response.writeHead(200, { ...head, "content-encoding": "gzip" });
		response.end(gzipSync(body));
	} else {
		response.writeHead(200, head);
		response.end(body);
	}
}

/** Serve `root` on a free port of 127.0.0.1; gives `{ url, close }`. */
export async function serve(root) {
	const server = createServer((request, response) => {
		answer(root, request, response).catch(() => {
			response.statusCode = 400;
			response.end();
		});
	});
	server.requestTimeout = 10_000;
	await new Promise((done, fail) => server.once("error", fail).listen(0, "127.0.0.1", done));
	return {
		url: `http://127.0.0.1:${server.address().port}`,
		close: () => new Promise((done) => {
			server.close(done);
			server.closeAllConnections();
		}),
	};
}
