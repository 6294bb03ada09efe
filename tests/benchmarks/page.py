"""`python -m tests.benchmarks.page RESULTS.json`: write `docs/benchmarks.md` from what pytest-benchmark measured."""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

TEXT = """\
# Benchmarks

`make bench` runs them and writes this page. Each table compares ways to do one thing, measured in the same run on the
same bytes: the least time of some rounds, as a multiple of the row marked **1**. Ratios depend little on the machine;
what else runs on it blurs them. Memory is the peak of a process of its own, as a multiple of that of the same row.
"""


def page(measured: list[dict[str, Any]]) -> str:
    """The page; a benchmark that says no row (`tests.benchmarks.row`) is not on it."""
    groups: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in measured:
        if "what" in each["extra_info"]:
            groups[each["group"]].append(each)
    return "\n".join([TEXT, *(_table(group, rows) for group, rows in groups.items())])


def _table(group: str, rows: list[dict[str, Any]]) -> str:
    unit = next(each for each in rows if each["extra_info"]["unit"])
    memory = unit["extra_info"].get("memory")
    lines = [f"## {group}", "", "| | time |" + (" memory |" if memory else "")]
    lines.append("| --- | ---: |" + (" ---: |" if memory else ""))
    for each in sorted(rows, key=lambda each: float(each["stats"]["min"])):
        line = f"| {each['extra_info']['what']} | {_ratio(each['stats']['min'] / unit['stats']['min'], each is unit)} |"
        if memory:
            used = each["extra_info"].get("memory")
            line += f" {_ratio(used / memory, each is unit) if used else ''} |"
        lines.append(line)
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
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
