"""Equations: what is one, what is only a value, and their LaTeX."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodigest.facts.equations import find_equations, latex
from geodigest.facts.text import PassageText


def surfaces(text: str) -> list[str]:
    """The equations of a text as printed."""
    return [each.surface for each in find_equations([PassageText("d/s/body/0001", "d/s", text)])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("理论标度关系(log M0 ∝ (2/3) log Δk)。", "log M0 ∝ (2/3) log Δk"),
        ("P=1-fKS/100, 其中 fKS是 KS 检验拒绝零假设的比例。", "P=1-fKS/100"),
        ("提出: G=Gc(R)+ΔG(δ)", "G=Gc(R)+ΔG(δ)"),
        ("直接计算: F_{WD} = R · K₀ · fCO₂ᵃ,假设雨滴与大气平衡", "F_{WD} = R · K₀ · fCO₂ᵃ"),
        ("量化 G*=G-G'(即地震学未观测到的部分)", "G*=G-G'"),
        ("有机碳积累速率 (OCAR = TOC × LSR × ρ),用于", "OCAR = TOC × LSR × ρ"),
        ("径向热平流 J=vz·T (上升速度 × 温度异常)", "J=vz·T"),
        ("原壳提取(T₂ = T₁ + 100 Myr)", "T₂ = T₁ + 100 Myr"),
        ("拟合 G 与 R 的关系: Gc(R)=400 Pa·R", "Gc(R)=400 Pa·R"),
        (
            "基础公式: F_{CO₂} = k(600) · (Sc(T)/600)^{-1/2} · (K₀ᵃ fCO₂ᵃ - K₀ʷ fCO₂ʷ)",
            "F_{CO₂} = k(600) · (Sc(T)/600)^{-1/2} · (K₀ᵃ fCO₂ᵃ - K₀ʷ fCO₂ʷ)",
        ),
    ],
)
def test_equations_are_found(text: str, expected: str) -> None:
    assert surfaces(text) == [expected]


def test_scaling_relations_are_found() -> None:
    assert surfaces("发现: FZ~ D,PSZ~10⁻² D。进一步通过 D ~10⁻² Lf (断层长度) 推出") == [
        "FZ~ D",
        "PSZ~10⁻² D",
        "D ~10⁻² Lf",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "显著相关 (p < 0.01), n=752, P=0.039",
        "R_val = 0.73, MAPE = 47.5%",
        "后续演化至现今(T₃ = 0 Ga)",
        "注入的酸性流体(pH=4.1)",
        "C-H:C=O 比值",
        "SiO₂ = 55 - 75%",
        "ΔT_lat = 23-48°C",
        "GMST~34°C, 深度 ~10 km",
        "P = 2.7×10⁻⁸",
        "两者中位数性能相近 (ℒ HM=1.27 vs ℒ DDM=1.28)",
    ],
)
def test_values_are_no_equations(text: str) -> None:
    assert surfaces(text) == []


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("P=1-fKS/100", r"P=1-\mathrm{fKS}/100"),
        ("G=Gc(R)+ΔG(δ)", r"G=\mathrm{Gc}(R)+\Delta G(\delta )"),
        ("G*=0.4393·τs·R", r"G^{*}=0.4393\cdot \tau s\cdot R"),
        ("log M0 = 1.5*Mw + 13.5", r"\log M_{0} = 1.5\cdot \mathrm{Mw} + 13.5"),
        ("PSZ~10⁻² D", r"\mathrm{PSZ}\sim 10^{-2} D"),
    ],
)
def test_latex(surface: str, expected: str) -> None:
    assert latex(surface) == expected


@given(st.text(alphabet="GRδ₀²₁ᵃ=+-*·()∝~ 12/_{}的,", max_size=40))
def test_equations_are_stretches_of_the_text_without_overlap(text: str) -> None:
    end = 0
    for each in find_equations([PassageText("d/s/body/0001", "d/s", text)]):
        assert each.start >= end
        assert text[each.start : each.end] == each.surface
        assert re.search("[=∝≈~]", each.surface)
        end = each.end


@given(st.text(alphabet="GRδ₀²₁ᵃ=+-*·()∝~ 12/", max_size=40))
def test_latex_keeps_brackets_and_braces_closed(surface: str) -> None:
    braces = re.sub(r"[^{}]", "", latex(surface))
    while "{}" in braces:
        braces = braces.replace("{}", "")
    assert not braces
