"""The places where the files of a set are not what the contract asks: read whole, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa

from geodigest.tabular.accepting import COVER
from geodigest.tabular.checks import Broken, broken_cover, broken_keys, broken_rules
from geodigest.tabular.schema import TableSchema
from geodigest.validation.csv_file import read_csv
from geodigest.validation.failure import Failure
from geodigest.validation.parquet_file import read_parquet
from geodigest.validation.reading import Reading
from geodigest.validation.sources import Form, TableSet

_READERS: Mapping[Form, Callable[[Path, TableSchema], Reading]] = {"csv": read_csv, "parquet": read_parquet}


@dataclass(frozen=True)
class ReadSet:
    """The files of a set, read."""

    source: TableSet
    readings: Mapping[str, Reading]


def read_set(source: TableSet, schemas: Mapping[str, TableSchema]) -> ReadSet:
    """The files of a set, read."""
    names = [name for name in schemas if name in source.files]
    readings = {name: _READERS[source.form](source.files[name], schemas[name]) for name in names}
    return ReadSet(source, {name: _own(reading, source, name, schemas) for name, reading in readings.items()})


def _own(reading: Reading, source: TableSet, name: str, schemas: Mapping[str, TableSchema]) -> Reading:
    """The reading; where its columns are those of another table that alone is said, and nothing of its rows."""
    if reading.table is None:
        return reading
    found = sorted(reading.table.column_names)
    other = next((each.name for each in schemas.values() if found == sorted(field.name for field in each.fields)), name)
    if other == name:
        return reading
    line = 1 if source.form == "csv" else None
    said, asked = (
        f"the columns of the table {other}",
        f"those of {name}; name the file for {other}, or give --table {other}",
    )
    failure = Failure(source.files[name].as_posix(), name, None, line, None, "columns", said, asked)
    return Reading((*reading.failures, failure))


def set_failures(schemas: Mapping[str, TableSchema], read: ReadSet) -> Iterator[Failure]:
    """What is wrong with the files of one set, by themselves and together."""
    for name, reading in read.readings.items():
        yield from reading.failures
        yield from _placed(_broken_columns(schemas[name], reading), read)
    yield from _placed(_broken_between(schemas.values(), read.readings), read)


def _broken_columns(schema: TableSchema, reading: Reading) -> Iterable[Broken]:
    """What the rows break by themselves; nothing is asked of those that are malformed."""
    if reading.table is None:
        return ()
    if not reading.malformed:
        return broken_rules(schema, frame_of(reading.table))
    sound = [row for row in range(reading.table.num_rows) if row not in reading.malformed]
    broken = broken_rules(schema, frame_of(reading.table.take(pa.array(sound, pa.int64()))))
    return [each if each.row is None else replace(each, row=sound[each.row]) for each in broken]


def _broken_between(schemas: Iterable[TableSchema], readings: Mapping[str, Reading]) -> Iterator[Broken]:
    """What the tables of one set break together; a column that cannot be told is left out."""
    tables = {name: _telling(reading.table, reading) for name, reading in readings.items() if reading.table is not None}
    yield from broken_keys(schemas, tables)
    told = all(name in tables and columns <= set(tables[name].column_names) for name, columns in COVER.items())
    if told and not readings["spans"].malformed:
        yield from broken_cover(tables["documents"], tables["spans"])


def _telling(table: pa.Table, reading: Reading) -> pa.Table:
    names = [name for name in table.column_names if table.column_names.count(name) == 1]
    return table.select([name for name in names if name not in reading.mistyped])


def frame_of(table: pa.Table) -> pd.DataFrame:
    """The table in pandas, whatever its columns are called; one that pandas had as an index is a column, too."""
    plain = table.rename_columns(list(map(str, range(table.num_columns)))).replace_schema_metadata()
    frame: pd.DataFrame = plain.to_pandas(types_mapper=pd.ArrowDtype)
    return frame.set_axis(table.column_names, axis="columns")


def _placed(broken: Iterable[Broken], read: ReadSet) -> Iterator[Failure]:
    """The failures in their files, but for what follows from rows and columns that cannot be told."""
    for each in broken:
        reading = read.readings[each.table]
        columns = set((each.column or "").split(", "))
        if each.row in reading.malformed or columns & reading.mistyped:
            continue
        if read.source.form == "parquet":
            line = None
        elif each.row is None:
            line = 1 if each.rule == "columns" else None
        else:
            line = reading.lines[each.row]
        file = read.source.files[each.table]
        if each.row is not None:
            part, row = reading.place(each.row)
            file, each = part or file, replace(each, row=row)  # noqa: PLW2901
        yield failure_of(each, file.as_posix(), line)


def failure_of(broken: Broken, file: str, line: int | None) -> Failure:
    """What is broken, in its file and line."""
    row = None if broken.row is None else broken.row + 1
    return Failure(file, broken.table, row, line, broken.column, broken.rule, broken.value, broken.expected)
