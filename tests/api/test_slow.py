# SPDX-License-Identifier: Apache-2.0
"""Large uploads and clients that are slow to send or to read."""
import concurrent.futures
import socket
import time
import unittest

from support import LEATHER, SCENARIO, WORLD, ApiTest

MEBI = 1 << 20


class Slow(ApiTest):
    def open(self, server, head, receive_buffer=None):
        connection = socket.socket()
        self.addCleanup(connection.close)
        if receive_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.settimeout(90)
        connection.connect(("127.0.0.1", server.port))
        connection.sendall(head.replace("HOST", f"127.0.0.1:{server.port}").encode())
        return connection

    def begin_upload(self, server, length):
        return self.open(server, "POST /api/v1/worlds HTTP/1.1\r\nHost: HOST\r\nContent-Type: "
                                 f"application/octet-stream\r\nContent-Length: {length}\r\n\r\n")

    def test_a_body_in_drips_has_an_end(self):
        """Every byte in time, but not the whole."""
        server = self.serve()
        connection = self.open(server, "POST /api/v1/depend HTTP/1.1\r\nHost: HOST\r\nContent-Type: "
                                       "application/json\r\nContent-Length: 1000\r\n\r\n")
        begun = time.monotonic()
        connection.settimeout(0.3)
        heard = b""
        while not heard and time.monotonic() - begun < 60:
            try:
                connection.sendall(b" ")
                heard = connection.recv(4096)
            except socket.timeout:
                pass
            except OSError:
                break
        self.assertLess(time.monotonic() - begun, 40)
        if heard:
            self.assertIn(b" 408 ", heard.split(b"\r\n")[0])
        self.alive(server)

    def test_too_large_an_upload_is_refused_before_it_comes(self):
        server = self.serve()
        begun = time.monotonic()
        connection = self.begin_upload(server, 256 * MEBI + 1)
        self.assertIn(b" 413 ", connection.recv(4096).split(b"\r\n")[0])
        self.assertLess(time.monotonic() - begun, 30)
        self.assertEqual(list((self.folder / "serve/incoming").iterdir()), [])

    def test_a_large_upload_takes_little_memory(self):
        server = self.serve()
        before = server.memory_kb()
        body = (b"x" * 127 + b"\n") * (64 * MEBI // 128)
        self.check_error(server.post("/api/v1/worlds", body, timeout=200), 422)
        self.assertLess(server.memory_kb() - before, 200 * 1024)
        self.assertEqual(list((self.folder / "serve/incoming").iterdir()), [])
        self.alive(server)

    def test_uploads_that_hang_do_not_keep_others_out_for_ever(self):
        server = self.serve()
        hanging = [self.begin_upload(server, MEBI) for _ in range(2)]
        for connection in hanging:
            connection.sendall(b"some")
        time.sleep(1)
        refused = server.post("/api/v1/worlds", LEATHER.read_bytes())
        self.check_error(refused, 429)
        self.assertGreater(int(refused.headers["retry-after"]), 0)
        self.alive(server)
        for connection in hanging:
            connection.close()
        end = time.monotonic() + 80
        while (answer := server.post("/api/v1/worlds", LEATHER.read_bytes())).status == 429:
            self.assertLess(time.monotonic(), end)
            time.sleep(0.5)
        self.assertEqual(answer.status, 201, answer.body)
        self.assertEqual(list((self.folder / "serve/incoming").iterdir()), [])

    def test_clients_that_do_not_read_do_not_stop_the_server(self):
        server = self.serve()
        run = server.post("/api/v1/disrupt",
                          {"world": WORLD, "scenario": SCENARIO, "days": 2000}).json()["id"]
        self.assertEqual(server.wait(run, 280)["status"], "done")
        size = (self.folder / f"serve/runs/{run}/results.json").stat().st_size
        self.assertGreater(size, 10 * MEBI, "more than the system keeps for a connection")
        for _ in range(40):
            self.open(server, f"GET /api/v1/runs/{run}/results.json HTTP/1.1\r\nHost: HOST\r\n\r\n", 4096)
        begun = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: server.get("/api/v1/version", timeout=90), range(8)))
        self.assertEqual({answer.status for answer in answers}, {200})
        self.assertLess(time.monotonic() - begun, 60)


if __name__ == "__main__":
    unittest.main()
