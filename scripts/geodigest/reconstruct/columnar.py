"""Columnar pages: blocks that each stood in one column, column after column, some out of their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain, pairwise

from geodigest.reconstruct import labels, weights
from geodigest.reconstruct.blocks import Block, printed_lines
from geodigest.reconstruct.evidence import fit
from geodigest.reconstruct.language import COLUMNS
from geodigest.reconstruct.model import Span
from geodigest.reconstruct.printed import is_bare_number, plain
from geodigest.reconstruct.search import Hypothesis, Knowledge, Scores, best, candidates
from geodigest.reconstruct.tails import Unit, unit

_CERTAIN_WRAP = re.compile(r"\n|(?<=[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef])(?:\*\*)? +(?=(?:\*\*)?[\u4e00-\u9fff])")
_SPLIT_PENALTY, _SPLIT_GAIN, _MOST_SPLITS = 5.0, 2.0, 2
_MOST_LINES = 80
"""More printed lines than two columns of a page have: a longer block is not parted, for the time that would take."""

Moves = tuple[tuple[float, ...], ...]
"""Score of going from a column (first index) to a column (second), 0 to 6."""


def step(
    units: Units,
    block: Block,
    beam: list[Hypothesis],
    known: Knowledge,
    index: int,
    size: int,
    before: Block | None,
    language: Sequence[float],
) -> list[Hypothesis]:
    """The hypotheses after a text block that stood in one column, or in two where the converter joined them.

    `language` is the score of the whole block in each column.
    """
    whole = units.at(block.start, block.end)
    base = _base(whole, language, known)
    moves = _moves(units.text, before, block)
    reached = best(candidates(known, beam, whole, index, _scores(whole, base, moves)), size, whole, index, known)
    for cut in _cuts(units, block, known, max(base)):
        head, rest = units.at(block.start, cut.end), units.at(cut.start, block.end)
        bases = [_base(part, known.language.scores(part.start, part.text), known) for part in (head, rest)]
        first = best(candidates(known, beam, head, index, _scores(head, bases[0], moves)), size, head, index, known)
        listed = candidates(known, first, rest, index + 1, _scores(rest, bases[1], _MOVES))
        second = best(listed, size, rest, index + 1, known)
        reached += [hypothesis._replace(score=hypothesis.score - _SPLIT_PENALTY) for hypothesis in second]
    return reached if len(reached) <= size else _distinct(reached)[:size]


def _distinct(reached: list[Hypothesis]) -> list[Hypothesis]:
    """The hypotheses, best first, less those that have read the same last in each column as a better one."""
    kept: dict[tuple[int, ...], Hypothesis] = {}
    for one in sorted(reached, key=lambda one: -one.score):
        kept.setdefault((one.column, one.phase, *(tail.place for tail in one.tails)), one)
    return list(kept.values())


def _lines(text: str, start: int, end: int) -> list[str]:
    raw = text[start:end]
    parts: list[str] = []
    for part in _CERTAIN_WRAP.split(raw):
        shown = plain(part)
        if parts and is_bare_number(parts[-1]):
            parts[-1] += shown
        elif shown:
            parts.append(shown)
    return parts


class Units:
    """The units of a document's text blocks, each worked out once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[tuple[int, int], Unit] = {}

    def at(self, start: int, end: int) -> Unit:
        """The unit of a stretch."""
        found = self._known.get((start, end))
        if found is None:
            found = self._known[start, end] = unit(self.text, start, end, _lines(self.text, start, end))
        return found


def _base(found: Unit, language: Sequence[float], known: Knowledge) -> list[float]:
    """What language and geometry say of a unit, for each column from 1; 0 at the most."""
    return [
        weights.LANGUAGE * language[column]
        + weights.GEOMETRY * -fit(found.text, known.widths[column], known.slack).cost
        for column in COLUMNS
    ]


def _scores(found: Unit, base: Sequence[float], moves: Moves) -> Scores:
    """What is added to a hypothesis for each column in which it places the unit."""
    is_item = found.number is not None or found.label is not None

    @cache
    def scores(last: int, is_open: bool) -> Sequence[float]:
        leave, stay = (weights.LEAVE_SENTENCE, weights.STAY_IN_SENTENCE) if is_open and not is_item else (0.0, 0.0)
        return [
            gain + moves[last][column] + (stay if column == last else leave)
            for column, gain in zip(COLUMNS, base, strict=True)
        ]

    return scores


def _moves(text: str, before: Block | None, block: Block) -> Moves:
    """Score of going from each column to each other between two blocks: a page's columns come in order.

    The converter made one list of lines of one column only, and set a heading before lines of its column.
    """
    if before is None or before.is_woven:
        return _MOVES
    if before.kind == "table":
        return _MOVES_AFTER_TABLE
    stay = 0.0
    if block.kind == "item" and before.kind == "item":
        stay = weights.SAME_LIST if text[before.end : block.start].count("\n") == 1 else weights.NEW_LIST
    elif before.kind == "heading":
        stay = weights.UNDER_HEADING
    return _staying(stay)


@cache
def _staying(stay: float) -> Moves:
    return tuple(tuple(move + stay * (a == b) for b, move in enumerate(moves)) for a, moves in enumerate(_MOVES))


def _move(last: int, column: int, after_table: bool) -> float:
    score = weights.CONCLUSIONS * (column == labels.CONCLUSIONS)
    if column > last:
        score += weights.NEXT_COLUMN + weights.SKIPPED_COLUMN * (column - last - 1)
    elif column < last and after_table:
        score += weights.BACK_AFTER_TABLE
    elif column < last:
        score += weights.BACK + weights.BACK_TO_FIRST * (column == labels.TITLE)
        score += weights.BACK_FROM_LAST_TO_FIRST * (last == labels.SUMMARY and column == labels.TITLE)
    return score


_MOVES: Moves = tuple(tuple(_move(a, b, False) for b in range(7)) for a in range(7))
_MOVES_AFTER_TABLE: Moves = tuple(tuple(_move(a, b, True) for b in range(7)) for a in range(7))


def _cuts(units: Units, block: Block, known: Knowledge, whole: float) -> list[Span]:
    """Where a block may part into two columns (end of the first, start of the second), the best few.

    `whole` is the score of the block in its best column.
    """
    # No part scores more than 0: most blocks need not be looked at.
    if whole + _SPLIT_GAIN >= 0 and known.row_starting(block.start + 1, block.end) is None:
        return []
    lines = printed_lines(units.text, block)
    if len(lines) > _MOST_LINES:
        return []
    parts = [
        (units.at(block.start, before.end), units.at(after.start, block.end)) for before, after in pairwise(lines)
    ]
    language = known.language.all_scores([(part.start, part.text) for pair in parts for part in pair])
    scores = [max(_base(part, spoken, known)) for part, spoken in zip(chain(*parts), language, strict=True)]
    cuts = []
    for head, rest, before, after in zip(scores[::2], scores[1::2], lines, lines[1:], strict=False):
        starting = known.row_starting(after.start, after.end) is not None
        if starting or head + rest > whole + _SPLIT_GAIN:
            cuts.append((head + rest + 100 * starting, Span(after.start, before.end)))
    cuts.sort(key=lambda cut: (-cut[0], cut[1].start))
    return [cut for _, cut in cuts[:_MOST_SPLITS]]
