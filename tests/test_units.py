"""Units as they are printed: how far each reaches, what it is, and what stands with it. Most are of the seeds."""

import math
from decimal import Decimal

import pytest

from geodigest.facts.units import Unit, read_unit, si_unit, si_value


@pytest.mark.parametrize(
    ("text", "printed", "name", "note"),
    [
        ("(≥4.1×10⁵ km², 占", " km²", "km**2", None),
        ("气枪容积 3300 in³ (立方英寸)", " in³", "inch**3", None),
        ("黏度约 10¹⁹ Pa·s。", " Pa·s", "Pa*s", None),
        ("黏度约 10¹⁹ Pa⋅s。", " Pa⋅s", "Pa*s", None),
        ("黏度约 10^19 Pa*s。", " Pa*s", "Pa*s", None),
        ("模量为 5.7 kPa/μS", " kPa/μS", "kPa/microstrain", None),
        ("模量为 5.7 kPa/µS", " kPa/µS", "kPa/microstrain", None),
        ("J≥190 K m yr⁻¹", " K m yr⁻¹", "K*m/yr", None),
        ("峰值达 680 mg/cm²/kyr", " mg/cm²/kyr", "mg/cm**2/kyr", None),
        ("波速 5.5 km / s 以上", " km / s", "km/s", None),
        ("重力加速度 9.8 m/s/s", " m/s/s", "m/s/s", None),
        ("热导率 17.5 W/mK (假设", " W/mK", "W/m/K", None),
        ("热导率 2.5 W/(m·K)。", " W/(m·K)", "W/m/K", None),
        ("0.72 mm yr⁻¹ mm yr⁻¹", " mm yr⁻¹", "mm/yr", None),
        ("在 55.07N, 156.82W (", "N", "deg", "N"),
        ("方向 81.5°W)", "°W", "deg", "W"),
        ("在 21.25S,", "S", "deg", "S"),
        ("在 95.75E,", "E", "deg", "E"),
        ("在 156.82W (", "W", "deg", "W"),
        ("南纬 30° S,", "° S", "deg", "S"),
        ("(114° E- 120", "° E", "deg", "E"),
        ("(38° N- 41", "° N", "deg", "N"),
        ("升至 20 ° C。", " ° C", "degC", None),
        ("每 3 日平均", " 日", "day", None),
        ("7日滑动平均", "日", "day", None),
        ("平均 12 篇/年", " 篇/年", "1/yr", "篇"),
        ("密度 3 条/km²", " 条/km²", "1/km**2", "条"),
        ("密度 50 人/km²", " 人/km²", "1/km**2", "人"),
        ("上升 2 次/d", " 次/d", "1/day", "次"),
        ("(46-60 事件/十年)", " 事件/十年", "1/decayear", "事件"),
        ("消耗 360 万核时)", "核时", "h", "核"),
        ("仅需 23-33 vol.% 的 MORB", " vol.%", "%", "vol."),
        ("TOC 为 5.2 wt %", " wt %", "%", "wt"),
        ("含 3.5 mol%", " mol%", "%", "mol"),
        ("含 3.5at.%", "at.%", "%", "at."),
        ("(~25% PAL)后才", "% PAL", "%", "PAL"),
        ("泥炭 (4800 m a.s.l.)", " m a.s.l.", "m", "a.s.l."),
        ("2000–1500 cal. yr BP(CAO)", " cal. yr BP", "yr", "cal. BP"),
        ("始于 8200 cal a BP", " cal a BP", "yr", "cal BP"),
        ("距今 11.7 cal.ka BP", " cal.ka BP", "kyr", "cal. BP"),
        ("距今 11.7 ka cal BP", " ka cal BP", "kyr", "cal BP"),
        ("距今 11.7 ka cal. BP", " ka cal. BP", "kyr", "cal. BP"),
        ("距今 11.7 ka BP", " ka BP", "kyr", "BP"),
        ("偏负 0.10 m w.e./yr)", " m w.e./yr", "m/yr", "w.e."),
        ("减薄 0.5 m w. e. yr⁻¹", " m w. e. yr⁻¹", "m/yr", "w.e."),
        ("积雪 0.3 m 水当量", " m 水当量", "m", "水当量"),
        ("增加 0.19 PgC yr⁻¹,", " PgC yr⁻¹", "Pg/yr", "C"),
        ("排放 5.2 kt CO₂ yr⁻¹", " kt CO₂ yr⁻¹", "Gg/yr", "CO₂"),
        ("储量 54.1 kg C m⁻²", " kg C m⁻²", "kg/m**2", "C"),
        ("硝酸盐 12 μmol N L⁻¹", " μmol N L⁻¹", "μmol/L", "N"),
        ("微生物 5 个/g C", " 个/g C", "1/g", "个 C"),
    ],
)
def test_a_unit_is_read_whole_with_what_stands_by_it(text: str, printed: str, name: str, note: str | None) -> None:
    at = text.index(printed)
    assert read_unit(text, at) == Unit(at + len(printed), name, note)


