# SPDX-License-Identifier: Apache-2.0
"""`linchpin table fetch` against a server on this machine that behaves well or badly."""
import hashlib
import http.server
import json
import threading
import time
import unittest
import zipfile

from support import LEATHER, ROOT, CliTest

CONTENT = LEATHER.read_bytes()
SHA256 = hashlib.sha256(CONTENT).hexdigest()
ETAG = '"v1"'


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by path; what was asked is kept in the server's `requests`."""
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.requests.append((self.path, self.headers.get("Range"),
                                     self.headers.get("If-Range")))
        getattr(self, "answer_" + self.path.strip("/").split("/")[0], self.answer_missing)()

    def head(self, status, length, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def whole_or_rest(self, cut=None, etag=ETAG, pause=0.0):
        """The file, or what lies behind the asked offset; `cut`: hang up after so many bytes."""
        content, start = self.server.content, 0
        asked = self.headers.get("Range")
        if asked and self.headers.get("If-Range") == etag:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            self.head(206, len(content) - start, ETag=etag,
                      Content_Range=f"bytes {start}-{len(content) - 1}/{len(content)}")
        else:
            self.head(200, len(content), ETag=etag)
        body = content[start:]
        if cut is not None and start == 0:
            self.wfile.write(body[:cut])
            self.wfile.flush()
            self.close_connection = True
            return
        for at in range(0, len(body), 800):
            self.wfile.write(body[at:at + 800])
            self.wfile.flush()
            time.sleep(pause)

    def answer_good(self):
        self.whole_or_rest()

    def answer_slow(self):
        self.whole_or_rest(pause=0.1)

    def answer_cut(self):
        self.whole_or_rest(cut=1000)

    def answer_dead(self):
        """Cuts every answer off, the resumed ones without a byte."""
        if self.headers.get("Range"):
            self.close_connection = True
        else:
            self.whole_or_rest(cut=1000)

    def answer_bits(self):
        """Cut off at first; then 100 bytes of the rest at a time, each a proper answer."""
        content, asked = self.server.content, self.headers.get("Range")
        if not asked:
            return self.whole_or_rest(cut=1000)
        start = int(asked.removeprefix("bytes=").removesuffix("-"))
        size = "*" if "unsaid" in self.path else len(content)
        self.head(206, 100, ETag=ETAG, Content_Range=f"bytes {start}-{start + 99}/{size}")
        self.wfile.write(content[start:start + 100])
        return None

    def answer_changed(self):
        """Another version on each request: nothing can be resumed."""
        count = sum(path == self.path for path, *_ in self.server.requests)
        self.whole_or_rest(cut=1000 if count == 1 else None, etag=f'"v{count}"')

    def answer_silent(self):
        self.head(200, len(CONTENT), ETag=ETAG)
        self.wfile.write(CONTENT[:100])
        self.wfile.flush()
        self.server.stop.wait(30)
        self.close_connection = True

    def answer_loop(self):
        self.head(302, 0, Location=self.path)

    def answer_hops(self):
        left = int(self.path.rsplit("/", 1)[1])
        self.head(302, 0, Location=f"/hops/{left - 1}" if left > 1 else "/good")

    def answer_outside(self):
        self.head(301, 0, Location="http://example.invalid/table.csv")

    def answer_file(self):
        self.head(301, 0, Location="file:///etc/passwd")

    def answer_large(self):
        self.head(200, 10_000_000_000, ETag=ETAG)
        self.close_connection = True

    def answer_endless(self):
        """No length said, and more than allowed sent."""
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for _ in range(1000):
                self.wfile.write(b"x" * 100_000)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def answer_empty(self):
        self.head(200, 0)

    def answer_closed(self):
        self.head(403, 0)

    def answer_broken(self):
        self.head(503, 0)

    def answer_missing(self):
        self.head(404, 9)
        self.wfile.write(b"not found")


class Fetch(CliTest):
    def setUp(self):
        super().setUp()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.requests, self.server.content = [], CONTENT
        self.server.stop = threading.Event()
        thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        thread.start()

        def stop():
            self.server.stop.set()
            self.server.shutdown()
            thread.join()
            self.server.server_close()
        self.addCleanup(stop)

    def sources(self, path="good", url=None, loopback=True, **more):
        """A list of one release called `t`."""
        entry = {"name": "t", "title": "Leather table", "page": "https://example.invalid/",
                 "url": url or f"http://127.0.0.1:{self.server.server_port}/{path}",
                 "file": "table.csv", "largest_bytes": 1_000_000, "year": 2009,
                 "licence": "Free for tests", "attribution": "Nobody (2009)"} | more
        lines = [f"loopback_http = {str(loopback).lower()}", "[[source]]"]
        lines += [f"{key} = {json.dumps(value)}" for key, value in entry.items() if value != ""]
        return self.write("sources.toml", "\n".join(lines) + "\n")

    def arguments(self, **more):
        return ("table", "fetch", "t", "-o", "w.nc", "--sources", self.sources(**more), "--cache",
                "cache")

    def cached(self):
        return [name for name in self.left_over() if name.startswith("cache/")]

    def refused(self, *says, **more):
        arguments = self.arguments(**more)
        done = self.bad(*arguments, says=says)
        self.assertNotIn("w.nc", self.left_over())
        return done

    def test_good_file_is_fetched_verified_and_imported(self):
        done = self.ok(*self.arguments(sha256=SHA256, bytes=len(CONTENT)))
        self.assertIn("as published", done.stdout)
        info = self.ok_json("table", "info", "w.nc")["table"]
        self.assertEqual(info["licence"], "Free for tests")
        self.assertIn(SHA256, info["history"])
        self.assertEqual(self.cached(), ["cache/t/LICENCE.txt", "cache/t/table.csv",
                                         "cache/t/table.csv.sha256"])

    def test_second_time_comes_from_the_cache(self):
        first = self.ok_json(*self.arguments())
        self.assertFalse(first["file"]["from_cache"])
        self.assertFalse(first["file"]["verified"])
        self.assertEqual(first["file"]["sha256"], SHA256)
        second = self.ok_json(*self.arguments())
        self.assertTrue(second["file"]["from_cache"])
        self.assertEqual(len(self.server.requests), 1)
        self.ok(*self.arguments(), "--again")
        self.assertEqual(len(self.server.requests), 2)
        # A damaged copy is not used.
        self.write("cache/t/table.csv", CONTENT + b"x")
        self.assertFalse(self.ok_json(*self.arguments())["file"]["from_cache"])

    def test_licence_is_shown_once(self):
        first = self.ok(*self.arguments()).stdout
        self.assertIn("Free for tests", first)
        self.assertIn("Nobody (2009)", first)
        self.assertNotIn("Free for tests", self.ok(*self.arguments()).stdout)
        self.assertIn("Other terms", self.ok(*self.arguments(licence="Other terms")).stdout)
        silent = self.ok(*self.arguments(licence="Third terms"), "--accept-licence").stdout
        self.assertNotIn("Third terms", silent)

    def test_slow_server(self):
        self.ok(*self.arguments(path="slow", sha256=SHA256))

    def test_cut_off_is_resumed(self):
        answer = self.ok_json(*self.arguments(path="cut", sha256=SHA256))
        self.assertEqual(answer["file"]["bytes"], len(CONTENT))
        self.assertEqual(self.server.requests[1], ("/cut", "bytes=1000-", ETAG))

    def test_a_later_run_goes_on(self):
        self.refused("broke off after 1000 bytes", "goes on where it stopped", path="dead")
        self.assertEqual((self.folder / "cache/t/table.csv.part").read_bytes(), CONTENT[:1000])
        # The part belongs to one address, so the server must mend itself under the same one.
        Handler.answer_dead, kept = Handler.answer_good, Handler.answer_dead
        self.addCleanup(setattr, Handler, "answer_dead", kept)
        answer = self.ok_json(*self.arguments(path="dead", sha256=SHA256))
        self.assertEqual(answer["file"]["resumed_bytes"], 1000)
        self.assertEqual(self.server.requests[-1][1:], ("bytes=1000-", ETAG))
        self.assertNotIn("cache/t/table.csv.part", self.cached())

    def test_less_than_the_rest_is_not_taken_for_all(self):
        self.refused("broke off after 1300 bytes", path="bits")
        self.assertNotIn("cache/t/table.csv", self.cached())
        self.refused("another part of the file", path="bits/unsaid")
        self.assertNotIn("cache/t/table.csv", self.cached())

    def test_a_changed_file_is_not_patched_together(self):
        self.ok(*self.arguments(path="changed", sha256=SHA256))
        self.assertEqual((self.folder / "cache/t/table.csv").read_bytes(), CONTENT)

    def test_silence_ends(self):
        arguments = self.arguments(path="silent")
        done = self.run_cli(*arguments, "--timeout", "1")
        self.assertEqual(done.returncode, 2)
        self.assertIn("broke off after 100 bytes", done.stderr)

    def test_missing_and_closed_files(self):
        self.refused("no such file (HTTP 404)", path="missing")
        self.refused("does not give the file to everybody (HTTP 403)", path="closed")
        self.refused("refused (HTTP 503)", path="broken")
        self.assertEqual(self.cached(), ["cache/t/LICENCE.txt"])

    def test_wrong_hash_is_thrown_away(self):
        self.refused("not the published file", SHA256, sha256="0" * 64)
        self.refused("not the published file", "not 7", bytes=7)
        self.assertEqual(self.cached(), ["cache/t/LICENCE.txt"])

    def test_redirects_are_bounded_and_checked(self):
        self.ok(*self.arguments(path="hops/5"))
        (self.folder / "w.nc").unlink()
        for name in self.cached():
            (self.folder / name).unlink()
        self.refused("more than 5 times", path="hops/6")
        self.refused("more than 5 times", path="loop")
        self.refused("not https", "example.invalid", path="outside")
        self.refused("not https", path="file")

    def test_too_large(self):
        self.refused("larger than the 1000000 bytes", path="large")
        self.refused("larger than the 1000000 bytes", path="endless")
        self.assertEqual(self.cached(), ["cache/t/LICENCE.txt"])

    def test_empty_file(self):
        self.refused("empty", path="empty")

    def test_only_https(self):
        self.refused("not https", url="http://example.invalid/t.csv")
        self.refused("not https", loopback=False)
        self.refused("not https", url="ftp://127.0.0.1/t.csv")
        self.refused("not an address", url="http://")
        self.refused("a user name or a password", url="https://me:secret@example.invalid/t.csv")
        self.assertEqual(self.server.requests, [])

    def test_no_network(self):
        self.refused("nothing could be downloaded", "network", url="http://127.0.0.1:9/t.csv")
        self.assertEqual(self.cached(), ["cache/t/LICENCE.txt"])

    def test_member_of_an_archive(self):
        table = (ROOT / "tests/cases/table/oecd_icio/2019.csv").read_bytes()
        with zipfile.ZipFile(self.folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for year in (2018, 2019):
                archive.writestr(f"{year}_SML.csv", table)
        self.server.content = (self.folder / "a.zip").read_bytes()
        self.ok(*self.arguments(file="a.zip", member="2019_SML.csv", format="oecd_icio"))
        self.assertEqual(self.ok_json("table", "info", "w.nc")["table"]["year"], 2019)
        (self.folder / "w.nc").unlink()
        self.refused("no member '2010.csv'", file="a.zip", member="2010.csv", format="oecd_icio")

    def test_login_says_what_to_do(self):
        self.refused("asks for a login", "make an account", status="login",
                     note="make an account", url="", file="", largest_bytes="")

    def test_shipped_list(self):
        names = {each["name"]: each for each in self.ok_json("table", "fetch")["sources"]}
        self.assertEqual(names["eora26"]["status"], "login")
        self.assertTrue(all(each["url"].startswith("https://") for each in names.values()
                            if each["status"] == "open"))
        self.assertIn("eora26", self.ok("table", "fetch").stdout)
        self.bad("table", "fetch", "eora62", "-o", "w.nc", says=["did you mean", "eora26"])
        self.bad("table", "fetch", "eora26", says=["the world to write is missing"])

    def test_list_with_mistakes_is_refused_with_all_of_them(self):
        path = self.write("bad.toml", 'odd = 1\n[[source]]\nname = "A B"\nfile = "../x"\n'
                                      'yaer = 2000\nsha256 = "12"\n')
        self.bad("table", "fetch", "--sources", path,
                 says=["'odd' does not belong here", "cannot be a name", "cannot be a file name",
                       "no key 'yaer'", "'title' is missing", "64 lower-case"])

    def test_shipped_list_is_the_one_in_the_project(self):
        names = [each["name"] for each in self.ok_json("table", "fetch")["sources"]]
        text = (ROOT / "data/sources.toml").read_text(encoding="utf-8")
        self.assertEqual(names, [line.split('"')[1] for line in text.splitlines()
                                 if line.startswith("name = ")])


if __name__ == "__main__":
    unittest.main()
