# SPDX-License-Identifier: Apache-2.0
"""The measures of `linchpin depend` as a user asks for them."""
import csv
import unittest

from support import LEATHER, CliTest
import test_contract

MEASURES = ["reliance", "market-reliance", "footprint", "position", "kww", "bm-source", "bm-sink",
            "bm-perspectives", "leontief", "wwz", "propagation", "concentration", "extraction"]


class Depend(CliTest):
    validate = test_contract.Contract.validate

    def test_contract_of_value_added_in_exports(self):
        # Source: models of the literature, six decimals; decompr, exvatools and numpy agree.
        document = self.ok_json("depend", self.leather(), "--measure", "kww", "--measure", "bm-source",
                                "--measure", "position")
        self.validate(document, "linchpin.depend-measures")
        nine = document["kww"][0]
        self.assertEqual(nine["exporter"], "ARG")
        self.assertAlmostEqual(nine["T1"], 19.349405, delta=5e-7)
        self.assertAlmostEqual(nine["T9"], 3.770832, delta=5e-7)
        self.assertAlmostEqual(nine["exports"], 64.3, delta=1e-9)
        terms = document["bm"][0]
        self.assertEqual(terms["approach"], "source")
        for name, value in {"DVA": 52.817562, "VAX": 46.732088, "REF": 6.085473, "DDC": 0.872395,
                            "FC": 10.610044, "FVA": 10.434837, "FDC": 0.175206, "GVC": 29.501230,
                            "GVCB": 11.482438, "GVCF": 18.018791}.items():
            self.assertAlmostEqual(terms[name], value, delta=5e-7)
        position = document["position"][0]
        self.assertEqual(position["industry"], "ARG:1")
        self.assertAlmostEqual(position["upstreamness"], 2.09840373, delta=5e-9)
        self.assertAlmostEqual(position["downstreamness"], 1.56540084, delta=5e-9)
        options = document["origin"]["options"]
        self.assertEqual(options["method"], "direct")
        self.assertLess(options["error_bound"], 1e-12)

    def test_every_measure_answers_in_all_forms(self):
        for measure in MEASURES:
            with self.subTest(measure=measure):
                document = self.ok_json("depend", self.leather(), "--measure", measure)
                self.validate(document, "linchpin.depend-measures")
                self.assertEqual([each["name"] for each in document["measures"]], [measure])
                text = self.ok("depend", self.leather(), "--measure", measure).stdout
                self.assertIn("Not for:", text)
                self.ok("depend", self.leather(), "--measure", measure, "--csv", f"{measure}.csv")
                with open(self.folder / f"{measure}.csv", newline="", encoding="utf-8") as file:
                    self.assertTrue(list(csv.DictReader(file)))

    def test_methods_agree_and_say_how_far_they_are_from_exact(self):
        answers = [self.ok_json("depend", self.leather(), "--measure", "reliance", "--method", method)
                   for method in ("direct", "iterative")]
        self.assertEqual(answers[1]["origin"]["options"]["method"], "iterative")
        self.assertLessEqual(answers[1]["origin"]["options"]["residual"], 1e-12)
        for one, other in zip(*(answer["reliance"] for answer in answers)):
            self.assertAlmostEqual(one["look_through"], other["look_through"], delta=1e-11)
        self.bad("depend", self.leather(), "--measure", "wwz", "--method", "iterative",
                 says=["needs the factors", "--method direct"])

    def test_source_and_sink_stand_in_one_table(self):
        rows = self.ok_json("depend", self.leather(), "--measure", "bm-source", "--measure", "bm-sink",
                            "--supplier", "ARG")["bm"]
        self.assertEqual([row["approach"] for row in rows], ["source", "sink"])
        self.assertAlmostEqual(rows[0]["DVA"], rows[1]["DVA"], delta=1e-9)
        self.assertAlmostEqual(rows[1]["VAXIM"], 36.903240, delta=5e-7)

    def test_reliance_on_an_industry(self):
        rows = self.ok_json("depend", self.leather(), "--measure", "reliance", "--buyer", "ARG:3",
                            "--supplier", "DEU", "--supplier", "DEU:1", "--supplier", "DEU:2",
                            "--supplier", "DEU:3")["reliance"]
        self.assertAlmostEqual(rows[0]["look_through"], 0.477242, delta=5e-7)  # leather, six decimals
        self.assertAlmostEqual(sum(row["look_through"] for row in rows[1:]), rows[0]["look_through"],
                               delta=1e-12)

    def test_value_added_of_sources_adds_up_to_exports(self):
        rows = self.ok_json("depend", self.leather(), "--measure", "leontief")["leontief"]
        for exporter, exports in (("ARG", 64.3), ("TUR", 113.6), ("DEU", 147.6)):
            self.assertAlmostEqual(sum(row["value_added"] for row in rows
                                       if row["exporter"] == exporter), exports, delta=1e-9)

    def test_options_that_say_nothing_are_refused(self):
        leather = self.leather()
        self.bad("depend", leather, "--measure", "position", "--supplier", "TUR",
                 says=["--supplier says nothing to position"])
        self.bad("depend", leather, "--measure", "kww", "--third-country", "--share", "0.5",
                 says=["--third-country", "--share"])
        self.bad("depend", leather, "--kind", "total", "--detail", says=["--kind needs a measure"])
        self.bad("depend", leather, "--buyer", "ARG", "--buyer", "ARG", says=["'ARG' is named twice"])
        self.bad("depend", leather, "--measure", "kww", "--measure", "kww", says=["asked twice"])
        self.bad("depend", leather, leather, says=["named twice"])
        self.bad("depend", "world-2011", "world-1995", "--measure", "change", says=["oldest first"])
        self.bad("depend", leather, "--measure", "bm-source", "--supplier", "ARG", "--buyer", "ARG",
                 says=["does not export to itself"])

    def test_panels_are_in_one_unit(self):
        text = LEATHER.read_text(encoding="utf-8")
        self.write("l.csv", text)
        self.ok("table", "import", "l.csv", "--unit", "EUR million", "-o", "eur.nc")
        self.bad("depend", self.leather(), "eur.nc", "--measure", "kww", says=["it is in EUR million"])

    def test_partners_sectors_and_third_countries(self):
        document = self.ok_json("depend", self.leather(), "--measure", "wwz", "--third-country",
                                "--supplier", "ARG:1", "--buyer", "DEU", "--detail")
        self.assertEqual([row["exporter"] for row in document["wwz_flows"]], ["ARG:1"])
        third = document["wwz_third"]
        self.assertEqual([row["third"] for row in third], ["TUR"])
        # Published to all digits: leather, ARG Agriculture to DEU.
        self.assertAlmostEqual(third[0]["DVA_INTrexI1"], 0.413015480762081, delta=1e-12)
        self.assertAlmostEqual(document["wwz_flows"][0]["RDV_INT"], 0.241349852346839, delta=1e-12)

    def test_a_group_is_one_exporter(self):
        document = self.ok_json("depend", self.leather(), "--measure", "kww", "--measure", "bm-source",
                                "--group", "EU=DEU,TUR")
        self.assertEqual([row["exporter"] for row in document["kww"]], ["ARG", "EU"])
        group = document["kww"][1]
        # Exports of TUR and DEU to ARG, added up from the table.
        self.assertAlmostEqual(group["exports"], 81.2, delta=1e-9)
        self.assertLess(abs(sum(group[f"T{k}"] for k in range(1, 10)) - group["exports"]), 1e-9)
        alone = self.ok_json("depend", self.leather(), "--measure", "bm-source")
        # Taking two partners as one does not touch what Argentina's exports hold at its border.
        for name in ("exports", "DVA", "FC", "FVA", "VAX"):
            self.assertAlmostEqual(document["bm"][0][name], alone["bm"][0][name], delta=1e-9)
        self.bad("depend", self.leather(), "--measure", "kww", "--group", "EU=DEU,FRA", "--group",
                 "X", says=["'X' is not a group"])
        self.bad("depend", self.leather(), "--measure", "kww", "--group", "EU=DEU,FRA", "--group",
                 "ARG=DEU", says=["there is no region 'FRA'", "is in two groups",
                                  "'ARG' cannot be the label"])

    def test_a_panel_has_years_and_one_list_of_labels(self):
        document = self.ok_json("depend", "world-1995", "world-2011", "--measure", "reliance",
                                "--buyer", "USA", "--supplier", "CHN")
        self.validate(document, "linchpin.depend-measures")
        self.assertEqual([row["year"] for row in document["reliance"]], [1995, 2011])
        self.assertLess(document["reliance"][0]["look_through"],
                        document["reliance"][1]["look_through"])
        change = self.ok_json("depend", "world-1995", "world-2000", "world-2005", "--measure", "change",
                              "--supplier", "CHN", "--buyer", "USA")["change"]
        self.assertEqual([(row["from"], row["to"]) for row in change],
                         [("1995", "2000"), ("2000", "2005")])
        for row in change:
            effects = sum(row[name] for name in ("value_added_share", "technology", "input_sourcing",
                                                 "final_sourcing", "final_demand"))
            self.assertAlmostEqual(effects, row["change"], delta=1e-6)
        self.bad("depend", "world-2011", self.leather(),
                 says=["not those of world-2011", "only in leather", "table aggregate"])
        self.bad("depend", "world-2011", "--measure", "change", says=["2 worlds or more"])

    def test_bad_questions_are_refused_with_what_to_try(self):
        leather = self.leather()
        self.bad("depend", leather, "--measure", "bm-sorce", says=["did you mean 'bm-source'?"])
        self.bad("depend", leather, "--measure", "kww", "--buyer", "DEU", "--supplier", "ARG:1",
                 says=["not defined by partner", "is an industry, not a region"])
        self.bad("depend", leather, "--measure", "bm-sink", "--buyer", "DEU:1",
                 says=["is an industry, not a region"])
        self.bad("depend", leather, "--measure", "reliance", "--buyer", "DEUX", "--supplier", "TRU",
                 says=["DEUX", "TRU"])
        self.bad("depend", leather, "--supplier", "DEU", says=["needs a measure"])
        self.bad("depend", leather, "--measure", "kww", "--csv", leather, says=["error:"])
        self.bad("depend", leather, "--measure", "kww", "--method", "magic", says=["magic"])

    def test_unproductive_and_empty_tables(self):
        head = "seller_region,seller_sector,buyer_region,buyer,kind,value\n"
        rows = "A,1,A,1,intermediate,5\nA,1,A,F,final,-1\nB,1,A,1,intermediate,1\nB,1,B,F,final,3\n"
        self.write("bad.csv", head + rows)
        self.bad("depend", "bad.csv", "--measure", "kww", says=["error:"])
        rows = ("A,1,A,1,intermediate,1\nA,1,B,F,final,2\nA,1,A,F,final,1\nB,1,A,F,final,3\n"
                "B,1,B,1,intermediate,1\nB,2,B,F,final,0\nA,2,A,F,final,0\n")
        self.write("holes.csv", head + rows)
        document = self.ok_json("depend", "holes.csv", "--measure", "bm-source", "--measure",
                                "reliance", "--detail")
        self.validate(document, "linchpin.depend-measures")
        self.assertNotIn("A:2", {row["buyer"] for row in document["reliance"]})
        self.bad("depend", "holes.csv", "--measure", "reliance", "--buyer", "A:2",
                 says=["A:2", "has no output"])


if __name__ == "__main__":
    unittest.main()
