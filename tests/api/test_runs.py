# SPDX-License-Identifier: Apache-2.0
"""The queue: progress, cancel, full, the same request twice, restart."""
import concurrent.futures
import http.client
import json
import time
import unittest

from support import SCENARIO, WORLD, ApiTest

GAME = """
title = "Chips against minerals"
[[player]]
name = "USA"
actions = ["nothing", "chip ban"]
[[player]]
name = "CHN"
actions = ["nothing"]
[[outcome]]
play = {USA = "nothing", CHN = "nothing"}
payoffs = {USA = 0, CHN = 0}
[[outcome]]
play = {USA = "chip ban", CHN = "nothing"}
payoffs = {USA = 0.2, CHN = [-3, -1]}
[ensemble]
draws = DRAWS
seed = 1
"""
LONG = {"world": WORLD, "scenario": SCENARIO, "days": 36500}


def long_run(number):
    return dict(LONG, days=36500 - number)


class Runs(ApiTest):
    def queued(self, server, body):
        return self.check(server.post("/api/v1/disrupt", body), "/api/v1/disrupt", "POST", 202)["id"]

    def test_events_until_the_end(self):
        server = self.serve()
        run = self.queued(server, {"world": WORLD, "scenario": SCENARIO, "days": 300})
        text = self.check(server.get(f"/api/v1/runs/{run}/events", timeout=120),
                          "/api/v1/runs/{run}/events", "GET", 200).decode()
        events = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]
        self.assertEqual(events[-1]["status"], "done")
        self.assertEqual({event["id"] for event in events}, {run})

    def test_streams_do_not_exhaust_the_server(self):
        server = self.serve()
        run = self.queued(server, LONG)
        streams = []
        for _ in range(8):
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            self.addCleanup(connection.close)
            connection.request("GET", f"/api/v1/runs/{run}/events")
            response = connection.getresponse()
            self.assertEqual(response.status, 200)
            streams.append(response)
        refused = server.get(f"/api/v1/runs/{run}/events")
        self.check_error(refused, 429)
        self.assertIn("retry-after", refused.headers)
        self.alive(server)
        cancelled = server.post(f"/api/v1/runs/{run}/cancel")
        self.check(cancelled, "/api/v1/runs/{run}/cancel", "POST", 202)
        for stream in streams:
            self.assertIn(b'"status":"cancelled"', stream.read())

    def test_cancel_and_what_then(self):
        server = self.serve()
        run = self.queued(server, LONG)
        waiting = self.queued(server, long_run(1))
        for each in (waiting, run):
            self.check(server.post(f"/api/v1/runs/{each}/cancel"), "/api/v1/runs/{run}/cancel",
                       "POST", 202)
            self.assertEqual(server.wait(each)["status"], "cancelled")
            self.check_error(server.get(f"/api/v1/runs/{each}/results.json"), 409)
            self.check_error(server.post(f"/api/v1/runs/{each}/cancel"), 409)
        self.assertEqual(list((self.folder / "serve/runs").iterdir()), [])
        self.assertNotEqual(self.queued(server, LONG), run, "a cancelled request may be asked again")

    def test_cancel_and_ask_again_at_once(self):
        server = self.serve()
        run = self.queued(server, LONG)
        while server.get(f"/api/v1/runs/{run}").json()["status"] == "queued":
            pass
        server.post(f"/api/v1/runs/{run}/cancel")
        again = self.queued(server, {**LONG})
        self.assertNotEqual(again, run)
        self.assertEqual(server.wait(run)["status"], "cancelled")
        self.assertIn(server.get(f"/api/v1/runs/{again}").json()["status"], ("queued", "running"))

    def leave(self, server, run, follower):
        answer = server.post(f"/api/v1/runs/{run}/leave?follower={follower}")
        return self.check(answer, "/api/v1/runs/{run}/leave", "POST", 202)

    def test_a_shared_run_ends_when_both_clients_have_left(self):
        server = self.serve()
        mine = self.check(server.post("/api/v1/disrupt", LONG), "/api/v1/disrupt", "POST", 202)
        yours = self.check(server.post("/api/v1/disrupt", LONG), "/api/v1/disrupt", "POST", 200)
        self.assertEqual(mine["id"], yours["id"])
        self.assertNotEqual(mine["follower"], yours["follower"])
        run = mine["id"]
        self.assertNotIn("follower", server.get(f"/api/v1/runs/{run}").json())
        for _ in range(3):
            state = self.leave(server, run, mine["follower"])
            self.assertIn(state["status"], ("queued", "running"), "the other client still waits")
        self.leave(server, run, yours["follower"])
        self.assertEqual(server.wait(run)["status"], "cancelled")
        self.assertEqual(self.leave(server, run, 1)["status"], "cancelled")
        again = self.check(server.post("/api/v1/disrupt", LONG), "/api/v1/disrupt", "POST", 202)
        self.assertNotEqual(again["id"], run)
        for follower in ("", "-1", "x", "1.5", "99999999999"):
            path = f"/api/v1/runs/{run}/leave?follower={follower}"
            self.check(server.post(path), "/api/v1/runs/{run}/leave", "POST", 422)
        self.check(server.post("/api/v1/runs/9999/leave?follower=1"), "/api/v1/runs/{run}/leave", "POST",
                   404)

    def test_cancel_ends_a_shared_run_for_all(self):
        server = self.serve()
        run = self.queued(server, LONG)
        server.post("/api/v1/disrupt", LONG)
        self.check(server.post(f"/api/v1/runs/{run}/cancel"), "/api/v1/runs/{run}/cancel", "POST", 202)
        self.assertEqual(server.wait(run)["status"], "cancelled")

    def test_the_history_is_bounded(self):
        server = self.serve("--keep-mib", "1")
        runs = []
        for days in (300, 301, 302, 303):
            runs.append(self.queued(server, {"world": WORLD, "scenario": SCENARIO, "days": days}))
            self.assertEqual(server.wait(runs[-1])["status"], "done")
        for _ in range(100):
            kept = [run["id"] for run in server.get("/api/v1/runs").json()["runs"]]
            if len(kept) < len(runs):
                break
            time.sleep(0.05)
        self.assertIn(runs[-1], kept, "the newest stays whatever it takes")
        self.assertNotIn(runs[0], kept)
        self.assertEqual(server.get(f"/api/v1/runs/{runs[-1]}/results.json").status, 200)
        self.check_error(server.get(f"/api/v1/runs/{runs[0]}"), 404)
        folders = {path.name for path in (self.folder / "serve/runs").iterdir()}
        self.assertLessEqual(folders, {str(run) for run in runs} - {str(runs[0])})
        again = server.post("/api/v1/disrupt", {"world": WORLD, "scenario": SCENARIO, "days": 300})
        self.assertEqual(again.status, 202, "it is computed anew")

    def test_short_questions_do_not_wait_for_long_ones(self):
        server = self.serve()
        run = self.queued(server, LONG)
        scenario = """
            title = "A tariff"
            [[tariff]]
            exporters = ["CHN"]
            importers = ["USA"]
            sectors = ["all"]
            add = 0.1
            """
        answer = server.post("/api/v1/equilibrium", {"world": WORLD, "scenario": scenario})
        quick = self.check(answer, "/api/v1/equilibrium", "POST", 202)["id"]
        self.assertEqual(server.wait(quick)["status"], "done")
        self.assertEqual(server.get(f"/api/v1/runs/{run}").json()["status"], "running")

    def test_runs_have_a_time_limit(self):
        server = self.serve("--run-seconds", "1")
        state = server.wait(self.queued(server, {**LONG, "draws": 1000, "seed": 1}))
        self.assertEqual(state["status"], "failed")
        self.assertEqual(state["error"]["code"], "too_large")
        self.assertIn("--run-seconds", state["error"]["hint"])

    def test_draws_in_texts_are_bounded_as_in_fields(self):
        server = self.serve()
        game = GAME
        for draws, status in ((100001, 422), (100000, 202)):
            text = game.replace("DRAWS", str(draws))
            answer = server.post("/api/v1/leverage/game", {"game": text})
            self.check(answer, "/api/v1/leverage/game", "POST", status)
            told = server.post("/api/v1/validate", {"kind": "game", "text": text}).json()
            self.assertEqual(told["valid"], status == 202, told)
        fewer = {"game": game.replace("DRAWS", "1000000"), "draws": 10, "seed": 1}
        self.check(server.post("/api/v1/leverage/game", fewer), "/api/v1/leverage/game", "POST", 202)

    def test_full_queue(self):
        server = self.serve("--queue", "1")
        first = self.queued(server, LONG)
        while server.get(f"/api/v1/runs/{first}").json()["status"] == "queued":
            pass
        second = self.queued(server, long_run(1))
        full = server.post("/api/v1/disrupt", long_run(2))
        self.check(full, "/api/v1/disrupt", "POST", 429)
        self.assertGreater(int(full.headers["retry-after"]), 0)
        self.check_error(server.ask("DELETE", f"/api/v1/runs/{second}"), 409)
        known = server.post("/api/v1/disrupt", long_run(1))
        self.assertEqual(self.check(known, "/api/v1/disrupt", "POST", 200)["id"], second)

    def test_same_request_is_computed_once(self):
        server = self.serve()
        body = {"world": WORLD, "scenario": SCENARIO, "days": 60}
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: server.post("/api/v1/disrupt", body), range(8)))
        self.assertEqual(sorted(answer.status for answer in answers), [200] * 7 + [202])
        self.assertEqual(len({answer.json()["id"] for answer in answers}), 1)
        run = answers[0].json()["id"]
        server.wait(run)
        again = server.post("/api/v1/disrupt", body)
        self.assertEqual((again.status, again.json()["status"]), (200, "done"))
        self.assertEqual(server.stop(), 0)
        restarted = self.serve()
        kept = restarted.post("/api/v1/disrupt", body)
        self.assertEqual((kept.status, kept.json()["id"]), (200, run))
        self.assertEqual(restarted.get(f"/api/v1/runs/{run}/results.json").status, 200)

    def test_stop_in_mid_run(self):
        server = self.serve()
        run = self.queued(server, LONG)
        self.assertEqual(server.stop(), 0)
        again = self.serve()
        self.assertEqual(again.get(f"/api/v1/runs/{run}").json()["status"], "interrupted")

    def test_idle_memory_is_small(self):
        self.assertLess(self.serve().memory_kb(), 100 * 1024)


if __name__ == "__main__":
    unittest.main()
