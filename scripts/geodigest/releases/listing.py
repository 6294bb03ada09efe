"""The difference of two releases as text, Markdown or JSON."""

import datetime
import json
import math
from collections.abc import Iterator

from geodigest.releases.diff import ChangedRow, Difference, Row, TableDifference
from geodigest.releases.excerpts import changed, key_shown, shown
from geodigest.releases.matching import Value
from geodigest.wording import counted

_LISTED = 20
"""How many rows of a table the Markdown lists."""
_REST = 80
"""Characters that are shown, besides the key, of a row that is added or removed."""


def as_text(difference: Difference) -> str:
    """The tables that differ and under each its columns and rows: `+` added, `-` removed, `~` changed."""
    versions = f"{difference.old_version} → {difference.new_version}"
    if not difference:
        return f"{versions}: the tables are the same\n"
    tables = len(difference.tables) + len(difference.tables_renamed)
    lines = [f"{versions}: {counted(tables, 'table')} {'differs' if tables == 1 else 'differ'}"]
    lines += [f"\n{name}: renamed to {other}, all rows the same" for name, other in difference.tables_renamed.items()]
    for table in difference.tables:
        lines.append(f"\n{table.table}: {_counted(table)}")
        lines += [f"  {line}" for line in _columns(table)]
        lines += [f"  + {_row(row, table)}" for row in table.rows_added]
        lines += [f"  - {_row(row, table)}" for row in table.rows_removed]
        for row in _listed(table):
            lines.append(f"  ~ {key_shown(row.key)}")
            lines += [f"      {cell.column}: {changed(cell.old, cell.new)}" for cell in row.cells]
    return "\n".join(lines) + "\n"


def as_markdown(difference: Difference) -> str:
    """A table of counts, then a list for each table; it says where rows are left out."""
    heading = f"# Data of {difference.old_version} → {difference.new_version}"
    if not difference:
        return f"{heading}\n\nThe tables are the same.\n"
    lines = [heading, "", "| table | rows added | rows removed | rows changed | cells changed |"]
    lines.append("| --- | ---: | ---: | ---: | ---: |")
    for table in difference.tables:
        cells = sum(len(row.cells) for row in table.rows_changed)
        counts = (len(table.rows_added), len(table.rows_removed), len(table.rows_changed), cells)
        lines.append(f"| `{table.table}` | {' | '.join(f'{count:,}' for count in counts)} |")
    lines += [f"\n- `{name}` is now called `{other}`" for name, other in difference.tables_renamed.items()]
    for table in difference.tables:
        lines += ["", f"## {table.table}", ""]
        lines += [f"- {line}" for line in _columns(table)]
        rows = list(_markdown_rows(table))
        lines += rows[:_LISTED]
        if len(rows) > _LISTED:
            lines.append(f"- … and {len(rows) - _LISTED:,} more")
    return "\n".join(lines) + "\n"


def as_json(difference: Difference) -> str:
    """One object; keys are lists, in the order of `key`; dates and numbers that JSON lacks are text."""
    stated = {
        "old": difference.old_version,
        "new": difference.new_version,
        "tables_renamed": dict(difference.tables_renamed),
        "tables": [_table(table) for table in difference.tables],
    }
    return json.dumps(stated, ensure_ascii=False, indent=2) + "\n"


def _counted(table: TableDifference) -> str:
    counts = {"added": table.rows_added, "removed": table.rows_removed, "changed": table.rows_changed}
    told = [f"{counted(len(rows), 'row')} {state}" for state, rows in counts.items() if rows]
    if table.state != "changed":
        return f"{table.state}, {told[0].removesuffix(f' {table.state}') if told else 'no rows'}"
    return ", ".join(told) or "columns or order only"


def _columns(table: TableDifference) -> Iterator[str]:
    """What differs but the rows themselves, a line each."""
    if table.state != "changed":
        yield f"columns: {', '.join(table.columns_added or table.columns_removed)}"
        return
    for columns, state in ((table.columns_added, "added"), (table.columns_removed, "removed")):
        for column in columns:
            filled = sum(cell.column == column for row in table.rows_changed for cell in row.cells)
            yield f"column {state}: {column}, {counted(filled, 'value')} in the rows of both"
    for name, other in table.columns_renamed.items():
        yield f"column renamed: {name} to {other}, all values the same"
    for column, (old, new) in table.columns_retyped.items():
        yield f"column retyped: {column} from {old} to {new}"
    if table.columns_reordered:
        yield "the columns stand in another order"
    if table.rows_reordered:
        yield "the rows stand in another order"


def _listed(table: TableDifference) -> Iterator[ChangedRow]:
    """The changed rows without the cells of columns that are added or removed as a whole."""
    whole = {*table.columns_added, *table.columns_removed}
    for row in table.rows_changed:
        if cells := tuple(cell for cell in row.cells if cell.column not in whole):
            yield ChangedRow(row.key, cells)


def _markdown_rows(table: TableDifference) -> Iterator[str]:
    for state, rows in (("added", table.rows_added), ("removed", table.rows_removed)):
        for row in rows:
            yield f"- {state} {_code(_row(row, table))}"
    for changed_row in _listed(table):
        for cell in changed_row.cells:
            yield f"- {_code(key_shown(changed_row.key))} `{cell.column}`: {_code(changed(cell.old, cell.new))}"


def _row(row: Row, table: TableDifference) -> str:
    """The key of a row and the beginning of the rest."""
    rest = {name: value for name, value in row.values.items() if name not in table.key and value is not None}
    told = ", ".join(f"{name}: {shown(value)}" for name, value in rest.items())
    return f"{key_shown(row.key)}  {told if len(told) <= _REST else f'{told[:_REST]}…'}".rstrip()


def _code(text: str) -> str:
    """The text as a code span of Markdown, whatever backticks it has (CommonMark, section 6.1)."""
    fence = "`"
    while fence in text:
        fence += "`"
    edge = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{edge}{text}{edge}{fence}"


def _table(table: TableDifference) -> dict[str, object]:
    return {
        "table": table.table,
        "state": table.state,
        "key": table.key,
        "columns_added": table.columns_added,
        "columns_removed": table.columns_removed,
        "columns_renamed": dict(table.columns_renamed),
        "columns_retyped": dict(table.columns_retyped),
        "columns_reordered": table.columns_reordered,
        "rows_added": [_whole(row) for row in table.rows_added],
        "rows_removed": [_whole(row) for row in table.rows_removed],
        "rows_changed": [
            {
                "key": [_json(value) for value in row.key],
                "cells": [
                    {"column": cell.column, "old": _json(cell.old), "new": _json(cell.new)} for cell in row.cells
                ],
            }
            for row in table.rows_changed
        ],
        "rows_reordered": table.rows_reordered,
        "rows_kept": table.rows_kept,
    }


def _whole(row: Row) -> dict[str, object]:
    values = {name: _json(value) for name, value in row.values.items()}
    return {"key": [_json(value) for value in row.key], "values": values}


def _json(value: Value) -> Value:
    if isinstance(value, datetime.date) or (isinstance(value, float) and not math.isfinite(value)):
        return str(value)
    return value
