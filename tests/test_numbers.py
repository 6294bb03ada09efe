"""Numbers as they are printed, and what they are worth."""

from decimal import Decimal

import pytest

from geodigest.facts.numbers import numbers, read_han


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("七", 7),
        ("十", 10),
        ("二十三", 23),
        ("一百零五", 105),
        ("一百十二", 112),
        ("两千二百", 2200),
        ("万", 10_000),
        ("三十万五千", 305_000),
        ("亿", 100_000_000),
        ("五亿二万", 500_020_000),
        ("三千万亿", 3000 * 10**12),
        ("二五", None),
        ("二〇二五", None),
        ("九千九百九十九亿九千九百九十九万", 9999 * 10**8 + 9999 * 10**4),
    ],
)
def test_chinese_numerals(numeral: str, value: int | None) -> None:
    assert read_han(numeral) == value


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("1,195 个", "1195", "digits"),
        ("12,345,678.5", "12345678.5", "digits"),
        ("−4.5 ℃", "-4.5", "digits"),
        ("+3 m", "3", "digits"),
        ("10⁵ 年", "100000", "digits"),
        ("-10^{3}", "-1000", "digits"),
        ("10^-2", "0.01", "digits"),
        ("3.2×10⁻⁴ m/s", "0.00032", "digits"),
        ("2 * 10³", "2000", "digits"),
        ("140 万", "1400000", "digits"),
        ("-3百万", "-3000000", "digits"),
        ("5 千万", "50000000", "digits"),
        ("2十亿", "2000000000", "digits"),
        ("1.5 万亿", "1500000000000", "digits"),
        ("4亿", "400000000", "digits"),
        ("30M 参数", "30000000", "digits"),
        ("7Ma", "7", "digits"),
        ("5 万分之", "5", "digits"),
        ("3/4", "0.75", "fraction"),
        ("-1/2", "-0.5", "fraction"),
        ("1:50 万", "0.000002", "fraction"),
        ("七十", "70", "han"),
    ],
)
def test_the_first_number_of_a_text(text: str, value: str, form: str) -> None:
    first = numbers(text)[0]
    assert (first.value, first.form) == (Decimal(value), form)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        *[(char, value) for value, char in enumerate("零一二三四五六七八九十")],
        ("〇", 0),
        ("两", 2),
        *[("百", 100), ("千", 1000), ("万", 10**4), ("亿", 10**8)],
        *[("三百", 300), ("三千", 3000), ("三万", 3 * 10**4), ("三亿", 3 * 10**8)],
        *[(f"一百{char}", 100 + value) for value, char in enumerate("零一二三四五六七八九")],
        ("九千九百九十九亿九千九百九十九万", 9999 * 10**8 + 9999 * 10**4),
    ],
)
def test_a_chinese_numeral_is_one_number(numeral: str, value: int) -> None:
    text = f"约{numeral}个"
    assert [(each.value, text[each.start : each.end]) for each in numbers(text)] == [(Decimal(value), numeral)]


RAISED = str.maketrans("-+0123456789", "⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹")


@pytest.mark.parametrize("exponent", ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "12", "-3", "-15", "+6"])
@pytest.mark.parametrize("spelled", ["10{}", "10^{}", "10^{{{}}}"])
@pytest.mark.parametrize(
    ("before", "factor"),
    [("", "1"), ("-", "-1"), ("3.2×", "3.2"), ("3.2 × ", "3.2"), ("3x", "3"), ("3 * ", "3"), ("3·", "3")],
)
def test_powers_of_ten(before: str, factor: str, spelled: str, exponent: str) -> None:
    text = before + spelled.format(exponent if "^" in spelled else exponent.translate(RAISED))
    assert [(each.value, each.end) for each in numbers(f"{text} m")] == [
        (Decimal(factor) * Decimal(10) ** int(exponent), len(text))
    ]


