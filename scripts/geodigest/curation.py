"""What people decided about a seed: decisions, corrections and gaps, read from the CSV files beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from geodigest.errors import GeoDigestError
from geodigest.facts.vocabulary import Vocabulary, read_vocabulary
from geodigest.reconstruct.decisions import Decision
from geodigest.reconstruct.model import Correction, CorrectionKind, Gap, GapKind
from geodigest.seeds import Seed


class CurationError(GeoDigestError):
    """A file of decisions, corrections or gaps does not fit its seed."""


@dataclass(frozen=True, slots=True)
class Curation:
    """What people decided about one seed."""

    decisions: tuple[Decision, ...] = ()
    corrections: tuple[Correction, ...] = ()
    gaps: tuple[Gap, ...] = ()
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary({}, ()))


def read_curation(seed: Seed, text: str) -> Curation:
    """What the files `<document_id>.{decisions,corrections,gaps}.csv` beside a seed say, and the vocabulary there.

    A file that is missing says nothing.

    Raises:
        CurationError: a file has other columns, a value cannot be read, or a quote differs from the seed's characters.
    """
    beside = seed.path.parent
    return Curation(
        tuple(_decision(row, where, text) for row, where in _rows(beside, seed, "decisions", _DECISION_COLUMNS)),
        tuple(_correction(row, where, text) for row, where in _rows(beside, seed, "corrections", _CORRECTION_COLUMNS)),
        tuple(_gap(row, where, text) for row, where in _rows(beside, seed, "gaps", _GAP_COLUMNS)),
        read_vocabulary(beside) if (beside / "entities.csv").exists() else Vocabulary({}, ()),
    )


_DECISION_COLUMNS = ("start", "end", "quote", "position", "facet", "after", "reason")
_CORRECTION_COLUMNS = ("start", "end", "original", "corrected", "kind", "note")
_GAP_COLUMNS = ("position", "facet", "kind", "offset", "quote", "note")


def _rows(beside: Path, seed: Seed, kind: str, columns: tuple[str, ...]) -> Iterator[tuple[dict[str, str], str]]:
    path = beside / f"{seed.document_id}.{kind}.csv"
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != columns:
            raise CurationError(
                f"the columns are {reader.fieldnames}", where=f"{path}:1:1", remedy=f"use {','.join(columns)}"
            )
        line = 2
        for row in reader:
            where = f"{path}:{line}"
            line = reader.line_num + 1
            if None in row or None in row.values():
                raise CurationError("another number of values", where=where, remedy=f"give {len(columns)} values")
            yield row, where


def _integer(row: Mapping[str, str], column: str, where: str) -> int:
    try:
        return int(row[column])
    except ValueError as error:
        raise CurationError(f"{column} is {row[column]!r}", where=where, remedy="give a whole number") from error


def _quoted(text: str, start: int, end: int, quote: str, where: str) -> None:
    found = text[start:end] if 0 <= start <= end <= len(text) else None
    if found != quote:
        raise CurationError(
            f"characters {start} to {end} of the seed are {found!r}, not {quote!r}",
            where=where,
            remedy="state the offsets of the quoted characters",
        )


def _decision(row: Mapping[str, str], where: str, text: str) -> Decision:
    start, end = _integer(row, "start", where), _integer(row, "end", where)
    _quoted(text, start, end, row["quote"], where)
    return Decision(
        start,
        end,
        row["quote"],
        _integer(row, "position", where) if row["position"] else None,
        row["facet"],
        _integer(row, "after", where) if row["after"] else None,
        row["reason"],
        where,
    )


def _correction(row: Mapping[str, str], where: str, text: str) -> Correction:
    start, end = _integer(row, "start", where), _integer(row, "end", where)
    _quoted(text, start, end, row["original"], where)
    if row["kind"] not in get_args(CorrectionKind):
        raise CurationError(
            f"kind is {row['kind']!r}", where=where, remedy=f"use one of {', '.join(get_args(CorrectionKind))}"
        )
    return Correction(start, end, row["original"], row["corrected"], row["kind"], row["note"])  # type: ignore[arg-type]


def _gap(row: Mapping[str, str], where: str, text: str) -> Gap:
    offset = _integer(row, "offset", where) if row["offset"] else None
    if offset is not None:
        _quoted(text, offset - len(row["quote"]), offset, row["quote"], where)
    if row["kind"] not in get_args(GapKind):
        raise CurationError(
            f"kind is {row['kind']!r}", where=where, remedy=f"use one of {', '.join(get_args(GapKind))}"
        )
    return Gap(_integer(row, "position", where), row["facet"], row["kind"], offset, row["note"])  # type: ignore[arg-type]
