# SPDX-License-Identifier: Apache-2.0
"""Detours on the command line: cubes made up here, so that the answer is known."""
import json
import unittest

import jsonschema

from support import ROOT, CliTest


class Detours(CliTest):
    def cube(self, year, flows):
        lines = ["exporter,importer,sector,value_musd"]
        regions = ["CHN", "USA", "VNM", "MEX"]
        for seller in regions:
            for buyer in regions:
                value = flows.get((seller, buyer), 1000 if seller == buyer else 10)
                lines.append(f"{seller},{buyer},1,{value}")
        path = self.folder / f"ICIO{year}_trade.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(path)

    def cubes(self):
        before = {("CHN", "USA"): 100, ("CHN", "VNM"): 20, ("VNM", "USA"): 20}
        after = {("CHN", "USA"): 40, ("CHN", "VNM"): 50, ("VNM", "USA"): 70}
        return [self.cube(2018, before), self.cube(2019, after)]

    def test_the_country_whose_two_legs_rise_is_named(self):
        document = self.ok_json("equilibrium", "detours", *self.cubes(), "--from", "CHN", "--to",
                                "USA", "--before", "2018", "--lag", "0")
        schema = json.loads(
            (ROOT / "docs/formats/schema/linchpin.equilibrium-detours.json").read_text())
        jsonschema.validate(document, schema)
        (sector,) = document["sectors"]
        self.assertEqual(sector["direct_before"], 100)
        self.assertEqual(sector["direct_after"], 40)
        self.assertEqual(sector["candidates"][0]["via"], "VNM")
        # Other purchases and sales of the country did not grow: the lesser rise is 30.
        self.assertAlmostEqual(sector["candidates"][0]["score"], 30)
        text = self.ok("equilibrium", "detours", *self.cubes(), "--from", "CHN", "--to", "USA",
                       "--before", "2018").stdout
        self.assertIn("VNM", text)

    def test_everything_wrong_is_said_at_once(self):
        self.bad("equilibrium", "detours", *self.cubes(), "--from", "CHM", "--to", "US", "--before",
                 "2017", "--sector", "9",
                 says=["no region 'CHM'", "no region 'US'", "no sector '9'", "the year 2017"])


if __name__ == "__main__":
    unittest.main()
