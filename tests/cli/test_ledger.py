# SPDX-License-Identifier: Apache-2.0
"""The assumptions ledger without draws, unmet demand, numbers of all events, checkpoints of studies."""
import csv
import json
import signal
import subprocess
import time
import unittest

import jsonschema

from support import BINARY, ROOT, CliTest

CUT = """
[[cut]]
sellers = ["DEU"]
buyers = ["TUR"]
phases = [[0, 0.2], [10, 0.6]]
"""

STUDY = """
title = "draws"
world = "leather.nc"
[disrupt]
days = 40
[ensemble]
draws = %d
seed = 4
[[scenario]]
name = "one"
[[scenario.cut]]
sellers = ["DEU"]
buyers = ["TUR"]
[[scenario]]
name = "two"
[[scenario.closure]]
between = ["DEU", "ARG"]
[[scenario.uncertain]]
parameter = "closure.1.share"
distribution = "uniform"
low = 0.1
high = 0.9
[[scenario.uncertain]]
parameter = "psi"
distribution = "uniform"
low = 0.7
high = 0.9
"""


class Ledger(CliTest):
    def document(self, text, *arguments):
        scenario = self.write("s.toml", text)
        document = self.ok_json("disrupt", self.leather(), "--scenario", scenario, "--days", 40,
                                *arguments)
        schema = json.loads((ROOT / "docs/formats/schema/linchpin.disrupt.json").read_text())
        jsonschema.validators.validator_for(schema)(schema).validate(document)
        return document

    def test_default_set_without_draws(self):
        document = self.document(CUT)
        swings = document["swings"]
        self.assertEqual({each["parameter"] for each in swings},
                         {"psi", "inventory_days", "tau_inventory_days", "overproduction_max",
                          "resourcing_elasticity"})
        sizes = [each["swing"] for each in swings]
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        self.assertEqual({each["status"] for each in swings}, {"assumption"})
        self.assertEqual(document["ledger_of"]["region"], "TUR")
        self.assertTrue(document["ledger"].startswith("What moves this result most"))
        text = self.ok("disrupt", self.leather(), "--scenario", "s.toml", "--days", 40).stdout
        self.assertIn("one number at a time", " ".join(text.split()))

    def test_few_draws_have_a_ledger_too_and_many_need_none(self):
        few = self.document(CUT, "--draws", 20, "--seed", 1)
        self.assertIsNone(few["sensitivity"])
        self.assertEqual(len(few["swings"]), 5)
        many = self.document(CUT, "--draws", 448, "--seed", 1)
        self.assertNotIn("swings", many)
        self.assertIn("of its variance", many["ledger"])

    def test_a_phased_cut_is_one_number(self):
        uncertain = ('\n[[uncertain]]\nparameter = "cut.1.share"\ndistribution = "uniform"\n'
                     "low = 0.3\nhigh = 0.6\n")
        swing = self.document(CUT + uncertain)["swings"][0]
        half = self.document(CUT.replace("0.2]", "0.1]").replace("0.6]", "0.3]"))
        turkey = next(each for each in half["regions"] if each["region"] == "TUR")
        self.assertAlmostEqual(swing["at_low"], turkey["final_use_loss_pct"], places=9)

    def test_unmet_demand_and_value_added_by_industry(self):
        industries = self.document(CUT)["industries"]
        for key in ("output_loss", "value_added_loss", "unmet_demand"):
            self.assertEqual(len(industries[key]), len(industries["labels"]))
        self.assertTrue(all(each >= 0 for each in industries["unmet_demand"]))

    def test_governments_come_first_where_they_are_known(self):
        rule = '[model]\nrationing = "government_first"\n'
        self.bad("disrupt", self.leather(), "--scenario", self.write("s.toml", rule + CUT),
                 says=["government"])

    def run_study(self, draws, *arguments):
        self.leather()
        self.write("s.toml", STUDY % draws)
        return self.run_cli("run", "s.toml", "-o", "out", *arguments)

    def tables(self):
        found = {}
        for name in ("ensemble", "bands", "loss_by_industry"):
            with open(self.folder / "out/tables" / f"{name}.csv", newline="") as file:
                found[name] = list(csv.reader(file))
        return found

    def test_a_study_goes_on_from_its_checkpoints(self):
        self.assertEqual(self.run_study(3000).returncode, 0)
        whole = self.tables()
        running = subprocess.Popen([BINARY, "run", "s.toml", "-o", "out", "--checkpoint", "c.nc"],
                                   cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        deadline = time.monotonic() + 120
        while not (self.folder / "c.nc").exists() and time.monotonic() < deadline:
            time.sleep(0.002)
        running.send_signal(signal.SIGKILL)
        running.communicate(timeout=120)
        self.assertTrue((self.folder / "c.nc").exists())
        resumed = self.run_study(3000, "--checkpoint", "c.nc")
        self.assertEqual(resumed.returncode, 0, resumed.stderr)
        self.assertTrue((self.folder / "c-2.nc").exists())
        self.assertEqual(whole, self.tables())
        other = self.run_study(2000, "--checkpoint", "c.nc")
        self.assertEqual(other.returncode, 2)
        self.assertIn("another ensemble", other.stderr)

    def test_a_checkpoint_needs_draws(self):
        self.leather()
        self.write("s.toml", STUDY.replace("[ensemble]\ndraws = %d\nseed = 4\n", ""))
        self.bad("run", "s.toml", "-o", "out", "--checkpoint", "c.nc", says=["--checkpoint"])


if __name__ == "__main__":
    unittest.main()
