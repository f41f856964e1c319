# SPDX-License-Identifier: Apache-2.0
"""The order's acceptance run on the real table WIOD 2011."""
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


if __name__ == "__main__":
    unittest.main()
