"""Decisions: stretches moved to where a reader put them, and nothing else changed."""

from itertools import chain

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from geodigest.reconstruct.decisions import Decision, DecisionError, apply
from geodigest.reconstruct.model import Aside, Piece

CELLS = {
    (1, "methods"): (Piece(0, 10, "rule", 30), Piece(20, 30, "rule", 30)),
    (1, "summary"): (Piece(10, 20, "rule", 24),),
}


def _decision(start: int, end: int, facet: str, after: int | None, position: int | None = 1) -> Decision:
    return Decision(start, end, "", position, facet, after, "a reader says so", f"decisions.csv:{start}")


def _places(decisions: list[Decision]) -> dict[str, list[tuple[int, int, str]]]:
    cells, _ = apply(CELLS, decisions, {"methods": 30, "summary": 24})
    return {facet: [(one.start, one.end, one.by) for one in pieces] for (_, facet), pieces in cells.items()}


def test_a_stretch_is_read_after_the_offset_that_is_named() -> None:
    assert _places([_decision(12, 15, "methods", 4)]) == {
        "methods": [(0, 4, "rule"), (12, 15, "decision"), (4, 10, "rule"), (20, 30, "rule")],
        "summary": [(10, 12, "rule"), (15, 20, "rule")],
    }


def test_a_stretch_without_an_offset_begins_its_cell() -> None:
    assert _places([_decision(10, 20, "methods", None)]) == {
        "methods": [(10, 20, "decision"), (0, 10, "rule"), (20, 30, "rule")]
    }


def test_a_stretch_may_follow_one_decided_before() -> None:
    first, second = _decision(12, 13, "methods", 30), _decision(16, 17, "methods", 13)
    assert _places([first, second])["methods"][-2:] == [(12, 13, "decision"), (16, 17, "decision")]


def test_a_stretch_may_be_all_there_is_of_its_cell() -> None:
    assert _places([_decision(12, 15, "results", None)])["results"] == [(12, 15, "decision")]


def test_a_stretch_may_begin_where_the_one_decided_before_ends() -> None:
    cells, asides = apply(CELLS, [_decision(10, 14, "noise", None), _decision(14, 20, "methods", 30)], {})
    assert [(one.start, one.end) for one in asides] == [(10, 14)]
    assert [(one.start, one.end) for one in cells[1, "methods"]] == [(0, 10), (20, 30), (14, 20)]
    assert (1, "summary") not in cells


def test_noise_is_set_aside_with_its_reason() -> None:
    cells, asides = apply(CELLS, [_decision(10, 20, "noise", None, None)], {})
    assert (1, "summary") not in cells
    assert asides == (Aside(10, 20, "noise", "a reader says so", None),)


def test_a_duplicate_is_set_aside_as_one() -> None:
    assert apply(CELLS, [_decision(10, 20, "duplicate", None)], {})[1] == (
        Aside(10, 20, "duplicate", "a reader says so", 1),
    )


def test_what_is_cut_keeps_the_width_of_its_column() -> None:
    cells, _ = apply(CELLS, [_decision(12, 15, "methods", 4)], {"methods": 28})
    assert [piece.width for piece in cells[1, "methods"]] == [30, 28, 30, 30]
    assert [piece.width for piece in cells[1, "summary"]] == [24, 24]


@pytest.mark.parametrize(
    ("decisions", "what", "where"),
    [
        (
            [_decision(0, 5, "noise", None), _decision(4, 8, "noise", None)],
            "characters 4 to 5 are decided twice",
            "decisions.csv:4",
        ),
        ([_decision(12, 15, "methods", 40)], "offset 40 is not in study 1, methods", "decisions.csv:12"),
        ([_decision(12, 15, "methods", 20)], "offset 20 is not in study 1, methods", "decisions.csv:12"),
        ([_decision(12, 15, "methods", None, None)], "a facet without a study", "decisions.csv:12"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused(decisions: list[Decision], what: str, where: str) -> None:
    with pytest.raises(DecisionError) as refused:
        apply(CELLS, decisions, {})
    assert (refused.value.what, refused.value.where) == (what, where)


def test_of_two_decisions_about_one_stretch_both_are_named() -> None:
    with pytest.raises(DecisionError, match=r"^decisions\.csv:4: .* decisions\.csv:0$"):
        apply(CELLS, [_decision(0, 5, "noise", None), _decision(4, 8, "noise", None)], {})


@given(st.integers(0, 29), st.integers(1, 30), st.integers(1, 30), st.sampled_from(["methods", "summary", "noise"]))
def test_no_character_is_lost_or_doubled(start: int, length: int, after: int, facet: str) -> None:
    decision = _decision(start, min(30, start + length), facet, after)
    try:
        cells, asides = apply(CELLS, [decision], {})
    except DecisionError:
        reject()
    stretches: list[Piece | Aside] = [*chain.from_iterable(cells.values()), *asides]
    assert sorted(at for one in stretches for at in range(one.start, one.end)) == list(range(30))
