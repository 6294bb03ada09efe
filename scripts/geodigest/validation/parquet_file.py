"""A table's Parquet file, its columns in the Arrow types of the contract."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geodigest.tabular.arrow import ARROW_TYPES
from geodigest.tabular.schema import TableSchema
from geodigest.validation.failure import Failure
from geodigest.validation.reading import Reading, parts_of

_MAGIC = b"PAR1"
"""What a Parquet file begins and ends with."""

_BEGINNING = 1024
"""In so many bytes text has no NUL."""

_TEXT_TYPES = (pa.string(), pa.large_string(), pa.string_view())


def column_names(path: Path) -> list[str]:
    """The column names of a Parquet file; none where it cannot be read."""
    try:
        with pa.OSFile(os.fsencode(path)) as content:
            return list(pq.read_schema(content).names)
    except (pa.ArrowException, OSError):
        return []


def read_parquet(path: Path, schema: TableSchema) -> Reading:
    """The rows of a Parquet file, or of all files of a folder, which are to have the same columns; see `_read_file`."""
    if not path.is_dir():
        return _read_file(path, schema)
    parts = parts_of(path)
    readings = [_read_file(part, schema) for part in parts]
    failures = [failure for reading in readings for failure in reading.failures]
    names = [field.name for field in schema.fields]
    for part, reading in zip(parts, readings, strict=True):
        if reading.table is not None and reading.table.column_names != names:
            found, asked = ", ".join(reading.table.column_names), f"the columns {', '.join(names)}"
            failures.append(Failure(part.as_posix(), schema.name, None, None, None, "columns", found, asked))
    if not parts:
        said, asked = (
            "a folder without Parquet files",
            "the table's files in it; write them again, or remove the folder",
        )
        failures.append(Failure(path.as_posix(), schema.name, None, None, None, "parquet", said, asked))
    tables = [reading.table for reading in readings if reading.table is not None]
    if len(tables) < len(parts) or any(table.column_names != names for table in tables) or not parts:
        return Reading(tuple(failures))
    return Reading(
        tuple(failures),
        pa.concat_tables(tables),
        mistyped=frozenset().union(*(reading.mistyped for reading in readings)),
        parts=tuple((part, table.num_rows) for part, table in zip(parts, tables, strict=True)),
    )


def _read_file(path: Path, schema: TableSchema) -> Reading:
    """The rows of a Parquet file; that it cannot be read, or has other types, is in the failures.

    A column's type is to be the contract's Arrow type, or hold the same values in another layout: text as `string`,
    `large_string` or `string_view`, and each type as a dictionary of it. Metadata and nullability of columns are free.
    A number is no NaN: who reads the file would take it for a value, where the CSV file can only have null.
    """

    def failure(rule: str, value: str, expected: str, column: str | None = None) -> Failure:
        return Failure(path.as_posix(), schema.name, None, None, column, rule, value, expected)

    try:
        with pa.OSFile(os.fsencode(path)) as content, pq.ParquetFile(content) as file:
            found = file.read()
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # not the file's content
        return Reading((failure("parquet", *_unreadable(path, str(error))),))
    types = {field.name: ARROW_TYPES[field.type] for field in schema.fields}
    failures, columns, mistyped = [], [], set()
    for name, column in zip(found.column_names, found.columns, strict=True):
        wanted = types.get(name)
        if wanted is None or (_plain(column.type) == wanted and _is_sound(column)):
            columns.append(column if wanted is None else column.cast(wanted))
            if wanted == pa.float64():
                failures += [
                    Failure(path.as_posix(), schema.name, row + 1, None, name, "type", "nan", "a number, or null")
                    for row in pc.indices_nonzero(pc.is_nan(columns[-1])).to_pylist()
                ]
            continue
        if _plain(column.type) == wanted:
            failures.append(failure("encoding", "bytes that are no text", "UTF-8", name))
        else:
            failures.append(failure("type", str(column.type), str(wanted), name))
        mistyped.add(name)
        columns.append(pa.nulls(found.num_rows, wanted))
    table = pa.Table.from_arrays(columns, names=found.column_names)
    return Reading(tuple(failures), table, mistyped=frozenset(mistyped))


def _unreadable(path: Path, said: str) -> tuple[str, str]:
    """What a file is that Arrow cannot read, in its words where nothing else tells, and what it should be."""
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
        size = file.seek(0, os.SEEK_END)
        file.seek(-min(size, len(_MAGIC)), os.SEEK_END)
        end = file.read()
    if not beginning:
        return "an empty file", "a Parquet file; write, copy or download it again"
    if not beginning.startswith(_MAGIC):
        remedy = "write it as Parquet" if b"\0" in beginning else "write it as Parquet, or name a CSV file .csv"
        return "no Parquet file", f"one, which begins with PAR1; {remedy}"
    if size < 2 * len(_MAGIC) or end != _MAGIC:
        return "a Parquet file that is cut off", "its end, too; write, copy or download it again"
    told = said.strip().partition("\n")[0]
    return f"a Parquet file that Arrow cannot read: {told}", "one that it can; write, copy or download it again"


def _plain(type_: pa.DataType) -> pa.DataType:
    """The contract's type that holds the same values."""
    if pa.types.is_dictionary(type_):
        type_ = type_.value_type
    return pa.string() if type_ in _TEXT_TYPES else type_


def _is_sound(column: pa.ChunkedArray) -> bool:
    """Whether the values are what their type says: Parquet does not check that text is UTF-8."""
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
