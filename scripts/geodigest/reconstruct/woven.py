"""Woven paragraphs: printed lines of several columns run together, fragment after fragment, line after line.

A fragment is what one column had on one printed line. The columns take turns: on each printed line every column whose
cell has not ended has a fragment, though not always from left to right, for the lines of neighbouring columns need not
stand at quite the same height. A fragment that its column's sentence runs on from fills the column's width.

All ways to cut the paragraph's words into fragments and to place these are searched, word by word, by beam search.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from math import inf
from operator import itemgetter
from typing import NamedTuple

from geodigest.reconstruct.blocks import Block, words
from geodigest.reconstruct.fragments import Fragment, fragments, sight
from geodigest.reconstruct.labels import TITLE
from geodigest.reconstruct.language import COLUMNS
from geodigest.reconstruct.search import Hypothesis, Knowledge
from geodigest.reconstruct.tails import (
    JOURNAL_PHASE,
    TITLE_PHASE,
    Tail,
    Unit,
    in_column,
    next_phase,
    place,
)
from geodigest.reconstruct.turns import Turn, next_turns, turn

_BEAM, _WINDOW = 2, 8.0
"""How many times the table's beam is kept, and how far behind the best reading."""

_UNFILLED = 0.3
_RESUMED, _NEW_ROW = 2.0, 0.2
_OTHER_ROW_NEAR, _OTHER_ROW, _NEAR = 1.0, 4.0, 150
"""A row begins in all columns at one height: cost of another row within so many characters of a title, and beyond."""


class _Reading(NamedTuple):
    hypothesis: Hypothesis
    turn: Turn


class _Ways(NamedTuple):
    """The readings after which a fragment may stand in a column and row, all with the same tail of that column."""

    column: int
    row: int
    tail: Tail
    phase: int
    """The first column's phase, if the ways lead there."""
    readings: list[tuple[float, _Reading, Turn]]
    """Score of a reading less what the turn costs, best first; and whose turn it is then."""


_Step = tuple[float, _Reading, Turn, int, _Ways, Fragment]
"""A reading one fragment longer that has not been made yet (most score too little ever to be): its score, the reading
before, whose turn it is then, the first column's phase, and the ways and the fragment it goes on with."""
_Steps = dict[tuple[object, ...], _Step]


def step(text: str, block: Block, beam: list[Hypothesis], known: Knowledge, index: int, size: int) -> list[Hypothesis]:
    """The hypotheses after a woven paragraph; none where it begins long before a row does."""
    spans = words(text, block)
    starts = range(bisect_left(known.starts, block.start), bisect_left(known.starts, block.end))
    first_row = beam[0].tails[0].row
    rows = range(max(0, first_row - 1), first_row + 2 + len(starts))
    readings = [_Reading(hypothesis._replace(column=0), turn()) for hypothesis in beam]
    # After each number of words, as far as fragments reach: the best score, and the steps that may be kept.
    reached: defaultdict[int, _Steps] = defaultdict(dict)
    highest: defaultdict[int, float] = defaultdict(lambda: -inf)
    for first, beginning in enumerate(fragments(text, spans, rows, known)):
        cost = _row_cost(spans[first].start, rows, starts, known)
        if first:
            steps = _best(reached.pop(first, {}), highest.pop(first, -inf), _BEAM * size)
            readings = [_made(each, known, index) for each in steps]
        if readings:
            _extend(readings, beginning, _Page(known, index, cost), reached, highest, _BEAM * size)
    return [_made(each, known, index).hypothesis for each in _best(reached[len(spans)], -inf, size)]


class _Page(NamedTuple):
    """What is known at a word of a paragraph."""

    known: Knowledge
    first_index: int
    cost: Callable[[int], float]
    """What a row costs so near to or far from the titles in the paragraph."""


def _best(steps: _Steps, highest: float, size: int) -> list[_Step]:
    """The best steps, best first, of those not too far behind."""
    return [each for each in sorted(steps.values(), key=_score, reverse=True)[:size] if each[0] >= highest - _WINDOW]


_score = itemgetter(0)


def _made(each: _Step, known: Knowledge, index: int) -> _Reading:
    score, (before, _), turn_after, phase, (column, row, _, _, _), (last, found, _, _) = each
    made = before.after(score, found, row, column, phase, index + last + 1, known.widths[column])
    return _Reading(made, turn_after)


def _row_cost(at: int, rows: range, starts: range, known: Knowledge) -> Callable[[int], float]:
    """What a row costs at an offset: a row's columns begin with its title, and the row before has ended there."""
    begun = bisect_right(known.starts, at) - 1
    before = after = 0.0
    if begun in starts:
        before = _OTHER_ROW if at - known.starts[begun] > _NEAR else _OTHER_ROW_NEAR
    if begun + 1 in starts:
        after = _OTHER_ROW if known.starts[begun + 1] - at > _NEAR else _OTHER_ROW_NEAR

    def cost(row: int) -> float:
        if row not in rows or row == begun:
            return 0.0
        return before if row < begun else after

    return cost


