"""Units as the digests print them, Chinese words among them, in spellings that Pint parses; SI values are Pint's."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pint

_METRIC = {
    "": ("m", "g", "t", "s", "L", "Pa", "Hz", "J", "W", "V", "K", "mol", "bar", "yr", "Gal", "rad"),
    "k": ("m", "g", "t", "Pa", "Hz", "J", "W", "V", "N", "bar", "yr"),
    "c": ("m",),
    "m": ("m", "g", "s", "L", "Pa", "Hz", "J", "W", "V", "mol", "K", "bar", "Gal", "rad"),
    "μ": ("m", "g", "s", "L", "V", "T", "mol", "Gal", "rad"),
    "n": ("m", "g", "s", "T", "mol", "Gal"),
    "h": ("Pa",),
    "M": ("t", "Pa", "Hz", "J", "W", "yr"),
    "G": ("t", "Pa", "Hz", "J", "W", "yr"),
    "T": ("g", "W", "J"),
    "P": ("g", "J"),
}
# To Pint a kt is a knot.
_WORDS = {
    "公里": "km", "千米": "km", "米": "m", "厘米": "cm", "毫米": "mm", "微米": "μm", "英里": "mile", "in": "inch",
    "平方公里": "km**2", "平方千米": "km**2", "平方米": "m**2", "立方公里": "km**3", "立方米": "m**3",
    "公顷": "hectare", "ha": "hectare", "吨": "t", "kt": "Gg", "千克": "kg", "公斤": "kg", "克": "g", "毫克": "mg",
    "秒": "s", "sec": "s", "分钟": "min", "min": "min", "小时": "h", "核时": "h", "h": "h", "hr": "h", "hour": "h",
    "hours": "h", "天": "day", "d": "day", "day": "day", "days": "day", "日": "day", "周": "week", "week": "week",
    "weeks": "week", "月": "month", "month": "month", "months": "month", "年": "yr", "a": "yr", "year": "yr",
    "years": "yr", "ka": "kyr", "Ka": "kyr", "Ma": "Myr", "Ga": "Gyr", "十年": "decayear", "世纪": "century",
    "°C": "degC", "° C": "degC", "℃": "degC", "摄氏度": "degC", "°": "deg", "度": "deg", "mas": "mas",
    "μas": "microarcsecond", "μS": "microstrain", "με": "microstrain", "Eotvos": "eotvos", "Eötvös": "eotvos",
    "mD": "millidarcy", "dB": "dB", "Ra": "Ra", "FNU": "FNU", "NTU": "FNU", "PAL": "PAL", "psu": "psu", "像素": "pixel",
    "pixel": "pixel", "ppm": "ppm", "ppmv": "ppm", "ppb": "ppb", "ppbv": "ppb", "百分点": "%", "%": "%", "％": "%",
    "‰": "‰", "permil": "‰",
}  # fmt: skip
_PRINTED = {prefix + name: prefix + name for prefix, names in _METRIC.items() for name in names} | _WORDS

_ONLY_IN_COMPOUNDS = {"a", "in", "日", "十年", "PAL"}
"""Spellings that alone mean something else."""
_COUNTED_WITH = {"月", "世纪", "百分点"}
"""Words that name a unit after 个 only: `3 月` is a date."""

_TIMES = frozenset({"秒", "分钟", "小时", "天", "周", "年"})

_ATOM = re.compile(
    "(?:" + "|".join(sorted(map(re.escape, _PRINTED), key=len, reverse=True)).replace("μ", "[μµ]") + r")"
    r"(?:(?<![A-Za-z])|(?![A-Za-z])|(?<=[gt])(?=C(?![A-Za-z])|CO[₂2]))(?!(?<=年)(?:代|级|际|轻))(?!(?<=天)(?:然|空))(?!(?<=[米克])(?:兰|拉))"
)
_SPELLINGS = str.maketrans("µ", "μ")
_POWER = re.compile(r"⁻?[¹²³⁴⁵⁶]|\^\{?[-−]?[1-6]\}?|[-−][1-4](?![0-9.])|(?<=m)[23](?![0-9.])")
_RAISED = str.maketrans("⁻¹²³⁴⁵⁶−", "-123456-", "^{}")
_SUBSTANCE = re.compile(r" ?(w\. ?e\.|水当量|CO₂-?eq|CO₂|CO2|CH₄|N₂O|H₂O|C|N|P|S|Fe)(?![A-Za-z0-9₀-₉])")
_WEIGHED = re.compile(r"[A-Za-zμ]?(?:g|t|mol|m)")
"""Units of mass, of amount, and of the height of water: a substance stands with them."""
_SHARE_OF = re.compile(r"(?:wt|vol|mol|at)\.? ?(?=%)")
_NOTE = re.compile(r" ?(?:[NSEW](?![A-Za-z0-9₀-₉]| ?波)|cal\.? BP|BP(?![A-Za-z])|a\.s\.l\.|PAL(?![A-Za-z]))")
_CALIBRATED = re.compile(r"cal\.?(?= ?(?:yr|a|ka) BP)")
_EVENTS = re.compile(r"(事件|[次个篇条人])/")
_COORDINATE = re.compile(r"(?<=\.[0-9]{2})[NSEW](?![A-Za-z])")
_DAYS = re.compile(r" ?日(?=平均|滑动)")
_BETWEEN = re.compile(r"(?P<per> ?/ ?)|(?P<times>[·⋅*])|(?P<blank> )")
_HELD = ("W/mK", "W/m·K", "W/(m·K)", "W/(m K)")


_BEGINNINGS = frozenset(" 日事次个篇条人NSEWvcµ") | {spelling[0] for spelling in (*_PRINTED, *_HELD)}
"""First characters of a unit, and of what may stand before it: `wt%`, `vol%`, `cal yr BP`, `次/年`."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit read in a text: where it ends, its spelling for Pint, what stands with it (`C` of `Pg C`)."""

    end: int
    name: str
    note: str | None = None


