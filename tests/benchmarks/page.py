"""`python -m tests.benchmarks.page RESULTS.json`: write `docs/benchmarks.md`, and its picture, of what was measured."""

import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.chart import Ratios, chart

DRAWN = {
    "Conversion: earth-science-literature-table": "The literature table converted; the others only parse it",
    "A script that loads passages, from its start": "A script that loads passages, from its start",
    "Validating 100 × the CSV files": "Validating the CSV files a hundred times over",
}
"""The groups that the picture shows, and what it calls them."""
TEXT = """\
# Benchmarks

`make bench` runs them and writes this page. Each table compares ways to do one thing, measured in the same run on the
same bytes: the least time of some rounds, as a multiple of the row marked **1**. Ratios depend little on the machine;
what else runs on it blurs them. Memory is the peak of a process of its own, as a multiple of that of the same row.

![Points on logarithmic axes: conversion, loading and validation beside other libraries](images/benchmarks.svg)
"""


def page(measured: list[dict[str, Any]]) -> str:
    """The page; a benchmark that says no row (`tests.benchmarks.row`) is not on it."""
    tables = [
        (_wide if rows[0]["extra_info"]["column"] else _table)(group, rows) for group, rows in _groups(measured).items()
    ]
    return "\n".join([TEXT, *tables])


def drawn(measured: list[dict[str, Any]]) -> dict[str, Ratios]:
    """What the picture shows."""
    groups = _groups(measured)
    return {title: _ratios(groups[group]) for group, title in DRAWN.items() if group in groups}


def _groups(measured: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    groups: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in measured:
        if "what" in each["extra_info"]:
            groups[each["group"]].append(each)
    return groups


def _ratios(rows: list[dict[str, Any]]) -> Ratios:
    unit = next(each["stats"]["min"] for each in rows if each["extra_info"]["unit"])
    ratios = [(str(each["extra_info"]["what"]), float(each["stats"]["min"]) / unit) for each in rows]
    return sorted(ratios, key=lambda one: one[1])


def _wide(group: str, rows: list[dict[str, Any]]) -> str:
    """A table with a column for each of the group's, its rows by the ratio that is in the middle."""
    listed: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in rows:
        listed[each["extra_info"]["column"]].append(each)
    columns = {column: dict(_ratios(own)) for column, own in listed.items()}
    whats = dict.fromkeys(what for ratios in columns.values() for what in ratios)
    order = sorted(whats, key=lambda what: median(ratios[what] for ratios in columns.values() if what in ratios))
    return _lines(group, columns, order, rows)


def _table(group: str, rows: list[dict[str, Any]]) -> str:
    """A table of the times, and of the memory where it was measured, its rows by time."""
    columns = {"time": dict(_ratios(rows))}
    used = {each["extra_info"]["what"]: each["extra_info"].get("memory") for each in rows}
    if unit := next(used[each["extra_info"]["what"]] for each in rows if each["extra_info"]["unit"]):
        columns["memory"] = {what: memory / unit for what, memory in used.items() if memory}
    return _lines(group, columns, list(columns["time"]), rows)


def _lines(
    group: str, columns: Mapping[str, Mapping[str, float]], order: Sequence[str], rows: list[dict[str, Any]]
) -> str:
    units = {each["extra_info"]["what"] for each in rows if each["extra_info"]["unit"]}
    lines = [f"## {group}", "", f"| | {' | '.join(columns)} |", f"| --- |{' ---: |' * len(columns)}"]
    for what in order:
        cells = [_ratio(ratios[what], what in units) if what in ratios else "" for ratios in columns.values()]
        lines.append(f"| {what} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _ratio(ratio: float, is_unit: bool) -> str:
    """The ratio in two digits.

    >>> _ratio(0.05123, False), _ratio(123.4, False), _ratio(1.0, True)
    ('0.051', '120', '**1**')
    """
    if is_unit:
        return "**1**"
    return f"{float(f'{ratio:.2g}'):.10g}"


def main() -> None:
    """Write the page."""
    measured = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["benchmarks"]
    path = Path(__file__).parents[2] / "docs" / "benchmarks.md"
    path.write_text(page(measured), encoding="utf-8")
    (path.parent / "images" / "benchmarks.svg").write_bytes(chart(drawn(measured)))
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
