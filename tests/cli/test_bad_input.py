# SPDX-License-Identifier: Apache-2.0
"""Bad input: a message that names the file, the place and what to try; exit code 2; nothing left."""
import gzip
import unittest

from support import LEATHER, CliTest

HEADER = "seller_region,seller_sector,buyer_region,buyer,kind,value\n"


class BadTables(CliTest):
    def refuse(self, name, content, *says):
        self.write(name, content)
        before = self.left_over()
        self.bad("table", "import", name, "-o", "w.nc", says=[name, *says])
        self.assertEqual(self.left_over(), before)

    def test_missing_file(self):
        self.bad("table", "import", "nowhere.csv", "-o", "w.nc", says=["nowhere.csv"])

    def test_directory_in_place_of_a_file(self):
        (self.folder / "folder.csv").mkdir()
        self.bad("table", "import", "folder.csv", "-o", "w.nc", says=["folder.csv", "holds no file"])

    def test_unknown_world_with_nearest_match(self):
        self.bad("depend", "world-2012", says=["world-2012", "did you mean 'world-20"])

    def test_truncated_gzip(self):
        whole = gzip.compress(LEATHER.read_bytes())
        self.refuse("t.csv.gz", whole[: len(whole) // 2], "truncated")

    def test_truncated_netcdf(self):
        whole = self.leather().read_bytes()
        self.write("t.nc", whole[: len(whole) // 2])
        self.bad("table", "check", "t.nc", says=["t.nc"])
        self.bad("depend", "t.nc", says=["t.nc"])

    def test_ragged_csv(self):
        self.refuse("r.csv", HEADER + "A,1,A,1,intermediate,5\nA,1,A,final,7\n", ":3")

    def test_text_in_a_number(self):
        self.refuse("n.csv", HEADER + "A,1,A,1,intermediate,five\n", ":2", "five")

    def test_nan(self):
        self.refuse("n.csv", HEADER + "A,1,A,1,intermediate,nan\n", ":2", "nan")

    def test_options_refuse_what_is_no_number(self):
        for option in (("power", "--senders", "USA", "--outer-elasticity"),
                       ("chokepoints", "--target", "CHN", "--cut"), ("power", "--horizon")):
            for number in ("nan", "inf"):
                self.bad("leverage", option[0], LEATHER, *option[1:], number,
                         says=[option[-1], number])

    def test_duplicate_labels(self):
        self.refuse("d.csv", HEADER + "A,1,A,1,intermediate,5\nA,1,A,1,intermediate,5\n", ":3")

    def test_empty_file_and_unknown_format(self):
        self.refuse("e.csv", "", "empty")
        self.refuse("u.csv", "hello\n")
        self.bad("table", "import", LEATHER, "-o", "w.nc", "--format", "wiot", says=["wiod2013"])

    def test_all_problems_at_once(self):
        self.write("m.csv", HEADER + "A,1,A,1,intermediate,five\nA,1,A,1,sold,5\nA,1,A\n")
        done = self.bad("table", "import", "m.csv", "-o", "w.nc", says=[":2", ":3", ":4"])
        self.assertIn("problems in all", done.stderr)

    def test_an_output_never_replaces_an_input(self):
        self.write("t.csv", LEATHER.read_text())
        before = (self.folder / "t.csv").read_bytes()
        self.bad("table", "import", "t.csv", "-o", "t.csv", says=["replace an input"])
        self.bad("table", "export", "t.csv", "-o", "./t.csv", says=["replace an input"])
        for words in (["import", LEATHER], ["export", "t.csv"], ["resum", self.leather()],
                      ["synth", "--regions", "2", "--sectors", "2", "--seed", "1"]):
            self.bad("table", *words, "-o", "missing/deep/w.nc", says=["no folder 'missing/deep'"])
        self.assertFalse((self.folder / "missing").exists())
        world = self.leather()
        self.write("map.csv", "from,to\nARG,X\nTUR,X\nDEU,Y\n")
        self.bad("table", "aggregate", world, "--regions", "map.csv", "-o", world,
                 says=["replace an input"])
        self.bad("table", "aggregate", world, "--regions", "map.csv", "-o", "map.csv",
                 says=["replace an input"])
        self.assertEqual((self.folder / "t.csv").read_bytes(), before)
        self.bad("table", "export", world, "-o", "t.toml", says=["unknown kind of file"])
        self.bad("table", "import", "t.csv", "-o", "w.csv", says=[".nc"])

    def test_unknown_label_in_a_mapping(self):
        self.write("map.csv", "from,to\nARG,X\nTURR,X\nDEU,Y\n")
        self.bad("table", "aggregate", self.leather(), "--regions", "map.csv", "-o", "a.nc",
                 says=["TURR", "TUR"])
        self.assertNotIn("a.nc", self.left_over())

    def test_unknown_buyer_with_nearest_match(self):
        self.bad("depend", self.leather(), "--buyer", "DEUU", "--buyer", "ARG:9",
                 says=["DEUU", "did you mean 'DEU'?", "'9'"])


class BadScenarios(CliTest):
    def refuse(self, text, *says):
        self.write("s.toml", text)
        return self.bad("disrupt", self.leather(), "--scenario", "s.toml", says=["s.toml", *says])

    def cut(self, **changes):
        values = {"sellers": '["DEU"]', "buyers": '["TUR"]', "sectors": '["3"]', "share": "1.0",
                  "from_day": "5", "to_day": "10"} | changes
        return "[[cut]]\n" + "".join(f"{key} = {value}\n" for key, value in values.items())

    def test_missing_scenario(self):
        self.bad("disrupt", self.leather(), "--scenario", "no.toml", says=["no.toml"])

    def test_unknown_region_and_sector_with_nearest_match(self):
        self.refuse(self.cut(sellers='["DEUU"]'), "s.toml:2", "did you mean 'DEU'?")
        self.refuse(self.cut(sectors='["33"]'), "s.toml:4", "did you mean '3'?")

    def test_end_before_start(self):
        self.refuse(self.cut(to_day="2"), "s.toml", "end")

    def test_share_over_one_hundred_percent(self):
        self.refuse(self.cut(share="1.5"), "s.toml:5", "share")
        self.refuse(self.cut(share="30"), "0.3")

    def test_unknown_key_with_suggestion(self):
        self.refuse(self.cut(seler='["DEU"]'), "did you mean 'sellers'?")
        self.refuse("[model]\norder_rle = 'fixed'\n", "s.toml:2", "did you mean 'order_rule'?")

    def test_bad_options(self):
        self.refuse("[model]\npsi = 2\n", "psi")
        self.refuse("[model]\ninventory_days = -1\n", "inventory_days")
        self.refuse("[model]\ntau_inventory_days = 0.5\n", "tau_inventory_days")
        self.refuse("[model]\norder_rule = 'any'\n", "order rule")

    def test_syntax_error_and_all_errors_at_once(self):
        self.refuse("[[cut]]\nsellers = [\n", "s.toml:")
        done = self.refuse(self.cut(sellers='["DEUU"]', share="2", colour="1"), "DEUU", "colour")
        self.assertIn("3 problems in all", done.stderr)

    def test_not_text(self):
        self.write("s.toml", b"\xff\xfe\x00\x01" * 50)
        self.bad("disrupt", self.leather(), "--scenario", "s.toml", says=["s.toml"])


class BadStudiesAndOutputs(CliTest):
    STUDY = """
world = "{world}"
[[scenario]]
name = "cut"
[[scenario.cut]]
sellers = ["DEU"]
buyers = ["TUR"]
sectors = ["3"]
share = 1.0
from_day = 1
[disrupt]
days = 20
focus = "TUR"
"""

    def study(self):
        return self.write("study.toml", self.STUDY.format(world=self.leather()))

    def test_empty_study(self):
        self.write("empty.toml", "")
        self.bad("run", "empty.toml", says=["empty.toml"])
        self.write("blank.toml", "# only a comment\n")
        self.bad("run", "blank.toml", says=["blank.toml"])

    def test_unknown_key(self):
        self.write("k.toml", self.STUDY.format(world="world-2011") + "dayz = 3\n")
        self.bad("run", "k.toml", says=["k.toml:", "did you mean 'days'?"])

    def test_output_beneath_a_regular_file(self):
        study = self.study()
        self.write("plain", "a file")
        self.bad("run", study, "-o", "plain/out", says=["plain"])
        self.bad("table", "export", self.leather(), "-o", "plain/t.csv", says=["plain"])
        self.bad("table", "import", LEATHER, "-o", "plain/w.nc", says=["plain"])
        self.assertEqual((self.folder / "plain").read_text(), "a file")

    def test_disk_full_while_writing(self):
        # A text table: the limit would also stop the child process that reads a world.
        self.write("leather.csv", LEATHER.read_text())
        study = self.write("study.toml", self.STUDY.format(world="leather.csv"))
        before = self.left_over()
        # Limits that end the run in the report, in the middle and in the first bytes.
        for limit in (200_000, 20_000, 100):
            with self.subTest(limit=limit):
                self.bad("run", study, "-o", "out", says=["out"], limit_bytes=limit)
                self.assertEqual(self.left_over(), before)
        for limit in (30_000, 100):
            with self.subTest(limit=limit):
                self.bad("table", "aggregate", "world-2011", "--sectors", self.sectors(), "-o", "s.nc",
                         says=["s.nc"], limit_bytes=limit)
                self.bad("table", "export", "world-2011", "-o", "t.csv", says=["t.csv"],
                         limit_bytes=limit)
                self.assertEqual(self.left_over(), sorted([*before, "sectors.csv"]))

    def sectors(self):
        rows = [f"c{i},c{i}" for i in range(1, 36)]
        return self.write("sectors.csv", "from,to\n" + "\n".join(rows) + "\n")

    def test_an_older_result_survives_a_failed_run(self):
        study = self.study()
        self.ok("run", study, "-o", "out")
        before = (self.folder / "out/results.json").read_bytes()
        self.bad("run", study, "-o", "out", says=["out"], limit_bytes=20_000)
        self.assertEqual((self.folder / "out/results.json").read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
