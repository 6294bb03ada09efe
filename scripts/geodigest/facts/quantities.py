"""Quantities: every number of a passage that measures or counts, with its bounds, unit and property.

What counts is told in the data model. Numbers that name or date something are dropped, neighbours are joined to ranges
and uncertainties, units are shared backwards in lists (`5, 10, 20 km`); Pint gives dimensions and SI values.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from geodigest.facts.measured import Row, bounds, measured_rows
from geodigest.facts.properties import (
    counted_before,
    counted_noun,
    is_led_to,
    is_measure,
    property_after,
    property_before,
    summed_noun,
)
from geodigest.facts.units import converted, dimension, si_unit, si_value

Comparator = Literal["=", "~", "<", "≤", ">", "≥", "range", "±"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a passage: the columns of the table `quantities`; offsets are those of the passage's text."""

    start: int
    end: int
    surface: str
    property: str | None
    comparator: Comparator
    value: float | None
    lower: float | None
    upper: float | None
    uncertainty: float | None
    unit: str
    unit_note: str | None
    dimension: str
    value_si: float | None
    lower_si: float | None
    upper_si: float | None
    uncertainty_si: float | None
    unit_si: str


_BEFORE: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    ("±", re.compile(r"± ?$")),
    ("≥", re.compile(r"(?:≥|>=|⩾|≧|至少(?:需要?|提高了?|形成于)?|不低于|不少于|不小于)[为是有]? ?$")),
    (
        "≤",
        re.compile(
            r"(?:≤|<=|⩽|≦|不超过|不高于|不大于|不多于|最高|至多|最多|(?<=[:：])至|(?<=[:：] )至)(?:可?达|[为约至])? ?$"
        ),
    ),
    (">", re.compile(r"(?:[>＞≫]|(?<!不)(?:超过|超出|高于|大于|多于)|逾|长于)[了约]? ?$")),
    ("<", re.compile(r"(?:[<＜≪]|(?<!不)(?:低于|小于|少于)|不足|不到|未满|未达|短于)[了约]? ?$")),
    ("~", re.compile(r"(?:[~≈∼～≃]|大?约(?:需要?|[为有])?每?|将近|接近|(?<![附最邻])近|大致|大概)[是占]? ?$")),
)
_AFTER: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    (">", re.compile(r" ?(?:以上|多个|余|\+(?![0-9]))")),
    ("<", re.compile(r" ?以下")),
    ("≤", re.compile(r" ?(?:以内|之内)")),
    ("≥", re.compile(r" ?或更[老多大高久长]")),
    ("~", re.compile(r" ?左右")),
)
_ANY_BEFORE, _ANY_AFTER = (
    re.compile("|".join(pattern.pattern for _, pattern in patterns)) for patterns in (_BEFORE, _AFTER)
)
_SPAN = re.compile(r" ?(?:[内来间]|以来)")
_OR = re.compile(r" ?(?:或|or) ?")
_MANY = re.compile(r" ?(?:[万亿] ?)?多")
_TO = re.compile(
    r"[,，] ?[\u4e00-\u9fff]{1,8}[升降增减]至 ?"
    r"|[)）]?(?: ?[(（][^()（）]*[)）])? ?(?:→|显著?)?(?:提升|提高|增加?|上?升|减少|下?降低?)?[至到为→] ?"
    r"(?:[\u4e00-\u9fff]{1,6} ?[(（])?[~约]? ?"
)
_THAN = re.compile(r"[)）]?[,，]? ?均?(?:显著|明显|远)?[高低大小]于[^,，。;；()（）]{0,16}[(（]?")
"""Between two values of one property: `比值(0.63) 显著高于陆地生态系统(0.25)`."""
_COUNTING = frozenset("级倍折成次σ")
"""Classifiers that say what is counted themselves."""
_NOUNS = frozenset({"层", "阶段", "部分"})
"""Classifiers that are what is counted: a model of two layers is one model."""
_HEMISPHERES = {"北纬": "N", "南纬": "S", "东经": "E", "西经": "W"}
_HEMISPHERE = re.compile("(?:" + "|".join(_HEMISPHERES) + ")(?= ?$)")
_MAGNITUDE = re.compile(r"(?<![A-Za-z])(M_?[wWsSbBlLₗ]?) ?[=≥>≤<~]? ?$")
_LISTED = re.compile(r" ?(?:[,，、] ?(?:和|及|或|以及|and|or)?|[/→&×x]|和|与|及|或|以及|vs\.?|and|or) ?")
_DIFFERENCE = re.compile(
    r"(?:[Δ∆][A-Za-z_{}]* ?[=:≈~]? ?|(?<!最)[升降高低]温?了?|增温|变暖|温差|敏感度|误差|偏差|变幅|RMSE|MAE)[ (:~约为]*$"
)
_PERCENTILE = re.compile(r" ?(百分位)")
_WINDOW = 12


