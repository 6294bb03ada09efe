"""The CSV files in which people keep what they decided: their rows, each with its place for messages."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from geodigest.errors import CurationError
from geodigest.text_files import read_text
from geodigest.wording import counted


def curated_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[dict[str, str], str]]:
    """The rows of a file by column, each with `file:line` of where it begins.

    Raises:
        CurationError: the file cannot be read, is not CSV in UTF-8, has other columns, or a row has another number of
            values.
    """
    # Spreadsheets write a byte order mark.
    text = read_text(path, CurationError, missing="restore it from the repository").removeprefix("\ufeff")
    line = 1
    with io.StringIO(text, newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            found = next(reader, [])
            if found != list(columns):
                said = f"the columns are {','.join(found)}" if found else "the file is empty"
                raise CurationError(said, where=f"{path}:1:1", remedy=f"use {','.join(columns)}")
            line = reader.line_num + 1
            for values in reader:
                where = f"{path}:{line}"
                line = reader.line_num + 1
                if not values:
                    continue
                if len(values) != len(columns):
                    said = f"the row has {counted(len(values), 'value')}"
                    remedy = f"give {len(columns)}, in quotes where they hold a comma: {','.join(columns)}"
                    raise CurationError(said, where=where, remedy=remedy)
                yield dict(zip(columns, values, strict=True)), where
        except csv.Error as error:
            remedy = "put quotes around the whole value, and double those in it"
            raise CurationError(f"this is not CSV: {error}", where=f"{path}:{line}", remedy=remedy) from error
