# SPDX-License-Identifier: Apache-2.0
"""`linchpin table`: list, info, import, check, aggregate, export."""
import gzip
import unittest

from support import LEATHER, CliTest

# Sum of the nine outputs and of value added of the fixture (gross output / GDP = 936.6 / 461.5).
LEATHER_OUTPUT, LEATHER_GDP = 936.6, 461.5


class Tables(CliTest):
    def test_list_names_the_built_in_world(self):
        self.assertIn("world-2011", self.ok("table", "list").stdout)
        worlds = {world["name"]: world for world in self.ok_json("table", "list")["worlds"]}
        self.assertEqual((worlds["world-2011"]["regions"], worlds["world-2011"]["sectors"]), (20, 35))

    def test_import_check_info(self):
        done = self.ok("table", "import", LEATHER, "-o", "l.nc")
        self.assertIn("3 regions, 3 sectors, 9 industries", done.stdout)
        totals = self.ok_json("table", "check", "l.nc")["totals"]
        self.assertAlmostEqual(totals["gross_output"], LEATHER_OUTPUT, delta=1e-9)
        self.assertAlmostEqual(totals["value_added"], LEATHER_GDP, delta=1e-9)
        self.assertAlmostEqual(totals["regions"]["TUR"]["value_added"], 145.7, delta=1e-9)
        told = self.ok("table", "info", "l.nc").stdout
        self.assertIn("936.6", told)
        self.assertIn("history:\n  imported from leather.csv (format tidy)\n", told)

    def test_import_is_repeatable_and_reads_compressed_files(self):
        self.write("l.csv.gz", gzip.compress(LEATHER.read_bytes()))
        self.ok("table", "import", LEATHER, "-o", "a.nc")
        self.ok("table", "import", "l.csv.gz", "-o", "b.nc")
        a, b = (self.ok_json("table", "info", name) for name in ("a.nc", "b.nc"))
        self.assertEqual(a["totals"], b["totals"])

    def test_semicolons_tabs_and_decimal_commas_are_recognised(self):
        text = LEATHER.read_text(encoding="utf-8")
        self.write("s.csv", text.replace(",", ";").replace(".", ","))
        self.write("t.csv", text.replace(",", "\t"))
        totals = self.ok_json("table", "info", self.leather())["totals"]
        for name in ("s.csv", "t.csv"):
            self.ok("table", "import", name, "-o", "again.nc")
            self.assertEqual(self.ok_json("table", "info", "again.nc")["totals"], totals)

    def test_numbers_that_are_none_are_refused(self):
        for option, value in (("--threshold", "nan"), ("--threshold", "inf"), ("--memory", "nan"),
                              ("--memory", "inf"), ("--memory", "-1")):
            self.bad("table", "import", LEATHER, "-o", "x.nc", option, value, says=[value])
        self.bad("table", "synth", "--regions", 2, "--sectors", 2, "--seed=-5", "-o", "x.nc",
                 says=["-5"])
        self.bad("table", "diff", self.leather(), self.leather(), "--top=-1", says=["-1"])
        self.assertEqual(self.left_over(), ["leather.nc"])

    def test_json_says_how_many_errors_were_stored(self):
        head = "seller_region,seller_sector,buyer_region,buyer,kind,value\n"
        self.write("bad.csv", head + "A,1,A,2,intermediate,-5\nA,1,A,F,final,9\nA,2,A,F,final,3\n")
        self.assertGreater(self.ok_json("table", "import", "bad.csv", "-o", "b.nc")["errors"], 0)
        self.assertEqual(self.ok_json("table", "import", LEATHER, "-o", "l.nc")["errors"], 0)
        told = self.ok("table", "balance", "b.nc", "-o", "c.nc").stdout
        self.assertIn("The world holds errors", told)

    def test_aggregate_is_exact_for_flows(self):
        self.write("regions.csv", "from,to,name\nARG,SOUTH,Southern region\nTUR,SOUTH,\nDEU,DEU,\n")
        self.write("sectors.csv", "from,to\n1,all\n2,all\n3,all\n")
        self.ok("table", "aggregate", self.leather(), "--regions", "regions.csv", "--sectors",
                "sectors.csv", "-o", "small.nc")
        info = self.ok_json("table", "info", "small.nc")
        self.assertEqual([region["label"] for region in info["regions"]], ["SOUTH", "DEU"])
        self.assertAlmostEqual(info["totals"]["gross_output"], LEATHER_OUTPUT, delta=1e-9)
        self.assertAlmostEqual(info["totals"]["regions"]["SOUTH"]["value_added"], 91.6 + 145.7,
                               delta=1e-9)

    def test_export_and_import_again(self):
        for name in ("t.csv", "t.csv.gz", "t.csv.zst"):
            self.ok("table", "export", self.leather(), "-o", name)
            self.ok("table", "import", name, "-o", "again.nc")
            first = self.ok_json("depend", self.leather(), "--buyer", "ARG:1")
            second = self.ok_json("depend", "again.nc", "--buyer", "ARG:1")
            self.assertEqual(first["reliance"], second["reliance"])

    def test_strict_turns_warnings_into_errors(self):
        # One more unit of value added than the row allows: off balance, within the tolerance.
        text = LEATHER.read_text().splitlines()
        row = next(i for i, line in enumerate(text) if line.rsplit(",", 1)[0].endswith("value_added"))
        head, value = text[row].rsplit(",", 1)
        text[row] = f"{head},{float(value) + 0.01}"
        self.write("off.csv", "\n".join(text) + "\n")
        self.ok("table", "import", "off.csv", "-o", "off.nc")
        findings = self.ok_json("table", "check", "off.nc")["findings"]
        self.assertTrue(any("balance" in each["rule"] for each in findings), findings)
        self.bad("table", "check", "off.nc", "--strict", says=["the table has 1 error"])
        self.bad("table", "import", "off.csv", "-o", "strict.nc", "--strict", says=["the table has 1 error"])
        self.assertFalse((self.folder / "strict.nc").exists())

    def test_a_threshold_that_breaks_totals_names_the_way_out(self):
        done = self.ok("table", "import", LEATHER, "--threshold", "5", "-o", "l.nc").stdout
        self.assertIn("left out", self.ok("table", "info", "l.nc").stdout)
        self.assertIn("Rows and columns lack the flows below the threshold", done)
        self.assertIn("table resum", done)
        self.ok("table", "resum", "l.nc", "-o", "r.nc")
        self.ok("table", "check", "r.nc")

    def test_single_precision_that_does_not_hold_a_flow_is_refused(self):
        self.write("big.csv", "seller_region,seller_sector,buyer_region,buyer,kind,value\n"
                   "A,x,A,x,intermediate,1e39\nA,x,A,HH,final,3e39\n")
        self.ok("table", "import", "big.csv", "-o", "big.nc", "--quiet")
        self.bad("table", "import", "big.csv", "-o", "single.nc", "--float32", says=["single precision"])
        self.assertFalse((self.folder / "single.nc").exists())

    def test_several_years_point_to_the_options(self):
        header = "seller_region,seller_sector,buyer_region,buyer,kind,value"
        self.write("years.csv", header + ",year\nA,x,A,HH,final,1,2010\nA,x,A,HH,final,2,2011\n")
        self.write("twice.csv", header + "\nA,x,A,HH,final,1\nA,x,A,HH,final,2\n")
        for name in ("years.csv", "twice.csv"):
            self.bad("table", "import", name, "-o", "w.nc", says=["--year and --unit"])

    def test_a_wide_licence_is_cut_short_in_the_list(self):
        lines = self.ok("table", "list").stdout.splitlines()
        self.assertTrue(any(line.endswith("…") for line in lines), lines)
        self.assertLessEqual(max(map(len, lines)), 96)
        licences = [each["licence"] for each in self.ok_json("table", "list")["worlds"]]
        self.assertFalse(any("…" in each for each in licences))

    def test_findings_come_all_at_once(self):
        rows = LEATHER.read_text().splitlines()
        rows[1] = rows[1].rsplit(",", 1)[0] + ",-5"
        rows[2] = rows[2].rsplit(",", 1)[0] + ",-6"
        self.write("bad.csv", "\n".join(rows) + "\n")
        self.ok("table", "import", "bad.csv", "-o", "bad.nc")
        done = self.run_cli("table", "check", "bad.nc", "--json")
        self.assertEqual(done.returncode, 2)
        self.assertGreaterEqual(done.stdout.count("negative_intermediate"), 2)


if __name__ == "__main__":
    unittest.main()
