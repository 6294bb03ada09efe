"""Validation: files and frames against the contract, the Table Schemas that come with the package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geodigest.validation.failure import Failure

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["Failure", "validate", "validate_frame"]


def validate(paths: Sequence[Path], table: str | None = None) -> tuple[Failure, ...]:
    """Every place where the files are not what the contract asks, in the order of files and rows; empty if all is good.

    Args:
        paths: CSV files, Parquet files, folders that hold some, and `datapackage.json` files.
        table: the table that the files are of, where their names do not tell.

    Raises:
        GeoDigestError: there is no such path or table, or the table of a file cannot be told.
    """
    from geodigest.validation.check import check

    return check(paths, table).failures


def validate_frame(frame: pandas.DataFrame | pyarrow.Table | polars.DataFrame, table: str) -> tuple[Failure, ...]:
    """Every place where a frame in memory is not what the contract asks of the table, in the order of rows.

    Values are what they can be read as: `"3"` and `3.0` are integers, `"2025-08-30"` is a date. A number is not text:
    what `pandas.read_csv` read as 7 may stand as 007; tell it that the column is text. Keys that name rows of other
    tables are not checked.

    >>> import geodigest
    >>> validate_frame(geodigest.load("studies", as_="pandas"), "studies")
    ()

    Raises:
        GeoDigestError: there is no such table.
    """
    from geodigest.validation.check import check_frame

    return check_frame(frame, table)
