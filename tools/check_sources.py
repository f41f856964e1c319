#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what no compiler checks: licence lines, file length, provenance of data and packages."""
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

# Every library package is named in THIRD_PARTY.md.
third_party = (root / "THIRD_PARTY.md").read_text(encoding="utf-8")
packages = re.findall(r"^(lib\S+|nlohmann\S+|zlib\S+)$",
                      (root / "tools/packages-debian.txt").read_text(encoding="utf-8"), re.M)
problems += [f"THIRD_PARTY.md: does not name {each}" for each in packages if each not in third_party]

print("\n".join(problems) if problems else f"sources: {len(paths)} files, no problem")
sys.exit(1 if problems else 0)
