#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Packs small cases into inputs of the fuzz target `formats`.

seed.py FORMAT PATH...   writes the input for a bundle of these files or folders to stdout.
"""
import pathlib
import sys


def main():
    out = sys.stdout.buffer
    out.write(sys.argv[1].encode() + b"\n")
    for root in map(pathlib.Path, sys.argv[2:]):
        files = sorted(each for each in root.rglob("*") if each.is_file()) if root.is_dir() else [root]
        for file in files:
            name = file.relative_to(root).as_posix() if root.is_dir() else file.name
            text = file.read_bytes()
            out.write(b"@@ " + name.encode() + b"\n" + text + (b"" if text.endswith(b"\n") else b"\n"))


main()
