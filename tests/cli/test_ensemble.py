# SPDX-License-Identifier: Apache-2.0
"""Ensembles on the command line: draws, quantiles, sensitivity, and going on after a kill."""
import json
import os
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
share = 0.5
from_day = 2
"""

UNCERTAIN = """
[[uncertain]]
parameter = "cut.1.share"
distribution = "uniform"
low = 0.2
high = 0.8

[[uncertain]]
parameter = "psi"
distribution = "triangular"
low = 0.6
mode = 0.8
high = 0.9

[[uncertain]]
parameter = "inventory_days"
distribution = "lognormal"
low = 0.5
high = 2.0
correlation_group = "stocks"

[[uncertain]]
parameter = "tau_inventory_days"
distribution = "uniform"
low = 30
high = 90
correlation_group = "stocks"
"""


class Ensemble(CliTest):
    def validate(self, document):
        schema = json.loads((ROOT / "docs/formats/schema/linchpin.disrupt.json").read_text())
        jsonschema.validators.validator_for(schema)(schema).validate(document)

    def draws(self, text, *arguments, days=40):
        scenario = self.write("s.toml", text)
        return self.ok_json("disrupt", self.leather(), "--scenario", scenario, "--days", days,
                            *arguments)

    def test_draws_need_a_seed_and_the_others_need_draws(self):
        scenario = self.write("s.toml", CUT)
        command = ["disrupt", self.leather(), "--scenario", scenario]
        self.bad(*command, "--draws", 10, says=["--draws without --seed", "--seed 1"])
        for option in (["--seed", 1], ["--checkpoint", "c.nc"], ["--design", "sobol"]):
            self.bad(*command, *option, says=[f"{option[0]} without --draws"])
        self.bad(*command, "--draws", 0, "--seed", 1, says=["--draws"])
        self.bad(*command, "--draws", 10, "--seed", 1, "--design", "saltelli",
                 says=["too few for sensitivity indices", "at least"])

    def test_document(self):
        document = self.draws(CUT + UNCERTAIN, "--draws", 400, "--seed", 7)
        self.validate(document)
        self.assertEqual((document["draws"], document["failed_draws"]), (400, 0))
        self.assertEqual(document["design"], "saltelli")
        # 80 groups of five (three factors): A and B are independent.
        self.assertEqual(document["independent_draws"], 160)
        self.assertEqual(document["origin"]["seed"], 7)
        self.assertEqual(set(document["quantiles"]), {"ARG", "TUR", "DEU", "WORLD"})
        self.assertEqual(document["quantiles_measure"], "final_use_loss_pct")
        central = {row["region"]: row["final_use_loss_pct"] for row in document["regions"]}
        for region, entry in document["quantiles"].items():
            self.assertLessEqual(entry["p05"], entry["p50"])
            self.assertLessEqual(entry["p50"], entry["p95"])
            if region in central:
                self.assertEqual(entry["central"], central[region])
        self.assertEqual([row["parameter"] for row in document["sensitivity"]],
                         ["cut.1.share", "psi", "stocks"])
        self.assertEqual(document["sensitivity"][2]["members"],
                         ["inventory_days", "tau_inventory_days"])
        for row in document["sensitivity"]:
            self.assertLessEqual(row["interval"][0], row["interval"][1])
        self.assertEqual({row["status"] for row in document["uncertain"]}, {"given"})
        bands = document["bands"]
        self.assertEqual((bands["region"], bands["days"]), ("TUR", list(range(40))))
        for series in ("final_use", "value_added", "output"):
            band = bands[series]
            self.assertEqual({len(band[p]) for p in ("p05", "p50", "p95")}, {40})
            # Before the cut nothing differs from the baseline.
            self.assertAlmostEqual(band["p05"][0], 1, delta=bands["resolution"])
            for low, high in zip(band["p05"], band["p95"]):
                self.assertLessEqual(low, high)

    def test_the_seed_decides_and_threads_do_not(self):
        def answer(seed, threads):
            document = self.draws(CUT + UNCERTAIN, "--draws", 64, "--seed", seed, "--threads", threads)
            return {key: document[key] for key in ("quantiles", "bands", "sensitivity")}
        one = answer(1, 1)
        self.assertEqual(one, answer(1, 2))
        self.assertNotEqual(one, answer(2, 1))
        self.assertIsNone(one["sensitivity"])

    def test_a_default_set_is_printed(self):
        document = self.draws(CUT, "--draws", 20, "--seed", 1)
        self.validate(document)
        self.assertEqual([row["parameter"] for row in document["uncertain"]],
                         ["psi", "inventory_days", "tau_inventory_days", "overproduction_max",
                          "resourcing_elasticity"])
        self.assertEqual({row["status"] for row in document["uncertain"]}, {"assumption"})
        self.assertIn("that takes 448", document["sensitivity_reason"])
        text = self.ok("disrupt", self.leather(), "--scenario", "s.toml", "--days", 40,
                       "--draws", 448, "--seed", 1).stdout
        for words in ("central [5 %, 95 %]", "ranges are assumptions", "psi: triangular",
                      "No draws failed.", "What moves this result most"):
            self.assertIn(words, " ".join(text.split()))

    def test_designs(self):
        for design in ("sobol", "latin_hypercube"):
            document = self.draws(CUT + UNCERTAIN, "--draws", 400, "--seed", 1, "--design", design)
            self.validate(document)
            self.assertEqual(document["independent_draws"], 400)
            self.assertIsNone(document["sensitivity"])
        document = self.draws(CUT + UNCERTAIN, "--draws", 6, "--seed", 1, "--design", "stroud")
        self.validate(document)
        self.assertIsNone(document["quantiles"]["TUR"]["p05"])
        self.assertIsNone(document["bands"])

    def test_uncertain_numbers_without_draws_are_said(self):
        document = self.draws(CUT + UNCERTAIN)
        self.assertNotIn("draws", document)
        self.assertTrue(any("no draws were asked for" in text for text in document["warnings"]))

    def test_bad_tables(self):
        table = '[[uncertain]]\nparameter = "{}"\ndistribution = "{}"\nlow = {}\nhigh = {}\n'
        faults = [(("pis", "uniform", 0, 1), ["'pis' is no number of the model", "did you mean 'psi'?"]),
                  (("psi", "gauss", 0, 1), ["'gauss' is no distribution"]),
                  (("psi", "unifrom", 0, 1), ["did you mean 'uniform'?"]),
                  (("psi", "uniform", 0.9, 0.7), ["low 0.9 is not below high 0.7"]),
                  (("psi", "uniform", 0.5, 1.5), ["psi cannot be 1.5"]),
                  (("cut.2.share", "uniform", 0, 1), ["did you mean 'cut.1.share'?"]),
                  (("inventory_days", "uniform", 30, 90), ["is a factor"]),
                  (("psi", "lognormal", 0, 1), ["not above zero"])]
        for values, says in faults:
            with self.subTest(values=values):
                scenario = self.write("s.toml", CUT + table.format(*values))
                self.bad("disrupt", self.leather(), "--scenario", scenario,
                         says=["s.toml:", *says])
        scenario = self.write("s.toml", CUT + '[[uncertain]]\nparametre = "psi"\n')
        self.bad("disrupt", self.leather(), "--scenario", scenario,
                 says=["unknown key", "did you mean 'parameter'?", "'uncertain.low' is missing"])

    def test_failed_draws_are_counted(self):
        text = CUT + '[[uncertain]]\nparameter = "psi"\ndistribution = "normal"\nlow = 0.8\nhigh = 1.0\n'
        document = self.draws(text, "--draws", 100, "--seed", 1, "--design", "latin_hypercube")
        self.validate(document)
        self.assertEqual(document["failed_draws"], 5)
        self.assertEqual(len(document["failures"]), 5)
        self.assertTrue(any("5 of 100 draws failed" in text for text in document["warnings"]))


class Study(CliTest):
    def test_a_study_draws_too(self):
        scenario = "".join("[[scenario." + line[2:] if line.startswith("[[") else line
                           for line in CUT.splitlines(keepends=True))
        self.write("study.toml", f"""title = "Draws"
