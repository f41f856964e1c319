# SPDX-License-Identifier: Apache-2.0
"""Bargains, signals, the frontier of sourcing, the outer elasticity: of worlds and from files."""
import math
import unittest

from test_leverage import LeverageTest

BREAK = """title = "Break"
[bargain]
first = "A"
second = "B"
first_with = 10
first_without = 8
second_with = 20
second_without = [13, 15]
[ensemble]
draws = 50
seed = 1
"""

SIGNAL = """[signal]
target = "A"
sender = "B"
resilient_cost = 1
dependent_cost = 4
resilient_loss = 3
dependent_loss = 8
gain = 2
penalty = 3
belief = 0.2
"""


class Threats(LeverageTest):
    def ask(self, command, *arguments):
        document = self.ok_json("leverage", command, *arguments)
        return self.validate(document, f"linchpin.leverage-{command}")

    def of_world(self, command, *arguments):
        return self.ask(command, self.leather(), "--theta", self.theta(), *arguments)

    def test_a_bargain_of_a_world(self):
        options = ["--first", "ARG", "--second", "TUR,DEU", "--weight", 0.25]
        document = self.of_world("bargain", *options, "--draws", 20, "--seed", 1)
        first, second = document["first"], document["second"]
        stakes = first["at_stake"]["value"], second["at_stake"]["value"]
        self.assertAlmostEqual(document["transfer"]["value"], 0.75 * stakes[0] - 0.25 * stakes[1],
                               delta=1e-9)
        self.assertAlmostEqual(document["surplus"]["value"], sum(stakes), delta=1e-9)
        self.assertLess(first["loss_pct"]["p05"], first["loss_pct"]["p95"])
        self.assertEqual([each["region"] for each in second["members"]], ["TUR", "DEU"])
        self.assertFalse(first["credible"])
        self.assertEqual((first["demand"], second["accepts"]), (0, stakes[1]))
        self.assertEqual(document["origin"]["options"]["second"], "TUR,DEU")
        again = self.of_world("bargain", *options, "--draws", 20, "--seed", 1, "--threads", 1)
        self.assertEqual(again["transfer"], document["transfer"])
        resolved = self.of_world("bargain", *options, "--resolve-first", 100)
        self.assertEqual(resolved["first"]["demand"], second["accepts"])
        printed = self.ok("leverage", "bargain", self.leather(), "--theta", self.theta(),
                          *options).stdout
        self.assertIn("In a full break of trade", printed)
        self.assertNotIn("nan", printed)

    def test_signals_of_a_world(self):
        options = ["--target", "ARG", "--senders", "TUR"]
        document = self.of_world("signal", *options)
        self.assertTrue(document["speaks"])
        separating = document["separating"]
        self.assertTrue(separating["exists"])
        self.assertLess(separating["low"]["value"], separating["high"]["value"])
        for kind in ("resilient", "dependent"):
            curve = [(each["given_up"], each["cost_pct"]) for each in document["costs"]
                     if each["type"] == kind]
            self.assertEqual(curve, sorted(curve))
        silent = self.of_world("signal", *options, "--demand", 90)
        self.assertFalse(silent["speaks"])
        self.assertIsNone(silent["separating"]["low"])
        self.assertIn("neither type gives in", silent["speaks_reason"])
        tariff = self.of_world("signal", *options, "--instrument", "tariff")
        self.assertEqual(tariff["instrument"], "tariff")
        self.assertIn("by giving up", self.ok("leverage", "signal", self.leather(), "--theta",
                                              self.theta(), *options).stdout)

    def test_the_frontier_of_a_world(self):
        options = ["--buyer", "ARG", "--rivals", "TUR,DEU", "--services"]
        document = self.of_world("frontier", *options, "--prices", "0.1,1", "--limit", 1)
        points = document["points"]
        self.assertEqual([each["kind"] for each in points], ["private", "swept", "swept", "limit"])
        self.assertLess(document["residual"], 1e-11)
        costs = [each["cost_pct"] for each in points[:3]]
        self.assertEqual(costs, sorted(costs))
        self.assertLessEqual(points[3]["exposure_pct"], 1 + 1e-9)
        power = self.ok_json("leverage", "power", self.leather(), "--theta", self.theta(), "--senders",
                             "TUR,DEU", "--together", "--targets", "ARG", "--days", 1)["power"][0]
        self.assertAlmostEqual(points[0]["exposure_pct"],
                               100 * math.expm1(power["cost_index_direct"]), delta=1e-9)
        for each in points[2]["sectors"]:
            self.assertAlmostEqual(each["wedge"], 1 / 4 / (1 - each["planned_share"]), delta=1e-9)
        self.of_world("frontier", *options, "--network")
        self.assertIn("price of exposure", self.ok("leverage", "frontier", self.leather(), "--theta",
                                                   self.theta(), *options).stdout)

    def test_the_outer_elasticity_of_power(self):
        options = ["--senders", "TUR", "--targets", "ARG", "--days", 1]
        def index(outer):
            document = self.of_world("power", *options, "--outer-elasticity", outer)
            self.assertEqual(document["outer_elasticity"], outer)
            return document["power"][0]["cost_index_direct"]
        one = self.of_world("power", *options)["power"][0]["cost_index_direct"]
        self.assertAlmostEqual(index(1 + 1e-7), one, delta=1e-6 * one)
        self.assertGreater(index(0), one)
        self.assertLess(index(4), one)
        self.bad("leverage", "power", self.leather(), "--outer-elasticity", 101,
                 says=["--outer-elasticity"])

    def test_unknown_technologies_and_targets(self):
        self.bad("leverage", "chokepoints", "--technology", "nope", "--target", "CHN",
                 says=["shipped are ai-chips, electric-vehicles, industrial-robots"])
        self.bad("leverage", "chokepoints", "--technology", "ai-chips", "--target", "CHM",
                 says=["'CHM' is no country", "did you mean 'CHN'"])

    def test_numbers_from_files(self):
        path = self.write("break.toml", BREAK)
        document = self.ask("bargain", path)
        self.assertEqual(document["transfer"]["value"], -2)
        self.assertEqual(document["draws"], 50)
        self.assertIsNone(document["setting"])
        self.assertNotIn("world", document["origin"])
        printed = " ".join(self.ok("leverage", "bargain", path).stdout.split())
        self.assertIn("B would pay A 2 units of the file", printed)
        self.assertIn("Without the agreement A loses 20 % of its income", printed)
        drawn = self.ask("bargain", path, "--draws", 7, "--seed", 2)
        self.assertEqual((drawn["draws"], drawn["agreement_share"]), (7, 1))
        eager = self.write("eager.toml", BREAK.replace("[13, 15]", "19\nfirst_resolve = 4"))
        document = self.ask("bargain", eager)
        self.assertFalse(document["agreement"])
        self.assertEqual(document["transfer"]["value"], 0)
        self.bad("leverage", "bargain", self.write("same.toml", BREAK.replace('"B"', '"A"')),
                 says=["'A' is on both sides"])
        self.bad("leverage", "bargain", self.write("none.toml", BREAK.replace("= 8", "= nan")),
                 says=["use a finite number"])
        path = self.write("signal.toml", SIGNAL)
        document = self.ask("signal", path)
        self.assertEqual(document["separating"]["low"]["value"], 2)
        self.assertEqual(document["separating"]["high"]["value"], 3)
        self.assertAlmostEqual(document["mixing_share"], 0.375, delta=1e-12)
        self.assertIn("between 2 and 3", self.ok("leverage", "signal", path).stdout)

    def test_bad_input(self):
        self.bad("leverage", "bargain", self.leather(), "--theta", self.theta(), "--first", "ARG",
                 "--second", "ARG,TUX", says=["on both sides", "TUX", "did you mean 'TUR'"])
        self.bad("leverage", "bargain", self.leather(), says=["a bargain has two sides"])
        self.bad("leverage", "signal", self.leather(), "--target", "ARG", says=["no sender is named"])
        self.bad("leverage", "frontier", self.leather(), says=["no buyer is named"])
        self.bad("leverage", "frontier", self.leather(), "--buyer", "ARG", "--rivals", "ARG",
                 says=["nobody coerces itself"])
        self.bad("leverage", "bargain", self.write("bad.toml", BREAK.replace("[ensemble]", "[ensembel]")),
                 says=["ensembel", "ranges without draws"])
        self.bad("leverage", "signal", self.write("bad.toml", SIGNAL.replace("dependent_cost = 4", "dependent_cost = 0.5")),
                 says=["the signal says nothing"])


if __name__ == "__main__":
    unittest.main()
