# SPDX-License-Identifier: Apache-2.0
"""Power over each other, chokepoints, defence; threat games from files."""
import json
import unittest

import jsonschema

from support import ROOT, CliTest

CHICKEN = """title = "Chicken"
[[player]]
name = "A"
actions = ["yield", "stay"]
[[player]]
name = "B"
actions = ["yield", "stay"]
[[outcome]]
play = {A = "yield", B = "yield"}
payoffs = {A = 0, B = 0}
[[outcome]]
play = {A = "yield", B = "stay"}
payoffs = {A = -1, B = 1}
[[outcome]]
play = {A = "stay", B = "yield"}
payoffs = {A = 1, B = -1}
[[outcome]]
play = {A = "stay", B = "stay"}
payoffs = {A = -10, B = -10}
"""

LADDER = """
[[rung]]
name = "opening"
player = "A"
[[rung.move]]
name = "wait"
payoffs = {A = 0, B = 0}
[[rung.move]]
name = "ban"
next = "answer"
[[rung]]
name = "answer"
player = "B"
[[rung.move]]
name = "yield"
payoffs = {A = 2, B = -1}
[[rung.move]]
name = "retaliate"
payoffs = {A = -3, B = -4}
"""


class LeverageTest(CliTest):
    def validate(self, document, name="linchpin.leverage-game"):
        path = ROOT / f"docs/formats/schema/{name}.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        validator = jsonschema.validators.validator_for(schema)
        validator.check_schema(schema)
        validator(schema).validate(document)
        return document

    def theta(self, value=4):
        return self.write(f"theta{value}.csv", f"key,value\ntrade_elasticity.*,{value}\n")


class Power(LeverageTest):
    def ask(self, *arguments):
        document = self.ok_json("leverage", "power", self.leather(), "--theta", self.theta(), *arguments)
        return self.validate(document, "linchpin.leverage-power")

    def test_all_pairs_by_four_measures(self):
        document = self.ask("--days", 60)
        self.assertEqual(len(document["power"]), 6)
        pairs = {(row["sender"], row["target"]): row for row in document["power"]}
        for (sender, target), row in pairs.items():
            self.assertTrue(row["trade"])
            self.assertGreater(row["cost_index"], row["cost_index_direct"])
            self.assertGreater(row["short_run"], 0)
            self.assertGreater(row["target_loss_pct"], 0)
            # Antisymmetric: what one gains the other loses.
            self.assertAlmostEqual(row["liu_yang"], -pairs[target, sender]["liu_yang"], delta=1e-15)
            if not row["costless"]:
                own = row["senders"][0]["loss_pct"]
                self.assertAlmostEqual(row["equilibrium_ratio"], row["target_loss_pct"] / own)

    def test_coalition_one_sector_and_threads(self):
        options = ["--targets", "ARG", "--sectors", "1", "--days", 30]
        alone = self.ask("--senders", "TUR,DEU", *options)["power"]
        both = self.ask("--senders", "TUR,DEU", "--together", *options)["power"]
        self.assertEqual([row["sender"] for row in both], ["TUR+DEU"])
        # Suppliers are worth more together.
        self.assertGreater(both[0]["cost_index"], sum(row["cost_index"] for row in alone))
        again = self.ask("--senders", "TUR,DEU", *options, "--threads", 1)["power"]
        self.assertEqual(again, alone)

    def test_sender_equals_target_and_no_trade(self):
        row = self.ask("--senders", "ARG", "--targets", "ARG", "--days", 5)["power"][0]
        self.assertTrue(row["same"])
        self.assertEqual((row["cost_index"], row["liu_yang"], row["short_run"]), (0, 0, 0))
        self.assertIsNone(row["equilibrium_ratio"])
        self.assertIn("among the senders", row["equilibrium_ratio_reason"])

    def test_ranks_over_draws_and_between_sets(self):
        document = self.ask("--days", 5, "--draws", 40, "--seed", 1, "--top", 2, "--compare",
                            self.theta(8))
        shares = [row["draws"]["top_share"] for row in document["power"]]
        self.assertAlmostEqual(sum(shares), 2, delta=1e-9)
        tau = document["rank_agreement"]["kendall_tau_cost_index"]
        self.assertEqual([tau[0][0], tau[1][1]], [1, 1])
        # Twice every elasticity halves every log alike, in first order: the ranks are the same.
        self.assertGreater(tau[0][1], 0.8)
        self.assertEqual(tau[0][1], tau[1][0])
        printed = self.ok("leverage", "power", self.leather(), "--theta", self.theta(), "--compare",
                          self.theta(8), "--days", 5).stdout
        self.assertIn("Kendall's tau", printed)
        self.assertIn("withholding all it sells", printed)

    def test_by_sector_and_the_range_of_the_first_months(self):
        row = self.ask("--senders", "TUR", "--targets", "ARG", "--days", 20, "--by-sector",
                       "--short-run-range")["power"][0]
        low, high = row["short_run_range"]
        self.assertLessEqual(low, row["short_run"])
        self.assertLessEqual(row["short_run"], high)
        # Cost indices of sectors alone add up to that of all, nearly: prices of inputs interact.
        self.assertAlmostEqual(sum(each["cost_index"] for each in row["by_sector"]),
                               row["cost_index"], delta=0.2 * row["cost_index"])
        self.assertAlmostEqual(sum(each["cost_index_direct"] for each in row["by_sector"]),
                               row["cost_index_direct"], delta=1e-12)
        agreement = self.ask("--days", 5, "--compare", "low", "--compare", "uniform")
        self.assertEqual(agreement["rank_agreement"]["sets"][1:], ["low", "uniform"])

    def test_bad_input(self):
        self.bad("leverage", "power", says=["no world is named"])
        self.bad("leverage", "power", self.leather(), "--theta", self.theta(), "--senders", "ARF,ARG,ARG",
                 says=["ARF", "did you mean 'ARG'", "named twice"])
        self.bad("leverage", "power", self.leather(), "--draws", 5, says=["--seed"])


