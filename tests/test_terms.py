"""Terms: hand-listed ones of three studies, what is a pair and what is none, and laws that hold of any text."""

from collections import Counter
from collections.abc import Hashable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodigest.facts.terms import find_terms
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
        ("有机碳积累速率 (OCAR = TOC × LSR × ρ)", ("有机碳积累速率", None, "OCAR")),
        ("基于后验分布的最高密度区间 (95% HDI)", ("最高密度区间", None, "HDI")),
        ("Randolph Glacier Inventory (RGI v6.0)", (None, "Randolph Glacier Inventory", "RGI")),
        ("CESM 1.2.2 (社区地球系统模型)", ("社区地球系统模型", None, "CESM")),
        ("MCMC 反演(马尔可夫链蒙特卡洛)", ("马尔可夫链蒙特卡洛", None, "MCMC")),
        ("Fe_{d} (连二亚硫酸盐可提取铁,代表总铁氧化物)", ("连二亚硫酸盐可提取铁", None, "Fe_{d}")),
        ("使用 dichotomy test (二分法) 验证", ("二分法", "dichotomy test", None)),
        ("多光谱相机拍摄的面板间(BP)", ("面板间", None, "BP")),
        ("背景地下水 (GW): 注入前", ("背景地下水", None, "GW")),
        (
            "古气候数据同化 (Paleoclimate Data Assimilation, DA)",
            ("古气候数据同化", "Paleoclimate Data Assimilation", "DA"),
        ),
        ("三维地球特定转换（3DEST）架构", ("三维地球特定转换", None, "3DEST")),
        ("Perimeter/Area Ratio (P/A): 曲折程度", (None, "Perimeter/Area Ratio", "P/A")),
        ("PKP 波形对 (Doublets/Multiplets)", ("PKP 波形对", "Doublets/Multiplets", None)),
        ('形成"结"(knot)', ("结", "knot", None)),
        ('提出"原壳先行"模型 (Protocrust-First Model)', ('"原壳先行"模型', "Protocrust-First Model", None)),
        ("障碍物与冲刷坑(Obstacle-and-scours)", ("障碍物与冲刷坑", "Obstacle-and-scours", None)),
        ("布格重力异常与梯度(Bouguer gravity gradient)", ("布格重力异常与梯度", "Bouguer gravity gradient", None)),
        ("重力测量数据(Gravimetry)", ("重力测量", "Gravimetry", None)),
        ("NOAA 中间情景(intermediate scenario)", ("中间情景", "intermediate scenario", None)),
        ("锆石(U-Th)/He(ZHe)分析", ("锆石(U-Th)/He", None, "ZHe")),
        ("热瑞利数 (Ra):设置为 10^9", ("热瑞利数", None, "Ra")),
        ("总径流 (mrro)", ("总径流", None, "mrro")),
        ("迭代插补(IterativeImputer)", ("迭代插补", "IterativeImputer", None)),
        ("高分辨率区域分析数据(HRRR Analysis, HRRRA)", ("高分辨率区域分析数据", "HRRR Analysis", "HRRRA")),
        ("全球导航卫星系统（GNSS）不能在水下工作", ("全球导航卫星系统", None, "GNSS")),
        ("大气 CO₂摩尔分数(xCO₂): NOAA 参考产品", ("大气 CO₂摩尔分数", None, "xCO₂")),
        ("碳损失比例 (C loss %): 基于 FTIR 光谱", ("碳损失比例", "C loss %", None)),
        ("两个方向的极移分量(单位:毫角秒, mas)。", ("毫角秒", None, "mas")),
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
        "解释同位素异常(¹⁴²Nd) 的稀缺性",
        "冰川学观测数据(in situ)",
        "高分辨率卫星影像解译(Maxar, 0.6m)",
        "土壤质地 (Sand/Silt/Clay)",
        "地热发电功率 (GW)",
        "Feₒ(草酸盐法)",
        "贝叶斯变点检测(CPR/MCMC)",
        '" "(ad)',
        '"慢滑" 和"(ad)',
    ],
)
def test_other_brackets_are_no_pairs(text: str) -> None:
    assert pairs(text) == []


def test_the_shorter_of_two_expressions_is_the_term() -> None:
    assert pairs("理想数字高程模型 (DEM)", "数字高程模型 (DEM)") == [("数字高程模型", None, "DEM")] * 2


def test_one_english_word_names_what_a_study_prints_alone() -> None:
    alone = ("冥古代可能已存在俯冲", "更早的冥古代, 为理解起源")
    assert pairs("地球冥古代(Hadean)原壳", *alone) == [("冥古代", "Hadean", None)]
    assert pairs("地球冥古代(Hadean)原壳", "地球冥古代岩石", *alone) == [("地球冥古代", "Hadean", None)]
    assert pairs("滞后时间(lag)", "时间为 3 年", "时间序列") == [("滞后时间", "lag", None)]


def test_a_remark_before_a_known_abbreviation_is_none() -> None:
    assert pairs("古洋壳(MORB)", "MORB(洋中脊玄武岩)") == [("洋中脊玄武岩", None, "MORB")]


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
