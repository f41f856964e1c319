# SPDX-License-Identifier: Apache-2.0
"""The web application as files: types, caching, compression, and nothing beside them."""
import gzip
import re
import unittest

from support import ApiTest


class Assets(ApiTest):
    def test_page_and_its_files(self):
        server = self.serve()
        page = server.get("/")
        self.assertEqual(page.status, 200)
        self.assertEqual(page.headers["content-type"], "text/html; charset=utf-8")
        self.assertEqual(page.headers["cache-control"], "no-cache")
        self.assertEqual(page.headers["cross-origin-opener-policy"], "same-origin")
        policy = page.headers["content-security-policy"]
        for part in ("default-src 'self'", "script-src 'self';", "object-src 'none'", "base-uri 'none'",
                     "frame-ancestors 'none'"):
            self.assertIn(part, policy)
        self.assertNotRegex(policy, "script-src[^;]*unsafe")
        self.assertNotRegex(page.body, rb"<script(?![^>]*\bsrc=)")
        files = re.findall(rb'(?:src|href)="(/?\.?/?assets/[^"]+)"', page.body)
        self.assertTrue(files, page.body)
        for name in files:
            path = "/" + name.decode().lstrip("./")
            with self.subTest(path=path):
                answer = server.get(path)
                self.assertEqual(answer.status, 200)
                self.assertEqual(answer.headers["x-content-type-options"], "nosniff")
                self.assertIn("immutable", answer.headers["cache-control"])
                kinds = {"js": "text/javascript", "css": "text/css"}
                kind = kinds.get(path.rsplit(".", 1)[1])
                if kind:
                    self.assertTrue(answer.headers["content-type"].startswith(kind))
                packed = server.get(path, headers={"Accept-Encoding": "br, gzip"})
                self.assertEqual(packed.headers["content-encoding"], "gzip")
                self.assertEqual(gzip.decompress(packed.body), answer.body)
                self.assertEqual(int(packed.headers["content-length"]), len(packed.body))
                self.assertEqual(packed.headers["vary"], "Accept-Encoding")

    def test_not_modified(self):
        server = self.serve()
        for encoding in ("identity", "gzip"):
            first = server.get("/", headers={"Accept-Encoding": encoding})
            tag = first.headers["etag"]
            self.assertRegex(tag, '^"[0-9a-f]+(-gz)?"$')
            again = server.get("/", headers={"Accept-Encoding": encoding, "If-None-Match": tag})
            self.assertEqual((again.status, again.body, again.headers["etag"]), (304, b"", tag))
            other = server.get("/", headers={"Accept-Encoding": encoding, "If-None-Match": '"x"'})
            self.assertEqual(other.status, 200)

    def test_nothing_else(self):
        server = self.serve()
        for path in ("/index.html", "/assets", "/assets/", "/assets/x.js", "/assets/../app.pack",
                     "/assets/%2e%2e/x", "/assets/..%2f..%2fetc%2fpasswd", "/assets//etc/passwd",
                     "//assets/x.js", "/style.css", "/favicon.ico"):
            with self.subTest(path=path):
                self.check_error(server.get(path), 404)
        self.check_error(server.post("/assets/x.js", b"x"), 405)
        head = server.ask("HEAD", "/")
        self.assertEqual((head.status, head.body), (200, b""))

    def test_token_guards_the_application_too(self):
        (self.folder / "token").write_text("0123456789abcdef\n")
        server = self.serve("--token-file", "token")
        self.check_error(server.get("/"), 401)
        cookie = {"Cookie": f"linchpin_token_{server.port}=0123456789abcdef"}
        self.assertEqual(server.get("/", headers=cookie).status, 200)


if __name__ == "__main__":
    unittest.main()
