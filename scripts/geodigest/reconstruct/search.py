"""Beam search over a literature table's blocks: which column and row each stretch of text stood in.

A hypothesis is what has been read so far: the tails of the six columns, the column read last, and the placements.
Blocks are read in the seed's order; each layout (grid, columnar, woven) has its own step that extends hypotheses.
Beam search: Lowerre 1976, The Harpy speech recognition system.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from operator import itemgetter
from typing import Any, NamedTuple

from geodigest.reconstruct import weights
from geodigest.reconstruct.evidence import Links, Topics
from geodigest.reconstruct.language import COLUMNS, Language
from geodigest.reconstruct.tails import DATED_PHASE, Tail, Unit, advance, in_column, in_first_column, next_phase, place

NEW_ROW_AHEAD = 60
"""How far (characters) before a row's English title other columns of the row may begin: less than a printed line."""
_WINDOW = 12.0
"""How far behind the best a reading is given up: with 8, a few printed tables are read less well; with 12, none."""
_score = itemgetter(0)
_MOST_ROWS = 8
"""How many rows before and after the one at an offset are looked at: a page holds fewer."""
PAGE = 1800
"""How far (characters) after a row's English title other columns of the row before may go on: a page at the most."""


class Placement(NamedTuple):
    """A stretch of the seed and the column (1 to 6) and row (from 0) it stood in."""

    start: int
    end: int
    text: str
    column: int
    row: int


Chain = tuple[Sequence[tuple[Unit, int, int]], Any]
"""Units with their column and row, and the chain of those placed before them, or None: shared between hypotheses."""


class Hypothesis(NamedTuple):
    """One reading of all blocks so far."""

    score: float
    tails: tuple[Tail, ...]
    column: int
    phase: int
    chain: Chain | None
    places: int
    """The places of its tails in one number: hypotheses that have read the same last in each column have the same."""

    def after(
        self, score: float, found: Unit, row: int, column: int, phase: int, index: int, column_width: int
    ) -> Hypothesis:
        """The hypothesis one unit further."""
        tail = self.tails[column - 1]
        moved = advance(tail, found, row, column, index, column_width)
        tails = (*self.tails[: column - 1], moved, *self.tails[column:])
        places = self.places - tail.place + moved.place
        return Hypothesis(score, tails, column, phase, (((found, column, row),), self.chain), places)

    def placements(self) -> list[Placement]:
        """The placements in the seed's order."""
        placed: list[Placement] = []
        chain = self.chain
        while chain is not None:
            placed += [Placement(found.start, found.end, found.text, *place) for found, *place in chain[0]]
            chain = chain[1]
        return sorted(placed)


START = Hypothesis(0.0, (Tail(),) * 6, 0, DATED_PHASE, None, 0)


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

    def rows_near(self, rows: range, start: int) -> range:
        """Those of the rows that may reach to an offset: no more, however many stand in one paragraph."""
        begun = bisect.bisect_right(self.starts, start) - 1
        return range(max(rows.start, begun - _MOST_ROWS), min(rows.stop, begun + _MOST_ROWS + 1))

    def behind(self, row: int, first_row: int, start: int) -> float:
        """Score of text at an offset in a row when the first column has reached a later one: a page holds no more."""
        lag = start - self.starts[first_row]
        return weights.BEHIND * lag / 1000 + weights.LEFT_BEHIND * ((lag > PAGE) + (row < first_row - 1))


class Option(NamedTuple):
    """A row that a unit may belong to in a column: its score, and what follows for the column and the search."""

    score: float
    column: int
    row: int
    phase: int | None
    """The first column's phase, if the unit stands there."""
    place: int
    """The place of the tail that follows."""
    tail: Tail
    """The tail before."""


Candidate = tuple[float, Hypothesis, Option]
"""A hypothesis that has not been made yet, with its score: most score too little ever to be."""
Scores = Callable[[int, bool], Sequence[float]]
"""What is added for each column (from 1), by the column read last and whether its sentence is open."""


