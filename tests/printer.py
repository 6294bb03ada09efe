"""Prints a known literature table as a PDF-to-Markdown converter leaves it: in six narrow columns, page by page.

A page comes out as *grid* (a line for each printed line, its cells parted by tabs), *columnar* (column after column,
as paragraphs, headings and list items) or *woven* (its printed lines run together into one paragraph).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, zip_longest
from random import Random
from typing import Literal, NamedTuple, get_args

from geodigest.reconstruct.printed import label, number, width

Layout = Literal["grid", "columnar", "woven"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)
FACETS = ("core_question", "data_sources", "methods", "conclusions", "summary")
HEADS = "文章\t核心问题\t数据来源\t数据挖掘及分析方法\t结论\t总结\n\n"

WIDTHS = (20, 17, 23, 30, 28, 27)
"""Widths of the printed columns in half-width units."""
PAGE = 35
"""Printed lines of a page."""
_INDENT = 3
"""How much narrower a list item is printed after its first line."""
_FEWEST_WOVEN = 500
"""A page of fewer characters is not woven: so little text the converter keeps apart."""

_CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
_OPENING, _CLOSING = r"(\[{（《“‘【", r",.;:!?)\]}%，。、；：！？）》”’】∶…"
_UNBROKEN = re.compile(rf"[{_OPENING}]*(?:(?:[^\s{_CJK}{_OPENING}]|[(\[{{](?=[^\s{_CJK}]))+|[^\s])[{_CLOSING}]*|\s+")


@dataclass(frozen=True, slots=True)
class Study:
    """A row of the known table; a facet is the lines of its outline."""

    title_en: str
    journal: str
    title_zh: str
    date: str
    teaser: str
    facets: Mapping[str, Sequence[str]]


class Glyph(NamedTuple):
    """A printed character and its place in the known table; markup and separators have no facet."""

    char: str
    position: int = 0
    facet: str = ""
    rank: int = 0


class Line(NamedTuple):
    """What a column has on one printed line: part of a paragraph."""

    glyphs: tuple[Glyph, ...]
    paragraph: int
    is_first: bool

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)


PrintedLine = tuple[Line | None, ...]


class Place(NamedTuple):
    """Where a character of a printed document belongs, and how its page was printed."""

    position: int
    facet: str
    rank: int
    layout: Layout


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed document: its text, and the place of each character of the table, by offset."""

    text: str
    places: Mapping[int, Place]


def printed(studies: Sequence[Study], layouts: Sequence[Layout], random: Random) -> Printed:
    """The document of a table; the layout of each page is drawn from those given."""
    lines = [line for position, study in enumerate(studies, 1) for line in _row(position, study)]
    characters: list[tuple[Glyph, Layout]] = [(Glyph(char), "grid") for char in HEADS]
    for start in range(0, len(lines), PAGE):
        page = lines[start : start + PAGE]
        layout = random.choice(layouts)
        if layout == "woven" and sum(len(cell.glyphs) for line in page for cell in line if cell) < _FEWEST_WOVEN:
            layout = "columnar"
        characters += [(glyph, layout) for glyph in _EMITTERS[layout](page, random)]
    return Printed(
        "".join(glyph.char for glyph, _ in characters),
        {
            offset: Place(glyph.position, glyph.facet, glyph.rank, layout)
            for offset, (glyph, layout) in enumerate(characters)
            if glyph.facet and not glyph.char.isspace()
        },
    )


def _row(position: int, study: Study) -> Iterator[PrintedLine]:
    """The printed lines of a row: its six columns, side by side from the same height."""
    paper = [
        [("title_en", study.title_en), ("", " | "), ("journal", study.journal)],
        [("title_zh", study.title_zh), ("", " "), ("date", study.date)],
        [("teaser", study.teaser)],
    ]
    columns = [paper, *([[(facet, line)] for line in study.facets[facet]] for facet in FACETS)]
    ranks: dict[str, int] = {}
    laid_out = []
    for column, (paragraphs, column_width) in enumerate(zip(columns, WIDTHS, strict=True), 1):
        lines: list[Line] = []
        for index, paragraph in enumerate(paragraphs):
            glyphs = []
            for facet, text in paragraph:
                for char in text:
                    glyphs.append(Glyph(char, position, facet, ranks.get(facet, 0)))
                    ranks[facet] = ranks.get(facet, 0) + 1
            name = (position * 10 + column) * 1000 + index
            lines += [Line(part, name, i == 0) for i, part in enumerate(_wrapped(glyphs, column_width))]
        laid_out.append(lines)
    return zip_longest(*laid_out)


