# SPDX-License-Identifier: Apache-2.0
"""Computing power under export controls: the document, the user's own numbers, bad input."""
import json
import tempfile
import unittest
from pathlib import Path

import jsonschema

from support import ROOT, CliTest

CONSTRAINTS = ["wafers", "memory", "packaging", "power"]


class Compute(CliTest):
    def test_the_document_follows_its_schema(self):
        schema = json.loads((ROOT / "docs/formats/schema/linchpin.compute.json").read_text())
        document = self.ok_json("compute", "--draws", 512)
        jsonschema.Draft202012Validator(schema).validate(document)
        self.assertEqual(document["binding"], "memory")
        self.assertAlmostEqual(sum(document["binding_probability"].values()), 1)
        self.assertEqual(document["failed_draws"], 0)
        for quantiles in [*document["effective_compute"].values(), document["gap_months"]]:
            self.assertLessEqual(quantiles["p05"], quantiles["p50"])
            self.assertLessEqual(quantiles["p50"], quantiles["p95"])
        total = document["effective_compute"].pop("total")
        self.assertGreater(total["p95"], max(q["p95"] for q in document["effective_compute"].values()))
        assumed = [row for row in document["numbers"] if row["status"] == "assumption"]
        self.assertAlmostEqual(document["assumption_share"], len(assumed) / len(document["numbers"]))
        self.assertEqual(document["origin"]["seed"], 1)

    def test_the_same_seed_gives_the_same_answer(self):
        one, two, other = (self.ok_json("compute", "--draws", 128, "--seed", seed) for seed in (5, 5, 6))
        self.assertEqual(one["effective_compute"], two["effective_compute"])
        self.assertNotEqual(one["effective_compute"], other["effective_compute"])

    def test_numbers_of_the_user_replace_the_shipped_ones(self):
        with tempfile.TemporaryDirectory() as folder:
            mine = Path(folder) / "mine.csv"
            mine.write_text("key,value\ndomestic.power,1\nsmuggled.chips,0\n")
            document = self.ok_json("compute", "--draws", 64, "--parameters", mine)
            self.assertEqual(document["binding"], "power")
            self.assertEqual(document["binding_probability"]["power"], 1)
            self.assertEqual(document["effective_compute"]["smuggled"]["p95"], 0)
            self.assertEqual({row["status"] for row in document["numbers"] if row["key"] == "domestic.power"},
                             {"user"})
            text = self.ok("compute", "--draws", 64, "--parameters", mine).stdout
            self.assertIn("power holds production back", text)
            self.assertIn("of the 32 numbers are assumptions", text)

    def test_chips_are_tested_against_the_rules(self):
        schema = json.loads((ROOT / "docs/formats/schema/linchpin.compute.json").read_text())
        document = self.ok_json("compute", "--draws", 16, "--chip", "h100 sxm5", "--chip", "H20",
                                "--chip", "A800 SXM")
        jsonschema.Draft202012Validator(schema).validate(document)
        met = {row["name"]: row["limit_met"] for row in document["chips"]}
        self.assertEqual(met["NVIDIA H100 SXM5 80GB"], "performance")
        self.assertEqual(met["NVIDIA A800 SXM"], "performance")
        self.assertEqual(met["NVIDIA HGX H20"], "unknown")  # the table has no die area
        self.assertNotIn("chips", self.ok_json("compute", "--draws", 16))
        self.assertIn("H100", self.ok("compute", "--draws", 16, "--chip", "H100").stdout)
        self.bad("compute", "--chip", "H1000", says=["no accelerator is called 'H1000'"])

    def test_bad_numbers_are_all_reported(self):
        with tempfile.TemporaryDirectory() as folder:
            mine = Path(folder) / "mine.csv"
            mine.write_text("key,value\ndomestic.powr,1\n")
            self.bad("compute", "--parameters", mine,
                     says=["'domestic.powr' is no number of compute", "did you mean 'domestic.power'?"])
            mine.write_text("key,value\ndomestic.die_yield,2\nfrontier.growth,1\n")
            self.bad("compute", "--parameters", mine, says=["die_yield is 2", "growth is 1"])
        self.bad("compute", "--parameters", "nowhere.csv", says=["nowhere.csv"])
        self.bad("compute", "--draws", 0, says=["--draws"])


if __name__ == "__main__":
    unittest.main()
