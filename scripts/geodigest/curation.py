"""What people decided about a seed: decisions, corrections and gaps, read from the CSV files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from os.path import lexists
from pathlib import Path
from typing import TypeVar, get_args

from geodigest.curated_rows import curated_rows
from geodigest.errors import CurationError
from geodigest.facts.vocabulary import NO_VOCABULARY, Vocabulary, read_vocabulary
from geodigest.reconstruct.decisions import Decision
from geodigest.reconstruct.model import Correction, CorrectionKind, Gap, GapKind
from geodigest.seeds import Seed

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Curation:
    """What people decided about one seed."""

    decisions: tuple[Decision, ...] = ()
    corrections: tuple[Correction, ...] = ()
    gaps: tuple[Gap, ...] = ()
    vocabulary: Vocabulary = NO_VOCABULARY
    is_without_decisions: bool = False
    """Whether decisions were set aside: corrections that fit the text as they leave it alone are then left out."""

    def without_decisions(self) -> Curation:
        """The same without the decisions, to show what the rules do alone."""
        return replace(self, decisions=(), is_without_decisions=True)


def read_curation(seed: Seed, text: str, vocabulary: Vocabulary | None = None) -> Curation:
    """What the files `<document_id>.{decisions,corrections,gaps}.csv` beside a seed say, and the vocabulary.

    A file that is missing says nothing.

    Args:
        seed: what the manifest says of it.
        text: the seed, decoded.
        vocabulary: the one beside the seed where left out.

    Raises:
        CurationError: a file cannot be read or has other columns, a value cannot be read, a quote differs from the
            seed's characters, or the vocabulary contradicts itself.
    """
    beside = seed.path.parent
    return Curation(
        tuple(_decision(row, where, text) for row, where in _rows(beside, seed, "decisions", _DECISION_COLUMNS)),
        _apart(_correction(row, where, text) for row, where in _rows(beside, seed, "corrections", _CORRECTION_COLUMNS)),
        tuple(_gap(row, where, text) for row, where in _rows(beside, seed, "gaps", _GAP_COLUMNS)),
        vocabulary_beside(beside) if vocabulary is None else vocabulary,
    )


def vocabulary_beside(folder: Path) -> Vocabulary:
    """The vocabulary of a folder of seeds, empty where it has none."""
    is_there = any(lexists(folder / name) for name in ("entities.csv", "spellings.csv"))
    return read_vocabulary(folder) if is_there else NO_VOCABULARY


ASIDE = ("noise", "duplicate")
"""What a decision names in place of a facet where its stretch goes into no table."""

KINDS = ("decisions", "corrections", "gaps")
"""What people decide about a document, a file each."""


def curation_name(document_id: str, kind: str) -> str:
    """The name of the file beside a document that holds what people decided about it.

    >>> curation_name("issue-1", "gaps")
    'issue-1.gaps.csv'
    """
    return f"{document_id}.{kind}.csv"


_DECISION_COLUMNS = ("start", "end", "quote", "position", "facet", "after", "reason")
_CORRECTION_COLUMNS = ("start", "end", "original", "corrected", "kind", "note")
_SHOWN = 60
"""Characters of a quotation that a message shows."""
_GAP_COLUMNS = ("position", "facet", "kind", "offset", "quote", "note")
_CORRECTION_KINDS: Mapping[str, CorrectionKind] = {each: each for each in get_args(CorrectionKind)}
_GAP_KINDS: Mapping[str, GapKind] = {each: each for each in get_args(GapKind)}


def _rows(beside: Path, seed: Seed, kind: str, columns: tuple[str, ...]) -> Iterator[tuple[dict[str, str], str]]:
    path = beside / curation_name(seed.document_id, kind)
    # A link to nothing is no missing file: what it should lead to was decided.
    return curated_rows(path, columns) if lexists(path) else iter(())


def _integer(row: Mapping[str, str], column: str, where: str) -> int:
    if not re.fullmatch(r"[0-9]{1,12}", row[column]):
        said = f"{column} is {_from(0, row[column])}"
        raise CurationError(said, where=where, remedy="give a whole number that is not negative")
    return int(row[column])


def _kind(row: Mapping[str, str], kinds: Mapping[str, Kind], where: str) -> Kind:
    if row["kind"] not in kinds:
        raise CurationError(f"kind is {row['kind']!r}", where=where, remedy=f"use one of {', '.join(kinds)}")
    return kinds[row["kind"]]


def _quoted(text: str, start: int, end: int, quote: str, where: str) -> None:
    """Check that the seed has the quoted characters at these offsets."""
    if not 0 <= start <= end <= len(text):
        said = f"{start} to {end} is no stretch of the document, which has {len(text)} characters"
        raise CurationError(said, where=where, remedy="state the offsets of the quoted characters")
    if (found := text[start:end]) == quote:
        return
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(found, quote, strict=False)))
    said = f"the document has {_from(same, found)} at {start} to {end}, not the quoted {_from(same, quote)}"
    remedy = "read it there and state the offsets and characters anew"
    if quote and text.count(quote) == 1:
        now = text.index(quote)
        remedy += f": it has the quoted characters at {now} to {now + len(quote)}"
    raise CurationError(said, where=where, remedy=remedy)


def _from(place: int, text: str) -> str:
    """The text for a message: some characters around a place, where it is long."""
    begin = max(0, min(place, len(text)) - _SHOWN // 2) if len(text) > _SHOWN else 0
    end = begin + _SHOWN
    return f"{'…' if begin else ''}{text[begin:end]!r}{'…' if end < len(text) else ''}"


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
    kind = _kind(row, _CORRECTION_KINDS, where)
    return Correction(start, end, row["original"], row["corrected"], kind, row["note"], where)


def _apart(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The corrections, none of which overlaps another."""
    listed = tuple(corrections)
    for one, other in pairwise(sorted(listed, key=lambda each: (each.start, each.end))):
        if other.start < one.end:
            said = f"characters {other.start} to {min(one.end, other.end)} are corrected twice"
            raise CurationError(said, where=other.where, remedy=f"keep one of it and {one.where}")
    return listed


def _gap(row: Mapping[str, str], where: str, text: str) -> Gap:
    offset = _integer(row, "offset", where) if row["offset"] else None
    if offset is not None:
        _quoted(text, offset - len(row["quote"]), offset, row["quote"], where)
    kind = _kind(row, _GAP_KINDS, where)
    if not row["note"].strip():
        raise CurationError("the note is empty", where=where, remedy="say what is missing and how one can tell")
    return Gap(_integer(row, "position", where), row["facet"], kind, offset, row["note"], where)
