"""Units as they are printed: how far each reaches, what it is, and what stands with it. Most are of the seeds."""

import pytest

from geodigest.facts.units import Unit, read_unit


@pytest.mark.parametrize(
    ("text", "printed", "name", "note"),
    [
        ("(≥4.1×10⁵ km², 占", " km²", "km**2", None),
        ("气枪容积 3300 in³ (立方英寸)", " in³", "inch**3", None),
        ("黏度约 10¹⁹ Pa·s。", " Pa·s", "Pa*s", None),
        ("J≥190 K m yr⁻¹", " K m yr⁻¹", "K*m/yr", None),
        ("峰值达 680 mg/cm²/kyr", " mg/cm²/kyr", "mg/cm**2/kyr", None),
        ("波速 5.5 km / s 以上", " km / s", "km/s", None),
        ("重力加速度 9.8 m/s/s", " m/s/s", "m/s/s", None),
        ("热导率 17.5 W/mK (假设", " W/mK", "W/m/K", None),
        ("热导率 2.5 W/(m·K)。", " W/(m·K)", "W/m/K", None),
        ("0.72 mm yr⁻¹ mm yr⁻¹", " mm yr⁻¹", "mm/yr", None),
        ("在 55.07N, 156.82W (", "N", "deg", "N"),
        ("方向 81.5°W)", "°W", "deg", "W"),
        ("每 3 日平均", " 日", "day", None),
        ("(46-60 事件/十年)", " 事件/十年", "1/decayear", "事件"),
        ("消耗 360 万核时)", "核时", "h", "核"),
        ("仅需 23-33 vol.% 的 MORB", " vol.%", "%", "vol."),
        ("TOC 为 5.2 wt %", " wt %", "%", "wt"),
        ("(~25% PAL)后才", "% PAL", "%", "PAL"),
        ("泥炭 (4800 m a.s.l.)", " m a.s.l.", "m", "a.s.l."),
        ("2000–1500 cal. yr BP(CAO)", " cal. yr BP", "yr", "cal. BP"),
        ("始于 8200 cal a BP", " cal a BP", "yr", "cal BP"),
        ("偏负 0.10 m w.e./yr)", " m w.e./yr", "m/yr", "w.e."),
        ("减薄 0.5 m w. e. yr⁻¹", " m w. e. yr⁻¹", "m/yr", "w.e."),
        ("增加 0.19 PgC yr⁻¹,", " PgC yr⁻¹", "Pg/yr", "C"),
        ("储量 54.1 kg C m⁻²", " kg C m⁻²", "kg/m**2", "C"),
        ("硝酸盐 12 μmol N L⁻¹", " μmol N L⁻¹", "μmol/L", "N"),
        ("微生物 5 个/g C", " 个/g C", "1/g", "个 C"),
    ],
)
def test_a_unit_is_read_whole_with_what_stands_by_it(text: str, printed: str, name: str, note: str | None) -> None:
    at = text.index(printed)
    assert read_unit(text, at) == Unit(at + len(printed), name, note)


@pytest.mark.parametrize(
    ("text", "printed", "name"),
    [("约 10 m V形谷", " m", "m"), ("延迟 1.4 s P 波", " s", "s"), ("深约 30 km S 波低速", " km", "km")],
)
def test_a_letter_after_a_unit_may_begin_a_word(text: str, printed: str, name: str) -> None:
    at = text.index(printed)
    assert read_unit(text, at) == Unit(at + len(printed), name)


@pytest.mark.parametrize(
    ("text", "at"), [("图 3 a 所示", 3), ("2023 年 5 月 12 日", 8), ("12 日", 2), ("Top 10 in 2018", 6)]
)
def test_a_letter_of_a_figure_a_date_and_a_preposition_are_no_units(text: str, at: int) -> None:
    assert read_unit(text, at) is None
