# SPDX-License-Identifier: Apache-2.0
"""Critical imports from files of trade by product, and minerals."""
import csv
import gzip
import json
import random
import unittest

import jsonschema

from support import ROOT, CliTest

# The toy product as trade of a group, worked out by hand: imports 60, 25 and 15 from outside, 60
# among members, exports of 70; the others trade 90, 20 and 10 among themselves.
TRADE = """year,exporter,importer,product,value
2022,CHN,DEU,850440,40
2022,CHN,FRA,850440,20
2022,USA,DEU,850440,25
2022,JPN,FRA,850440,15
2022,DEU,FRA,850440,45
2022,FRA,DEU,850440,15
2022,DEU,USA,850440,70
2022,CHN,USA,850440,90
2022,USA,JPN,850440,20
2022,JPN,CHN,850440,10
2022,USA,DEU,010121,5
2022,JPN,DEU,010121,5
2022,DEU,USA,010121,50
"""


class Documents(CliTest):
    def validate(self, document, name):
        schema = json.loads((ROOT / f"docs/formats/schema/{name}.json").read_text(encoding="utf-8"))
        validator = jsonschema.validators.validator_for(schema)
        validator.check_schema(schema)
        validator(schema).validate(document)
        self.assertEqual(document["schema"], {"name": name, "version": 1})


