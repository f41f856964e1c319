#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what no compiler checks: licence lines, file length, provenance of data and packages."""
import csv
import pathlib
import re
import subprocess
import sys

STATUSES = {"read", "derived", "assumption"}
SIDES = {"low", "high", "none"}
WITHOUT_RANGE = {"data/parameters/trade_elasticity_horizon.csv": "point estimates, shown beside sets with ranges"}


def number(row, column):
    try:
        return float(row.get(column) or "")
    except ValueError:
        return None


def row_findings(row, name):
    """What a row of a parameter file lacks, in words."""
    wrong = []
    if None in row or None in row.values():
        return ["not as many fields as the header has (a comma in a text without quotes?)"]
    if row.get("status") not in STATUSES:
        wrong.append("no status")
    if not row.get("source"):
        wrong.append("no source")
    if row.get("status") == "assumption" and not row.get("note"):
        wrong.append("no reasoning")
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", row.get("date") or ""):
        wrong.append("no date")
    # Ratings on a scale of three steps have no range.
    if "key" in row and row.get("unit") != "rating" and name not in WITHOUT_RANGE:
        low, value, high = (number(row, column) for column in ("low", "value", "high"))
        if low is None or value is None or high is None:
            wrong.append("no range")
        elif not low <= value <= high:
            wrong.append("a value outside its range")
    if name.endswith("/market.csv") and row.get("sceptic") not in SIDES:
        wrong.append("no word on which end is the sceptic's")
    return wrong


def parameter_findings(folder, base):
    """Every shipped number says where it is from, since when, and within which range."""
    findings = []
    for path in sorted(folder.glob("**/*.csv")):
        name = path.relative_to(base).as_posix()
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if not rows:
            findings.append(f"{name}: has no rows")
        seen = set()
        for row in rows:
            what = row.get("key") or row.get("name") or "a row"
            wrong = row_findings(row, name)
            if "key" in row and what in seen:
                wrong.append("a twin")
            seen.add(what)
            if wrong:
                findings.append(f"{name}: {what} has {', '.join(wrong)}")
    for structure in sorted(folder.glob("technologies/*/technology.toml")):
        for needed in ("numbers.csv", "market.csv", "README.md"):
            if not (structure.parent / needed).is_file():
                findings.append(f"{structure.parent.relative_to(base).as_posix()}: has no {needed}")
    return findings


# For its own test: only the parameters in a folder.
if sys.argv[1:2] == ["--parameters"]:
    only = pathlib.Path(sys.argv[2]).resolve()
    found = parameter_findings(only / "data/parameters", only)
    print("\n".join(found) if found else "parameters: no problem")
    sys.exit(1 if found else 0)

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
    generated = any("Generated from" in line for line in lines[:3])
    if len(lines) > LONGEST and not generated:
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

problems += parameter_findings(root / "data/parameters", root)

# Every library package is named in THIRD_PARTY.md.
third_party = (root / "THIRD_PARTY.md").read_text(encoding="utf-8")
packages = re.findall(r"^(lib\S+|nlohmann\S+|zlib\S+)$",
                      (root / "tools/packages-debian.txt").read_text(encoding="utf-8"), re.M)
problems += [f"THIRD_PARTY.md: does not name {each}" for each in packages if each not in third_party]

print("\n".join(problems) if problems else f"sources: {len(paths)} files, no problem")
sys.exit(1 if problems else 0)
