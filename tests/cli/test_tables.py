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
        self.assertIn("936.6", self.ok("table", "info", "l.nc").stdout)

    def test_import_is_repeatable_and_reads_compressed_files(self):
        self.write("l.csv.gz", gzip.compress(LEATHER.read_bytes()))
        self.ok("table", "import", LEATHER, "-o", "a.nc")
        self.ok("table", "import", "l.csv.gz", "-o", "b.nc")
        a, b = (self.ok_json("table", "info", name) for name in ("a.nc", "b.nc"))
        self.assertEqual(a["totals"], b["totals"])

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
