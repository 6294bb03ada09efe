"""The printed lines of a cell: where the column's edge broke a line, and where its author did.

A line of a narrow column is full up to the next word. One that ends well before, where the next word would still have
fitted, ends a paragraph. A converter that joins printed lines leaves a blank where it joined them: between two Chinese
characters, where nobody types one, that blank is a line end.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from geodigest.passages.blanks import is_wide
from geodigest.passages.heads import label, number
from geodigest.passages.notation import LINE_END, leftover
from geodigest.passages.traced import Traced
from geodigest.reconstruct.labels import column_of, is_listed
from geodigest.reconstruct.model import Piece

INDENT = 2.5
"""Width of the indent that the lines of a numbered passage have after the first."""
_UNSURE = 0.12
"""How far the estimated width of a Latin letter is out."""
_TOLERANCE = 1.12
"""A line may look this much wider than its column."""
_LONGEST_HEAD = 96
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[^\s\u2e80-\uffef]+|\S")
_NUMBERED = re.compile(r"(?:^|\s)(?:\d{1,2}[.)、）]|[①-⑳])\s*$")
_NARROW = frozenset("ijltfrI.,:;'|!()[]-1 ")
_WIDE = frozenset("→←↑↓⇒↔")
_PUNCTUATION = frozenset(",:;()?!")
_CLOSING = frozenset(",:;.)?!。，、；：？！）》”’】%")
_SENTENCE_END = frozenset("。！？!?；;")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line, with the blank or line end after it."""

    told: Traced
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

    @property
    def text(self) -> str:
        """Its characters, without blanks at the ends."""
        return self.told.text.strip()

    def room(self, after: str) -> float | None:
        """Half-width units that it leaves beside the first word of what comes after; None: its width says nothing."""
        if not self.is_whole or self.column is None:
            return None
        word = _first_word(after)
        latin = sum(char.isalnum() and not is_wide(char) for char in self.text + word)
        return self.column - 1 - _UNSURE * latin - printed_width(self.text) - printed_width(word)


def printed_lines(text: str, told: Traced, pieces: Sequence[Piece]) -> tuple[PrintedLine, ...]:
    """The printed lines of a cell, from the seed and from what `notation.read` reads of its pieces."""
    starts = sorted((piece.start, order) for order, piece in enumerate(pieces))
    lines: list[PrintedLine] = []
    owners: list[int] = []
    for line in _ended_lines(told):
        if line.text.strip():
            owner = starts[bisect_right(starts, (line.stripped().sources[0][0], len(pieces))) - 1][1]
            unjoined = _unjoined(text, line, pieces[owner].width)
            lines += unjoined
            owners += [owner] * len(unjoined)
    for at, (owner, following) in enumerate(pairwise([*owners, -1])):
        if owner != following and lines[at].ends_paragraph is None:
            lines[at] = replace(lines[at], ends_paragraph=pieces[owner].ends_paragraph)
    return tuple(lines)


def printed_width(text: str) -> float:
    """About how wide a text is printed, in half-width units: a proportional face, full-width marks beside Chinese.

    >>> printed_width("慢滑事件,"), round(printed_width("SSE"), 1)
    (10.0, 3.6)
    """
    width = 0.0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if is_wide(char) or char in _WIDE or (char in _PUNCTUATION and (is_wide(before) or is_wide(after))):
            width += 2
        elif char in _NARROW:
            width += 0.5
        else:
            width += 1.2 if char.isupper() else 1
    return width


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


def _unjoined(text: str, line: Traced, column: int | None) -> list[PrintedLine]:
    """The printed lines that a converter joined into one."""
    edge = math.inf if column is None else column * _TOLERANCE
    is_joined = printed_width(line.text.strip()) > edge
    parts: list[Traced] = []
    for chunk in [line] if column is None else _cut(line, _certain_wraps(text, line, is_joined=is_joined)):
        fits = printed_width(chunk.text.strip()) <= edge
        cuts = _known_starts(chunk.text) if fits else _possible_starts(text, chunk, is_first=not parts)
        parts += _cut(chunk, cuts)
    return [
        PrintedLine(
            part,
            column,
            is_whole=column is not None and printed_width(part.text.strip()) <= edge,
            is_hard=at == len(parts),
            ends_block=at == len(parts) and _ends_block(text, part),
            ends_paragraph=True if at == len(parts) and _is_mended(text, part) else None,
            begins_bold=_begins_bold(text, part, 0),
        )
        for at, part in enumerate(parts, start=1)
    ]


