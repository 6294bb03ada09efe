"""The types between the stages of the reconstruction: stretches of a seed, and the cells they make up.

Offsets are code points of the seed decoded as UTF-8, start inclusive, end exclusive.
"""

from dataclasses import dataclass, field
from typing import Literal

CorrectionKind = Literal["glyph", "break", "spacing", "punctuation"]
GapKind = Literal["missing_facet", "lost_lines", "broken_off"]

TITLES = ("title_en", "title_zh", "journal", "date")
"""Facets that are one text each; every other facet is an outline of passages."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the seed."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the seed placed in a cell; the pieces of a cell come in reading order."""

    start: int
    end: int
    by: Literal["rule", "decision"]
    width: int | None
    """Width of the printed column in half-width units (a Chinese character is 2); None: not from a narrow column."""
    ends_paragraph: bool | None = None
    """Whether the author's paragraph ends with it, or goes on in the next piece; None: the reader does not know."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One facet of one study: a column of `studies`, or `teaser`."""

    position: int
    """Place of the study in the document, from 1."""
    facet: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch that no cell publishes, and why."""

    start: int
    end: int
    role: Literal["noise", "duplicate", "title", "caption", "reference"]
    reason: str
    position: int | None
    """The study it belongs to, where it belongs to one."""


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """Where every stretch of a document went."""

    cells: tuple[Cell, ...]
    asides: tuple[Aside, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A character error of the seed that was mended: a row of `seeds/<document_id>.corrections.csv`."""

    start: int
    end: int
    original: str
    """The seed's characters, markup included."""
    corrected: str
    """The published characters, without markup."""
    kind: CorrectionKind
    note: str
    where: str = field(default="", compare=False)
    """File and line of the correction, for errors."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where the seed itself lost text: a row of `seeds/<document_id>.gaps.csv`."""

    position: int
    """Place of the study in the document, from 1."""
    facet: str
    kind: GapKind
    offset: int | None
    """Where in the seed the text stops or is missing; None where a whole facet is."""
    note: str
    where: str = field(default="", compare=False)
    """File and line of the gap, for errors."""
