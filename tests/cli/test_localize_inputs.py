# SPDX-License-Identifier: Apache-2.0
"""What goes into the autonomy curve: ladders and tools of a technology, the user's financing."""
import shutil
import unittest

from support import ROOT, CliTest

SHIPPED = ROOT / "data/parameters/technologies/industrial-robots"
STUDY = """title = "Robots"
world = "world-2022e"
region = "CHN"
years = 2
[cut_off]
years = 1
tool_control = 0.9
{more}
[[technology]]
name = "{name}"
{numbers}
"""


class LocalizeInputs(CliTest):
    def study(self, name="industrial-robots", more="", numbers=""):
        self.write("study.toml", STUDY.format(name=name, more=more, numbers=numbers))

    def mine(self, **changes):
        """A copy of a shipped technology with texts of its files replaced."""
        shutil.copytree(SHIPPED, self.folder / "mine", dirs_exist_ok=True)
        for key, (old, new) in changes.items():
            path = self.folder / "mine" / ("technology.toml" if key.startswith("toml") else "numbers.csv")
            text = path.read_text(encoding="utf-8")
            self.assertIn(old, text)
            path.write_text(text.replace(old, new), encoding="utf-8")

    def central(self, *more):
        document = self.ok_json("localize", "study.toml", "--draws", 0, *more)
        return document["technologies"][0]["central"]["without_programme"]

    def test_all_findings_of_a_ladder_come_at_once(self):
        self.mine(toml_needs=('"encoders"]', '"encoder"]'), numbers_low=("tool_access.encoders,1,0.9,1", "tool_access.encoders,2,0.9,2"),
                  numbers_gone=("readiness_rate.grinding-machines,", "readiness_rate.grinding-machine,"))
        self.study("./mine")
        said = self.bad("localize", "study.toml", "--draws", 0, says=[
            "'encoder' is no tool of this technology", "tool_access.encoders is", "'grinding-machine' is no tool"]).stderr
        self.assertIn("numbers.csv:", said)
        self.assertIn("encoders", said)

    def test_a_study_says_what_it_likes_of_tools_and_money(self):
        self.study(more="[financing]\nfunds_per_sales = 0.01\ndiscount_rate = 0.2")
        poor = self.central()
        self.study(numbers="[technology.tools.encoders]\ntool_readiness = {value = 9, low = 8, high = 9, note = \"what if\"}")
        ready = self.central()
        self.assertLess(poor[1]["domestic_share"], ready[1]["domestic_share"] + 1e-9)
        self.study(more="[financing]\ndiscount_rat = 0.2\nloan_share = 2", numbers="[technology.tools.encoder]\ntool_access = {value = 1}")
        self.bad("localize", "study.toml", "--draws", 0, says=["discount_rat", "loan_share", "note"])
        self.study(numbers="[technology.tools.encoder]\ntool_access = {value = 1, note = \"x\"}")
        self.bad("localize", "study.toml", "--draws", 0, says=["has no tool 'encoder'", "encoders"])

    def test_the_first_year_takes_no_more_than_is_bought_abroad(self):
        for name, kind in (("ai-chips", "capital_good"), ("industrial-robots", "capital_good"), ("electric-vehicles", "final_good")):
            self.study(name, numbers=f"{kind} = true")
            document = self.ok_json("localize", "study.toml", "--draws", 0)
            notes = document["technologies"][0]["notes"]
            self.assertFalse([note for note in notes if "losses of the first year are too high" in note], name)


if __name__ == "__main__":
    unittest.main()
