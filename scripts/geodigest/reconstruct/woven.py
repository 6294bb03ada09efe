"""Woven paragraphs: printed lines of several columns run together, fragment after fragment, line after line.

A fragment is what one column had on one printed line. The columns take turns: on each printed line every column whose
cell has not ended has a fragment, though not always from left to right, for the lines of neighbouring columns need not
stand at quite the same height. A fragment that its column's sentence runs on from fills the column's width.

All ways to cut the paragraph's words into fragments and to place these are searched, word by word, by beam search.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from geodigest.reconstruct.blocks import Block, words
from geodigest.reconstruct.language import COLUMNS
from geodigest.reconstruct.labels import TITLE
from geodigest.reconstruct.model import Span
from geodigest.reconstruct.printed import ends_sentence, is_bare_number, plain, width
from geodigest.reconstruct.search import Hypothesis, Knowledge, Placement
from geodigest.reconstruct.tails import JOURNAL_PHASE, TITLE_PHASE, Tail, Unit, advance, in_column, next_phase, unit

_MOST_WORDS = 14
_LONGEST_WORD = 34
"""A fragment wider than its column is one long word; a wider one (half-width units) is none."""
_SEAM = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\s+(?=[\u4e00-\u9fff])|[。;；]\s|\s\d{1,2}[.)]\s")
_BEAM, _WINDOW = 2, 8.0
"""How many times the table's beam is kept, and how far behind the best reading."""

_FRAGMENT, _SEAM_INSIDE, _BARE_NUMBER = 0.55, 3.5, 4.0
_FULL, _NEARLY_FULL, _SHORT, _TOO_WIDE, _UNFILLED = 0.9, 0.3, 0.4, 0.7, 0.3
_OUT_OF_ORDER, _PASSED_OVER, _MOST_PASSED = 1.0, 3.0, 8.0
_ENDED_OPEN, _ENDED, _RESUMED, _NEW_ROW = 3.0, 1.0, 2.0, 0.2
_OTHER_ROW_NEAR, _OTHER_ROW, _NEAR = 1.0, 4.0, 150
"""A row begins in all columns at one height: cost of another row within so many characters of a title, and beyond."""


class _Turn(NamedTuple):
    """Whose turn it is: the columns being printed, the one read longest ago first, and those once passed over."""

    active: tuple[int, ...] = ()
    passed: frozenset[int] = frozenset()
    is_known: bool = False
    """Whether a column has come again: until then columns not yet seen may be on the page all the same."""


class _Reading(NamedTuple):
    hypothesis: Hypothesis
    turn: _Turn


_Readings = dict[tuple[object, ...], _Reading]


@dataclass(frozen=True, slots=True)
class _Fragment:
    """Words that one column may have had on one printed line."""

    last: int
    """Index of the last word."""
    unit: Unit
    base: tuple[float, ...]
    """What language and seams say of it, for each column (index 1 to 6)."""
    starting: int | None
    """The row whose title begins with it."""
    topics: Mapping[int, float]
    rows: Mapping[int, float]
    """What each row costs so near to or far from the titles in the paragraph."""
    gains: dict[tuple[int, int, Tail, int], tuple[float, Tail]]
    """What placing it in a column and row after a tail was found to be worth, and the tail that follows."""


def step(text: str, block: Block, beam: list[Hypothesis], known: Knowledge, index: int, size: int) -> list[Hypothesis]:
    """The hypotheses after a woven paragraph."""
    spans = words(text, block)
    starts = range(bisect_left(known.starts, block.start), bisect_left(known.starts, block.end))
    first_row = beam[0].tails[0].row
    rows = range(max(0, first_row - 1), first_row + 2 + len(starts))
    reached: list[_Readings] = [{} for _ in range(len(spans) + 1)]
    least = [-inf] * (len(spans) + 1)
    for hypothesis in beam:
        _keep(reached[0], _Reading(hypothesis._replace(column=0), _Turn()))
    for first in range(len(spans)):
        readings = _best(reached[first], _BEAM * size)
        reached[first] = {}
        if readings:
            least[first] = readings[0].hypothesis.score - _WINDOW
            costs = _row_costs(spans[first].start, rows, starts, known)
            fragments = list(_fragments(text, spans, first, known, costs))
            for reading in readings:
                if reading.hypothesis.score >= least[first]:
                    for last, longer in _longer(reading, fragments, known, index, least):
                        _keep(reached[last + 1], longer)
    return [reading.hypothesis for reading in _best(reached[-1], size)]


def _keep(readings: _Readings, reading: _Reading) -> None:
    found = reading.hypothesis
    key = (found.column, found.phase, reading.turn, *[tail.place for tail in found.tails])
    known = readings.get(key)
    if known is None or known.hypothesis.score < found.score:
        readings[key] = reading


def _best(readings: _Readings, size: int) -> list[_Reading]:
    return sorted(readings.values(), key=lambda one: -one.hypothesis.score)[:size]


def _row_costs(at: int, rows: range, starts: range, known: Knowledge) -> dict[int, float]:
    """What each row costs at an offset: a row's columns begin with its title, and the row before has ended there."""
    costs = dict.fromkeys(rows, 0.0)
    begun = bisect_right(known.starts, at) - 1
    for row in rows:
        if row < begun and begun in starts:
            costs[row] = _OTHER_ROW if at - known.starts[begun] > _NEAR else _OTHER_ROW_NEAR
        elif row > begun and begun + 1 in starts:
            costs[row] = _OTHER_ROW if known.starts[begun + 1] - at > _NEAR else _OTHER_ROW_NEAR
    return costs


