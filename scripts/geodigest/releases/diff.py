"""What differs between the tables of two releases: tables, columns, rows and cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from geodigest.releases.matching import Key, Matching, Value, comparable, matched, values
from geodigest.releases.release import Release, ReleaseSchema

State = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Row:
    """A row of one release alone; where the table has no key, its values are its key."""

    key: Key
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Cell:
    """A cell of a row of both releases; the column's name is that of NEW, or of OLD where NEW has none."""

    column: str
    old: Value
    new: Value


@dataclass(frozen=True)
class ChangedRow:
    """A row of both releases and its cells that differ; the key is that of NEW."""

    key: Key
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class TableDifference:
    """What differs in a table; one that is added or removed has all its columns and rows added or removed."""

    table: str
    state: State
    key: tuple[str, ...]
    """The columns, by their names in NEW, that tell the rows apart."""
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    columns_renamed: Mapping[str, str] = field(default_factory=dict)
    """From the name in OLD to the name in NEW, where the values of all rows of both are the same."""
    columns_retyped: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By the name in NEW: types in OLD and NEW. A value written alike in both (`1` and `1.0`) is not changed."""
    columns_reordered: bool = False
    rows_added: tuple[Row, ...] = ()
    """In NEW's order."""
    rows_removed: tuple[Row, ...] = ()
    """In OLD's order."""
    rows_changed: tuple[ChangedRow, ...] = ()
    """In NEW's order. A column of one release alone is null in the other: its values are changed cells."""
    rows_reordered: bool = False
    rows_kept: int = 0
    """How many rows are in both releases, changed or not."""


@dataclass(frozen=True)
class Difference:
    """What differs between the tables of two releases; false where nothing does."""

    old_version: str
    new_version: str
    tables_renamed: Mapping[str, str]
    """From the name in OLD to the name in NEW, where columns and rows are the same."""
    tables: tuple[TableDifference, ...]
    """The other tables that differ, in NEW's order, those of OLD alone last."""

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.tables or self.tables_renamed)


def diff(old: Release, new: Release) -> Difference:
    """What differs between the tables of two releases.

    Rows are told apart by the primary key; where the releases share none, by all columns that they share.
    """
    renamed = _tables_renamed(old, new)
    found = []
    for name in dict.fromkeys([*new.schemas, *old.schemas]):
        if name in old.schemas and name in new.schemas:
            difference = _changed(old.schemas[name], old.tables[name], new.schemas[name], new.tables[name])
            if difference:
                found.append(difference)
        elif name not in {*renamed, *renamed.values()}:
            state: State = "added" if name in new.schemas else "removed"
            release = new if state == "added" else old
            found.append(_whole(release.schemas[name], release.tables[name], state))
    return Difference(old.version, new.version, renamed, tuple(found))


def _tables_renamed(old: Release, new: Release) -> dict[str, str]:
    renamed: dict[str, str] = {}
    for name in (name for name in old.schemas if name not in new.schemas and old.tables[name].num_rows):
        free = (other for other in new.schemas if other not in {*old.schemas, *renamed.values()})
        if same := next((other for other in free if new.tables[other].equals(old.tables[name])), None):
            renamed[name] = same
    return renamed


def _whole(schema: ReleaseSchema, table: pa.Table, state: State) -> TableDifference:
    """A table of one release alone."""
    key = schema.primary_key or tuple(schema.columns)
    rows, columns = _rows(table, range(table.num_rows), key), tuple(schema.columns)
    if state == "added":
        return TableDifference(schema.name, state, key, columns_added=columns, rows_added=rows)
    return TableDifference(schema.name, state, key, columns_removed=columns, rows_removed=rows)


def _changed(before: ReleaseSchema, old: pa.Table, after: ReleaseSchema, new: pa.Table) -> TableDifference | None:
    """What differs in a table of both releases, or nothing."""
    if old.equals(new):
        return None
    matching = matched(before, old, after, new)
    pairs = matching.columns
    kept_old, kept_new = {row for row, _ in matching.rows}, {row for _, row in matching.rows}
    key = tuple(other for _, other in matching.key) or tuple(after.columns)
    old_key = tuple(name for name, _ in matching.key) or tuple(before.columns)
    removed = [row for row in range(old.num_rows) if row not in kept_old]
    added = [row for row in range(new.num_rows) if row not in kept_new]
    places, names = [row for row, _ in matching.rows], [name for name, _ in pairs]
    difference = TableDifference(
        after.name,
        "changed",
        key,
        columns_added=tuple(name for name in after.columns if name not in {other for _, other in pairs}),
        columns_removed=tuple(name for name in before.columns if name not in names),
        columns_renamed={name: other for name, other in pairs if name != other},
        columns_retyped={
            other: (before.columns[name], after.columns[other])
            for name, other in pairs
            if before.columns[name] != after.columns[other]
        },
        columns_reordered=names != sorted(names, key=list(before.columns).index),
        rows_added=_rows(new, added, key),
        rows_removed=_rows(old, removed, old_key),
        rows_changed=_rows_changed(before, old, after, new, matching, key),
        rows_reordered=places != sorted(places),
        rows_kept=len(places),
    )
    nothing = TableDifference(after.name, "changed", key, rows_kept=len(places))
    return None if difference == nothing else difference


def _rows(table: pa.Table, numbers: range | list[int], key: tuple[str, ...]) -> tuple[Row, ...]:
    taken = table.take(pa.array(numbers, pa.int64()))
    cells = {name: values(taken[name]) for name in table.column_names}
    rows = [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]
    return tuple(Row(tuple(row[name] for name in key), row) for row in rows)


def _rows_changed(
    before: ReleaseSchema, old: pa.Table, after: ReleaseSchema, new: pa.Table, matching: Matching, key: tuple[str, ...]
) -> tuple[ChangedRow, ...]:
    of_new = {other: name for name, other in matching.columns}
    changed: dict[int, list[Cell]] = {}
    for column in [*after.columns, *(name for name in before.columns if name not in of_new.values())]:
        name = of_new.get(column)
        nulls: list[Value] = [None] * max(old.num_rows, new.num_rows)
        if name is not None:
            cells, others = comparable(old, new, (name, column), before, after)
            old_cells, new_cells = values(old[name]), values(new[column])
        elif column in after.columns:
            cells = old_cells = nulls
            others = new_cells = values(new[column])
        else:
            cells = old_cells = values(old[column])
            others = new_cells = nulls
        for place, row in matching.rows:
            if cells[place] is not others[row] and cells[place] != others[row]:
                changed.setdefault(row, []).append(Cell(column, old_cells[place], new_cells[row]))
    keys = [values(new[name]) for name in key]
    return tuple(ChangedRow(tuple(cells[row] for cells in keys), tuple(changed[row])) for row in sorted(changed))
