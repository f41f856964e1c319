#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes data/parameters/trade_elasticities.csv from ProTEE (CEPII) and the project's map of products.

    tools/make_trade_elasticities.py ProTEE_0_1.csv data/products/hs-icio28.csv \\
        > data/parameters/trade_elasticities.csv

ProTEE holds one elasticity per product of six digits (HS 2007): that of imports with respect to the
tariff, minus the elasticity of substitution between origins, sigma. A row is the median over the
products of a sector of theta = sigma - 1; `low` and `high` are the quartiles. Products whose number
ProTEE substituted by an average (flags zero, positive) are left out. Sectors with few products are
pooled. Services have no tariffs: their row is an assumption.
"""
import csv
import statistics
import sys

GROUPS = [  # key of the row, sectors of the map that it pools
    ("A01-A03", ("A01", "A02", "A03")),
    ("B05-B09", ("B05", "B06", "B07", "B08", "B09")),
    ("C10-C12", ("C10T12",)), ("C13-C15", ("C13T15",)), ("C16", ("C16",)), ("C17-C18", ("C17_18",)),
    ("C19", ("C19",)), ("C20", ("C20",)), ("C21", ("C21",)), ("C22", ("C22",)), ("C23", ("C23",)),
    ("C24", ("C24A", "C24B")), ("C25", ("C25",)), ("C26", ("C26",)), ("C27", ("C27",)),
    ("C28", ("C28",)), ("C29", ("C29",)), ("C30", ("C301", "C302T309")), ("C31-C33", ("C31T33",)),
]
FEWEST = 10  # products behind a median
SOURCE = "own aggregation of ProTEE 0.1 (CEPII): Fontagné, Guimbard & Orefice (2022)"
COLUMNS = ("key", "value", "low", "high", "unit", "source", "licence", "date", "status", "note")


def sector_finder(path):
    """Longest beginning of a product's code that the map knows."""
    with open(path, newline="", encoding="utf-8") as file:
        sectors = {row["hs"]: row["sector"] for row in csv.DictReader(file)}

    def find(product):
        for digits in range(6, 1, -1):
            if product[:digits] in sectors:
                return sectors[product[:digits]]
        return None

    return find


def read_thetas(path, sector_of):
    """Thetas by sector of the map."""
    thetas = {}
    left_out = 0
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            own = row["sigma"] and row["zero"] == "0" and row["positive"] == "0"
            sector = sector_of(row["HS6"])
            if not own or sector is None:
                left_out += 1
                continue
            thetas.setdefault(sector, []).append(-float(row["sigma"]) - 1)
    print(f"{left_out} products left out", file=sys.stderr)
    return thetas


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    thetas = read_thetas(sys.argv[1], sector_finder(sys.argv[2]))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    for key, sectors in GROUPS:
        values = [theta for sector in sectors for theta in thetas.get(sector, [])]
        if len(values) < FEWEST:
            sys.exit(f"{key}: only {len(values)} products")
        low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
        out.writerow((f"trade_elasticity.{key}", f"{middle:.2f}", f"{low:.2f}", f"{high:.2f}",
                      "exponent", SOURCE, "Etalab 2.0", "2026-11-29", "derived",
                      f"median of sigma - 1 over {len(values)} products; low and high are quartiles"))
    out.writerow(("trade_elasticity.D35-U99", "4.00", "2.00", "8.00", "exponent", "Linchpin",
                  "Apache-2.0", "2026-11-29", "assumption",
                  "services pay no tariffs that an estimate could rest on; as low as the lower goods"))


if __name__ == "__main__":
    main()
