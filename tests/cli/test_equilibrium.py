# SPDX-License-Identifier: Apache-2.0
"""Where trade settles, on the command line: the document, the published NAFTA numbers, bad input."""
import json
import unittest

import jsonschema

from support import REFERENCE, ROOT, CliTest

CALIENDO_PARRO = REFERENCE / "caliendo_parro_2015"


class EquilibriumTest(CliTest):
    def validate(self, document, name="linchpin.equilibrium"):
        schema = json.loads((ROOT / f"docs/formats/schema/{name}.json").read_text(encoding="utf-8"))
        validator = jsonschema.validators.validator_for(schema)
        validator.check_schema(schema)
        validator(schema).validate(document)
        return document

    def ask(self, *arguments):
        return self.validate(self.ok_json("equilibrium", *arguments))

    def regions(self, document):
        return {row["region"]: row for row in document["regions"]}


class Equilibrium(EquilibriumTest):
    def test_a_tariff_on_the_leather_fixture(self):
        document = self.ask(self.leather(), "--theta", self.elasticities(), "--tariff", "DEU>TUR:*=+0.1")
        self.assertEqual(document["answer"], "solved")
        self.assertLess(document["solver"]["residual"], 1e-10)
        self.assertEqual(document["setting"]["deficits"], "zero")
        self.assertEqual(document["setting"]["imports_of"], "all other regions")
        self.assertIn("none", document["setting"]["tariffs_of_the_base"])
        self.assertIn("duration_s", document["origin"])
        regions = self.regions(document)
        self.assertEqual(set(regions), {"ARG", "TUR", "DEU"})
        for row in regions.values():
            self.assertAlmostEqual(row["welfare_first_order_pct"],
                                   row["terms_of_trade_pct"] + row["volume_of_trade_pct"], delta=1e-9)
        self.assertLess(regions["DEU"]["welfare_exact_pct"], 0)
        self.assertLess(regions["TUR"]["imports_change_pct"], 0)

    def elasticities(self):
        return self.write("theta.csv", "key,value\ntrade_elasticity.*,4\n")

    def test_file_and_short_form_agree_and_threads_change_nothing(self):
        scenario = self.write("s.toml", """
            [[tariff]]
            importers = "TUR"
            exporters = "DEU"
            add = 0.1
            """)
        short = self.ask(self.leather(), "--theta", self.elasticities(), "--tariff", "DEU>TUR=+0.1")
        file = self.ask(self.leather(), "--theta", self.elasticities(), "--scenario", scenario)
        self.assertEqual(short["regions"], file["regions"])
        draws = [self.ask(self.leather(), "--theta", self.elasticities(), "--scenario", scenario,
                          "--draws", 32, "--seed", 1, "--design", "sobol", "--threads", threads)
                 for threads in (1, 2)]
        self.assertEqual(draws[0]["quantiles"], draws[1]["quantiles"])
        band = draws[0]["quantiles"]["DEU"]
        self.assertLess(band["p05"], band["p50"])
        self.assertEqual(band["central"], self.regions(file)["DEU"]["welfare_exact_pct"])
        self.assertEqual(draws[0]["failed_draws"], 0)
        self.assertTrue(all(each["status"] == "assumption" for each in draws[0]["uncertain"]))

    def test_gradient_agrees_with_a_small_tariff(self):
        first = ["equilibrium", self.leather(), "--theta", self.elasticities()]
        document = self.validate(self.ok_json(*first, "--gradient", "TUR", "--top", 1000))
        rows = {(row["exporter"], row["importer"], row["sector"]): row["pct_per_pct"]
                for row in document["gradient"]["tariff"]}
        step = 1e-4
        moved = self.regions(self.ask(self.leather(), "--theta", self.elasticities(), "--tariff",
                                      f"DEU>TUR:1=+{step}"))["TUR"]["welfare_log_pct"] / 100
        self.assertAlmostEqual(rows["DEU", "TUR", "1"], moved / step, delta=1e-3)

    def test_text_says_who_wins_and_what_it_rests_on(self):
        text = self.ok("equilibrium", self.leather(), "--theta", self.elasticities(),
                       "--tariff", "DEU>TUR=+0.1").stdout
        text = " ".join(text.split())
        for words in ("loses most", "gains most", "world as a whole", "exact", "long run", "deficits: zero"):
            self.assertIn(words, text)

    def test_a_region_cut_from_everyone(self):
        document = self.ask("world-2011", "--ban", "*>USA:*", "--ban", "USA>*:*")
        row = self.regions(document)["USA"]
        self.assertAlmostEqual(row["imports_change_pct"], -100, delta=1e-9)
        self.assertLess(row["welfare_exact_pct"], -1)

    def test_all_findings_at_once(self):
        scenario = self.write("bad.toml", """
[[tarif]]
importers = "TUR"
[[tariff]]
importers = "TRU"
rate = 25000
[[ban]]
sellers = "DEU"
""")
        self.bad("equilibrium", self.leather(), "--scenario", scenario,
                 "--theta", self.elasticities(), "--gradient", "XYZ", "--ban", "DEU",
                 says=["unknown key 'tarif'", "did you mean 'tariff'?", "bad.toml:5", "'TRU'",
                       "bad.toml:6", "'tariff.rate' is 25000", "'ban.buyers' is missing", "'XYZ'",
                       "'DEU' is not a ban"])

    def test_parts_of_welfare_add_up(self):
        asked = [self.leather(), "--theta", self.elasticities(), "--tariff", "DEU>TUR=+0.1", "--parts"]
        self.assertNotIn("parts_steps", self.ask(*asked[:-1]))
        document = self.ask(*asked)
        self.assertEqual(document["parts_steps"], 16)
        for row in document["regions"]:
            parts = row["parts"]
            self.assertAlmostEqual(sum(parts.values()) - parts["total_log_pct"], parts["total_log_pct"], delta=1e-9)
            self.assertAlmostEqual(parts["total_log_pct"], row["welfare_log_pct"], delta=1e-6)
        self.assertEqual(self.ask(*asked, 8)["parts_steps"], 8)
        self.assertIn("parts of welfare", self.ok("equilibrium", *asked).stdout)
        self.bad("equilibrium", *asked, 7, says=["7 steps of --parts", "even"])

    def test_specific_factors_have_no_wage(self):
        scenario = self.write("fixed.toml", """
            [factors]
            kind = "specific"
            [[tariff]]
            importers = "TUR"
            exporters = "DEU"
            add = 0.1
            """)
        asked = [self.leather(), "--theta", self.elasticities(), "--scenario", scenario]
        self.assertIsNone(self.regions(self.ask(*asked))["TUR"]["real_wage_pct"])
        header, *rows = self.ok("equilibrium", *asked).stdout.split("change against the base", 1)[1].splitlines()
        wages = [row.split("%")[1].split()[0] for row in rows if row.startswith(("ARG", "TUR", "DEU"))]
        self.assertEqual(wages, ["-", "-", "-"], header)

    def test_doubtful_input_is_doubted(self):
        asked = [self.leather(), "--theta", self.elasticities(), "--tariff", "DEU>TUR=+25", "--horizon", 0.5]
        warnings = " ".join(self.ask(*asked)["warnings"])
        self.assertIn("2500 %", warnings)
        self.assertIn("extrapolates", warnings)

    def test_detours_are_counted_as_direct(self):
        scenario = self.write("detour.toml", """
            [[ban]]
            sellers = "DEU"
            buyers = "TUR"
            [[transshipment]]
            sellers = "DEU"
            buyers = "TUR"
            via = "ARG"
            share = 0.2
            """)
        asked = [self.leather(), "--theta", self.elasticities(), "--scenario", scenario]
        self.assertIn("by way of a third region", " ".join(self.ask(*asked)["notes"]))
        self.assertIn("note: ", self.ok("equilibrium", *asked).stdout)

    def test_a_shock_abroad_is_no_outlier(self):
        scenario = self.write("china.toml", """
            [[productivity]]
            industries = "CHN:*"
            factor = 3
            """)
        for region, row in self.regions(self.ask("world-2011", "--scenario", scenario)).items():
            self.assertFalse(row["outlier"], region + row.get("outlier_reason", ""))

    def optimal(self, *arguments):
        document = self.ok_json("equilibrium", "optimal", self.leather(), "--theta", self.elasticities(),
                                *arguments)
        return self.validate(document, "linchpin.equilibrium-optimal")

    def test_best_tariffs_a_war_and_cooperation(self):
        alone = self.optimal("--region", "DEU", "--starts", 2, "--seed", 1)
        self.assertEqual((alone["answer"], alone["players"]), ("optimal", ["DEU"]))
        self.assertGreater(alone["gain_log_pct"], 0)
        self.assertLess(alone["gap"], 1e-8)
        welfare = {row["region"]: row["welfare_log_pct"] for row in alone["regions"]}
        self.assertAlmostEqual(welfare["DEU"], alone["gain_log_pct"], delta=1e-9)
        self.assertTrue(all(row["on"] == "imports" and 0 <= row["rate"] <= 3 for row in alone["rates"]))
        low = self.optimal("--region", "DEU", "--most", 0.01)
        self.assertTrue(all(row["rate"] <= 0.01 + 1e-12 for row in low["rates"]))
        self.assertLess(low["gain_log_pct"], alone["gain_log_pct"])
        war = self.optimal("--region", "DEU", "--with", "TUR", "--starts", 2)
        self.assertEqual((war["answer"], war["players"]), ("nash", ["DEU", "TUR"]))
        self.assertTrue(all(row["log_pct"] <= 1e-7 for row in war["gains_by_deviating"]))
        both = self.optimal("--region", "DEU", "--with", "TUR", "--cooperate", "--starts", 2)
        self.assertEqual(both["answer"], "cooperative")
        text = self.ok("equilibrium", "optimal", self.leather(), "--theta", self.elasticities(),
                       "--region", "DEU", "--by-partner", "--export-taxes", "--starts", 1).stdout
        self.assertIn("levied by", text)
        self.bad("equilibrium", "optimal", self.leather(), "--theta", self.elasticities(), "--region", "XYZ",
                 "--cooperate", says=["XYZ", "--cooperate without --with"])

    def test_usage(self):
        self.bad("equilibrium", says=["no world is named"])
        self.bad("equilibrium", "world-2011", says=["no policy is named"])
        self.bad("equilibrium", "world-2011", "--ban", "USA>CHM", "--among", "USA,XYZ",
                 says=["--among without --tariffs", "CHM", "XYZ"])
        self.bad("equilibrium", "world-2011", "--ban", "USA>CHN", "--draws", 9,
                 says=["--draws without --seed"])
        self.bad("equilibrium", "world-2011", "--ban", "USA>CHN:c99", says=["c99"])
        self.bad("equilibrium", self.leather(), "--ban", "DEU>TUR", says=["trade elasticit"])

    def test_studies_that_are_shipped_run(self):
        for name in ("05-chip-decoupling", "06-two-blocs", "07-uniform-tariff"):
            text = (ROOT / f"studies/{name}.toml").read_text(encoding="utf-8")
            study = self.write(f"{name}.toml", text.replace("draws = 128", "draws = 8"))
            document = self.ok_json("run", study, "-o", self.folder / name)
            tables = {table["name"]: table for table in document["tables"]}
            for table in ("equilibrium_regions", "equilibrium_bands", "equilibrium_setting"):
                self.assertIn(table, tables)
            self.assertTrue(document["headlines"])
            self.assertTrue((self.folder / name / "report.html").exists())


