"""The ledger of a document: where every character went, and the passages rebuilt from it."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeVar

from geodigest.errors import GeoDigestError
from geodigest.passages.notation import leftover, place, resolved, unmarked, with_corrections
from geodigest.passages.passage import Passage
from geodigest.passages.traced import Source
from geodigest.reconstruct.model import Cell, Correction, Reconstruction

Role = Literal["text", "title", "markup", "whitespace", "duplicate", "noise"]
Key = TypeVar("Key", bound=Hashable)

_ASIDES: Mapping[str, Role] = {
    "noise": "noise",
    "duplicate": "duplicate",
    "title": "title",
    "caption": "text",
    "reference": "text",
}


class LedgerError(GeoDigestError):
    """A character of the document stands in two places, or in none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A stretch of the document and where it went: a row of `spans`."""

    start: int
    end: int
    role: Role
    study: int | None = None
    """Position of the study."""
    facet: str | None = None
    passage: int | None = None
    """Index of the passage in its facet."""
    position: int | None = None
    """Place among the stretches of the passage in reading order, from 1."""
    reason: str | None = None
    """Why it is published nowhere: of noise and duplicates."""


def ledger(
    text: str, reconstruction: Reconstruction, outlines: Mapping[tuple[int, str], Sequence[Passage]]
) -> tuple[Entry, ...]:
    """Where every character of a document went: entries that cover it from 0 to its length, none over another.

    A stretch of role `text` is what a passage's line was read from: its characters, the tags of its sub- and
    superscripts, its formulas, its blanks. What a converter wrote around them is `markup`; blanks that the published
    text leaves out are `whitespace`.

    Args:
        text: the document.
        reconstruction: its cells and what stands outside them.
        outlines: the passages of each cell, by position and facet; a cell without is a title.

    Raises:
        LedgerError: a character stands in two cells or asides or passages, or in none and is more than markup.
    """
    marks: list[Entry | None] = [None] * len(text)
    for entry in _claims(reconstruction):
        _mark(text, marks, entry)
    for cell in reconstruction.cells:
        outline = outlines.get((cell.position, cell.facet))
        stretches = _title_stretches(text, cell) if outline is None else _text_stretches(cell, outline)
        for entry in stretches:
            _mark(text, marks, entry, over=("markup",))
    _settle(text, marks)
    return tuple(_runs(marks))


def rebuild(text: str, stretches: Iterable[tuple[Key, int, int]], corrections: Sequence[Correction]) -> dict[Key, str]:
    """The published line of every passage, from the text spans of a document and its corrections alone.

    Args:
        text: the document.
        stretches: the key of the passage, start and end of each `text` span of a passage, each passage's in order of
            `position`.
        corrections: all of the document, sorted by start.
    """
    gathered: dict[Key, list[Source]] = {}
    for key, start, end in stretches:
        gathered.setdefault(key, []).append((start, end))
    return {key: resolved(with_corrections(text, parts, corrections)).text for key, parts in gathered.items()}


def text_stretches(entries: Iterable[Entry]) -> Iterator[tuple[tuple[int, str, int], int, int]]:
    """What `rebuild` asks for: key, start and end of the text entries of passages, each passage's in reading order."""
    of_passages = [entry for entry in entries if entry.role == "text" and entry.passage is not None]
    for entry in sorted(of_passages, key=lambda each: (each.study, each.facet, each.passage, each.position)):
        if entry.study is not None and entry.facet is not None and entry.passage is not None:
            yield (entry.study, entry.facet, entry.passage), entry.start, entry.end


def _claims(reconstruction: Reconstruction) -> Iterator[Entry]:
    """The stretches of the cells, taken for markup until a passage says that they are text, and the asides."""
    for cell in reconstruction.cells:
        for piece in cell.pieces:
            yield Entry(piece.start, piece.end, "markup", cell.position, _published(cell))
    for aside in reconstruction.asides:
        reason = aside.reason if aside.role in ("noise", "duplicate") else None
        yield Entry(aside.start, aside.end, _ASIDES[aside.role], aside.position, reason=reason)


def _published(cell: Cell, titles: Sequence[str] = ("title_en", "title_zh", "journal", "date")) -> str | None:
    return None if cell.facet in titles else cell.facet


def _text_stretches(cell: Cell, outline: Sequence[Passage]) -> Iterator[Entry]:
    for index, passage in enumerate(outline):
        for position, (start, end) in enumerate(_joined(passage.printed.sources), start=1):
            yield Entry(start, end, "text", cell.position, cell.facet, index, position)


def _title_stretches(text: str, cell: Cell) -> Iterator[Entry]:
    for start, end in _joined(unmarked(text, cell.pieces, ()).sources):
        if text[start:end].strip():
            yield Entry(start, end, "title", cell.position)


def _joined(sources: Iterable[Source]) -> list[Source]:
    """The stretches of characters in reading order, neighbours joined."""
    joined: list[Source] = []
    for start, end in sources:
        if start == end:
            continue
        if joined and joined[-1][0] <= start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _mark(text: str, marks: list[Entry | None], entry: Entry, over: Sequence[Role] = ()) -> None:
    for at in range(entry.start, entry.end):
        before = marks[at]
        if before is not None and before.role not in over:
            raise LedgerError(
                f"{text[at : at + 20]!r} stands in {_name(before)} and in {_name(entry)}",
                where=place(text, at),
                remedy="decide which of the two it belongs to",
            )
        marks[at] = entry


def _name(entry: Entry) -> str:
    if entry.study is None:
        return f"a stretch of {entry.role}"
    passage = "" if entry.passage is None else f", passage {entry.passage + 1}"
    return f"study {entry.study}, {entry.facet or entry.role}{passage}"


def _settle(text: str, marks: list[Entry | None]) -> None:
    """Give blanks and the markup outside the cells their role."""
    for at, mark in enumerate(marks):
        if text[at].isspace() and (mark is None or mark.role == "markup"):
            study, facet = (mark.study, mark.facet) if mark else (None, None)
            marks[at] = Entry(at, at + 1, "whitespace", study, facet)
    start = 0
    while start < len(text):
        if marks[start] is not None:
            start += 1
            continue
        end = next((at for at in range(start, len(text)) if marks[at] is not None), len(text))
        if leftover(text[start:end]):
            raise LedgerError(
                f"{text[start : start + 20].splitlines()[0]!r} stands in no cell and is not set aside",
                where=place(text, start),
                remedy="decide where it belongs, or set it aside as noise with a reason",
            )
        marks[start:end] = [Entry(start, end, "markup")] * (end - start)
        start = end


def _runs(marks: Sequence[Entry | None]) -> Iterator[Entry]:
    """The entries, each a run of neighbouring characters with the same mark."""
    start = 0
    for kept, run in groupby(marks, key=_without_place):
        end = start + len(list(run))
        yield Entry(start, end, *kept)
        start = end


def _without_place(
    mark: Entry | None,
) -> tuple[Role, int | None, str | None, int | None, int | None, str | None]:
    if mark is None:
        return "markup", None, None, None, None, None
    return mark.role, mark.study, mark.facet, mark.passage, mark.position, mark.reason
