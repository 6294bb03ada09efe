"""Chains: the reading order of short stretches that the converter emitted out of order within one column of a page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from operator import itemgetter

from geodigest.reconstruct.evidence import Links
from geodigest.reconstruct.model import Piece
from geodigest.reconstruct.printed import plain, width
from geodigest.reconstruct.tails import Tail, Unit, advance, in_column, unit

_LONGEST_RUN = 24
_NEAR = 260
"""How far apart (characters) two stretches of one run may stand in the seed."""
_BEAM = 40
_DISPLACED = 0.12
_GAIN = 1.5
"""How much better (log-likelihood) another order must be to be believed."""

_State = tuple[float, tuple[int, ...], Tail]
"""Score, units in the order read so far, and the tail after them."""
_score = itemgetter(0)


def in_reading_order(text: str, pieces: Sequence[Piece], column: int, links: Links) -> list[Piece]:
    """The pieces of a cell, runs of single printed lines put in the order in which they read best."""
    runs = _runs(text, pieces)
    if not any(_may_be_displaced(run) for run in runs):
        return list(pieces)
    ordered: list[Piece] = []
    tail = Tail(row=0)
    for run in runs:
        units = [_unit(text, piece) for piece in run]
        if _may_be_displaced(run):
            order = _best_order(units, tail, column, run[0].width or 0, links)
            units = [units[i] for i in order]
            ordered += [run[i] for i in order]
        else:
            ordered += run
        for found in units:
            tail = advance(tail, found, 0, column, 0, run[0].width or 0)
    return ordered


def _may_be_displaced(run: Sequence[Piece]) -> bool:
    return 1 < len(run) <= _LONGEST_RUN


def _runs(text: str, pieces: Sequence[Piece]) -> list[list[Piece]]:
    runs: list[list[Piece]] = [[piece] for piece in pieces[:1]]
    for before, piece in pairwise(pieces):
        near = 0 < piece.start - before.end < _NEAR and "\t" not in text[before.end : piece.start]
        if near and _is_line(text, before) and _is_line(text, piece):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _is_line(text: str, piece: Piece) -> bool:
    return width(plain(text[piece.start : piece.end])) <= (piece.width or 0) + 3


def _unit(text: str, piece: Piece) -> Unit:
    return unit(text, piece.start, piece.end, [plain(text[piece.start : piece.end])])


def _best_order(units: Sequence[Unit], tail: Tail, column: int, column_width: int, links: Links) -> tuple[int, ...]:
    """The order of units that reads best after a tail, or the order given if none is clearly better."""
    given = range(len(units))

    @cache
    def gains(before: Tail) -> list[float]:
        """How well each unit goes on from a tail: few tails differ."""
        return [in_column(before, found, 0, column, links) for found in units]

    def longer(score: float, order: tuple[int, ...], before: Tail, index: int) -> _State:
        return score, (*order, index), advance(before, units[index], 0, column, 0, column_width)

    as_given: _State = (0.0, (), tail)
    for index in given:
        as_given = longer(as_given[0] + gains(as_given[2])[index], *as_given[1:], index)
    beam: list[_State] = [(0.0, (), tail)]
    for place in given:
        displaced = [_DISPLACED * abs(index - place) for index in given]
        found = [
            (score + (gain - cost), order, before, index)
            for score, order, before in beam
            for index, gain, cost in zip(given, gains(before), displaced, strict=True)
            if index not in order
        ]
        found.sort(key=_score, reverse=True)
        beam = [longer(*each) for each in found[:_BEAM]]
    return beam[0][1] if beam[0][0] > as_given[0] + _GAIN else tuple(given)