def _wrapped(glyphs: Sequence[Glyph], column_width: int) -> Iterator[tuple[Glyph, ...]]:
    """A paragraph's printed lines, filled greedily; blanks at which a line ends are gone."""
    text = "".join(glyph.char for glyph in glyphs)
    found = number(text)
    later = column_width - (_INDENT if found and found.series == "sub" else 0)
    start, end, room = 0, 0, column_width
    for stop in _breaks(text, later):
        if width(text[start:stop].strip()) > room and text[start:end].strip():
            yield _stripped(glyphs[start:end])
            start, room = end, later
        end = stop
    if text[start:].strip():
        yield _stripped(glyphs[start:])


def _breaks(text: str, column_width: int) -> Iterator[int]:
    """Where a line may end: after each stretch that no line break parts; one wider than the column is cut."""
    for found in _UNBROKEN.finditer(text):
        if width(found[0]) > column_width:
            yield from range(found.start() + 1, found.end())
        yield found.end()


def _stripped(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    inked = [index for index, glyph in enumerate(glyphs) if not glyph.char.isspace()]
    return tuple(glyphs[inked[0] : inked[-1] + 1])


def _marked(line: Line, opening: str, closing: str, random: Random) -> tuple[Glyph, ...]:
    """A line with its label in bold, as often as not."""
    named = label(line.text) if line.is_first else None
    if named is None or random.random() < 0.5:
        return line.glyphs
    start = line.text.index(named)
    end = start + len(named)
    return (*line.glyphs[:start], *_bare(opening), *line.glyphs[start:end], *_bare(closing), *line.glyphs[end:])


def _bare(text: str) -> list[Glyph]:
    return [Glyph(char) for char in text]


def _grid(page: Sequence[PrintedLine], random: Random) -> Iterator[Glyph]:
    for line in page:
        for column, cell in enumerate(line):
            yield from _bare("\t" if column else "")
            yield from _marked(cell, "<b>", "</b>", random) if cell else ()
        yield Glyph("\n")
    yield Glyph("\n")


def _columnar(page: Sequence[PrintedLine], random: Random) -> Iterator[Glyph]:
    for column in zip(*page, strict=True):
        cells = [cell for cell in column if cell]
        in_list = False
        for _, paragraph in groupby(cells, key=lambda cell: cell.paragraph):
            lines = list(paragraph)
            head = _block_head(lines[0], random)
            if in_list and head != "- ":
                yield Glyph("\n")
            yield from _bare(head)
            yield from _joined(_marked(line, "**", "**", random) for line in lines)
            yield from _bare("\n" if head == "- " else "\n\n")
            in_list = head == "- "
        if in_list:
            yield Glyph("\n")


def _block_head(line: Line, random: Random) -> str:
    found = number(line.text) if line.is_first else None
    if found and found.series == "sub":
        return "- "
    if found and found.series == "top":
        return random.choice(("# ", "#### ", "- ", ""))
    return ""


def _woven(page: Sequence[PrintedLine], random: Random) -> Iterator[Glyph]:
    yield from _joined(_marked(cell, "**", "**", random) for line in page for cell in line if cell)
    yield from _bare("\n\n")


def _joined(parts: Iterable[Sequence[Glyph]]) -> Iterator[Glyph]:
    for index, part in enumerate(parts):
        yield from chain([Glyph(" ")] if index else [], part)


_EMITTERS = {"grid": _grid, "columnar": _columnar, "woven": _woven}
