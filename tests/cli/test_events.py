# SPDX-License-Identifier: Apache-2.0
"""Events, keys of the model and parameter files of `linchpin disrupt`: what is read, what is refused."""
import unittest

from support import CliTest

# Every family of events and every key of the model, on the three-region fixture.
EVERYTHING = """
name = "all"
[model]
production = "half_critical"
rationing = "random"
rationing_seed = 3
orders = "demand"
order_rule = "available"
overproduction = {goods = 1.1}
resourcing_elasticity = 0.5
switching_speed = 0.1
switching_cost = 0.01
delays = [{between = ["ARG", "TUR"], days = 5}, {from = "DEU", to = "ARG", days = 9}]
substitutions = [{product = "1", by = "2", share = 0.1}]
labour = {hire_days = 40, fire_days = 10}
consumption = true
capital_per_value_added = 3
criticality = "ratings.csv"
[[cut]]
sellers = "ARG"
buyers = ["TUR", "DEU:1"]
phases = [[2, 0.3], [9, 0.8]]
to_day = 20
recovery_days = 5
recovery = "exponential"
licences = [{for = "DEU:1", share = 0.5}]
[[import_ban]]
sellers = "TUR"
buyers = "ARG"
share = 0.2
from_day = 3
[[closure]]
pairs = ["ARG>DEU"]
share = 0.1
[[retaliation]]
when = "ARG>TUR"
after_days = 4
share = 0.4
until = "lifted"
[[capacity_loss]]
industries = "DEU:1"
share = 0.1
to_day = 9
recovery_days = 4
[[capital_loss]]
industries = "TUR:1"
share = 0.05
day = 1
[[demand_shift]]
regions = "DEU"
change = -0.1
[[labour_shock]]
industries = "ARG:*"
share = 0.1
[[reserve]]
region = "TUR"
product = "1"
days = 10
"""


class Events(CliTest):
    def refuse(self, text, *says):
        self.write("s.toml", text)
        return self.bad("disrupt", self.leather(), "--scenario", "s.toml", says=says)

    def run_scenario(self, text, *arguments):
        self.write("s.toml", text)
        return self.ok_json("disrupt", self.leather(), "--scenario", "s.toml", "--days", "30",
                            *arguments)

    def test_every_event_and_key_is_read(self):
        self.write("ratings.csv", "key,value,status\ncriticality.*>*,0.5,assumption\n")
        document = self.run_scenario(EVERYTHING)
        options = document["origin"]["options"]
        for name, value in {"production": "half_critical", "rationing": "random",
                            "rationing_seed": 3, "orders": "demand", "order_rule": "available",
                            "overproduction.goods": 1.1, "resourcing_elasticity.goods": 0.5,
                            "switching_speed": 0.1, "switching_cost": 0.01,
                            "delays.5": "ARG>TUR, TUR>ARG", "delays.9": "DEU>ARG", "labour": True,
                            "substitutions.1": "2 0.1",
                            "labour.hire_days": 40, "consumption": True,
                            "capital_per_value_added": 3, "criticality.important": 9}.items():
            with self.subTest(option=name):
                self.assertEqual(options[name], value)
        self.assertIn("9 of 9 parameters taken from files are assumptions.", document["warnings"])
        self.assertTrue(any(each["name"].endswith("ratings.csv")
                            for each in document["origin"]["inputs"]))

    def test_all_problems_of_all_events_at_once(self):
        done = self.refuse("""[model]
production = "leontiff"
rationing = "random"
delays = [{from = "ARG", to = "ARG", days = 3}]
inventory_days = -1
tau_inventory_days = 0
[[cut]]
sellers = "ARG"
buyers = "DE"
phases = [[9, 0.3], [2, 0.8]]
[[closure]]
between = ["ARG", "ARG"]
[[retaliation]]
when = "ARG"
[[demand_shift]]
regions = "ARG"
change = 3
[[reserve]]
region = "ARG"
product = "none"
days = -2
[[labour_shok]]
industries = "ARG:1"
""", "s.toml:2", "did you mean 'leontief'?", "rationing_seed", "s.toml:4", "from ARG to itself",
                           "s.toml:5", "s.toml:6", "s.toml:9", "s.toml:10", "not in order",
                           "s.toml:12", "between ARG and itself", "s.toml:14", "is no trigger",
                           "s.toml:17", "s.toml:20", "s.toml:21", "did you mean 'labour_shock'?")
        self.assertIn("problems in all", done.stderr)

    def test_retaliation_that_never_comes_and_loops_are_said(self):
        text = "[[cut]]\nsellers='ARG'\nbuyers='TUR'\n[[retaliation]]\nwhen='DEU>ARG'\n"
        self.assertIn("Retaliation 1 (DEU>ARG) is never triggered: no cut by DEU against ARG leaves time to "
                      "answer.", self.run_scenario(text)["warnings"])
        text = ("[[cut]]\nsellers='ARG'\nbuyers='TUR'\n[[retaliation]]\nwhen='ARG>TUR'\n"
                "[[retaliation]]\nwhen='TUR>ARG'\n")
        self.assertIn("Retaliation 1 (ARG>TUR) is part of a loop of retaliation: it answers once, to its "
                      "first trigger, and not again.", self.run_scenario(text)["warnings"])

    def test_an_import_ban_stops_what_a_cut_stops(self):
        both = [self.run_scenario(f"[[{kind}]]\nsellers='ARG'\nbuyers='TUR'\nshare=0.5\n")
                for kind in ("cut", "import_ban")]
        self.assertEqual(both[0]["regions"], both[1]["regions"])

    def test_a_retaliation_is_the_cut_it_stands_for(self):
        first = "[[cut]]\nsellers='ARG'\nbuyers='TUR'\nfrom_day=2\nshare=0.5\n"
        rule = "[[retaliation]]\nwhen='ARG>TUR'\nafter_days=3\nshare=0.4\n"
        plain = "[[cut]]\nsellers='TUR'\nbuyers='ARG'\nfrom_day=5\nshare=0.4\n"
        self.assertEqual(self.run_scenario(first + rule)["regions"],
                         self.run_scenario(first + plain)["regions"])


    def test_phases_and_closures_are_the_cuts_they_stand_for(self):
        cut = "[[cut]]\nsellers='ARG'\nbuyers='TUR'\n"
        back = "[[cut]]\nsellers='TUR'\nbuyers='ARG'\n"
        pairs = ((cut + "phases=[[2,0.3],[9,0.8]]\nto_day=20\n",
                  cut + "share=0.3\nfrom_day=2\nto_day=9\n" +
                  cut + "share=0.8\nfrom_day=9\nto_day=20\n"),
                 ("[[closure]]\npairs='ARG>TUR'\nshare=0.4\n",
                  cut + "share=0.4\n" + back + "share=0.4\n"),
                 (cut + "licences=[{for='TUR', share=0.25}]\n", cut + "share=0.75\n"))
        for short, long in pairs:
            with self.subTest(text=short):
                one, other = (self.run_scenario(text)["regions"] for text in (short, long))
                self.assertEqual(one, other)
                self.assertNotEqual(one, self.run_scenario(cut)["regions"])


