"""Rows of a literature table: where each begins, and what its first cell says (title, journal, date, teaser).

A row's first cell reads `English title | Journal`, the Chinese title, the date `(YYYYMMDD)` and a teaser sentence.
The date is the anchor: going back from it, the journal is found, and before that the Latin words of the title.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from geodigest.errors import SeedError
from geodigest.reconstruct.blocks import Block, printed_lines, words
from geodigest.reconstruct.model import Cell, Piece, Span
from geodigest.reconstruct.printed import CJK, number, plain
from geodigest.wording import place

DATE = re.compile(r"[(（](20\d{2})([01]\d)([0-3]\d)[)）]")
JOURNAL = re.compile(r"Communications|Earth & Environment|Nature|Geoscience|\bScience\b")

_JOURNAL_NAME = re.compile(r"Communications\s+Earth\s*&\s*Environment|Nature\s+Geoscience|Nature|Science")
_TITLE_WORD = re.compile(r"^[A-Za-z][a-zA-Z'’–—-]*+[a-z0-9A-Z]*[,:]?$|^\d+-[a-z-]+$")
_SHORT_WORDS = frozenset(("a", "an", "of", "in", "by", "to", "on", "co2"))
_NOT_A_WORD = re.compile(r"\d{4}|[|_8]")
_TAG = re.compile(r"</?\w{1,3}>")
_BAR = re.compile(r"(?<!\s)\s*(?:[|│]|[\s_][_Il]|_)$")
"""The bar between title and journal, or what it was read as."""
_TITLE_END = re.compile(r"(?:^|[A-Za-z0-9]{2}\s*)\|\s*(?:[A-Z][A-Za-z]|$)")
"""The end of a title, its bar, and the beginning of any journal."""
_CHINESE = re.compile(r"(?:(?<=\n)\d+ *)?[\u4e00-\u9fff]")
"""The first Chinese character, with the number that begins its line (`2003 年以来`)."""
_SEPARATOR = " \t\n|_│Il"
_REACH = {"grid": 1, "columnar": 12, "woven": 40}
"""How many stretches of other columns may stand between two stretches of a title, by layout."""
_CROWDED, _BEHIND, _AS_NEAR = 0.6, 0.6, 0.8
_LINE = 60
"""About how many characters lie between two columns' fragments of one woven line."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text that may stand in the first column."""

    start: int
    end: int
    text: str
    layout: str


def _stretches(text: str, found: Sequence[Block]) -> list[Stretch]:
    stretches = []
    for block in found:
        if block.kind == "table":
            layout, spans = "grid", [line[0] for line in block.lines]
        elif block.is_woven:
            layout, spans = "woven", list(words(text, block))
        else:
            layout, spans = "columnar", list(printed_lines(text, block))
        for span in spans:
            shown = plain(text[span.start : span.end])
            if shown:
                stretches.append(Stretch(span.start, span.end, shown, layout))
    return stretches


def _is_title(stretch: Stretch) -> bool:
    latin = re.split(r"[\u3000-\uffef]", stretch.text)[0].strip(_SEPARATOR)
    if not latin or number(stretch.text) or stretch.text.endswith((":", ")", "、")):
        return False
    parts = [part.strip("_|") for part in latin.split() if not _NOT_A_WORD.fullmatch(part)]
    good = [p for p in parts if _TITLE_WORD.match(p) and (re.search("[a-z]{2}", p) or p.lower() in _SHORT_WORDS)]
    if CJK.search(stretch.text) and len(good) < 2:
        return False
    return len(good) >= max(1.0, 0.7 * len(parts))


def row_starts(text: str, found: Sequence[Block]) -> tuple[int, ...]:
    """Offsets at which the rows of the table begin, in order: the first character of each English title.

    Raises:
        SeedError: a row's title and bar stand before a date, and no journal that is known.
    """
    stretches = _stretches(text, found)
    starts: list[int] = []
    previous, last_date = -1, ""
    journal, seen = None, 0
    for index, stretch in enumerate(stretches):
        if journal is None and JOURNAL.search(stretch.text) and ("|" in stretch.text or _is_title(stretch)):
            journal = index
        dated = DATE.search(stretch.text)
        if not dated:
            continue
        if journal is not None:
            starts.append(stretches[_title_start(stretches, journal, previous)].start)
        elif dated[0] != last_date:
            if not any(_TITLE_END.search(each.text) for each in stretches[seen:index]):
                seen = index
                continue
            raise SeedError(
                f"no journal that is known stands before the date {dated[0]}, so its row cannot be told from the last",
                where=place(text, stretch.start),
                remedy="known are Communications Earth & Environment, Nature, Nature Geoscience and Science",
            )
        previous, last_date, journal, seen = index, dated[0], None, index + 1
    return tuple(starts)