def _extend(
    readings: Sequence[_Reading],
    beginning: Sequence[Fragment],
    page: _Page,
    reached: defaultdict[int, _Steps],
    highest: defaultdict[int, float],
    size: int,
) -> None:
    """Note the steps that place one more fragment, under the index of the word after it.

    Fragments that look alike at their beginning go on alike from a tail: their ways are worked out once.
    """
    starting = page.known.row_starting(beginning[0].unit.start, beginning[0].unit.end)
    all_ways = _ways(readings, beginning[0].unit.start, starting, page)
    if not all_ways:
        return  # no row has begun
    known_gains: dict[tuple[object, ...], list[float]] = {}
    for fragment in beginning:
        seen = sight(fragment.unit)
        gains = known_gains.get(seen)
        if gains is None:
            gains = known_gains[seen] = [_gain(ways, fragment.unit, starting, page) for ways in all_ways]
        base, topics, end = fragment.base, fragment.topics, fragment.last + 1
        added = [
            gain + base[ways.column] + (topics.get(ways.row, 0.0) if ways.column != TITLE else 0.0)
            for gain, ways in zip(gains, all_ways, strict=True)
        ]
        highest[end] = best = max(
            highest[end], *[gain + ways.readings[0][0] for gain, ways in zip(added, all_ways, strict=True)]
        )
        least, steps = best - _WINDOW, reached[end]
        if len(steps) > 2 * size:
            least = max(least, sorted([each[0] for each in steps.values()])[-size])
        for gain, ways in zip(added, all_ways, strict=True):
            if gain + ways.readings[0][0] >= least:
                _keep(steps, least, gain, ways, fragment, place(page.first_index + end, ways.row, ways.column))


def _keep(steps: _Steps, least: float, gain: float, ways: _Ways, fragment: Fragment, at: int) -> None:
    """Keep what scores at least so much, unless better is known that has read the same last in each column."""
    column, row, tail, before, readings = ways
    in_title = next_phase(TITLE_PHASE if row != tail.row else before, fragment.unit) if column == TITLE else None
    moved = at - tail.place
    for score, reading, now in readings:
        total = score + gain
        if total < least:
            break
        phase = reading[0][3] if in_title is None else in_title
        key = (column, phase, now, reading[0][5] + moved)
        known = steps.get(key)
        if known is None or known[0] < total:
            steps[key] = (total, reading, now, phase, ways, fragment)


def _ways(readings: Sequence[_Reading], start: int, starting: int | None, page: _Page) -> list[_Ways]:
    """The ways to go on at an offset, where a row starts or none."""
    found: dict[tuple[int, Tail, int, int], list[_Ways]] = {}
    near = page.known.rows_open(0, start)
    for reading in readings:
        (score, tails, last, phase, _, _), before = reading
        first_row = tails[0].row
        turns = next_turns(before, last, tuple([tail.is_open for tail in tails]))
        for column, tail, (cost, next_turn, resumes) in zip(COLUMNS, tails, turns, strict=True):
            key = (column, tail, first_row, phase if column == TITLE else TITLE_PHASE)
            listed = found.get(key)
            if listed is None:
                rows = _rows(tail.row, first_row, first_row + near, starting, column)
                listed = found[key] = [_Ways(column, row, tail, key[3], []) for row in rows]
            gone_on = (score - cost, reading, next_turn)
            for ways in listed:
                if resumes and ways.row == tail.row:
                    ways.readings.append((score - cost - _RESUMED, reading, next_turn))
                else:
                    ways.readings.append(gone_on)
    all_ways = [ways for listed in found.values() for ways in listed]
    for ways in all_ways:
        ways.readings.sort(key=_score, reverse=True)
    return all_ways


def _rows(row: int, first_row: int, open_row: int, starting: int | None, column: int) -> range:
    """The rows a fragment may belong to in a column that has come to a row."""
    if starting is not None:
        return range(starting, starting + (column == TITLE))
    if column == TITLE:
        return range(max(row, 0), row + 1)
    return range(row if row >= 0 else max(0, first_row - 1), min(open_row, row + 2) + 1)


def _gain(ways: _Ways, found: Unit, starting: int | None, page: _Page) -> float:
    """How well a fragment goes on from a tail."""
    column, row, tail, phase, _ = ways
    if column == TITLE:
        gain = _in_title(tail, found, row, phase, page.known)
    else:
        gain = in_column(tail, found, row, column, page.known.links) - _NEW_ROW * (row != tail.row)
    if row == tail.row and tail.is_open and not found.number and not found.label:
        gain -= min(3.0, _UNFILLED * max(0, tail.room - found.first_width - 3))
    return gain - (page.cost(row) if column != TITLE or starting is None else 0.0)


def _in_title(tail: Tail, found: Unit, row: int, phase: int, known: Knowledge) -> float:
    """How well a fragment goes on in the first column: Latin title, journal, Chinese title, date, teaser."""
    if row != tail.row:
        return 1.0
    score = -5.0 if found.number else 0.0
    journal = found.has_journal
    if phase == TITLE_PHASE:
        return score + (2.0 if journal else 1.0 if found.is_latin else -4.0)
    if found.has_date:
        return score + (3.0 if phase == JOURNAL_PHASE else -4.0)
    if phase == JOURNAL_PHASE and journal:
        return score + 2.0
    if tail.ending[-1:] in ")）" and tail.ending[-2:-1].isdigit():
        return score
    return score + known.links.score(tail.ending, found.text) - (0.0 if tail.is_open or phase == JOURNAL_PHASE else 3.0)
