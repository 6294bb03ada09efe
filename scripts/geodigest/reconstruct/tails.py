"""Tails: how far each column has been read, and how well a further stretch goes on from there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from geodigest.reconstruct import labels, weights
from geodigest.reconstruct.evidence import Links, fit
from geodigest.reconstruct.printed import (
    Number,
    ends_sentence,
    first_unit_width,
    label,
    number,
    open_brackets,
    plain,
    width,
)
from geodigest.reconstruct.rows import DATE, JOURNAL

TITLE_PHASE, JOURNAL_PHASE, DATED_PHASE = range(3)
_MOST_UNFILLED = 9
"""Free half-width units at a line's end beyond which more say nothing more."""


@dataclass(frozen=True, slots=True, eq=False)
class Tail:
    """The end of what has been read of a column: its row, the last stretch, and the state of its outline.

    `advance` makes equal tails one object, so that what is worked out about one is found again by its identity.
    """

    row: int = -1
    unit: int = -1
    ending: str = ""
    top: int = 0
    sub: int = 0
    rank: int = -1
    brackets: int = 0
    room: int = 0
    is_open: bool = False
    """Whether the column's text may go on in mid-sentence."""
    place: int = 0
    """Column, row and stretch in one number: tails of one place count as one reading."""


def place(index: int, row: int, column: int) -> int:
    """The place of a tail: its row and last stretch. The sum of six columns' places tells them all."""
    return (index << 20) + row + 1 << 64 * (column - 1)


_tail = lru_cache(maxsize=1 << 16)(Tail)


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A stretch of text that stands in one column, with what matters of how it begins and ends."""

    start: int
    end: int
    text: str
    items: tuple[tuple[Number | None, int | None], ...]
    """Its number and rank, and those of its lines that have one: what moves an outline on."""
    number: Number | None
    label: str | None
    label_column: int | None
    first_width: int
    last_width: int
    brackets: int
    is_latin: bool
    has_journal: bool
    has_date: bool
    after: dict[tuple[Tail, int, int, int], Tail] = field(default_factory=dict, repr=False)
    """The tails that `advance` found to follow, by the tail before, row, column and index: most are asked for again."""


def unit(text: str, start: int, end: int, lines: list[str]) -> Unit:
    """The unit of a raw stretch whose printed lines (plain) are given."""
    shown = plain(text[start:end])
    numbered, named = number(shown), label(shown)
    items = [(numbered, named), *((number(line), label(line)) for line in lines[1:])]
    return Unit(
        start,
        end,
        shown,
        tuple((item, labels.summary_rank(name) if name else None) for item, name in items if item or name),
        numbered,
        named,
        labels.column_of(named) if named else None,
        first_unit_width(shown),
        width(lines[-1]) if lines else 0,
        open_brackets(shown),
        shown.isascii(),
        JOURNAL.search(shown) is not None,
        DATE.search(shown) is not None,
    )


def next_phase(phase: int, found: Unit) -> int:
    """The phase of the first column after a unit: in the title, past the journal, or past the date."""
    if found.has_date:
        return DATED_PHASE
    return JOURNAL_PHASE if phase == TITLE_PHASE and found.has_journal else phase


def in_first_column(tail: Tail, found: Unit, row: int, phase: int, follows: bool, links: Links) -> float:
    """How well a unit goes on in the first column (title, journal, Chinese title, date, teaser).

    `follows` says that the stretch read last stood in the first column, too.
    """
    text, score = found.text, weights.FIRST_COLUMN
    if row != tail.row:
        phase = TITLE_PHASE
    journal, dated = found.has_journal, found.has_date
    if found.number:
        score += weights.NUMBERED_FIRST
    if found.label:
        score += weights.LABELLED_FIRST
    if phase == TITLE_PHASE and not journal and not found.is_latin:
        score += weights.CHINESE_IN_TITLE
    if phase != DATED_PHASE and journal:
        score += weights.JOURNAL_DUE if phase == TITLE_PHASE else weights.JOURNAL_AGAIN
    if dated:
        score += weights.DATE_DUE if phase == JOURNAL_PHASE or journal else weights.DATE_NOT_DUE
    elif row == tail.row and not (phase == TITLE_PHASE and found.is_latin):
        if phase == JOURNAL_PHASE:
            score += weights.CHINESE_TITLE_FOLLOWS if follows else weights.CHINESE_TITLE
        elif phase == DATED_PHASE and follows and tail.ending[-1:] in ")）" and tail.ending[:-1].isdigit():
            score += weights.TEASER_AFTER_DATE
        elif follows and tail.is_open:
            score += weights.FIRST_GOES_ON
        seam = weights.LINK_FIRST_COLUMN * links.score(tail.ending, text)
        score += seam if tail.is_open else weights.FIRST_WAS_CLOSED
    elif row == tail.row:
        score += weights.TITLE_GOES_ON
    return score


def in_column(tail: Tail, found: Unit, row: int, column: int, links: Links) -> float:
    """How well a unit goes on in one of the columns after the first, in the tail's row or a new one."""
    new = row != tail.row
    score = 0.0
    broken = not new and tail.is_open
    after_comma = broken and (tail.brackets > 0 or tail.ending[-1:] in ",，、(（")
    if found.number and column != labels.SUMMARY:
        score += _number_score(tail, found.number, new)
        score += weights.NUMBER_IN_SENTENCE * broken + weights.ITEM_AFTER_COMMA * after_comma
        score += weights.NUMBER_IN_QUESTION * (column == labels.QUESTION)
    elif found.number:
        score += weights.NUMBER_IN_SUMMARY
    elif found.label_column:
        score += _label_score(found, column)
        if column == labels.SUMMARY:
            score += _rank_score(tail, labels.summary_rank(found.label or ""), new)
        score += weights.ITEM_AFTER_COMMA * after_comma
    elif new:
        if column == labels.QUESTION and (tail.row < 0 or not tail.is_open):
            score += weights.QUESTION_BEGINS
        else:
            score += weights.TEXT_BEGINS + weights.UNNUMBERED_BEGINS * (column in (labels.DATA, labels.METHODS))
    elif found.label:
        score += weights.LABEL_UNKNOWN
    else:
        score += _sentence_score(tail, found, links)
    if not found.number and not new:
        if tail.brackets + found.brackets < 0:
            score += weights.BRACKET_NEVER_OPENED
        elif tail.brackets > 0 > found.brackets:
            score += weights.BRACKET_CLOSED
    return score