class Products(Documents):
    def trade(self, text=TRADE, name="trade.csv"):
        return self.write(name, text)

    def test_toy_product_of_a_group(self):
        document = self.ok_json("depend", "products", self.trade(), "--group", "EU=DEU,FRA")
        self.validate(document, "linchpin.depend-products")
        rows = document["critical_imports"]
        self.assertEqual(len(rows), 1)
        row = rows[0]
        self.assertEqual((row["buyer"], row["product"], row["rank"]), ("EU", "850440", 1))
        self.assertAlmostEqual(row["cdi1"], 0.445, delta=1e-12)
        self.assertAlmostEqual(row["cdi2"], 0.625, delta=1e-12)
        self.assertAlmostEqual(row["cdi3"], 10 / 7, delta=1e-12)
        self.assertEqual((row["critical"], row["single_point_of_failure"]), (1, 1))
        self.assertEqual((row["largest_origin"], row["dominant_exporter"]), ("CHN", "CHN"))
        self.assertAlmostEqual(row["dominant_share"], 0.75, delta=1e-12)
        summary = document["import_concentration"][0]
        self.assertEqual((summary["imported"], summary["critical"]), (2, 1))
        self.assertAlmostEqual(summary["critical_share"], 100 / 110, delta=1e-12)
        self.assertNotIn("world", document["origin"])
        self.assertEqual(document["origin"]["inputs"][0]["name"], "trade.csv")

    def test_buyers_detail_text_and_csv(self):
        done = self.ok("depend", "products", "--buyer", "DEU", "--group", "EU=DEU,FRA", self.trade(),
                       "--detail", "--csv", "out.csv")
        self.assertIn("850440", done.stdout)
        with open(self.folder / "out.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([(row["buyer"], row["product"]) for row in rows],
                         [("DEU", "010121"), ("DEU", "850440"), ("EU", "850440"), ("EU", "010121")]
                         if rows[0]["product"] == "010121" else
                         [("DEU", "850440"), ("DEU", "010121"), ("EU", "850440"), ("EU", "010121")])
        germany = next(row for row in rows if row["buyer"] == "DEU" and row["product"] == "850440")
        self.assertAlmostEqual(float(germany["cdi2"]), 1.0)
        self.assertAlmostEqual(float(germany["cdi3"]), 80 / 115)

    def test_order_compression_and_several_files_do_not_matter(self):
        lines = TRADE.splitlines()
        body = lines[1:]
        random.Random(3).shuffle(body)
        first = "\n".join([lines[0], *body[:6]]) + "\n"
        second = "\n".join([lines[0], *body[6:]]) + "\n"
        (self.folder / "b.csv.gz").write_bytes(gzip.compress(second.encode()))
        one = self.ok_json("depend", "products", self.trade(), "--group", "EU=DEU,FRA")
        two = self.ok_json("depend", "products", self.trade(first, "a.csv"), "b.csv.gz",
                           "--group", "EU=DEU,FRA")
        for a, b in zip(one["critical_imports"], two["critical_imports"], strict=True):
            for name, value in a.items():  # sums in another order differ by rounding only
                if isinstance(value, float):
                    self.assertAlmostEqual(value, b[name], delta=1e-12 * abs(value))
                else:
                    self.assertEqual(value, b[name])

    def test_concordance_and_what_it_misses(self):
        document = self.ok_json("depend", "products", self.trade(), "--group", "EU=DEU,FRA",
                                "--map", self.write("map.csv", "hs,sector\n85,C27\n"))
        self.validate(document, "linchpin.depend-products")
        self.assertEqual(document["critical_imports"][0]["sector"], "C27")
        self.assertEqual(document["trade"]["unmatched"], ["010121"])
        self.assertIn("left out for want of a sector", document["warnings"][0])

    def test_shipped_concordance_has_a_sector_for_every_chapter(self):
        lines = ["year,exporter,importer,product,value"]
        chapters = [f"{chapter:02}" for chapter in range(1, 98) if chapter != 77]
        lines += [f"2022,CHN,DEU,{chapter}9999,1" for chapter in chapters]
        lines += ["2022,CHN,DEU,854231,5", "2022,CHN,DEU,990000,1"]
        document = self.ok_json("depend", "products", self.trade("\n".join(lines) + "\n"),
                                "--buyer", "DEU", "--map", "hs-icio28", "--detail")
        self.assertEqual(document["trade"]["unmatched"], ["990000"])
        known = {each["label"] for each in self.ok_json("table", "info", "world-2022e")["sectors"]}
        used = {row["sector"] for row in document["critical_imports"]}
        self.assertLessEqual(used, known)
        imports = {row["sector"]: row["imports"] for row in document["critical_imports"]}
        self.assertEqual(imports["C26"], 7)  # chapters 90 and 91, and 8542

    def test_thresholds_change_the_flags(self):
        document = self.ok_json("depend", "products", self.trade(), "--group", "EU=DEU,FRA",
                                "--concentration", 0.45, "--dominance", 0.8)
        self.assertEqual(document["critical_imports"], [])
        self.assertEqual(document["import_concentration"][0]["critical"], 0)
        self.assertIn("No product is critical", self.ok(
            "depend", "products", "trade.csv", "--group", "EU=DEU,FRA", "--concentration", 0.45,
            "--dominance", 0.8).stdout)

    def test_bad_usage(self):
        trade = self.trade()
        self.bad("depend", "products", trade, says=["nobody is named", "--buyer DEU"])
        self.bad("depend", "products", trade, "--group", "DEU,FRA",
                 says=["'DEU,FRA' is not a group"])
        self.bad("depend", "products", trade, "--group", "EU=DEU,,FRA", says=["is not a group"])
        self.bad("depend", "products", trade, "--buyer", "DEU", "--concentration", "3",
                 says=["the threshold 3 is out of range"])
        self.bad("depend", "products", trade, "--buyer", "DEU", "--csv", "no/such/out.csv",
                 says=["there is no folder"])
        self.bad("depend", "products", trade, "--buyer", "DEU", "--csv", trade,
                 says=["would replace an input"])
        self.bad("depend", "products", says=["error:"])
        self.bad("depend", "--top", "5", "products", trade, "--buyer", "DEU",
                 says=["'--top' is not for `linchpin depend products`"])
        self.assertEqual(self.left_over(), ["trade.csv"])

    def test_bad_data_all_at_once(self):
        bad = self.trade(TRADE + "2022,CHN,DEU,1,-5\n2022,CHN,DEU,1,x\n2022,CHN,DEU\n")
        self.bad("depend", "products", bad, "--buyer", "DEU",
                 says=["the value -5 is negative", "trade.csv:15, column 5", "'x'",
                       "the line has 3 fields", "trade.csv:17"])
        self.bad("depend", "products", self.trade(), "--buyer", "DUE",
                 says=["'DUE' does not trade", "did you mean 'DEU'"])
        self.bad("depend", "products", "none.csv", "--buyer", "DEU", says=["none.csv"])
        self.bad("depend", "products", self.write("a.csv", "a,b\n1,2\n"), "--buyer", "DEU",
                 says=["there is no column 'year'", "there is no column 'value'"])
        self.bad("depend", "products", self.trade(), "--buyer", "DEU", "--map",
                 self.write("map.csv", "hs,sector,share\n85,C27,0.7\n"),
                 says=["the shares of '85' sum to 0.7"])


