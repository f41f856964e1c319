# SPDX-License-Identifier: Apache-2.0
"""Help, man page and shell completion must know the same commands and options."""
import re
import subprocess
import unittest

from support import BINARY, ROOT, CliTest

COMMANDS = ["demo", "run", "serve", "compute", "depend", "depend products", "depend minerals", "disrupt", "equilibrium", "equilibrium calibrate", "equilibrium detours", "equilibrium optimal", "leverage power", "leverage chokepoints",
            "leverage defend", "leverage bargain", "leverage signal", "leverage frontier", "leverage game", "localize", "localize backtests", "table list", "table info", "table import",
            "table check", "table aggregate", "table export", "table balance", "table synth",
            "table diff", "table nowcast", "table backcast", "table split", "table fetch"]


class Help(CliTest):
    def test_version_names_the_blas(self):
        text = self.ok("--version").stdout
        self.assertRegex(text, r"linchpin \d+\.\d+\.\d+")
        self.assertRegex(text, r"BLAS: (OpenBLAS \S+, kernel \S+|reference BLAS)")

    def test_options_are_in_man_page_and_completion(self):
        man = (ROOT / "docs/man/linchpin.1").read_text().replace("\\-", "-")
        completion = (ROOT / "apps/linchpin/completion/linchpin.bash").read_text()
        for command in COMMANDS:
            text = self.ok(*command.split(), "--help").stdout
            for option in set(re.findall(r"--[a-z-]+", text)):
                with self.subTest(command=command, option=option):
                    self.assertIn(option, man)
                    self.assertIn(option, completion)
            self.assertIn(command, man)

    def test_no_command_unknown_before_or_after(self):
        for arguments in ([], ["frobnicate"], ["depend"], ["table"], ["run"]):
            with self.subTest(arguments=arguments):
                self.bad(*arguments, says=["error:"])
        self.bad("depend", "world-2011", "--buyr", "CHN",
                 says=["unknown option '--buyr'", "did you mean '--buyer'?"])
        self.bad("dpend", "world-2011", says=["unknown command 'dpend'", "did you mean 'depend'?"])
        self.bad("table", "chek", says=["unknown command 'chek'", "did you mean 'check'?"])

    def test_json_may_stand_anywhere(self):
        for arguments in (["--json", "table", "list"], ["table", "--json", "list"],
                          ["table", "list", "--json"]):
            self.assertIn('"worlds"', self.ok(*arguments).stdout)

    def test_lost_output_is_an_error_and_a_closed_pipe_is_not_a_bug(self):
        done = subprocess.run(f"{BINARY} table list > /dev/full", shell=True, capture_output=True,
                              text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("standard output", done.stderr)
        done = subprocess.run(f"{BINARY} depend world-2011 --json | head -c 10", shell=True,
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.stderr, "")

    def test_completion_offers_commands_and_worlds(self):
        script = f"""
        PATH="{BINARY.rsplit('/', 1)[0]}:$PATH"
        source {ROOT}/apps/linchpin/completion/linchpin.bash
        COMP_WORDS=(linchpin de) COMP_CWORD=1; _linchpin; echo "${{COMPREPLY[@]}}"
        COMP_WORDS=(linchpin depend world) COMP_CWORD=2; _linchpin; echo "${{COMPREPLY[@]}}"
        """
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60,
                              check=True, cwd=self.folder)
        self.assertEqual(done.stdout.splitlines()[0].split(), ["demo", "depend"])
        self.assertIn("world-2011", done.stdout.splitlines()[1])


if __name__ == "__main__":
    unittest.main()
