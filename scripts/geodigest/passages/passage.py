"""Passages: the outline items of a cell, as its author typed them.

A cell's printed lines (`wraps`) are put together to passages (`breaks`), and these to a tree (`outline`). What a
converter says of headings is not evidence: it calls lines headings that are none.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from geodigest.passages import heads
from geodigest.passages.blanks import spaced
from geodigest.passages.breaks import grouped
from geodigest.passages.notation import read, resolved, with_corrections
from geodigest.passages.outline import Head, depths
from geodigest.passages.traced import Source, Traced, concatenated, joined
from geodigest.passages.wraps import printed_lines
from geodigest.reconstruct.model import Cell, Correction, Gap
from geodigest.reconstruct.printed import ends_sentence

_OVER_LINES = re.compile(r"[${]")
"""What a formula or an index over several lines has."""


@dataclass(frozen=True, slots=True)
class Passage:
    """An outline item of a cell: number, label and text as printed, and its place in the outline.

    `text` is never empty: a label that only opens the points under it (`数据类型:`) is text itself.
    """

    number: str | None
    label: str | None
    text: str
    depth: int
    """1 is the top."""
    parent: int | None
    """Index of the passage that this one stands under."""
    printed: Traced
    """The published line: number, label, colon and text; a source for each of its characters. `text` ends it."""
    is_complete: bool = True

    @property
    def trace(self) -> tuple[Source, ...]:
        """The stretch of the seed that each character of `text` came from."""
        return self.printed.sources[len(self.printed) - len(self.text) :]


def line(passage: Passage) -> str:
    """The passage as a line of its facet's text: number, label with its colon, text, as printed."""
    return passage.printed.text


def outline(
    text: str,
    cell: Cell,
    corrections: Sequence[Correction],
    gaps: Sequence[Gap] = (),
) -> tuple[Passage, ...]:
    """The passages of a cell in reading order; a passage that loses text at a gap ends there and is not complete.

    Args:
        text: the seed.
        cell: one of its cells.
        corrections: all of the seed, sorted by start.
        gaps: all of the seed.

    Raises:
        CurationError: a correction does not quote the seed's characters, or reaches over the end of a piece.
    """
    lost = {gap.offset for gap in gaps if (gap.position, gap.facet) == (cell.position, cell.facet)} - {None}
    lines = printed_lines(text, read(text, cell.pieces, corrections), cell.pieces)
    printed = [spaced(concatenated(line.told for line in group)) for group in grouped(lines, lost)]
    if any(_OVER_LINES.search(text, piece.start, piece.end) for piece in cell.pieces):
        printed = [whole for each in printed if (whole := _as_its_stretches_tell(text, each, corrections)).text]
    split = [_head(each) for each in printed]
    ends = [None, *(each.sources[-1][1] for each in printed)]
    split = [
        head._replace(after_loss=each.sources[0][0] in lost or (head.value == 1 and end in lost))
        for head, each, end in zip(split, printed, ends, strict=False)
    ]
    return tuple(
        Passage(head.number, head.label, head.text, depth, parent, each, _is_complete(head, each, lost))
        for each, head, (depth, parent) in zip(printed, split, depths(split), strict=True)
    )


def with_facts_in_text(passages: Sequence[Passage], is_fact: Callable[[str], bool]) -> tuple[Passage, ...]:
    """The passages, the words before a colon made part of the text where they are a fact (`Mode 2(13.2%方差):`)."""
    return tuple(_unlabelled(each) if each.label and is_fact(each.label) else each for each in passages)


def _unlabelled(passage: Passage) -> Passage:
    start = passage.printed.text.index(passage.label or "", len(passage.number or ""))
    return replace(passage, label=None, text=passage.printed.text[start:])


def _as_its_stretches_tell(text: str, printed: Traced, corrections: Sequence[Correction]) -> Traced:
    """A passage with the formulas and indices that its stretches of the seed give by themselves.

    Its cell may show others: one that begins in the passage before, or none where lines that are joined hold one.
    """
    stretches: list[Source] = []
    while stretches != (stretches := joined(printed.sources)):
        printed = spaced(resolved(with_corrections(text, stretches, corrections)))
    return printed


def _is_complete(head: Head, printed: Traced, lost: Collection[int | None]) -> bool:
    """Whether no gap stands inside or at the end of a passage, or before one that begins in mid-sentence.

    Behind a sentence that is whole, the lines that are lost were passages of their own.
    """
    if head.number is None and head.label is None and printed.sources[0][0] in lost:
        return False
    inside = printed.sources[:-1] if ends_sentence(printed.text) else printed.sources
    return not lost or not any(end in lost for _, end in inside)


def one_line(text: str, cell: Cell, corrections: Sequence[Correction]) -> Traced:
    """A cell that is not an outline (a title, a journal, a date) as one text."""
    return spaced(read(text, cell.pieces, corrections))


def _head(printed: Traced) -> Head:
    number = heads.number(printed.text)
    start = number.end if number and number.end < len(printed) else 0
    label = heads.label(printed.text[start:])
    if label and start + label[1] < len(printed):
        end, content = start + label[0], start + label[1]
        named: str | None = printed.text[start:end]
    else:
        content, named = start, None
    style = number.style if number and start else None
    value = number.value if number and start else 0
    return Head(printed.text[:start].strip() or None, style, value, named, printed.text[content:])
