"""What `build` and `convert` print of what they wrote."""

from typing import TYPE_CHECKING

from geodigest.commands.output import OUT, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodigest.collection import Summary
    from geodigest.tabular.files import TableFiles

_KEPT = ("text", "title")
"""Roles of the spans whose characters are published."""


def show(summary: "Summary") -> None:
    """Print what was written, what was left out and what the documents lack."""
    show_tables(summary.tables)
    say(f"in {summary.root / 'dataset'}: parquet/, csv/, SHA256SUMS")
    show_characters(summary)


def show_tables(tables: "Sequence[TableFiles]") -> None:
    """Print what was written of each table."""
    from rich.table import Table

    forms = {"Parquet": [files.parquet_bytes for files in tables], "CSV": [files.csv_bytes for files in tables]}
    sizes = {form: sizes for form, sizes in forms.items() if any(sizes)}
    shown = Table("table", box=None, pad_edge=False)
    for column in ("rows", *(f"{form}, bytes" for form in sizes)):
        shown.add_column(column, justify="right")
    for files, *own in zip(tables, *sizes.values(), strict=True):
        shown.add_row(files.table, f"{files.rows:,}", *(f"{size:,}" for size in own))
    OUT.print(shown)


def show_characters(summary: "Summary") -> None:
    """Print what became of the documents' characters, and what the documents lack."""
    left_out = ", ".join(f"{count:,} {role}" for role, count in summary.characters.items() if role not in _KEPT)
    gaps = ", ".join(f"{count} {kind}" for kind, count in summary.gaps.items())
    placed = max(1, summary.by_rule + summary.by_decision)
    share = 100 * summary.by_decision / placed
    by_hand = f"{summary.by_decision:,} by decision ({share:.1f} %)"
    say(f"placed, in characters: {summary.by_rule:,} by rule, {by_hand}")
    say(f"left out, in characters: {left_out or 'none'}")
    say(f"missing in the documents: {gaps or 'nothing'}")
