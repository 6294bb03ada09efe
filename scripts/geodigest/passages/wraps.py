"""The printed lines of a cell: where the column's edge broke a line, and where its author did.

A line of a narrow column is full up to the next word. One that ends well before, where the next word would still have
fitted, ends a paragraph. A converter that joins printed lines leaves a blank where it joined them: between two Chinese
characters, where nobody types one, that blank is a line end.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from geodigest.passages.blanks import is_wide
from geodigest.passages.heads import label, number
from geodigest.passages.notation import LINE_END, is_markup_to_line_end
from geodigest.passages.seed_lines import SeedLines, seed_lines
from geodigest.passages.traced import Traced
from geodigest.reconstruct.labels import begins_listed, column_of, is_listed
from geodigest.reconstruct.model import Piece

INDENT = 2.5
"""Width of the indent that the lines of a numbered passage have after the first."""
_UNSURE = 0.12
"""How far the estimated width of a Latin letter is out."""
_TOLERANCE = 1.12
"""A line may look this much wider than its column."""
_LONGEST_HEAD = 96
_LONGEST_NUMBER = 8
"""Characters that tell whether a line begins with an outline number."""
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[^\s\u2e80-\uffef]+|\S")
_NUMBERED = re.compile(r"(?:^|\s)(?:\d{1,2}[.)、）]|[①-⑳])$")
_START = re.compile(r"(?<=[\s)）。！？!?；;])\S")
_NARROW = frozenset("ijltfrI.,:;'|!()[]-1 ")
_WIDE = frozenset("→←↑↓⇒↔")
_PUNCTUATION = re.compile("[,:;()?!]")
_CLOSING = frozenset(",:;.)?!。，、；：？！）》”’】%")
_SENTENCE_END = frozenset("。！？!?；;")


class PrintedLine(NamedTuple):
    """A printed line, with the blank or line end after it."""

    told: Traced
    text: str
    """Its characters, without blanks at the ends."""
    width: float
    """About how wide it is printed, in half-width units; 0 where it is from no column."""
    column: int | None
    """Width of its column in half-width units."""
    is_whole: bool
    """Whether the line is known from edge to edge, so that its width says something."""
    is_hard: bool
    """Whether the seed ends a line after it; else a converter joined the next one."""
    ends_block: bool
    """Whether a line of the seed that is no row of cells ends with it."""
    ends_paragraph: bool | None
    """Whether the author's paragraph ends with it, where the reader of the layout knows."""
    begins_bold: bool
    """Whether a bold run of the seed begins where it does."""

    def room(self, after: str) -> float | None:
        """Half-width units that it leaves beside the first word of what comes after; None: its width says nothing."""
        if not self.is_whole or self.column is None:
            return None
        word = _first_word(after)
        latin = sum(map(_is_narrow_letter, self.text)) + sum(map(_is_narrow_letter, word))
        return self.column - 1 - _UNSURE * latin - self.width - printed_width(word)


def printed_lines(text: str, told: Traced, pieces: Sequence[Piece]) -> tuple[PrintedLine, ...]:
    """The printed lines of a cell, from the seed and from what `notation.read` reads of its pieces."""
    seed = seed_lines(text)
    starts = sorted((piece.start, order) for order, piece in enumerate(pieces))
    lines: list[PrintedLine] = []
    owners: list[int] = []
    for line in _ended_lines(told):
        if stem := line.text.lstrip():
            first = line.sources[len(line) - len(stem)][0]
            owner = starts[bisect_right(starts, (first, len(pieces))) - 1][1]
            unjoined = _unjoined(seed, line, pieces[owner].width)
            lines += unjoined
            owners += [owner] * len(unjoined)
    for at, (owner, following) in enumerate(pairwise([*owners, -1])):
        if owner != following and lines[at].ends_paragraph is None:
            lines[at] = lines[at]._replace(ends_paragraph=pieces[owner].ends_paragraph)
    return tuple(lines)


