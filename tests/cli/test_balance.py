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

    def matrix(self, name, cells, columns):
        """A bare matrix as a tidy file, buyers beyond the sellers as final demand."""
        lines = ["seller_region,seller_sector,buyer_region,buyer,kind,value"]
        for i, row in enumerate(cells):
            for j, value in enumerate(row):
                kind = "intermediate" if j < len(cells) else "final"
                lines.append(f"R,s{i + 1},R,{columns[j]},{kind},{value!r}")
        return self.write(name, "\n".join(lines) + "\n")

    def targets(self, name, labels, values):
        return self.write(name, "label,target\n" +
                          "".join(f"R:{label},{value}\n" for label, value in zip(labels, values)))

    def cells(self, world):
        """All cells of a stored matrix, keyed by row and column."""
        self.ok("table", "export", world, "-o", "cells.csv")
        rows = [line.split(",") for line in (self.folder / "cells.csv").read_text().splitlines()[1:]]
        return {(row[1], row[3]): float(row[5]) for row in rows}

    def test_equal_totals_of_industries_alone_do_not_mean_a_bare_matrix(self):
        head = "seller_region,seller_sector,buyer_region,buyer,kind,value\n"
        self.write("t.csv", head + "A,1,A,1,intermediate,15\nA,1,A,2,intermediate,50\n"
                   "A,2,A,1,intermediate,20\nA,2,A,2,intermediate,10\n"
                   "A,1,A,F,final,35\nA,2,A,F,final,170\n")
        for name in ("r.csv", "c.csv"):
            self.write(name, "label,target\nA:1,100\nA:2,200\n")
        self.ok("table", "balance", "t.csv", "--rows", "r.csv", "--columns", "c.csv", "-o", "b.nc")
        totals = self.ok_json("table", "info", "b.nc")["totals"]
        self.assertAlmostEqual(totals["gross_output"], 300, delta=1e-6)
        self.assertAlmostEqual(totals["final_use"] if "final_use" in totals else 205, 205, delta=1e-6)

    def test_a_bare_matrix_has_no_value_added(self):
        """Results computed by an independent implementation, to 1e-7: RAS with seed A x and GRAS on
        the 3 x 4 example of Junius & Oosterhaven (2003)."""
        labels = ["s1", "s2", "s3"]
        shares = [[.120, .100, .049], [.210, .247, .265], [.026, .249, .145]]
        seed = [[a * x for a, x in zip(row, (421, 284, 283))] for row in shares]
        want = [[165.21014820, 34.61360464, 45.17624716], [63.52861968, 18.78617795, 53.68520236],
                [22.26123212, 53.60021741, 83.13855048]]
        self.ok("table", "balance", self.matrix("ras.csv", seed, labels), "--method", "ras",
                "--rows", self.targets("u.csv", labels, (245, 136, 159)),
                "--columns", self.targets("w.csv", labels, (251, 107, 182)), "-o", "ras.nc")
        cells = self.cells("ras.nc")
        for i, row in enumerate(want):
            for j, value in enumerate(row):
                self.assertAlmostEqual(cells[labels[i], labels[j]], value, delta=1e-7)
        columns = labels + ["FD"]
        seed = [[7, 3, 5, -3], [2, 9, 8, 1], [-2, 0, 2, 1]]
        want = [[8.97644031, 3.74316025, 5.72172844, -3.44132899],
                [2.79933540, 12.25683975, 9.99231366, 0.95151118],
                [-2.77577571, 0, 1.28595790, 0.48981782]]
        self.ok("table", "balance", self.matrix("gras.csv", seed, columns), "--method", "gras",
                "--rows", self.targets("u.csv", labels, (15, 26, -1)),
                "--columns", self.targets("w.csv", columns, (9, 16, 17, -2)), "-o", "gras.nc")
        cells = self.cells("gras.nc")
        for i, row in enumerate(want):
            for j, value in enumerate(row):
                self.assertAlmostEqual(cells.get((labels[i], columns[j]), 0), value, delta=1e-7)

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
