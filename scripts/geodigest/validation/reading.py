"""What was read of a table's file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from geodigest.validation.failure import Failure


@dataclass(frozen=True)
class Reading:
    """The rows of a file, and what is wrong with it as a file."""

    failures: tuple[Failure, ...]
    table: pa.Table | None = None
    """The file's columns: of a CSV file text, of a Parquet file the contract's types; None where it cannot be read."""
    lines: tuple[int, ...] = ()
    """Of a CSV file the line, counted from 1, that each row begins on."""
    malformed: frozenset[int] = frozenset()
    """Indices of rows that are not parted into the right cells: no more is to be said of them."""
    mistyped: frozenset[str] = frozenset()
    """Columns of another type, null in the table: no more is to be said of them."""
    parts: tuple[tuple[Path, int], ...] = ()
    """Of a folder of files, each with its number of rows."""

    def place(self, row: int) -> tuple[Path | None, int]:
        """The file of a folder, and the index there, of the row with this index; None where there is one file."""
        for path, rows in self.parts:
            if row < rows:
                return path, row
            row -= rows
        return None, row


def parts_of(path: Path) -> list[Path]:
    """The files of a table's Parquet file, which may be a folder: itself, or those in it by name."""
    if not path.is_dir():
        return [path]
    return sorted(part for part in path.glob("[!.]*") if part.suffix.lower() == ".parquet")
