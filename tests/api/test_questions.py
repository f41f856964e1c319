# SPDX-License-Identifier: Apache-2.0
"""Measures, tiers, computing power, autonomy, leverage, examples and validation: as described, and as the command
line says."""
import csv
import io
import json
import re
import unittest

from support import OPENAPI, ROOT, SCENARIO, WORLD, ApiTest, without_run

RECENT = "world-2022e"
GAME = """
title = "A standoff"
[[player]]
name = "A"
actions = ["open", "ban"]
[[player]]
name = "B"
actions = ["open", "ban"]
[[outcome]]
play = {A = "open", B = "open"}
payoffs = {A = 3, B = 3}
[[outcome]]
play = {A = "open", B = "ban"}
payoffs = {A = 0, B = 4}
[[outcome]]
play = {A = "ban", B = "open"}
payoffs = {A = 4, B = 0}
[[outcome]]
play = {A = "ban", B = "ban"}
payoffs = {A = 1, B = 1}
"""
TARIFF = """
name = "tariff"
title = "A tariff of 10 %"
[[tariff]]
exporters = ["CHN"]
importers = ["USA"]
sectors = ["all"]
add = 0.1
"""


class Questions(ApiTest):
    def answered(self, server, path, body):
        return self.check(server.post(path, body), path, "POST", 200)

    def test_measures_as_the_command_line(self):
        server = self.serve()
        listed = self.check(server.get("/api/v1/measures"), "/api/v1/measures", "GET", 200)
        self.assertIn("reliance", [each["name"] for each in listed["measures"]])
        asked = {"worlds": [WORLD], "measures": ["reliance", "position"], "buyers": ["CHN"], "top": 3}
        told = self.cli("depend", WORLD, "--measure", "reliance", "--measure", "position", "--buyer",
                        "CHN", "--top", 3)
        for _ in range(2):  # the second finds the factors of the first
            self.assertEqual(without_run(self.answered(server, "/api/v1/measures", asked)),
                             without_run(told))
        asked = {"worlds": [WORLD], "measures": ["extraction"],
                 "suppliers": ["USA:c14"], "share": 0.5, "kind": "backward"}
        told = self.cli("depend", WORLD, "--measure", "extraction", "--supplier", "USA:c14",
                        "--share", 0.5, "--kind", "backward")
        self.assertEqual(without_run(self.answered(server, "/api/v1/measures", asked)),
                         without_run(told))

    def test_a_panel_as_the_command_line(self):
        server = self.serve()
        worlds = ["world-1995", "world-2005", "world-2011"]
        asked = {"worlds": worlds, "measures": ["reliance", "change"], "buyers": ["CHN"]}
        told = self.cli("depend", *worlds, "--measure", "reliance", "--measure", "change", "--buyer",
                        "CHN")
        answer = self.answered(server, "/api/v1/measures", asked)
        self.assertEqual(without_run(answer), without_run(told))
        self.assertEqual({row["year"] for row in answer["reliance"]}, {1995, 2005, 2011})
        grouped = {"worlds": [WORLD], "measures": ["reliance"], "groups": ["PAIR=DEU,FRA"],
                   "buyers": ["PAIR"]}
        told = self.cli("depend", WORLD, "--measure", "reliance", "--group", "PAIR=DEU,FRA", "--buyer",
                        "PAIR")
        self.assertEqual(without_run(self.answered(server, "/api/v1/measures", grouped)),
                         without_run(told))

    def test_wrong_measures(self):
        server = self.serve()
        path = "/api/v1/measures"
        wrong = {"worlds": [WORLD], "measures": ["relyance"], "groups": ["=", "A"], "share": 7,
                 "kind": "x", "method": "y", "detail": "yes", "more": 1}
        error = self.check(server.post(path, wrong), path, "POST", 422)["error"]
        self.assertEqual(len(error["further"]) + 1, 8, error)
        for body, status in (({"worlds": [], "measures": ["reliance"]}, 422),
                             ({"worlds": ["../x"], "measures": ["reliance"]}, 404),
                             ({"worlds": [WORLD], "measures": ["change"]}, 422),
                             ({"worlds": [WORLD], "measures": ["paths"]}, 422),
                             ({"worlds": [WORLD, RECENT], "measures": ["reliance"]}, 422),
                             ({"worlds": [WORLD] * 2, "measures": ["reliance"]}, 422),
                             ({"worlds": ["w"] * 13, "measures": ["reliance"]}, 422)):
            with self.subTest(body=body):
                self.check(server.post(path, body), path, "POST", status)

    def test_tiers(self):
        server = self.serve()
        path = "/api/v1/tiers"
        answer = self.answered(server, path, {"world": WORLD, "buyer": "CHN:c14", "tiers": 4})
        depend = self.answered(server, "/api/v1/depend", {"world": WORLD, "buyers": ["CHN:c14"]})
        face_value = sum(row["face_value"] for row in depend["reliance"])
        look_through = sum(row["look_through"] for row in depend["reliance"])
        self.assertAlmostEqual(answer["tiers"][0]["value"], face_value, 10)
        self.assertAlmostEqual(sum(tier["value"] for tier in answer["tiers"]) + answer["beyond"],
                               look_through, 10)
        self.assertEqual({flow["to"] for flow in answer["flows"] if flow["tier"] == 1}, {"CHN"})
        for body, status in (({"world": WORLD}, 422), ({"world": WORLD, "buyer": "XXX"}, 422),
                             ({"world": WORLD, "buyer": "CHN", "tiers": 0}, 422),
                             ({"world": "/etc/passwd", "buyer": "CHN"}, 404)):
            self.check(server.post(path, body), path, "POST", status)

    def test_compute_as_the_command_line(self):
        server = self.serve()
        path = "/api/v1/compute"
        answer = self.answered(server, path, {"draws": 64, "seed": 3, "chips": ["H100"]})
        told = self.cli("compute", "--draws", 64, "--seed", 3, "--chip", "H100")
        self.assertEqual(without_run(answer), without_run(told))
        number = answer["numbers"][0]
        text = f"key,value\n{number['key']},{number['value'] * 2}\n"
        changed = self.answered(server, path, {"draws": 64, "seed": 3, "parameters": text})
        self.assertEqual(changed["numbers"][0]["value"], number["value"] * 2)
        self.assertIn("parameters", json.dumps(changed["origin"]["inputs"]))
        for body in ({"draws": 0}, {"chips": ["no such chip"]}, {"parameters": "key,value\nx,y\n"},
                     {"parameters": "default:../../x"}, {"seed": -1}, {"chip": "H100"}):
            with self.subTest(body=body):
                self.check(server.post(path, body), path, "POST", 422)

    def test_supply_trees_as_the_command_line(self):
        server = self.serve()
        path = "/api/v1/leverage/supply-tree"
        asked = {"technology": "ai-chips", "target": "CHN", "k": 2, "draws": 8, "seed": 3, "theta": 5,
                 "gates": ["lithography"]}
        answer = self.answered(server, path, asked)
        told = self.cli("leverage", "chokepoints", "--technology", "ai-chips", "--target", "CHN", "--k", 2,
                        "--draws", 8, "--seed", 3, "--theta", 5, "--gates", "lithography")
        self.assertEqual(without_run(answer), without_run(told))
        makers = "stage,firm,country,share\nlithography,Kiln,NLD,0.9\n"
        changed = self.answered(server, path, {**asked, "providers": makers})
        self.assertIn("Kiln", {each["name"] for each in changed["actors"]})
        for body in ({"target": "CHN"}, {"technology": "ai-chips", "target": "chn"},
                     {"technology": "../../x", "target": "CHN"}, {**asked, "providers": "a,b\n1,2\n"},
                     {**asked, "k": 7}, {**asked, "gates": ["hope"]}, {**asked, "draws": 1000}):
            with self.subTest(body=body):
                self.check(server.post(path, body), path, "POST", 422)

    def test_a_study_of_several_worlds_as_the_command_line(self):
        server = self.serve()
        study = (f'title = "Two years"\nworld = "{WORLD}"\n[leverage.power]\nsenders = ["USA"]\n'
                 f'targets = ["CHN"]\ndays = 1\nworlds = ["world-2005", "{WORLD}"]\n')
        run = self.finished(server, "/api/v1/studies", {"study": study})
        (self.folder / "study.toml").write_text(study)
        told = self.cli("run", "study.toml", "-o", "told")
        self.assertEqual(without_run(self.results(server, run)), without_run(told))
        wrong = study.replace("world-2005", "../world-2005")
        error = self.check_error(server.post("/api/v1/studies", {"study": wrong}), 422)
        self.assertEqual(error["where"], "study.toml:7")

    def test_examples_are_right(self):
        server = self.serve()
        examples = self.check(server.get("/api/v1/examples"), "/api/v1/examples", "GET", 200)
        names = {each["name"]: each for each in examples["studies"]}
        self.assertEqual(set(names), {path.stem for path in (ROOT / "studies").glob("*.toml")})
        self.assertEqual(names["02-chip-autonomy"]["kind"], "autonomy")
        self.assertEqual(names["01-chip-cutoff"]["kind"], "study")
        self.assertEqual(names["scenario-example"]["kind"], "scenario")
        for technology in examples["technologies"]:
            self.assertLessEqual({"sceptic", "central", "optimist"}, set(technology["presets"]))
        for each in examples["studies"]:
            body = {"kind": each["kind"], "text": each["text"], "world": WORLD}
            with self.subTest(name=each["name"]):
                answer = self.answered(server, "/api/v1/validate", body)
                self.assertEqual(answer["findings"], [])
                self.assertTrue(answer["valid"])

    def test_validate_finds_everything_at_its_line(self):
        server = self.serve()
        path = "/api/v1/validate"
        scenario = SCENARIO.replace("USA", "USB").replace("CHN", "CHM") + "foo = 1\n"
        study = ("title = 'x'\nquestion = 'q'\nworld = '%s'\n[[scenario]]\nname = 'a'\n[[scenario.cut]]\n"
                 "sellers = ['USB']\nbuyers = ['CHN']\nshare = 2\n[disrupt]\ndays = 'x'\n")
        cases = (({"kind": "scenario", "text": scenario, "world": WORLD}, {4, 5, 9}),
                 ({"kind": "study", "text": study % WORLD}, {7, 9, 11}),
                 ({"kind": "study", "text": study % "../x"}, {None, 9, 11}),
                 ({"kind": "trade-scenario", "text": TARIFF.replace("USA", "USB").replace("0.1", "-3"),
                   "world": WORLD}, {6, 8}),
                 ({"kind": "autonomy", "text": "title = 'x'\nfoo = 1\n"}, {1, 2}),
                 ({"kind": "game", "text": "title = 'x'\nfoo = 1\n"}, {1, 2}),
                 ({"kind": "game", "text": "[[x"}, {1}), ({"kind": "study", "text": ""}, {None}))
        for body, lines in cases:
            with self.subTest(body=body):
                answer = self.answered(server, path, body)
                self.assertFalse(answer["valid"])
                self.assertEqual({each["line"] for each in answer["findings"]}, lines,
                                 answer["findings"])
        for body, status in (({"kind": "x", "text": ""}, 422), ({"text": ""}, 422),
                             ({"kind": "scenario", "text": ""}, 422), ({"kind": "game", "text": 7}, 422),
                             ({"kind": "scenario", "text": "", "world": "../x"}, 404)):
            self.check(server.post(path, body), path, "POST", status)

    def test_game_as_the_command_line(self):
        server = self.serve()
        run = self.finished(server, "/api/v1/leverage/game", {"game": GAME})
        (self.folder / "game.toml").write_text(GAME)
        self.assertEqual(without_run(self.results(server, run)),
                         without_run(self.cli("leverage", "game", "game.toml")))
        state = server.get(f"/api/v1/runs/{run}").json()
        self.assertEqual((state["world"], state["title"]), ("", "A standoff"))
        self.assertNotIn("tables", state["links"])
        for name in ("tables", "results.nc", "report"):
            error = self.check_error(server.get(f"/api/v1/runs/{run}/{name}"), 404)
            self.assertIn("results.json", error["hint"])
        wrong = {"game": "title = 'x'\nfoo = 1\n"}
        self.check(server.post("/api/v1/leverage/game", wrong), "/api/v1/leverage/game", "POST", 422)

    def test_leverage_as_the_command_line(self):
        server = self.serve()
        asked = {"world": WORLD, "senders": ["USA"], "targets": ["CHN"], "sectors": ["c14"], "days": 20,
                 "draws": 8, "seed": 1}
        run = self.finished(server, "/api/v1/leverage/power", asked)
        told = self.cli("leverage", "power", WORLD, "--senders", "USA", "--targets", "CHN", "--sectors",
                        "c14", "--days", 20, "--draws", 8, "--seed", 1)
        self.assertEqual(without_run(self.results(server, run)), without_run(told))
        self.assertIn("power", server.get(f"/api/v1/runs/{run}/tables").json()["tables"])
        asked = {"world": WORLD, "target": "CHN", "k": 1, "senders": ["USA", "JPN"], "sectors": ["c14"]}
        run = self.finished(server, "/api/v1/leverage/chokepoints", asked)
        told = self.cli("leverage", "chokepoints", WORLD, "--target", "CHN", "--k", 1, "--senders",
                        "USA,JPN", "--sectors", "c14")
        self.assertEqual(without_run(self.results(server, run)), without_run(told))
        asked = {"world": WORLD, "target": "CHN", "k": 1, "attack_links": 1, "measures": 2}
        run = self.finished(server, "/api/v1/leverage/defend", asked)
        told = self.cli("leverage", "defend", WORLD, "--target", "CHN", "--k", 1, "--attack-links", 1,
                        "--measures", 2)
        self.assertEqual(without_run(self.results(server, run)), without_run(told))

    def test_threats_as_the_command_line(self):
        server = self.serve()
        for name, asked, told in (
                ("bargain", {"world": WORLD, "first": ["USA"], "second": ["CHN"], "draws": 4, "seed": 1},
                 ["--first", "USA", "--second", "CHN", "--draws", 4, "--seed", 1]),
                ("signal", {"world": WORLD, "target": "USA", "senders": ["CHN"], "sectors": ["c14"]},
                 ["--target", "USA", "--senders", "CHN", "--sectors", "c14"]),
                ("frontier", {"world": WORLD, "buyer": "USA", "rivals": ["CHN"], "prices": [0.5]},
                 ["--buyer", "USA", "--rivals", "CHN", "--prices", 0.5])):
            with self.subTest(name=name):
                run = self.finished(server, f"/api/v1/leverage/{name}", asked)
                self.assertEqual(without_run(self.results(server, run)),
                                 without_run(self.cli("leverage", name, WORLD, *told)))
                tables = server.get(f"/api/v1/runs/{run}/tables").json()["tables"]
                table = {"bargain": "bargains", "signal": "signals"}.get(name, name)
                self.assertIn(table, tables)
                error = self.check_error(server.get(f"/api/v1/runs/{run}/results?tables={table}"), 404)
                self.assertIn(table, error["hint"])
                whole = server.get(f"/api/v1/runs/{run}/results").json()
                self.assertEqual(whole["left_out"], [])

    def test_wrong_leverage(self):
        server = self.serve()
        for name, body, count in (
                ("power", {"world": WORLD, "senders": ["USB"], "targets": ["CHM"], "sectors": ["c99"]}, 3),
                ("power", {"world": WORLD, "draws": 5, "days": 0, "horizon": -1, "together": 1}, 4),
                ("power", {"world": WORLD, "seed": 5}, 1),
                ("chokepoints", {"world": WORLD, "target": "CHM", "senders": ["USB"]}, 2),
                ("chokepoints", {"world": WORLD, "k": 21, "sender_limit": 1000, "reach": 0}, 4),
                ("defend", {"world": WORLD, "target": "CHN", "keep": 2, "measures": 0}, 2),
                ("bargain", {"world": WORLD, "first": ["USA"], "second": ["CHM"]}, 1),
                ("bargain", {"world": WORLD, "first": ["USA"], "second": ["USA"], "weight": 2}, 2),
                ("signal", {"world": WORLD, "target": "CHN", "instrument": "ban", "belief": -1}, 3),
                ("frontier", {"world": WORLD, "buyer": "CHN", "rivals": [], "prices": [-1]}, 2)):
            path = f"/api/v1/leverage/{name}"
            with self.subTest(path=path, body=body):
                error = self.check(server.post(path, body), path, "POST", 422)["error"]
                self.assertEqual(len(error.get("further", [])) + 1, count, error)
        for name in ("power", "chokepoints", "defend"):
            body = {"world": "../world-2011", "target": "CHN"} if name != "power" else {"world": "x"}
            self.check_error(server.post(f"/api/v1/leverage/{name}", body), 404)
        path = "/api/v1/leverage/power"
        for field, value in (("theta", "/etc/passwd"), ("compare", ["low", "../x.csv"])):
            answer = server.post(path, {"world": WORLD, "senders": ["USA"], "targets": ["CHN"],
                                        field: value})
            self.assertEqual(self.check(answer, path, "POST", 422)["error"]["where"], field)
            self.assertNotIn(b"root:", answer.body)
        error = self.check_error(server.post("/api/v1/leverage/bargain",
                                             {"world": WORLD, "first": ["USA"], "second": ["USA"]}), 422)
        self.assertEqual(error["where"], "second")
        self.assertEqual(server.get("/api/v1/runs").json()["runs"], [])
        self.alive(server)

    def test_localize_as_the_command_line(self):
        server = self.serve()
        study = (ROOT / "studies/02-chip-autonomy.toml").read_text()
        path = "/api/v1/localize"
        run = self.finished(server, path, {"study": study, "draws": 0})
        (self.folder / "study.toml").write_text(study)
        told = self.cli("localize", "study.toml", "--draws", 0)
        self.assertEqual(without_run(self.results(server, run)), without_run(told))
        state = server.get(f"/api/v1/runs/{run}").json()
        self.assertLessEqual({"report", "tables", "netcdf"}, set(state["links"]))
        short = re.sub(r"draws = \d+", "draws = 0", study)
        run = self.finished(server, "/api/v1/studies", {"study": short})
        self.assertEqual(self.results(server, run)["schema"]["name"], "linchpin.results")
        run = self.finished(server, path, {"study": study, "draws": 0, "preset": "optimist"})
        self.assertEqual(self.results(server, run)["origin"]["options"]["preset"], "optimist")
        wrong = study.replace('region = "CHN"', 'region = "CHM"').replace("ai-chips", "../ai-chips")
        error = self.check(server.post(path, {"study": wrong}), path, "POST", 422)["error"]
        self.assertIn("CHM", error["what"])
        self.assertIn("the server opens none", json.dumps(error))
        for body, status in (({"study": study, "technologies": ["lamps"]}, 422),
                             ({"study": study.replace("world-2022e", "/etc/passwd")}, 404),
                             ({"study": "title = 'x'"}, 422), ({"study": study, "draws": -1}, 422),
                             ({"study": study, "preset": "bold"}, 422)):
            self.check(server.post(path, body), path, "POST", status)

    def test_draws_as_the_command_line(self):
        server = self.serve()
        asked = {"world": WORLD, "scenario": SCENARIO, "days": 20, "draws": 8, "seed": 5,
                 "design": "sobol"}
        run = self.finished(server, "/api/v1/disrupt", asked)
        (self.folder / "scenario.toml").write_text(SCENARIO)
        told = self.cli("disrupt", WORLD, "--scenario", "scenario.toml", "--days", 20, "--draws", 8,
                        "--seed", 5, "--design", "sobol")
        self.assertEqual(without_run(self.results(server, run)), without_run(told))
        asked = {"world": WORLD, "scenario": TARIFF, "draws": 8, "seed": 5, "parts": 4,
                 "gradient": "USA", "top": 5}
        run = self.finished(server, "/api/v1/equilibrium", asked)
        (self.folder / "scenario.toml").write_text(TARIFF)
        told = self.cli("equilibrium", WORLD, "--scenario", "scenario.toml", "--draws", 8, "--seed", 5,
                        "--parts", 4, "--gradient", "USA", "--top", 5)
        self.assertEqual(without_run(self.results(server, run)), without_run(told))
        for path, scenario in (("/api/v1/disrupt", SCENARIO), ("/api/v1/equilibrium", TARIFF)):
            for more in ({"draws": 5}, {"seed": 5}, {"draws": 0, "seed": 1}, {"draws": 10**9, "seed": 1},
                         {"draws": 5, "seed": -1}, {"draws": 5, "seed": 1, "design": "dice"}):
                body = {"world": WORLD, "scenario": scenario, **more}
                with self.subTest(path=path, more=more):
                    self.check(server.post(path, body), path, "POST", 422)
        for more in ({"parts": 3}, {"gradient": "USB"}):
            body = {"world": WORLD, "scenario": TARIFF, **more}
            self.check(server.post("/api/v1/equilibrium", body), "/api/v1/equilibrium", "POST", 422)

    def test_tables_of_runs(self):
        server = self.serve()
        asked = (("/api/v1/disrupt", {"world": WORLD, "scenario": SCENARIO, "days": 15}, "loss_by_region"),
                 ("/api/v1/equilibrium", {"world": WORLD, "scenario": TARIFF}, "equilibrium_regions"))
        for path, body, expected in asked:
            run = self.finished(server, path, body)
            links = server.get(f"/api/v1/runs/{run}").json()["links"]
            self.assertLessEqual({"results", "netcdf", "tables"}, set(links))
            base = "/api/v1/runs/{run}"
            names = self.check(server.get(links["tables"]), f"{base}/tables", "GET", 200)["tables"]
            self.assertIn(expected, names)
            for name in names:
                text = self.check(server.get(f"{links['tables']}/{name}"), f"{base}/tables/{{table}}",
                                  "GET", 200).decode()
                self.assertTrue(list(csv.reader(io.StringIO(text))))
            content = self.check(server.get(links["netcdf"]), f"{base}/results.nc", "GET", 200)
            self.assertEqual(content[:4], b"\x89HDF")
            self.check_error(server.get(f"/api/v1/runs/{run}/report"), 404)

    def test_every_operation_is_driven(self):
        text = "".join(path.read_text() for path in sorted((ROOT / "tests/api").glob("test_*.py")))
        for path in OPENAPI["paths"]:
            last = path.rsplit("/", 1)[1]
            self.assertIn(last if "{" not in last else path.rsplit("/", 2)[1], text, path)


if __name__ == "__main__":
    unittest.main()
