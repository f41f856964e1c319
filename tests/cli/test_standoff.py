# SPDX-License-Identifier: Apache-2.0
"""Stand-offs of studies: licences, time on the ladder, the daily model, a computed path."""
import csv
import unittest

from support import ROOT, CliTest

HEAD = """title = "Licences"
world = "world-2022e"
[leverage]
theta = "default"
horizon_years = 1
[[leverage.carve]]
line = "ACC"
host = "C26"
home = "CHN"
world_sales = {value = 60000, note = "made up"}
home_buys = {value = 0.3, note = "made up"}
home_share = {value = 0.25, note = "made up"}
theta = {value = 1.5, note = "made up"}
suppliers = {TWN = 0.6, USA = 0.4}
[[leverage.standoff]]
name = "licences"
players = ["USA", "CHN"]
losses = "both"
[leverage.standoff.stakes]
USA = {value = 0.1, note = "made up"}
CHN = {value = 0.001, note = "made up"}
"""
ACTIONS = """[[leverage.standoff.action]]
name = "half"
player = "USA"
kind = "licences"
limit = 0.5
sellers = ["USA", "TWN"]
buyers = ["CHN"]
sectors = ["ACC"]
[[leverage.standoff.action]]
name = "duty"
player = "CHN"
kind = "tariff"
rate = 0.2
sellers = ["USA"]
buyers = ["CHN"]
sectors = "goods"
[[leverage.standoff.rung]]
name = "answer"
player = "CHN"
in_force = "half"
months = 3
[[leverage.standoff.rung.move]]
name = "give way"
in_force = "nothing"
gives_way = "CHN"
[[leverage.standoff.rung.move]]
name = "endure"
in_force = "half"
"""
AFTER = """[[leverage.after]]
line = "ACC"
autonomy = "{study}"
technology = "{technology}"
years = [2025, 2030]
"""


class TestStandoffs(CliTest):
    def run_study(self, text):
        """What the program said, and the tables it wrote."""
        self.write("s.toml", text)
        done = self.run_cli("run", "s.toml", "-o", "out")
        tables = {}
        for path in (self.folder / "out" / "tables").glob("*.csv"):
            with path.open(encoding="utf-8") as lines:
                tables[path.stem] = list(csv.DictReader(lines))
        return done, tables

    def test_licences_and_time_along_a_computed_path(self):
        study = ROOT / "studies" / "02-chip-autonomy.toml"
        done, tables = self.run_study(
            HEAD + ACTIONS + AFTER.format(study=study, technology="ai-chips"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([row["kind"] for row in tables["standoff_actions"]], ["licences", "tariff"])
        loss = {(row["play"], row["player"]): float(row["loss_pct"]) for row in tables["payoffs"]}
        half = loss["USA: half; CHN: nothing", "CHN"]
        self.assertGreater(half, 0)
        ends = {(row["move"], row["player"]): float(row["loss_pct"]) for row in tables["ladder_ends"]}
        self.assertAlmostEqual(ends["give way", "CHN"], half / 4, places=12)
        self.assertAlmostEqual(ends["endure", "CHN"], half, places=12)
        daily = {(row["in_force"], row["region"]): row for row in tables["first_year"]}
        self.assertEqual(daily["half", "CHN"]["days"], "365")
        self.assertEqual(daily["duty", "CHN"]["daily_pct"], "")
        self.assertEqual(daily["half", "TWN"]["role"], "other")
        # The path is the central one of the programme: what is spent at home grows, power falls.
        path = tables["power_after"]
        self.assertEqual([row["year"] for row in path], ["2025", "2030"])
        self.assertGreater(float(path[1]["home_share"]), float(path[0]["home_share"]))
        self.assertLess(float(path[1]["target_loss_pct"]), float(path[0]["target_loss_pct"]))
        self.assertGreater(float(path[0]["relative_price"]), 1)
        self.assertEqual(len(tables["standoff_after"]), 4)

    def test_bad_input_ends_with_2_and_says_all(self):
        text = HEAD + ACTIONS.replace("limit = 0.5\n", "").replace("rate = 0.2", "rate = 0.2\nlimit = 1")
        done, _ = self.run_study(text.replace("months = 3", "months = 13"))
        self.assertEqual(done.returncode, 2)
        for words in ("action.limit' is missing", "does not go with kind tariff", "of the horizon"):
            self.assertIn(words, " ".join(done.stderr.split()))
        study = ROOT / "studies" / "02-chip-autonomy.toml"
        for technology, words in (("ai-chipz", "did you mean 'ai-chips'?"),
                                  ("electric-vehicles", "belongs to sector")):
            done, _ = self.run_study(HEAD + ACTIONS + AFTER.format(study=study, technology=technology))
            self.assertEqual(done.returncode, 2)
            self.assertIn(words, " ".join(done.stderr.split()))


if __name__ == "__main__":
    unittest.main()
