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
from geodigest.reconstruct.search import Hypothesis, Knowledge, Placement
from geodigest.reconstruct.tails import Unit, advance, in_column, in_first_column, next_phase, unit

_WEIGHT = 0.2
"""Weight of how well cells go on: their columns are given, only rows are in question."""


class _Cell(NamedTuple):
    column: int
    unit: Unit


def step(text: str, block: Block, beam: list[Hypothesis], known: Knowledge, index: int) -> list[Hypothesis]:
    """The hypotheses after a table."""
    columns = table_columns(text, block, known)
    lines = [_cells(text, line, columns) for line in block.lines]
    return [_read(hypothesis, lines, known, index) for hypothesis in beam]


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
    scores = [[0.0] * 7 for _ in range(count)]
    for line in block.lines:
        for place, span in enumerate(line):
            shown = plain(text[span.start : span.end])
            if shown:
                language = known.language.scores(span.start, shown)
                for column in COLUMNS:
                    over = max(0, width(shown) - known.widths[column] - 1)
                    scores[place][column] += 1.0 + language[column] - 0.2 * min(over, 10)
    if count > len(COLUMNS):
        kept = combinations(range(count), len(COLUMNS))
        choices = [
            tuple(places.index(place) + 1 if place in places else 0 for place in range(count)) for places in kept
        ]
    else:
        choices = list(combinations(COLUMNS, count))
    return max(choices, key=lambda choice: sum(scores[place][column] for place, column in enumerate(choice)))


def _starts_row(cells: Sequence[_Cell]) -> bool:
    """Whether at least two columns besides the first begin anew on a printed line."""
    starts = 0
    for column, found in cells:
        if column in (labels.DATA, labels.METHODS, labels.CONCLUSIONS):
            starts += number(found.text) == ("top", 1)
        elif column == labels.SUMMARY:
            starts += labels.summary_rank(label(found.text) or found.text[:8]) == 0
    return starts >= 2


def _read(hypothesis: Hypothesis, lines: Sequence[Sequence[_Cell]], known: Knowledge, index: int) -> Hypothesis:
    score, tails, phase, chain = hypothesis.score, list(hypothesis.tails), hypothesis.phase, hypothesis.chain
    begun = max(tails[0].row, 0)  # a row begins in all columns at one height: here the rows before it have ended
    for cells in lines:
        starting = next(
            (row for _, found in cells if (row := known.row_starting(found.start, found.end)) is not None), None
        )
        together = starting is not None and _starts_row(cells)
        for column, found in cells:
            tail = tails[column - 1]
            row = max(tail.row, begun)
            if starting is not None and (together or column == 1):
                row = starting
            elif column != 1 and tail.row < tails[0].row and _begins_again(column, found, tail.top, tail.rank):
                row = tails[0].row
            if column == 1:
                gain = in_first_column(tail, found, row, phase, True, known.links)
                phase = next_phase(0 if row != tail.row else phase, found)
            else:
                gain = in_column(tail, found, row, column, known.links)
            score += _WEIGHT * gain
            tails[column - 1] = advance(tail, found, row, column, index, known.widths[column])
            chain = ((Placement(found.start, found.end, found.text, column, row),), chain)
    return Hypothesis(score, tuple(tails), 6, phase, chain)


def _begins_again(column: int, found: Unit, top: int, rank: int) -> bool:
    if column == labels.SUMMARY:
        return labels.summary_rank(found.label or found.text[:8]) == 0 and rank >= 0
    return found.number == ("top", 1) and top > 0