def read_unit(text: str, at: int) -> Unit | None:
    """The unit that stands at an offset of a text, after one blank at most.

    >>> read_unit("PgC yr⁻¹", 0)
    Unit(end=8, name='Pg/yr', note='C')
    >>> read_unit(" mg/cm²/kyr", 0).name, read_unit(" K m yr⁻¹", 0).name, read_unit("毫米/年", 0).name
    ('mg/cm**2/kyr', 'K*m/yr', 'mm/yr')
    """
    start = at + text.startswith(" ", at)
    if text[start : start + 1] not in _BEGINNINGS:
        return None
    if special := _special(text, at, start):
        return special
    notes = []
    if shared := _SHARE_OF.match(text, start) or _CALIBRATED.match(text, start):
        notes.append(shared[0].strip())
        start = shared.end() + text.startswith(" ", shared.end())
    counted = text.startswith("个", start)
    factors, end = _factors(text, start + counted, notes)
    if not factors or (counted and not _takes_classifier(factors[0][0])):
        return None
    printed, power = factors[0]
    alone = len(factors) == 1 and power == 1
    if (alone and printed in _ONLY_IN_COMPOUNDS and not notes) or (printed in _COUNTED_WITH and not counted):
        return None
    if len(factors) == 1 and (noted := _NOTE.match(text, end)):
        notes.append(noted[0].strip())
        end = noted.end()
    if printed == "核时":
        notes.append("核")
    return Unit(end, _spelled(factors), " ".join(notes) or None)


def _special(text: str, at: int, start: int) -> Unit | None:
    """Units that are no product of spelled factors: `W/mK`, a coordinate, `3 日平均`, `20 事件/十年`."""
    if held := next((held for held in _HELD if text.startswith(held, start)), None):
        return Unit(start + len(held), "W/m/K")
    if days := _DAYS.match(text, at):
        return Unit(days.end(), "day")
    if coordinate := _COORDINATE.match(text, at):
        return Unit(coordinate.end(), "deg", coordinate[0])
    if events := _EVENTS.match(text, start):
        notes = [events[1]]
        factors, end = _factors(text, events.end(), notes)
        if factors:
            return Unit(end, _spelled([(printed, -power) for printed, power in factors]), " ".join(notes))
    return None