class Minerals(Documents):
    def test_most_concentrated_first(self):
        document = self.ok_json("depend", "minerals")
        self.validate(document, "linchpin.depend-minerals")
        rows = document["minerals"]
        self.assertEqual(len(rows), 20)
        self.assertEqual(rows, sorted(rows, key=lambda row: -row["hhi"]))
        self.assertIsNone(document["mineral_uses"])
        # Source: USGS Mineral Commodity Summaries 2025, gallium: 750 t of 762 t in 2024.
        self.assertEqual((rows[0]["commodity"], rows[0]["largest_iso3"]), ("Gallium", "CHN"))
        self.assertAlmostEqual(rows[0]["largest_share"], 750 / 762, delta=1e-6)
        for row in rows:
            self.assertLessEqual(row["hhi"], row["hhi_most"])
            self.assertLessEqual(row["hhi_most"], 1)

    def test_users_in_a_world(self):
        for world, sector in (("world-2022e", "C26"), ("world-2022e-wide", "C26"),
                              ("world-2011", "c14")):
            document = self.ok_json("depend", "minerals", "--world", world, "--mineral", "gallium")
            self.validate(document, "linchpin.depend-minerals")
            uses = document["mineral_uses"]
            self.assertEqual([row["sector"] for row in uses], [sector])
            self.assertGreater(uses[0]["output"], uses[0]["value_added"])
            self.assertEqual(document["origin"]["world"]["name"], world)
        text = self.ok("depend", "minerals", "--world", "world-2022e", "--mineral", "Gallium",
                       "--csv", "uses.csv").stdout
        self.assertIn("gallium arsenide and nitride", text)
        with open(self.folder / "uses.csv", encoding="utf-8", newline="") as file:
            self.assertEqual(next(csv.DictReader(file))["sector"], "C26")

    def test_every_use_has_a_sector_in_the_built_in_worlds(self):
        with open(ROOT / "data/minerals/uses.csv", encoding="utf-8", newline="") as file:
            uses = list(csv.DictReader(file))
        for world, column in (("world-2022e-wide", "isic4"), ("world-2011", "isic3")):
            known = {each["label"] for each in
                     self.ok_json("table", "info", world)["sectors"]}
            for use in uses:
                self.assertTrue(known & set(use[column].split()), f"{world}: {use}")

    def test_year_and_bad_input(self):
        earlier = self.ok_json("depend", "minerals", "--mineral", "Cobalt", "--year", 2023)
        self.assertEqual(earlier["minerals"][0]["production_year"], 2023)
        self.bad("depend", "minerals", "--mineral", "Galium", "--year", 1950,
                 says=["there is no mineral 'Galium'", "did you mean 'Gallium'",
                       "there is no production of 1950"])
        self.bad("depend", "minerals", "--world", "world-2o11", says=["world-2o11"])
        self.bad("depend", "minerals", "--world", self.leather(),
                 says=["none of its sectors is in the list of uses"])
        self.bad("depend", "minerals", "world-2011",
                 says=["'world' is not for `linchpin depend minerals`"])


if __name__ == "__main__":
    unittest.main()
