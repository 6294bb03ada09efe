"""How a passage begins: its outline number (`2.`, `1)`, `①`) and its label (`数据类型:`)."""

import re
from typing import Literal, NamedTuple

from geodigest.passages.blanks import is_wide

Style = Literal["1.", "1)", "(1)", "①"]

_NUMBER = re.compile(
    r"(?:(?P<point>\d{1,2})[.．、](?!\d)|(?P<half>\d{1,2})[)）]|[(（](?P<brackets>\d{1,2})[)）]|(?P<circle>[①-⑳]))\s*"
)
_STYLES: dict[str, Style] = {"point": "1.", "half": "1)", "brackets": "(1)", "circle": "①"}
_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]\s*")
_BRACKET_OR_COLON = re.compile("[()（）:：]")
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_NO_LABEL = re.compile(r"[。！？!?;；,，=<>≤≥≈→∝]|^[、的]|以下.|(?:包括|包含|如下|例如|表明|指出|是|为|可)$")
_LONGEST_LABEL = 34
_MOST_TERMS = 3
_LONGEST_BRACKETED = 72
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'*-]*|\d+(?:\.\d+)?|\S")


class Number(NamedTuple):
    """The outline number at the start of a passage."""

    style: Style
    value: int
    end: int
    """Length of the number with the blanks after it."""


def number(text: str) -> Number | None:
    """The outline number a text begins with.

    >>> number("2) 结论"), number("2.5 km")
    (Number(style='1)', value=2, end=3), None)
    """
    found = _NUMBER.match(text)
    if not found or found.lastgroup is None:
        return None
    printed = found[found.lastgroup]
    value = ord(printed) - ord("①") + 1 if found.lastgroup == "circle" else int(printed)
    return Number(_STYLES[found.lastgroup], value, found.end())


def label(text: str) -> tuple[int, int] | None:
    """Where the label at the start of a text ends, and where what it labels begins.

    A label is a short head before a colon: not a sentence, not a ratio, not the time of day.

    >>> label("数据类型: 矿物"), label("RMSE: 均方根误差"), label("VIP (Variable Importance): 贡献度")
    ((4, 6), (4, 6), (25, 27))
    >>> label("C-H:C=O 之比"), label("12:30"), label("模型在高温下运行,结果: 好")
    (None, None, None)
    """
    head = text[: _LONGEST_BRACKETED + 1]
    if ":" not in head and "：" not in head:
        return None
    depth = 0
    for mark in _BRACKET_OR_COLON.finditer(head):
        if mark[0] in "(（":
            depth += 1
        elif mark[0] in ")）":
            depth -= 1
            if depth < 0:
                return None
        elif depth == 0:
            return _label_before(text, mark.start())
    return None


def is_like(one: str, other: str) -> bool:
    """Whether two labels end in the same word, brackets left out: parts of one list.

    >>> is_like("空间上", "粒序上"), is_like("Local Branch (A)", "Global Branch"), is_like("来源", "用途")
    (True, True, False)
    """
    words = [_WORD.findall(_BRACKETS.sub("", each)) for each in (one, other)]
    return all(words) and words[0][-1] == words[1][-1]


def _label_before(text: str, colon: int) -> tuple[int, int] | None:
    head = text[:colon].rstrip()
    core = _BRACKETS.sub("", head)
    if len(core) < 2 or core.count("、") > _MOST_TERMS or _NO_LABEL.search(core):
        return None
    if _width(_QUOTED.sub("", core)) > _LONGEST_LABEL:
        return None
    after = text[colon + 1 : colon + 2]
    if after == "/" or (head[-1].isascii() and head[-1].isalnum() and after.isascii() and after.isalnum()):
        return None
    return len(head), len(text) - len(text[colon + 1 :].lstrip())


def _width(core: str) -> int:
    """Width in half-width units, a Latin word of any length as wide as two Chinese characters at most."""
    return sum(2 if is_wide(word[0]) else min(4, len(word)) for word in _WORD.findall(core))