class _Context:
    """What a unit's options in a column depend on besides the column's tail: options are worked out once for each."""

    __slots__ = ("_found", "_index", "_known", "first_row", "follows", "open_row", "options", "phase", "topics")

    def __init__(self, known: Knowledge, found: Unit, index: int, first_row: int, follows: bool, phase: int) -> None:
        self._known, self._found, self._index = known, found, index
        self.first_row, self.follows, self.phase = first_row, follows, phase
        self.open_row = known.rows_open(first_row, found.start)
        self.topics: Mapping[int, float] = {}
        if known.topics is not None:
            self.topics = known.topics.scores(found.start, found.text, (first_row - 1, first_row, first_row + 1))
        self.options: tuple[dict[Tail, list[Option]], ...] = ({}, {}, {}, {}, {}, {})

    def in_first_column(self, tail: Tail, rows: Iterable[int]) -> list[Option]:
        """The options to place the unit in the first column, in some of the rows."""
        options = []
        for row in rows:
            gain = in_first_column(tail, self._found, row, self.phase, self.follows, self._known.links)
            phase = next_phase(0 if row != tail.row else self.phase, self._found)
            options.append(Option(gain, 1, row, phase, place(self._index, row, 1), tail))
        return options

    def in_column(self, tail: Tail, column: int) -> list[Option]:
        """The options to place the unit in one of the other columns."""
        known, first_row, options = self._known, self.first_row, []
        low = tail.row if tail.row >= 0 else max(0, first_row - 1)
        for row in range(low, min(self.open_row, tail.row + 2) + 1):
            gain = in_column(tail, self._found, row, column, known.links)
            if self.topics:
                gain += weights.TOPIC * self.topics.get(row, 0.0)
            if row != tail.row:
                gain += weights.ROW_OF_FIRST_COLUMN if row <= first_row else weights.ROW_AHEAD
                gain += weights.ROW_AFTER_TITLE * (self.follows and row == first_row)
            if row < first_row:
                gain += known.behind(row, first_row, self._found.start)
            options.append(Option(gain, column, row, None, place(self._index, row, column), tail))
        return options


def candidates(
    known: Knowledge, beam: Sequence[Hypothesis], found: Unit, index: int, scores: Scores
) -> list[Candidate]:
    """The ways to place a unit in a column and a row after each hypothesis, less most that are too far behind."""
    contexts: dict[tuple[int, bool, int], _Context] = {}
    starting = known.row_starting(found.start, found.end)
    listed: list[Candidate] = []
    highest = least = -inf
    for hypothesis in beam:
        score, tails, last, phase, _, _ = hypothesis
        key = (tails[0].row, last == 1, phase)
        context = contexts.get(key)
        if context is None:
            context = contexts[key] = _Context(known, found, index, *key)
        added = scores(last, last > 0 and tails[last - 1].is_open)
        for column, tail, options, gain in zip(COLUMNS, tails, context.options, added, strict=True):
            choices = options.get(tail)
            if choices is None:
                if column == 1:
                    rows = (tail.row,) if tail.row >= 0 else ()
                    choices = context.in_first_column(tail, rows if starting is None else (starting,))
                else:
                    # Where a row's title begins there is nothing else.
                    choices = context.in_column(tail, column) if starting is None else []
                options[tail] = choices
            reached = score + gain
            for option in choices:
                total = reached + option[0]
                if total >= least:
                    listed.append((total, hypothesis, option))
                    if total > highest:
                        highest, least = total, total - _WINDOW
    return listed


def best(listed: list[Candidate], size: int, found: Unit, index: int, known: Knowledge) -> list[Hypothesis]:
    """The best hypotheses, best first, of those that differ in what they have read last in each column."""
    listed.sort(key=_score, reverse=True)
    least = listed[0][0] - _WINDOW if listed else 0.0
    kept: dict[tuple[int, int, int], Hypothesis] = {}
    for score, hypothesis, (_, column, row, first_phase, at, tail) in listed:
        if score < least:
            break
        phase = hypothesis.phase if first_phase is None else first_phase
        key = (column, phase, hypothesis.places - tail.place + at)
        if key not in kept:
            kept[key] = hypothesis.after(score, found, row, column, phase, index, known.widths[column])
            if len(kept) == size:
                break
    return list(kept.values())
