# SPDX-License-Identifier: Apache-2.0
"""Past controls: what was observed beside what the model says."""
import json
import tempfile
import unittest
from pathlib import Path

import jsonschema

from support import ROOT, CliTest

NAMES = ["korea-2019", "rare-earths-2010", "cloudmatrix"]


class Backtests(CliTest):
    def test_the_document_follows_its_schema(self):
        schema = json.loads((ROOT / "docs/formats/schema/linchpin.backtests.json").read_text())
        document = self.ok_json("localize", "backtests", "--draws", 64)
        jsonschema.Draft202012Validator(schema).validate(document)
        self.assertEqual([each["name"] for each in document["backtests"]], NAMES)
        for each in document["backtests"]:
            self.assertEqual(each["draws"], 64)
            self.assertLess(each["failed_draws"], 8)
            for number in each["numbers"]:
                self.assertTrue(number["source"] and number["date"], number["key"])

    def test_korea_says_who_localised(self):
        korea = self.ok_json("localize", "backtests", "korea-2019", "--draws", 0)["backtests"][0]
        said = {each["statement"].split()[0]: (each["observed"], each["model"]) for each in korea["verdicts"]}
        self.assertEqual(said, {"hydrogen-fluoride": (True, True), "euv-resist": (False, False),
                                "fluorinated-polyimide": (False, False)})
        self.assertIsNone(korea["lines"][0]["band"])
        self.assertIsNone(korea["verdicts"][0]["probability"])
        self.assertEqual((korea["lines"][0]["before"], korea["lines"][0]["observed"]), (0.322, 0.128))

    def test_people_read_observed_beside_model(self):
        text = self.ok("localize", "backtests", "rare-earths-2010", "--draws", 32, "--numbers").stdout
        for part in ["observed", "model", "farthest off", "speculation", "mines.lead_time", "assumption"]:
            self.assertIn(part, text)
        self.assertNotIn("Korea", text.splitlines()[0])

    def test_numbers_of_the_user_replace_the_shipped_ones(self):
        with tempfile.TemporaryDirectory() as folder:
            mine = Path(folder) / "mine.csv"
            mine.write_text("key,value\nmarket.leakage,1\nmarket.stock_building,0\n")
            case = self.ok_json("localize", "backtests", "rare-earths-2010", "--draws", 0,
                                "--parameters", mine)["backtests"][0]
            prices = [line["model"] for line in case["lines"] if line["quantity"].startswith("price")]
            for price in prices:
                self.assertAlmostEqual(price, 1)  # a quota that leaks everything is none
            mine.write_text("key,value\nmarket.leakge,1\n")
            self.bad("localize", "backtests", "rare-earths-2010", "--parameters", mine,
                     says=["market.leakge", "did you mean 'market.leakage'?"])
            self.bad("localize", "backtests", "--parameters", mine, says=["go with one backtest"])

    def test_bad_names(self):
        self.bad("localize", "backtests", "korea", "rare", says=["no backtest is called 'korea'", "'rare'"])
        self.bad("localize", says=["no study is named"])


if __name__ == "__main__":
    unittest.main()
