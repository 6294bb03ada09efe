"""Columnar pages: blocks that each stood in one column, column after column, some out of their place."""

from __future__ import annotations

import re
from itertools import pairwise

from geodigest.reconstruct import labels, weights
from geodigest.reconstruct.blocks import Block, printed_lines
from geodigest.reconstruct.evidence import COLUMNS, fit
from geodigest.reconstruct.model import Span
from geodigest.reconstruct.printed import is_bare_number, plain
from geodigest.reconstruct.search import Beam, Hypothesis, Knowledge, extensions
from geodigest.reconstruct.tails import Unit, unit

_CERTAIN_WRAP = re.compile(r"\n|(?<=[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef])(?:\*\*)? +(?=(?:\*\*)?[\u4e00-\u9fff])")
_SPLIT_PENALTY, _SPLIT_GAIN, _MOST_SPLITS = 5.0, 2.0, 2

Moves = tuple[tuple[float, ...], ...]
"""Score of going from a column (first index) to a column (second), 0 to 6."""


def step(
    text: str, block: Block, beam: list[Hypothesis], known: Knowledge, index: int, size: int, before: Block | None
) -> list[Hypothesis]:
    """The hypotheses after a text block that stood in one column, or in two where the converter joined them."""
    whole = _unit(text, block.start, block.end)
    moves = _moves(text, before, block)
    candidates = Beam(size)
    for hypothesis in _placed(whole, beam, known, index, moves):
        candidates.add(hypothesis)
    for cut in _cuts(text, block, known):
        head, rest = _unit(text, block.start, cut.end), _unit(text, cut.start, block.end)
        first = Beam(size)
        for hypothesis in _placed(head, beam, known, index, moves):
            first.add(hypothesis)
        for hypothesis in _placed(rest, first.best(), known, index + 1, _MOVES):
            candidates.add(hypothesis._replace(score=hypothesis.score - _SPLIT_PENALTY))
    return candidates.best()


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


def _unit(text: str, start: int, end: int) -> Unit:
    return unit(text, start, end, _lines(text, start, end))


def _base(found: Unit, known: Knowledge) -> list[float]:
    """What language and geometry say of a unit, for each column (index 1 to 6)."""
    language = known.language.scores(found.start, found.text)
    return [
        0.0,
        *(
            weights.LANGUAGE * language[column]
            + weights.GEOMETRY * -fit(found.text, known.widths[column], known.slack).cost
            for column in COLUMNS
        ),
    ]


def _placed(found: Unit, beam: list[Hypothesis], known: Knowledge, index: int, moves: Moves) -> list[Hypothesis]:
    base = _base(found, known)
    is_item = found.number is not None or found.label is not None
    placed: list[Hypothesis] = []
    for hypothesis in beam:
        last = hypothesis.column
        is_open = last > 0 and hypothesis.tails[last - 1].is_open
        leave, stay = (weights.LEAVE_SENTENCE, weights.STAY_IN_SENTENCE) if is_open and not is_item else (0.0, 0.0)
        for column in COLUMNS:
            score = base[column] + moves[last][column] + (stay if column == last else leave)
            placed += extensions(known, hypothesis, found, column, index, score)
    return placed


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


def _cuts(text: str, block: Block, known: Knowledge) -> list[Span]:
    """Where a block may part into two columns (end of the first, start of the second), the best few."""
    lines = printed_lines(text, block)
    whole = max(_base(_unit(text, block.start, block.end), known)[1:])
    cuts = []
    for before, after in pairwise(lines):
        head = max(_base(_unit(text, block.start, before.end), known)[1:])
        rest = max(_base(_unit(text, after.start, block.end), known)[1:])
        starting = known.row_starting(after.start, after.end) is not None
        if starting or head + rest > whole + _SPLIT_GAIN:
            cuts.append((head + rest + 100 * starting, Span(after.start, before.end)))
    cuts.sort(key=lambda cut: (-cut[0], cut[1].start))
    return [cut for _, cut in cuts[:_MOST_SPLITS]]
