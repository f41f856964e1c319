# SPDX-License-Identifier: Apache-2.0
"""Acceptance runs on data that are not shipped: WIOD 2011, published trade elasticities."""
import unittest

from support import REFERENCE, CliTest


@unittest.skipUnless(REFERENCE.exists(), "the reference data folder is not there")
class Wiod(CliTest):
    def test_import_and_check(self):
        # Value added 2011: USA 15.16 tn, CHN 7.39 tn USD; rows differ from output by at most 113.
        self.ok("table", "import", REFERENCE / "wiod2013/wiot_2011.csv.gz", "-o", "w.nc")
        done = self.ok("table", "check", "w.nc")
        self.assertIn("rounding", done.stdout)
        regions = self.ok_json("table", "check", "w.nc")["totals"]["regions"]
        self.assertAlmostEqual(regions["USA"]["value_added"] / 1e6, 15.16, delta=0.005)
        self.assertAlmostEqual(regions["CHN"]["value_added"] / 1e6, 7.39, delta=0.005)

    def test_ranks_of_power_between_published_elasticities(self):
        # Caliendo & Parro, Fontagne et al. and Giri et al. by 28 sectors: the order of pairs by settled
        # loss agrees with Kendall's tau of 0.75 and more, and never fully.
        file = REFERENCE / "icio_cubes/sectors_elasticities.csv"
        sets = ["--compare", f"{file}:CP", "--compare", f"{file}:FGO", "--compare", f"{file}:GYY"]
        found = self.ok_json("leverage", "power", "world-2022e", "--targets", "CHN,USA,DEU,JPN", *sets)
        agreement = found["rank_agreement"]
        self.assertEqual([name.split(":")[-1] for name in agreement["sets"][1:]], ["CP", "FGO", "GYY"])
        for matrix in (agreement["kendall_tau_cost_index"], agreement["kendall_tau_equilibrium"]):
            for i, row in enumerate(matrix):
                self.assertAlmostEqual(row[i], 1, places=12)
                for j, tau in enumerate(row):
                    self.assertAlmostEqual(tau, matrix[j][i], places=12)
                    if i != j:
                        self.assertTrue(0.5 < tau < 1, tau)


if __name__ == "__main__":
    unittest.main()
