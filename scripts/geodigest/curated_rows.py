"""The CSV files in which people keep what they decided: their rows, each with its place for messages."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from geodigest.encoding import encoding_hint
from geodigest.errors import CurationError


def curated_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[dict[str, str], str]]:
    """The rows of a file by column, each with `file:line` of where it begins.

    Raises:
        CurationError: the file is missing, is not UTF-8, has other columns, or a row has another number of values.
    """
    if not path.is_file():
        raise CurationError("there is no such file", where=str(path), remedy="restore it from the repository")
    with io.StringIO(_text(path), newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if list(reader.fieldnames or ()) != list(columns):
            raise CurationError(
                f"the columns are {reader.fieldnames}", where=f"{path}:1:1", remedy=f"use {','.join(columns)}"
            )
        line = reader.line_num + 1
        for row in reader:
            where = f"{path}:{line}"
            line = reader.line_num + 1
            if None in row or None in row.values():
                raise CurationError("another number of values", where=where, remedy=f"give {len(columns)} values")
            yield row, where


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")  # spreadsheets write a byte order mark
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        remedy = encoding_hint(content) or "save it as UTF-8"
        raise CurationError(f"byte {error.start} is not UTF-8", where=f"{path}:{line}", remedy=remedy) from error
