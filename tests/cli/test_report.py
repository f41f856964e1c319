# SPDX-License-Identifier: Apache-2.0
"""The report in a real browser: it renders, makes no request, and hostile labels stay text."""
import os
import shutil
import subprocess
import tempfile
import unittest

from support import LEATHER, CliTest

CHROMIUM = shutil.which("chromium")
HOSTILE = '</script><img src=x onerror="document.title=1">'


@unittest.skipUnless(CHROMIUM, "chromium is not installed")
class Report(CliTest):
    def dom(self, page):
        """The document after scripts ran, and what the browser logged."""
        with tempfile.TemporaryDirectory() as profile:
            root = ["--no-sandbox"] if os.getuid() == 0 else []
            done = subprocess.run(
                [CHROMIUM, "--headless", *root, "--disable-gpu", "--disable-quic", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update", "--disable-sync",
                 f"--user-data-dir={profile}", "--enable-logging=stderr", "--v=0",
                 "--virtual-time-budget=5000", "--dump-dom", f"file://{page}"],
                capture_output=True, text=True, timeout=120, check=True)
        return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]

    def test_demo_report_renders(self):
        self.ok("demo", "-o", "out", "--quiet")
        page = self.folder / "out/report.html"
        self.assertLess(page.stat().st_size, 3_000_000)
        self.assertNotRegex(page.read_text(encoding="utf-8").split("<body")[0],
                            r'(src|href)="https?://')
        dom, console = self.dom(page)
        self.assertEqual(console, [])
        self.assertIn("China", dom)
        self.assertGreater(dom.count("<svg"), 2)
        self.assertGreater(dom.count("<table"), 3)

    def test_hostile_labels_stay_text(self):
        # The whole chain: labels of a table, quoted in CSV, through the world file to the page.
        quoted = '"' + HOSTILE.replace('"', '""') + '"'
        text = LEATHER.read_text().replace("TUR", quoted).replace("ARG", "=HYPERLINK(1)")
        self.write("hostile.csv", text)
        self.ok("table", "import", "hostile.csv", "-o", "hostile.nc")
        self.write("study.toml", 'world = "hostile.nc"\n[depend]\nbuyers = ["DEU"]\n')
        self.ok("run", "study.toml", "-o", "out")
        dom, console = self.dom(self.folder / "out/report.html")
        self.assertEqual(console, [])
        self.assertNotIn("<title>1</title>", dom)
        self.assertNotIn("<img src=\"x\"", dom)
        self.assertIn("&lt;/script&gt;&lt;img", dom)
        table = (self.folder / "out/tables/reliance.csv").read_text()
        self.assertIn("'=HYPERLINK(1)", table)


if __name__ == "__main__":
    unittest.main()
