"""Hostile documents: what nobody writes, but a converter may hand over, of any length, amid a fair document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from itertools import count, takewhile
from random import Random

from geodigest.seeds import DocumentKind
from tests.bulletin_printer import printed_bulletin
from tests.corpora import TABLE, issue
from tests.printer import HEADS, printed

PROSE = "俯冲带的慢滑事件与流体压力有关，研究区位于 Hikurangi 边缘；观测深度为海面以下，"
_REFERENCES = "主要参考文献"


def _filled(pattern: str, length: int) -> str:
    return (pattern * (length // len(pattern) + 1))[:length]


def _repeated(pattern: str) -> Callable[[int], str]:
    return lambda length: _filled(pattern, length)


def _levels(level: Callable[[int], str]) -> Callable[[int], str]:
    """Lines, each a level deeper than the one before, as many as the length has room for."""

    def text(length: int) -> str:
        room = iter(range(length))
        lines = takewhile(lambda line: all(next(room, None) is not None for _ in line), map(level, count(1)))
        return "\n\n".join(lines)

    return text


STRETCHES: Mapping[str, Callable[[int], str]] = {
    "one line of prose": _repeated(PROSE),
    "one line without a blank": _repeated(PROSE.replace(" ", "")),
    "one line of Latin words": _repeated("slow slip along the margin of subducting seamounts and "),
    "tabs": _repeated("\t"),
    "line ends": _repeated("\n"),
    "blanks": lambda length: " " * length + "甲",
    "brackets opened": _repeated("（"),
    "brackets in brackets": lambda length: "(" * (length // 2) + ")" * (length // 2),
    "bold marks": _repeated("**"),
    "bold words": _repeated("**甲** "),
    "digits": _repeated("1"),
    "dots": _repeated("."),
    "dashes": _repeated("-"),
    "one row of a table": lambda length: "\t".join([_filled(PROSE, length // 6)] * 6),
    "rows of a table": _repeated("\t".join([PROSE] * 6) + "\n"),
    "rows of two cells": _repeated("甲\t乙\n"),
    "list items": _repeated("- 甲\n"),
    "headings": _repeated("# 甲\n"),
    "lines": _repeated(PROSE + "\n"),
    "paragraphs": _repeated(PROSE + "\n\n"),
    "dates": _repeated("(20250101)\n\n(20250102)\n\n"),
    "an outline by its numbers": _levels(lambda level: f"{level}. 甲\n\n{level}) 乙\n\n({level}) 丙"),
    "an outline by its points": _levels(lambda level: "1." * level + " 甲"),
    "an outline by its blanks": _levels(lambda level: " " * level + "- 甲"),
}
"""What is put into the midst of a document, of a length in characters."""


@cache
def _fair(kind: DocumentKind) -> str:
    if kind == "bulletin":
        return printed_bulletin(issue()[:2], Random(1))
    return printed(TABLE[:2], ["columnar"], Random(1)).text


def amid(kind: DocumentKind, stretch: str) -> str:
    """A document of two studies with the stretch at the end of a table, or in the first digest of a bulletin."""
    text = _fair(kind)
    at = text.index(_REFERENCES) if kind == "bulletin" else len(text)
    return f"{text[:at]}{stretch}\n\n{text[at:]}"


def _grid(length: int) -> str:
    rows = takewhile(lambda row: row * 90 < length, count())
    cells = "\t核心问题?\t1. 来源\t1. 方法\t1. 发现\t核心数据: 无\n"
    return HEADS + "".join(f"Slow slip of margin {row} | Nature{cells}慢滑 (20250101){chr(9) * 5}\n" for row in rows)


def _woven(length: int) -> str:
    row = "Slow slip of the margin | Nature 慢滑 (20250101) 核心问题? 1. 来源 1. 方法 1. 发现 核心数据: 无 "
    return HEADS + _filled(row, length)


def _digests(length: int) -> str:
    numbers = range(1, length // 40)
    announced = "\n\n".join(f"{number}、慢滑{number}\n\n摘要。" for number in numbers)
    return f"快报\n\n本期概要\n\n{announced}\n\n" + "\n\n".join(f"慢滑{number}\n\n正文。" for number in numbers)


DOCUMENTS: Mapping[str, tuple[DocumentKind, Callable[[int], str]]] = {
    "studies in a grid": ("literature_table", _grid),
    "studies in one line": ("literature_table", _woven),
    "digests": ("bulletin", _digests),
    "an overview without an end": (
        "bulletin",
        lambda length: "快报\n\n本期概要\n\n1、慢滑\n\n" + _filled("摘要\n\n", length) + "慢滑\n\n正文。",
    ),
    "a title that never comes": (
        "bulletin",
        lambda length: "快报\n\n本期概要\n\n1、慢滑\n\n" + _filled("慢慢滑。\n\n", length),
    ),
}
"""Whole documents, of a length in characters."""
