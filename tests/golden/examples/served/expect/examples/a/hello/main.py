from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        found = self.path.startswith("/hello")
        self.answer(200 if found else 404, b"\x1b[1mhello\x1b[0m <b>\n" if found else b"")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(201, body)

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        print("a <log>", flush=True)


HTTPServer(("127.0.0.1", 8080), Handler).serve_forever()