def _label_score(found: Unit, column: int) -> float:
    if found.label_column != column:
        return weights.LABEL_OF_OTHER
    return weights.LABEL_OF_COLUMN + weights.LABEL_LISTED * labels.is_listed(found.label or "")


def _sentence_score(tail: Tail, found: Unit, links: Links) -> float:
    if not tail.is_open:
        return weights.NO_OPEN_SENTENCE
    if tail.ending[-1:] in ":：∶":
        return weights.TEXT_AFTER_COLON
    unfilled = min(_MOST_UNFILLED, tail.room - found.first_width)
    seam = weights.LINK * links.score(tail.ending, found.text)
    return seam + (weights.UNFILLED_LINE * unfilled if unfilled > 1 else 0.0)


def _number_score(tail: Tail, found: Number, new: bool) -> float:
    top, sub = (0, 0) if new else (tail.top, tail.sub)
    if found.series == "top":
        if found.value == top + 1:
            return weights.TOP_NEXT if top else (weights.TOP_BEGINS_ROW if new else weights.TOP_BEGINS)
        out_of_order = weights.TOP_AHEAD if found.value > top else weights.TOP_AGAIN
        return weights.TOP_FROM_ONE if found.value == 1 else out_of_order
    if found.series != "sub":
        return 0.0
    if found.value == sub + 1:
        return weights.SUB_NEXT if sub else (weights.SUB_BEGINS if tail.ending else weights.SUB_BEGINS_CELL)
    if found.value == 1:
        return weights.SUB_FROM_ONE_AFTER_COLON if tail.ending[-1:] in ":：∶" else weights.SUB_FROM_ONE
    return weights.SUB_OUT_OF_ORDER if sub else weights.SUB_WITHOUT_ONE


def _rank_score(tail: Tail, rank: int | None, new: bool) -> float:
    if rank is None:
        return 0.0
    if new:
        return weights.RANK_BEGINS_ROW if rank == 0 else weights.RANK_LATE_IN_ROW
    if rank == tail.rank + 1:
        return weights.RANK_NEXT
    return weights.RANK_LATER if rank > tail.rank else weights.RANK_BACK


def advance(tail: Tail, found: Unit, row: int, column: int, index: int, column_width: int) -> Tail:
    """The tail of a column after a unit was read; the column's width is the same whenever a unit is read."""
    key = (tail, row, column, index)
    moved = found.after.get(key)
    if moved is None:
        moved = found.after[key] = _advance(tail, found, row, column, index, column_width)
    return moved


def _advance(tail: Tail, found: Unit, row: int, column: int, index: int, column_width: int) -> Tail:
    top, sub, rank, brackets = (0, 0, -1, 0) if row != tail.row else (tail.top, tail.sub, tail.rank, tail.brackets)
    for numbered, ranked in found.items:
        if numbered and numbered.series == "top":
            top, sub = numbered.value, 0
        elif numbered and numbered.series == "sub":
            sub = numbered.value
        elif column == labels.SUMMARY and ranked is not None:
            rank = ranked
    brackets = max(0, found.brackets if found.number else min(2, brackets + found.brackets))
    last_width = found.last_width if found.last_width <= column_width else fit(found.text, column_width, 0).last_width
    room = max(0, column_width - last_width)
    ending = found.text[-3:] if len(found.text) > 2 else (tail.ending + found.text)[-3:]
    is_open = row >= 0 and not ends_sentence(ending)
    return _tail(row, index, ending, top, sub, rank, brackets, room, is_open, place(index, row, column))
