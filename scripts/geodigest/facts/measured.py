"""Numbers with the units printed after them, joined to ranges, uncertainties, products and lists."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from geodigest.facts.numbers import Number, numbers
from geodigest.facts.uncounted import (
    is_date,
    is_in_equation,
    is_in_name,
    is_ordinal,
    runs_on,
    uncounted_stretches,
)
from geodigest.facts.units import Unit, converted, read_unit

Link = Literal["", "range", "±"]


@dataclass(frozen=True, slots=True)
class Measured:
    """A number, and the unit or the classifier (个, 条, 级) printed after it."""

    number: Number
    unit: Unit | None = None
    classifier: str | None = None
    end: int = 0

    @property
    def is_bare(self) -> bool:
        """Whether neither unit nor classifier follows."""
        return self.unit is None and self.classifier is None


@dataclass(frozen=True, slots=True)
class Row:
    """One number, the two of a range, or a value and its uncertainty."""

    parts: tuple[Measured, ...]
    link: Link = ""

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.parts[-1].end


_CLASSIFIER = re.compile(
    r" ?(?:多 ?)?(?P<word>个(?!体|性|别)|条(?!例|件)|项(?!目)|类(?!似|别)|次(?!样条|方|多项式|函数|曲线|生)|组(?!分|成)"
    r"|种(?!子|植)|名(?!称|为)|位(?!于|置)|景(?!观)|台(?!风)|对(?!比|流|称|应|象|照)|期(?!间)|层(?!位|流)"
    r"|阶段|部分(?!地)|σ(?![A-Za-z₀-₉_])"
    r"|成(?!分|为|本|果|熟|员|就|像|功)|[篇张座口棵折级倍颗块处件套轮步幅架艘人阶份家株批枚]|大(?![约致概于气型量]|陆(?!相)))"
)
_HAN_CLASSIFIERS = frozenset([*"大个条项种类次组篇名位张座口颗处套轮倍成期台块份家层", "阶段", "部分"])
_BARE_STEPS = re.compile(r"[十百千万亿]+$")
_BOUND = re.compile(r" ?(?:以上|以内|以下|或更)")

_RANGE = re.compile(r" ?(?:[-–—~～∼−]{1,2}|至|到|to) ?[~约]? ?$")
_UNCERTAIN = re.compile(r" ?[(（]? ?(?:±|\+/-) ?$")
_PRODUCT = re.compile(r" ?[×x*] ?$")
_LIST = re.compile(
    r" ?(?:[,，、/→&]|和|与|及|或|以及|vs\.?|and|or|对比|(?:提升|提高|增|降|升|减少|下降|上升|增加|降低)[至到]) ?"
    r"(?:[<>≤≥~≈约] ?)?$"
)
_EQUALS = re.compile(r"= ?$")
_MULTIPLIED = re.compile(r" ?[·*][A-Za-zα-ωΑ-Ω]")
_COMPOUNDS = frozenset({("day", "h"), ("h", "min"), ("min", "s"), ("yr", "month")})
_BRACKET = re.compile("[()（）]")
_COMPARED = re.compile(r"[<>≤≥] ?$")
_GAP = 8
_OUTLINED = frozenset(range(1, 21))


def measured_rows(text: str) -> tuple[Row, ...]:
    """The numbers of a text that measure or count, each with its unit, in order."""
    rows = list(_joined(text, list(_compounded(text, _measured(text)))))
    rows = [row for row in rows if not _is_uncounted(text, row)]
    for at in range(len(rows) - 2, -1, -1):
        rows[at] = _sharing(text, rows[at], rows[at + 1])
    return tuple(_parted(text, rows))


def is_product(text: str, first: Row, second: Row) -> bool:
    """Whether two rows are the factors of a product (`0.5° × 0.5°`)."""
    return _PRODUCT.match(_between(text, first, second)) is not None


def _measured(text: str) -> Iterator[Measured]:
    found = numbers(text)
    if not found:
        return
    stretches = iter([*uncounted_stretches(text), (len(text) + 1, len(text) + 1)])
    stretch = next(stretches)
    reached = -1
    at = depth = 0
    for number in found:
        while stretch[1] <= number.start:
            stretch = next(stretches)
        for bracket in _BRACKET.finditer(text, at, number.start):
            depth = max(0, depth + (1 if bracket[0] in "(（" else -1))
        at = number.start
        if stretch[0] <= number.start or number.start < reached:
            continue
        if depth == 0 and text.startswith((")", "）"), number.end) and number.value in _OUTLINED:
            continue  # an outline number: 2)
        follows = 0 <= number.start - reached < 3 and text[reached : number.start].strip() in ("", "-", "–", "/", "~")
        unit = read_unit(text, number.end)
        counted = None if unit else _CLASSIFIER.match(text, number.end)
        is_measured = unit is not None or counted is not None
        if not (reached >= 0 and follows) and is_in_name(text, number, is_measured=is_measured):
            continue
        if counted and not number.is_whole and counted["word"] not in "级倍成":
            counted = None
        if counted and counted["word"] == "大" and number.form != "han":
            counted = None
        if counted and counted["word"] == "σ" and not _COMPARED.search(text, max(0, number.start - 2), number.start):
            counted = None  # a coefficient
        word = counted["word"] if counted else None
        if number.form == "han" and not _is_counting(text, number, unit, word):
            continue
        if unit is None and word is None and runs_on(text, number):
            continue
        reached = unit.end if unit else counted.end() if counted else number.end
        yield Measured(number, unit, word, reached)


def _compounded(text: str, found: Iterable[Measured]) -> Iterator[Measured]:
    """The numbers with durations in two units made one, in the smaller: `1 小时 10 分钟` is 70 min."""
    held: Measured | None = None
    for each in found:
        if held and held.unit and each.unit and not text[held.end : each.number.start].strip():
            names = held.unit.name, each.unit.name
            if names in _COMPOUNDS and (larger := converted(held.number.value, *names)) is not None:
                value = larger + each.number.value
                held = replace(each, number=replace(each.number, start=held.number.start, value=value))
                continue
        if held:
            yield held
        held = each
    if held:
        yield held


def _is_counting(text: str, number: Number, unit: Unit | None, classifier: str | None) -> bool:
    """Whether a Chinese numeral counts: `三个`, `七十年`, `千年以上` do, 一个 and 十年 mostly do not."""
    numeral = text[number.start : number.end]
    if numeral in ("一", "零", "〇") or (numeral == "二" and classifier != "成"):
        return False
    if unit and _BARE_STEPS.match(numeral):
        return text.startswith("过去", max(0, number.start - 2)) or _BOUND.match(text, unit.end) is not None
    if unit is None and classifier is None:
        return text.startswith(("至", "到"), number.end)
    return unit is not None or classifier in _HAN_CLASSIFIERS


def _joined(text: str, found: Sequence[Measured]) -> Iterator[Row]:
    at = 0
    while at < len(found):
        first = found[at]
        second = found[at + 1] if at + 1 < len(found) else None
        link = _link(text, first, second) if second else ""
        if second and link:
            yield Row((first, second), link)
            at += 2
        else:
            yield Row((first,))
            at += 1


def _link(text: str, first: Measured, second: Measured) -> Link:
    gap = text[first.end : second.number.start]
    if len(gap) > _GAP:
        return ""
    if _UNCERTAIN.match(gap) and second.number.value >= 0:
        return "±"
    return "range" if _RANGE.match(gap) else ""


def _is_uncounted(text: str, row: Row) -> bool:
    number = row.parts[0].number
    last = row.parts[-1]
    unit = last.unit
    if any(is_date(text, part.number, unit.name if unit else None) for part in row.parts) and last.classifier is None:
        return True
    if unit:
        return _MULTIPLIED.match(text, unit.end) is not None
    if number.form == "han" and last.is_bare:
        return True
    return last.is_bare and (
        is_in_equation(text, number) or is_in_equation(text, last.number) or is_ordinal(text, number)
    )


def _between(text: str, first: Row, second: Row) -> str:
    start = second.parts[0].number.start
    return text[first.end : start] if start - first.end <= _GAP else "\n"


def _sharing(text: str, row: Row, following: Row) -> Row:
    """A row with the unit of the next one, where it has none and both stand in a list or product."""
    last, owner = row.parts[-1], following.parts[-1]
    if not last.is_bare or owner.is_bare:
        return row
    gap = _between(text, row, following)
    listed = _LIST.match(gap) and not (
        gap[:1] in ",，" and _EQUALS.search(text[max(0, row.parts[0].number.start - 3) : row.parts[0].number.start])
    )
    if not listed and not _PRODUCT.match(gap) and not (gap == " " and owner.unit):
        return row
    if owner.unit is None and owner.classifier in ("倍", "折"):
        return row
    shared = replace(last, unit=owner.unit and replace(owner.unit, end=last.end), classifier=owner.classifier)
    return Row((*row.parts[:-1], shared), row.link)


def _parted(text: str, rows: Sequence[Row]) -> Iterator[Row]:
    """The rows with an area's or a volume's unit parted among its sides: `15 × 60 km²` is 15 km and 60 km."""
    at = 0
    while at < len(rows):
        stop = at + 1
        while stop < len(rows) and is_product(text, rows[stop - 1], rows[stop]):
            stop += 1
        sides = rows[at:stop]
        unit = sides[-1].parts[-1].unit
        power = f"**{len(sides)}"
        alike = (
            unit
            and len(sides) > 1
            and unit.name.endswith(power)
            and all(side.parts[-1].unit and side.parts[-1].unit.name == unit.name for side in sides)
        )
        for side in sides:
            last = side.parts[-1]
            if alike and last.unit:
                last = replace(last, unit=replace(last.unit, name=last.unit.name.removesuffix(power)))
            yield Row((*side.parts[:-1], last), side.link)
        at = stop


def bounds(text: str, row: Row) -> tuple[Decimal, Decimal]:
    """The two numbers of a range as printed, those of `六至七十年` as 60 and 70."""
    first, second = (part.number for part in row.parts)
    lower = first.value
    numeral = text[second.start : second.end]
    if first.form == second.form == "han" and lower < 10 <= second.value and numeral[-1] in "十百千万亿":
        lower *= second.value / (second.value / 10 ** (len(str(int(second.value))) - 1)).to_integral_value()
    return lower, second.value
