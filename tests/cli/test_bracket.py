# SPDX-License-Identifier: Apache-2.0
"""The static bracket around the daily model, as `linchpin disrupt` and `linchpin run` show it."""
import csv
import json
import unittest

from support import LEATHER, ROOT, CliTest

try:
    import jsonschema
except ImportError:
    jsonschema = None

# DEU stops delivering sector 3 to TUR for good; stocks of one day are no stocks.
CUT = """
[[cut]]
sellers = ["DEU"]
buyers = ["TUR"]
sectors = ["3"]
share = {share}
from_day = 0

[model]
order_rule = "{rule}"

[model.inventory_days]
goods = {stock}
services = {stock}
"""


class Bracket(CliTest):
    def leather(self):
        path = self.folder / "leather.nc"
        if not path.exists():
            self.ok("table", "import", LEATHER, "-o", "leather.nc", "--year", "2005", "--unit",
                    "USD million")
        return path

    def disrupt(self, **words):
        text = CUT.format(**{"share": 1.0, "rule": "fixed", "stock": 20} | words)
        self.write("cut.toml", text)
        return self.ok_json("disrupt", self.leather(), "--scenario", "cut.toml", "--days", 90)

    def test_every_cut_carries_its_bracket(self):
        for rule in ("fixed", "reweighted"):
            document = self.disrupt(rule=rule)
            self.assertEqual(list(document["bracket"]), ["TUR"])
            entry = document["bracket"]["TUR"]
            self.assertEqual(entry["measure"], "final_use_loss_pct")
            self.assertEqual(entry["horizon_days"], 90)
            central = {row["region"]: row["final_use_loss_pct"] for row in document["regions"]}["TUR"]
            self.assertEqual(entry["central"], central)
            self.assertLessEqual(entry["best"], entry["central"])
            self.assertLessEqual(entry["worst"], entry["worst_by_seller"] + 1e-5)
            outside = entry["central"] > entry["worst"] + 1e-5
            self.assertEqual("outside_bracket" in entry, outside)
            self.assertEqual(document["order_violations"], int(outside))
            self.assertIn("free re-sourcing", entry["assumptions"]["best"])

    def test_document_follows_its_schema(self):
        if jsonschema is None:
            self.skipTest("python3-jsonschema is not installed")
        schema = json.loads((ROOT / "docs/formats/schema/linchpin.disrupt.json").read_text())
        jsonschema.validate(self.disrupt(), schema)

    def test_longer_stocks_never_raise_the_bounds(self):
        bounds = [self.disrupt(stock=stock)["bracket"]["TUR"] for stock in (1, 20, 60)]
        for short, long in zip(bounds, bounds[1:]):
            for case in ("best", "worst", "worst_by_seller"):
                self.assertLessEqual(long[case], short[case] + 1e-5)
        self.assertLess(bounds[2]["worst_by_seller"], bounds[0]["worst_by_seller"])

    def test_a_scenario_about_nobody_has_none_and_says_why(self):
        self.write("none.toml", "[model]\npsi = 0.8\n")
        document = self.ok_json("disrupt", self.leather(), "--scenario", "none.toml", "--days", 5)
        self.assertIsNone(document["bracket"])
        self.assertIn("does nothing", document["bracket_reason"])
        self.assertEqual(document["order_violations"], 0)

    def test_text_shows_three_numbers(self):
        self.disrupt()
        shown = " ".join(self.ok("disrupt", self.leather(), "--scenario", "cut.toml", "--days",
                                 90).stdout.split())
        self.assertRegex(shown, r"best [\d.]+ \.\. central [\d.]+ \.\. worst [\d.]+ % lost")

    def test_a_study_writes_the_table(self):
        self.write("study.toml", f'''title = "Bracket"
world = "{self.leather()}"

[[scenario]]
name = "cut"
cut = [{{sellers = ["DEU"], buyers = ["TUR"], sectors = ["3"], share = 1.0, from_day = 0}}]

[disrupt]
days = 60
''')
        self.ok("run", "study.toml", "-o", "out")
        found = list((self.folder / "out").rglob("bracket.csv"))
        self.assertEqual(len(found), 1)
        rows = list(csv.DictReader(line for line in found[0].read_text().splitlines()
                                   if not line.startswith("#")))
        self.assertEqual(rows[0]["region"], "TUR")
        self.assertLessEqual(float(rows[0]["best_pct"]), float(rows[0]["worst_pct"]))


if __name__ == "__main__":
    unittest.main()