def printed_width(text: str) -> float:
    """About how wide a text is printed, in half-width units: a proportional face, full-width marks beside Chinese.

    >>> printed_width("慢滑事件,"), round(printed_width("SSE"), 1)
    (10.0, 3.6)
    """
    tenths = sum(map(_tenths, text))
    for mark in _PUNCTUATION.finditer(text):
        before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
        if (before and is_wide(before)) or (after and is_wide(after)):
            tenths += 20 - _tenths(mark[0])
    return tenths / 10


@cache
def _tenths(char: str) -> int:
    """Width of a character by itself, in tenths of a half-width unit."""
    if is_wide(char) or char in _WIDE:
        return 20
    if char in _NARROW:
        return 5
    return 12 if char.isupper() else 10


@cache
def _is_narrow_letter(char: str) -> bool:
    return char.isalnum() and not is_wide(char)


def _first_word(text: str) -> str:
    """What a line break cannot part from the start of a text: a word and the marks that close it."""
    word = _WORD.match(text)
    end = word.end() if word else 0
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return text[:end]


def _ended_lines(told: Traced) -> Iterator[Traced]:
    start = 0
    while (end := told.text.find(LINE_END, start)) >= 0:
        yield told[start : end + 1]
        start = end + 1
    yield told[start:]


def _unjoined(seed: SeedLines, line: Traced, column: int | None) -> list[PrintedLine]:
    """The printed lines that a converter joined into one."""
    if column is None:
        parts = [(part, 0.0) for part in _cut(line, _known_starts(line.text))]
        edge = -math.inf
    else:
        edge = column * _TOLERANCE
        parts = _unjoined_in_column(seed, line, edge)
    return [
        PrintedLine(
            part,
            part.text.strip(),
            part_width,
            column,
            is_whole=part_width <= edge,
            is_hard=at == len(parts),
            ends_block=at == len(parts) and _ends_block(seed, part),
            ends_paragraph=True if at == len(parts) and _is_mended(seed, part) else None,
            begins_bold=seed.begins_bold(part.sources[0][0]),
        )
        for at, (part, part_width) in enumerate(parts, start=1)
    ]


def _unjoined_in_column(seed: SeedLines, line: Traced, edge: float) -> list[tuple[Traced, float]]:
    """The printed lines of a column that a converter joined into one, each with its width."""
    width = printed_width(line.text.strip())
    chunks = _cut(line, _certain_wraps(seed, line, is_joined=width > edge))
    parts: list[tuple[Traced, float]] = []
    for chunk in chunks:
        chunk_width = width if len(chunks) == 1 else printed_width(chunk.text.strip())
        fits = chunk_width <= edge
        cut = _cut(chunk, _known_starts(chunk.text) if fits else _possible_starts(seed, chunk, is_first=not parts))
        parts += [(part, chunk_width if len(cut) == 1 else printed_width(part.text.strip())) for part in cut]
    return parts


def _certain_wraps(seed: SeedLines, line: Traced, *, is_joined: bool) -> list[int]:
    """Where printed lines end for sure: at blanks between Chinese characters, unless a tag may have left the blank."""
    found = []
    for run in _BLANKS.finditer(line.text):
        start, end = run.span()
        if start > 0 and end < len(line) and is_wide(line.text[start - 1]) and is_wide(line.text[end]):
            between = seed.text[line.sources[start - 1][1] : line.sources[end][0]]
            if is_joined or not (between.strip() or seed.is_cell(line.sources[start][0])):
                found.append(end)
    return found


def _known_starts(printed: str) -> list[int]:
    """Where known labels begin in a line that may be a printed one: after a blank that nobody types."""
    if ":" not in printed and "：" not in printed:
        return []
    end = len(printed.rstrip())
    return [
        run.end()
        for run in _BLANKS.finditer(printed)
        if run.start() > 0
        and begins_listed(printed[run.end() : run.end() + 1])
        and (found := label(printed[run.end() : run.end() + _LONGEST_HEAD]))
        and (not _is_latin(printed[run.start() - 1]) or run.end() + found[1] >= end)
        and is_listed(printed[run.end() : run.end() + found[0]])
        and not number(printed[: min(run.end(), _LONGEST_NUMBER)])
    ]


