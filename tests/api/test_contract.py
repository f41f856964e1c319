# SPDX-License-Identifier: Apache-2.0
"""Every path of api/openapi.yaml answers as described, and with the numbers of the command line."""
import csv
import gzip
import io
import json
import pathlib
import re
import shutil
import subprocess
import unittest

from support import BINARY, LEATHER, ROOT, SCENARIO, WORLD, ApiTest, without_run

STUDY = f"""
title = "Two questions"
question = "What does the server answer?"
world = "{WORLD}"
[[scenario]]
name = "cut"
title = "Electronics"
[[scenario.cut]]
sellers = ["USA"]
buyers = ["CHN"]
sectors = ["c14"]
share = 1.0
from_day = 5
[depend]
buyers = ["CHN"]
[disrupt]
days = 30
"""
TRADE = """
name = "tariff"
title = "A tariff of 10 %"
[[tariff]]
exporters = ["CHN"]
importers = ["USA"]
sectors = ["all"]
add = 0.1
"""


class Contract(ApiTest):
    def test_version_worlds_and_labels(self):
        server = self.serve()
        self.check(server.get("/api/v1/version"), "/api/v1/version", "GET", 200)
        worlds = self.check(server.get("/api/v1/worlds"), "/api/v1/worlds", "GET", 200)
        self.assertIn(WORLD, [world["id"] for world in worlds["worlds"]])
        path = "/api/v1/worlds/{world}"
        labels = self.check(server.get(f"/api/v1/worlds/{WORLD}"), path, "GET", 200)
        self.assertEqual(labels, self.cli("table", "info", WORLD))
        self.check(server.get("/api/v1/worlds/world-2012"), path, "GET", 404)
        self.check(server.ask("DELETE", f"/api/v1/worlds/{WORLD}"), path, "DELETE", 409)

    def test_answers_are_compressed_fast_or_not_at_all(self):
        server = self.serve()
        path = f"/api/v1/worlds/{WORLD}"
        plain = server.get(path)
        for accepted, encoding in (("br", None), ("gzip;q=0", None), ("br, gzip", "gzip"), ("deflate", None)):
            answer = server.get(path, headers={"Accept-Encoding": accepted})
            self.assertEqual(answer.headers.get("content-encoding"), encoding, accepted)
            body = gzip.decompress(answer.body) if encoding else answer.body
            self.assertEqual(body, plain.body)

    def test_depend_as_the_command_line(self):
        server = self.serve()
        asked = {"world": WORLD, "buyers": ["CHN", "USA:c14"], "top": 5}
        answer = self.check(server.post("/api/v1/depend", asked), "/api/v1/depend", "POST", 200)
        told = self.cli("depend", WORLD, "--buyer", "CHN", "--buyer", "USA:c14", "--top", 5)
        self.assertEqual(without_run(answer), without_run(told))
        wrong = {"world": WORLD, "buyers": ["CHM", "XXX"], "top": 0, "wrld": 1}
        error = self.check(server.post("/api/v1/depend", wrong), "/api/v1/depend", "POST", 422)
        self.assertEqual(len(error["error"]["further"]) + 1, 2, error)

    def test_disrupt_as_the_command_line(self):
        server = self.serve()
        run = self.finished(server, "/api/v1/disrupt",
                            {"world": WORLD, "scenario": SCENARIO, "days": 40})
        (self.folder / "scenario.toml").write_text(SCENARIO)
        told = self.cli("disrupt", WORLD, "--scenario", "scenario.toml", "--days", 40)
        self.assertEqual(without_run(self.results(server, run)), without_run(told))
        whole = self.check(server.get(f"/api/v1/runs/{run}/results"), "/api/v1/runs/{run}/results",
                           "GET", 200)
        self.assertEqual(whole.pop("left_out"), [])
        self.assertEqual(whole, self.results(server, run))
        self.check_error(server.get(f"/api/v1/runs/{run}/report"), 404)
        posted = self.check(server.get(f"/api/v1/runs/{run}/request"), "/api/v1/runs/{run}/request",
                            "GET", 200)
        self.assertEqual(posted["path"], "/api/v1/disrupt")
        self.assertEqual(posted["body"], {"world": WORLD, "scenario": SCENARIO, "days": 40})
        again = server.post(posted["path"], posted["body"])
        self.assertEqual((again.status, again.json()["id"]), (200, run))
        bad = {"world": WORLD, "scenario": SCENARIO.replace("USA", "USB").replace("CHN", "CHM")}
        error = self.check(server.post("/api/v1/disrupt", bad), "/api/v1/disrupt", "POST", 422)
        self.assertEqual(len(error["error"]["further"]), 1, "all problems at once")

    def test_equilibrium_as_the_command_line(self):
        server = self.serve()
        run = self.finished(server, "/api/v1/equilibrium", {"world": WORLD, "scenario": TRADE})
        (self.folder / "scenario.toml").write_text(TRADE)
        told = self.cli("equilibrium", WORLD, "--scenario", "scenario.toml")
        self.assertEqual(without_run(self.results(server, run)), without_run(told))

    def test_shipped_stand_offs_run_here(self):
        """They name minerals and another study: files of ours, which the server opens."""
        server = self.serve()
        for name in ("04-chip-and-mineral-standoff", "10-accelerator-licences"):
            text = (ROOT / "studies" / f"{name}.toml").read_text(encoding="utf-8")
            text = re.sub(r"draws = \d+", "draws = 2", text)
            with self.subTest(name=name):
                run = self.finished(server, "/api/v1/studies", {"study": text})
                tables = {each["name"] for each in self.results(server, run)["tables"]}
                self.assertLessEqual({"first_year", "ladder_rungs", "standoff_after"}, tables)

    def test_study_as_the_command_line(self):
        server = self.serve()
        run = self.finished(server, "/api/v1/studies", {"study": STUDY})
        (self.folder / "study.toml").write_text(STUDY)
        told = self.cli("run", "study.toml", "-o", "told")
        self.assertEqual(without_run(self.results(server, run)), without_run(told))
        base = "/api/v1/runs/{run}"
        path = f"/api/v1/runs/{run}"
        bytes_ = self.check(server.get(f"{path}/results.nc"), f"{base}/results.nc", "GET", 200)
        self.assertEqual(bytes_[:4], b"\x89HDF")
        html = server.get(f"{path}/report")
        self.check(html, f"{base}/report", "GET", 200)
        self.assertIn("sandbox", html.headers["content-security-policy"])
        self.assertNotIn("allow-same-origin", html.headers["content-security-policy"])
        self.assertEqual(html.headers["cross-origin-opener-policy"], "unsafe-none",
                         "browsers show no page that is in a sandbox and asks for more")
        tables = self.check(server.get(f"{path}/tables"), f"{base}/tables", "GET", 200)["tables"]
        self.assertIn("columns", tables)
        for name in tables:
            text = self.check(server.get(f"{path}/tables/{name}"), f"{base}/tables/{{table}}",
                              "GET", 200).decode()
            self.assertTrue(list(csv.reader(io.StringIO(text))))
            self.assertEqual(text, (self.folder / "told/tables" / f"{name}.csv").read_text())
        self.check_error(server.get(f"{path}/tables/nothing"), 404)
        self.some_tables(server, run)
        runs = self.check(server.get("/api/v1/runs"), "/api/v1/runs", "GET", 200)
        self.assertEqual([each["id"] for each in runs["runs"]], [run])
        self.assertEqual(runs["runs"][0]["links"]["report"], f"{path}/report")
        self.check(server.ask("DELETE", path), base, "DELETE", 204)
        self.check(server.get(path), base, "GET", 404)

    def some_tables(self, server, run):
        """Compressed, plain and in part, the document is the same."""
        path, base = f"/api/v1/runs/{run}", "/api/v1/runs/{run}"
        plain = server.get(f"{path}/results.json")
        self.assertNotIn("content-encoding", plain.headers)
        packed = server.get(f"{path}/results.json", headers={"Accept-Encoding": "gzip, br"})
        self.assertEqual((packed.headers["content-encoding"], packed.headers["vary"]),
                         ("gzip", "Accept-Encoding"))
        self.assertLess(len(packed.body), len(plain.body) / 2)
        self.assertEqual(gzip.decompress(packed.body), plain.body)
        whole = plain.json()
        names = [table["name"] for table in whole["tables"]]
        part = self.check(server.get(f"{path}/results?tables={names[2]},{names[0]}"), f"{base}/results",
                          "GET", 200)
        self.assertEqual(part["tables"], [whole["tables"][0], whole["tables"][2]])
        self.assertEqual([each["name"] for each in part["left_out"]], [names[1], *names[3:]])
        lengths = {table["name"]: len(table["data"][0]) for table in whole["tables"]}
        for each in part["left_out"]:
            self.assertEqual(each["rows"], lengths[each["name"]])
        light = self.check(server.get(f"{path}/results"), f"{base}/results", "GET", 200)
        self.assertEqual((light["tables"], len(light["left_out"])), ([], len(names)))
        for key in whole:
            if key != "tables":
                self.assertEqual(light[key], whole[key])
        error = self.check(server.get(f"{path}/results?tables=x,y,{names[0]}"), f"{base}/results", "GET",
                           404)
        self.assertEqual(len(error["error"]["further"]), 1, "all problems at once")
        self.check(server.get(f"{path}/results?tables=" + ",".join("a" * 101)), f"{base}/results", "GET",
                   422)

    def test_upload(self):
        server = self.serve()
        path = "/api/v1/worlds"
        answer = self.check(server.post(f"{path}?name=leather", LEATHER.read_bytes()), path, "POST",
                            201)
        world = answer["world"]
        labels = server.get(f"/api/v1/worlds/{world}").json()
        self.assertEqual(len(labels["regions"]), answer["regions"])
        self.check(server.post("/api/v1/depend", {"world": world}), "/api/v1/depend", "POST", 200)
        self.check(server.post(path, b"no table at all"), path, "POST", 422)
        broken = LEATHER.read_text().splitlines()
        broken[1] = broken[1].rsplit(",", 1)[0] + ",-1e9"
        refused = self.check(server.post(path, "\n".join(broken).encode()), path, "POST", 422)
        self.assertTrue(refused.get("findings") or refused["error"])
        self.check_error(server.post(f"{path}?name=../x&format=abc", b"a,b"), 422)
        world_path = "/api/v1/worlds/{world}"
        self.check(server.ask("DELETE", f"{path}/{world}"), world_path, "DELETE", 204)
        self.check(server.get(f"{path}/{world}"), world_path, "GET", 404)
        self.assertEqual(list((self.folder / "serve/incoming").iterdir()), [])

    def test_results_of_a_run_are_shown_at_once(self):
        (self.folder / "study.toml").write_text(STUDY)
        self.cli("run", "study.toml", "-o", "told")
        server = self.serve("--results", "told")
        self.assertLess(server.seconds_to_start, 1.0 if not self.slow() else 30.0)
        runs = server.get("/api/v1/runs").json()["runs"]
        self.assertEqual([run["title"] for run in runs], ["Two questions"])
        self.assertNotIn("request", runs[0]["links"], "nobody posted it")
        self.check(server.get(f"/api/v1/runs/{runs[0]['id']}/request"), "/api/v1/runs/{run}/request",
                   "GET", 404)
        told = json.loads((self.folder / "told/results.json").read_text())
        self.assertEqual(self.results(server, runs[0]["id"]), told)
        part = server.get(f"/api/v1/runs/{runs[0]['id']}/results?tables=bracket").json()
        self.assertEqual(part["tables"], [each for each in told["tables"] if each["name"] == "bracket"])
        server.stop()
        again = self.serve("--results", "told")
        self.assertEqual(len(again.get("/api/v1/runs").json()["runs"]), 1)

    def test_a_program_without_its_data_says_so(self):
        alone = self.folder / "bin/linchpin"
        alone.parent.mkdir()
        shutil.copy(BINARY, alone)
        done = subprocess.run([alone, "serve", "--port", "0"], cwd=self.folder, text=True,
                              capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("data are missing", done.stderr)

    def slow(self):
        """True on a machine with more work than processors: no time is a finding there."""
        load, cores = float(pathlib.Path("/proc/loadavg").read_text().split()[0]), 0
        cores = pathlib.Path("/proc/cpuinfo").read_text().count("processor\t")
        return load > cores


if __name__ == "__main__":
    unittest.main()