@pytest.mark.parametrize("substance", ["C", "N", "P", "S", "Fe", "CO₂", "CO2", "CO₂-eq", "CO₂eq", "CH₄", "N₂O", "H₂O"])
def test_a_substance_stands_with_a_mass_and_an_amount(substance: str) -> None:
    for name in ("Tg", "Gt", "mol"):
        text = f"5 {name} {substance} yr⁻¹"
        assert read_unit(text, 1) == Unit(len(text), f"{name}/yr", substance)


@pytest.mark.parametrize("element", ["Ca", "Sr", "CO", "N₂", "P2", "S₈", "NH"])
def test_the_first_letters_of_another_substance_are_none(element: str) -> None:
    assert read_unit(f"5 mg {element}", 1) == Unit(4, "mg")


@pytest.mark.parametrize(("printed", "note"), [("GtC", "C"), ("tC", "C"), ("GtCO₂", "CO₂"), ("GtCO2", "CO2")])
def test_carbon_may_stand_close_to_its_mass(printed: str, note: str) -> None:
    assert read_unit(f"5 {printed}。", 1) == Unit(2 + len(printed), printed.removesuffix(note), note)


@pytest.mark.parametrize(
    ("power", "spellings"),
    [
        *[(value, (raised, f"^{value}", f"^{{{value}}}")) for value, raised in enumerate("¹²³⁴⁵⁶", 1)],
        *[
            (-value, (f"⁻{raised}", f"^-{value}", f"^{{-{value}}}", f"^−{value}", f"-{value}", f"−{value}"))
            for value, raised in enumerate("¹²³⁴", 1)
        ],
    ],
)
def test_powers_of_a_unit(power: int, spellings: tuple[str, ...]) -> None:
    name = {1: "s", -1: "1/s"}.get(power, f"s**{power}" if power > 0 else f"1/s**{-power}")
    for spelled in spellings:
        assert read_unit(f"5 s{spelled}。", 1) == Unit(3 + len(spelled), name)


@pytest.mark.parametrize("text", ["5 m-30 m", "5 m-2.5 m", "5 m20 站", "5 m2.5", "5 m-x"])
def test_digits_after_a_unit_may_be_another_number(text: str) -> None:
    assert read_unit(text, 1) == Unit(3, "m")


def test_only_of_lengths_a_low_digit_is_a_power() -> None:
    assert read_unit("5 s2 站", 1) == Unit(3, "s")
    assert read_unit("5 cm3", 1) == Unit(5, "cm**3")


@pytest.mark.parametrize(
    ("text", "printed", "name"),
    [
        ("约 10 m V形谷", " m", "m"),
        ("延迟 1.4 s P 波", " s", "s"),
        ("深约 30 km S 波低速", " km", "km"),
        ("距 5 km NE 方向", " km", "km"),
        ("距 5 km SW 方向", " km", "km"),
        ("距 5 km East", " km", "km"),
        ("距 5 km N2 站", " km", "km"),
        ("近 5 ka BPT", " ka", "kyr"),
        ("约 25% PALEO", "%", "%"),
        ("分辨率 30 米DEM", " 米", "m"),
        ("积累 12 年GRACE", " 年", "yr"),
    ],
)
def test_a_letter_after_a_unit_may_begin_a_word(text: str, printed: str, name: str) -> None:
    at = text.index(printed)
    assert read_unit(text, at) == Unit(at + len(printed), name)


@pytest.mark.parametrize(
    "text",
    [
        *["80 年代", "3 年级", "10 年际", "3 年轻", "三 天然气", "三 天空", "二 米兰科维奇", "二 克拉通"],
        *["5 mT", "5 Kr", "5 gX", "5 gCa", "5 mC", "5 LC", "5 tN", "13N", "2.5N", "0.75Na", "0.75SE"],
        *["20 cal yr 前", "20 cal K", "20 cal. m"],
    ],
)
def test_the_beginning_of_a_word_is_no_unit(text: str) -> None:
    at = next(at for at, char in enumerate(text) if char not in "0123456789.三二")
    assert read_unit(text, at) is None


@pytest.mark.parametrize(
    ("text", "at"), [("图 3 a 所示", 3), ("2023 年 5 月 12 日", 8), ("12 日", 2), ("Top 10 in 2018", 6)]
)
def test_a_letter_of_a_figure_a_date_and_a_preposition_are_no_units(text: str, at: int) -> None:
    assert read_unit(text, at) is None


DEGREE = math.pi / 180
YEAR = 365.25 * 86400

