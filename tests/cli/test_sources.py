# SPDX-License-Identifier: Apache-2.0
"""The check of shipped parameters fails on a number without status, source, date, range or side."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from support import ROOT

HEADER = "key,value,low,high,unit,source,licence,date,status,sceptic,note\n"
GOOD = "markup,0.3,0.1,0.6,of cost,Linchpin,Apache-2.0,2026-11-29,assumption,high,thin margins\n"


class Sources(unittest.TestCase):
    def check(self, rows, name="technologies/lamps/market.csv", header=HEADER, rest=True):
        with tempfile.TemporaryDirectory() as base:
            path = Path(base, "data/parameters", name)
            path.parent.mkdir(parents=True)
            path.write_text(header + rows)
            if rest:
                for other in ("README.md", "technology.toml"):
                    path.with_name(other).write_text("x")
                path.with_name("numbers.csv").write_text(header + GOOD)
            run = subprocess.run([sys.executable, ROOT / "tools/check_sources.py", "--parameters", base],
                                 capture_output=True, text=True, check=False)
            return run.returncode, run.stdout

    def test_complete_rows_pass_and_so_do_the_shipped_ones(self):
        self.assertEqual(self.check(GOOD), (0, "parameters: no problem\n"))
        run = subprocess.run([sys.executable, ROOT / "tools/check_sources.py", "--parameters", ROOT],
                             capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 0, run.stdout)

    def test_whatever_is_missing_fails(self):
        for old, new, says in [("assumption", "", "no status"), ("assumption", "guess", "no status"),
                               ("Linchpin", "", "no source"), ("2026-11-29", "lately", "no date"),
                               ("0.1,0.6", ",", "no range"), ("0.1,0.6", "0.4,0.6", "outside its range"),
                               ("high", "", "sceptic"), ("high", "left", "sceptic"),
                               ("thin margins", "", "no reasoning"),
                               ("thin margins", "thin, thin margins", "fields")]:
            with self.subTest(old=old, new=new):
                code, text = self.check(GOOD.replace(old, new))
                self.assertEqual(code, 1, text)
                self.assertIn(says, text)
        self.assertIn("a twin", self.check(GOOD + GOOD)[1])
        self.assertIn("no rows", self.check("")[1])

    def test_a_technology_needs_all_of_its_files(self):
        code, text = self.check(GOOD, rest=False)
        self.assertEqual(code, 0, text)
        with tempfile.TemporaryDirectory() as base:
            folder = Path(base, "data/parameters/technologies/lamps")
            folder.mkdir(parents=True)
            (folder / "technology.toml").write_text("x")
            run = subprocess.run([sys.executable, ROOT / "tools/check_sources.py", "--parameters", base],
                                 capture_output=True, text=True, check=False)
            self.assertEqual(run.returncode, 1)
            for needed in ("numbers.csv", "market.csv", "README.md"):
                self.assertIn(f"has no {needed}", run.stdout)


if __name__ == "__main__":
    unittest.main()