world = "{self.leather()}"
[disrupt]
days = 30
[ensemble]
draws = 320
seed = 4
[[scenario]]
name = "cut"
""" + scenario + UNCERTAIN)
        self.ok("run", "study.toml", "-o", "out")
        rows = (self.folder / "out/tables/ensemble.csv").read_text().splitlines()
        self.assertEqual(len(rows), 1 + 4 * 3)
        self.assertTrue(rows[0].startswith("scenario,region,measure,central,p05,p50,p95"), rows[0])
        for name in ("sensitivity", "uncertain", "ensemble_draws", "bands"):
            self.assertTrue((self.folder / f"out/tables/{name}.csv").exists(), name)
        report = (self.folder / "out/report.html").read_text()
        self.assertIn("Over 320 draws of what is uncertain", report)
        self.assertIn("What moves this result most", report)


class Checkpoint(CliTest):
    ARGUMENTS = ["--scenario", "s.toml", "--draws", "3000", "--seed", "5", "--days", "300", "--json"]

    def answer(self, done):
        self.assertEqual(done.returncode, 0, done.stderr)
        document = json.loads(done.stdout)
        for key in ("started", "duration_seconds", "host"):
            document["origin"].pop(key)
        return document

    def run_draws(self, *arguments):
        return self.run_cli("disrupt", self.leather(), *self.ARGUMENTS, *arguments)

    def start(self):
        self.leather()
        return subprocess.Popen([BINARY, "disrupt", "leather.nc", *self.ARGUMENTS, "--checkpoint", "c.nc"],
                                cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True)

    def stop_half_way(self, how):
        """Starts the draws and stops them once there is a checkpoint."""
        running = self.start()
        checkpoint = self.folder / "c.nc"
        deadline = time.monotonic() + 120
        while not checkpoint.exists() and running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        running.send_signal(how)
        out, errors = running.communicate(timeout=120)
        self.assertTrue(checkpoint.exists(), errors)
        return running.returncode, out, errors

    def test_killed_and_resumed_is_the_same(self):
        self.write("s.toml", CUT + UNCERTAIN)
        whole = self.answer(self.run_draws())
        code, out, _ = self.stop_half_way(signal.SIGKILL)
        self.assertEqual((code, out), (-signal.SIGKILL, ""))
        size = os.path.getsize(self.folder / "c.nc")
        resumed = self.answer(self.run_draws("--checkpoint", "c.nc"))
        self.assertEqual(whole, resumed)
        self.assertGreater(os.path.getsize(self.folder / "c.nc"), size)
        # Once more: everything is in the file.
        self.assertEqual(whole, self.answer(self.run_draws("--checkpoint", "c.nc", "--threads", "1")))

    def test_interrupted_says_how_to_go_on(self):
        self.write("s.toml", CUT + UNCERTAIN)
        code, out, errors = self.stop_half_way(signal.SIGINT)
        self.assertEqual((code, out), (1, ""))
        error = json.loads(errors)["error"]
        self.assertEqual(error["code"], "cancelled")
        self.assertIn("of 3000 draws", error["what"])
        self.assertIn("same checkpoint", error["hint"])

    def test_another_ensemble_is_refused(self):
        self.write("s.toml", CUT + UNCERTAIN)
        few = ["disrupt", self.leather(), "--scenario", "s.toml", "--days", "20", "--checkpoint", "c.nc"]
        self.ok(*few, "--draws", 20, "--seed", 1)
        self.bad(*few, "--draws", 20, "--seed", 2, says=["another ensemble", "seed: 1 there, 2 here"])
        self.bad(*few, "--draws", 30, "--seed", 1, says=["draws: 20 there, 30 here"])
        self.write("s.toml", CUT + UNCERTAIN + "# changed\n")
        self.bad(*few, "--draws", 20, "--seed", 1, says=["another ensemble", "scenario:"])
        self.write("c.nc", "text")
        self.bad(*few, "--draws", 20, "--seed", 1, says=["c.nc"])
        self.bad(*few[:-1], self.folder, "--draws", 20, "--seed", 1, says=[str(self.folder)])


if __name__ == "__main__":
    unittest.main()
