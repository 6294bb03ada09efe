"""A table's file as batches in the types of the contract, as long as everything in it is plainly right.

What is not, in its bytes, grammar, columns or types, is for `geodigest.validation.csv_file` and `.parquet_file`, which
read a file whole and tell the place.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from geodigest.tabular.accepting import NotPlainError, plain_batch
from geodigest.tabular.arrow import ARROW_TYPES, arrow_buffer
from geodigest.tabular.schema import TableSchema
from geodigest.validation.reading import parts_of
from geodigest.validation.records import records

BYTES = 2**21
"""So much of a CSV file is read at once."""

ROWS = 2**15
"""So many rows of a Parquet file are read at once."""

_LONGEST = 16 * BYTES
"""A record that is longer is not read here: more likely a quote is not closed."""

_QUOTED, _BARE = r'"(?:[^"\x00]|"")*"', r'[^",\r\n\x00]'
_MORE = rf"(?:,(?:{_QUOTED}|{_BARE}*))"
_RECORD = rf"(?:(?:{_QUOTED}|{_BARE}+){_MORE}*|{_MORE}+)"
_GRAMMAR = rf"\A(?:{_RECORD}\n)*{_RECORD}?\z"
"""RFC 4180 with line feeds; an empty line, a NUL, or a carriage return outside quotes does not fit."""


def csv_batches(path: Path, schema: TableSchema) -> Iterator[pa.RecordBatch]:
    """The rows of a CSV file, text as dictionaries of its distinct values.

    Raises:
        NotPlainError: the file has anything but the contract's columns, in UTF-8 and RFC 4180, and values of their
            types. What comes before it has been given.
    """
    names = [field.name for field in schema.fields]
    reading = pyarrow.csv.ReadOptions(column_names=names, block_size=_LONGEST + BYTES)
    parsing = pyarrow.csv.ParseOptions(newlines_in_values=True)
    converting = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )
    with path.open("rb") as file:
        header = file.readline(BYTES)
        if len(names) < 2 or not header.endswith(b"\n") or _header(header) != names:
            raise NotPlainError
        for piece in _pieces(file):
            if not _is_plain(piece):
                raise NotPlainError
            try:
                rows = pyarrow.csv.read_csv(arrow_buffer(piece), reading, parsing, converting)
            except pa.ArrowInvalid as error:
                raise NotPlainError from error
            yield from map(plain_batch, [schema], rows.combine_chunks().to_batches())


def parquet_batches(path: Path, schema: TableSchema) -> Iterator[pa.RecordBatch]:
    """The rows of a Parquet file or a folder of such files, text as dictionaries of its distinct values.

    Raises:
        NotPlainError: a file cannot be read, or has anything but the contract's columns in its very types.
    """
    if not (parts := parts_of(path)):
        raise NotPlainError
    for part in parts:
        yield from _part_batches(part, schema)


def _part_batches(path: Path, schema: TableSchema) -> Iterator[pa.RecordBatch]:
    from pyarrow.parquet import ParquetFile

    try:
        with pa.memory_map(os.fsencode(path)) as content, ParquetFile(content) as file:
            found = [(field.name, field.type) for field in file.schema_arrow]
            if found != [(field.name, ARROW_TYPES[field.type]) for field in schema.fields]:
                raise NotPlainError
            for rows in file.iter_batches(ROWS):
                rows.validate(full=True)  # Parquet does not check that text is UTF-8
                yield plain_batch(schema, rows)
    except (pa.ArrowException, OSError) as error:
        raise NotPlainError from error


def _header(line: bytes) -> list[str | None]:
    try:
        return [cell for record in records(line.decode("utf-8")) for cell in record.cells]
    except UnicodeDecodeError as error:
        raise NotPlainError from error


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """The rest of the file in pieces of whole records."""
    begun = b""
    while content := file.read(BYTES):
        content = begun + content
        end = _end_of_records(content)
        if end:
            yield content[:end]
        begun = content[end:]
        if len(begun) > _LONGEST:
            raise NotPlainError
    if begun:
        yield begun


def _end_of_records(content: bytes) -> int:
    r"""Where the last whole record ends: behind a line feed with an even number of quotes before it.

    >>> _end_of_records(b'1,"a"\n2,"b\n'), _end_of_records(b'"a\nb\n')
    (6, 0)
    """
    end = content.rfind(b"\n") + 1
    quotes = content.count(b'"', 0, end)
    while quotes % 2:
        start = content.rfind(b"\n", 0, end - 1) + 1
        quotes -= content.count(b'"', start, end)
        end = start
    return end


def _is_plain(piece: bytes) -> bool:
    whole = [None, pa.py_buffer(array("i", [0, len(piece)])), pa.py_buffer(piece)]
    text = pa.Array.from_buffers(pa.binary(), 1, whole)
    return bool(pc.match_substring_regex(text, _GRAMMAR)[0].as_py())
