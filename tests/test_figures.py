"""The figures of the seed's bulletin."""

from pathlib import Path

import pytest

from geodigest.facts.figures import Figure, read_figures
from geodigest.reconstruct.digests import read_digests
from geodigest.reconstruct.model import Correction

ISSUE = (Path(__file__).parents[1] / "seeds" / "earthquake-frontiers-2023-10.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def figures() -> tuple[Figure, ...]:
    return read_figures(ISSUE, read_digests(ISSUE), ())


def test_every_figure_has_its_number(figures: tuple[Figure, ...]) -> None:
    assert [(figure.study, figure.number) for figure in figures] == [
        (study, str(number))
        for study, last in ((1, 7), (2, 4), (3, 4), (4, 4), (5, 4))
        for number in range(1, last + 1)
    ]


def test_captions_go_without_label(figures: tuple[Figure, ...]) -> None:
    captions = {(figure.study, figure.number): figure.caption for figure in figures}
    assert captions[3, "4"] == "每日的地震活动和库仑应力变化"
    assert captions[4, "1"] == "Hikurangi 边缘测深图"
    assert captions[2, "4"] == "Pangu-Weather 集成预报结果。"


def test_the_second_paragraph_of_a_caption_is_a_line_of_its_own(figures: tuple[Figure, ...]) -> None:
    assert [figure.caption for figure in figures if "\n" in figure.caption] == [
        (
            "基于规则的方法的预测过程\n"
            "通常，数据集被分为训练和测试样本。基于训练数据，规则被生成。测试样本被模糊化并与规则进行比较，以推断输出。"
        )
    ]


def test_corrections_are_made() -> None:
    at = ISSUE.index("h Pa")
    mended = read_figures(
        ISSUE, read_digests(ISSUE), (Correction(at, at + 4, "h Pa", "hPa", "spacing", "the unit hPa"),)
    )
    assert "850 hPa 的重力势和温度" in mended[8].caption
