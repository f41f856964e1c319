# SPDX-License-Identifier: Apache-2.0
"""Runs the program in a folder of its own and looks at what it says."""
import json
import os
import pathlib
import resource
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("LINCHPIN_BINARY", str(ROOT / "build/release/bin/linchpin"))
REFERENCE = ROOT.parent / "shared/data"
LEATHER = ROOT / "tests/cases/table/leather.csv"


class CliTest(unittest.TestCase):
    """A fresh folder for each test; `run_cli` runs the program in it."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="linchpin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def run_cli(self, *arguments, limit_bytes=None):
        def limit():
            if limit_bytes is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))
        return subprocess.run([BINARY, *map(str, arguments)], cwd=self.folder, capture_output=True,
                              text=True, timeout=300, check=False, preexec_fn=limit)

    def ok(self, *arguments):
        done = self.run_cli(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def ok_json(self, *arguments):
        done = self.ok(*arguments, "--json")
        self.assertEqual(done.stderr, "")
        return json.loads(done.stdout, parse_constant=self.fail)

    def bad(self, *arguments, says, **options):
        """The program must refuse with exit code 2 and say each of the texts, as text and JSON."""
        done = self.run_cli(*arguments, **options)
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        for text in says:
            self.assertIn(text, done.stderr)
        self.assertIn("try:", done.stderr)
        as_json = self.run_cli(*arguments, "--json", **options)
        self.assertEqual(as_json.returncode, 2)
        error = json.loads(as_json.stderr)["error"]
        for key in ("code", "what", "where", "hint"):
            self.assertTrue(error[key], f"empty '{key}' in {error}")
        return done

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8")
        return path

    def leather(self):
        """The three-region fixture as a stored world."""
        path = self.folder / "leather.nc"
        if not path.exists():
            self.ok("table", "import", LEATHER, "-o", path, "--quiet")
        return path

    def left_over(self):
        """Files in the test's folder, to see that nothing half-written stays."""
        return sorted(path.relative_to(self.folder).as_posix()
                      for path in self.folder.rglob("*") if path.is_file())
