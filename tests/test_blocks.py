"""Blocks of the converter, and what of them is scrap or copy."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from geodigest.reconstruct.blocks import Block, blocks, growing_copies, is_scrap, printed_lines, scrap_lines, words
from geodigest.reconstruct.model import Span

PAGE = """# 1. 地质记录数据(实证基础)

来源:中国三大陆相盆地(四川、鄂尔多斯、塔里木)的野外剖面和岩芯。

- 1) **地球化学数据**:有机 碳含量 (TOC)
- 2)地层学数据: 高精度 锆石 U-Pb 年龄
第三纪

大地热流\t1. 数据\t用途
\t来源: GNSS\t
"""
LINES = st.lists(st.sampled_from(["", "# 一", "- 1) 甲", "乙丙", "丁\t戊", "\t己"]), max_size=12)


def _shown(text: str, spans: Iterable[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def test_a_page_falls_into_headings_paragraphs_items_and_tables() -> None:
    found = blocks(PAGE)
    assert [block.kind for block in found] == ["heading", "paragraph", "item", "item", "table"]
    assert PAGE[found[3].start : found[3].end].endswith("第三纪")
    assert [len(line) for line in found[4].lines] == [3, 3]


@given(LINES)
def test_every_character_that_shows_is_in_exactly_one_block(lines: list[str]) -> None:
    text = "\n".join(lines)
    covered = [offset for block in blocks(text) for offset in range(block.start, block.end)]
    assert len(covered) == len(set(covered))
    assert {i for i, char in enumerate(text) if not char.isspace()} <= set(covered)


@given(LINES)
def test_the_cells_of_a_table_line_are_what_stands_between_tabs(lines: list[str]) -> None:
    text = "\n".join(lines)
    for block in blocks(text):
        for line in block.lines:
            raw = text[line[0].start : line[-1].end]
            assert _shown(text, line) == raw.split("\t")


def test_blanks_inside_chinese_are_the_printed_line_wraps() -> None:
    text = "- 2)地层学数据: 高精度 锆石 U-Pb 年龄、旋 回地层学"
    (block,) = blocks(text)
    shown = ["- 2)地层学数据:", "高精度", "锆石 U-Pb 年龄、旋", "回地层学"]
    assert _shown(text, printed_lines(text, block)) == shown


def test_words_stand_between_blanks() -> None:
    text = "CO2 浓度情景 (280, 侏罗纪"
    assert _shown(text, words(text, blocks(text)[0])) == ["CO2", "浓度情景", "(280,", "侏罗纪"]


def test_only_a_long_paragraph_is_woven() -> None:
    assert not Block("paragraph", 0, 420).is_woven
    assert Block("paragraph", 0, 421).is_woven
    assert not Block("item", 0, 421).is_woven


def test_marks_of_the_page_edge_are_scrap_and_words_are_not() -> None:
    assert is_scrap("00 () 50 16 77 1000 15 15")
    assert is_scrap("│")
    assert not is_scrap("mol/L")
    assert not is_scrap("值")


def test_a_garbled_reading_of_the_next_line_is_scrap() -> None:
    text = "3. 卫星遥咸数狛\t1) 小波变奂与谱分祈\n3. 卫星遥感数据\t1) 小波变换与谱分析\n来源: GNSS\t方法: 反演\n"
    (table,) = blocks(text)
    assert scrap_lines(text, table) == {0}


def test_a_line_that_the_next_one_carries_further_is_a_copy() -> None:
    text = "洋 (20250326)\n洋 (20250326)根据新\n根据新的观测\n"
    (block,) = blocks(text)
    assert _shown(text, growing_copies(text, block)) == ["洋 (20250326)"]
