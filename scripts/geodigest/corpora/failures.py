"""Documents that could not be converted, and why."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path

from geodigest.corpus_marks import FAILURE_COLUMNS
from geodigest.errors import GeoDigestError


@dataclass(frozen=True)
class FailedDocument:
    """A document that could not be converted."""

    name: str
    """Its file below the folder of documents."""
    where: str
    """The place that is wrong, below the folder: `file`, `file:line`, or a table with its row and column."""
    what: str
    remedy: str
    is_final: bool = True
    """Whether the document fails each time: not where its worker died, or its file could not be read."""


def failed_document(name: str, error: GeoDigestError, file: Path) -> FailedDocument:
    """The failure of a document that an error tells of, which names files as the document's is named by `file`."""
    root = file.parents[name.count("/")]
    return FailedDocument(
        name, error.where.removeprefix(f"{root}{os.sep}").replace(os.sep, "/"), error.what, error.remedy
    )


def as_csv(failures: Iterable[FailedDocument]) -> str:
    """The failures as a table in CSV, by document."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FAILURE_COLUMNS)
    writer.writerows(astuple(each)[: len(FAILURE_COLUMNS)] for each in sorted(failures, key=lambda each: each.name))
    return text.getvalue()
