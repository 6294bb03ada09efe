"""Clean text from the stretches of a seed: what is published, and where each character came from.

Examples are lines of the seeds; the laws hold for any text.
"""

import dataclasses

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geodigest.errors import CurationError
from geodigest.passages.blanks import spaced
from geodigest.passages.formula import readable
from geodigest.passages.notation import leftover, read, resolved, unmarked
from geodigest.passages.traced import Traced, retold
from geodigest.reconstruct.model import Correction, Span

MARKUP = st.sampled_from(
    [
        "**",
        "*",
        "<b>",
        "</b>",
        "<sub>2</sub>",
        "<sup>-1</sup>",
        "<sup>",
        "$\\delta$",
        "$",
        "\\*",
        "\\_",
        "_{i}",
        "\n- ",
        "# ",
    ]
)
PRINTED = st.sampled_from([*"慢滑事件地幔,。:()（）、", *"abcdeCOH0123", " ", "\n", "\t", "∶", "é", "e\u0301"])
SEEDS = st.lists(MARKUP | PRINTED, max_size=60).map("".join)


def traced(text: str) -> Traced:
    return Traced(text, tuple((at, at + 1) for at in range(len(text))))


def published(*lines: str, corrections: tuple[Correction, ...] = ()) -> str:
    """Printed lines, each a piece of a seed that has them below each other."""
    text = "\n".join(lines)
    pieces = []
    start = 0
    for line in lines:
        pieces.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spaced(read(text, pieces, corrections)).text


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["CaCl<sub>2</sub>型和", "α-PbO₂型 SiO <sub>2</sub> 的剪切"], "CaCl₂型和 α-PbO₂型 SiO₂ 的剪切"),
        (
            [
                "<b>主量离子</b> (Ca <sup>2+</sup> , Mg <sup>2</sup>",
                "<sup>+</sup> , SO <sub>4</sub>",
                "<sup>2-</sup> )",
            ],
            "主量离子 (Ca²⁺, Mg²⁺, SO₄²⁻)",
        ),
        (["收增加 <b>0.14 – 0.19 PgC yr<sup>-1</sup></b> ,", "相当于"], "收增加 0.14 – 0.19 PgC yr⁻¹,相当于"),
        (["锆石的 εHf 与  $\\delta^{18}$ O 呈现"], "锆石的 εHf 与 δ¹⁸O 呈现"),
        (["(Al <sub>2</sub> O <sub>3</sub> , FeO)"], "(Al₂O₃, FeO)"),
        (["F<sup>14</sup>C<sub>atm</sub>"], "F¹⁴Cₐₜₘ"),
        (["(La/Yb)<sub>N</sub>"], "(La/Yb)_{N}"),
        (["负异常", r"$(\delta \ln Vs \approx -1.5\%)$"], "负异常(δ ln Vs ≈ -1.5%)"),
        (["log M0 = 1.5\\*Mw + 13.5"], "log M0 = 1.5*Mw + 13.5"),
        (["ICE-7G\\_NA 古地形"], "ICE-7G_NA 古地形"),
        (["- 2) **大地震(M\\_w 5.5-9.2)**:包括"], "2) 大地震(M_w 5.5-9.2):包括"),
        (["## 2. \\*\\* emergent constraint (涌现约束) 方法\\*\\*"], "2. emergent constraint (涌现约束) 方法"),
        (["*Gc*(*R*)=400 Pa·*R*"], "Gc(R)=400 Pa·R"),
        (["数据类型∶"], "数据类型:"),
        (["全球超过 60%的国", "家缺乏完整的地面"], "全球超过 60%的国家缺乏完整的地面"),
        (["冲刷坑(Obstacle-", "and-scours)"], "冲刷坑(Obstacle-and-scours)"),
        (["采用 Monte", "Carlo 误差传播"], "采用 Monte Carlo 误差传播"),
        (["误差 RMSE", "1.5 米"], "误差 RMSE 1.5 米"),
        (["捕捉长程依赖、异方差 NLL 损 失"], "捕捉长程依赖、异方差 NLL 损失"),
        (["1011 mol 注入 -", "120 mol 回收"], "1011 mol 注入 - 120 mol 回收"),
        (["-32.47‰ to -", "36.97‰"], "-32.47‰ to -36.97‰"),
    ],
)
def test_printed_lines_are_published_clean(lines: list[str], expected: str) -> None:
    assert published(*lines) == expected


def test_a_formula_may_reach_over_printed_lines() -> None:
    lines = [r"\$F_{CO <sub>2</sub> } = k(600)", r"\cdot \left( \frac{Sc(T)}{600}", r"\right)^{-1/2} \cdot K_0^a\$"]
    assert published(*lines) == "F_{CO₂} = k(600) · (Sc(T)/600)^{-1/2} · K₀ᵃ"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\mu^{142}Nd", "μ¹⁴²Nd"),
        (r"-\Delta LOD", "-ΔLOD"),
        (r"2.0 \pm 0.2 \text{ Pg C yr}^{-1}", "2.0 ± 0.2 Pg C yr⁻¹"),
        (r"SiO_2 = 55 - 75\%", "SiO₂ = 55 - 75%"),
        (r"80\,\% = 5\,\mathrm{km}", "80% = 5 km"),
        (r"\frac{ a }{b}", "a/b"),
        (r"\mathcal{L}", "ℒ"),
        (r"\sqrt{a+b}", "√(a+b)"),
        (r"\unheardof x", "unheardof x"),
        (r"\frac{1", "1/"),
    ],
)
def test_formulas_are_readable(latex: str, expected: str) -> None:
    marked = traced(f"${latex}$")
    told = readable(marked, 1, len(marked) - 1)
    assert told.text == expected
    assert told.sources[0][0] == 0
    assert told.sources[-1][1] == len(marked)


