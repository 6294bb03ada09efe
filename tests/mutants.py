"""Mutants: for each rule of each column and key of each table a copy of real data that breaks it.

Rules and values come from `schema/`, not from a list: a new column or rule has its mutants at once. Many share a copy,
each in a place of its own.
"""

from __future__ import annotations

import re
import string
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geodigest.paths import parquet_path
from geodigest.tabular.schema import Field, ForeignKey, TableSchema

SPANS = 50
"""Spans of each document that the reduced data keep."""

ROWS = 10
"""Rows with a value in a column that they keep, at least, where there are so many."""

NOT_OF_TYPE = {"string": 7, "integer": "x", "number": "1,5", "boolean": "maybe", "date": "2023-02-30"}
"""For a column of text all values are whole numbers."""

UNCLEAN: Mapping[str, Callable[[str], str]] = {
    "control character": lambda text: f"{text[:1]}\x07{text[1:]}",
    "blank at an end": lambda text: f"{text} ",
    "not NFC": lambda text: f"{text}e\u0301",
}

MISMATCHES: Mapping[str, Callable[[str], str]] = {
    "a blank before": lambda text: f" {text}",
    "a blank after": lambda text: f"{text} ",
    "a blank within": lambda text: f"{text[:-1]} {text[-1]}",
}

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True)
class Mutant:
    """A place where a table breaks a rule.

    `column` joins the columns of a key by ", ", and is None where the rule is of the whole table; so is `row`.
    """

    table: str
    rule: str
    column: str | None
    row: int | None
    how: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column}: {self.rule} ({self.how})"


@dataclass(frozen=True)
class Litter:
    """A table with its mutants, each in a place of its own."""

    mutants: tuple[Mutant, ...]
    rows: pa.Table

    @property
    def table(self) -> str:
        """The table's name."""
        return self.mutants[0].table


Change = tuple[Mutant, object]
"""A mutant, and the value that is put in its place."""


def reduced(root: Path, schemas: Sequence[TableSchema]) -> dict[str, pa.Table]:
    """A copy of the tables in `root`, small enough to be checked many times, that keeps every rule.

    The first spans of each document, which then ends there; of each other table some rows with a value in each column;
    and every row that one of these refers to.
    """
    tables = {schema.name: pq.read_table(root / parquet_path(schema.name)) for schema in schemas}
    tables |= _shortened(tables["documents"], tables["spans"])
    named: dict[str, set[object]] = defaultdict(set)
    for schema in reversed(schemas):  # a table refers to itself and to those before it
        table = tables[schema.name]
        (key, *_), values = schema.primary_key, table.to_pydict()
        place = {value: row for row, value in enumerate(values[key])}
        waiting = [row for column in values for row in _filled(table, column)[:ROWS]]
        waiting += range(table.num_rows) if schema.name == "spans" else [place[value] for value in named[schema.name]]
        kept: set[int] = set()
        while waiting:
            kept.add(row := waiting.pop())
            for reference in schema.foreign_keys:
                value = values[reference.fields[0]][row]
                named[reference.table].add(value)
                if reference.table == schema.name and value is not None:
                    waiting += {place[value]} - kept
        for reference in schema.foreign_keys:
            named[reference.table].discard(None)
        tables[schema.name] = table.take(sorted(kept)).combine_chunks()
    return tables


def _shortened(documents: pa.Table, spans: pa.Table) -> dict[str, pa.Table]:
    """The documents as long as their first spans, and these."""
    first = [
        spans.filter(pc.equal(spans["document_id"], document)).slice(0, SPANS)
        for document in documents["document_id"].to_pylist()
    ]
    number = documents.schema.get_field_index("n_characters")
    lengths = pa.array([each["end"][-1].as_py() for each in first])
    return {
        "documents": documents.set_column(number, documents.schema.field(number), lengths),
        "spans": pa.concat_tables(first),
    }


def litters(schemas: Iterable[TableSchema], tables: Tables) -> Iterator[Litter]:
    """Mutants for each rule of each column, each key, the columns as a whole, and the cover of documents by spans."""
    for schema in schemas:
        rows = tables[schema.name]
        yield _litter(rows, [_type_change(schema.name, field, rows) for field in schema.fields])
        columns = [list(_changes(schema.name, field, rows)) for field in schema.fields]
        while any(columns):
            yield _litter(rows, [change for column in columns for change in _at_rows_of_their_own(column)])
        again = Mutant(schema.name, "primaryKey", ", ".join(schema.primary_key), rows.num_rows, "a row twice")
        yield Litter((again,), pa.concat_tables([rows, rows.slice(0, 1)]).combine_chunks())
        if schema.foreign_keys:
            yield _litter(rows, [_dangling(schema, key, tables) for key in schema.foreign_keys])
        yield from _layout_litters(schema.name, rows)
    yield from _cover_litters(tables["spans"])


def _litter(rows: pa.Table, changes: Sequence[Change]) -> Litter:
    for mutant, value in changes:
        rows = _with_value(rows, mutant, value)
    return Litter(tuple(mutant for mutant, _ in changes), rows)


