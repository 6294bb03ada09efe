"""Turns: how the columns of a woven paragraph follow on each other, printed line after printed line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from geodigest.reconstruct.language import COLUMNS

_OUT_OF_ORDER, _PASSED_OVER, _MOST_PASSED = 1.0, 3.0, 8.0
_ENDED_OPEN, _ENDED = 3.0, 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """Whose turn it is: the columns being printed, the one read longest ago first, and those once passed over.

    `turn` makes equal ones one object: what follows from one is found again by its identity.
    """

    active: tuple[int, ...] = ()
    passed: frozenset[int] = frozenset()
    is_known: bool = False
    """Whether a column has come again: until then columns not yet seen may be on the page all the same."""


turn = lru_cache(maxsize=1 << 14)(Turn)


@lru_cache(maxsize=1 << 14)
def next_turns(now: Turn, last: int, is_open: tuple[bool, ...]) -> list[tuple[float, Turn, bool]]:
    """For each column what it costs that it comes next, whose turn it is then, and whether an ended cell is resumed."""
    return [_next_turn(now, last, is_open, column) for column in COLUMNS]


def _next_turn(now: Turn, last: int, is_open: Sequence[bool], column: int) -> tuple[float, Turn, bool]:
    active, passed = now.active, now.passed
    if column not in active:
        cost = _OUT_OF_ORDER * (column < last)
        return cost, turn((*active, column), passed - {column}, now.is_known), now.is_known
    at = active.index(column)
    cost, waiting = 0.0, []
    for other in active[:at]:
        if other in passed:
            cost += _ENDED_OPEN if is_open[other - 1] else _ENDED
        else:
            cost += _PASSED_OVER
            waiting.append(other)
    following = turn((*waiting, *active[at + 1 :], column), (passed | set(waiting)) - {column}, True)
    return min(_MOST_PASSED, cost), following, False
