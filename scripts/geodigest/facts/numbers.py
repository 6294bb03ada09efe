"""Numbers as the digests print them: digits, powers of ten, fractions, Chinese numerals, and mixtures (`140 万`)."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

_HAN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_HAN_STEPS = {"十": 10, "百": 100, "千": 1000}
_HAN_SCALES = {"万": 10**4, "亿": 10**8}
_HAN = "".join((*_HAN_DIGITS, *_HAN_STEPS, *_HAN_SCALES))
_RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹−–", "-+0123456789--")
_SCALES = {"M": 10**6, "百万": 10**6, "千万": 10**7, "十亿": 10**9, "万亿": 10**12, "万": 10**4, "亿": 10**8}

_SCALE = r"(?P<scale>M(?![A-Za-z0-9])|[ ]?(?:百万|千万|十亿|万亿|万|亿)(?!分之))"
_EXPONENT = r"(?:\^\{?[-−–+]?[0-9]{1,2}\}?|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})"
_NUMBER = re.compile(
    rf"""(?=[-−–+0-9{_HAN}])  # only here one begins
    (?:(?P<sign>[-−–+])?
    (?:1[:：](?P<of>[0-9]+)[ ]?万
    |(?P<base>10)(?P<power>{_EXPONENT})
    |(?<![/.])(?P<over>[0-9]{{1,3}})/(?P<under>[1-9][0-9]{{0,2}})(?![0-9/.])
    |(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)
     (?:[ ]?[×x*·][ ]?10(?P<times>{_EXPONENT}))?(?:{_SCALE})?)
    |(?P<han>[{_HAN}]+))""",
    re.VERBOSE,
)
_LONGEST = 24
"""Characters of the longest number; a longer run of digits is an identifier."""
_AFTER_NUMBER = re.compile(r"(?:[0-9%‰°⁰¹²³⁴⁵⁶⁷⁸⁹] ?|[A-Za-z)）\]}′″_])$")
"""Where a minus is the dash of a range or a name."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text; `form` tells a fraction and a Chinese numeral from other digits."""

    start: int
    end: int
    value: Decimal
    form: Literal["digits", "fraction", "han"]

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole number."""
        return self.value == self.value.to_integral_value()


def numbers(text: str) -> tuple[Number, ...]:
    """All numbers of a text in order, digits inside names and dates included; a sign only where it is none of a range.

    >>> [str(number.value) for number in numbers("140 万, 4×10⁵, 1,195 与 -1.5%")]
    ['1400000', '400000', '1195', '-1.5']
    """
    found = []
    for match in _NUMBER.finditer(text):
        start = match.start()
        value = _value(match) if match.end() - start <= _LONGEST else None
        if value is None:
            continue
        if match["sign"] and _AFTER_NUMBER.search(text, max(0, start - 2), start):
            start += 1
            value = abs(value)
        found.append(
            Number(
                start,
                match.end(),
                value,
                "han" if match["han"] else "fraction" if match["over"] or match["of"] else "digits",
            )
        )
    return tuple(found)


def read_han(numeral: str) -> int | None:
    """The value of a Chinese numeral, None where the characters are none.

    >>> read_han("七十"), read_han("五亿五千万"), read_han("十二"), read_han("万亿"), read_han("三四")
    (70, 550000000, 12, 1000000000000, None)
    """
    total = section = 0
    digit: int | None = None
    for char in numeral:
        if char in _HAN_DIGITS:
            if digit:
                return None
            digit = _HAN_DIGITS[char]
        elif char in _HAN_STEPS:
            section += (1 if digit is None else digit) * _HAN_STEPS[char]
            digit = None
        else:
            section += digit or 0
            total = (total + section or 1) * _HAN_SCALES[char] if char == "亿" else total + (section or 1) * 10**4
            section, digit = 0, None
    return total + section + (digit or 0)


def _value(match: re.Match[str]) -> Decimal | None:
    if match["han"]:
        read = read_han(match["han"])
        return None if read is None else Decimal(read)
    sign = -1 if match["sign"] and match["sign"] != "+" else 1
    if match["of"]:
        return 1 / (Decimal(match["of"]) * 10**4)
    if match["base"]:
        return sign * _ten_to(match["power"])
    if match["over"]:
        return sign * Decimal(match["over"]) / Decimal(match["under"])
    value = sign * Decimal(match["digits"].replace(",", ""))
    if match["times"]:
        value *= _ten_to(match["times"])
    return value * _SCALES[match["scale"].strip()] if match["scale"] else value


def _ten_to(exponent: str) -> Decimal:
    return Decimal(10) ** int(exponent.translate(_RAISED).strip("^{}"))
