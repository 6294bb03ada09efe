"""The files by which a conversion of a folder is known as one, and as finished."""

from __future__ import annotations

from pathlib import Path

JOURNAL_FOLDER = "journal/"
"""The folder of a conversion that holds the journal."""

MARK = f"{JOURNAL_FOLDER}conversion.json"
"""The file by which a folder is known to hold a conversion of a folder: the first that is written."""

PAGE = "README.md"
"""The last file that is written: where it is, all is."""

FAILURES = "failures.csv"
"""The file that lists the documents that could not be converted."""

FAILURE_COLUMNS = ("document", "where", "what", "remedy")

LAST = (PAGE, "dataset/SHA256SUMS", FAILURES)
"""What is written when all parts are finished, and is not there as long as some are not."""


def is_begun(folder: Path) -> bool:
    """Whether a folder of this machine holds a conversion of a folder that is not finished."""
    return (folder / MARK).is_file() and not (folder / PAGE).is_file()
