"""What one can see of a printed line: its width, its number, its label, whether it ends a sentence.

Widths are in half-width units: a CJK character counts 2, a Latin one 1 (Unicode UAX #11, East Asian Width).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

Series = Literal["top", "sub", "circled", "bracketed"]

_MARKUP = re.compile(r"</?(?:b|i|u|sub|sup|del|em)>|\*\*|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")
_LINE_HEAD = re.compile(r"^(?:#+\s+|-\s+)+")
_NUMBER = re.compile(r"^(?:(\d{1,2})[.．、](?!\d)|(\d{1,2})[)）]|([①-⑳])|[(（](\d{1,2})[)）])\s*")
_LABEL = re.compile(r"([^:：∶。;；,，\n]{1,22}?)\s*[:：∶]")
_LATIN_HEAD = re.compile(r"[A-Za-z0-9_.%()+/'-]+")
CJK = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef∶]")
SENTENCE_END = "。!?！？;；"


class Number(NamedTuple):
    """An outline number: its series and its value (`2)` is ("sub", 2))."""

    series: Series
    value: int


@lru_cache(maxsize=1 << 16)
def width(text: str) -> int:
    """Width of a text in half-width units.

    >>> width("慢滑 SSE")
    8
    """
    return len(text) if text.isascii() else sum([_WIDTHS[char] for char in text])


class _Widths(dict[str, int]):
    """Width of each character, looked up in Unicode's table once."""

    def __missing__(self, char: str) -> int:
        self[char] = found = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        return found


_WIDTHS = _Widths()


def plain(raw: str) -> str:
    """A raw stretch without the markup that hides how it begins and ends.

    >>> plain("- **地震波速模型**: PREM")
    '地震波速模型: PREM'
    """
    shown = raw.lstrip()
    # Most stretches have no markup; to see that costs less than a substitution.
    if shown[:1] in ("#", "-"):
        shown = _LINE_HEAD.sub("", shown)
    if "*" in shown or "<" in shown:
        shown = _MARKUP.sub("", shown)
    return shown.strip().replace("\\_", "_")


def number(text: str) -> Number | None:
    """The outline number a plain text begins with, or None.

    >>> number("2) 结论")
    Number(series='sub', value=2)
    >>> number("2.5 km") is None
    True
    """
    found = _NUMBER.match(text)
    if not found:
        return None
    if found[1]:
        return Number("top", int(found[1]))
    if found[2]:
        return Number("sub", int(found[2]))
    if found[3]:
        return Number("circled", ord(found[3]) - 0x245F)
    return Number("bracketed", int(found[4]))


def is_bare_number(text: str) -> bool:
    """Whether the text is an outline number and nothing else."""
    return _NUMBER.fullmatch(text) is not None


def label(text: str) -> str | None:
    """The label before the first colon of a plain text (its number skipped), or None.

    >>> label("1) 发现: 刚度")
    '发现'
    """
    found = _LABEL.match(_NUMBER.sub("", text))
    return found[1].strip() if found else None


def starts_item(text: str) -> bool:
    """Whether a plain text begins with a number or a label, that is, starts something new."""
    return number(text) is not None or label(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether a plain text ends a sentence."""
    return text[-1:] in SENTENCE_END


def first_unit_width(text: str) -> int:
    """Width of the first piece that a line break cannot split: a Latin word or one CJK character."""
    head = _LATIN_HEAD.match(text)
    return width(head[0]) if head else (2 if text else 0)


def open_brackets(text: str) -> int:
    """How many more round brackets a text opens than it closes (negative: closes more)."""
    return text.count("(") + text.count("（") - text.count(")") - text.count("）")
