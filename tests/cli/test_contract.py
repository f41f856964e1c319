# SPDX-License-Identifier: Apache-2.0
"""What other programs rely on: the JSON documents and their schemas in docs/formats/json.md."""
import json
import math
import re
import unittest

import jsonschema

from support import ROOT, CliTest

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
    page = (ROOT / "docs/formats/json.md").read_text(encoding="utf-8")
    found = {}
    for block in re.findall(r"```json\n(.*?)```", page, re.S):
        document = json.loads(block)
        if "$schema" in document:
            name = document["$id"].split("/")[-2]  # …/schema/<name>/<version>
            found[name] = document
    return found


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

    def test_error_document(self):
        done = self.run_cli("depend", "no-such-world", "--json")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.validate(json.loads(done.stderr), "linchpin.error")


if __name__ == "__main__":
    unittest.main()