@pytest.mark.parametrize("minus", ["-", "−", "–"])
def test_a_minus_may_be_printed_as_one_of_three_dashes(minus: str) -> None:
    text = f"约 {minus}5 ℃, 10^{minus}3 与 10^{{{minus}3}}, {minus}1/4, 2×10^{minus}3"
    values = [-5, Decimal("0.001"), Decimal("0.001"), Decimal("-0.25"), Decimal("0.002")]
    assert [each.value for each in numbers(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1:50 万与 1：25万", ["0.000002", "0.000004"]),
        ("3 × 10 网格", ["3", "10"]),
        ("1:5 万与 1:万", ["0.00002", "1", "10000"]),
        ("10^{n} 与 3×10^{n}", ["10", "3", "10"]),
        ("1/8° 与 146/365", ["0.125", "0.4"]),
        ("Landsat 5/7/8", ["5", "7", "8"]),
        ("2018/10 与 5/2018", ["2018", "10", "5", "2018"]),
        ("1.5/2 与 3/1.5", ["1.5", "2", "3", "1.5"]),
        ("误差 .5/2, K+/10", ["5", "2", "10"]),
        ("1,195.25 与 123,456,789", ["1195.25", "123456789"]),
        ("1,1954 与 2,50 与 1234,567", ["1", "1954", "2", "50", "1234", "567"]),
        ("30M、5Mw、3M16、2MB", ["30000000", "5", "3", "16", "2"]),
        ("140 万与 3万分之一", ["1400000", "3", "10000", "1"]),
        ("M 7.", ["7"]),
    ],
)
def test_fractions_thousands_and_scales_are_told_from_other_digits(text: str, values: list[str]) -> None:
    assert [each.value for each in numbers(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize("before", [*"059%‰°⁰¹²³⁴⁵⁶⁷⁸⁹azAZ)）]}′″_", "5 ", "% ", "° "])
def test_after_a_number_a_letter_and_a_bracket_a_minus_is_a_dash(before: str) -> None:
    assert numbers(f"{before}-8 km")[-1].value == 8


@pytest.mark.parametrize("before", ["约", "A ", "(", "为 ", ") ", ", "])
def test_elsewhere_it_is_a_sign(before: str) -> None:
    assert numbers(f"{before}-8 km")[-1].value == -8


@pytest.mark.parametrize(
    ("text", "stretch", "value"),
    [
        ("2-5 km", "5", "5"),
        ("50%–60%", "60", "60"),
        ("50% -60%", "60", "60"),
        ("GPT-4", "4", "4"),
        ("(a)-2", "2", "2"),
        ("约 -5 ℃", "-5", "-5"),
        ("约 +5 ℃", "+5", "5"),
        ("WRF+5", "5", "5"),
        ("降至-5 ℃", "-5", "-5"),
    ],
)
def test_a_minus_is_a_sign_where_no_range_or_name_goes_before(text: str, stretch: str, value: str) -> None:
    last = numbers(text)[-1]
    assert (text[last.start : last.end], last.value) == (stretch, Decimal(value))


@pytest.mark.parametrize("printed", ["1,195", "7", "0.5"])
def test_the_point_of_a_sentence_is_no_part_of_a_number(printed: str) -> None:
    assert [(each.start, each.end) for each in numbers(f"M {printed}. 其中")] == [(2, 2 + len(printed))]


def test_a_long_run_of_digits_is_an_identifier() -> None:
    assert [number.value for number in numbers("1" * 24)] == [int("1" * 24)]
    assert numbers("1" * 25) == ()
    assert [number.value for number in numbers("1" * 25 + " 与 7")] == [7]


def test_chinese_digits_of_a_year_are_no_numeral() -> None:
    assert [number.value for number in numbers("自二〇二三年起有三组")] == [3]


def test_a_number_is_whole_by_its_value() -> None:
    assert [number.is_whole for number in numbers("3, 3.0, 3.5, 1/2")] == [True, True, False, False]