def _certain_wraps(text: str, line: Traced, *, is_joined: bool) -> list[int]:
    """Where printed lines end for sure: at blanks between Chinese characters, unless a tag may have left the blank."""
    found = []
    for run in _BLANKS.finditer(line.text):
        start, end = run.span()
        if start > 0 and end < len(line) and is_wide(line.text[start - 1]) and is_wide(line.text[end]):
            between = text[line.sources[start - 1][1] : line.sources[end][0]]
            if is_joined or not (between.strip() or _is_cell(text, line.sources[start][0])):
                found.append(end)
    return found


def _is_cell(text: str, at: int) -> bool:
    """Whether an offset stands in a line of tab-separated cells, each of which is a printed line by itself."""
    return "\t" in text[text.rfind("\n", 0, at) + 1 : text.find("\n", at)]


def _known_starts(printed: str) -> list[int]:
    """Where known labels begin in a line that may be a printed one: after a blank that nobody types."""
    return [
        run.end()
        for run in _BLANKS.finditer(printed)
        if run.start() > 0
        and (found := label(printed[run.end() : run.end() + _LONGEST_HEAD]))
        and (not _is_latin(printed[run.start() - 1]) or not printed[run.end() + found[1] :].strip())
        and is_listed(printed[run.end() : run.end() + found[0]])
        and not number(printed[: run.end()])
    ]


def _possible_starts(text: str, chunk: Traced, *, is_first: bool) -> list[int]:
    """Where something numbered or labelled may begin in joined lines of unknown wraps: after a blank or a sentence."""
    printed = chunk.text
    starts: set[int] = set()
    labels: dict[int, list[int]] = {}
    for at in range(len(printed) - len(printed.lstrip()) + 1, len(printed)):
        closes = printed[at - 1] in ")）"
        if printed[at].isspace() or not (printed[at - 1].isspace() or closes or printed[at - 1] in _SENTENCE_END):
            continue
        head = printed[at : at + _LONGEST_HEAD]
        numbered, found = number(head), label(head)
        if numbered and not (closes and numbered.style == "1."):
            starts.add(at)
        elif found and not (closes and not is_listed(head[: found[0]])) and not _NUMBERED.search(printed, 0, at):
            labels.setdefault(at + found[1], []).append(at)
    for content, candidates in labels.items():
        best = _label_start(text, chunk, candidates, content)
        if best is None and not (is_first and _heads(printed, content) and not _is_top(printed)):
            best = next((at for at in reversed(candidates) if printed[:at].rstrip()[-1] in ")）"), None)
        if best is not None:
            starts.add(best)
    return sorted(starts)


def _label_start(text: str, chunk: Traced, candidates: Sequence[int], content: int) -> int | None:
    """Where, of some places before the same colon, a label begins beyond doubt: in bold, known, after a sentence."""
    printed = chunk.text
    bold = [at for at in candidates if _begins_bold(text, chunk, at)]
    fit = [at for at in candidates if printed[:at].rstrip()[-1] not in ":："]
    if _heads(printed, content):
        fit = [at for at in fit if not _is_latin(printed[:at].rstrip()[-1])]
    known = [at for at in fit if column_of(printed[at:content].rstrip(" :：")) is not None]
    after_sentence = [at for at in fit if printed[:at].rstrip()[-1] in _SENTENCE_END]
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


def _ends_block(text: str, line: Traced) -> bool:
    end = line.stripped().sources[-1][1]
    rest = text[end : text.find("\n", end) + 1 or len(text)]
    return not leftover(rest) and not _is_cell(text, end)


def _is_mended(text: str, line: Traced) -> bool:
    """Whether a correction ends the line: the seed lost the line end."""
    start, end = line.sources[-1]
    return line.text.endswith(LINE_END) and not text[start:end].isspace() and start < end


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _begins_bold(text: str, told: Traced, at: int) -> bool:
    """Whether a bold run of the seed begins at a character."""
    start = told.sources[at][0]
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return before.endswith("<b>") or (before.endswith("**") and before.count("**") % 2 == 1)


def _cut(line: Traced, cuts: Sequence[int]) -> list[Traced]:
    """The parts of a line, the blank before each cut made the end of a line."""
    parts = []
    for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True):
        part = line[start:end]
        stem = part.text.rstrip()
        parts.append(Traced(stem + LINE_END * (len(part) - len(stem)), part.sources))
    return parts
