# SPDX-License-Identifier: Apache-2.0
"""kill -9 in mid-run: a sound history, no half result offered as whole."""
import gzip
import signal
import time
import unittest

from support import SCENARIO, WORLD, ApiTest


class Crash(ApiTest):
    def test_killed_in_mid_run(self):
        for pause in (0.0, 0.2, 0.6):
            with self.subTest(pause=pause):
                server = self.serve()
                short = {"world": WORLD, "scenario": SCENARIO, "days": 20 + int(10 * pause)}
                done = server.post("/api/v1/disrupt", short).json()["id"]
                self.assertEqual(server.wait(done)["status"], "done")
                body = {"world": WORLD, "scenario": SCENARIO, "days": 36000 - int(10 * pause)}
                cut = server.post("/api/v1/disrupt", body).json()["id"]
                waiting = server.post("/api/v1/disrupt", dict(body, days=35000)).json()["id"]
                time.sleep(pause)
                server.stop(signal.SIGKILL)
                again = self.serve()
                for run in (cut, waiting):
                    self.assertEqual(again.get(f"/api/v1/runs/{run}").json()["status"],
                                     "interrupted")
                    self.check_error(again.get(f"/api/v1/runs/{run}/results.json"), 409)
                kept = again.get(f"/api/v1/runs/{done}/results.json")
                self.assertEqual(kept.status, 200)
                self.assertEqual(kept.json()["schema"]["name"], "linchpin.disrupt")
                packed = again.get(f"/api/v1/runs/{done}/results.json",
                                   headers={"Accept-Encoding": "gzip"})
                self.assertEqual(gzip.decompress(packed.body), kept.body)
                leftovers = [path.name for path in (self.folder / "serve/runs").iterdir()]
                self.assertFalse([name for name in leftovers if name.startswith(".")])
                fresh = again.post("/api/v1/disrupt", body)
                self.assertEqual(fresh.status, 202, "an interrupted request may be asked again")
                again.stop(signal.SIGKILL)

    def test_second_server_in_the_same_folder_is_refused(self):
        self.serve()
        with self.assertRaisesRegex(AssertionError, "another server"):
            self.serve()


if __name__ == "__main__":
    unittest.main()
