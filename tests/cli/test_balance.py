# SPDX-License-Identifier: Apache-2.0
"""`linchpin table balance`, `synth` and `diff`."""
import json
import unittest

import jsonschema

from support import LEATHER, ROOT, CliTest


def valid(document):
    """The document, after a look at its schema."""
    name = document["schema"]["name"]
    schema = json.loads((ROOT / f"docs/formats/schema/{name}.json").read_text())
    jsonschema.validators.validator_for(schema)(schema).validate(document)
    return document


class Balance(CliTest):
    def broken(self):
        """The fixture with one cell of value added a tenth too large."""
        lines = LEATHER.read_text().splitlines()
        row = next(i for i, line in enumerate(lines) if line.rsplit(",", 1)[0].endswith("value_added"))
        head, value = lines[row].rsplit(",", 1)
        lines[row] = f"{head},{float(value) * 1.1}"
        return self.write("broken.csv", "\n".join(lines) + "\n")

    def test_balances_to_published_output(self):
        done = valid(self.ok_json("table", "balance", self.broken(), "-o", "b.nc"))
        self.assertEqual(done["method"], "ras")
        self.assertLess(done["residual"], 1e-12)
        self.assertEqual(len(done["worst"]), 10)
        self.assertEqual(done["output"], "b.nc")
        check = self.ok_json("table", "check", "b.nc")
        self.assertEqual(check["findings"], [])
        info = self.ok_json("table", "info", "b.nc")["table"]
        self.assertTrue(info["estimated"])
        self.assertIn("balanced with ras", info["history"])
        text = self.ok("table", "balance", self.broken(), "-o", "c.nc").stdout
        self.assertIn("cells that moved most", text)
        self.assertIn("wrote c.nc", text)

    def test_rows_and_columns(self):
        totals = {"ARG": (77.7, 58.3, 19.0), "TUR": (112.7, 124.6, 43.2), "DEU": (156.3, 127.8, 217.0)}
        lines = [f"{region},{s + 1},{value * 1.05}"
                 for region, values in totals.items() for s, value in enumerate(values)]
        self.write("t.csv", "region,sector,target\n" + "\n".join(lines) + "\n")
        for method in ("ras", "gras"):
            done = valid(self.ok_json("table", "balance", self.leather(), "--rows", "t.csv", "--columns",
                                      "t.csv", "--method", method, "-o", "new.nc"))
            self.assertLess(done["residual"], 1e-12)
            output = self.ok_json("table", "info", "new.nc")["totals"]["gross_output"]
            self.assertAlmostEqual(output, 936.6 * 1.05, delta=1e-8)

    def test_partial_conflicting_targets(self):
        self.write("rows.csv", "label,target,sigma\nARG:1,90,1\nDEU:3,230,\n")
        self.write("columns.csv", "label,target,sigma\nARG:1,86,1\n")
        done = valid(self.ok_json("table", "balance", self.leather(), "--rows", "rows.csv",
                                  "--columns", "columns.csv", "-o", "k.nc"))
        self.assertEqual(done["method"], "kras")
        self.assertEqual({each["name"] for each in done["relaxed"]}, {"sales of ARG:1", "costs of ARG:1"})
        for each in done["relaxed"]:
            self.assertAlmostEqual(each["value"], 88, delta=1e-3)
        self.assertIn("targets that gave way",
                      self.ok("table", "balance", self.leather(), "--rows", "rows.csv", "--columns",
                              "columns.csv", "-o", "l.nc").stdout)

    def test_infeasible_leaves_nothing(self):
        self.write("rows.csv", "label,target\n" + "".join(
            f"{region}:{s},1000\n" for region in ("ARG", "TUR", "DEU")
            for s in (1, 2, 3)))
        self.write("columns.csv", "label,target\n" + "".join(
            f"{region}:{s},50\n" for region in ("ARG", "TUR", "DEU") for s in (1, 2, 3)))
        self.leather()
        before = self.left_over()
        self.bad("table", "balance", "leather.nc", "--rows", "rows.csv", "--columns", "columns.csv",
                 "-o", "no.nc", says=["infeasible", "value added would be negative"])
        self.bad("table", "balance", "leather.nc", "--rows", "rows.csv", "--columns", "columns.csv",
                 "--method", "nras", "-o", "no.nc", says=["nras"])
        self.write("part.csv", "label,target\nARG:1,1\nARG:9,2\n")
        self.bad("table", "balance", "leather.nc", "--rows", "part.csv", "-o", "no.nc",
                 says=["no industry 'ARG:9'", "part.csv:3"])
        self.bad("table", "balance", "leather.nc", "-o", "leather.nc", says=["replace an input"])
        self.assertEqual([name for name in self.left_over() if not name.endswith(".csv")],
                         [name for name in before if not name.endswith(".csv")])


class Synth(CliTest):
    def test_makes_a_world_that_the_questions_take(self):
        done = self.ok_json("table", "synth", "--regions", "6", "--sectors", "5", "--seed", "1", "-o",
                            "s.nc")
        self.assertEqual(done["industries"], 30)
        findings = self.ok_json("table", "check", "s.nc")["findings"]
        self.assertFalse([each for each in findings if each["severity"] == "error"])
        self.ok("depend", "s.nc", "--buyer", "R1")

    def test_same_seed_same_world(self):
        for name, seed, threads in (("a.nc", "1", "1"), ("b.nc", "1", "2"), ("c.nc", "2", "2")):
            self.ok("table", "synth", "--regions", "4", "--sectors", "9", "--seed", seed, "--threads",
                    threads, "-o", name)
        self.assertTrue(self.ok_json("table", "diff", "a.nc", "b.nc")["same"])
        self.assertFalse(self.ok_json("table", "diff", "a.nc", "c.nc")["same"])

    def test_refuses_nonsense(self):
        self.bad("table", "synth", "--regions", "0", "--sectors", "5", "--seed", "1", "-o", "s.nc",
                 says=["number of regions"])
        self.bad("table", "synth", "--regions", "900", "--sectors", "900", "--seed", "1", "-o", "s.nc",
                 says=["GiB"])
        self.bad("table", "synth", "--regions", "3", "--sectors", "5", "-o", "s.nc", says=["--seed"])
        self.assertEqual(self.left_over(), [])


class Diff(CliTest):
    def test_says_what_differs(self):
        text = LEATHER.read_text().replace(",16.1\n", ",18.1\n", 1)
        self.assertNotEqual(text, LEATHER.read_text())
        self.write("other.csv", text)
        done = valid(self.ok_json("table", "diff", self.leather(), "other.csv", "--top", "3"))
        self.assertFalse(done["same"])
        self.assertEqual(done["cells"]["different"], 1)
        self.assertEqual(done["cells"]["worst"][0]["seller"], "ARG:1")
        self.assertAlmostEqual(done["cells"]["total_absolute_difference"], 2, delta=1e-12)
        self.assertGreater(done["multipliers"]["mean_change"], 0)
        printed = self.ok("table", "diff", self.leather(), "other.csv").stdout
        self.assertIn("ARG:1 -> ARG:1", printed)
        self.assertIn("output multipliers", printed)

    def test_equal_tables(self):
        self.assertIn("the same", self.ok("table", "diff", self.leather(), self.leather()).stdout)

    def test_nothing_in_common(self):
        self.ok("table", "synth", "--regions", "2", "--sectors", "2", "--seed", "1", "-o", "s.nc")
        self.bad("table", "diff", self.leather(), "s.nc", says=["no industry in common"])


if __name__ == "__main__":
    unittest.main()