def _possible_starts(seed: SeedLines, chunk: Traced, *, is_first: bool) -> list[int]:
    """Where something numbered or labelled may begin in joined lines of unknown wraps: after a blank or a sentence."""
    printed = chunk.text
    starts: set[int] = set()
    labels: dict[int, list[int]] = {}
    for start in _START.finditer(printed, len(printed) - len(printed.lstrip()) + 1):
        at = start.start()
        closes = printed[at - 1] in ")）"
        head = printed[at : at + _LONGEST_HEAD]
        numbered, found = number(head), label(head)
        if numbered and not (closes and numbered.style == "1."):
            starts.add(at)
        elif found and not (closes and not is_listed(head[: found[0]])) and not _is_numbered(printed, at):
            labels.setdefault(at + found[1], []).append(at)
    for content, candidates in labels.items():
        best = _label_start(seed, chunk, candidates, content)
        if best is None and not (is_first and _heads(printed, content) and not _is_top(printed)):
            best = next((at for at in reversed(candidates) if _stem(printed, at) in ")）"), None)
        if best is not None:
            starts.add(best)
    return sorted(starts)


def _is_numbered(printed: str, at: int) -> bool:
    """Whether an outline number stands right before a place."""
    end = _stem_end(printed, at)
    return _NUMBERED.search(printed, max(0, end - 4), end) is not None


def _stem_end(printed: str, at: int) -> int:
    """Where what stands before a place ends, blanks left aside."""
    while at and printed[at - 1].isspace():
        at -= 1
    return at


def _stem(printed: str, at: int) -> str:
    """The last character before a place that is no blank."""
    return printed[_stem_end(printed, at) - 1]


def _label_start(seed: SeedLines, chunk: Traced, candidates: Sequence[int], content: int) -> int | None:
    """Where, of some places before the same colon, a label begins beyond doubt: in bold, known, after a sentence."""
    printed = chunk.text
    bold = [at for at in candidates if seed.begins_bold(chunk.sources[at][0])]
    fit = [at for at in candidates if _stem(printed, at) not in ":："]
    if _heads(printed, content):
        fit = [at for at in fit if not _is_latin(_stem(printed, at))]
    known = [at for at in fit if column_of(printed[at:content].rstrip(" :：")) is not None]
    after_sentence = [at for at in fit if _stem(printed, at) in _SENTENCE_END]
    best = bold or known or after_sentence
    return best[-1] if best else None


def _is_top(printed: str) -> bool:
    numbered = number(printed)
    return numbered is not None and numbered.style == "1."


def _heads(printed: str, content: int) -> bool:
    """Whether the line begins with a label whose content begins there, a number before it left out."""
    numbered = number(printed)
    after = numbered.end if numbered else 0
    found = label(printed[after : after + _LONGEST_HEAD])
    return found is not None and after + found[1] == content


def _ends_block(seed: SeedLines, line: Traced) -> bool:
    end = line.sources[len(line.text.rstrip()) - 1][1]
    return is_markup_to_line_end(seed.text, end) and not seed.is_cell(end)


def _is_mended(seed: SeedLines, line: Traced) -> bool:
    """Whether a correction ends the line: the seed lost the line end."""
    start, end = line.sources[-1]
    return line.text.endswith(LINE_END) and start < end and not seed.text[start:end].isspace()


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _cut(line: Traced, cuts: Sequence[int]) -> list[Traced]:
    """The parts of a line, the blank before each cut made the end of a line."""
    if not cuts and not line.text.removesuffix(LINE_END)[-1:].isspace():
        return [line]
    parts = []
    for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True):
        part = line[start:end]
        stem = part.text.rstrip()
        parts.append(Traced(stem + LINE_END * (len(part) - len(stem)), part.sources))
    return parts
