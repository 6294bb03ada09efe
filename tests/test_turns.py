"""Turns: what it costs that a column comes next, and who is waited for then."""

import pytest

from geodigest.reconstruct.turns import Turn, next_turns, turn

ALL_ENDED = (False,) * 6
IN_TURN = turn((1, 2, 3, 4), frozenset(), True)


@pytest.fixture(autouse=True)
def _nothing_is_known() -> None:
    """What follows is worked out in each test, not taken from what an earlier one has left."""
    next_turns.cache_clear()


def _next(now: Turn, column: int, is_open: tuple[bool, ...] = ALL_ENDED, last: int = 4) -> tuple[float, Turn, bool]:
    return next_turns(now, last, is_open)[column - 1]


def test_columns_come_from_left_to_right_the_first_time() -> None:
    costs = [cost for cost, _, _ in next_turns(Turn(), 3, ALL_ENDED)]
    assert costs[:2] == [1, 1]
    assert not any(costs[2:])
    assert _next(turn((1,), frozenset(), False), 2, last=1) == (0, turn((1, 2), frozenset(), False), False)


def test_the_column_that_waited_longest_costs_nothing() -> None:
    assert _next(IN_TURN, 1) == (0, turn((2, 3, 4, 1), frozenset(), True), False)


def test_a_column_that_came_again_makes_the_columns_known() -> None:
    assert _next(turn((1, 2)), 1)[1].is_known
    assert _next(IN_TURN, 5) == (0, turn((1, 2, 3, 4, 5), frozenset(), True), True)


def test_who_is_passed_over_once_waits_and_twice_has_ended() -> None:
    cost, then, _ = _next(IN_TURN, 2)
    assert (cost, then) == (3, turn((1, 3, 4, 2), frozenset({1}), True))
    assert _next(then, 3) == (1, turn((4, 2, 3), frozenset({1}), True), False)
    assert _next(then, 3, is_open=(True, *ALL_ENDED[1:]))[0] == 3
    assert _next(turn((1, 3, 4, 2), frozenset({1, 3}), True), 4)[0] == 2
    assert _next(then, 4)[:2] == (4, turn((3, 2, 4), frozenset({1, 3}), True))


def test_who_comes_is_passed_over_no_more() -> None:
    then = _next(IN_TURN, 2)[1]
    assert _next(then, 1)[1] == turn((3, 4, 2, 1), frozenset(), True)
    ended = _next(then, 3)[1]
    assert _next(ended, 1, last=3) == (1, turn((4, 2, 3, 1), frozenset(), True), True)


@pytest.mark.parametrize(("column", "cost"), [(2, 3), (3, 6), (4, 8)])
def test_passing_over_many_costs_no_more_than_eight(column: int, cost: int) -> None:
    assert _next(IN_TURN, column)[0] == cost
