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
    ("text", "stretch", "value"),
    [
        ("2-5 km", "5", "5"),
        ("50%–60%", "60", "60"),
        ("50% -60%", "60", "60"),
        ("GPT-4", "4", "4"),
        ("(a)-2", "2", "2"),
        ("约 -5 ℃", "-5", "-5"),
        ("降至-5 ℃", "-5", "-5"),
    ],
)
def test_a_minus_is_a_sign_where_no_range_or_name_goes_before(text: str, stretch: str, value: str) -> None:
    last = numbers(text)[-1]
    assert (text[last.start : last.end], last.value) == (stretch, Decimal(value))


def test_a_long_run_of_digits_is_an_identifier() -> None:
    assert [number.value for number in numbers("1" * 24)] == [int("1" * 24)]
    assert numbers("1" * 25) == ()
    assert [number.value for number in numbers("1" * 25 + " 与 7")] == [7]


def test_chinese_digits_of_a_year_are_no_numeral() -> None:
    assert [number.value for number in numbers("自二〇二三年起有三组")] == [3]


def test_a_number_is_whole_by_its_value() -> None:
    assert [number.is_whole for number in numbers("3, 3.0, 3.5, 1/2")] == [True, True, False, False]