def _fragments(
    text: str, spans: tuple[Span, ...], first: int, known: Knowledge, costs: Mapping[int, float]
) -> Iterator[_Fragment]:
    """Fragments that begin with a word."""
    widest = max(known.widths.values()) + 3
    for last in range(first, min(len(spans), first + _MOST_WORDS)):
        start, end = spans[first].start, spans[last].end
        shown = plain(text[start:end])
        if last > first and (width(shown) > widest or known.row_starting(spans[first].end, end) is not None):
            break
        cost = _FRAGMENT + _SEAM_INSIDE * len(_SEAM.findall(shown))
        if last + 1 < len(spans) and is_bare_number(plain(text[spans[last].start : end])):
            cost += _BARE_NUMBER
        yield _Fragment(
            last,
            unit(text, start, end, [shown]),
            tuple(score - cost for score in known.language.scores(start, shown)),
            known.row_starting(start, end),
            known.topics.scores(start, shown, tuple(costs)) if known.topics else {},
            costs,
            {},
        )


def _longer(
    reading: _Reading, fragments: list[_Fragment], known: Knowledge, index: int, least: list[float]
) -> Iterator[tuple[int, _Reading]]:
    """The readings that place one more fragment, with the index of its last word.

    `least` is the score, after each number of words, under which a reading is not worth keeping; it is raised here.
    """
    before = reading.hypothesis
    turns = [_next_turn(reading, column) for column in COLUMNS]
    for fragment in fragments:
        found = fragment.unit
        for column, (cost, turn, resumes) in zip(COLUMNS, turns, strict=True):
            tail = before.tails[column - 1]
            room = known.widths[column] + 1 - found.last_width
            if room < -2 and found.last_width <= _LONGEST_WORD:
                continue
            score = before.score + fragment.base[column] - cost + _fill(found, room)
            for row in _rows(before, fragment, column, known):
                gain, moved = _gain(before, fragment, row, column, known, index)
                total = score + gain - _RESUMED * (resumes and row == tail.row)
                if total < least[fragment.last + 1]:
                    continue
                least[fragment.last + 1] = max(least[fragment.last + 1], total - _WINDOW)
                phase = before.phase
                if column == TITLE:
                    phase = next_phase(TITLE_PHASE if row != tail.row else phase, found)
                tails = (*before.tails[: column - 1], moved, *before.tails[column:])
                placed = ((Placement(found.start, found.end, found.text, column, row),), before.chain)
                yield fragment.last, _Reading(Hypothesis(total, tails, column, phase, placed), turn)


def _next_turn(reading: _Reading, column: int) -> tuple[float, _Turn, bool]:
    """What it costs that a column comes next, whose turn it is then, and whether a cell that had ended is resumed."""
    hypothesis, (active, passed, is_known) = reading
    if column not in active:
        cost = _OUT_OF_ORDER * (column < hypothesis.column)
        return cost, _Turn((*active, column), passed - {column}, is_known), is_known
    place = active.index(column)
    cost, waiting = 0.0, []
    for other in active[:place]:
        if other in passed:
            cost += _ENDED_OPEN if hypothesis.tails[other - 1].is_open else _ENDED
        else:
            cost += _PASSED_OVER
            waiting.append(other)
    turn = _Turn((*waiting, *active[place + 1 :], column), (passed | set(waiting)) - {column}, True)
    return min(_MOST_PASSED, cost), turn, False


def _fill(found: Unit, room: int) -> float:
    """How well a fragment fills its column."""
    if room < 0:
        return -_TOO_WIDE
    if room <= 4:
        return _FULL
    if room <= 7:
        return _NEARLY_FULL
    return 0.0 if ends_sentence(found.text) else -_SHORT


def _rows(before: Hypothesis, fragment: _Fragment, column: int, known: Knowledge) -> range:
    """The rows a fragment may belong to in a column."""
    row = before.tails[column - 1].row
    if fragment.starting is not None:
        return range(fragment.starting, fragment.starting + (column == TITLE))
    if column == TITLE:
        return range(max(row, 0), row + 1)
    low = row if row >= 0 else max(0, before.tails[0].row - 1)
    return range(low, min(known.rows_open(before.tails[0].row, fragment.unit.start), row + 2) + 1)


def _gain(
    before: Hypothesis, fragment: _Fragment, row: int, column: int, known: Knowledge, index: int
) -> tuple[float, Tail]:
    tail, found = before.tails[column - 1], fragment.unit
    key = (column, row, tail, before.phase if column == TITLE else TITLE_PHASE)
    if key not in fragment.gains:
        if column == TITLE:
            gain = _in_title(tail, found, row, before.phase, known)
        else:
            gain = in_column(tail, found, row, column, known.links) + fragment.topics.get(row, 0.0)
            gain -= _NEW_ROW * (row != tail.row)
        if row == tail.row and tail.is_open and not found.number and not found.label:
            gain -= min(3.0, _UNFILLED * max(0, tail.room - found.first_width - 3))
        gain -= fragment.rows.get(row, 0.0) if column != TITLE or fragment.starting is None else 0.0
        moved = advance(tail, found, row, column, index + fragment.last + 1, known.widths[column])
        fragment.gains[key] = gain, moved
    return fragment.gains[key]


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
