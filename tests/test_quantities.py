"""Quantities: hand-listed facts of three studies, what counts and what does not, and laws that hold of any text."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodigest.facts.quantities import Quantity, quantities
from geodigest.facts.rows import fact_rows
from geodigest.facts.units import read_unit, registry
from geodigest.facts.vocabulary import read_vocabulary
from geodigest.paths import parquet_path

VOCABULARY = read_vocabulary(Path(__file__).parents[1] / "seeds")
SAMPLES = Path(__file__).parent / "facts"

Key = tuple[str, float | None, float | None, float | None, float | None, str]


def _key(facet: str, *numbers: float | None, unit: str) -> Key:
    value, lower, upper, uncertainty = numbers
    return facet, value, lower, upper, uncertainty, str(registry().parse_units(unit))


def _listed(rows: list[dict[str, object]]) -> Counter[Key]:
    return Counter(
        _key(
            str(row["facet"]),
            *(
                None if row[name] is None else float(str(row[name]))
                for name in ("value", "lower", "upper", "uncertainty")
            ),
            unit=str(row["unit"]),
        )
        for row in rows
    )


def _found(facet: str, each: Quantity) -> Key:
    return _key(facet, each.value, each.lower, each.upper, each.uncertainty, unit=each.unit)


@pytest.mark.parametrize("position", [19, 29, 46])
def test_precision_and_recall_on_hand_listed_studies(position: int, built: Path) -> None:
    sample = json.loads((SAMPLES / f"facts-{position}.json").read_text(encoding="utf-8"))
    studies = pq.read_table(built / parquet_path("studies")).to_pylist()
    study_id = next(
        study["study_id"]
        for study in studies
        if study["position"] == position and study["document_id"] == "earth-science-literature-table"
    )
    passages = [
        passage
        for passage in pq.read_table(built / parquet_path("passages")).to_pylist()
        if passage["study_id"] == study_id
    ]
    listed = _listed(sample["quantities"])
    doubtful = _listed(sample.get("doubtful", {}).get("quantities", []))
    found = Counter(
        _found(passage["facet"], each) for passage in passages for each in quantities(passage["text"], passage["label"])
    )
    right = (listed & found).total()
    assert right / listed.total() >= 0.95, f"missed: {dict(listed - found)}"
    assert right / (right + (found - listed - doubtful).total()) >= 0.95, f"invented: {dict(found - listed - doubtful)}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("样本总数为 140 万个", [(1.4e6, None, None, None, "1")]),
        ("六至七十年周期", [(None, 60, 70, None, "yr")]),
        ("用 1/3 的数据", [(1 / 3, None, None, None, "1")]),
        ("下降 -1.5% 至 -3%", [(None, -3, -1.5, None, "%")]),
        ("占 59 ± 17%", [(59, None, None, 17, "%")]),
        ("水温 20 °C ± 3 K", [(20, None, None, 3, "degC")]),
        ("水温 300 K ± 3 °C", [(300, None, None, 3, "K")]),
        ("深 5 km ± 300 m", [(5, None, None, 0.3, "km")]),
        ("相差 20 ± -6 km", [(20, None, None, None, "1"), (-6, None, None, None, "km")]),
        ("面积 15 × 60 km²", [(15, None, None, None, "km"), (60, None, None, None, "km")]),
        ("CO₂从 560→1120 ppm", [(560, None, None, None, "ppm"), (1120, None, None, None, "ppm")]),
        ("CC 从 0.53 提升至 0.69", [(0.53, None, None, None, "1"), (0.69, None, None, None, "1")]),
        ("误差 20 天到 5 个月", [(None, 20, 152.1875, None, "day")]),
        ("损失 0.10 m w.e./yr", [(0.1, None, None, None, "m/yr")]),
        ("P = 2.7×10⁻⁸", [(2.7e-8, None, None, None, "1")]),
        ("面积 ≥ 4.1×10⁵ km²", [(4.1e5, None, None, None, "km**2")]),
        ("密度差 200, 300, 400 kg/m³", [(each, None, None, None, "kg/m**3") for each in (200, 300, 400)]),
        ("过去 2000 年", [(2000, None, None, None, "yr")]),
        ("取前 1 小时 10 分钟 (", [(70, None, None, None, "min")]),
        ("分辨率: 30 分钟/天", [(30, None, None, None, "min")]),
        ("上升 0.72 mm/yr mm/yr", [(0.72, None, None, None, "mm/yr")]),
        ("中国三大陆相盆地", [(3, None, None, None, "1")]),
        ("过去千年暖干化", [(1000, None, None, None, "yr")]),
        ("西太平洋上两个最强的气旋", [(2, None, None, None, "1")]),
        ("增加 46-60 事件/十年", [(None, 46, 60, None, "1/decayear")]),
        ("重建出两阶段演化, 即三层结构和两部分", [(each, None, None, None, "1") for each in (2, 3, 2)]),
        ("7天 (2×A100)", [(7, None, None, None, "day"), (2, None, None, None, "1")]),
        ("热导率: 17.5 30 W/mK", [(17.5, None, None, None, "W/m/K"), (30, None, None, None, "W/m/K")]),
        ("温度 > 季节 90 百分位", [(90, None, None, None, "%")]),
        ("真实相关性 > 6σ", [(6, None, None, None, "1")]),
    ],
)
def test_what_counts_is_read(text: str, expected: list[tuple[float | None, ...]]) -> None:
    found = [(each.value, each.lower, each.upper, each.uncertainty, each.unit) for each in quantities(text)]
    assert found == [pytest.approx(row) if None not in row else row for row in expected]


@pytest.mark.parametrize(
    "text",
    [
        "CMIP6、GRGM1200A、Sentinel-2、CO₂、δ¹⁸O、M1-M16、v4.2.1、042GP-002",
        "2008 年至 2018 年, 2015-2020, 3-5 月, 20 世纪",
        "见图 2、表 3 和 Fig. 1a, Band 5, Landsat 5/7/8/9, 第 3 模态",
        "(Zeng et al., 2016; Shodiq et al., 2019)[12]",
        "log M₀ = 1.5*Mw + 13.5, P=1-fKS/100",
        "206Pb/204Pb, 87Sr/86Sr",
        "ddt ≠ 0 表示, 三大约, 两大陆",
        "一个 2D 模型, 十年碳, 第三次, 二次样条",
        "μ + 2σ, 第二阶段, 层状, 大部分",
    ],
)
def test_what_does_not_count_is_left_out(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("深 30 km", "="),
        ("约 30 km", "~"),
        ("附近 30 km", "="),
        ("超过 30 km", ">"),
        ("不超过 30 km", "≤"),
        ("30 km 以上", ">"),
        ("至少 30 km", "≥"),
        ("不足 30 km", "<"),
        ("最高 30 km", "≤"),
        ("至少需要 30 km", "≥"),
        ("大约需要 30 天", "~"),
        ("短于 30 天", "<"),
        ("约每两周一次", "~"),
        ("为近 350 年内的速率", "="),
        ("近 60 年", "~"),
        ("142 万多个湖泊", ">"),
        ("厚度: 至 150 km", "≤"),
        ("从地表至 180 km", "="),
        ("相关性 > 6σ", ">"),
        ("10–30 km", "range"),
        ("30 ± 2 km", "±"),
    ],
)
def test_comparators(text: str, comparator: str) -> None:
    assert [each.comparator for each in quantities(text)] == [comparator]


def test_alternatives_share_the_comparator() -> None:
    assert [each.comparator for each in quantities("t 检验 (p<0.01 或 0.05)")] == ["<", "<"]
    assert [each.comparator for each in quantities("点少 (n=2 或 3)")] == ["=", "="]


@pytest.mark.parametrize(
    ("text", "properties"),
    [
        ("RMSE 为 1.5 m, 67 项研究, 深度约 30 km", ["RMSE", "研究", "深度"]),
        ("RMSE 从 7.0 m 降至 4.5 m", ["RMSE", "RMSE"]),
        ("地壳厚度从~60 km (80 Ma) 降至~40 km", ["地壳厚度", None, "地壳厚度"]),
        ("浅海氧浓度从严重缺氧 (<22 μmol/kg)升至缺氧 (22–63 μmol/kg)", ["浅海氧浓度", "浅海氧浓度"]),
        ("(25 通道: 24 变量 + 1 地形)", ["通道", "变量", "地形"]),
        ("(T₁ = 4.5 Ga), 其后 (T₂ = T₁ + 100 Myr)", ["T₁", None]),
        ("指数 = (77K 有序相面积) / (5K 有序相面积)", [None, None]),
        ("1011 mol 注入 - 120 mol 回收 = 891 mol 消耗", [None, None, None]),
        ("橄榄岩 S 含量显著高于非克拉通地区(300 ppm vs 100 ppm)", ["橄榄岩 S 含量", "橄榄岩 S 含量"]),
        ("推理时间: 0.5 秒/48 小时预报", ["推理时间", None]),
        ("总时间: ~200 Myr, 与 241 Myr 滞后吻合", ["总时间", None]),
        ("河段尺度 (≤10 km², 1 km 半径)", ["河段尺度", "半径"]),
        ("在 1040 km 和 357 km 深度", ["深度", "深度"]),
        ("分别有 3 个和 2 个神经元", ["神经元", "神经元"]),
        ("样本 266 个 (红树林 126 个, 盐沼 140 个)", ["样本", None, None]),
        ("湿地 Fe/Al比值(0.63) 显著高于陆地(0.25)", ["湿地 Fe/Al比值", "Fe/Al比值"]),
        ("需要 5 个或 5 个以上的异常指标", ["异常指标", "异常指标"]),
        ("93%的硫化物矿床和 62.5%的碳酸岩位于边缘", ["硫化物矿床", "碳酸岩"]),
        ("分析发现第3模态(7.2%方差)", ["第3模态"]),
        ("更高温度(3000 K), 不同压力(15 kbar)", ["温度", "压力"]),
        ("剪切波速,比所有计算值低 7%, 界面通量比 ERA5 高 14%", [None, "界面通量"]),
        ("2012-2023 年比 2000-2011 年损失速率增加 36%", ["损失速率"]),
        ("应力降随深度增加(最多6 倍)", ["应力降"]),
        ("南部非洲: 由湿转干 (+2.4 → -0.9 cm/yr)", [None, None]),
        ("沿坡度梯度分布(4800 m), 时空尺度匹配(300 Ma)", [None, None]),
        ("活动于晚白垩世(89 Ma之后), 最年轻的被错动年龄(89 Ma AFT 年龄)", [None, "AFT 年龄"]),
        ("第六次评估报告(11%)的两倍", [None, None]),
        ("土壤因子贡献最大 (31%), 流速贡献仅 27%", ["土壤因子贡献", "流速贡献"]),
        ("俯冲启动时间(~3.2 Ga), 持续时间短 (2 Myr)", ["俯冲启动时间", "持续时间"]),
        ("空间窗口限制为 10°×10°", ["空间窗口", "空间窗口"]),
        ("含少量 KREEP 组分(~1%), 高 Mg#(50–62)", ["KREEP 组分", "Mg#"]),
        ("Sentinel-2 Band 5 (704 nm)", [None]),
        ("110 个测站 (0.3 s), 1661 个样本(42%)", ["测站", None, "样本", "样本"]),
        ("1.5 公里深度的结晶岩, 50m 深处切口", ["深度", "深"]),
        ("两者均显示 122, 550 Myr 的周期, 揭示七十年周期振荡", ["周期", "周期", "周期"]),
        ("5~10 天的不确定性, 2.5 年的累积应变", ["不确定性", None]),
        ("Feₒ/Fe_{d}比值(0.63) 显著高于陆地生态系统(0.25-0.33)", ["Feₒ/Fe_{d}比值", "Feₒ/Fe_{d}比值"]),
        ("平均误差分别为 120 km, 均小于 HRES 的 162 km 和 272 km", ["平均误差", "平均误差", "平均误差"]),
        ("沉降速率达 10 mm/年, 远高于海平面上升速率 (1.5 mm/年)", ["沉降速率", "海平面上升速率"]),
        ("校正后 NDVI 从 0.248 升至 0.298, 偏差减少 17%", ["NDVI", "NDVI", "偏差"]),
        ("滑动速率平均 0.37 cm/天,靠近海沟时降至 0.2 cm/天", ["滑动速率", "滑动速率"]),
        ("60%的国家缺乏雨量站, 10%陆地面积, 20%验证", ["国家", "陆地面积", None]),
        ("表面 MHW 增加最快(46 事件/十年)", [None]),
        ("(95% HDI), 序列的 10 分位数", ["HDI", "分位数"]),
        ("66%的湖泊面积和 60%的湖泊数量由季节性主导", ["湖泊面积", "湖泊数量"]),
        ("高分二号(2 米分辨率)", ["分辨率"]),
        ("TOC 显著上升(~70%)", ["TOC"]),
        ("始新世快速隆升 (~3 km", ["始新世快速隆升"]),
        ("正 Δ¹⁹⁹Hg 值 (0.46‰)", ["正 Δ¹⁹⁹Hg 值"]),
        ("热瑞利数 (Ra): 设置为 10^9", ["热瑞利数"]),
        ("根据在 1 公里, 经过 45 天, 使用 100 km, 观测中仅 7%", [None, None, None, None]),
        ("80%数据训练, 20%验证", [None, None]),
    ],
)
def test_properties_are_the_words_beside_the_number(text: str, properties: list[str | None]) -> None:
    assert [each.property for each in quantities(text)] == properties


@pytest.mark.parametrize(("label", "expected"), [("深度", "深度"), ("发现", None), ("数据类型", None), ("来源", None)])
def test_a_label_is_a_property_where_it_names_a_measure(label: str, expected: str | None) -> None:
    assert quantities("0.3 mm", label)[0].property == expected
    assert quantities("假定恒定为 0.3 mm", label)[0].property == expected


def test_a_label_is_the_property_of_a_count_only_as_a_number() -> None:
    assert quantities("164 个为当代速率", "时间尺度")[0].property is None
    assert quantities("205 个 (东部)", "站点数")[0].property == "站点数"


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("摄影测量 DTM、SRTM (30 m)", None, [(30, None)]),
        ("阿拉斯加(22%)、高加索(~35%)", "损失最大区域", [(22, None), (35, None)]),
        ("GLORYS 46.9%, HYCOM 32.6%", "表面 MHW 占比", [(46.9, "表面 MHW 占比"), (32.6, "表面 MHW 占比")]),
        ("SRTM 90m DEM 地形数据", None, [(90, None)]),
        ("13 台 OBS 布设", None, [(13, "OBS")]),
        ("显著正相关(Spearman R=0.67)", None, [(0.67, "Spearman R")]),
        ("九大清洁能源基地应用:覆盖 11 省份", None, [(11, None)]),
        ("三大盆地", None, [(3, "盆地")]),
    ],
)
def test_names_are_neither_counts_nor_properties(
    text: str, label: str | None, expected: list[tuple[float, str | None]]
) -> None:
    passage = {"passage_id": "d/s/body/0001", "study_id": "d/s", "label": label, "text": text}
    rows = fact_rows([passage], VOCABULARY)["quantities"]
    assert [(row["value"], row["property"]) for row in rows] == expected


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("16 个独立的神经网络", "神经网络"),
        ("572 个已定年的火山渣锥", "火山渣锥"),
        ("110 个宽频带 MT 测站 (", "宽频带 MT 测站"),
        ("1000 次 Bootstrap 均值分布", "Bootstrap 均值分布"),
        ("12 种基流分离方法生成", "基流分离方法"),
        ("88 个热带气旋时取得", "热带气旋"),
        ("6.7 级日向灘地震", "级"),
        ("(5 类): 火山岩", None),
        ("三大盆地已发表文献中", "盆地"),
        ("三种类型的神经网络:", "神经网络"),
        ("80个不同参数的模型模拟,", "模型模拟"),
        ("两个最强的气旋 Kong-rey 和 Yutu", "气旋"),
        ("30,000个主震-余震对数据集中的余震", "主震-余震对数据集"),
        ("两种情况下", "情况"),
        ("13 层高空变量", "层"),
        ("> 6σ", "σ"),
        ("北纬 55 度", "N"),
        ("6 个输入特征", "输入特征"),
        ("1924 个长英质和", None),
    ],
)
def test_unit_notes_are_the_counted_nouns_whole(text: str, note: str | None) -> None:
    assert quantities(text)[0].unit_note == note


def test_m_is_no_magnitude_where_it_repeats_a_count() -> None:
    assert [each.unit_note for each in quantities("6 个输入特征 (M=6)")] == ["输入特征", None]
    assert [each.unit_note for each in quantities("地震 (M=6)")] == ["M"]


def test_si_values_of_temperatures_and_ratios() -> None:
    absolute, difference, ratio = quantities("温度 20 °C, 升温 2 °C, 盐度 5 ‰")
    assert (absolute.value_si, absolute.unit_si) == (293.15, "K")
    assert (difference.unit, difference.value_si) == ("delta_degC", 2.0)
    assert (ratio.value, ratio.value_si, ratio.unit_si) == (5.0, 0.005, "1")


PIECES = st.sampled_from(
    [
        *"0123456789.,-–~±×/()（） 、至到约<>=年月个条级%‰°一二两三十百千万亿第图M的和",
        "10⁻³",
        "^9",
        " km",
        "mm/年",
        "°C",
        "Pg C yr⁻¹",
        "Ma",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS)
def test_any_text_is_read_without_overlaps_and_as_printed(text: str) -> None:
    reached = 0
    for each in quantities(text):
        assert reached <= each.start < each.end <= len(text)
        assert each.surface == text[each.start : each.end]
        assert (each.value is None) != (each.lower is None) == (each.upper is None)
        assert each.lower is None or each.upper is None or each.lower <= each.upper
        reached = each.end


@given(TEXTS)
def test_units_parse_and_si_values_are_pints(text: str) -> None:
    for each in quantities(text):
        unit = registry().parse_units(each.unit)
        assert str(unit.dimensionality) == each.dimension
        for value, in_si in ((each.value, each.value_si), (each.lower, each.lower_si), (each.upper, each.upper_si)):
            assert (value is None) == (in_si is None)
            if value is not None:
                base = registry().Quantity(Decimal(repr(value)), unit).to_base_units()
                assert in_si == pytest.approx(float(base.magnitude), rel=1e-9)


@pytest.mark.parametrize(
    ("printed", "name"),
    [("月", "month"), ("世纪", "century"), ("百分点", "%"), ("小时", "h"), ("分钟", "min"), ("年", "yr")],
)
def test_a_classifier_may_stand_before_a_unit(printed: str, name: str) -> None:
    unit = read_unit(f" 个{printed}", 0)
    assert unit is not None
    assert unit.name == name


def test_no_classifier_stands_before_a_unit_of_length() -> None:
    assert read_unit(" 个公里", 0) is None
