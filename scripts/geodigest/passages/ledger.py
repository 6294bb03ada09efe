"""The ledger of a document: where every character went."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Literal, NamedTuple

from geodigest.errors import GeoDigestError
from geodigest.passages.notation import leftover, unmarked
from geodigest.passages.passage import Passage
from geodigest.passages.traced import joined
from geodigest.reconstruct.model import TITLES, Cell, Reconstruction
from geodigest.wording import place

Role = Literal["text", "title", "markup", "whitespace", "duplicate", "noise"]

_ASIDES: Mapping[str, Role] = {
    "noise": "noise",
    "duplicate": "duplicate",
    "title": "title",
    "caption": "text",
    "reference": "text",
}
_RUN = re.compile(r"\s+|\S+")
_START = attrgetter("start")


class LedgerError(GeoDigestError):
    """A character of the document stands in two places, or in none."""


class Entry(NamedTuple):
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
    read = [entry for cell in reconstruction.cells for entry in _stretches(text, cell, outlines)]
    claimed, told = _in_order(text, _claims(reconstruction)), _in_order(text, read)
    return tuple(_joined_entries(_settled(text, _laid_over(text, claimed, told))))


def _claims(reconstruction: Reconstruction) -> Iterator[Entry]:
    """The stretches of the cells, taken for markup until a passage says that they are text, and the asides."""
    for cell in reconstruction.cells:
        facet = None if cell.facet in TITLES else cell.facet
        for piece in cell.pieces:
            yield Entry(piece.start, piece.end, "markup", cell.position, facet)
    for aside in reconstruction.asides:
        reason = aside.reason if aside.role in ("noise", "duplicate") else None
        yield Entry(aside.start, aside.end, _ASIDES[aside.role], aside.position, reason=reason)


def _stretches(text: str, cell: Cell, outlines: Mapping[tuple[int, str], Sequence[Passage]]) -> Iterator[Entry]:
    """What of a cell is text of its passages, or of a title."""
    outline = outlines.get((cell.position, cell.facet))
    if outline is None:
        for start, end in joined(unmarked(text, cell.pieces, ()).sources):
            if text[start:end].strip():
                yield Entry(start, end, "title", cell.position)
        return
    for index, passage in enumerate(outline):
        for position, (start, end) in enumerate(joined(passage.printed.sources), start=1):
            yield Entry(start, end, "text", cell.position, cell.facet, index, position)


def _in_order(text: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that hold a character, in the order of the document, where none stands over another."""
    ordered = sorted((entry for entry in entries if entry.start < entry.end), key=_START)
    for before, entry in pairwise(ordered):
        if entry.start < before.end:
            raise _stands_twice(text, entry.start, before, entry)
    return ordered


def _laid_over(text: str, claimed: Sequence[Entry], told: Sequence[Entry]) -> Iterator[Entry]:
    """What the passages tell laid over the cells that it was read from; what is left of these, in document order."""
    beneath = iter(claimed)
    claim = next(beneath, None)
    at = 0
    for entry in told:
        while claim and claim.start < entry.end:
            if claim.role != "markup" and claim.end > entry.start:
                raise _stands_twice(text, max(claim.start, entry.start), claim, entry)
            start, end = max(at, claim.start), min(claim.end, entry.start)
            if start < end:
                yield Entry(start, end, *claim[2:])
            if claim.end > entry.end:
                break
            claim = next(beneath, None)
        yield entry
        at = entry.end
    while claim:
        if max(at, claim.start) < claim.end:
            yield claim._replace(start=max(at, claim.start))
        claim = next(beneath, None)


def _settled(text: str, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries, with what stands between them, and the blanks beside and among the markup."""
    end = 0
    for entry in entries:
        if end < entry.start:
            yield from _between(text, end, entry.start)
        end = entry.end
        if entry.role == "markup":
            yield from _blanks_apart(text, entry)
        else:
            yield entry
    yield from _between(text, end, len(text))


def _between(text: str, start: int, end: int) -> Iterator[Entry]:
    """The blanks and the markup of a stretch that no cell and no aside holds."""
    for entry in _blanks_apart(text, Entry(start, end, "markup")):
        if entry.role == "markup" and leftover(text[entry.start : entry.end]):
            raise LedgerError(
                f"{text[entry.start : entry.start + 20].splitlines()[0]!r} stands in no cell and is not set aside",
                where=place(text, entry.start),
                remedy="decide where it belongs, or set it aside as noise with a reason",
            )
        yield entry


def _blanks_apart(text: str, markup: Entry) -> Iterator[Entry]:
    """A stretch of markup in runs of blanks and of other characters."""
    start, end, _, study, facet = markup[:5]
    if text[start:end].isspace():
        yield Entry(start, end, "whitespace", study, facet)
        return
    for run in _RUN.finditer(text, start, end):
        role: Role = "whitespace" if text[run.start()].isspace() else "markup"
        yield Entry(*run.span(), role, study, facet)


def _joined_entries(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries, neighbours that say the same made one."""
    last: Entry | None = None
    for entry in entries:
        if last is not None and last.role == entry.role and last[3:] == entry[3:]:
            last = Entry(last.start, entry.end, *entry[2:])
            continue
        if last is not None:
            yield last
        last = entry
    if last is not None:
        yield last


def _stands_twice(text: str, at: int, before: Entry, entry: Entry) -> LedgerError:
    return LedgerError(
        f"{text[at : at + 20]!r} stands in {_name(before)} and in {_name(entry)}",
        where=place(text, at),
        remedy="decide which of the two it belongs to",
    )


def _name(entry: Entry) -> str:
    if entry.study is None:
        return f"a stretch of {entry.role}"
    passage = "" if entry.passage is None else f", passage {entry.passage + 1}"
    return f"study {entry.study}, {entry.facet or entry.role}{passage}"
