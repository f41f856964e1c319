#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when a stage includes a later one. The order is the architecture (ARCHITECTURE.md)."""
import pathlib
import re
import sys

STAGES = ["core", "table", "parameters", "economy", "sampling", "depend", "disrupt", "equilibrium",
          "localize", "leverage", "results", "uncertainty", "study", "report", "serve", "apps"]
QUESTIONS = {"depend", "disrupt", "equilibrium", "localize", "leverage"}
# The five questions do not know each other, except:
MAY_CALL = {"localize": {"equilibrium", "disrupt"},
            "leverage": {"depend", "disrupt", "equilibrium", "localize"}}
# Stages that may open files, and what opening a file looks like.
FILES_ALLOWED = {"table", "parameters", "results", "report", "serve", "apps"}
FILE_USE = re.compile(r"#include <(fstream|cstdio|filesystem|netcdf\.h|fcntl\.h|chrono|ctime)>|getenv")
EXCEPTIONS = {"src/linchpin/core/contracts.cpp": "prints before it aborts"}
INCLUDE = re.compile(r'^\s*#include "linchpin/(\w+)/')

root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
problems, files = [], 0
for path in sorted([*root.glob("src/linchpin/*/**/*.h"), *root.glob("src/linchpin/*/**/*.cpp")]):
    stage = path.relative_to(root / "src/linchpin").parts[0]
    name = path.relative_to(root).as_posix()
    files += 1
    if stage not in STAGES:
        problems.append(f"{name}: '{stage}' is not a stage")
        continue
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        place = f"{name}:{number}"
        if FILE_USE.search(line) and stage not in FILES_ALLOWED and name not in EXCEPTIONS:
            problems.append(f"{place}: stage '{stage}' may not touch files, clock or environment")
        match = INCLUDE.match(line)
        if not match or match[1] == stage:
            continue
        used = match[1]
        if used not in STAGES or STAGES.index(used) > STAGES.index(stage):
            problems.append(f"{place}: stage '{stage}' includes the later stage '{used}'")
        elif stage in QUESTIONS and used in QUESTIONS and used not in MAY_CALL.get(stage, set()):
            problems.append(f"{place}: question '{stage}' may not know question '{used}'")
print("\n".join(problems) if problems else f"layers: {files} files, no problem")
sys.exit(1 if problems or files == 0 else 0)
