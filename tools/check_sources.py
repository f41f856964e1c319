#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what no compiler checks: licence lines, file length, provenance of data and packages."""
import csv
import pathlib
import re
import subprocess
import sys

CODE = {".h", ".cpp", ".py", ".cmake", ".ts", ".svelte", ".mjs"}
LONGEST = 500

root = pathlib.Path(__file__).resolve().parent.parent
listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=root,
                        capture_output=True, text=True, check=True).stdout.split("\n")
paths = [root / name for name in listed if name and (root / name).is_file()]
problems = []

for path in paths:
    name = path.relative_to(root).as_posix()
    if path.suffix not in CODE and path.name != "CMakeLists.txt":
        continue
    lines = path.read_text(encoding="utf-8").splitlines()
    if not any("SPDX-License-Identifier: Apache-2.0" in line for line in lines[:3]):
        problems.append(f"{name}: no SPDX line among the first three")
    if len(lines) > LONGEST:
        problems.append(f"{name}: {len(lines)} lines, split it ({LONGEST} at most)")

# Every built-in world says where it comes from.
for folder in sorted((root / "data/worlds").iterdir()):
    if not folder.is_dir():
        continue
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8").lower() if readme.exists() else ""
    for word in ("source", "licence", "command"):
        if word not in text:
            problems.append(f"data/worlds/{folder.name}/README.md: says no {word}")

# Every shipped number says where it is from, since when, and within which range. Ratings on a scale of
# three steps have no range.
STATUSES = {"read", "derived", "assumption"}
WITHOUT_RANGE = {"data/parameters/trade_elasticity_horizon.csv": "point estimates, shown beside sets with ranges"}
for path in sorted((root / "data/parameters").glob("**/*.csv")):
    name = path.relative_to(root).as_posix()
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            wrong = []
            if row.get("status") not in STATUSES:
                wrong.append("status")
            if not row.get("source"):
                wrong.append("source")
            if row.get("status") == "assumption" and not row.get("note"):
                wrong.append("reasoning")
            if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", row.get("date") or ""):
                wrong.append("date")
            ranged = "key" in row and row.get("unit") != "rating" and name not in WITHOUT_RANGE
            if ranged and not (row.get("low") and row.get("high")):
                wrong.append("range")
            if wrong:
                what = row.get("key") or row.get("name") or "a row"
                problems.append(f"{name}: {what} has no {', no '.join(wrong)}")

# Every library package is named in THIRD_PARTY.md.
third_party = (root / "THIRD_PARTY.md").read_text(encoding="utf-8")
packages = re.findall(r"^(lib\S+|nlohmann\S+|zlib\S+)$",
                      (root / "tools/packages-debian.txt").read_text(encoding="utf-8"), re.M)
problems += [f"THIRD_PARTY.md: does not name {each}" for each in packages if each not in third_party]

print("\n".join(problems) if problems else f"sources: {len(paths)} files, no problem")
sys.exit(1 if problems else 0)
