"""Texts that make a careless regular expression try every way to read them are read in the one way they are meant.

A pattern that is exponential, or cubic, does not come back from these. What a bound on the time would say is left to
`tests/benchmarks/`.
"""

from __future__ import annotations

import pytest

from geodigest.errors import SeedError
from geodigest.facts.equations import find_equations
from geodigest.facts.properties import counted_noun, property_before
from geodigest.facts.quantities import quantities
from geodigest.facts.terms import find_terms
from geodigest.facts.text import PassageText
from geodigest.facts.unexplained import unexplained
from geodigest.facts.vocabulary import Vocabulary
from geodigest.reconstruct.blocks import blocks, printed_lines
from geodigest.reconstruct.citations import read_citation
from geodigest.reconstruct.model import Piece, Span
from geodigest.reconstruct.rows import header, row_starts

LONG = 20_000
"""Characters of what is repeated."""
NOTHING = Vocabulary({}, ())


def passages(text: str) -> list[PassageText]:
    return [PassageText("d/s/body/0001", "d/s", text)]


def test_a_symbol_with_many_scripts() -> None:
    text = f"速率 a{'⁰' * 21}+ = b + 2c; " * 100 + "另有 G = a·b"
    assert [each.surface for each in find_equations(passages(text))] == ["G = a·b"]


@pytest.mark.parametrize("word", ["a" * LONG, "a-" * LONG, "a b " * LONG])
def test_words_after_a_classifier_that_no_chinese_follows(word: str) -> None:
    assert counted_noun(f"16 个{word}，", 4) is None  # too long for a noun
    assert counted_noun(f"16 个{word[:8]}站，{word}", 4) == f"{word[:8]}站"


def test_many_short_words_before_a_relation() -> None:
    words = "a " * 22
    assert property_before(f"，{words}中=5", len(words) + 3) is None


def test_a_list_with_nothing_in_its_places() -> None:
    found = quantities(f"深度 5 km{', ' * LONG}而 6 km")
    assert [each.surface for each in found] == ["5 km", "6 km"]
    assert found[1].property is None


def test_many_values_under_a_label_and_many_counts_in_an_open_bracket() -> None:
    assert [each.property for each in quantities("3 m " * LONG, "深度")] == ["深度"] * LONG
    assert len(quantities(f"样本 2 个 ({'红树林 1 个, ' * LONG}", "数据")) == LONG + 1


@pytest.mark.parametrize("blanks", [" " * LONG, "\u3000" * LONG, "\n" * 1999])
def test_a_reference_of_blanks(blanks: str) -> None:
    entry = f"0. 0!0,1900({blanks}"
    cited = read_citation(entry, Span(0, len(entry)))
    assert cited.year == Span(7, 11)
    assert cited.issue is None
    entry = f"He B, et al. Slow slip.{' ' * 900}*Tectonics*, 2023, 6({' ' * 900}2 3): 118"
    cited = read_citation(entry, Span(0, len(entry)))
    assert cited.issue is not None
    assert entry[cited.issue.start : cited.issue.end] == "2 3"


def test_one_long_latin_word_before_a_bracket() -> None:
    assert find_terms(passages("a" * LONG + "中 (SSE)"), NOTHING) == ()
    text = "the slip " * LONG + "中, slow slip event (SSE)"
    assert [(each.en, each.abbreviation) for each in find_terms(passages(text), NOTHING)] == [
        ("slow slip event", "SSE")
    ]


def test_one_long_chinese_run_before_a_bracket() -> None:
    text = "的慢滑" * LONG + "的慢滑事件 (SSE)"
    assert [each.zh for each in find_terms(passages(text), NOTHING)] == ["慢滑事件"]


def test_many_terms_of_one_word() -> None:
    names = [f"{chr(0x4E00 + 3 * (place // 90))}{chr(0x5000 + place % 90)}古代" for place in range(LONG // 4)]
    text = "、".join(f"{name} (Hadean)" for name in names)
    assert [each.zh for each in find_terms(passages(text), NOTHING)] == names


def test_capitals_without_a_citation() -> None:
    assert unexplained(passages("Aa " * LONG + "中"), (), (), ()) == {"Aa": LONG}


def test_a_first_cell_of_blanks_journals_and_one_word() -> None:
    title, name = "a" * LONG + "1'", "慢滑"
    for before in (" " * LONG + "|", " | Nature" * LONG + " |", f" {title} |"):
        text = f"Slow slip{before} Nature {name} (20250101)"
        cells, _ = header(text, 1, (Piece(0, len(text), "rule", 20),))
        found = {cell.facet: text[cell.pieces[0].start : cell.pieces[0].end].strip() for cell in cells}
        assert (found["journal"], found["title_zh"], found["date"]) == ("Nature", name, "(20250101)")


def test_a_title_of_one_long_word() -> None:
    text = f"Slow slip {'a' * LONG}1' | Nature\n\n慢滑\n\n(20250101)\n\n"
    assert row_starts(text, blocks(text)) == (0,)
    other = f"{text}Fast slip {'a' * LONG} | Geology\n\n快滑\n\n(20250102)\n"
    with pytest.raises(SeedError, match="no journal that is known"):
        row_starts(other, blocks(other))


def test_ideographic_blanks_in_a_block() -> None:
    text = f"慢滑。{chr(0x3000) * LONG}x"
    (block,) = blocks(text)
    assert [text[line.start : line.end].strip() for line in printed_lines(text, block)] == [text]