WORTH = {
    "m": {
        "km": 1e3, "公里": 1e3, "千米": 1e3, "m": 1, "米": 1, "cm": 1e-2, "厘米": 1e-2, "mm": 1e-3, "毫米": 1e-3,
        "μm": 1e-6, "µm": 1e-6, "微米": 1e-6, "nm": 1e-9, "英里": 1609.344, "in²/in": 0.0254,
    },
    "m**2": {"平方公里": 1e6, "平方千米": 1e6, "km2": 1e6, "平方米": 1, "公顷": 1e4, "ha": 1e4, "mD": 9.869233e-16},
    "m**3": {"立方公里": 1e9, "立方米": 1, "m3": 1, "L": 1e-3, "mL": 1e-6, "μL": 1e-9, "µL": 1e-9},
    "kg": {
        "t": 1e3, "吨": 1e3, "kt": 1e6, "Mt": 1e9, "Gt": 1e12, "Tg": 1e9, "Pg": 1e12, "kg": 1, "千克": 1, "公斤": 1,
        "g": 1e-3, "克": 1e-3, "mg": 1e-6, "毫克": 1e-6, "μg": 1e-9, "µg": 1e-9, "ng": 1e-12,
    },
    "s": {
        "s": 1, "sec": 1, "秒": 1, "ms": 1e-3, "μs": 1e-6, "µs": 1e-6, "ns": 1e-9, "min": 60, "分钟": 60,
        "h": 3600, "hr": 3600, "hour": 3600, "hours": 3600, "小时": 3600, "核时": 3600,
        "d": 86400, "day": 86400, "days": 86400, "天": 86400,
        "week": 604800, "weeks": 604800, "周": 604800,
        "month": YEAR / 12, "months": YEAR / 12, "个月": YEAR / 12,
        "yr": YEAR, "year": YEAR, "years": YEAR, "年": YEAR, "个世纪": 100 * YEAR,
        "ka": 1e3 * YEAR, "Ka": 1e3 * YEAR, "kyr": 1e3 * YEAR, "Ma": 1e6 * YEAR, "Myr": 1e6 * YEAR,
        "Ga": 1e9 * YEAR, "Gyr": 1e9 * YEAR,
    },
    "rad": {
        "rad": 1, "mrad": 1e-3, "μrad": 1e-6, "µrad": 1e-6, "°": DEGREE, "度": DEGREE,
        "mas": DEGREE / 3.6e6, "μas": DEGREE / 3.6e9, "µas": DEGREE / 3.6e9,
    },
    "K": {"K": 1, "mK": 1e-3},
    "1/s": {"Hz": 1, "mHz": 1e-3, "kHz": 1e3, "MHz": 1e6, "GHz": 1e9, "次/d": 1 / 86400, "事件/十年": 0.1 / YEAR},
    "kg/m/s**2": {
        "Pa": 1, "mPa": 1e-3, "hPa": 100, "kPa": 1e3, "MPa": 1e6, "GPa": 1e9, "bar": 1e5, "kbar": 1e8, "mbar": 100
    },
    "kg*m/s**2": {"kN": 1e3},
    "kg*m**2/s**2": {"J": 1, "mJ": 1e-3, "kJ": 1e3, "MJ": 1e6, "GJ": 1e9, "TJ": 1e12, "PJ": 1e15},
    "kg*m**2/s**3": {"W": 1, "mW": 1e-3, "kW": 1e3, "MW": 1e6, "GW": 1e9, "TW": 1e12},
    "kg*m**2/A/s**3": {"V": 1, "mV": 1e-3, "μV": 1e-6, "µV": 1e-6, "kV": 1e3},
    "kg/A/s**2": {"μT": 1e-6, "µT": 1e-6, "nT": 1e-9},
    "m/s**2": {"Gal": 1e-2, "mGal": 1e-5, "μGal": 1e-8, "µGal": 1e-8, "nGal": 1e-11},
    "1/s**2": {"Eotvos": 1e-9, "Eötvös": 1e-9},
    "mol": {"mol": 1, "mmol": 1e-3, "μmol": 1e-6, "µmol": 1e-6, "nmol": 1e-9},
    "1": {
        "%": 0.01, "％": 0.01, "个百分点": 0.01, "‰": 1e-3, "permil": 1e-3, "με": 1e-6, "µε": 1e-6,
        "ppm": 1e-6, "ppmv": 1e-6, "ppb": 1e-9, "ppbv": 1e-9,
    },
}  # fmt: skip
"""What one of each unit is in SI base units, by the definitions of the units."""


@pytest.mark.parametrize(
    ("printed", "base", "worth"),
    [(printed, base, worth) for base, of in WORTH.items() for printed, worth in of.items()],
)
def test_a_unit_is_worth_what_it_is_by_definition(printed: str, base: str, worth: float) -> None:
    unit = read_unit(f"5 {printed}。", 1)
    assert unit is not None
    assert unit.end == 2 + len(printed)
    assert si_unit(unit.name) == base
    assert float(si_value(Decimal(1), unit.name)) == pytest.approx(worth, rel=1e-7)