def correction(text: str, original: str, corrected: str) -> Correction:
    start = text.index(original)
    return Correction(start, start + len(original), original, corrected, "glyph", "")


def test_a_correction_is_published_as_it_stands() -> None:
    line = "3. 动力讨程 *G*\\*"
    assert published(line, corrections=(correction(line, "讨程", "过程"),)) == "3. 动力过程 G*"
    assert published(line, corrections=(correction(line, "*G*\\*", "G*R*"),)) == "3. 动力讨程 G*R*"


def test_every_character_of_a_correction_comes_from_all_of_it() -> None:
    text = "剪切 <b>7-14%</b> <sub>°</sub>"
    mended = correction(text, "<b>7-14%</b> <sub>°</sub>", "7-14%。")
    told = read(text, [Span(0, len(text))], (mended,))
    assert told.text == "剪切 7-14%。"
    assert set(told.sources[3:]) == {(mended.start, mended.end)}


def test_a_correction_that_misquotes_the_seed_names_the_place() -> None:
    text = "一行\n动力讨程"
    moved = dataclasses.replace(correction(text, "讨程", "过程"), start=4, end=6)
    with pytest.raises(CurationError, match=r"^2:2: '力讨' stands where the correction quotes '讨程'"):
        read(text, [Span(0, len(text))], (moved,))


def test_a_correction_stays_in_its_piece() -> None:
    text = "动力讨程"
    with pytest.raises(CurationError, match="reaches over the end of a piece"):
        read(text, [Span(0, 3)], (correction(text, "讨程", "过程"),))


@given(SEEDS)
def test_clean_text_stays_as_it_is(seed: str) -> None:
    assume("$" not in seed.replace("$\\delta$", ""))
    clean = resolved(unmarked(seed, [Span(0, len(seed))], ()))
    assert resolved(clean) == clean


@given(SEEDS)
def test_sources_follow_the_seed_in_order(seed: str) -> None:
    told = spaced(read(seed, [Span(0, len(seed))], ()))
    starts = [start for start, _ in told.sources]
    assert starts == sorted(starts)
    assert all(0 <= start < end <= len(seed) for start, end in told.sources)


@given(SEEDS)
def test_nothing_printed_is_lost(seed: str) -> None:
    """What no published character comes from is markup or a blank."""
    told = spaced(read(seed, [Span(0, len(seed))], ()))
    covered = {at for start, end in told.sources for at in range(start, end)}
    rest = "".join(char for at, char in enumerate(seed) if at not in covered)
    assert not [char for char in leftover(rest) if char.isalnum() and not char.isascii()]


@given(SEEDS)
def test_no_blank_stands_at_an_end_or_twice(seed: str) -> None:
    text = spaced(read(seed, [Span(0, len(seed))], ())).text
    assert text == text.strip()
    assert "  " not in text
    assert "\n" not in text


@given(st.lists(st.text("慢滑SE12,", min_size=1, max_size=12), min_size=1, max_size=5))
def test_cutting_a_line_into_pieces_only_parts_words(parts: list[str]) -> None:
    text = "".join(parts)
    cuts = [Span(sum(map(len, parts[:at])), sum(map(len, parts[: at + 1]))) for at in range(len(parts))]
    assert spaced(read(text, cuts, ())).text.replace(" ", "") == text


@given(SEEDS, st.data())
def test_what_is_retold_covers_what_was_told(seed: str, data: st.DataObject) -> None:
    told = traced(seed)
    indices = data.draw(st.lists(st.integers(0, max(0, len(seed) - 1)), unique=True).map(sorted)) if seed else []
    again = retold(told, [("x", at) for at in indices])
    covered = {at for start, end in again.sources for at in range(start, end)}
    assert covered == (set(range(len(seed))) if indices else set())


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["v_{ s }为 m^{", "-1}, x_{", "sw }"], "vₛ为 m⁻¹, x_{sw}"),
        (["约为 8°C / CO<sub>2</sub>加倍"], "约为 8°C / CO₂加倍"),
        (["mm", "/yr", "和 km/", "h"], "mm/yr 和 km/h"),
        (["(C loss %)", "占 32 %"], "(C loss %)占 32%"),
        (["颠覆性认知: 1)", "地形背景; 2) 定性"], "颠覆性认知: 1) 地形背景; 2) 定性"),
        (["共 12 个 (50)", "地点"], "共 12 个 (50)地点"),
        (["FZ~ <i>D</i> , D ~10"], "FZ~D, D ~10"),
    ],
)
def test_blanks_that_an_author_types_stay(lines: list[str], expected: str) -> None:
    assert published(*lines) == expected