@unittest.skipUnless(CALIENDO_PARRO.exists(), "the data of Caliendo & Parro (2015) are not here")
class Nafta(EquilibriumTest):
    """NAFTA tariffs of 1993 to 2005 on the base without deficits.

    Source: Caliendo & Parro (2015), table 2 (three digits), and an independent solver of the same
    equations (all digits below). The published welfare number is first order with changes in per cent;
    the exact change differs from it.
    """

    # terms of trade, volume of trade, first-order welfare, real wage, exact welfare, bloc imports
    PUBLISHED = {"MEX": (-0.412, 1.724, 1.312, 1.715, 0.0073, 118.28),
                 "CAN": (-0.108, 0.044, -0.064, 0.323, -0.1101, 11.11),
                 "USA": (0.044, 0.041, 0.085, 0.112, 0.0741, 40.52)}

    def check(self, document):
        self.assertLess(document["solver"]["residual"], 1e-10)
        regions = self.regions(document)
        for region, (terms, volume, first, wage, exact, imports) in self.PUBLISHED.items():
            row = regions[region]
            with self.subTest(region=region):
                self.assertAlmostEqual(row["terms_of_trade_pct"], terms, delta=0.005)
                self.assertAlmostEqual(row["volume_of_trade_pct"], volume, delta=0.005)
                self.assertAlmostEqual(row["welfare_first_order_pct"], first, delta=0.005)
                self.assertAlmostEqual(row["real_wage_pct"], wage, delta=0.005)
                self.assertAlmostEqual(row["welfare_exact_pct"], exact, delta=1e-4)
                self.assertAlmostEqual(row["imports_change_pct"], imports, delta=0.005)

    def test_nafta(self):
        written = self.validate(self.ok_json("equilibrium", "calibrate", "--caliendo-parro",
                                             CALIENDO_PARRO, "--zero-deficits", "-o", "cp.nc"),
                                "linchpin.equilibrium-calibrate")
        self.assertEqual((written["regions"], written["sectors"]), (31, 40))
        self.assertTrue(written["adjustments"])
        change = CALIENDO_PARRO / "tariffs2005.txt"
        document = self.ask("cp.nc", "--tariffs", change, "--among", "MEX,CAN,USA")
        self.check(document)
        self.assertIn("MEX", document["setting"]["imports_of"])
        # The deficits may stay in the calibration: the base of a scenario has none.
        self.ok("equilibrium", "calibrate", "--caliendo-parro", CALIENDO_PARRO, "-o", "raw.nc")
        self.check(self.ask("raw.nc", "--tariffs", change, "--among", "MEX,CAN,USA"))
        everyone = self.ask("cp.nc", "--tariffs", change)
        portugal = self.regions(everyone)["PRT"]
        self.assertTrue(portugal["outlier"])
        self.assertIn("PRT is an outlier", " ".join(everyone["warnings"]))
        text = self.ok("equilibrium", "cp.nc", "--tariffs", change).stdout
        self.assertNotRegex(text, r"(?m)^PRT ")
        lost = self.ask("cp.nc", "--ban", "*>PRT:*")
        self.assertEqual((lost["answer"], lost["regions"]), ("essential input lost", []))
        self.assertEqual(lost["lost"], ["PRT:Office", "PRT:Auto"])
        entered = self.ask("cp.nc", "--ban", "*>PRT:Office,Auto", "--entrant-cost", "3")
        self.assertLess(self.regions(entered)["PRT"]["welfare_exact_pct"], -1)
        self.bad("depend", "cp.nc", "--buyer", "USA", says=["trade calibration"])

    def test_tariffs_as_csv(self):
        self.ok("equilibrium", "calibrate", "--caliendo-parro", CALIENDO_PARRO, "-o", "cp.nc")
        csv = self.write("t.csv", "importer,exporter,sector,rate_base,rate_new\nMEX,USA,Textile,0.9,0.02\n")
        document = self.ask("cp.nc", "--tariffs", csv)
        self.assertIn("another rate in the base", " ".join(document["warnings"]))
        self.bad("equilibrium", "cp.nc", "--tariffs", csv, "--among", "CAN,USA",
                 says=["no tariff of the file is on trade between two of CAN, USA"])
        wrong = self.write("w.csv", "importer,exporter,sector,rate_base,rate_new\nMEX,USB,Textil,0.1,-2\n")
        self.bad("equilibrium", "cp.nc", "--tariffs", wrong, says=["USB", "Textil", "-2"])


if __name__ == "__main__":
    unittest.main()
