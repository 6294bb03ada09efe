"""Columnar pages: blocks that each stood in one column, column after column, some out of their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from math import inf
from typing import NamedTuple

from geodigest.reconstruct import labels, weights
from geodigest.reconstruct.blocks import Block, printed_lines
from geodigest.reconstruct.evidence import fit
from geodigest.reconstruct.language import COLUMNS
from geodigest.reconstruct.printed import is_bare_number, plain
from geodigest.reconstruct.search import Hypothesis, Knowledge, Scores, best, candidates
from geodigest.reconstruct.tails import Unit, unit

_CERTAIN_WRAP = re.compile(r"\n|(?<=[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef])(?:\*\*)? +(?=(?:\*\*)?[\u4e00-\u9fff])")
_SPLIT_PENALTY, _SPLIT_GAIN, _MOST_SPLITS = 5.0, 2.0, 2
_MOST_LINES = 80
"""More printed lines than two columns of a page have: a longer block is not parted, for the time that would take."""

Moves = tuple[tuple[float, ...], ...]
"""Score of going from a column (first index) to a column (second), 0 to 6."""


class Part(NamedTuple):
    """A unit and its score in each column from 1, by language and geometry."""

    unit: Unit
    base: Sequence[float]


class Prepared(NamedTuple):
    """A text block to be placed: whole, or as head and rest where it may part into two columns."""

    block: Block
    whole: Part
    cuts: Sequence[tuple[Part, Part]]


def step(
    text: str, found: Prepared, beam: list[Hypothesis], known: Knowledge, index: int, size: int, before: Block | None
) -> list[Hypothesis]:
    """The hypotheses after a text block that stood in one column, or in two where the converter joined them."""
    moves = _moves(text, before, found.block)
    reached = _placed(found.whole, beam, known, index, size, moves)
    for head, rest in found.cuts:
        first = _placed(head, beam, known, index, size, moves)
        second = _placed(rest, first, known, index + 1, size, _MOVES)
        reached += [hypothesis._replace(score=hypothesis.score - _SPLIT_PENALTY) for hypothesis in second]
    return _distinct(reached)[:size] if found.cuts else reached


def _placed(
    part: Part, beam: list[Hypothesis], known: Knowledge, index: int, size: int, moves: Moves
) -> list[Hypothesis]:
    found = part.unit
    return best(candidates(known, beam, found, index, _scores(found, part.base, moves)), size, found, index, known)


def _distinct(reached: list[Hypothesis]) -> list[Hypothesis]:
    """The hypotheses, best first, less those that have read the same last in each column as a better one."""
    kept: dict[tuple[int, int, int], Hypothesis] = {}
    for one in sorted(reached, key=lambda one: -one.score):
        kept.setdefault((one.column, one.phase, one.places), one)
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


def prepared(units: Units, found: Sequence[Block], known: Knowledge) -> Iterator[Prepared]:
    """The text blocks among others, with what their language and their printed lines say of each column."""
    text_blocks = [block for block in found if block.is_columnar]
    wholes = _parts([units.at(block.start, block.end) for block in text_blocks], known)
    splits = [_splits(units, block, known, max(whole.base)) for block, whole in zip(text_blocks, wholes, strict=True)]
    language = iter(known.language.all_scores([part for split in splits for each in split for part in each.parts]))
    for block, whole, split in zip(text_blocks, wholes, splits, strict=True):
        spoken = [(next(language), next(language)) for _ in split]
        yield Prepared(block, whole, _best_cuts(units, block, split, spoken, max(whole.base), known))


def _parts(units: Sequence[Unit], known: Knowledge) -> list[Part]:
    language = known.language.all_scores([(found.start, found.text) for found in units])
    return [_part(found, spoken, known) for found, spoken in zip(units, language, strict=True)]


def _part(found: Unit, spoken: Sequence[float], known: Knowledge) -> Part:
    return Part(found, [_base(found.text, spoken, column, known) for column in COLUMNS])


def _base(shown: str, spoken: Sequence[float], column: int, known: Knowledge) -> float:
    """What language and geometry say of a plain text in a column; 0 at the most."""
    cost = fit(shown, known.widths[column], known.slack).cost
    return weights.LANGUAGE * spoken[column] + weights.GEOMETRY * -cost


def _highest(shown: str, spoken: Sequence[float], known: Knowledge) -> float:
    """The score of a text in its best column; lines are fitted to those columns alone whose language may win."""
    highest = -inf
    for column in sorted(COLUMNS, key=lambda column: -spoken[column]):
        if weights.LANGUAGE * spoken[column] <= highest:
            break
        highest = max(highest, _base(shown, spoken, column, known))
    return highest


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


class _Split(NamedTuple):
    """A block parted in two between two of its printed lines."""

    head_end: int
    rest_start: int
    parts: tuple[tuple[int, str], tuple[int, str]]
    """Where head and rest start, and their plain texts: units are made of the best few alone."""
    starting: bool
    """Whether a row begins on the line after."""


def _splits(units: Units, block: Block, known: Knowledge, whole: float) -> list[_Split]:
    """The ways to part a block in two, if any may be better than the whole's score in its best column."""
    # No part scores more than 0: most blocks need not be looked at.
    if whole + _SPLIT_GAIN >= 0 and known.row_starting(block.start + 1, block.end) is None:
        return []
    lines = printed_lines(units.text, block)
    if len(lines) > _MOST_LINES:
        return []
    text = units.text
    return [
        _Split(
            before.end,
            after.start,
            ((block.start, plain(text[block.start : before.end])), (after.start, plain(text[after.start : block.end]))),
            known.row_starting(after.start, after.end) is not None,
        )
        for before, after in pairwise(lines)
    ]


def _best_cuts(
    units: Units,
    block: Block,
    splits: Sequence[_Split],
    language: Sequence[tuple[Sequence[float], ...]],
    whole: float,
    known: Knowledge,
) -> list[tuple[Part, Part]]:
    """Where a block may part into two columns, the best few."""
    cuts = []
    for split, (spoken, spoken_after) in zip(splits, language, strict=True):
        (_, head), (_, rest) = split.parts
        score = _highest(head, spoken, known) + _highest(rest, spoken_after, known)
        if split.starting or score > whole + _SPLIT_GAIN:
            cuts.append((score + 100 * split.starting, split, spoken, spoken_after))
    cuts.sort(key=lambda cut: -cut[0])
    return [
        (
            _part(units.at(block.start, split.head_end), spoken, known),
            _part(units.at(split.rest_start, block.end), spoken_after, known),
        )
        for _, split, spoken, spoken_after in cuts[:_MOST_SPLITS]
    ]