def quantities(text: str, label: str | None = None) -> tuple[Quantity, ...]:
    """The quantities of a passage in order; none overlap.

    Args:
        text: the passage's text.
        label: its label, which tells what a value measures that no words stand before.

    >>> [(each.surface, each.property, each.lower, each.upper, each.unit) for each in quantities("速率 10–25 mm/年")]
    [('10–25 mm/年', '速率', 10.0, 25.0, 'mm/yr')]
    """
    found: list[Quantity] = []
    for row in measured_rows(text):
        found.append(_quantity(text, row, label, found[-2:]))
    for at in range(len(found) - 2, -1, -1):
        found[at] = _sharing(text, found[at], found[at + 1])
    return tuple(found)


def _sharing(text: str, each: Quantity, following: Quantity) -> Quantity:
    """A quantity with what the words behind the next one say, where both stand in a list (`10 和 20 km 深度`)."""
    if each.property or each.unit != following.unit or not _LISTED.fullmatch(text, each.end, following.start):
        return each
    counted = following.unit_note if following.unit_note == following.property else each.unit_note
    return replace(each, property=following.property, unit_note=counted)


def _quantity(text: str, row: Row, label: str | None, found: Sequence[Quantity]) -> Quantity:
    """A row as a quantity; `found` are the two before it."""
    last = row.parts[-1]
    previous = found[-1] if found else None
    reached = previous.end if previous else 0
    start, end, comparator = _compared(text, row, reached)
    if (
        comparator == "="
        and previous
        and previous.unit == "1"
        and last.is_bare
        and _OR.fullmatch(text, previous.end, start)
    ):
        comparator = previous.comparator if previous.comparator in ("<", "≤", ">", "≥") else comparator
    before = text[max(reached, start - _WINDOW) : row.parts[0].number.start]
    noun = _noun(text, row)
    unit = last.unit.name if last.unit else "1"
    note = _note(row, before, noun, previous)
    if unit == "degC" and (_DIFFERENCE.search(before) or text.startswith(("/", " /"), row.end)):
        unit = "delta_degC"
    value, lower, upper, uncertainty, unit = _values(text, row, unit)
    if row.link:
        comparator = row.link
    if last.classifier == "成":
        unit, note = "%", "成"
    if last.is_bare and (rank := _PERCENTILE.match(text, end)):
        unit, note = "%", rank[1]
    return Quantity(
        start=start,
        end=end,
        surface=text[start:end],
        property=noun or _property(text, (start, end), unit, found) or _labelled(text, start, label, row),
        comparator=comparator,
        value=_published(value),
        lower=_published(lower),
        upper=_published(upper),
        uncertainty=_published(uncertainty),
        unit=unit,
        unit_note=note,
        dimension=dimension(unit),
        value_si=_in_si(value, unit),
        lower_si=_in_si(lower, unit),
        upper_si=_in_si(upper, unit),
        uncertainty_si=_in_si(uncertainty, _of_difference(unit)),
        unit_si=si_unit(unit),
    )


def _property(text: str, stated: tuple[int, int], unit: str, found: Sequence[Quantity]) -> str | None:
    """What the words beside a value, and the values before it, say that it measures."""
    start, end = stated
    previous = found[-1] if found else None
    continued = (each.property for each in found if _continues(text, each, start, unit))
    measured = (
        property_after(text, end, is_share=unit == "%")
        or next(continued, None)
        or property_before(text, start, previous.end if previous else 0)
    )
    if previous is None:
        return measured
    if previous.unit == unit and _THAN.fullmatch(text, previous.end, start) and not is_measure(measured or ""):
        return (previous.property or "").rpartition(" ")[2] or None  # whose it is, stands before a blank
    # What is counted has no volume: 125 个网格点 (10⁴ km³).
    is_of_counted = measured == previous.unit_note and unit not in ("1", "%") and text.startswith((")", "）"), end)
    return None if is_of_counted else measured


