# SPDX-License-Identifier: Apache-2.0
"""`linchpin run` and `linchpin demo`: files written, words printed, the same with any threads."""
import csv
import json
import unittest

from support import ROOT, CliTest

TIMES = ("started", "duration_seconds")


class Run(CliTest):
    def demo(self, output, *arguments):
        return self.ok("demo", "-o", output, *arguments)

    def test_demo_answers_in_words(self):
        done = self.demo("out")
        self.assertRegex(done.stdout, r"China's .* (falls|rises|changes)")
        self.assertRegex(done.stdout, r"between .* and .* model variants")
        self.assertIn("report:  out/report.html", done.stdout)
        self.assertNotIn("\033", done.stdout + done.stderr)  # no colours, no bar when piped
        results = json.loads((self.folder / "out/results.json").read_text())
        self.assertEqual(results["schema"]["name"], "linchpin.results")
        self.assertEqual(results["origin"]["world"]["year"], 2022)
        tables = {table["name"] for table in results["tables"]}
        self.assertLessEqual({"reliance", "suppliers", "concentration", "position", "range",
                              "loss_by_region", "loss_over_time", "sectors_hit", "shortages"}, tables)

    def test_quiet_prints_nothing(self):
        done = self.demo("out", "--quiet")
        self.assertEqual(done.stdout + done.stderr, "")

    def test_threads_change_no_byte(self):
        self.demo("one", "--threads", "1")
        self.demo("two", "--threads", "2")
        one, two = (json.loads((self.folder / name / "results.json").read_text())
                    for name in ("one", "two"))
        for results in (one, two):
            for key in TIMES:
                results["origin"].pop(key)
        self.assertEqual(json.dumps(one), json.dumps(two))
        files = sorted(path.name for path in (self.folder / "one/tables").iterdir())
        self.assertGreater(len(files), 8)
        for name in files:
            self.assertEqual((self.folder / "one/tables" / name).read_bytes(),
                             (self.folder / "two/tables" / name).read_bytes(), name)

    def test_tables_are_tidy_csv(self):
        self.demo("out")
        for path in (self.folder / "out/tables").glob("*.csv"):
            with path.open(newline="", encoding="utf-8") as file:
                rows = list(csv.reader(file))
            self.assertGreater(len(rows), 0, path.name)
            self.assertEqual({len(row) for row in rows}, {len(rows[0])}, path.name)
            self.assertNotIn("nan", {cell.lower() for row in rows for cell in row}, path.name)

    def test_netcdf_opens_in_xarray(self):
        import xarray

        self.demo("out")
        with xarray.open_dataset(self.folder / "out/results.nc") as results:
            self.assertIn("linchpin", str(results.attrs).lower())
            self.assertGreater(len(results.data_vars) + len(results.coords), 20)
        with xarray.open_dataset(ROOT / "data/worlds/world-2011/world-2011.nc") as world:
            self.assertIn("CHN", world.region.values)
            self.assertIn("CC BY 4.0", world.attrs["license" if "license" in world.attrs else "licence"])

    def test_study_may_name_a_world_beside_it(self):
        self.leather()
        self.write("study.toml", 'world = "leather.nc"\n[depend]\nbuyers = ["ARG"]\n')
        self.ok("run", "study.toml")
        self.assertTrue((self.folder / "out/study/report.html").exists())
        self.assertFalse((self.folder / "out/study/tables/loss_by_region.csv").exists())


if __name__ == "__main__":
    unittest.main()
