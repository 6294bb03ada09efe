"""A table's CSV file: UTF-8 without a mark, RFC 4180, line feeds, and null as nothing between the commas."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from geodigest.encoding import encoding_hint
from geodigest.tabular.schema import TableSchema
from geodigest.validation.failure import Failure
from geodigest.validation.reading import Reading
from geodigest.validation.records import records

_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
"""What other programs part cells by."""


class _UnreadableError(Exception):
    """The file cannot be read any further."""

    def __init__(self, rule: str, value: str, expected: str, line: int = 1) -> None:
        self.rule, self.value, self.expected, self.line = rule, value, expected, line


def header(path: Path) -> list[str]:
    """The column names in the first line of a CSV file, as well as they can be read."""
    text = path.read_bytes().removeprefix(BOM_UTF8).decode("utf-8", errors="replace")
    return [cell or "" for record in records(text.partition("\n")[0].rstrip("\r")) for cell in record.cells]


def read_csv(path: Path, schema: TableSchema) -> Reading:
    """The rows of a CSV file as text; what its bytes and grammar break is in the failures.

    A byte order mark, lines that end with CR LF, empty lines and rows with too few or too many cells are failures, and
    the file is read on. It is not where it is empty or not UTF-8, has a NUL character, or parts its cells by anything
    but commas.
    """
    failures: list[Failure] = []

    def fail(rule: str, value: str, expected: str, line: int, row: int | None = None) -> None:
        failures.append(Failure(path.as_posix(), schema.name, row, line, None, rule, value, expected))

    try:
        content = path.read_bytes()
        if content.startswith(BOM_UTF8):
            fail("encoding", "a byte order mark", "UTF-8 without one", 1)
        text = _text(content.removeprefix(BOM_UTF8))
        _check_delimiter(text, schema)
        first, *rest = records(text)
        if first.error:
            raise _UnreadableError("csv", *first.error)
    except _UnreadableError as error:
        fail(error.rule, error.value, error.expected, error.line)
        return Reading(tuple(failures))

    names = [cell or "" for cell in first.cells]
    returns = next((record.line for record in (first, *rest) if record.ending == "\r\n"), None)
    if returns is not None:
        fail("csv", "a line that ends with CR LF", "lines that end with LF, here and below", returns)
        # What wrote them wrote them inside cells, too: one cause, one failure.
        first, *rest = records(text.replace("\r\n", "\n"))
    rows: list[Sequence[str | None]] = []
    lines: list[int] = []
    malformed: set[int] = set()
    for record in rest:
        if record.cells == [None] and len(names) > 1:
            fail("csv", "an empty line", "a row", record.line)
            continue
        if record.error or len(record.cells) != len(names):
            malformed.add(len(rows))
            value, expected = record.error or (f"{len(record.cells)} cells", f"{len(names)} as in the header")
            fail("csv", value, expected, record.line, len(rows) + 1)
        lines.append(record.line)
        rows.append([*record.cells, *[None] * len(names)][: len(names)])
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    table = pa.Table.from_arrays([pa.array(column, pa.string()) for column in columns], names=names)
    return Reading(tuple(failures), table, tuple(lines), frozenset(malformed))


def _text(content: bytes) -> str:
    """The content as text; raises _UnreadableError where it is none."""
    if not content:
        raise _UnreadableError("csv", "an empty file", "a line with the columns' names")
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise _UnreadableError("encoding", "UTF-16", "UTF-8")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        said = f"the byte 0x{content[error.start]:02X}, which is not UTF-8"
        expected = "; ".join(filter(None, ("UTF-8", encoding_hint(content))))
        raise _UnreadableError("encoding", said, expected, line) from error
    if "\0" in text:
        raise _UnreadableError("csv", "a NUL character", "text", text.count("\n", 0, text.index("\0")) + 1)
    return text


def _check_delimiter(text: str, schema: TableSchema) -> None:
    """Raises _UnreadableError where another delimiter than the comma parts the first line into columns of the table."""
    names = {field.name for field in schema.fields}

    def known(delimiter: str) -> int:
        return len(names & {cell.strip('"\r') for cell in text.partition("\n")[0].split(delimiter)})

    for delimiter, called in _DELIMITERS.items():
        if known(delimiter) > max(1, known(",")):
            raise _UnreadableError("csv", f"cells parted by {called}", "cells parted by commas")
