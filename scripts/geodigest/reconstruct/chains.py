"""Chains: the reading order of short stretches that the converter emitted out of order within one column of a page."""

from __future__ import annotations

from collections.abc import Sequence
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


def in_reading_order(text: str, pieces: Sequence[Piece], column: int, links: Links) -> list[Piece]:
    """The pieces of a cell, runs of single printed lines put in the order in which they read best."""
    ordered: list[Piece] = []
    tail = Tail(row=0)
    for run in _runs(text, pieces):
        units = [_unit(text, piece) for piece in run]
        if 1 < len(run) <= _LONGEST_RUN:
            order = _best_order(units, tail, column, run[0].width or 0, links)
            units = [units[i] for i in order]
            ordered += [run[i] for i in order]
        else:
            ordered += run
        for found in units:
            tail = advance(tail, found, 0, column, 0, run[0].width or 0)
    return ordered


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
    # How well a unit goes on depends on the tail alone, and few tails differ.
    gains: dict[tuple[Tail, int], tuple[float, Tail]] = {}

    def longer(state: _State, index: int) -> tuple[float, _State, int, Tail]:
        score, order, before = state
        found = gains.get((before, index))
        if found is None:
            moved = advance(before, units[index], 0, column, 0, column_width)
            found = gains[before, index] = in_column(before, units[index], 0, column, links), moved
        return score + (found[0] - _DISPLACED * abs(index - len(order))), state, index, found[1]

    def made(score: float, state: _State, index: int, moved: Tail) -> _State:
        return score, (*state[1], index), moved

    as_given: _State = (0.0, (), tail)
    for index in given:
        as_given = made(*longer(as_given, index))
    beam: list[_State] = [(0.0, (), tail)]
    for _ in given:
        found = [longer(state, index) for state in beam for index in given if index not in state[1]]
        found.sort(key=itemgetter(0), reverse=True)
        beam = [made(*each) for each in found[:_BEAM]]
    return beam[0][1] if beam[0][0] > as_given[0] + _GAIN else tuple(given)
