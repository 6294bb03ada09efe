"""Evidence for the column, the row and the seam of a stretch of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodigest.reconstruct.evidence import (
    DEFAULT_WIDTHS,
    Links,
    Topics,
    column_widths,
    fit,
    line_slack,
)
from geodigest.reconstruct.language import COLUMNS, Language, Sample
from geodigest.reconstruct.printed import width

SPOKEN = {
    1: ["Drivers of global", "glacial erosion rates"],
    2: ["主要驱动因素是什么?", "传统模型是否足够?"],
    3: ["来源: Sentinel-2 影像", "用途: 模型输入与验证"],
    4: ["方法: 随机森林回归", "工具: Python 与 QGIS"],
    5: ["发现: 岩性控制侵蚀", "机制: 冰流速加快"],
    6: ["核心数据: 冰川目录", "结论价值: 改进预测"],
}
SAMPLES = [
    Sample(100 * column + place, text, column, column % 2)
    for column, texts in SPOKEN.items()
    for place, text in enumerate(texts)
]
ANY = st.text(alphabet="来源方法发现核心数据冰川abc :,。", min_size=1, max_size=20)


@pytest.mark.parametrize(("text", "column"), [("来源: Landsat 影像", 3), ("方法: 随机模拟", 4), ("核心数据: 目录", 6)])
def test_a_text_speaks_like_its_column(text: str, column: int) -> None:
    scores = Language(SAMPLES).all_scores([(0, text)])[0]
    assert max(COLUMNS, key=lambda one: scores[one]) == column


@given(ANY)
def test_language_scores_are_at_most_zero_and_the_best_column_has_zero(text: str) -> None:
    scores = Language(SAMPLES).all_scores([(0, text)])[0][1:]
    assert len(scores) == 6
    assert max(scores) == 0.0


@given(st.lists(ANY, max_size=8))
def test_texts_score_together_as_they_do_alone(texts: list[str]) -> None:
    language = Language(SAMPLES)
    for together, text in zip(language.all_scores([(0, text) for text in texts]), texts, strict=True):
        (alone,) = language.all_scores([(0, text)])
        assert together == pytest.approx(alone)


def test_a_text_is_no_evidence_for_itself() -> None:
    text = "独一无二的表述方式"
    own = Language([*SAMPLES, Sample(7, text, 5, 0)])
    another, itself = own.all_scores([(8, text), (7, text)])
    assert another[5] == itself[5] == 0.0
    assert another[3] < itself[3]


def test_a_row_is_told_by_the_rare_words_it_shares() -> None:
    samples = [Sample(0, "火山渣锥形态测量", 3, 0), Sample(50, "锆石年龄测量", 3, 1), Sample(90, "海平面测量", 3, 2)]
    scores = Topics(samples).scores(200, "火山渣锥的年龄测量", (0, 1, 2))
    assert scores[0] == 0.0
    assert scores[0] > scores[1] > scores[2]


def test_the_words_of_the_text_itself_tell_no_row() -> None:
    samples = [Sample(0, "火山渣锥", 3, 0), Sample(50, "锆石年龄", 3, 1)]
    assert Topics(samples).scores(0, "火山渣锥", (0, 1)) == {0: 0.0, 1: 0.0}


def test_a_word_broken_by_a_line_end_reads_on() -> None:
    links = Links("监测阵列记录地震。阵列记录完整。井下监测阵列记录。" * 3 + "位置不明。" * 20)
    assert links.score("阵列记", "录完整") > 1.0
    assert links.score("阵列记", "位置") < 0.0
    assert links.score("", "位置") == 0.0


def test_nothing_begins_with_a_closing_mark() -> None:
    links = Links("浓度(280)与温度。" * 5)
    assert links.score("温度", ")与") > links.score("温度", "浓度") - 0.8


def test_widths_come_from_grid_cells_where_there_are_enough() -> None:
    cells = {3: ["来源数据类型用途等"] * 39 + ["来源数据类型用途等等等等"], 4: ["方法"] * 39}
    widths = column_widths(cells)
    assert widths[3] == 18
    assert widths[4] == DEFAULT_WIDTHS[4]


def test_full_lines_fit_their_column_and_short_ones_do_not() -> None:
    full = "影像覆盖区域及外围三百 米的缓冲区用于面板分割"
    short = "影像覆盖 区域及外围 缓冲区"
    assert fit(full, 23, 1).cost == 0.0
    assert fit(short, 23, 1).cost > fit(short, 10, 1).cost >= 0.0


def test_a_line_may_end_early_before_an_item() -> None:
    assert fit("数据类型: 1) 图像", 23, 1).cost < fit("数据类型 图像", 23, 1).cost


def test_the_last_line_tells_how_much_of_the_column_is_free() -> None:
    assert fit("影像覆盖区域及外围三百 米的缓冲区", 23, 1).last_width == 10


def test_a_grid_whose_lines_are_full_leaves_no_slack() -> None:
    widths = {3: 20}
    assert line_slack({3: ["影像覆盖区域及外围三", "百米的缓冲区用于面板", "分割"]}, widths) == -1
    assert line_slack({3: ["影像覆盖区域", "及外围三百", "米的"]}, widths) == 1


@given(ANY, st.integers(10, 40), st.sampled_from([-1, 1]))
def test_a_fit_costs_a_bounded_amount_and_its_last_line_is_no_wider_than_the_text(
    text: str, wide: int, slack: int
) -> None:
    found = fit(text, wide, slack)
    assert 0.0 <= found.cost < 100.0
    assert 0 <= found.last_width <= width(text)
