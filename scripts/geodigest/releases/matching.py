"""A table of two releases: which rows and which columns of the one are those of the other."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from geodigest.releases.release import ReleaseSchema

Value = str | int | float | bool | datetime.date | None
"""A cell; None is null."""

Key = tuple[Value, ...]
"""The values of a row's key columns."""

Pair = tuple[str, str]
"""A column's name in OLD and in NEW."""


@dataclass(frozen=True)
class Matching:
    """What belongs together."""

    key: tuple[Pair, ...]
    """The columns that tell the rows apart; none where the releases have no column in common."""
    columns: tuple[Pair, ...]
    """The columns of both, key columns too, in NEW's order."""
    rows: tuple[tuple[int, int], ...]
    """Index in OLD and in NEW of the rows of both, in NEW's order."""


def matched(before: ReleaseSchema, old: pa.Table, after: ReleaseSchema, new: pa.Table) -> Matching:
    """The rows matched by the primary key that the releases share, or else by all columns that they share.

    A key column that is renamed in place is found by its values, another column by having the same value in all rows of
    both releases.
    """
    key = _key(before, old, after, new)
    rows = _rows(old, new, key, before, after)
    pairs = [(name, name) for name in before.columns if name in after.columns]
    pairs += [pair for pair in key if pair not in pairs]
    for name in (name for name in before.columns if name not in dict(pairs)):
        taken = {other for _, other in pairs}
        free = (other for other, type_ in after.columns.items() if other not in taken and type_ == before.columns[name])
        if same := next((other for other in free if _equal(old[name], new[other], rows)), None):
            pairs.append((name, same))
    order = list(after.columns)
    return Matching(key, tuple(sorted(pairs, key=lambda pair: order.index(pair[1]))), rows)


def values(column: pa.ChunkedArray) -> list[Value]:
    """The cells of a column; all that are not a number are one object, so that they are equal in lists."""
    cells: list[Value] = column.to_pylist()
    if pa.types.is_floating(column.type):
        return [math.nan if isinstance(cell, float) and math.isnan(cell) else cell for cell in cells]
    return cells


def as_written(cells: Sequence[Value]) -> list[Value]:
    """The cells as CSV spells them, to be compared where a column changes its type; 1.0 is written 1.

    >>> as_written([1, 1.0, 0.1, True, "1", None])
    ['1', '1', '0.1', 'true', '1', None]
    """
    return [cell if cell is None or isinstance(cell, str) else _spelt(cell) for cell in cells]


def comparable(
    old: pa.Table, new: pa.Table, pair: Pair, before: ReleaseSchema, after: ReleaseSchema
) -> tuple[list[Value], list[Value]]:
    """The cells of a column in OLD and NEW, in forms that can be compared."""
    cells, others = values(old[pair[0]]), values(new[pair[1]])
    if before.columns[pair[0]] == after.columns[pair[1]]:
        return cells, others
    return as_written(cells), as_written(others)


def _spelt(cell: float | datetime.date) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _key(before: ReleaseSchema, old: pa.Table, after: ReleaseSchema, new: pa.Table) -> tuple[Pair, ...]:
    shared = sorted(before.columns.keys() & after.columns.keys())
    for key in sorted({before.primary_key, after.primary_key} - {()}):
        if set(key) <= set(shared) and all(_is_unique(table, key) for table in (old, new)):
            return tuple(zip(key, key, strict=True))
    if len(before.primary_key) == len(after.primary_key):
        pairs = tuple(zip(before.primary_key, after.primary_key, strict=True))
        renamed = all(
            name == other or (name not in after.columns and other not in before.columns) for name, other in pairs
        )
        if pairs and renamed and _rows(old, new, pairs, before, after):
            return pairs
    return tuple((name, name) for name in shared)


def _is_unique(table: pa.Table, key: tuple[str, ...]) -> bool:
    return bool(table.group_by(list(key)).aggregate([]).num_rows == table.num_rows)


def _rows(
    old: pa.Table, new: pa.Table, key: tuple[Pair, ...], before: ReleaseSchema, after: ReleaseSchema
) -> tuple[tuple[int, int], ...]:
    """Rows of the same key; of several the first belongs to the first, the second to the second."""
    if not key:
        return ()
    columns = [comparable(old, new, pair, before, after) for pair in key]
    places: dict[Key, list[int]] = {}
    for number, row in reversed(list(enumerate(zip(*(cells for cells, _ in columns), strict=True)))):
        places.setdefault(row, []).append(number)
    rows = []
    for number, row in enumerate(zip(*(cells for _, cells in columns), strict=True)):
        if places.get(row):
            rows.append((places[row].pop(), number))
    return tuple(rows)


def _equal(column: pa.ChunkedArray, other: pa.ChunkedArray, rows: tuple[tuple[int, int], ...]) -> bool:
    """Whether two columns have the same values, not all null, in the rows of both releases."""
    cells, others = values(column), values(other)
    kept = [cells[number] for number, _ in rows]
    return any(cell is not None for cell in kept) and kept == [others[number] for _, number in rows]
