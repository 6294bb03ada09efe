"""Beam search over a literature table's blocks: which column and row each stretch of text stood in.

A hypothesis is what has been read so far: the tails of the six columns, the column read last, and the placements.
Blocks are read in the seed's order; each layout (grid, columnar, woven) has its own step that extends hypotheses.
Beam search: Lowerre 1976, The Harpy speech recognition system.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from geodigest.reconstruct import weights
from geodigest.reconstruct.evidence import Links, Topics
from geodigest.reconstruct.language import Language
from geodigest.reconstruct.tails import DATED_PHASE, Tail, Unit, advance, in_column, in_first_column, next_phase, place

NEW_ROW_AHEAD = 60
"""How far (characters) before a row's English title other columns of the row may begin: less than a printed line."""
_score = itemgetter(0)
PAGE = 1800
"""How far (characters) after a row's English title other columns of the row before may go on: a page at the most."""


class Placement(NamedTuple):
    """A stretch of the seed and the column (1 to 6) and row (from 0) it stood in."""

    start: int
    end: int
    text: str
    column: int
    row: int


Chain = tuple[Sequence[Placement], Any]
"""Placements and the chain of those made before them, or None: shared between hypotheses."""


class Hypothesis(NamedTuple):
    """One reading of all blocks so far."""

    score: float
    tails: tuple[Tail, ...]
    column: int
    phase: int
    chain: Chain | None

    def placements(self) -> list[Placement]:
        """The placements in the seed's order."""
        found: list[Placement] = []
        chain = self.chain
        while chain is not None:
            found += chain[0]
            chain = chain[1]
        return sorted(found)


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


def candidates(
    known: Knowledge, beam: Sequence[Hypothesis], found: Unit, index: int, scores: Scores
) -> list[Candidate]:
    """The ways to place a unit in a column and a row after each hypothesis."""
    # Hypotheses of one context differ for a column in its tail alone: what follows from one is worked out once.
    contexts: dict[tuple[int, bool, int], tuple[dict[Tail, list[Option]], ...]] = {}
    starting = known.row_starting(found.start, found.end)
    listed: list[Candidate] = []
    for hypothesis in beam:
        score, tails, last, phase, _ = hypothesis
        context = (tails[0].row, last == 1, phase)
        after = contexts.get(context)
        if after is None:
            after = contexts[context] = ({}, {}, {}, {}, {}, {})
        column = 0
        for tail, options, gain in zip(tails, after, scores(last, last > 0 and tails[last - 1].is_open), strict=True):
            column += 1
            choices = options.get(tail)
            if choices is None:
                choices = options[tail] = _options(known, hypothesis, found, column, index, starting)
            for option in choices:
                listed.append((score + gain + option[0], hypothesis, option))
    return listed


def best(listed: list[Candidate], size: int, found: Unit, index: int, known: Knowledge) -> list[Hypothesis]:
    """The best hypotheses, best first, of those that differ in what they have read last in each column."""
    listed.sort(key=_score, reverse=True)
    kept: dict[tuple[int, ...], Hypothesis] = {}
    for score, (_, tails, _, before, chain), (_, column, row, phase, place, tail) in listed:
        if phase is None:
            phase = before
        places = [each.place for each in tails]
        places[column - 1] = place
        key = (column, phase, *places)
        if key not in kept:
            moved = advance(tail, found, row, column, index, known.widths[column])
            made = (Placement(found.start, found.end, found.text, column, row),)
            kept[key] = Hypothesis(score, (*tails[: column - 1], moved, *tails[column:]), column, phase, (made, chain))
            if len(kept) == size:
                break
    return list(kept.values())


def _options(
    known: Knowledge, hypothesis: Hypothesis, found: Unit, column: int, index: int, starting: int | None
) -> list[Option]:
    """The rows a unit may belong to in a column."""
    first_row, tail = hypothesis.tails[0].row, hypothesis.tails[column - 1]
    follows = hypothesis.column == 1
    options = []
    for row in _rows(known, first_row, tail, found, column, starting):
        phase = None
        if column == 1:
            gain = in_first_column(tail, found, row, hypothesis.phase, follows, known.links)
            phase = next_phase(0 if row != tail.row else hypothesis.phase, found)
        else:
            gain = in_column(tail, found, row, column, known.links)
            if known.topics is not None:
                rows = (first_row - 1, first_row, first_row + 1)
                gain += weights.TOPIC * known.topics.scores(found.start, found.text, rows).get(row, 0.0)
            if row != tail.row:
                gain += weights.ROW_OF_FIRST_COLUMN if row <= first_row else weights.ROW_AHEAD
                gain += weights.ROW_AFTER_TITLE * (follows and row == first_row)
            if row < first_row:
                gain += known.behind(row, first_row, found.start)
        options.append(Option(gain, column, row, phase, place(index, row), tail))
    return options


def _rows(
    known: Knowledge, first_row: int, tail: Tail, found: Unit, column: int, starting: int | None
) -> Iterable[int]:
    if starting is not None:
        return (starting,) if column == 1 else ()
    if column == 1:
        return (tail.row,) if tail.row >= 0 else ()
    low = tail.row if tail.row >= 0 else max(0, first_row - 1)
    return range(low, min(known.rows_open(first_row, found.start), tail.row + 2) + 1)
