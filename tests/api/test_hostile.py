# SPDX-License-Identifier: Apache-2.0
"""What a hostile page, client, file or label tries; the server stays up and says why not."""
import csv
import io
import socket
import struct
import time
import unittest

from support import LEATHER, SCENARIO, WORLD, ApiTest

EVIL = '=cmd|"<script>alert(1)</script>"'


def say(server, data, seconds=20):
    """Raw bytes to the server; what it says until it closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as connection:
        connection.sendall(data)
        heard = b""
        try:
            while piece := connection.recv(65536):
                heard += piece
        except (ConnectionResetError, socket.timeout):
            pass
        return heard


class Hostile(ApiTest):
    def test_other_hosts_and_sites(self):
        server = self.serve()
        own = f"127.0.0.1:{server.port}"
        for host in ("evil.example", f"evil.example:{server.port}", "127.0.0.1", "127.0.0.1:1",
                     f"10.0.0.1:{server.port}", f"127.0.0.1.evil.example:{server.port}", "", "["):
            with self.subTest(host=host):
                self.check_error(server.get("/api/v1/version", headers={"Host": host}), 421)
        for host in (f"localhost:{server.port}", f"LOCALHOST:{server.port}", f"[::1]:{server.port}"):
            self.assertEqual(server.get("/api/v1/version", headers={"Host": host}).status, 200)
        for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"},
                        {"Origin": "http://127.0.0.1:1"}, {"Origin": f"https://{own}"},
                        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
                        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
                         "Sec-Fetch-Dest": "iframe"}):
            with self.subTest(headers=headers):
                self.check_error(server.get("/api/v1/worlds", headers=headers), 403)
                self.check_error(server.post("/api/v1/depend", {"world": WORLD}, headers=headers), 403)
        link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
                "Sec-Fetch-Dest": "document"}
        self.assertEqual(server.get("/", headers=link).status, 200)
        self.check_error(server.post("/api/v1/depend", {"world": WORLD}, headers=link), 403)
        self.assertEqual(
            server.get("/api/v1/version", headers={"Origin": f"http://{own}"}).status, 200)

    def test_token(self):
        token = "0123456789abcdef-XYZ_"
        (self.folder / "token").write_text(token + "\n")
        server = self.serve("--token-file", "token")
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": token},
                        {"Cookie": f"linchpin_token_{server.port}=" + token[:-1]},
                        {"Cookie": f"linchpin_token_{server.port + 1}=" + token}):
            self.check_error(server.get("/api/v1/version", headers=headers), 401)
        self.check_error(server.get(f"/api/v1/version?token={token}"), 401)
        for headers in ({"Authorization": f"Bearer {token}"},
                        {"Cookie": f"a=b; linchpin_token_{server.port}={token}"}):
            self.assertEqual(server.get("/api/v1/version", headers=headers).status, 200)
        entered = server.get(f"/?token={token}")
        self.assertEqual(entered.status, 303)
        self.assertRegex(entered.headers["set-cookie"],
                         f"^linchpin_token_{server.port}={token}; HttpOnly; SameSite=Lax; Path=/$")

    def test_a_browser_is_asked_for_the_token(self):
        token = "0123456789abcdef-XYZ_"
        (self.folder / "token").write_text(token + "\n")
        server = self.serve("--token-file", "token")
        browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
        page = server.get("/", headers=browser)
        self.assertEqual(page.status, 401)
        self.assertEqual(page.headers["content-type"], "text/html; charset=utf-8")
        self.assertIn(b'name="token"', page.body)
        self.assertNotIn(b"<script", page.body)
        policy = page.headers["content-security-policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertIn("form-action 'self'", policy)
        self.assertNotIn("script-src", policy)
        self.assertEqual(page.headers["cross-origin-opener-policy"], "same-origin")
        self.check_error(server.get("/api/v1/runs", headers=browser), 401)
        self.check_error(server.get("/assets/x.js", headers=browser), 401)
        form = {"Content-Type": "application/x-www-form-urlencoded", **browser}
        own = {**form, "Origin": f"http://127.0.0.1:{server.port}", "Sec-Fetch-Site": "same-origin"}
        wrong = server.post("/", "token=nonsense", headers=own)
        self.assertEqual(wrong.status, 401)
        self.assertIn(b"not the token", wrong.body)
        for foreign in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"},
                        {"Origin": "null"}):
            self.check_error(server.post("/", f"token={token}", headers={**form, **foreign}), 403)
        self.check_error(server.post("/", "token=" + "x" * 5000, headers=own), 413)
        entered = server.post("/", f"token={token}", headers=own)
        self.assertEqual((entered.status, entered.headers["location"], entered.body), (303, "/", b""))
        cookie = {"Cookie": entered.headers["set-cookie"].split(";")[0], **browser}
        # A link from a mail: another site, but a plain navigation.
        link = {**cookie, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
                "Sec-Fetch-Dest": "document"}
        self.assertEqual(server.get("/", headers=link).status, 200)
        self.check_error(server.post("/api/v1/depend", {"world": WORLD}, headers=link), 403)

    def test_guessing_the_token_is_slow(self):
        token = "0123456789abcdef-XYZ_"
        (self.folder / "token").write_text(token + "\n")
        server = self.serve("--token-file", "token")
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        begun, looked_at = time.monotonic(), 0
        for k in range(100):
            looked_at += server.post("/", f"token=guess{k}", headers=form).status == 401
            answer = server.get("/api/v1/runs", headers={"Authorization": f"Bearer wrong{k}"})
            looked_at += answer.status == 401
        self.assertLessEqual(looked_at, 11 + time.monotonic() - begun)
        self.assertGreaterEqual(looked_at, 10)
        right = {"Authorization": f"Bearer {token}"}
        end = time.monotonic() + 30
        while (answer := server.get("/api/v1/version", headers=right)).status == 429:
            self.assertEqual(answer.headers["retry-after"], "1")
            self.assertLess(time.monotonic(), end)
            time.sleep(0.2)
        self.assertEqual(answer.status, 200)
        server.stop()
        self.assertRegex(server.complaints, r"^10 wrong tokens came from 127.0.0.1; it has to wait\n$")
        server.complaints = ""

    def test_without_a_token_there_is_nothing_to_enter(self):
        server = self.serve()
        self.check_error(server.post("/", "token=abc"), 405)

    def test_a_proxy_comes_in_by_its_origin(self):
        token = "0123456789abcdef-XYZ_"
        (self.folder / "token").write_text(token + "\n")
        server = self.serve("--token-file", "token", "--allow-origin", "https://analysis.example")
        bearer = {"Authorization": f"Bearer {token}", "Host": "analysis.example"}
        for more, status in (({}, 200), ({"Origin": "https://analysis.example"}, 200),
                             ({"Origin": "http://evil.example"}, 403),
                             ({"Host": "evil.example"}, 421)):
            answer = server.get("/api/v1/version", headers={**bearer, **more})
            self.assertEqual(answer.status, status, more)
        entered = server.get(f"/?token={token}", headers={"Host": "analysis.example"})
        self.assertRegex(entered.headers["set-cookie"], "; Secure$")

    def test_a_proxy_demands_a_token(self):
        with self.assertRaisesRegex(AssertionError, "no token"):
            self.serve("--allow-origin", "https://analysis.example")
        with self.assertRaisesRegex(AssertionError, "no origin"):
            self.serve("--allow-origin", "analysis.example")

    def test_other_addresses_demand_a_token(self):
        with self.assertRaisesRegex(AssertionError, "no token"):
            self.serve("--host", "0.0.0.0")
        (self.folder / "short").write_text("abc\n")
        with self.assertRaisesRegex(AssertionError, "16 to 200"):
            self.serve("--host", "0.0.0.0", "--token-file", "short")

    def test_malformed_requests(self):
        server = self.serve()
        host = f"Host: 127.0.0.1:{server.port}\r\n".encode()
        json_type = b"Content-Type: application/json\r\n"
        post = b"POST /api/v1/depend HTTP/1.1\r\n" + host + json_type
        cases = {
            b"\r\n\r\n": b"", b"GET\r\n\r\n": b" 400 ", b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n": b"",
            b"GET / HTTP/1.1\r\n\r\n": b" 421 ",
            b"GET / HTTP/1.1\r\n" + host + host + b"\r\n": b" 421 ",
            b"GET /" + b"a" * 20000 + b" HTTP/1.1\r\n" + host + b"\r\n": b"",
            b"GET / HTTP/1.1\r\n" + host + b"X: y\r\n" * 20000 + b"\r\n": b"",
            b"PUT /api/v1/depend HTTP/1.1\r\n" + host + b"\r\n": b" 405 ",
            b"OPTIONS /api/v1/depend HTTP/1.1\r\n" + host + b"\r\n": b" 405 ",
            b"GET /api/v1/nothing HTTP/1.1\r\n" + host + b"\r\n": b" 404 ",
            b"GET /api/v1/runs/../../../etc/passwd HTTP/1.1\r\n" + host + b"\r\n": b" 404 ",
            post + b"\r\n": b" 411 ",
            post + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n": b" 411 ",
            post + b"Content-Length: -1\r\n\r\n": b" 400 ",
            post + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}": b" 400 ",
            post + b"Content-Length: 99999999999999999999999\r\n\r\n": b" 413 ",
            post + b"Content-Length: 2000000\r\n\r\n" + b"x" * 1000: b" 413 ",
            post + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}": b" 415 ",
            post + b"Content-Length: 1\r\n\r\n{": b" 400 ",
        }
        for data, says in cases.items():
            with self.subTest(data=data[:80]):
                heard = say(server, data)
                self.assertIn(says, heard.split(b"\r\n")[0], heard[:300])
                self.alive(server)

    def test_malformed_bodies(self):
        server = self.serve()
        for body, status in (("", 411), ("[]", 400), ("nul", 400), ("{}", 422), ("\xff\xfe", 400),
                             ("[" * 100000, 400), ('{"a":' * 1000, 400), ('{"world":1e999}', 400),
                             ('{"world":7,"top":"x","buyers":{}}', 422),
                             ('{"world":"' + WORLD + '","top":99999999999999999999}', 422)):
            with self.subTest(body=body[:40]):
                headers = {"Content-Type": "application/json"}
                data = body.encode("latin-1")
                if data:
                    headers["Content-Length"] = str(len(data))
                    self.check_error(server.post("/api/v1/depend", data, headers=headers), status)
        error = self.check_error(server.post("/api/v1/depend", {"world": 7, "top": "x", "buyers": {},
                                                                "wrld": 1}), 422)
        self.assertEqual(len(error["further"]), 3, "all problems at once")
        self.check_error(server.post("/api/v1/depend", b"{}"), 400)

    def test_unknown_ids(self):
        server = self.serve()
        for run in ("0", "1", "-1", "01", "abc", "9" * 30, "1%00", "1%2f..", "%2e%2e"):
            for path in ("", "/events", "/results.json", "/results.nc", "/report", "/tables",
                         "/tables/x"):
                answer = server.get(f"/api/v1/runs/{run}{path}")
                self.check_error(answer, 404)
        for world in ("..", "../x", "/etc/passwd", "world-2011.nc", "data/worlds/world-2011",
                      str(LEATHER), "x\x00y", EVIL):
            error = self.check_error(server.post("/api/v1/depend", {"world": world}), 404)
            self.assertNotIn("root:", str(error))
            study = f"title='t'\nquestion='q'\nworld='''{world}'''\n[depend]\n"
            answer = server.post("/api/v1/studies", {"study": study})
            self.assertIn(answer.status, (404, 422), answer.body)
        self.alive(server)

    def test_studies_name_no_files(self):
        server = self.serve()
        (self.folder / "mine.csv").write_text("secret")
        for name in ("mine.csv", "/etc/passwd", "../mine.csv", "default:../x"):
            scenario = SCENARIO + f'\n[model]\nparameters = ["{name}"]\n'
            answer = server.post("/api/v1/disrupt", {"world": WORLD, "scenario": scenario})
            self.check_error(answer, 422)
            self.assertNotIn(b"secret", answer.body)

    def test_slow_clients_do_not_stop_the_server(self):
        server = self.serve()
        slow = [socket.create_connection(("127.0.0.1", server.port), timeout=30) for _ in range(20)]
        begun = time.monotonic()
        for connection in slow:
            self.addCleanup(connection.close)
            connection.sendall(b"GET / HTTP/1.1\r\nX")
        self.alive(server)
        heard = slow[0].recv(1000)
        self.assertLess(time.monotonic() - begun, 20, heard)
        head = (f"POST /api/v1/depend HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
                "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{").encode()
        self.assertIn(b" 408 ", say(server, head, 30).split(b"\r\n")[0])
        self.alive(server)

    def test_clients_that_hang_up(self):
        server = self.serve()
        for _ in range(50):
            with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.sendall(b"GET /api/v1/worlds HTTP/1.1\r\nHost: x\r\n\r\n")
        self.alive(server)

    def no_formulas(self, server, run):
        for name in server.get(f"/api/v1/runs/{run}/tables").json()["tables"]:
            text = server.get(f"/api/v1/runs/{run}/tables/{name}").body.decode()
            for cell in (cell for row in csv.reader(io.StringIO(text)) for cell in row):
                self.assertFalse(cell[:1] in ("=", "+", "@"), cell)

    def test_hostile_labels(self):
        server = self.serve()
        evil = EVIL.replace('"', "")
        text = LEATHER.read_text()
        region = text.splitlines()[1].split(",")[0]
        answer = server.post("/api/v1/worlds?name=evil", text.replace(region, evil).encode())
        self.assertIn(answer.status, (201, 422), answer.body)
        for title in (EVIL, "</script><script>alert(2)</script>"):
            scenario = SCENARIO.replace("Electronics cut-off", title.replace('"', '\\"'))
            run = server.post("/api/v1/disrupt", {"world": WORLD, "scenario": scenario, "days": 12})
            self.assertEqual(run.status, 202, run.body)
            self.assertEqual(server.wait(run.json()["id"])["status"], "done")
            self.no_formulas(server, run.json()["id"])
        listed = server.get("/api/v1/runs")
        self.assertEqual(listed.headers["content-type"], "application/json")
        self.assertEqual(listed.headers["x-content-type-options"], "nosniff")
        self.assertIn(EVIL, [run["title"] for run in listed.json()["runs"]])
        self.assertIn("default-src 'none'", listed.headers["content-security-policy"])
        self.assertNotIn("unsafe", listed.headers["content-security-policy"])
        study = ("title = '''=1+1</script><script>alert(3)</script>'''\nquestion = 'q'\n"
                 f"world = '{WORLD}'\n[[scenario]]\nname = '=cmd'\ntitle = '=HYPERLINK(1)'\n"
                 "[[scenario.cut]]\nsellers = ['USA']\nbuyers = ['CHN']\nsectors = ['c14']\n"
                 "share = 1.0\nfrom_day = 2\n[disrupt]\ndays = 10\n")
        answer = server.post("/api/v1/studies", {"study": study})
        if answer.status == 202:  # names may be refused; what is taken is escaped
            run = answer.json()["id"]
            self.assertEqual(server.wait(run)["status"], "done")
            self.assertNotIn(b"<script>alert(3)", server.get(f"/api/v1/runs/{run}/report").body)
            self.no_formulas(server, run)
        else:
            self.check_error(answer, 422)

    def test_hostile_netcdf(self):
        server = self.serve()
        data = bytearray(b"\x89HDF\r\n\x1a\n" + bytes(range(256)) * 40)
        answer = server.post("/api/v1/worlds", bytes(data))
        error = self.check_error(answer, 422)
        self.assertNotIn(str(self.folder), str(error))
        self.alive(server)


if __name__ == "__main__":
    unittest.main()
