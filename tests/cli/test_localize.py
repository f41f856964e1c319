# SPDX-License-Identifier: Apache-2.0
"""The autonomy curve: the document, draws, what cannot be."""
import json
import unittest

import jsonschema

from support import ROOT, CliTest

STUDY = ROOT / "studies/02-chip-autonomy.toml"


class Localize(CliTest):
    def short(self):
        text = STUDY.read_text(encoding="utf-8").replace("years = 15", "years = 3")
        return self.write("short.toml", text)

    def test_the_document_follows_its_schema(self):
        schema = json.loads((ROOT / "docs/formats/schema/linchpin.localize.json").read_text())
        self.short()
        document = self.ok_json("localize", "short.toml", "--draws", 4)
        again = self.ok_json("localize", "short.toml", "--draws", 4)
        jsonschema.Draft202012Validator(schema).validate(document)
        self.assertEqual(document["autonomy"], again["autonomy"])
        self.assertEqual(len(document["autonomy"]), 3)
        for row in document["autonomy"]:
            for key in ("domestic_share", "cutoff_loss_pct_income", "programme_cost_pct_income"):
                self.assertLessEqual(row[key]["p05"], row[key]["p95"])
            self.assertGreater(row["cutoff_loss_pct_income"]["p05"], 0)

    def test_the_central_path_needs_no_draws(self):
        self.short()
        document = self.ok_json("localize", "short.toml", "--draws", 0)
        row = document["autonomy"][0]["domestic_share"]
        self.assertEqual(row["p05"], row["p95"])
        self.assertEqual(document["failed_draws"], 0)
        loss = document["technologies"][0]["central"]["with_programme"][0]
        self.assertAlmostEqual(loss["domestic_share"], 0.25, delta=0.1)

    def test_bad_input_names_everything(self):
        self.bad("localize", STUDY, "--technology", "ai-chip", says=["ai-chip", "ai-chips"])
        text = STUDY.read_text(encoding="utf-8").replace('region = "CHN"', 'region = "CHN"\nbudget = 1')
        text = text.replace("leakage = 0.1 ", "leakage = 2 ")
        self.write("wrong.toml", text)
        self.bad("localize", "wrong.toml", says=["budget", "leakage"])


if __name__ == "__main__":
    unittest.main()
