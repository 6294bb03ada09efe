"""Beam search over a literature table's blocks: which column and row each stretch of text stood in.

A hypothesis is what has been read so far: the tails of the six columns, the column read last, and the placements.
Blocks are read in the seed's order; each layout (grid, columnar, woven) has its own step that extends hypotheses.
Beam search: Lowerre 1976, The Harpy speech recognition system.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from geodigest.reconstruct import weights
from geodigest.reconstruct.evidence import Language, Links, Topics
from geodigest.reconstruct.tails import DATED_PHASE, Tail, Unit, advance, in_column, in_first_column, next_phase

NEW_ROW_AHEAD = 60
"""How far (characters) before a row's English title other columns of the row may begin: less than a printed line."""
PAGE = 1800
"""How far (characters) after a row's English title other columns of the row before may go on: a page at the most."""


class Placement(NamedTuple):
    """A stretch of the seed and the column (1 to 6) and row (from 0) it stood in."""

    start: int
    end: int
    text: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Placements made so far, newest first, shared between hypotheses."""

    placement: Placement
    before: Chain | None


class Hypothesis(NamedTuple):
    """One reading of all blocks so far."""

    score: float
    tails: tuple[Tail, ...]
    column: int
    phase: int
    chain: Chain | None

    def placements(self) -> list[Placement]:
        """The placements in the order they were made."""
        found, chain = [], self.chain
        while chain is not None:
            found.append(chain.placement)
            chain = chain.before
        return found[::-1]


START = Hypothesis(0.0, (Tail(),) * 6, 0, DATED_PHASE, None)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of the document before the search."""

    language: Language
    links: Links
    widths: Mapping[int, int]
    slack: int
    topics: Topics | None
    starts: tuple[int, ...]

    def row_starting(self, start: int, end: int) -> int | None:
        """The row whose English title begins within start to end, or None."""
        index = bisect.bisect_left(self.starts, start)
        return index if index < len(self.starts) and self.starts[index] < end else None

    def rows_open(self, first_row: int, start: int) -> int:
        """The highest row any column may have reached at an offset, given the first column's row."""
        index = bisect.bisect_right(self.starts, start)
        near = index < len(self.starts) and self.starts[index] - start < NEW_ROW_AHEAD
        return first_row + near

    def behind(self, row: int, first_row: int, start: int) -> float:
        """Score of text at an offset in a row when the first column has reached a later one: a page holds no more."""
        lag = start - self.starts[first_row]
        return weights.BEHIND * lag / 1000 + weights.LEFT_BEHIND * ((lag > PAGE) + (row < first_row - 1))


class Beam:
    """The best hypotheses that differ in what they have read last in each column."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._best: dict[tuple[object, ...], Hypothesis] = {}

    def add(self, hypothesis: Hypothesis) -> None:
        """Keep a hypothesis unless a better one has the same tails."""
        key = (hypothesis.column, hypothesis.phase, *[(tail.unit << 10) + tail.row for tail in hypothesis.tails])
        known = self._best.get(key)
        if known is None or known.score < hypothesis.score:
            self._best[key] = hypothesis

    def best(self) -> list[Hypothesis]:
        """The best hypotheses, best first."""
        return sorted(self._best.values(), key=lambda one: -one.score)[: self._size]


class Option(NamedTuple):
    """A row that a unit may belong to in a column: its score, and what follows for the column and the search."""

    score: float
    tail: Tail
    phase: int | None
    """The first column's phase, if the unit stands there."""
    placement: Placement


def extensions(
    known: Knowledge, hypothesis: Hypothesis, found: Unit, column: int, index: int, score: float
) -> Iterator[Hypothesis]:
    """The hypotheses that place a unit in a column, in each row it may belong to; `score` is added to each."""
    tails = hypothesis.tails
    phase = hypothesis.phase if column == 1 else None
    key = (column, tails[column - 1], tails[0].row, phase, hypothesis.column == 1)
    options: list[Option] | None = found.options.get(key)
    if options is None:
        options = found.options[key] = _options(known, hypothesis, found, column, index)
    score += hypothesis.score
    for gain, moved, next_in_first, placed in options:
        yield Hypothesis(
            score + gain,
            (*tails[: column - 1], moved, *tails[column:]),
            column,
            hypothesis.phase if next_in_first is None else next_in_first,
            Chain(placed, hypothesis.chain),
        )


def _options(known: Knowledge, hypothesis: Hypothesis, found: Unit, column: int, index: int) -> list[Option]:
    """The rows a unit may belong to in a column."""
    first_row, tail = hypothesis.tails[0].row, hypothesis.tails[column - 1]
    follows = hypothesis.column == 1
    topics: Mapping[int, float] = {}
    if known.topics is not None and column != 1:
        topics = known.topics.scores(found.start, found.text, (first_row - 1, first_row, first_row + 1))
    options = []
    for row in _rows(known, hypothesis, found, column):
        phase = None
        if column == 1:
            gain = in_first_column(tail, found, row, hypothesis.phase, follows, known.links)
            phase = next_phase(0 if row != tail.row else hypothesis.phase, found.text)
        else:
            gain = in_column(tail, found, row, column, known.links) + weights.TOPIC * topics.get(row, 0.0)
            if row != tail.row:
                gain += weights.ROW_OF_FIRST_COLUMN if row <= first_row else weights.ROW_AHEAD
                gain += weights.ROW_AFTER_TITLE * (follows and row == first_row)
            if row < first_row:
                gain += known.behind(row, first_row, found.start)
        moved = advance(tail, found, row, column, index, known.widths[column])
        options.append(Option(gain, moved, phase, Placement(found.start, found.end, found.text, column, row)))
    return options


def _rows(known: Knowledge, hypothesis: Hypothesis, found: Unit, column: int) -> Iterable[int]:
    first_row, tail = hypothesis.tails[0].row, hypothesis.tails[column - 1]
    starting = known.row_starting(found.start, found.end)
    if starting is not None:
        return (starting,) if column == 1 else ()
    if column == 1:
        return (tail.row,) if tail.row >= 0 else ()
    low = tail.row if tail.row >= 0 else max(0, first_row - 1)
    return range(low, min(known.rows_open(first_row, found.start), tail.row + 2) + 1)
