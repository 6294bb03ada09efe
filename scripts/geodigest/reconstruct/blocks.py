"""Blocks: what the PDF-to-Markdown converter made of a page, read off the seed line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from geodigest.reconstruct.model import Span
from geodigest.reconstruct.printed import CJK, is_bare_number, plain, width

WOVEN_LENGTH = 420
"""A paragraph longer than this (characters) holds more than a cell's page share: several columns are run together."""

_WORD = re.compile(r"[A-Za-z]{3,}")
_WRAP = re.compile(
    r"\n"
    r"|(?<=[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef∶:,;!?%)、]) ?(?:\*\*|</?b>)?\s+"
    r"(?=(?:\*\*|<b>)?[\u4e00-\u9fff（《“\"(])"
    r"|(?<=[\u4e00-\u9fff])\s+(?=\*\*)"
    r"|(?<=[。)）;；])\s+(?=[A-Z][a-z]+ [a-z]+ )"
)
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the converter: a run of lines, or a table with its cells line by line."""

    kind: Literal["table", "heading", "item", "paragraph"]
    start: int
    end: int
    lines: tuple[tuple[Span, ...], ...] = ()

    @property
    def is_woven(self) -> bool:
        """Whether the block is a paragraph of printed lines run together over several columns."""
        return self.kind == "paragraph" and self.end - self.start > WOVEN_LENGTH

    @property
    def is_columnar(self) -> bool:
        """Whether the block stood in one column, or in two that the converter joined."""
        return self.kind != "table" and not self.is_woven


def blocks(text: str) -> tuple[Block, ...]:
    r"""The blocks of a seed in order; every non-blank line belongs to exactly one.

    >>> [b.kind for b in blocks("# 一\n\n二\n三\n\na\tb\n")]
    ['heading', 'paragraph', 'table']
    """
    found: list[Block] = []
    tables: dict[int, list[tuple[Span, ...]]] = {}
    open_ended = False
    for start, end in _lines(text):
        line = text[start:end]
        if not line.strip():
            open_ended = False
            continue
        last = found[-1] if found and open_ended else None
        if "\t" in line:
            cells = _cells(line, start)
            if last is None or last.kind != "table":
                found.append(Block("table", start, end))
            # A table's lines are gathered aside: to make the table anew with each would take quadratic time.
            tables.setdefault(len(found) - 1, []).append(cells)
            open_ended = True
        elif line.lstrip().startswith("#"):
            found.append(Block("heading", start, end))
            open_ended = False
        elif line.lstrip().startswith("- ") or last is None or last.kind == "table":
            kind: Literal["item", "paragraph"] = "item" if line.lstrip().startswith("- ") else "paragraph"
            found.append(Block(kind, start, end))
            open_ended = True
        else:
            found[-1] = Block(last.kind, last.start, end)
    for index, lines in tables.items():
        found[index] = Block("table", lines[0][0].start, lines[-1][-1].end, tuple(lines))
    return tuple(found)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _cells(line: str, start: int) -> tuple[Span, ...]:
    spans = []
    for cell in line.split("\t"):
        spans.append(Span(start, start + len(cell)))
        start += len(cell) + 1
    return tuple(spans)


def printed_lines(text: str, block: Block) -> tuple[Span, ...]:
    """Stretches of a text block between its line ends and wrap blanks."""
    return _split(text, block, _WRAP)


def words(text: str, block: Block) -> tuple[Span, ...]:
    """Stretches of a text block between blanks."""
    return _split(text, block, _BLANK)


def _split(text: str, block: Block, boundary: re.Pattern[str]) -> tuple[Span, ...]:
    raw = text[block.start : block.end]
    spans: list[Span] = []
    start = 0
    for found in boundary.finditer(raw):
        head = plain(raw[start : found.start()])
        if not head or (boundary is _WRAP and is_bare_number(head)):
            continue
        spans.append(Span(block.start + start, block.start + found.start()))
        start = found.end()
    if plain(raw[start:]):
        spans.append(Span(block.start + start, block.end))
    return tuple(spans)


def is_scrap(text: str) -> bool:
    """Whether a cell's plain text is no more than marks that the page edge left behind.

    >>> is_scrap("T =") and is_scrap("00 () 50 16") and not is_scrap("km (C0002G)、")
    True
    """
    return not CJK.search(text) and not _WORD.search(text)


def scrap_lines(text: str, table: Block) -> frozenset[int]:
    """Indices of a table's lines that hold nothing but scraps, or garble the line that follows."""
    plains = [[plain(text[cell.start : cell.end]) for cell in line] for line in table.lines]
    found = set()
    for index, cells in enumerate(plains):
        filled = [cell for cell in cells if cell]
        if all(is_scrap(cell) for cell in filled) and (index in (0, len(plains) - 1) or len(filled) > 1):
            found.add(index)
        elif index + 1 < len(plains) and _garbles(cells, plains[index + 1]):
            found.add(index)
    return frozenset(found)


def _garbles(cells: list[str], following: list[str]) -> bool:
    """Whether most cells of a line are misread copies of the cells of the next line."""
    pairs = [(a, b) for a, b in zip(cells, following, strict=False) if width(a) > 5 or width(b) > 5]
    return len(pairs) > 1 and sum(_is_alike(a, b) for a, b in pairs) * 2 > len(pairs)


def _is_alike(a: str, b: str) -> bool:
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    # The first two are upper bounds of the third and cost little.
    return all(ratio() > 0.5 for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))


def growing_copies(text: str, block: Block) -> tuple[Span, ...]:
    """Lines of a paragraph that the following line repeats from its beginning and carries further."""
    spans = [Span(block.start + start, block.start + end) for start, end in _lines(text[block.start : block.end])]
    plains = [plain(text[span.start : span.end]) for span in spans]
    copies = []
    for index in range(len(spans) - 1):
        shown, following = plains[index], plains[index + 1]
        if shown and len(following) >= len(shown) and _alike_start(shown, following):
            copies.append(spans[index])
    return tuple(copies)


def _alike_start(shown: str, following: str) -> bool:
    head = following[: len(shown)]
    differing = sum(a != b for a, b in zip(shown, head, strict=True))
    return differing <= len(shown) // 8 if len(shown) > 7 else differing == 0
