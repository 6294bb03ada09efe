"""The check: files are read, the rules applied to what was read, and every failure gets its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from geodigest.errors import GeoDigestError
from geodigest.loading import table_schema, table_schemas
from geodigest.tabular.checks import Broken, broken_cover, broken_keys, broken_rules
from geodigest.tabular.schema import TableSchema
from geodigest.validation.csv_file import read_csv
from geodigest.validation.failure import CheckedFile, Failure, Report
from geodigest.validation.package import checksum_failures
from geodigest.validation.parquet_file import read_parquet
from geodigest.validation.reading import Reading
from geodigest.validation.sources import Form, TableSet, find_sources
from geodigest.validation.twins import twin_failures

if TYPE_CHECKING:
    import polars

_READERS: Mapping[Form, Callable[[Path, TableSchema], Reading]] = {"csv": read_csv, "parquet": read_parquet}

_COVER = {"documents": {"document_id", "n_characters"}, "spans": {"document_id", "start", "end"}}
"""What the cover of documents by spans is checked with."""


@dataclass(frozen=True)
class _ReadSet:
    """The files of a set, read."""

    source: TableSet
    readings: Mapping[str, Reading]


def check(
    paths: Sequence[Path], table: str | None = None, on_file: Callable[[int, int], None] = lambda *_: None
) -> Report:
    """What is wrong with the files under the paths; see `geodigest.validation.validate`.

    Args:
        paths: files and folders.
        table: the table that the files are of.
        on_file: called as each file begins, with the number of those that are done and of all.

    Raises:
        GeoDigestError: there is no such path or table, or the table of a file cannot be told.
    """
    try:
        return _checked(paths, table, on_file)
    except OSError as error:
        raise GeoDigestError(
            error.strerror or str(error), where=str(error.filename), remedy="make the path one that can be read"
        ) from error


def check_frame(frame: pd.DataFrame | pa.Table | polars.DataFrame, table: str) -> tuple[Failure, ...]:
    """What is wrong with a frame; see `geodigest.validation.validate_frame`."""
    schema = table_schema(table)
    if not isinstance(frame, pd.DataFrame):
        frame = _frame(pa.table(frame))
    return tuple(_failure(broken, "", None) for broken in broken_rules(schema, frame))


def _checked(paths: Sequence[Path], table: str | None, on_file: Callable[[int, int], None]) -> Report:
    schemas = {schema.name: schema for schema in table_schemas()}
    sources = find_sources(paths, table, schemas)
    failures = [failure for descriptor in sources.descriptors for failure in descriptor.failures]
    failures += [failure for path in sources.checksums for failure in checksum_failures(path)]
    sets = list(_read_sets(sources.sets, schemas, on_file))
    for each in sets:
        failures += _set_failures(schemas, each)
    for csv, parquet in product(_of_form("csv", sets), _of_form("parquet", sets)):
        if csv.source.dataset == parquet.source.dataset:
            failures += _twin_failures(schemas, csv, parquet)

    files = [
        CheckedFile(each.source.files[name].as_posix(), name, None if reading.table is None else reading.table.num_rows)
        for each in sets
        for name, reading in each.readings.items()
    ]
    return Report(
        files=tuple(sorted(files, key=lambda file: file.path)),
        failures=tuple(sorted(failures, key=lambda failure: (failure.file, failure.row or 0))),
        passed_over=tuple(sorted(path.as_posix() for path in sources.passed_over)),
    )


def _of_form(form: Form, sets: Iterable[_ReadSet]) -> list[_ReadSet]:
    return [each for each in sets if each.source.form == form]


def _read_sets(
    sources: Sequence[TableSet], schemas: Mapping[str, TableSchema], on_file: Callable[[int, int], None]
) -> Iterator[_ReadSet]:
    total, done = sum(len(source.files) for source in sources), 0
    for source in sources:
        readings = {}
        for name in (name for name in schemas if name in source.files):
            on_file(done, total)
            readings[name] = _READERS[source.form](source.files[name], schemas[name])
            done += 1
        yield _ReadSet(source, readings)


def _set_failures(schemas: Mapping[str, TableSchema], read: _ReadSet) -> Iterator[Failure]:
    """What is wrong with the files of one set, by themselves and together."""
    for name, reading in read.readings.items():
        yield from reading.failures
        yield from _placed(_broken_columns(schemas[name], reading), read)
    yield from _placed(_broken_between(schemas.values(), read.readings), read)


def _broken_columns(schema: TableSchema, reading: Reading) -> Iterable[Broken]:
    if reading.table is None:
        return ()
    return broken_rules(schema, _frame(reading.table))


def _broken_between(schemas: Iterable[TableSchema], readings: Mapping[str, Reading]) -> Iterator[Broken]:
    """What the tables of one set break together; a column that cannot be told is left out."""
    tables = {name: _telling(reading.table, reading) for name, reading in readings.items() if reading.table is not None}
    yield from broken_keys(schemas, tables)
    told = all(name in tables and columns <= set(tables[name].column_names) for name, columns in _COVER.items())
    if told and not readings["spans"].malformed:
        yield from broken_cover(tables["documents"], tables["spans"])


def _telling(table: pa.Table, reading: Reading) -> pa.Table:
    names = [name for name in table.column_names if table.column_names.count(name) == 1]
    return table.select([name for name in names if name not in reading.mistyped])


def _frame(table: pa.Table) -> pd.DataFrame:
    """The table in pandas, whatever its columns are called; one that pandas had as an index is a column, too."""
    plain = table.rename_columns(list(map(str, range(table.num_columns)))).replace_schema_metadata()
    frame: pd.DataFrame = plain.to_pandas(types_mapper=pd.ArrowDtype)
    return frame.set_axis(table.column_names, axis="columns")


def _twin_failures(schemas: Mapping[str, TableSchema], csv: _ReadSet, parquet: _ReadSet) -> Iterator[Failure]:
    for name, reading in csv.readings.items():
        if name in parquet.readings:
            yield from twin_failures(
                schemas[name],
                (csv.source.files[name], reading),
                (parquet.source.files[name], parquet.readings[name]),
            )


def _placed(broken: Iterable[Broken], read: _ReadSet) -> Iterator[Failure]:
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
        yield _failure(each, read.source.files[each.table].as_posix(), line)


def _failure(broken: Broken, file: str, line: int | None) -> Failure:
    row = None if broken.row is None else broken.row + 1
    return Failure(file, broken.table, row, line, broken.column, broken.rule, broken.value, broken.expected)
