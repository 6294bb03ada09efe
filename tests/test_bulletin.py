"""The reader of bulletins on the seed, and on a short issue of other habits."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodigest.errors import SeedError
from geodigest.passages.blanks import spaced
from geodigest.passages.notation import read
from geodigest.passages.passage import line, outline
from geodigest.reconstruct.bulletin import read_bulletin
from geodigest.reconstruct.digests import Digest, Paragraph, read_digests
from geodigest.reconstruct.model import Span
from geodigest.reconstruct.paragraphs import ends_sentence

ISSUE = (Path(__file__).parents[1] / "seeds" / "earthquake-frontiers-2023-10.txt").read_text(encoding="utf-8")

# An issue of other habits: no traces of images, a numbered list in GB/T style, headings with 、, a title in two.
SHORT_ISSUE = """地震科技前沿快报

2031 年第 2 期

某某委员会

本期概要

1、光纤传感在海底地震

监测中的进展

海底光纤可以测量地震动。它的费用低。

2、深源地震的余震为何稀少

深源地震的余震很少，原因不明。

光纤传感在海底地震监测中的进展

海底光纤可以测量地震动。它的费用低。（本文由某某研究所综述）

光纤沿海底铺设，长 120 km。结果见图 1。

图 1 光纤的位置。虚线为海沟。

1、传感方法

光纤受拉时相位改变 (Li and Wang, 2029)，由此可得应变。

（1）应变的标定

标定用 3 次爆破，误差为 5%。

2、展望

更长的光纤正在铺设。

参考文献：

[1] 王某, 李某. 海底光纤地震监测[J]. 地震学报, 2029, 41(3): 12-20.

[2] Li A, Wang B. Strain from a fibre. Tectonics, 2030: 1-8.

深源地震的余震为何稀少？

一、观测

（一）余震的数目

深源地震发生在 300 km 以下。2030 年的两次地震余震很少。

