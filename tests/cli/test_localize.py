# SPDX-License-Identifier: Apache-2.0
"""The autonomy curve: the document, draws and their checkpoint, presets, drivers, the best programme, what cannot be."""
import json
import signal
import subprocess
import time
import unittest

import jsonschema

from support import BINARY, ROOT, CliTest

STUDY = ROOT / "studies/02-chip-autonomy.toml"
CHIPS = ("--technology", "ai-chips")
TABLES = ["autonomy", "manageable", "break_even", "cut_off_years", "autonomy_cost", "bill_cost", "undercut", "competitors",
          "competitor_sectors", "dependence_on_newcomer", "gates", "denial", "compute", "compute_limits", "compute_thresholds",
          "scale_up", "compute_years"]


def column(table, name):
    names = [each["name"] for each in table["columns"]]
    return table["data"][names.index(name)]


class Localize(CliTest):
    def short(self, years=3, more=""):
        text = STUDY.read_text(encoding="utf-8").replace("years = 15", f"years = {years}")
        return self.write("short.toml", more + text.replace("presets = true", "presets = false"))

    def table(self, document, name):
        return next(each for each in document["tables"] if each["name"] == name)

    def test_the_document_follows_its_schema(self):
        schema = json.loads((ROOT / "docs/formats/schema/linchpin.localize.json").read_text())
        self.short()
        document = self.ok_json("localize", "short.toml", "--draws", 4, *CHIPS)
        again = self.ok_json("localize", "short.toml", "--draws", 4, *CHIPS, "--threads", 1)
        jsonschema.Draft202012Validator(schema).validate(document)
        self.assertEqual(document["autonomy"], again["autonomy"])
        self.assertEqual(len(document["autonomy"]), 3)
        self.assertEqual([each["name"] for each in document["tables"]], TABLES)
        for row in document["autonomy"]:
            for key in ("domestic_share", "cutoff_loss_pct_income", "programme_cost_pct_income"):
                self.assertLessEqual(row[key]["p05"], row[key]["p95"])
            self.assertGreaterEqual(row["cutoff_loss_pct_income"]["p95"], 0)
        cost = self.table(document, "autonomy_cost")
        for year in {2025, 2027}:
            shares = [share for at, share in zip(column(cost, "year"), column(cost, "share_pct"))
                      if at == year]
            self.assertAlmostEqual(sum(shares), 100)

    def test_the_central_path_needs_no_draws(self):
        self.short()
        document = self.ok_json("localize", "short.toml", "--draws", 0, *CHIPS)
        row = document["autonomy"][0]["domestic_share"]
        self.assertEqual(row["p05"], row["p95"])
        self.assertEqual(document["failed_draws"], 0)
        loss = document["technologies"][0]["central"]["with_programme"][0]
        self.assertAlmostEqual(loss["domestic_share"], 0.25, delta=0.1)
        curve = self.table(document, "autonomy")
        self.assertEqual(column(curve, "domestic_share_pct_p50"), [None] * 3)

    def test_draws_go_on_from_a_checkpoint(self):
        self.short(2)
        asked = ["localize", "short.toml", *CHIPS, "--draws", 48, "--seed", 3]
        whole = self.ok_json(*asked)
        running = subprocess.Popen([BINARY, *map(str, asked), "--checkpoint", "c.nc", "--json"], cwd=self.folder,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 200
        while not (self.folder / "c.nc").exists() and running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=120)
        self.assertTrue((self.folder / "c.nc").exists())
        resumed = self.ok_json(*asked, "--checkpoint", "c.nc")
        for key in ("autonomy", "manageable", "break_even_probability", "failed_draws"):
            self.assertEqual(whole[key], resumed[key])
        given = self.table(whole, "drivers_given")
        self.assertEqual(given["data"], self.table(resumed, "drivers_given")["data"])
        self.assertEqual(len(set(column(given, "outcome"))), 3)
        for verdict in column(given, "verdict"):
            self.assertEqual(verdict, "too few draws")
        self.assertNotIn("entry_cost", column(given, "number"))
        self.bad(*asked[:-1], 4, "--checkpoint", "c.nc", says=["another ensemble", "seed: 3 there, 4 here"])
        self.bad("localize", "short.toml", "--draws", 0, "--checkpoint", "d.nc", says=["--checkpoint"])

    def test_presets_are_in_order(self):
        self.short(8)
        document = self.ok_json("localize", "short.toml", "--draws", 0, "--presets", *CHIPS)
        presets = self.table(document, "presets")
        self.assertEqual(sorted(set(column(presets, "preset"))), ["central", "optimist", "sceptic"])
        last = {}
        for preset, share in zip(column(presets, "preset"), column(presets, "domestic_share_pct")):
            last[preset] = share
        self.assertLess(last["sceptic"], last["central"])
        self.assertLess(last["central"], last["optimist"])
        alone = self.ok_json("localize", "short.toml", "--draws", 0, "--preset", "optimist", *CHIPS)
        self.assertEqual(alone["preset"], "optimist")
        share = column(self.table(alone, "autonomy"), "domestic_share_pct")[-1]
        self.assertAlmostEqual(share, last["optimist"], places=9)

    def test_subsidies_taken_away(self):
        self.short(6, "")
        text = (self.folder / "short.toml").read_text() + "\n[subsidies]\nend_after = [2]\n"
        self.write("short.toml", text)
        document = self.ok_json("localize", "short.toml", "--draws", 0, *CHIPS)
        test = self.table(document, "subsidy_test")
        self.assertEqual(column(test, "subsidies_until"), [2027, 2027])
        self.assertEqual(column(test, "ends"), ["subsidies", "all"])
        part, all_of_it = column(test, "domestic_share_end_pct")
        self.assertLessEqual(all_of_it, part)
        self.assertLessEqual(part, column(test, "domestic_share_full_pct")[0] + 1e-9)
        self.assertTrue(any("only subsidy" in line for line in document["technologies"][0]["headlines"]))

    def test_only_chips_are_computing_power(self):
        self.short(3)
        asked = ("localize", "short.toml", "--draws", 0, "--technology", "industrial-robots")
        document = self.ok_json(*asked)
        names = [table["name"] for table in document["tables"]]
        self.assertFalse([name for name in names if name.startswith("compute")], names)
        lines = document["technologies"][0]["headlines"]
        self.assertFalse([line for line in lines if "Computing power" in line], lines)

    def test_a_cut_off_is_the_sum_of_its_years(self):
        self.short(3)
        document = self.ok_json("localize", "short.toml", "--draws", 0, *CHIPS)
        years = self.table(document, "cut_off_years")
        used, lost = {}, {}
        for path, start, loss, weight, use, later in zip(*(column(years, name) for name in (
                "path", "start", "loss_pct", "weight", "final_use", "later_pct"))):
            used[path, start] = used.get((path, start), 0) + weight * use
            lost[path, start] = lost.get((path, start), 0) + weight * use * loss + later
        curve = self.table(document, "autonomy")
        for year, with_it, without in zip(*(column(curve, name) for name in (
                "year", "cutoff_loss_pct", "cutoff_loss_without_pct"))):
            self.assertAlmostEqual(lost["programme", year] / used["programme", year], with_it, places=9)
            self.assertAlmostEqual(lost["none", year] / used["none", year], without, places=9)

    def test_denial_says_which_way_it_goes(self):
        self.short(4)
        document = self.ok_json("localize", "short.toml", "--draws", 0, *CHIPS)
        denial = self.table(document, "denial")
        self.assertEqual(sorted(set(column(denial, "denied"))), ["both", "nothing", "the product", "tools"])
        for denied, speed, open_speed in zip(*(column(denial, name) for name in
                                               ("denied", "catch_up_speed", "undenied_speed"))):
            if denied in ("nothing", "the product"):
                self.assertAlmostEqual(speed, open_speed)
            else:
                self.assertLess(speed, open_speed)
        lines = document["technologies"][0]["headlines"]
        self.assertLessEqual(len(lines), 7)
        self.assertTrue(any("Does denial backfire?" in line for line in lines))

    def test_the_best_programme_of_one_instrument(self):
        self.short(4)
        text = (self.folder / "short.toml").read_text()
        def of(amount):
            study = text + ("\n[optimal]\nphases = 1\nstarts = 2\nevaluations = 40\nbudget = 100\nhazard = 0.3\n"
                            "instruments = [\"mandate\"]\n[optimal.bounds]\nmandate = [0, 0.6]\n")
            study = study.replace("from = 2026", "from = 2025").replace("amount = 0.2\n", f"amount = {amount}\n", 1)
            self.write("one.toml", study)
            return "one.toml"
        best = self.ok_json("localize", of(0.2), "--draws", 0, *CHIPS)
        summary = self.table(best, "optimal_summary")
        total = dict(zip(column(summary, "plan"), column(summary, "total")))
        self.assertLessEqual(total["optimal"], total["yours"] * (1 + 1e-6) + 1e-9)
        self.assertEqual(column(summary, "shadow_price")[2], 0)  # the budget is no limit
        amounts = self.table(best, "optimal")
        self.assertEqual(column(amounts, "instrument"), ["mandate"])
        self.assertTrue(0 <= column(amounts, "amount_optimal")[0] <= 0.6)

    def test_single_years_below_the_threshold_are_no_manageable_year(self):
        self.short(3)
        text = (self.folder / "short.toml").read_text()
        for threshold, words in ((0.0001, "is not manageable"), (90, "is manageable for China from 2025 on")):
            self.write("short.toml", text.replace("threshold_pct = 0.05\n", f"threshold_pct = {threshold}\n"))
            document = self.ok_json("localize", "short.toml", "--draws", 0, *CHIPS)
            self.assertIn(words, document["technologies"][0]["headlines"][0])
            self.assertEqual(document["manageable"][0]["threshold_pct"], threshold)
            self.assertEqual(document["manageable"][0]["threshold_of"], "income")

    def test_a_threshold_may_be_of_the_market(self):
        self.short(3)
        text = (self.folder / "short.toml").read_text()
        self.write("short.toml", text.replace("threshold_pct = 0.05\n", 'threshold_pct = 95\nthreshold_of = "market"\n'))
        document = self.ok_json("localize", "short.toml", "--draws", 0, *CHIPS)
        self.assertIn("95 % of what it buys of the technology", document["technologies"][0]["headlines"][0])
        self.assertEqual(document["manageable"][0]["threshold_of"], "market")
        curve = self.table(document, "autonomy")
        market = self.table(document, "manageable")
        share = column(market, "market_pct")[0]
        for year, (loss, of_market) in enumerate(zip(column(curve, "cutoff_loss_pct"), column(curve, "cutoff_loss_market_pct"))):
            self.assertAlmostEqual(of_market, 100 * loss / (share * 1.08**year), delta=1e-6 * of_market)

    def test_a_subsidy_on_plants_moves_what_is_made_at_home(self):
        self.short(5)
        text = (self.folder / "short.toml").read_text()
        self.assertIn('kind = "investment-subsidy"', text)
        made = []
        for amount in ("amount = 0.3\n", "amount = 0\n"):
            self.write("short.toml", text.replace("amount = 0.3\n", amount))
            document = self.ok_json("localize", "short.toml", "--draws", 0, *CHIPS)
            made.append(column(self.table(document, "autonomy"), "domestic_share_pct"))
            said = "subsidy on plants adds at most" in json.dumps(document["technologies"][0]["notes"])
            self.assertEqual(said, amount == "amount = 0.3\n")
        for paid, unpaid in zip(*made):
            self.assertGreaterEqual(paid, unpaid - 1e-9)
        self.assertGreater(made[0][-1], made[1][-1] + 0.1)

    def test_computing_power_and_other_sectors_follow_the_path(self):
        text = (ROOT / "studies/11-chips-others-build-on.toml").read_text(encoding="utf-8")
        self.write("eleven.toml", text.replace("years = 10", "years = 3").replace("draws = 1024", "draws = 64"))
        document = self.ok_json("localize", "eleven.toml", "--draws", 0)
        years = self.table(document, "compute_years")
        self.assertEqual(column(years, "path"), ["programme"] * 3 + ["none"] * 3)
        for name in ("gap_months_p50", "effective_compute_p50", "chips_p50"):
            self.assertTrue(all(value > 0 for value in column(years, name)), name)
        now = self.table(document, "compute")
        self.assertEqual([bool(word) for word in column(now, "binding")], [True] + [False] * 4)
        self.assertIsNotNone(column(now, "gap_months_p50")[-1])
        stock = column(self.table(document, "diffusion"), "stock")
        self.assertEqual((stock[0], stock[3]), (1, 1))
        self.assertIn("none", column(self.table(document, "compute_thresholds"), "limit_met"))
        sectors = self.table(document, "diffusion_sectors")
        gain = dict(zip(column(sectors, "sector"), column(sectors, "productivity_pct")))
        self.assertGreater(gain["SERV"], gain["A01"])
        self.assertTrue(any(line.startswith("Computing power along the path")
                            for line in document["technologies"][0]["headlines"]))

    def test_run_writes_a_report(self):
        self.short(2)
        text = (self.folder / "short.toml").read_text().replace("draws = 1000", "draws = 0")
        self.write("short.toml", text)
        results = self.ok_json("run", "short.toml", "-o", "out")
        self.assertEqual([each["name"] for each in results["tables"]][:9], TABLES[:9])
        self.assertEqual(len(results["headlines"]), len(results["headline_scenarios"]))
        self.assertIn("China", results["headlines"][0])
        for name in ("report.html", "results.json", "tables/autonomy.csv"):
            self.assertIn("out/" + name, self.left_over())
        schema = json.loads((ROOT / "docs/formats/schema/linchpin.results.json").read_text())
        jsonschema.Draft202012Validator(schema).validate(results)

    def test_bad_input_names_everything(self):
        self.bad("localize", STUDY, "--technology", "ai-chip", says=["ai-chip", "ai-chips"])
        self.bad("localize", STUDY, "--preset", "pessimist", says=["pessimist"])
        self.bad("localize", STUDY, *CHIPS, "--drivers", 100, says=["100 draws are too few"])
        text = STUDY.read_text(encoding="utf-8") + '\n[drivers]\ndraws = 200\nnumbers = ["markups", "magic"]\n'
        self.write("drivers.toml", text)
        self.bad("localize", "drivers.toml", *CHIPS, "--draws", 0, says=["markups", "magic", "markup"])
        text = STUDY.read_text(encoding="utf-8").replace('region = "CHN"', 'region = "CHN"\nbudget = 1')
        text = text.replace("leakage = 0.1 ", "leakage = 2 ").replace("presets = true", 'preset = "x"')
        self.write("wrong.toml", text)
        self.bad("localize", "wrong.toml", says=["budget", "leakage", "no preset is called 'x'"])
        self.bad("run", "wrong.toml", says=["budget", "leakage"])

    def test_bad_technologies_name_everything(self):
        shipped = ROOT / "data/parameters/technologies/industrial-robots"
        toml = (shipped / "technology.toml").read_text().replace('sector = "C28"\n', "").replace("[presets.sceptic]", "[presets.grump]")
        csv = (shipped / "numbers.csv").read_text()
        csv = csv.replace("lead_time.robot,", "lead_time.robot,-1,-1,-1,years,x,x,2025,assumption,x\nlead_time.robots,", 1)
        rows = csv.splitlines()
        supplier = next(row for row in rows if row.startswith("supplier.robot."))
        csv = csv.replace(supplier, supplier.split(",")[0] + ",1.5,1.5,1.5,share,x,x,2025,assumption,x")
        market = (shipped / "market.csv").read_text()
        market = "\n".join(row for row in market.splitlines() if not row.startswith("markup"))
        self.write("mine/technology.toml", toml)
        self.write("mine/numbers.csv", csv + "input.sensors>robot,1,1,1,units per unit,x,x,2025,assumption,x\n")
        self.write("mine/market.csv", market + "\n")
        text = STUDY.read_text(encoding="utf-8").replace('name = "industrial-robots"', 'name = "./mine"')
        text = text.replace('technology = "industrial-robots"', 'technology = "./mine"').replace('region = "CHN"', 'region = "CHM"')
        self.write("mine.toml", text)
        self.bad("localize", "mine.toml", "--draws", 0, "--technology", "./mine",
                 says=["CHM", "sector", "sceptic", "lead_time", "1.5"])
        self.write("mine/technology.toml", (shipped / "technology.toml").read_text())
        self.write("mine/numbers.csv", (shipped / "numbers.csv").read_text()
                   + "input.sensors>robot,1,1,1,units per unit,x,x,2025,assumption,x\n")
        self.bad("localize", "mine.toml", "--draws", 0, "--technology", "./mine",
                 says=["CHM", "robot", "sensors"])
        self.write("mine/numbers.csv", (shipped / "numbers.csv").read_text())
        self.bad("localize", "mine.toml", "--draws", 0, "--technology", "./mine", says=["CHM", "nothing says markup"])


if __name__ == "__main__":
    unittest.main()
