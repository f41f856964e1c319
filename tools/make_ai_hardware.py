#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes data/parameters/technologies/ai-chips/hardware.csv from Epoch AI's table of machine-learning hardware.

    tools/make_ai_hardware.py ml_hardware.csv > data/parameters/technologies/ai-chips/hardware.csv

The table is published at https://epoch.ai/data/machine-learning-hardware under CC BY 4.0. Kept are accelerators
of a total processing performance of 1,000 or more; what is done to the numbers is in data/parameters/README.md.
How fast performance grew goes to standard error.
"""
import csv
import datetime
import math
import sys

SOURCE = "Epoch AI, machine learning hardware"
DATE = "2026-04"
LEAST_TPP = 1000
LEAST_FOR_GROWTH = 1e14  # FLOP/s of 16 bits: what counts as an accelerator in the regression

NUMBERS = {  # our column: theirs, the first that is filled
    "performance_16bit": ["Tensor-FP16/BF16 performance (FLOP/s)"],
    "performance_8bit": ["FP8 performance (FLOP/s)", "INT8 performance (OP/s)"],
    "memory": ["Memory (bytes)"],
    "memory_bandwidth": ["Memory bandwidth (byte/s)"],
    "power": ["TDP (W)"],
    "die_area": ["Die Size (mm^2)"],
    "price": ["Release price (USD)"],
}


def number(row, columns):
    """The first of `columns` that is filled, or nothing."""
    for column in columns:
        if row[column].strip():
            return float(row[column])
    return None


def text(value):
    return "" if value is None else f"{value:.6g}"


def slope(points):
    """Least squares of the second coordinate on the first."""
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    return (sum((x - mean_x) * (y - mean_y) for x, y in points) /
            sum((x - mean_x) ** 2 for x, _ in points))


def report_growth(rows):
    points = []
    for row in rows:
        performance = number(row, NUMBERS["performance_16bit"])
        if row["Release date"] and performance and performance >= LEAST_FOR_GROWTH:
            day = datetime.date.fromisoformat(row["Release date"])
            points.append((day.year + day.timetuple().tm_yday / 365.25, math.log(performance)))
    points.sort()
    records, best = [], 0
    for when, performance in points:
        if performance > best:
            best = performance
            records.append((when, performance))
    print(f"growth of the logarithm of 16-bit performance per year: {slope(points):.3f} "
          f"({len(points)} chips), {slope(records):.3f} ({len(records)} records)", file=sys.stderr)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["name", "maker", "released", *NUMBERS, "tpp", "performance_density", "status",
                  "source", "date"])
    for row in sorted(rows, key=lambda row: (row["Manufacturer"], row["Hardware name"])):
        values = {name: number(row, columns) for name, columns in NUMBERS.items()}
        given = row["Total processing performance (bit-OP/s)"].strip()
        bits = max(16 * (values["performance_16bit"] or 0), 8 * (values["performance_8bit"] or 0))
        tpp = (float(given) if given else bits) / 1e12
        if tpp < LEAST_TPP:
            continue
        density = tpp / values["die_area"] if values["die_area"] else None
        out.writerow([row["Hardware name"], row["Manufacturer"], row["Release date"],
                      *(text(value) for value in values.values()), text(tpp),
                      text(density), "derived", SOURCE, DATE])
    report_growth(rows)


if __name__ == "__main__":
    main()