class Chokepoints(LeverageTest):
    def ask(self, command, *arguments):
        document = self.ok_json("leverage", command, self.leather(), "--theta", self.theta(),
                                *arguments)
        return self.validate(document, f"linchpin.leverage-{command}")

    def test_the_best_set_of_a_small_world_is_proven(self):
        document = self.ask("chokepoints", "--target", "ARG", "--k", 2)
        sets = document["sets"]
        losses = [each["loss_pct"] for each in sets]
        self.assertEqual(losses, sorted(losses, reverse=True))
        # Six links, sets of at most two: all 21 are solved, and no one does more than the first.
        self.assertEqual(document["evaluations"] + len(document["monopolies"]) >= 21, True)
        self.assertEqual(sets[0]["bound_kind"], "proven")
        self.assertAlmostEqual(sets[0]["bound_pct"], losses[0], delta=1e-9)
        self.assertTrue(document["at_fixed_wages"]["optimal"])
        for each in sets:
            owners = {link.split(":")[0] for link in each["links"]}
            self.assertEqual({row["region"] for row in each["senders"]}, owners)

    def test_limits_products_and_who_must_join(self):
        free = self.ask("chokepoints", "--target", "ARG", "--k", 1, "--draws", 20, "--seed", 2)
        self.assertAlmostEqual(sum(row["share"] for row in free["top_share"]), 1, delta=1e-9)
        band = free["sets"][0]["draws"]
        self.assertEqual(band["failed"], 0)
        self.assertLessEqual(band["loss_p05_pct"], band["loss_p50_pct"])
        self.assertLess(band["loss_p05_pct"], band["loss_p95_pct"])
        limit = free["sets"][0]["sender_loss_pct"] - 1e-6
        limited = self.ask("chokepoints", "--target", "ARG", "--k", 1, "--sender-limit", limit)
        for each in limited["sets"]:
            for row in each["senders"]:
                self.assertLessEqual(row["loss_pct"], limit)
        self.assertFalse(limited["at_fixed_wages"]["sender_limit_applied"])
        self.assertTrue(any("know no limit" in text for text in limited["warnings"]))
        # Without Germany and Turkey no wages balance what Argentina still sells: that is no loss of
        # 90 %, and nobody is said to lose nothing by it.
        out_of_reach = self.ask("chokepoints", "--target", "ARG", "--services", "--k", 1, "--reach",
                                90)["who_must_join"]
        self.assertFalse(out_of_reach["reached"])
        self.assertFalse(out_of_reach["smallest"])
        self.assertGreater(out_of_reach["failed"], 0)
        self.assertIsNone(out_of_reach["loss_pct"])
        products = self.ask("chokepoints", "--target", "ARG", "--k", 1, "--products")
        self.assertEqual({len(each["links"]) for each in products["sets"]}, {1})
        self.assertNotIn(":", products["sets"][0]["links"][0])
        wanted = free["sets"][0]["loss_pct"]
        join = self.ask("chokepoints", "--target", "ARG", "--k", 1, "--reach", wanted)["who_must_join"]
        self.assertTrue(join["reached"])
        self.assertGreaterEqual(join["loss_pct"], wanted - 1e-9)

    def test_partial_cuts_are_screened_by_the_adjoint(self):
        whole = self.ask("chokepoints", "--target", "ARG", "--k", 2)
        self.assertEqual((whole["cut_share"], whole["screen"]), (1, "prices"))
        cut = self.ask("chokepoints", "--target", "ARG", "--k", 2, "--cut", 0.01)
        self.assertEqual((cut["cut_share"], cut["screen"]), (0.01, "adjoint"))
        first = cut["sets"][0]
        # A small cut is linear in it: first order is the loss but for the size of the cut.
        self.assertAlmostEqual(first["first_order_pct"] / first["loss_pct"], 1, delta=0.02)
        # All 21 sets were tried: proven. A hundredth costs less than a hundredth of all.
        self.assertEqual(first["bound_kind"], "proven")
        self.assertLess(first["loss_pct"], whole["sets"][0]["loss_pct"] / 100)
        self.assertTrue(cut["at_fixed_wages"]["optimal"])
        drawn = self.ask("chokepoints", "--target", "ARG", "--k", 1, "--cut", 0.1, "--draws", 8,
                         "--seed", 1)
        self.assertEqual((drawn["draws"], drawn["set_draws"], drawn["failed_draws"]), (8, 8, 0))
        self.assertAlmostEqual(sum(row["best_set_share"] for row in drawn["links"]), 1, delta=1e-9)
        self.bad("leverage", "chokepoints", self.leather(), "--target", "ARG", "--cut", 0,
                 says=["--cut"])

    def tree(self, *arguments):
        document = self.ok_json("leverage", "chokepoints", "--technology", "ai-chips", *arguments)
        return self.validate(document, "linchpin.leverage-supply-tree")

    def test_makers_in_a_supply_tree(self):
        document = self.tree("--target", "CHN", "--k", 2, "--draws", 10, "--seed", 3)
        self.assertTrue(document["optimal"])
        losses = [each["cost_pct"] for each in document["sets"]]
        self.assertEqual(losses, sorted(losses, reverse=True))
        self.assertFalse(any(link.startswith("CHN:") for each in document["sets"]
                             for link in each["links"]))
        # What arises at the makers of all countries but the target is at most all of the cost.
        self.assertLess(sum(each["value_pct"] for each in document["actors"]), 100)
        self.assertEqual(document["failed_draws"], 0)
        def points(answer):
            return {each["name"] for each in answer["actors"] if each["single_point"]}
        free = self.tree("--target", "CHN", "--k", 1, "--gates", "none")
        self.assertEqual(points(free), set())
        gated = self.tree("--target", "CHN", "--k", 1, "--gates", "lithography")
        # The Dutch make 93 % of scanners; half must be left.
        self.assertIn("NLD", points(gated))
        self.assertIn({"stage": "lithography", "members": ["NLD:lithography"]}, gated["link_cuts"])
        self.assertIn("is not made at all", self.ok("leverage", "chokepoints", "--technology",
                                                    "ai-chips", "--target", "CHN").stdout)

    def test_makers_of_a_file(self):
        makers = self.write("makers.csv", "stage,firm,country,share\nlithography,Kiln,NLD,0.93\n"
                            "lithography,,JPN,0.06\n")
        document = self.tree("--target", "CHN", "--providers", makers, "--gates", "lithography",
                             "--theta", 4)
        self.assertEqual(document["theta"], 4)
        names = {each["name"]: each for each in document["actors"]}
        self.assertTrue(names["Kiln"]["firm"])
        self.assertTrue(names["Kiln"]["single_point"])
        self.assertEqual(names["Kiln"]["country"], "NLD")

    def test_sellers_of_products(self):
        trade = self.write("trade.csv", "year,exporter,importer,product,value\n"
                           "2022,CHN,DEU,850440,40\n2022,USA,DEU,850440,25\n"
                           "2022,JPN,DEU,850440,15\n2022,USA,DEU,010121,30\n")
        theta = self.write("theta.csv", "HS6,zero,positive,sigma\n850440,0,0,-5\n010121,1,0,\n")
        command = ["leverage", "chokepoints", "--product-trade", trade]
        document = self.ok_json(*command, "--elasticities", theta, "--target", "DEU", "--k", 1)
        self.validate(document, "linchpin.leverage-products")
        # 80 of 110 are the product, half of it from China, theta 4: e^(8/11 ln 2 / 4) - 1.
        self.assertEqual(document["sets"][0]["links"], ["CHN:850440"])
        self.assertAlmostEqual(document["sets"][0]["loss_pct"], 13.431252, delta=1e-6)
        self.assertEqual(document["cut_off"][0]["sellers"], ["USA"])
        self.assertEqual(document["without_theta"], 1)
        self.assertIn("CHN", self.ok(*command, "--elasticities", theta, "--target", "DEU").stdout)
        self.bad(*command, "--target", "DEU", says=["no elasticities of products are named"])
        self.bad(*command, "--target", "DE", "--elasticities",
                 self.write("bad.csv", "product,price\n1,2\n"), says=["no column theta", "'DE'"])
        self.bad("leverage", "chokepoints", self.leather(), "--target", "ARG", "--year", 2022,
                 says=["are of files of trade"])

    def test_bad_supply_trees(self):
        makers = self.write("bad.csv", "stage,firm,country,share\nlithografy,Kiln,NLD,0.9\n"
                            "lithography,Oven,jp,61%\n")
        self.bad("leverage", "chokepoints", "--technology", "ai-chips", "--target", "chn",
                 "--providers", makers, "--gates", "hope",
                 says=["did you mean 'lithography'", "'jp' is no country", "61%",
                       "no stage is called 'hope'", "'chn' is no country"])
        self.bad("leverage", "chokepoints", "--technology", "ai-chips", "--target", "CHN",
                 "--cut", 0.5, "--services", says=["--cut, --services do not go with --technology"])
        self.bad("leverage", "chokepoints", self.leather(), "--target", "ARG", "--gates", "x",
                 says=["are of a technology"])
        self.bad("leverage", "chokepoints", "--technology", "ai-chips", "--target", "CHN",
                 "--theta", "CP", says=["no elasticity between makers"])

    def test_defence_lowers_the_worst_case(self):
        document = self.ask("defend", "--target", "ARG", "--k", 2, "--attack-links", 1, "--measures", 3)
        self.assertLess(document["best"]["loss_pct"], document["undefended"]["loss_pct"])
        self.assertLessEqual(document["best"]["loss_pct"], document["best"]["bound_pct"] + 1e-9)
        self.assertTrue(document["exhaustive"])
        self.assertIn("beforehand", self.ok("leverage", "defend", self.leather(), "--theta",
                                            self.theta(), "--target", "ARG").stdout)

    def test_defence_compares_options(self):
        document = self.ask("defend", "--target", "ARG", "--k", 1, "--attack-links", 1, "--measures", 2,
                            "--options", "localise,stockpile,diversify", "--stock-days", 180)
        self.assertTrue(document["priced"])
        self.assertEqual(len(document["measures"]), 6)
        self.assertLess(document["best"]["loss_pct"], document["undefended"]["loss_pct"])
        self.bad("leverage", "defend", self.leather(), "--theta", self.theta(), "--target", "ARG",
                 "--options", "hope", says=["'hope' is no option"])

    def test_flows_name_the_bottleneck(self):
        document = self.ok_json("leverage", "flows", self.leather(), "--target", "ARG", "--share", 0.9)
        self.validate(document, "linchpin.leverage-flows")
        # A minimum cut carries as much as can reach the target.
        cut = sum(each["amount"] for each in document["cut"])
        cut += sum(each["supply"] for each in document["cut_suppliers"])
        self.assertAlmostEqual(cut, document["most"], delta=1e-9 * document["most"])
        self.assertTrue(document["supplier_cut"]["reached"])
        self.assertIn("can reach ARG from abroad",
                      self.ok("leverage", "flows", self.leather(), "--target", "ARG").stdout)
        self.bad("leverage", "flows", self.leather(), says=["no target is named"])

    def test_bad_input(self):
        self.bad("leverage", "chokepoints", self.leather(), says=["no target is named"])
        self.bad("leverage", "defend", self.leather(), "--target", "ARF", says=["ARF"])


