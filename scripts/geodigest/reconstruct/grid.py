"""Grid pages: tables whose lines hold the cells of one printed line, read downwards."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from geodigest.reconstruct import labels
from geodigest.reconstruct.blocks import Block
from geodigest.reconstruct.language import COLUMNS
from geodigest.reconstruct.model import Span
from geodigest.reconstruct.printed import label, number, plain, width
from geodigest.reconstruct.search import Hypothesis, Knowledge
from geodigest.reconstruct.tails import Tail, Unit, advance, in_column, in_first_column, next_phase, unit

_WEIGHT = 0.2
"""Weight of how well cells go on: their columns are given, only rows are in question."""


class _Cell(NamedTuple):
    column: int
    unit: Unit


class _Column(NamedTuple):
    """A column of a table, read."""

    score: float
    tail: Tail
    placed: Sequence[tuple[Unit, int, int]]
    """Its units with their column and row."""


def step(text: str, block: Block, beam: list[Hypothesis], known: Knowledge, index: int) -> list[Hypothesis]:
    """The hypotheses after a table."""
    columns = table_columns(text, block, known)
    lines = [_cells(text, line, columns) for line in block.lines]
    return _Reader(lines, known, index).after(beam)


def _cells(text: str, line: Sequence[Span], columns: Sequence[int]) -> list[_Cell]:
    cells = []
    for span, column in zip(line, columns, strict=False):
        shown = plain(text[span.start : span.end])
        if shown and column:
            cells.append(_Cell(column, unit(text, span.start, span.end, [shown])))
    return cells


def table_columns(text: str, block: Block, known: Knowledge) -> tuple[int, ...]:
    """The column (1 to 6) of each cell of a table's lines, or 0 for a cell that is none.

    A table of fewer than six cells lacks the columns that had nothing on the page; in one of more, some cells hold a
    second reading of the page. Of all ways to match them in order the likeliest is taken.
    """
    count = max(len(line) for line in block.lines)
    if count == len(COLUMNS):
        return tuple(COLUMNS)
    cells = [
        (place, span.start, shown)
        for line in block.lines
        for place, span in enumerate(line)
        if (shown := plain(text[span.start : span.end]))
    ]
    spoken = known.language.all_scores([(start, shown) for _, start, shown in cells])
    scores = [[0.0] * 7 for _ in range(count)]
    for (place, _, shown), language in zip(cells, spoken, strict=True):
        for column in COLUMNS:
            over = max(0, width(shown) - known.widths[column] - 1)
            scores[place][column] += 1.0 + language[column] - 0.2 * min(over, 10)
    if count > len(COLUMNS):
        return likeliest(scores)
    choices = combinations(COLUMNS, count)
    return max(choices, key=lambda choice: sum(scores[place][column] for place, column in enumerate(choice)))


def likeliest(scores: Sequence[Sequence[float]]) -> tuple[int, ...]:
    """The column of each of more than six cells, or 0: the six that score best in order.

    The best cells for the first columns are carried from cell to cell: to try all choices would take too long.
    """
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for place, each in enumerate(scores):
        longer = [(score + each[len(kept) + 1], (*kept, place)) for score, kept in best[: len(COLUMNS)]]
        for score, kept in longer:
            if len(kept) == len(best):
                best.append((score, kept))
            elif score > best[len(kept)][0]:
                best[len(kept)] = (score, kept)
    kept = best[-1][1]
    return tuple(kept.index(place) + 1 if place in kept else 0 for place in range(len(scores)))


def _starts_row(cells: Sequence[_Cell]) -> bool:
    """Whether at least two columns besides the first begin anew on a printed line."""
    starts = 0
    for column, found in cells:
        if column in (labels.DATA, labels.METHODS, labels.CONCLUSIONS):
            starts += number(found.text) == ("top", 1)
        elif column == labels.SUMMARY:
            starts += labels.summary_rank(label(found.text) or found.text[:8]) == 0
    return starts >= 2


class _Reader:
    """Reads a table down its columns, each by itself: all that one is told of another is the row of the first."""

    def __init__(self, lines: Sequence[Sequence[_Cell]], known: Knowledge, index: int) -> None:
        self._known, self._index = known, index
        self._gone_on: dict[tuple[Unit, Tail, int], tuple[float, Tail]] = {}
        self._columns: list[list[tuple[int, Unit]]] = [[] for _ in COLUMNS]
        self._starting: list[int | None] = []
        self._together: list[bool] = []
        for place, cells in enumerate(lines):
            rows = (known.row_starting(found.start, found.end) for _, found in cells)
            starting = next((row for row in rows if row is not None), None)
            self._starting.append(starting)
            self._together.append(starting is not None and _starts_row(cells))
            for column, found in cells:
                self._columns[column - 1].append((place, found))

    def after(self, beam: list[Hypothesis]) -> list[Hypothesis]:
        """The hypotheses after the table."""
        first: dict[tuple[Tail, int], tuple[_Column, int, list[int]]] = {}
        others: dict[tuple[int, Tail, int], _Column] = {}
        read: dict[tuple[int, tuple[Tail, ...]], Hypothesis] = {}
        for score, tails, _, phase, before, _ in beam:
            if (tails[0], phase) not in first:
                first[tails[0], phase] = self._first(tails[0], phase)
            column_read, phase_after, first_rows = first[tails[0], phase]
            done = [column_read]
            for column in COLUMNS[1:]:
                key = (column, tails[column - 1], tails[0].row)
                if key not in others:
                    others[key] = self._other(column, tails[column - 1], max(tails[0].row, 0), first_rows)
                done.append(others[key])
            total, chain = score + sum(each.score for each in done), before
            for each in done:
                chain = (each.placed, chain)
            places = sum(each.tail.place for each in done)
            one = Hypothesis(total, tuple([each.tail for each in done]), 6, phase_after, chain, places)
            known = read.setdefault((phase_after, one.tails), one)
            if known.score < total:
                # In the place of the one it betters: equal scores are told apart by their order.
                read[phase_after, one.tails] = one
        return list(read.values())

    def _first(self, tail: Tail, phase: int) -> tuple[_Column, int, list[int]]:
        """The first column, its phase after the table, and its row after each line."""
        begun = max(tail.row, 0)  # a row begins in all columns at one height: here the rows before it have ended
        score = 0.0
        placed: list[tuple[Unit, int, int]] = []
        rows: list[int] = []
        for place, found in self._columns[0]:
            starting = self._starting[place]
            rows += [tail.row] * (place - len(rows))
            row = max(tail.row, begun) if starting is None else starting
            score += _WEIGHT * in_first_column(tail, found, row, phase, True, self._known.links)
            phase = next_phase(0 if row != tail.row else phase, found)
            tail = advance(tail, found, row, 1, self._index, self._known.widths[1])
            placed.append((found, 1, row))
        rows += [tail.row] * (len(self._starting) - len(rows))
        return _Column(score, tail, placed), phase, rows

    def _other(self, column: int, tail: Tail, begun: int, first_rows: Sequence[int]) -> _Column:
        score = 0.0
        placed: list[tuple[Unit, int, int]] = []
        for place, found in self._columns[column - 1]:
            row, starting = max(tail.row, begun), self._starting[place]
            if starting is not None and self._together[place]:
                row = starting
            elif tail.row < first_rows[place] and _begins_again(column, found, tail.top, tail.rank):
                row = first_rows[place]
            gain, tail = self._going_on(tail, found, row, column)
            score += gain
            placed.append((found, column, row))
        return _Column(score, tail, placed)

    def _going_on(self, tail: Tail, found: Unit, row: int, column: int) -> tuple[float, Tail]:
        """What a cell scores after a tail, and the tail after it: columns read from different tails soon have one."""
        gone_on = self._gone_on.get((found, tail, row))
        if gone_on is None:
            gain = _WEIGHT * in_column(tail, found, row, column, self._known.links)
            moved = advance(tail, found, row, column, self._index, self._known.widths[column])
            gone_on = self._gone_on[found, tail, row] = gain, moved
        return gone_on


def _begins_again(column: int, found: Unit, top: int, rank: int) -> bool:
    if column == labels.SUMMARY:
        return labels.summary_rank(found.label or found.text[:8]) == 0 and rank >= 0
    return found.number == ("top", 1) and top > 0
