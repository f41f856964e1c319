#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes data/minerals/production.csv from the USGS table MCS2025_World_Data.csv.

    tools/make_mineral_production.py MCS2025_World_Data.csv > data/minerals/production.csv

One line per commodity, kind of production, year and producer. What the table leaves out, and how totals are
used, is in data/minerals/README.md; notes on what was left out go to standard error.
"""
import csv
import re
import sys

SOURCE = "USGS Mineral Commodity Summaries 2025"
YEARS = {2023: "PROD_2023", 2024: "PROD_EST_ 2024"}
TOLERANCE = 0.05  # a total further from the sum of its lines is not rounding

COMMODITIES = {  # slips and splits of the table
    "Gemanium": "Germanium", "Talc, crude": "Talc and pyrophyllite",
    "Talc and Pyrophyllite": "Talc and pyrophyllite", "Nitrogen(fixed) - Ammonia": "Nitrogen (ammonia)",
}
KINDS = {  # the same kind under two names, or words that say nothing of the kind
    ("Cobalt", "Mine production"): "Mine production, cobalt content",
    ("Soda ash", "Soda ash, natural, mine production"): "Mine production, natural",
    ("Gold", "mine production, gold content"): "Mine production, gold content",
}
UNITS = {  # the file says "metric tons" of figures that the printed chapters give in thousands
    "Sand and gravel (industrial)": "thousand metric tons",
    "Titanium Mineral Concentrates": "thousand metric tons",
}
SPELLING = {"poduction": "production", "grosss": "gross", "ilmentite": "ilmenite",
            "Ferosilicon": "ferrosilicon"}

ISO3 = {
    "Afghanistan": "AFG", "Algeria": "DZA", "Angola": "AGO", "Argentina": "ARG", "Armenia": "ARM",
    "Australia": "AUS", "Austria": "AUT", "Azerbaijan": "AZE", "Bahrain": "BHR", "Belarus": "BLR",
    "Belgium": "BEL", "Bhutan": "BTN", "Bolivia": "BOL", "Botswana": "BWA", "Brazil": "BRA",
    "Bulgaria": "BGR", "Burkina Faso": "BFA", "Burma": "MMR", "Burundi": "BDI", "Cameroon": "CMR",
    "Canada": "CAN", "Chile": "CHL", "China": "CHN", "Colombia": "COL", "Congo (Kinshasa)": "COD",
    "Cuba": "CUB", "Cyprus": "CYP", "Czechia": "CZE", "Côte d’Ivoire": "CIV", "Denmark": "DNK",
    "Ecuador": "ECU", "Egypt": "EGY", "Estonia": "EST", "Ethiopia": "ETH", "Finland": "FIN",
    "France": "FRA", "Gabon": "GAB", "Georgia": "GEO", "Germany": "DEU", "Ghana": "GHA",
    "Greece": "GRC", "Greenland": "GRL", "Guatemala": "GTM", "Guinea": "GIN", "Hungary": "HUN",
    "Iceland": "ISL", "India": "IND", "Indonesia": "IDN", "Iran": "IRN", "Ireland": "IRL",
    "Israel": "ISR", "Italy": "ITA", "Jamaica": "JAM", "Japan": "JPN", "Jordan": "JOR",
    "Kazakhstan": "KAZ", "Kenya": "KEN", "Korea, North": "PRK", "Korea, Republic of": "KOR",
    "Kuwait": "KWT", "Kyrgyzstan": "KGZ", "Laos": "LAO", "Latvia": "LVA", "Lesotho": "LSO",
    "Lithuania": "LTU", "Madagascar": "MDG", "Malaysia": "MYS", "Mali": "MLI", "Mauritania": "MRT",
    "Mexico": "MEX", "Mongolia": "MNG", "Morocco": "MAR", "Mozambique": "MOZ", "Namibia": "NAM",
    "Netherlands": "NLD", "New Caledonia": "NCL", "New Zealand": "NZL", "Nigeria": "NGA",
    "Norway": "NOR", "Oman": "OMN", "Pakistan": "PAK", "Papua New Guinea": "PNG", "Peru": "PER",
    "Philippines": "PHL", "Poland": "POL", "Portugal": "PRT", "Qatar": "QAT", "Russia": "RUS",
    "Rwanda": "RWA", "Saudi Arabia": "SAU", "Senegal": "SEN", "Serbia": "SRB", "Sierra Leone": "SLE",
    "Slovakia": "SVK", "South Africa": "ZAF", "Spain": "ESP", "Sri Lanka": "LKA", "Sweden": "SWE",
    "Syria": "SYR", "Taiwan": "TWN", "Tajikistan": "TJK", "Tanzania": "TZA", "Thailand": "THA",
    "Togo": "TGO", "Trinidad and Tobago": "TTO", "Tunisia": "TUN", "Turkey": "TUR",
    "Turkmenistan": "TKM", "Uganda": "UGA", "Ukraine": "UKR", "United Arab Emirates": "ARE",
    "United Kingdom": "GBR", "United States": "USA", "Uzbekistan": "UZB", "Venezuela": "VEN",
    "Vietnam": "VNM", "Zambia": "ZMB", "Zimbabwe": "ZWE",
}


def words(text):
    """`text` with single ordinary blanks."""
    return " ".join(text.replace("\u00a0", " ").split())


def producer(country):
    """Name and ISO code: what stands in brackets is a note, but for the two Congos."""
    name = words(country)
    if name in ISO3:
        return name, ISO3[name]
    if name.lower().startswith("other countries"):
        return "Other countries", ""
    plain = re.sub(r" \(.*\)$", "", name)
    if plain not in ISO3:
        sys.exit(f"unknown country '{name}'")
    return plain, ISO3[plain]


def kind_of(commodity, text):
    """Kind of production without the word `estimated`, and whether it had that."""
    kind = words(text).rstrip(".")
    for wrong, right in SPELLING.items():
        kind = kind.replace(wrong, right)
    plain = re.sub(r",? estimated$", "", kind)
    return KINDS.get((commodity, plain), plain), plain != kind


def amount(text):
    """A number, or nothing: withheld, not available and no production all stand as empty cells."""
    text = text.replace(",", "").strip()
    return float(text) if text else None


def hidden(notes):
    """Why a producer has no figure: "withheld" or "unknown"; empty if it just does not produce."""
    if re.match(r"W\b", notes.strip()):
        return "withheld"
    return "unknown" if re.match(r"na\b", notes.strip(), re.IGNORECASE) else ""


def together(one, other):
    """Two lines of one producer as one."""
    values = {}
    for year in YEARS:
        parts = [line[2][year] for line in (one, other) if line[2][year] is not None]
        values[year] = sum(parts) if parts else None
    return one[0], one[1], values, one[3] or other[3], one[4] or other[4]


def read(path):
    """{(commodity, kind): {"unit", "lines": [...], "totals": {year: value}}} in the file's order."""
    groups = {}
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            commodity = words(row["COMMODITY"])
            commodity = COMMODITIES.get(commodity, commodity)
            kind, estimated = kind_of(commodity, row["TYPE"])
            if "capacity" in kind.lower() or "reserves" in kind.lower():
                continue
            group = groups.setdefault((commodity, kind), {"unit": "", "lines": [], "totals": {}})
            group["unit"] = UNITS.get(commodity) or group["unit"] or words(row["UNIT_MEAS"])
            values = {year: amount(row[column]) for year, column in YEARS.items()}
            country = words(row["COUNTRY"])
            if country.lower().startswith("world total"):
                # The second total of ilmenite is that of ilmenite and rutile together.
                if not group["totals"]:
                    group["totals"] = values
                continue
            notes = row["PROD_NOTES"]
            line = (*producer(country), values, estimated or "estimated" in notes.lower(),
                    hidden(notes))
            before = next((k for k, each in enumerate(group["lines"]) if each[0] == line[0]), None)
            if before is None:
                group["lines"].append(line)
            else:  # two parts of one country's production (helium from gas and from storage)
                group["lines"][before] = together(group["lines"][before], line)
    return groups


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["commodity", "kind", "country", "iso3", "year", "production", "unit", "world",
                  "share", "status", "source"])
    for (commodity, kind), group in read(sys.argv[1]).items():
        for year in YEARS:
            world = sum(values[year] or 0 for _, _, values, _, _ in group["lines"])
            if world <= 0:
                print(f"left out: {commodity}, {kind}, {year}: no producer", file=sys.stderr)
                continue
            total = group["totals"].get(year)
            if total is not None and abs(total - world) > TOLERANCE * world:
                print(f"total {total:g}, sum of lines {world:g}: {commodity}, {kind}, {year}",
                      file=sys.stderr)
                world = max(world, total)
            for name, code, values, estimated, reason in group["lines"]:
                value = values[year]
                if value is not None and value > 0:
                    status = "estimated" if estimated or year == 2024 else "reported"
                    figures = (f"{value:g}" if value < 1e6 else f"{value:.0f}", f"{value / world:.6f}")
                elif reason and name != "Other countries":
                    status, figures = reason, ("", "")
                else:
                    continue
                out.writerow([commodity, kind, name, code, year, figures[0], group["unit"],
                              f"{world:.10g}", figures[1], status, SOURCE])


if __name__ == "__main__":
    main()