class Parameters(CliTest):
    CUT = "[[cut]]\nsellers='ARG'\nbuyers='TUR'\n"

    def run_scenario(self, text, *arguments):
        self.write("s.toml", text)
        return self.ok_json("disrupt", self.leather(), "--scenario", "s.toml", "--days", "10",
                            *arguments)

    def test_plain_runs_have_none(self):
        document = self.run_scenario(self.CUT)
        self.assertEqual(document["origin"]["options"]["inventory_days.goods"], 90)
        self.assertEqual(len(document["origin"]["inputs"]), 2)
        self.assertFalse([text for text in document["warnings"] if "arameter" in text])

    def test_a_file_on_the_command_line_wins_over_one_of_the_scenario(self):
        self.write("sub/own.csv", "key,value\ninventory_days.1,20\n")
        self.write("last.csv", "key,value\ninventory_days.1,30\n")
        self.write("sub/s.toml", "parameters = ['own.csv']\n" + self.CUT)
        world = self.leather()
        days = [self.ok_json("disrupt", world, "--scenario", "sub/s.toml", "--days", "9", *more)
                ["origin"]["options"]["inventory_days.1"] for more in ([], ["--parameters", "last.csv"])]
        self.assertEqual(days, [20, 30])

    def test_numbers_of_the_model_win(self):
        self.write("own.csv", "key,value\ninventory_days.1,20\n")
        document = self.run_scenario("[model]\ninventory_days = 7\nparameters = 'own.csv'\n" + self.CUT)
        self.assertEqual(document["origin"]["options"]["inventory_days.goods"], 7)

    def test_shipped_ones_on_a_world_they_know(self):
        self.write("s.toml", "[[cut]]\nsellers='CHN'\nbuyers='DEU'\nsectors='c14'\n")
        document = self.ok_json("disrupt", "world-2011", "--scenario", "s.toml", "--days", "5",
                                "--parameters", "default")
        options = document["origin"]["options"]
        self.assertEqual(options["inventory_days.c15"], 37.5)  # C29: 15, C30: 60
        self.assertIn("criticality.critical", options)
        self.assertTrue(any("parameters taken from files are assumptions" in text
                            for text in document["warnings"]))

    def test_critical_production_takes_the_shipped_ratings_and_says_so(self):
        self.write("s.toml", "[model]\nproduction='weakly_critical'\n"
                             "[[cut]]\nsellers='CHN'\nbuyers='DEU'\nsectors='c14'\n")
        document = self.ok_json("disrupt", "world-2011", "--scenario", "s.toml", "--days", "5")
        self.assertEqual(document["origin"]["options"]["inventory_days.goods"], 90)
        self.assertIn("1225 of 1225 parameters taken from files are assumptions.",
                      document["warnings"])

    def test_bad_files_are_refused_together(self):
        self.write("a.csv", "key,value\ninventory_days.1,0\n")
        self.write("b.csv", "k,v\n")
        self.write("s.toml", "parameters = ['a.csv', 'nowhere.csv']\n"
                             "[model]\ncriticality = 'c.csv'\n" + self.CUT)
        self.write("c.csv", "key,value\ninventory_days.1,5\n")
        self.bad("disrupt", self.leather(), "--scenario", "s.toml", "--parameters", "b.csv",
                 says=["a.csv:2", "nowhere.csv", "b.csv:1", "no kind of parameter file",
                       "'c.csv' has no ratings"])

    def test_a_study_names_files_beside_it(self):
        self.write("deep/own.csv", "key,value\ninventory_days.1,20\n")
        self.leather()
        self.write("deep/study.toml", "world = '../leather.nc'\nparameters = ['own.csv']\n"
                   "[[scenario]]\nname = 'one'\n[[scenario.cut]]\nsellers='ARG'\nbuyers='TUR'\n"
                   "[disrupt]\ndays = 5\nvariants = [{production = 'leontief', rationing = "
                   "'domestic_first', orders = 'production'}]\n[output]\nformats = ['json']\n")
        document = self.ok_json("run", "deep/study.toml", "-o", "out")
        self.assertEqual(document["origin"]["options"]["one.inventory_days.1"], 20)
        self.assertTrue(any(each["name"].endswith("own.csv")
                            for each in document["origin"]["inputs"]))


if __name__ == "__main__":
    unittest.main()
