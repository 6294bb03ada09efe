"""Grid pages: which column each cell of a table's lines stood in."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodigest.errors import SeedError
from geodigest.reconstruct.grid import likeliest
from geodigest.reconstruct.table import read_table

_SCORE = st.integers(-6, 6).map(float)
PAPER = "Drivers of global glacial erosion rates | Nature Geoscience\n\n全球冰川\n\n(20250807)\n\n"


@given(st.lists(st.lists(_SCORE, min_size=7, max_size=7), min_size=7, max_size=10))
def test_of_more_than_six_cells_those_are_kept_that_score_best_in_order(scores: list[list[float]]) -> None:
    columns = likeliest(scores)
    assert [column for column in columns if column] == [1, 2, 3, 4, 5, 6]
    found = sum(scores[place][column] for place, column in enumerate(columns) if column)
    assert found == max(
        sum(scores[place][column] for column, place in enumerate(places, 1))
        for places in combinations(range(len(scores)), 6)
    )


def test_a_line_of_a_thousand_cells_is_read() -> None:
    text = PAPER + "数\t" * 1000 + "\n"
    read = read_table(text)
    assert {cell.position for cell in read.cells} == {1}


def test_a_document_without_a_row_is_refused_however_many_tabs_it_has() -> None:
    with pytest.raises(SeedError, match="no row begins"):
        read_table("\t" * 100_000)
