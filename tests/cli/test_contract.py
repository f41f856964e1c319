# SPDX-License-Identifier: Apache-2.0
"""What other programs rely on: the JSON documents and their schemas in docs/formats/schema."""
import json
import math
import unittest

import jsonschema

from support import LEATHER, ROOT, CliTest

SCENARIO = """
[model]
order_rule = "{rule}"
inventory_days = 20

[[cut]]
sellers = ["DEU"]
buyers = ["TUR"]
sectors = ["3"]
share = 0.5
from_day = 5
to_day = 40
ramp_days = 4
uses = ["intermediate", "final"]
exempt = ["TUR:1"]

[[capacity_loss]]
industries = ["ARG:1"]
share = 0.1
from_day = 0
to_day = 10
"""


def schemas():
    folder = ROOT / "docs/formats/schema"
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}


class Contract(CliTest):
    def validate(self, document, name):
        schema = schemas()[name]
        validator = jsonschema.validators.validator_for(schema)
        validator.check_schema(schema)
        validator(schema).validate(document)

    def test_depend_numbers_of_the_leather_fixture(self):
        # Source: the leather oracle of the literature (models: face value, look-through, origin),
        # printed to six decimals.
        document = self.ok_json("depend", self.leather(), "--buyer", "ARG:1")
        self.validate(document, "linchpin.depend")
        rows = {row["supplier"]: row for row in document["reliance"]}
        self.assertEqual({row["buyer"] for row in document["reliance"]}, {"ARG:1"})
        expected = {"ARG": (0.249678, 0.352278, 0.897448), "TUR": (0.018018, 0.063007, 0.035131),
                    "DEU": (0.059202, 0.150116, 0.067420)}
        for region, (face, look, origin) in expected.items():
            self.assertAlmostEqual(rows[region]["face_value"], face, delta=5e-7)
            self.assertAlmostEqual(rows[region]["look_through"], look, delta=5e-7)
            self.assertAlmostEqual(rows[region]["hidden"], look - face, delta=1.1e-6)
            self.assertAlmostEqual(rows[region]["value_added_origin"], origin, delta=5e-7)

    def test_several_buyers_and_all_regions(self):
        both = self.ok_json("depend", self.leather(), "--buyer", "ARG:3", "--buyer", "DEU")
        self.assertEqual([row["buyer"] for row in both["reliance"]], ["ARG:3"] * 3 + ["DEU"] * 3)
        every = self.ok_json("depend", self.leather())
        self.assertEqual(len(every["reliance"]), 9)

    def test_disrupt_document(self):
        for rule in ("fixed", "reweighted"):
            scenario = self.write("s.toml", SCENARIO.format(rule=rule))
            document = self.ok_json("disrupt", self.leather(), "--scenario", scenario, "--days", 60)
            self.validate(document, "linchpin.disrupt")
            self.assertEqual([row["region"] for row in document["regions"]], ["ARG", "TUR", "DEU"])
            industries = document["industries"]
            self.assertEqual(industries["days"], list(range(60)))
            self.assertEqual(len(industries["labels"]), 9)
            self.assertEqual({len(row) for row in industries["output_relative"]}, {60})
            first = dict(zip(industries["labels"], industries["output_relative"]))["ARG:1"]
            self.assertAlmostEqual(first[0], 0.9, delta=1e-12)  # capacity binds on day 0
            self.assertEqual(document["origin"]["options"]["order_rule"], rule)
            self.assertEqual(len(document["origin"]["inputs"]), 2)

    def test_no_shock_stays_at_baseline(self):
        scenario = self.write("s.toml", "[model]\npsi = 0.8\n")
        document = self.ok_json("disrupt", self.leather(), "--scenario", scenario, "--days", 30)
        for row in document["industries"]["output_relative"]:
            for value in row:
                self.assertTrue(math.isclose(value, 1, abs_tol=1e-12))

    def test_table_documents(self):
        world = self.leather()
        self.validate(self.ok_json("table", "check", world), "linchpin.table-check")
        self.validate(self.ok_json("table", "info", world), "linchpin.table-info")
        self.validate(self.ok_json("table", "list"), "linchpin.table-list")
        self.write("map.csv", "from,to\nARG,X\nTUR,X\nDEU,Y\n")
        for arguments in (["import", LEATHER, "-o", "a.nc", "--year", "2005", "--unit", "EUR million"],
                          ["aggregate", "a.nc", "--regions", "map.csv", "-o", "b.nc"],
                          ["export", "b.nc", "-o", "b.csv"]):
            document = self.ok_json("table", *arguments)
            self.validate(document, "linchpin.table-info")
            self.assertEqual((document["table"]["year"], document["table"]["unit"]),
                             (2005, "EUR million"))

    def test_an_event_that_does_nothing_is_said(self):
        cut = '[[cut]]\nsellers = ["{}"]\nbuyers = ["TUR"]\nsectors = ["3"]\nfrom_day = {}\n'
        for seller, day in (("TUR", 0), ("DEU", 50)):
            self.write("s.toml", cut.format(seller, day))
            document = self.ok_json("disrupt", self.leather(), "--scenario", "s.toml", "--days", 20)
            self.assertEqual(len(document["warnings"]), 1)
            self.assertIn("warning:", self.ok("disrupt", self.leather(), "--scenario", "s.toml",
                                              "--days", 20).stdout)

    def test_a_cut_may_name_single_industries_as_buyers(self):
        text = '[[cut]]\nsellers = ["DEU"]\nbuyers = [{}]\nsectors = ["3"]\nfrom_day = 0\n'
        self.write("one.toml", text.format('"TUR:1"'))
        self.write("all.toml", text.format('"TUR:1", "TUR:2", "TUR:3"'))
        self.write("region.toml", text.format('"TUR"') + 'uses = ["intermediate"]\n')
        one, every, region = (self.ok_json("disrupt", self.leather(), "--scenario", f"{name}.toml")
                              for name in ("one", "all", "region"))
        # Z of DEU:3 to TUR:1 is 4.1; to TUR in all 4.1 + 3.1 + 3.9.
        self.assertAlmostEqual(one["reach"]["cuts"][0], 4.1, delta=1e-9)
        self.assertAlmostEqual(every["reach"]["cuts"][0], 11.1, delta=1e-9)
        self.assertEqual(every["regions"], region["regions"])

    def test_error_document(self):
        done = self.run_cli("depend", "no-such-world", "--json")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.validate(json.loads(done.stderr), "linchpin.error")


if __name__ == "__main__":
    unittest.main()
