"""What a bracket holds, by itself: abbreviations, the words that they are short for, and Chinese expressions."""

import pytest

from geodigest.facts.brackets import Latin, abbreviates, is_abbreviation, is_expression, read_latin


@pytest.mark.parametrize(
    ("short", "words", "is_short"),
    [
        ("SSE", "slow slip event", True),
        ("LLSVPs", "Large low shear velocity province", True),
        ("XAI", "explainable artificial intelligence", True),
        ("LX", "flux", False),  # no word begins with its first letter
        ("S E", "slow event", False),
        ("slow", "slow", False),
        ("12", "twelve words", False),
    ],
)
def test_a_short_form_has_letters_of_its_words_in_order(short: str, words: str, *, is_short: bool) -> None:
    assert abbreviates(short, words) is is_short


@pytest.mark.parametrize("word", ["SSE", "k-NN", "U-Net", "Co-Nets", "GeoNode"])
def test_two_capitals_make_an_abbreviation(word: str) -> None:
    assert is_abbreviation(word)


@pytest.mark.parametrize("word", ["tremor", "Self-Attention", "Pre-Train", "Machine/Learning", "slow slip"])
def test_words_are_no_abbreviation_hyphenated_or_not(word: str) -> None:
    assert not is_abbreviation(word)


@pytest.mark.parametrize("inside", ["溶碳", " 溶C碳 ", "碳" * 16])
def test_an_expression_is_a_few_chinese_characters(inside: str) -> None:
    assert is_expression(inside)


@pytest.mark.parametrize("inside", ["碳", "碳" * 17, "溶解碳C", "C碳"])
def test_what_is_short_long_or_ends_in_latin_is_no_expression(inside: str) -> None:
    assert not is_expression(inside)


@pytest.mark.parametrize(
    ("inside", "before", "latin"),
    [
        ("slow slip event, SSE", "慢滑事件", Latin("slow slip event", "SSE")),
        ("SSE, slow slip event", "慢滑事件", Latin("slow slip event", "SSE")),
        ("k-nearest neighbours, k-NN", "近邻", Latin("k-nearest neighbours", "k-NN")),
        ("Nd", "钕", Latin(None, "Nd")),
        ("¹⁴²Nd", "钕", Latin(None, "¹⁴²Nd")),
        ("Nd", "气体", None),
    ],
)
def test_a_bracket_is_read_with_what_stands_before_it(inside: str, before: str, latin: Latin | None) -> None:
    assert read_latin(inside, before) == latin
