# SPDX-License-Identifier: Apache-2.0
"""`linchpin table`: nowcast, backcast, sourcing, split, resum; the estimated worlds."""
import unittest

from support import CliTest

REGIONS = ("ARG", "TUR", "DEU")


class Nowcast(CliTest):
    def write_cube(self, name="ICIO2030_cube.csv", factor=1.0):
        """A cube with two sectors of the fixture: 7 (own sector 1) and 8 (sectors 2 and 3)."""
        lines = ["exporter,importer,sector,value_musd,tariff"]
        for e, exporter in enumerate(REGIONS):
            for r, importer in enumerate(REGIONS):
                for sector in (7, 8):
                    value = (200 if e == r else 10 + e + r) * sector * factor
                    lines.append(f"{exporter},{importer},{sector},{value},0.1")
        return self.write(name, "\n".join(lines) + "\n")

    def write_concordances(self):
        self.write("map/base-x.csv", "from,to\n1,A\n2,B\n3,C\n")
        self.write("map/cube-x.csv", "from,to,name\n7,A,First\n8,B,Second\n8,C,Third\n")
        self.write("map/regions.csv", "from,to\n" + "".join(f"{r},{r}\n" for r in REGIONS))

    def test_nowcast_meets_the_cube_and_is_marked_as_estimated(self):
        self.write_cube()
        self.write_concordances()
        answer = self.ok_json("table", "nowcast", "--base", self.leather(), "--cube",
                              "ICIO2030_cube.csv", "--sectors", "x", "--concordances", "map", "-o",
                              "w.nc")
        self.assertTrue(answer["table"]["estimated"])
        self.assertEqual(answer["table"]["year"], 2030)
        self.assertEqual([sector["label"] for sector in answer["sectors"]], ["A", "B", "C"])
        arg = answer["nowcast"]["importers"][0]
        self.assertAlmostEqual(arg["output"], 15 * (200 + 11 + 12), delta=1e-6)
        self.assertAlmostEqual(arg["value_added"] - arg["final_use"],
                               arg["output"] - arg["absorption"], delta=1e-6)
        findings = self.ok_json("table", "check", "w.nc")["findings"]
        self.assertFalse([each for each in findings if each["severity"] == "error"])

    def test_nowcast_says_what_is_missing(self):
        self.write_cube()
        self.write_concordances()
        words = ["table", "nowcast", "--base", self.leather(), "--cube", "ICIO2030_cube.csv", "-o",
                 "w.nc", "--concordances"]
        self.bad(*words, "map", "--sectors", "icio28",
                 says=["no classification 'icio28'", "there are x"])
        self.bad(*words, "nowhere", "--sectors", "x", says=["concordances"])
        self.bad(*words, "map", "--sectors", "x", "--anchor", "ARG", says=["REGION=TABLE"])
        self.assertNotIn("w.nc", self.left_over())
        anchor = self.write("anchor.nc", self.leather().read_bytes())
        self.bad("table", "nowcast", "--base", self.leather(), "--cube", "ICIO2030_cube.csv",
                 "--anchor", f"ARG={anchor}", "-o", anchor, says=["would replace an input"])

    def test_backcast_of_the_same_table_has_no_error(self):
        self.write("sectors.csv", "from,to\n1,1\n2,2\n3,3\n")
        answer = self.ok_json("table", "backcast", self.leather(), self.leather(), "--sectors",
                              "sectors.csv", "--reliance", "DEU")
        self.assertEqual(answer["schema"]["name"], "linchpin.table-backcast")
        self.assertEqual(len(answer["methods"]), 3)
        for method in answer["methods"]:
            self.assertAlmostEqual(method["cells"], 0, delta=1e-9)

    def test_sourcing(self):
        self.write_cube()
        self.write_cube("ICIO2031_cube.csv", factor=2.0)
        answer = self.ok_json("table", "sourcing", "ICIO2030_cube.csv", "ICIO2031_cube.csv",
                              "--importer", "DEU", "--sector", "7")
        self.assertEqual([year["year"] for year in answer["years"]], [2030, 2031])
        self.assertAlmostEqual(sum(answer["years"][0]["shares"].values()), 1, delta=1e-12)
        self.assertAlmostEqual(answer["years"][1]["moved"], 0, delta=1e-12)
        self.bad("table", "sourcing", "ICIO2030_cube.csv", "--importer", "DEUX", "--sector", "7",
                 says=["no region 'DEUX'"])

    def test_split_and_merge(self):
        self.write("outputs.csv", "region,output\nDEU,10\n")
        self.ok("table", "split", self.leather(), "--sector", "2", "--line", "L", "--rest", "M",
                "--outputs", "outputs.csv", "-o", "split.nc")
        self.write("back.csv", "from,to\n1,1\nL,2\nM,2\n3,3\n")
        self.ok("table", "aggregate", "split.nc", "--sectors", "back.csv", "-o", "merged.nc")
        first, second = (self.ok_json("depend", name, "--buyer", "DEU:3")["reliance"]
                         for name in (self.leather(), "merged.nc"))
        self.assertEqual(len(first), len(second))
        self.write("outputs.csv", "region,output\nDEU,1e9\n")
        self.bad("table", "split", self.leather(), "--sector", "2", "--line", "L", "--outputs",
                 "outputs.csv", "-o", "s.nc", says=["exceeds the sector's"])

    def test_resum(self):
        self.ok("table", "resum", self.leather(), "-o", "r.nc")
        totals = self.ok_json("table", "check", "r.nc")["totals"]
        self.assertAlmostEqual(totals["gross_output"], 936.6, delta=1e-9)

    def test_built_in_worlds_of_2022_are_estimates(self):
        for name, sectors in (("world-2022e", 28), ("world-2022e-wide", 33)):
            info = self.ok_json("table", "info", name)
            self.assertTrue(info["table"]["estimated"])
            self.assertEqual((len(info["regions"]), len(info["sectors"])), (20, sectors))
            self.assertIn("OECD", info["table"]["source"])


if __name__ == "__main__":
    unittest.main()