def _takes_classifier(printed: str) -> bool:
    """Whether 个 may stand before a unit's word: `3 个月`, `5 个百分点`."""
    return printed in {"月", "世纪", "百分点", "小时", "分钟", "年"}


def _factors(text: str, at: int, notes: list[str]) -> tuple[list[tuple[str, int]], int]:
    """The factors of a unit with their powers, and where it ends; substances are put to the notes."""
    factors: list[tuple[str, int]] = []
    kept, end, sign = 0, at, 1
    while atom := _ATOM.match(text, at):
        printed = atom[0].translate(_SPELLINGS)
        if factors and (_lists(factors, printed, sign) or (text[at - 1] == " " and printed in dict(factors))):
            break
        at = atom.end()
        raised = _POWER.match(text, at)
        power = int(raised[0].translate(_RAISED)) if raised else 1
        at = raised.end() if raised else at
        factors.append((printed, sign * power))
        substance = _SUBSTANCE.match(text, at) if _WEIGHED.fullmatch(_PRINTED[printed]) else None
        joined = sign == -1 or not factors[:-1] or text[atom.start() - 1] != " " or raised
        if substance and sign == 1 and joined and (printed[-1] != "m" or substance[1][0] in "w水"):
            notes.append(substance[1].replace(" ", ""))
            at = substance.end()
        if joined:
            kept, end = len(factors), at
        between = _BETWEEN.match(text, at)
        if not between:
            break
        sign = -1 if between["per"] else 1
        at = between.end()
    return factors[:kept], end


def _lists(factors: list[tuple[str, int]], printed: str, sign: int) -> bool:
    """Whether a slash lists two times (`30 分钟/天`) and divides nothing."""
    return sign == -1 and len(factors) == 1 and {factors[0][0], printed} <= _TIMES


def _spelled(factors: list[tuple[str, int]]) -> str:
    over = [_raised(_PRINTED[printed], power) for printed, power in factors if power > 0]
    under = [_raised(_PRINTED[printed], -power) for printed, power in factors if power < 0]
    return "/".join(["*".join(over) or "1", *under])


def _raised(name: str, power: int) -> str:
    return name if power == 1 else f"{name}**{power}"


@lru_cache(maxsize=1)
def registry() -> "pint.UnitRegistry[Decimal]":
    """Pint's units and the field's own of `units.txt`; values are decimals."""
    units: pint.UnitRegistry[Decimal] = pint.UnitRegistry(non_int_type=Decimal)
    units.load_definitions(Path(__file__).with_name("units.txt"))
    return units


@lru_cache(maxsize=1024)
def dimension(name: str) -> str:
    """The dimension of a unit as Pint writes it.

    >>> dimension("mm/yr"), dimension("%")
    ('[length] / [time]', 'dimensionless')
    """
    return str(registry().parse_units(name).dimensionality)


@lru_cache(maxsize=1024)
def si_unit(name: str) -> str:
    """The SI base unit of a unit's dimension, `1` where it has none.

    >>> si_unit("W/m**2"), si_unit("mas"), si_unit("‰")
    ('kg/s**3', 'rad', '1')
    """
    return f"{registry().Quantity(Decimal(1), name).to_base_units().units:~C}" or "1"


def si_value(value: Decimal, name: str) -> Decimal:
    """A value of a unit in the SI base unit.

    >>> si_value(Decimal(20), "degC"), si_value(Decimal(5), "%")
    (Decimal('293.15'), Decimal('0.05'))
    """
    factor = _si_factor(name)
    return _in_base_units(value, name) if factor is None else value * factor


@lru_cache(maxsize=1024)
def _si_factor(name: str) -> Decimal | None:
    """What a value of a unit is multiplied with; None where the unit's zero is not that of its base unit (°C)."""
    return None if _in_base_units(Decimal(0), name) else _in_base_units(Decimal(1), name)


def _in_base_units(value: Decimal, name: str) -> Decimal:
    return Decimal(registry().Quantity(value, name).to_base_units().magnitude)


def converted(value: Decimal, name: str, to: str) -> Decimal | None:
    """A value in another unit, None where the dimensions differ."""
    if dimension(name) != dimension(to):
        return None
    return Decimal(registry().Quantity(value, name).to(to).magnitude)