def _note(row: Row, before: str, noun: str | None, previous: Quantity | None) -> str | None:
    """What stands with a unit, or what the number counts."""
    last = row.parts[-1]
    if last.unit:
        hemisphere = _HEMISPHERE.search(before) if last.unit.name == "deg" else None
        return _HEMISPHERES[hemisphere[0]] if hemisphere else last.unit.note
    if (magnitude := _MAGNITUDE.search(before)) and not (magnitude[1] == "M" and _repeats(previous, row)):
        return magnitude[1]
    return last.classifier if last.classifier == "级" or (not noun and last.classifier in _COUNTING) else noun


def _repeats(previous: Quantity | None, row: Row) -> bool:
    """Whether a row says again how many were counted right before it: `6 个输入特征 (M=6)`."""
    return previous is not None and previous.unit == "1" and previous.value == _published(row.parts[-1].number.value)


def _noun(text: str, row: Row) -> str | None:
    """The noun of what a row counts, by its classifier or, in a bracket or a sum, without one."""
    last = row.parts[-1]
    if last.is_bare:
        return summed_noun(text, row.parts[0].number.start, row.end) if last.number.is_whole else None
    if last.classifier in _NOUNS:
        return last.classifier
    if not last.classifier or last.classifier in "级成":
        return None
    noun = counted_noun(text, row.end)
    if noun is None and last.classifier not in _COUNTING:
        return counted_before(text, row.parts[0].number.start, row.end)
    return noun


def _labelled(text: str, start: int, label: str | None, row: Row) -> str | None:
    """The label where it says what a row that nothing else stands before measures or, as an amount, counts."""
    if label is None or not is_measure(label) or not is_led_to(text, start):
        return None
    return label if row.parts[-1].classifier is None or label.endswith(("数", "量")) else None


def _continues(text: str, previous: Quantity, start: int, unit: str) -> bool:
    """Whether a number goes on with what an earlier one measures: in a list, or as where a change ends."""
    if text[previous.end : start] == " " and previous.unit == unit:
        return True
    if listed := _LISTED.fullmatch(text, previous.end, start):
        return "/" not in listed[0] or previous.unit == unit
    return previous.unit == unit and _TO.fullmatch(text, previous.end, start) is not None


def _values(
    text: str, row: Row, unit: str
) -> tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None, str]:
    """Value, bounds and uncertainty of a row, and the unit they share: of two, the first that is printed."""
    tenths = 10 if row.parts[-1].classifier == "成" else 1
    first, last = row.parts[0], row.parts[-1]
    if not row.link:
        return first.number.value * tenths, None, None, None, unit
    one, other = bounds(text, row)
    if first.unit and first.unit.name != unit:
        names = (unit, first.unit.name) if row.link == "range" else map(_of_difference, (unit, first.unit.name))
        changed = converted(other, *names)
        if changed is not None:
            unit, other = first.unit.name, changed
    if row.link == "±":
        return first.number.value, None, None, last.number.value if other == last.number.value else other, unit
    lower, upper = sorted((one * tenths, other * tenths))
    return None, lower, upper, None, unit


def _compared(text: str, row: Row, reached: int) -> tuple[int, int, Comparator]:
    """Where a row starts and ends with the words that compare it, and what they say."""
    start, end = row.parts[0].number.start, row.end
    said: Comparator = "="
    before = text[max(reached, start - _WINDOW) : start]
    for comparator, pattern in _BEFORE if _ANY_BEFORE.search(before) else ():
        if stated := pattern.search(before):
            if stated[0].startswith("近") and row.parts[-1].unit and _SPAN.match(text, end):
                break
            start, said = start - len(stated[0]), comparator
            break
    if said == "=" and row.parts[-1].classifier and _MANY.match(text, row.parts[-1].number.end):
        return start, end, ">"
    for comparator, pattern in _AFTER if _ANY_AFTER.match(text, end) else ():
        if after := pattern.match(text, end):
            return start, after.end(), comparator
    return start, end, said


def _of_difference(unit: str) -> str:
    """The unit of a difference of two values in a unit."""
    return "delta_degC" if unit == "degC" else unit


def _published(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _in_si(value: Decimal | None, unit: str) -> float | None:
    return None if value is None else float(si_value(value, unit))
