"""Blanks: which the published text has, of those that a seed prints or loses at the end of a printed line."""

import pytest

from geodigest.passages.blanks import spaced
from geodigest.passages.traced import Traced, each_alone


@pytest.mark.parametrize(
    ("printed", "published"),
    [
        # At dashes: of a range, a relation, a Chinese compound.
        ("厚 1.9– 4.8 km", "厚 1.9–4.8 km"),
        ("F~ D", "F~D"),
        ("F ~ D", "F ~ D"),
        ("深度– 时间", "深度–时间"),
        ("深度 –时间", "深度–时间"),
        ("深度 –5", "深度 –5"),
        ("深度 α 中", "深度 α 中"),
        ("深度 -", "深度 -"),
        ("– 时间", "– 时间"),
        # At quotation marks: those of Chinese words, not those of English ones.
        ('称 "慢滑"', '称"慢滑"'),
        ('" 慢滑"', '"慢滑"'),
        ('the "slow" slip', 'the "slow" slip'),
        # Before an index, and in a formula.
        ("CO ₂", "CO₂"),
        ("H₂ O", "H₂O"),
        ("x _{sw}", "x_{sw}"),
        ("x ^{sw}", "x^{sw}"),
        # After the number of a point, whatever follows.
        ("如下 1) .5 km", "如下 1) .5 km"),
        (":1) .5 km", ":1) .5 km"),
        ("(见 x) .5 km", "(见 x).5 km"),
        # At a superscript: the mass number of an isotope, an exponent.
        ("¹⁸ O", "¹⁸O"),
        ("²⁰⁶ Pb", "²⁰⁶Pb"),
        ("δ¹⁸ O", "δ¹⁸O"),
        ("10¹⁸ O", "10¹⁸ O"),
        ("取 x¹⁸ O", "取 x¹⁸ O"),
        ("¹⁸ o", "¹⁸ o"),
        ("m² a", "m² a"),
        ("x² ⁺", "x²⁺"),
        ("km ²", "km²"),
        ("km ²O", "km²O"),
        ("km ²³x", "km²³x"),
        ("X ²", "X²"),
        ("和 ²H", "和 ²H"),
        ("x, ²H", "x, ²H"),
        ("the ¹⁸O", "the ¹⁸O"),
        ("the ²⁰⁶Pb", "the ²⁰⁶Pb"),
        # At the end of a printed line.
        ("Obstacle-\nand-scours", "Obstacle-and-scours"),
        ("a -\nb", "a - b"),
        ("A -\n5", "A - 5"),
        ("Ab -\n5", "Ab -5"),
        ("x\n= 5", "x = 5"),
        ("x\n=5", "x=5"),
        ("x\n-5", "x-5"),
        ("α\n中", "α 中"),
        ("中\n(x)", "中(x)"),
        # Before a mark that would change the character before it, were it next to it; not within Chinese.
        ("か \u3099", "か \u3099"),
        ("か\n\u3099", "か \u3099"),
        ("甲 \uf900", "甲\uf900"),
    ],
)
def test_a_blank_is_published_where_it_parts_words(printed: str, published: str) -> None:
    assert spaced(Traced(printed, each_alone(0, len(printed)))).text == published


def test_a_blank_that_is_printed_nowhere_is_not_published() -> None:
    assert spaced(Traced("a b", ((0, 1), (1, 1), (1, 2)))) == Traced("ab", ((0, 1), (1, 2)))


def test_of_several_blanks_the_first_that_is_printed_is_published() -> None:
    several = Traced("a\n \nb", ((0, 1), (1, 1), (3, 4), (4, 5), (5, 6)))
    assert spaced(several) == Traced("a b", ((0, 1), (3, 4), (5, 6)))
