"""What is seen of a printed line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodigest.reconstruct.printed import (
    CJK,
    Number,
    ends_sentence,
    first_unit_width,
    is_bare_number,
    label,
    number,
    open_brackets,
    plain,
    starts_item,
    width,
)

WORDS = st.text(alphabet="板块俯冲地震abcXYZ 0123(（)）、,。", max_size=40)
MARKED = st.lists(st.sampled_from(["**", "*", "# ", "- ", "<b>", "</b>", "\\_", " ", "板块", "SSE", "2)"])).map("".join)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("- 2)地层学数据: 高精度", "2)地层学数据: 高精度"),
        ("#### 数据类型:", "数据类型:"),
        ("- **4. 提供地震结构的合理解释** 模拟中出现", "4. 提供地震结构的合理解释 模拟中出现"),
        ("<u>Communications</u> <u>Earth & Environment</u>", "Communications Earth & Environment"),
        ("I\\_future", "I_future"),
        ("斜率*R*值", "斜率*R*值"),
    ],
)
def test_plain_text_shows_how_a_line_begins(raw: str, shown: str) -> None:
    assert plain(raw).replace("*", "") == shown.replace("*", "")


@pytest.mark.parametrize("tag", ["b", "i", "u", "sub", "sup", "del", "em"])
def test_plain_text_has_no_tags(tag: str) -> None:
    assert plain(f"SiO<{tag}>2</{tag}>型") == "SiO2型"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("*Gc*(*R*)=400 Pa", "Gc(R)=400 Pa"),
        ("深度*和*范围", "深度*和*范围"),
        ("1.5*Mw + 13.5", "1.5*Mw + 13.5"),
        ("水深 * 坡度", "水深 * 坡度"),
        ("- ## 2. 方法", "2. 方法"),
        ("##  -  方法", "方法"),
        ("-120 mol 回收", "-120 mol 回收"),
        ("#3 井", "#3 井"),
        ("- 1011 mol 注入 - 120 mol 回收 # 2", "1011 mol 注入 - 120 mol 回收 # 2"),
        ("p<0.05, i>2", "p<0.05, i>2"),
    ],
)
def test_what_is_no_markup_stays_in_plain_text(raw: str, shown: str) -> None:
    assert plain(raw) == shown


@pytest.mark.parametrize("raw", ["**方法**", "  # 方法", "- **方法**  ", "<b>方法</b>", "*方法*"])
def test_plain_text_has_no_markup_at_its_ends(raw: str) -> None:
    assert plain(raw) == "方法"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3. 气候数据", Number("top", 3)),
        ("4、评估", Number("top", 4)),
        ("12) 短期", Number("sub", 12)),
        ("②变量", Number("circled", 2)),
        ("(5) 结果", Number("bracketed", 5)),
        ("12. 数据", Number("top", 12)),
        (". 数据", None),
        ("(100) 数据", None),
        ("3．数据", Number("top", 3)),
        ("2）结论", Number("sub", 2)),
        ("（12）结论", Number("bracketed", 12)),
        ("100. 数据", None),
        ("100) 数据", None),
        ("() 数据", None),
        (") 数据", None),
        ("0.6m), 克服", None),
        ("10 篇已发表文献", None),
        ("(20250818)", None),
    ],
)
def test_an_outline_number_is_read_with_its_series(text: str, found: Number | None) -> None:
    assert number(text) == found


def test_a_bare_number_has_no_text() -> None:
    assert is_bare_number("2)")
    assert is_bare_number("2.  ")
    assert not is_bare_number("2) 结论")


def test_a_label_stands_before_the_first_colon() -> None:
    assert label("用途∶区域监测") == "用途"
    assert label("1) 发现: 刚度") == "发现"
    assert label("来源 ：全球台网") == "来源"
    assert label("2)  阶段 3) 结果: 快") == "阶段 3) 结果"
    assert label("N: 氮") == "N"
    assert label("地" * 22 + ": 长") == "地" * 22
    assert label("地" * 23 + ": 长") is None
    assert [label(f"1) {colon} 没有: 三") for colon in ":：∶"] == [None] * 3
    assert starts_item("数据类型: 图像")
    assert not starts_item("层物源以火山碎屑为主")


@pytest.mark.parametrize("mark", "。;；,，\n")
def test_no_label_reaches_over_a_mark(mark: str) -> None:
    assert label(f"模拟显示{mark}在变暖时: 径流") is None


def test_sentences_end_with_a_full_stop_or_a_semicolon() -> None:
    assert all(ends_sentence(f"剥蚀加快{mark}") for mark in "。!?！？;；")
    assert not ends_sentence("由密集")


def test_a_line_break_splits_no_latin_word() -> None:
    assert first_unit_width("Sentinel-2 影像") == 10
    assert first_unit_width("M_w 5.5") == 3
    assert first_unit_width("(95%)+/-1.5'°") == 12
    assert first_unit_width("P 波") == 1
    assert first_unit_width("影像") == 2
    assert first_unit_width("") == 0


@pytest.mark.parametrize(
    ("line", "opened"),
    [
        ("<b>数据类型</b> :远震体波(P", 1),
        ("波、S 波)波形记录", -1),
        ("（ANN）和（CNN", 1),
        ("多层感知器）代表", -1),
        ("误差 (RMSE) 较小", 0),
        ("(图 6 (a", 2),
    ],
)
def test_round_brackets_of_both_widths_are_open_until_they_are_closed(line: str, opened: int) -> None:
    assert open_brackets(line) == opened


@pytest.mark.parametrize(
    ("text", "units"), [("慢滑 SSE", 8), ("用途∶", 5), ("（ANN）", 7), ("Ｍｗ 5.5", 8), ("τ·ΔT 值", 7), ("", 0)]
)
def test_chinese_and_full_width_characters_are_two_units_wide(text: str, units: int) -> None:
    assert width(text) == units


@pytest.mark.parametrize("char", "地龥一、。〈（，：Ａ∶")
def test_chinese_is_told_by_its_characters_and_its_marks(char: str) -> None:
    assert CJK.search(f"SSE {char} 2018")


def test_latin_text_has_no_chinese_mark() -> None:
    assert not CJK.search("Vs ≈ -1.5% (±σ), α-PbO₂: “slow slip” – 30°N")


@given(WORDS, WORDS)
def test_widths_and_brackets_add_up(left: str, right: str) -> None:
    assert width(left + right) == width(left) + width(right)
    assert open_brackets(left + right) == open_brackets(left) + open_brackets(right)
    assert len(left) <= width(left) <= 2 * len(left)


@given(MARKED)
def test_plain_text_keeps_every_letter_and_digit(raw: str) -> None:
    words = raw.replace("<b>", "").replace("</b>", "")
    assert [char for char in plain(raw) if char.isalnum()] == [char for char in words if char.isalnum()]