class Game(LeverageTest):
    def test_chicken_has_three_equilibria(self):
        document = self.ok_json("leverage", "game", self.write("chicken.toml", CHICKEN))
        self.validate(document)
        found = document["equilibria"]
        self.assertEqual([each["pure"] for each in found], [True, True, False])
        self.assertEqual(found[0]["strategies"], {"A": {"yield": 1}, "B": {"stay": 1}})
        self.assertAlmostEqual(found[2]["strategies"]["A"]["stay"], 0.1, delta=1e-12)
        self.assertLess(found[2]["residual"], 1e-12)
        self.assertTrue(document["complete"])
        self.assertIsNone(document["odds"])
        self.assertIsNone(document["ladder"])

    def test_ranges_and_ladder(self):
        text = CHICKEN.replace("A = -10", "A = [-10, 0]") + "[ensemble]\ndraws = 200\nseed = 1\n"
        path = self.write("both.toml", text + LADDER)
        document = self.ok_json("leverage", "game", path)
        self.validate(document)
        self.assertEqual(document["odds"]["draws"], 200)
        # Staying is worth it for A against a stubborn B while the crash costs it less than yielding.
        self.assertGreater(document["odds"]["played_in_some"]["A"]["stay"], 0.99)
        self.assertEqual([each["move"] for each in document["ladder"]["path"]], ["ban", "yield"])
        self.assertEqual(document["ladder"]["payoffs"], {"A": 2, "B": -1})
        again = self.ok_json("leverage", "game", path, "--threads", 1)
        self.assertEqual(again["odds"], document["odds"])
        printed = self.ok("leverage", "game", path).stdout
        self.assertIn("A gets 2, B gets -1", printed)

    def test_a_ladder_with_ranges(self):
        players = "[[player]]\nname = \"A\"\n[[player]]\nname = \"B\"\n"
        text = players + LADDER.replace("A = 2, B = -1", "A = 2, B = [-6, -2]")
        path = self.write("ranges.toml", text + "[ensemble]\ndraws = 100\nseed = 1\n")
        document = self.ok_json("leverage", "game", path, "--draws", 4000, "--seed", 7)
        self.validate(document)
        odds = document["ladder"]["odds"]
        self.assertEqual(odds["draws"], 4000)
        shares = {(each["rung"], each["move"]): each for each in odds["moves"]}
        # B yields where that costs it less than 4: in half of -6 ... -2.
        self.assertAlmostEqual(shares["answer", "yield"]["chosen_share"], 0.5, delta=0.03)
        self.assertAlmostEqual(shares["opening", "ban"]["path_share"],
                               shares["answer", "yield"]["chosen_share"], delta=1e-9)
        self.assertIn("credible in", self.ok("leverage", "game", path).stdout)

    def test_only_a_ladder(self):
        players = "[[player]]\nname = \"A\"\n[[player]]\nname = \"B\"\n"
        document = self.ok_json("leverage", "game", self.write("ladder.toml", players + LADDER))
        self.validate(document)
        self.assertEqual(document["equilibria"], [])

    def test_bad_files_say_where(self):
        text = CHICKEN.replace('B = "stay"}', 'B = "sty"}', 1).replace("title", "titel")
        self.bad("leverage", "game", self.write("bad.toml", text),
                 says=["there is no action 'sty'", "did you mean 'stay'?", "unknown key 'titel'",
                       "no outcome for these actions"])
        self.bad("leverage", "game", "nowhere.toml", says=["nowhere.toml"])
        self.bad("leverage", says=["error:"])


if __name__ == "__main__":
    unittest.main()