def _at_rows_of_their_own(changes: list[Change]) -> list[Change]:
    """As many of a column's changes as there are rows for them, taken out of the list."""
    taken = {change[0].row: change for change in reversed(changes)}
    changes[:] = [change for change in changes if change not in taken.values()]
    return list(taken.values())


def _type_change(table: str, field: Field, rows: pa.Table) -> Change:
    row = (_filled(rows, field.name) or [0])[-1]
    return Mutant(table, "type", field.name, row, f"no {field.type}"), NOT_OF_TYPE[field.type]


def _changes(table: str, field: Field, rows: pa.Table) -> Iterator[Change]:
    """What breaks each rule of the values of a column, each as far as may be in a row of its own, never the first."""
    values = rows[field.name].to_pylist()
    filled = [row for row in _filled(rows, field.name) if row] or [1]
    number = rows.column_names.index(field.name)  # so that no row is blank in all columns
    for turn, (rule, how) in enumerate(_ways(field)):
        row = filled[(turn + number) % len(filled)]
        yield Mutant(table, rule, field.name, row, how), _spoilt(field, rule, how, values[row], values[0])


def _ways(field: Field) -> Iterator[tuple[str, str]]:
    """The rules of the values of a column, each as often as there are ways to break it."""
    if field.required:
        yield "required", "null"
    if field.unique:
        yield "unique", "a value twice"
    if field.enum:
        yield "enum", "another word"
    if field.pattern is not None:
        yield from (("pattern", how) for how in MISMATCHES)
    if field.minimum is not None:
        yield "minimum", "less by one"
    if field.type == "string" and not field.verbatim:
        yield from (("clean", how) for how in UNCLEAN)


def _spoilt(field: Field, rule: str, how: str, value: Any, first: object) -> object:
    """The value that breaks the rule; `first` is that of the first row."""
    match rule:
        case "required":
            return None
        case "unique":
            return first
        case "enum":
            return f"{field.enum[0]}s"
        case "pattern":
            return MISMATCHES[how](value or "value")
        case "minimum" if field.minimum is not None:
            return type(value)(field.minimum - 1)
        case "clean":
            return UNCLEAN[how](value or "value")
    raise ValueError(rule)


def _filled(rows: pa.Table, column: str) -> list[int]:
    return [row for row, value in enumerate(rows[column].to_pylist()) if value is not None]


def _dangling(schema: TableSchema, key: ForeignKey, tables: Tables) -> Change:
    """A reference changed in its last character, so that it keeps the pattern and names nothing."""
    (name,), (referenced,) = key.fields, key.referenced
    pattern = next(field.pattern for field in schema.fields if field.name == name) or ".*"
    rows, known = tables[schema.name], set(tables[key.table][referenced].to_pylist())
    row, value = next((row, value) for row, value in enumerate(rows[name].to_pylist()) if value is not None)
    changed = next(
        changed
        for changed in (value[:-1] + character for character in string.digits + string.ascii_lowercase)
        if changed not in known and re.fullmatch(pattern, changed)
    )
    return Mutant(schema.name, "foreignKey", name, row, f"no row of {key.table}"), changed


def _layout_litters(table: str, rows: pa.Table) -> Iterator[Litter]:
    names = rows.column_names
    for how, broken in (
        ("one missing", rows.drop_columns(names[-1:])),
        ("one added", rows.append_column("added", pa.array(["x"] * rows.num_rows))),
        ("two swapped", rows.select([*names[:-2], names[-1], names[-2]])),
    ):
        yield Litter((Mutant(table, "columns", None, None, how),), broken)


def _cover_litters(spans: pa.Table) -> Iterator[Litter]:
    """A gap and an overlap in the first document, and the last span of the last one left out."""
    start, end, last = spans["start"][1].as_py(), spans["end"][1].as_py(), spans.num_rows - 1
    gap = Mutant("spans", "cover", "start", 2, "a gap")
    overlap = Mutant("spans", "cover", "start", 1, "an overlap")
    yield Litter((gap,), _with_value(spans, Mutant("spans", "cover", "end", 1, ""), end - 1))
    yield Litter((overlap,), _with_value(spans, overlap, start - 1))
    yield Litter((Mutant("spans", "cover", "end", last - 1, "an end that lacks"),), spans.slice(0, last))


def _with_value(rows: pa.Table, mutant: Mutant, value: object) -> pa.Table:
    """The table with one value changed.

    A value that is not of the column's type makes it a column of text; for a column of text, one of whole numbers.
    """
    index = rows.schema.get_field_index(mutant.column)
    field, values = rows.schema.field(index).with_nullable(True), rows[index].to_pylist()
    if mutant.rule == "type" and field.type == pa.string():
        return rows.set_column(index, mutant.column, pa.array(range(rows.num_rows), pa.int64()))
    if mutant.rule == "type":
        values, field = rows[index].cast(pa.string()).to_pylist(), field.with_type(pa.string())
    values[mutant.row] = value
    return rows.set_column(index, field, pa.array(values, field.type))
