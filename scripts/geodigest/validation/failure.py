"""What a validation found: the failures, and the files that it checked."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from geodigest.wording import printable

SHOWN = 80
"""A longer value is shortened in messages to this many characters; `Failure.value` has all of it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A place where a file, or a table in it, is not what the contract asks."""

    file: str
    """The path as it was given or found, with forward slashes; empty for a frame in memory."""
    table: str | None
    """None where the file is no table: a descriptor, a list of checksums."""
    row: int | None
    """Number of the data row, counted from 1; None where the failure is of the whole table or file."""
    line: int | None
    """Line of a text file, counted from 1: of a CSV file the one where the row begins; None where there is none."""
    column: str | None
    """Several columns of a key are joined by a comma and a blank."""
    rule: str
    value: str | None
    """The value as text, in full; None for null, and where the rule is of no value."""
    expected: str

    @property
    def message(self) -> str:
        """What is wrong in one line, without the place: the value, shortened, and what is expected.

        >>> Failure("studies.csv", "studies", 3, 5, "kind", "enum", "survey", "one of study, review").message
        "'survey'; expected one of study, review"
        """
        of_a_cell = self.row is not None and self.column is not None
        expected = f"expected {printable(self.expected)}"
        if self.value is None:
            return f"null; {expected}" if of_a_cell else expected
        value = shortened(self.value)
        return f"{repr(value) if of_a_cell else printable(value)}; {expected}"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file of a table that was checked; `rows` is None where it could not be read."""

    path: str
    table: str
    rows: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked and what failed, both in the order of the files."""

    files: tuple[CheckedFile, ...]
    failures: tuple[Failure, ...]
    passed_over: tuple[str, ...]
    """CSV and Parquet files in a folder that bear no table's name."""

    @property
    def is_valid(self) -> bool:
        """Whether nothing failed."""
        return not self.failures


def shortened(value: str) -> str:
    """The value, or its beginning and an ellipsis where it is longer than `SHOWN`."""
    return value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"


def path_below(folder: Path, file: str) -> str | None:
    """The file's path relative to an absolute folder, with forward slashes; None where it does not lie below it.

    Links are not followed: a file that is a link lies where the link does.

    >>> path_below(Path("/data"), "/data/csv/../studies.csv"), path_below(Path("/data"), "/studies.csv")
    ('studies.csv', None)
    """
    path = Path(os.path.normpath(folder / file))
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else None
