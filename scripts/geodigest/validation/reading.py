"""What was read of a table's file."""

from __future__ import annotations

from dataclasses import dataclass

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
