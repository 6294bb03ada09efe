"""Where rows begin, and what their first cell says."""

from collections.abc import Iterable

import pytest

from geodigest.errors import SeedError
from geodigest.reconstruct.blocks import blocks
from geodigest.reconstruct.decisions import Decision
from geodigest.reconstruct.model import Aside, Cell, Piece
from geodigest.reconstruct.rows import header, row_starts
from geodigest.reconstruct.table import read_table

TITLE = "Drivers of global glacial erosion rates | Nature Geoscience"
COLUMNAR = f"""结论价值: 强调了水文循环。

{TITLE}

### 全球冰川侵蚀速率的 驱动因素

(20250807)

根据基于机器学习的 全球分析

Formation of sulfide-rich cratonic roots by carbonated melts | Nature

#### 由碳酸熔体形成的克 拉通边缘富含硫化物 的大陆根

(20250108)
"""


def test_columnar_rows_begin_with_their_english_titles() -> None:
    starts = row_starts(COLUMNAR, blocks(COLUMNAR))
    assert [COLUMNAR[start : start + 12] for start in starts] == ["Drivers of g", "Formation of"]


def test_a_grid_row_begins_where_its_first_cell_turns_latin() -> None:
    lines = [
        "的启示\t气候?\t用途: 验证",
        "Reassessing the\t为何低估\t1. 数据",
        "river budget |\t碳汇?\t来源: GNSS",
        "Nature\t\t用途: 反演",
        "重估河流(20250801)\t\t",
    ]
    text = "\n".join(lines)
    (start,) = row_starts(text, blocks(text))
    assert text[start:].startswith("Reassessing the")


def test_a_date_without_a_journal_begins_no_row() -> None:
    text = "下载日期 (20250807)\n\n来源: Sentinel-2\n"
    assert row_starts(text, blocks(text)) == ()


def test_a_row_of_a_journal_that_is_not_known_is_refused_in_its_line() -> None:
    text = COLUMNAR.replace("Nature Geoscience", "Geophysical Research Letters")
    line = text.count("\n", 0, text.index("(20250807)")) + 1
    with pytest.raises(SeedError, match=rf"^{line}:1: no journal that is known stands before the date \(20250807\)"):
        row_starts(text, blocks(text))


@pytest.mark.parametrize("sentences", [12, 60])
def test_text_long_before_the_first_row_is_refused_until_somebody_decides_about_it(sentences: int) -> None:
    preface = "本表汇总近期论文。 " * sentences
    text = f"{preface}\n\nSlow slip | Nature\n\n慢滑\n\n(20250101)\n\n正文"
    with pytest.raises(SeedError, match=r"^1:1: no row begins before this text"):
        read_table(text)
    noise = Decision(0, len(preface), preface, None, "noise", None, "a preface", "table.decisions.csv:2")
    read = read_table(text, [noise])
    assert Aside(0, len(preface), "noise", "a preface", None) in read.asides
    assert [cell.facet for cell in read.cells] == ["title_en", "journal", "title_zh", "date", "teaser"]


def _shown(text: str, cells: Iterable[Cell]) -> dict[str, str]:
    """What each cell holds, by facet."""
    return {cell.facet: "".join(text[p.start : p.end] for p in cell.pieces).strip() for cell in cells}


def test_without_a_journal_the_chinese_title_begins_with_the_first_chinese_words() -> None:
    text = "Interdecadal variability since 2003\nScienc\n2003 年以来的年代际变化(20250329)根据遥感"
    cells, _ = header(text, 1, [Piece(0, len(text), "rule", 20)])
    assert _shown(text, cells) == {
        "title_en": "Interdecadal variability since 2003\nScienc",
        "title_zh": "2003 年以来的年代际变化",
        "date": "(20250329)",
        "teaser": "根据遥感",
    }


@pytest.mark.parametrize("bar", [" | ", "\n|\n", " _ "])
def test_the_first_cell_is_parted_at_bar_and_date(bar: str) -> None:
    parts = [
        "Drivers of global glacial erosion rates",
        "Nature Geoscience",
        "全球冰川侵蚀速率",
        "(20250807)",
        "根据分析",
    ]
    text = parts[0] + bar + "\n".join(parts[1:])
    cells, separators = header(text, 18, [Piece(0, len(text), "rule", 20)])
    assert _shown(text, cells) == dict(zip(("title_en", "journal", "title_zh", "date", "teaser"), parts, strict=True))
    assert {cell.position for cell in cells} == {18}
    assert "".join(text[s.start : s.end] for s in separators).strip() == bar.strip()


@pytest.mark.parametrize("bar", ["", " |"])
def test_a_tag_before_the_journal_is_no_bar(bar: str) -> None:
    text = f"Old carbon{bar}\n<u>Nature</u>\n旧碳 (20250801)雨"
    title, tag = text.index("\n"), text.index("<u>")
    cells, separators = header(text, 1, [Piece(0, title, "rule", 20), Piece(tag, len(text), "rule", 20)])
    shown = {cell.facet: "".join(text[p.start : p.end] for p in cell.pieces).strip() for cell in cells}
    assert (shown["title_en"], shown["journal"]) == ("Old carbon", "Nature")
    assert "".join(text[span.start : span.end] for span in separators) == bar


def test_a_first_cell_read_in_pieces_is_parted_across_them() -> None:
    text = "Global ocean | Nature\n来源: GNSS\n全球海洋 (20250801)雨"
    first, rest = text.index("\n"), text.index("全球")
    cells, _ = header(text, 1, [Piece(0, first, "rule", 20), Piece(rest, len(text), "rule", 20)])
    assert _shown(text, cells) == {
        "title_en": "Global ocean",
        "journal": "Nature",
        "title_zh": "全球海洋",
        "date": "(20250801)",
        "teaser": "雨",
    }
