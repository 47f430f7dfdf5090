"""Profiles a CSV file with Python's csv and statistics: slow, in memory, and independent of what it is compared with.

usage: reference.py FILE; writes JSON. A column is numeric if each of its values is what Python's Fraction reads.
"""
import collections
import csv
import fractions
import json
import math
import statistics
import sys

csv.field_size_limit(1 << 30)

FRACTIONS = [0.01, 0.05, 0.25, 0.50, 0.75, 0.95, 0.99]


def numbers(values):
    try:
        return [int(v) if v.strip().lstrip("-").isdigit() else fractions.Fraction(v) for v in values]
    except ValueError:
        return None


def column(name, cells):
    values = [c for c in cells if c != ""]
    profile = {
        "name": name,
        "count": len(values),
        "nulls": len(cells) - len(values),
        "distinct": len(set(values)),
        "frequent": collections.Counter(values).most_common(11),
    }
    parsed = numbers(values) if values else None
    if not values:
        return profile
    if parsed is None:
        profile["min"], profile["max"] = min(values), max(values)
        return profile
    order = range(len(values))
    profile["min"] = values[min(order, key=parsed.__getitem__)]
    profile["max"] = values[max(order, key=parsed.__getitem__)]
    exact = [p if isinstance(p, int) else float(p) for p in parsed]
    profile["mean"] = float(statistics.mean(exact))
    if len(values) > 1:
        profile["deviation"] = float(statistics.stdev(exact))
    # What lies within 1 % of rank on either side of each quantile.
    ordered = sorted(float(p) for p in parsed)
    last = len(ordered) - 1
    profile["quantiles"] = [
        [ordered[max(0, math.floor((f - 0.01) * last))], ordered[min(last, math.ceil((f + 0.01) * last))]] for f in FRACTIONS
    ]
    return profile


with open(sys.argv[1], encoding="utf-8-sig", errors="replace", newline="") as file:
    rows = [row for row in csv.reader(file) if row]
header, rows = rows[0], rows[1:]
width = len(header)
padded = [row + [""] * (width - len(row)) for row in rows]
json.dump(
    {
        "rows": len(rows),
        "shortRows": sum(len(row) < width for row in rows),
        "longRows": sum(len(row) > width for row in rows),
        "columns": [column(name, [row[i] for row in padded]) for i, name in enumerate(header)],
    },
    sys.stdout,
)
