# SPDX-License-Identifier: Apache-2.0
"""`linchpin disrupt --sensitive`: which links, capacities and stocks matter most."""
import json
import unittest

import jsonschema

from support import ROOT, CliTest

BASE = """
[model]
inventory_days = 20
[[cut]]
sellers = ["DEU"]
buyers = ["TUR"]
sectors = ["3"]
share = {share}
uses = ["intermediate"]
"""


class Gradient(CliTest):
    def ask(self, share, *options):
        scenario = self.write(f"s{share}.toml", BASE.format(share=share))
        return self.ok_json("disrupt", self.leather(), "--scenario", scenario, "--days", 40, *options)

    def test_the_document(self):
        document = self.ask(0.5, "--sensitive", 5, "--loss", "output")
        schema = json.loads((ROOT / "docs/formats/schema/linchpin.disrupt.json").read_text("utf-8"))
        jsonschema.validators.validator_for(schema)(schema).validate(document)
        gradient = document["gradient"]
        self.assertEqual(gradient["loss"]["measure"], "output_loss_pct")
        self.assertEqual(gradient["loss"]["regions"], ["TUR"])
        rows = {row["region"]: row for row in document["regions"]}
        self.assertAlmostEqual(gradient["loss"]["pct"], rows["TUR"]["output_loss_pct"], delta=1e-9)
        sizes = [abs(row["per_percent_cut"]) for row in gradient["links"]]
        self.assertEqual(len(sizes), 5)
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        for row in gradient["links"]:
            self.assertNotEqual(row["seller"].split(":")[0], row["buyer"].split(":")[0])
        self.assertNotIn("gradient", self.ask(0.5))

    def test_it_predicts_a_small_change(self):
        # The cut touches the links from DEU:3 to the three industries of Turkey; half of them is still
        # delivered. One percent more of that is a share of 0.505, half a percent point.
        gradient = self.ask(0.5, "--sensitive", 1000, "--loss", "output")["gradient"]
        links = [row["per_percent_cut"] for row in gradient["links"]
                 if row["seller"] == "DEU:3" and row["buyer"].startswith("TUR:")]
        self.assertEqual(len(links), 3)
        before = self.ask(0.49, "--sensitive", 1, "--loss", "output")["gradient"]["loss"]["pct"]
        after = self.ask(0.51, "--sensitive", 1, "--loss", "output")["gradient"]["loss"]["pct"]
        self.assertAlmostEqual(sum(links), (after - before) / 4, delta=2e-3 * abs(sum(links)) + 1e-9)

    def test_days_of_stock_to_survive(self):
        scenario = self.write("v.toml", """
[model]
production = "leontief"
order_rule = "fixed"
inventory_days = 10
[[capacity_loss]]
industries = ["DEU:3"]
[[cut]]
sellers = ["DEU"]
buyers = ["TUR"]
sectors = ["3"]
""")
        document = self.ok_json("disrupt", self.leather(), "--scenario", scenario, "--survive", 30)
        schema = json.loads((ROOT / "docs/formats/schema/linchpin.disrupt.json").read_text("utf-8"))
        jsonschema.validators.validator_for(schema)(schema).validate(document)
        (row,) = document["survival"]
        self.assertEqual((row["region"], row["product"]), ("TUR", "3"))
        needed = row["days_needed"]
        self.assertGreater(needed, 10)

        def short(days):
            text = (self.leather().parent / "v.toml").read_text().replace(
                "inventory_days = 10", f"inventory_days = {{goods = 10, 3 = {days}}}")
            again = self.ok_json("disrupt", self.leather(), "--scenario",
                                 self.write(f"v{days}.toml", text), "--days", 30)
            return [each for each in again["shortages"]
                    if each["product"] == "3" and each["industry"].startswith("TUR:")]
        self.assertTrue(short(needed - 1))
        self.assertFalse(short(needed))

    def test_bad_requests(self):
        scenario = self.write("s.toml", BASE.format(share=0.5))
        run = ("disrupt", self.leather(), "--scenario", scenario, "--sensitive", 5)
        self.bad(*run, "--loss-of", "TUX", says=["TUX"])
        self.bad(*run, "--loss", "profits", says=["profits"])


if __name__ == "__main__":
    unittest.main()