def _title_start(stretches: Sequence[Stretch], journal: int, previous: int) -> int:
    start, between = journal, 0
    nearest = -1.0
    for index in range(journal, previous, -1):
        stretch = stretches[index]
        if _is_title(stretch):
            between = 0
            capital = stretch.text[0].isupper() and not JOURNAL.match(stretch.text)
            if capital or stretch.text.startswith("A "):
                is_woven = stretch.layout == "woven"
                near = _first_items_near(stretches, index) if is_woven else 0.0
                if near >= _AS_NEAR * nearest and (near > _CROWDED or is_woven == (stretches[start].layout == "woven")):
                    start, nearest = index, max(near, nearest)
        else:
            between += 1
            if between > _REACH[stretch.layout]:
                break
    return start


def _first_items_near(stretches: Sequence[Stretch], index: int) -> float:
    """How near a word of a woven paragraph is to numbers 1: where a row begins, so do the lists of its columns."""
    at = stretches[index].start
    return sum(
        (1.0 if stretch.start > at else _BEHIND) * math.exp(-abs(stretch.start - at) / _LINE)
        for stretch in stretches[max(0, index - _LINE) : index + _LINE]
        if stretch.layout == "woven" and number(stretch.text) == ("top", 1)
    )


def header(text: str, position: int, pieces: Sequence[Piece]) -> tuple[tuple[Cell, ...], tuple[Span, ...]]:
    """A row's first cell parted into title_en, journal, title_zh, date and teaser; and its separators.

    The separators (the bar before the journal, as printed or misread) belong to no facet. Where no journal can be told,
    the Chinese title begins with the first Chinese words.
    """
    raw = _TAG.sub(lambda tag: " " * len(tag[0]), "\n".join(text[piece.start : piece.end] for piece in pieces))
    dated = DATE.search(raw)
    head_end = dated.start() if dated else len(raw)
    journal = _journal(raw[:head_end])
    bounds: list[tuple[str, int, int]] = []
    if journal:
        title = _BAR.sub("", raw[: journal.start()].rstrip())
        bounds = [
            ("title_en", 0, len(title)),
            ("journal", journal.start(), journal.end()),
            ("title_zh", journal.end(), head_end),
        ]
    else:
        chinese = _CHINESE.search(raw, 0, head_end)
        title_end = chinese.start() if chinese else head_end
        bounds = [("title_en", 0, title_end), ("title_zh", title_end, head_end)]
    if dated:
        bounds += [("date", dated.start(), dated.end()), ("teaser", dated.end(), len(raw))]
    cells = []
    covered: list[tuple[int, int]] = []
    for facet, start, end in bounds:
        parts = _cut(pieces, start, end)
        if any(text[part.start : part.end].strip(" #*-\n\t") for part in parts):
            cells.append(Cell(position, facet, parts))
            covered.append((start, end))
    separators: list[Span] = []
    if journal:
        separators = [Span(part.start, part.end) for part in _cut(pieces, bounds[0][2], journal.start())]
    return tuple(cells), tuple(span for span in separators if _TAG.sub("", text[span.start : span.end]).strip())


def _journal(head: str) -> re.Match[str] | None:
    best: re.Match[str] | None = None
    chinese = re.search(r"[\u4e00-\u9fff]", head)
    for found in _JOURNAL_NAME.finditer(head):
        end = found.start()
        while end and head[end - 1].isspace():
            end -= 1
        if head.endswith(("|", "_", "│"), 0, end) or chinese is None or found.start() <= chinese.start():
            best = found
    return best


def _cut(pieces: Sequence[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """The pieces that hold characters start to end of the pieces' texts joined by one character."""
    cut = []
    at = 0
    for piece in pieces:
        length = piece.end - piece.start
        low, high = max(start, at), min(end, at + length)
        if low < high:
            cut.append(Piece(piece.start + low - at, piece.start + high - at, piece.by, piece.width))
        at += length + 1
    return tuple(cut)
