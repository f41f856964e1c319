# SPDX-License-Identifier: Apache-2.0
"""Threat games from files."""
import json
import unittest

import jsonschema

from support import ROOT, CliTest

CHICKEN = """title = "Chicken"
[[player]]
name = "A"
actions = ["yield", "stay"]
[[player]]
name = "B"
actions = ["yield", "stay"]
[[outcome]]
play = {A = "yield", B = "yield"}
payoffs = {A = 0, B = 0}
[[outcome]]
play = {A = "yield", B = "stay"}
payoffs = {A = -1, B = 1}
[[outcome]]
play = {A = "stay", B = "yield"}
payoffs = {A = 1, B = -1}
[[outcome]]
play = {A = "stay", B = "stay"}
payoffs = {A = -10, B = -10}
"""

LADDER = """
[[rung]]
name = "opening"
player = "A"
[[rung.move]]
name = "wait"
payoffs = {A = 0, B = 0}
[[rung.move]]
name = "ban"
next = "answer"
[[rung]]
name = "answer"
player = "B"
[[rung.move]]
name = "yield"
payoffs = {A = 2, B = -1}
[[rung.move]]
name = "retaliate"
payoffs = {A = -3, B = -4}
"""


class Game(CliTest):
    def validate(self, document):
        path = ROOT / "docs/formats/schema/linchpin.leverage-game.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        validator = jsonschema.validators.validator_for(schema)
        validator.check_schema(schema)
        validator(schema).validate(document)

    def test_chicken_has_three_equilibria(self):
        document = self.ok_json("leverage", "game", self.write("chicken.toml", CHICKEN))
        self.validate(document)
        found = document["equilibria"]
        self.assertEqual([each["pure"] for each in found], [True, True, False])
        self.assertEqual(found[0]["strategies"], {"A": {"yield": 1}, "B": {"stay": 1}})
        self.assertAlmostEqual(found[2]["strategies"]["A"]["stay"], 0.1, delta=1e-12)
        self.assertLess(found[2]["residual"], 1e-12)
        self.assertTrue(document["complete"])
        self.assertIsNone(document["odds"])
        self.assertIsNone(document["ladder"])

    def test_ranges_and_ladder(self):
        text = CHICKEN.replace("A = -10", "A = [-10, 0]") + "[ensemble]\ndraws = 200\nseed = 1\n"
        path = self.write("both.toml", text + LADDER)
        document = self.ok_json("leverage", "game", path)
        self.validate(document)
        self.assertEqual(document["odds"]["draws"], 200)
        # Staying is worth it for A against a stubborn B while the crash costs it less than yielding.
        self.assertGreater(document["odds"]["played_in_some"]["A"]["stay"], 0.99)
        self.assertEqual([each["move"] for each in document["ladder"]["path"]], ["ban", "yield"])
        self.assertEqual(document["ladder"]["payoffs"], {"A": 2, "B": -1})
        again = self.ok_json("leverage", "game", path, "--threads", 1)
        self.assertEqual(again["odds"], document["odds"])
        printed = self.ok("leverage", "game", path).stdout
        self.assertIn("A gets 2, B gets -1", printed)

    def test_only_a_ladder(self):
        players = "[[player]]\nname = \"A\"\n[[player]]\nname = \"B\"\n"
        document = self.ok_json("leverage", "game", self.write("ladder.toml", players + LADDER))
        self.validate(document)
        self.assertEqual(document["equilibria"], [])

    def test_bad_files_say_where(self):
        text = CHICKEN.replace('B = "stay"}', 'B = "sty"}', 1).replace("title", "titel")
        self.bad("leverage", "game", self.write("bad.toml", text),
                 says=["there is no action 'sty'", "did you mean 'stay'?", "unknown key 'titel'",
                       "no outcome for these actions"])
        self.bad("leverage", "game", "nowhere.toml", says=["nowhere.toml"])
        self.bad("leverage", says=["error:"])


if __name__ == "__main__":
    unittest.main()
