"""The reader gives a known table back, however its pages are printed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodigest.reconstruct.model import Reconstruction
from geodigest.reconstruct.table import read_table
from tests.corpora import TABLE
from tests.printer import FACETS, LAYOUTS, Layout, Printed, Study, printed

DOCUMENTS = range(8)
ROWS = 4


def _longest_increasing(ranks: list[int]) -> list[int]:
    """Indices of a longest increasing subsequence (Schensted 1961)."""
    ends: list[int] = []
    before: list[int] = []
    for index, rank in enumerate(ranks):
        length = bisect_left(ends, rank, key=lambda end: ranks[end])
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [index]
    chain = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(at)
        at = before[at]
    return chain


def _right(document: Printed, read: Reconstruction) -> Counter[Layout]:
    """How many characters stand in their cell and in order there, by the layout of their page."""
    right: Counter[Layout] = Counter()
    for cell in read.cells:
        offsets = [offset for piece in cell.pieces for offset in range(piece.start, piece.end)]
        places = [document.places[offset] for offset in offsets if offset in document.places]
        own = [place for place in places if (place.position, place.facet) == (cell.position, cell.facet)]
        right.update(own[index].layout for index in _longest_increasing([place.rank for place in own]))
    return right


@pytest.fixture(scope="module")
def shares() -> dict[Layout, float]:
    """Characters in the right cell and order, by layout, in documents whose pages are printed at random."""
    right: Counter[Layout] = Counter()
    total: Counter[Layout] = Counter()
    for seed in DOCUMENTS:
        random = Random(seed)
        document = printed(random.sample(TABLE, ROWS), LAYOUTS, random)
        right += _right(document, read_table(document.text))
        total.update(place.layout for place in document.places.values())
    return {layout: right[layout] / total[layout] for layout in LAYOUTS}


@pytest.mark.parametrize(("layout", "least"), [("grid", 0.99), ("columnar", 0.99), ("woven", 0.90)])
def test_a_known_table_is_given_back(shares: dict[Layout, float], layout: Layout, least: float) -> None:
    assert shares[layout] >= least


@st.composite
def documents(draw: st.DrawFn) -> Printed:
    """A few rows of the table in any order, each facet cut short anywhere, printed in any layouts."""
    rows = draw(st.lists(st.sampled_from(TABLE), min_size=1, max_size=2, unique_by=id))
    short = [
        Study(
            row.title_en,
            row.journal,
            row.title_zh,
            row.date,
            row.teaser,
            {facet: row.facets[facet][: draw(st.integers(1, 6))] for facet in FACETS},
        )
        for row in rows
    ]
    layouts = draw(st.lists(st.sampled_from(LAYOUTS), min_size=1, unique=True))
    return printed(short, layouts, Random(draw(st.integers(0, 999))))


@settings(max_examples=20, deadline=None, derandomize=True)
@given(documents())
def test_every_character_goes_to_one_place(document: Printed) -> None:
    read = read_table(document.text)
    stretches = [(piece.start, piece.end) for cell in read.cells for piece in cell.pieces]
    stretches += [(aside.start, aside.end) for aside in read.asides]
    placed = Counter(offset for start, end in stretches for offset in range(start, end))
    assert max(placed.values()) == 1
    assert document.places.keys() <= placed.keys()
