"""How long quantities take to find: in a text and in one eight times as long; the ratio is to stay near 8."""

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from geodigest.facts.quantities import quantities

PATTERNS = ("滑动速率约 0.37 cm/天 (10–30 km), ", "1", "1,", "5 km × ", "[1,", "K m ")


@pytest.mark.parametrize("length", [1_000, 8_000])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_find_quantities(pattern: str, length: int, benchmark: BenchmarkFixture) -> None:
    benchmark.group = pattern
    text = (pattern * length)[:length]
    found = benchmark(quantities, text)
    assert all(each.surface == text[each.start : each.end] for each in found)
