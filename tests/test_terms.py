"""Terms: hand-listed ones of three studies, what is a pair and what is none, and laws that hold of any text."""

from collections import Counter
from collections.abc import Hashable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodigest.facts.terms import GlossaryEntry, find_terms, glossary
from geodigest.facts.text import PassageText
from geodigest.facts.vocabulary import read_vocabulary
from tests.hand_listed import POSITIONS, listed, precision_and_recall, published

VOCABULARY = read_vocabulary(Path(__file__).parents[1] / "seeds")

Pair = tuple[str | None, str | None, str | None]


def pairs(*texts: str) -> list[Pair]:
    """The pairs in the passages of one study."""
    passages = [PassageText(f"d/s/body/{at:04d}", "d/s", text) for at, text in enumerate(texts, 1)]
    return [(each.zh, each.en, each.abbreviation) for each in find_terms(passages, VOCABULARY)]


@pytest.mark.parametrize("position", POSITIONS)
def test_precision_and_recall_on_hand_listed_studies(position: int, built: Path) -> None:
    passages, places = published(built)
    found: Counter[Hashable] = Counter(
        (places[each.passage_id][1], each.zh, each.en, each.abbreviation)
        for each in find_terms(passages, VOCABULARY)
        if places[each.passage_id][0] == position
    )

    def key(row: Mapping[str, str | None]) -> Hashable:
        return row["facet"], row["zh"], row["en"], row["abbreviation"]

    right, doubtful = listed(position, "terms", key)
    precision, recall = precision_and_recall(found, right, doubtful)
    assert precision >= 0.95, f"invented: {dict(found - right - doubtful)}"
    assert recall >= 0.95, f"missed: {dict(right - found)}"


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("慢滑事件 (slow slip event, SSE) 发生在浅层", ("慢滑事件", "slow slip event", "SSE")),
        ("必然导致基底岩浆海洋(Basal Magma Ocean, BMO)", ("基底岩浆海洋", "Basal Magma Ocean", "BMO")),
        ("测量水位深度和土壤含水量(SWC)", ("土壤含水量", None, "SWC")),
        ("来自 DIC (溶解无机碳)的数据", ("溶解无机碳", None, "DIC")),
        ("使用 SHAP (Shapley Additive Explanations)", (None, "Shapley Additive Explanations", "SHAP")),
        ("数据来自 Nevada Geodetic Laboratory (NGL)", (None, "Nevada Geodetic Laboratory", "NGL")),
        ('提供了"确凿证据" (smoking gun)', ("确凿证据", "smoking gun", None)),
        ("海洋对二氧化碳(CO₂)的吸收", ("二氧化碳", None, "CO₂")),
        ("对全球钨(W) 的循环", ("钨", None, "W")),
        ("第一个循环神经网络(RNN)", ("循环神经网络", None, "RNN")),
        ("归一化植被指数(NDVI)", ("归一化植被指数", None, "NDVI")),
        ("有向无环图 (DAG)", ("有向无环图", None, "DAG")),
        (
            "2003 年以来全球陆地水储量(Terrestrial Water Storage, TWS)",
            ("陆地水储量", "Terrestrial Water Storage", "TWS"),
        ),
        ("全球导航卫星系统（GNSS）不能在水下工作", ("全球导航卫星系统", None, "GNSS")),
    ],
)
def test_pairs_are_read(text: str, pair: Pair) -> None:
    assert pairs(text) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "预测震中烈度 (Zeng et al., 2016)",
        "显著上升(Fig. 2)",
        "最大主应力(σ₁) 与剪切波速(Vs)",
        "变质基底(n=752)",
        "井口压力 (MPa)",
        "该方法利用锆石(U-Th)/He 年龄",
        "RMSE（越低越好）",
        "空间关联分析(QGIS)",
        "机器学习分类 (XGBoost)",
        "主量离子 (Ca²⁺, Mg²⁺, Na⁺)",
        "大陆破碎(见表 1)",
        "海洋 Hg (F、Cl 等)",
    ],
)
def test_other_brackets_are_no_pairs(text: str) -> None:
    assert pairs(text) == []


def test_the_shorter_of_two_expressions_is_the_term() -> None:
    assert pairs("理想数字高程模型 (DEM)", "数字高程模型 (DEM)") == [("数字高程模型", None, "DEM")] * 2


def test_a_remark_before_a_known_abbreviation_is_none() -> None:
    assert pairs("古洋壳(MORB)", "MORB(洋中脊玄武岩)") == [("洋中脊玄武岩", None, "MORB")]


def test_the_glossary_is_distinct() -> None:
    passages = [PassageText(f"d/{at}/body/0001", f"d/{at}", "慢滑事件（SSE）") for at in "abc"]
    assert glossary(find_terms(passages, VOCABULARY)) == (GlossaryEntry("慢滑事件", None, "SSE", 3),)


PIECES = st.sampled_from(
    [
        "慢滑事件",
        "(SSE)",
        "（tremor）",
        "DIC (溶解无机碳)",
        "使用",
        "的",
        "SHAP (Shapley Additive Explanations)",
        "，",
        " ",
        "”",
        "(",
        ")",
    ]
)


@given(st.lists(PIECES, max_size=12))
def test_a_term_is_printed_where_it_says(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for each in find_terms([PassageText("d/s/body/0001", "d/s", text)], VOCABULARY):
        assert end <= each.start < each.end <= len(text)
        assert text[each.end - 1] in ")）"
        assert each.en or each.abbreviation
        for part in (each.zh, each.en, each.abbreviation):
            assert part is None or part in text[each.start : each.end]
        end = each.end