来源: Li A. Few aftershocks of deep earthquakes. *Geology*, 2030, 5(2): 1-4.
"""


def printed(text: str, paragraph: Paragraph) -> str:
    """The paragraph without blanks, so that how its parts are joined does not matter."""
    return re.sub(r"\s", "", "".join(text[part.start : part.end] for part in paragraph))


def contents(text: str) -> list[object]:
    """All that stands in the digests of an issue, without blanks."""
    return [
        (
            digest.kind,
            [printed(text, each) for each in (digest.announcement, digest.title, digest.list_heading)],
            [[printed(text, each) for each in part] for part in (digest.abstract, digest.body, digest.captions)],
            [printed(text, (citation.span,)) for citation in digest.citations],
        )
        for digest in read_digests(text)
    ]


@pytest.fixture(scope="module")
def digests() -> tuple[Digest, ...]:
    return read_digests(ISSUE)


def test_titles_are_the_digests_own(digests: tuple[Digest, ...]) -> None:
    assert [printed(ISSUE, digest.title) for digest in digests] == [
        "人工智能在地震预测中的应用：现状和未来的挑战",
        "基于盘古气象大模型的全球天气中期精准预测及其对地震预测的启示",
        "机器学习检测到阿拉斯加俯冲带Semidi段2018年发生的浅层慢滑事件",
        "沿Hikurangi边缘的慢滑与俯冲海山后的富流体沉积物相关",
        "通过最优输运理论捕获接收函数中的地震波速变化",
    ]
    for digest in digests:
        assert digest.announcement[-1].end < digests[0].title[0].start <= digest.title[0].start
        assert printed(ISSUE, digest.announcement) == f"{digest.position}、{printed(ISSUE, digest.title)}"


def test_a_digest_with_a_list_of_references_is_a_review(digests: tuple[Digest, ...]) -> None:
    assert [digest.kind for digest in digests] == ["review", "review", "study", "study", "study"]
    assert [len(digest.citations) for digest in digests] == [3, 5, 1, 1, 1]


def test_abstracts_are_complete(digests: tuple[Digest, ...]) -> None:
    ends = [
        ("近年来，随着人工智能技术的发展", "来提升人工智能地震预测效果。"),
        ("天气预报是科学和社会的重要应用", "对地震预测有重要的启示作用。"),
        ("慢滑事件（SSE）通常认为与大地震", "并改善俯冲带的海啸危险性评估。"),
        ("大震前的慢滑事件（SSE）的机制", "从而有利于慢滑。"),
        ("地震波速的变化可用于监测地壳动态过程。", "不同时、空范围的速度变化。"),
    ]
    for digest, (start, end) in zip(digests, ends, strict=True):
        (abstract,) = (printed(ISSUE, each) for each in digest.abstract)
        assert abstract.startswith(start)
        assert abstract.endswith(end)


def test_headings_part_the_text(digests: tuple[Digest, ...]) -> None:
    headings = [
        [each for each in (printed(ISSUE, part) for part in digest.body) if not ends_sentence(each)]
        for digest in digests
    ]
    assert headings == [
        [
            "1.人工智能地震预测方法",
            "2.基于人工神经网络的地震预测研究进展",
            "(1)经典的基于ANN的地震预测研究",
            "(2)基于深度学习的地震预测研究",
            "3.挑战与未来研究",
            "(1)预测精度受限于震级",
            "(2)时间预测误差",
            "(3)分辨率",
            "(4)没有基准数据集",
            "(5)环境因素的影响",
            "(6)有效参数不足",
        ],
        [
            "1.Pangu-Weather模型架构",
            "2.实验设置及主要结果",
            "(1)确定性全球天气预报",
            "(2)追踪热带气旋",
            "(3)集成天气预报",
            "3.盘古气象大模型的局限和展望",
            "4.盘古气象大模型对地震预测的启示",
            "(1)开发地震行业大模型很有必要",
            "(2)建设地震大模型时需要重点考虑的问题",
            "(3)大地震预测依然面临巨大挑战",
        ],
        ["1.SSE检测", "2.地震模式", "3.震颤检测", "4.SSE与地震的关系", "5.该地区发生SSE的地质和物理条件"],
        ["1.海山碰撞的三维特征", "2.Hikurangi边缘的海山碰撞历史", "3.慢滑环境"],
        [],
    ]
    assert [len(digest.body) for digest in digests] == [24, 25, 19, 18, 8]


@pytest.mark.parametrize(
    ("position", "across_a_page_end"),
    [
        (1, "这个比较的输出被去模糊化"),
        (1, "b值、地震空区、地震带"),
        (1, "(特别是应力变化张量的六个独立分量的绝对值之和"),
        (1, "(两个自由参数,权重和偏置参数)"),
        (1, "(MignanandBroccardo,2019)基于ANN的地震预测文献"),
        (2, "包含训练一系列具有增加预报提前期的模型"),
        (2, "62名专业气象学家"),
        (2, "地震原始数据中也存在各种干扰信号"),
        (3, "②消除传感器漂移；③去除海洋信号"),
        (3, "④小于地震成核所需临界尺寸"),
        (4, "与高流体压力一致"),
        (5, "尾波能检测小的速度变化"),
    ],
)
def test_text_goes_on_over_page_ends(digests: tuple[Digest, ...], position: int, across_a_page_end: str) -> None:
    assert any(across_a_page_end in printed(ISSUE, paragraph) for paragraph in digests[position - 1].body)


def test_no_caption_stands_in_the_text(digests: tuple[Digest, ...]) -> None:
    assert [len(digest.captions) for digest in digests] == [7, 4, 4, 4, 4]
    for digest in digests:
        numbers = [printed(ISSUE, caption)[:2] for caption in digest.captions]
        assert numbers == [f"图{number}" for number in range(1, len(numbers) + 1)]
        assert not [each for each in digest.body if printed(ISSUE, each).startswith("图")]


def test_a_caption_may_have_a_second_paragraph(digests: tuple[Digest, ...]) -> None:
    captions = [printed(ISSUE, caption) for digest in digests for caption in digest.captions if len(caption) > 1]
    assert captions == [
        (
            "图1基于规则的方法的预测过程通常，数据集被分为训练和测试样本。"
            "基于训练数据，规则被生成。测试样本被模糊化并与规则进行比较，以推断输出。"
        )
    ]


@pytest.mark.parametrize("text", [ISSUE, SHORT_ISSUE], ids=["seed", "short"])
def test_every_character_goes_to_one_place(text: str) -> None:
    reconstruction = read_bulletin(text)
    times = [0] * len(text)
    placed = [(aside.start, aside.end) for aside in reconstruction.asides]
    placed += [(piece.start, piece.end) for cell in reconstruction.cells for piece in cell.pieces]
    for start, end in placed:
        for at in range(start, end):
            times[at] += 1
    assert not [at for at, count in enumerate(times) if count != 1 and not (text[at].isspace() and not count)]


def test_facets_of_a_paper_come_from_its_source_note() -> None:
    cells = {(cell.position, cell.facet): cell.pieces for cell in read_bulletin(ISSUE).cells}

    def words(position: int, facet: str) -> str:
        return "".join(ISSUE[piece.start : piece.end] for piece in cells[position, facet]).strip()

    assert not [facet for position, facet in cells if position in (1, 2) and facet in ("title_en", "journal")]
    assert [words(position, "journal") for position in (3, 4, 5)] == [
        "Earth and Planetary Science Letters",
        "Nature Geoscience",
        "Geophysical Journal International",
    ]
    assert words(4, "title_en") == (
        "Slow slip along the Hikurangi margin linked to fluid-rich sediments trailing subducting seamounts"
    )
    assert sorted(facet for position, facet in cells if position == 5) == (
        ["abstract", "body", "journal", "title_en", "title_zh"]
    )


def test_of_two_papers_in_a_note_the_digest_reports_the_first() -> None:
    text = f"{SHORT_ISSUE}\n[2] Wang B. Deep strain. *Tectonics*, 2030, 6(1): 5-8.\n"
    read = read_bulletin(text)
    (title,) = (cell for cell in read.cells if (cell.position, cell.facet) == (2, "title_en"))
    (piece,) = title.pieces
    assert text[piece.start : piece.end] == "Few aftershocks of deep earthquakes"
    references = [text[each.start : each.end] for each in read.asides if each.role == "reference"]
    assert any("Deep strain. *Tectonics*" in each for each in references)


def test_pieces_say_where_paragraphs_end(digests: tuple[Digest, ...]) -> None:
    for cell in read_bulletin(ISSUE).cells:
        if cell.facet in ("abstract", "body"):
            paragraphs: tuple[Paragraph, ...] = getattr(digests[cell.position - 1], cell.facet)
            parts = [(part.start, part.end, part is each[-1]) for each in paragraphs for part in each]
            assert [(piece.start, piece.end, piece.ends_paragraph) for piece in cell.pieces] == parts


def test_each_paragraph_is_a_passage(digests: tuple[Digest, ...]) -> None:
    for cell in read_bulletin(ISSUE).cells:
        if cell.facet in ("abstract", "body"):
            paragraphs: tuple[Paragraph, ...] = getattr(digests[cell.position - 1], cell.facet)
            lines = [re.sub(r"\s", "", line(passage)) for passage in outline(ISSUE, cell, ())]
            assert lines == [re.sub(r"\s", "", spaced(read(ISSUE, each, ())).text) for each in paragraphs]


def test_passages_stand_under_their_headings() -> None:
    body = next(cell for cell in read_bulletin(ISSUE).cells if (cell.position, cell.facet) == (1, "body"))
    passages = outline(ISSUE, body, ())
    assert [(passage.depth, passage.number) for passage in passages] == [
        *[(1, None)] * 2,
        *[(1, "1."), (2, None)],
        *[(1, "2."), (2, "(1)"), (3, None), (2, "(2)"), (3, None), (3, None)],
        *[(1, "3."), (2, None)],
        *[pair for number in range(1, 7) for pair in ((2, f"({number})"), (3, None))],
    ]


def test_an_issue_of_other_habits() -> None:
    assert contents(SHORT_ISSUE) == [
        (
            "review",
            ["1、光纤传感在海底地震监测中的进展", "光纤传感在海底地震监测中的进展", "参考文献："],
            [
                ["海底光纤可以测量地震动。它的费用低。"],
                [
                    "海底光纤可以测量地震动。它的费用低。（本文由某某研究所综述）",
                    "光纤沿海底铺设，长120km。结果见图1。",
                    "1、传感方法",
                    "光纤受拉时相位改变(LiandWang,2029)，由此可得应变。",
                    "（1）应变的标定",
                    "标定用3次爆破，误差为5%。",
                    "2、展望",
                    "更长的光纤正在铺设。",
                ],
                ["图1光纤的位置。虚线为海沟。"],
            ],
            [
                "[1]王某,李某.海底光纤地震监测[J].地震学报,2029,41(3):12-20.",
                "[2]LiA,WangB.Strainfromafibre.Tectonics,2030:1-8.",
            ],
        ),
        (
            "study",
            ["2、深源地震的余震为何稀少", "深源地震的余震为何稀少？", "来源:"],
            [
                ["深源地震的余震很少，原因不明。"],
                ["一、观测", "（一）余震的数目", "深源地震发生在300km以下。2030年的两次地震余震很少。"],
                [],
            ],
            ["LiA.Fewaftershocksofdeepearthquakes.*Geology*,2030,5(2):1-4."],
        ),
    ]


BREAKABLE: list[tuple[str, Span]] = [
    (text, part)
    for text in (ISSUE, SHORT_ISSUE)
    for digest in read_digests(text)
    for paragraph in (digest.announcement, digest.title, *digest.abstract, *digest.body)
    for part in paragraph
    if paragraph in (digest.announcement, digest.title) or ends_sentence(printed(text, paragraph))
]


@settings(deadline=None)
@given(
    place=st.sampled_from(BREAKABLE),
    share=st.floats(min_value=0, max_value=1),
    blanks=st.sampled_from(["\n\n", "\n\n\n"]),
)
def test_a_page_end_inside_a_paragraph_changes_nothing(place: tuple[str, Span], share: float, blanks: str) -> None:
    text, part = place
    at = part.start + 2 + round(share * (part.end - part.start - 3))
    if ends_sentence(text[part.start : at].rstrip()):
        return  # nothing tells such a page end from the end of the paragraph
    assert contents(text[:at].rstrip(" ") + blanks + text[at:].lstrip(" ")) == contents(text)


@settings(deadline=None)
@given(st.lists(st.text("甲a 。.(（)）”", min_size=1, max_size=6).map(str.strip).filter(bool), min_size=1, max_size=8))
def test_a_paragraph_ends_where_all_its_parts_together_do(parts: list[str]) -> None:
    paragraphs = ["正文。"]
    for part in parts:
        paragraphs = [*paragraphs, part] if ends_sentence(paragraphs[-1]) else [*paragraphs[:-1], paragraphs[-1] + part]
    text = "快报\n\n本期概要\n\n1、题\n\n摘要。\n\n题\n\n正文。\n\n" + "\n\n".join(parts) + "\n"
    (digest,) = read_digests(text)
    assert [printed(text, each) for each in digest.body] == [re.sub(r"\s", "", each) for each in paragraphs]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("快报\n\n没有概要。\n", "there is no 本期概要"),
        ("快报\n\n本期概要\n\n没有条目。\n", "本期概要 announces nothing"),
        ("快报\n\n本期概要\n\n1、甲\n\n摘要。\n\n乙\n\n正文。\n", r"^5:1: no digest bears the title '甲'"),
    ],
)
def test_what_is_no_bulletin_is_refused(text: str, error: str) -> None:
    with pytest.raises(SeedError, match=error):
        read_bulletin(text)
