"""Outlines: where passages begin, what they are called, and where they stand."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geodigest.passages.passage import Passage, line, outline, with_facts_in_text
from geodigest.passages.wraps import printed_width
from geodigest.reconstruct.model import Cell, Correction, Gap, Piece


def cell_of(lines: Sequence[str], width: int | None, facet: str = "methods") -> tuple[str, Cell]:
    """A seed whose lines are those of one column, and the cell they make up."""
    text = "\n".join(lines)
    pieces = []
    start = 0
    for each in lines:
        pieces.append(Piece(start, start + len(each), "rule", width))
        start += len(each) + 1
    return text, Cell(1, facet, tuple(pieces))


def outlined(lines: Sequence[str], width: int | None) -> tuple[Passage, ...]:
    text, cell = cell_of(lines, width)
    return outline(text, cell, ())


def test_printed_lines_of_a_narrow_column() -> None:
    passages = outlined(
        [
            "1. 地震波形数据",
            "<b>来源</b> :全球地震台网",
            "(IRIS Wilber3 系统) 包",
            "括: BDSN、",
            "GEOSCOPE、GEOFON、",
            "GSN 等台网",
            "<b>数据类型</b> :远震体波(P",
            "波、S波)波形记录",
            "2. 地震目录与震源机制",
            "解",
            "GCMT、USGS 等发布",
            "的震源参数。",
        ],
        23,
    )
    assert [(each.depth, each.parent, each.number, each.label, each.text) for each in passages] == [
        (1, None, "1.", None, "地震波形数据"),
        (2, 0, None, "来源", "全球地震台网(IRIS Wilber3 系统) 包括: BDSN、GEOSCOPE、GEOFON、GSN 等台网"),
        (2, 0, None, "数据类型", "远震体波(P 波、S波)波形记录"),
        (1, None, "2.", None, "地震目录与震源机制解"),
        (2, 3, None, None, "GCMT、USGS 等发布的震源参数。"),
    ]
    assert line(passages[1]).startswith("来源:全球地震台网")


def test_paragraphs_that_a_converter_joined() -> None:
    passages = outlined(
        [
            "- 2. 可靠的不确定性估计 模型预测的±σ范围(约68% 置信区间) 能够很好地包裹实 测数据点。",
            (
                "数据挑战:时间序列预测、高 维时空依赖、小数据量(仅3 个事件)、不确定性量化 "
                "模型创新: Transformer 架构 在地学时序"
            ),
        ],
        27,
    )
    assert [line(each) for each in passages] == [
        "2. 可靠的不确定性估计",
        "模型预测的±σ范围(约68% 置信区间) 能够很好地包裹实测数据点。",
        "数据挑战:时间序列预测、高维时空依赖、小数据量(仅3 个事件)、不确定性量化",
        "模型创新: Transformer 架构在地学时序",
    ]


def test_a_list_stands_under_the_line_that_opens_it() -> None:
    passages = outlined(
        [
            "2. 机器学习分类",
            "算法: 随机森林",
            "任务:",
            "1) 二分类 1: 浅层 vs 深层",
            "2) 二分类 2: 中深源",
            "方法:",
            "1) 使用 Bootstrap 采样",
            "2) 特征重要性排序",
            "目标: 分类",
            "3. 验证",
        ],
        30,
    )
    assert [(each.depth, each.parent) for each in passages] == [
        *[(1, None), (2, 0), (2, 0)],
        *[(3, 2), (3, 2), (2, 0), (3, 5), (3, 5), (2, 0), (1, None)],
    ]
    assert [each.label for each in passages[2:5]] == [None, "二分类 1", "二分类 2"]
    assert passages[2].text == "任务:"


def test_a_number_in_a_sentence_is_no_item() -> None:
    passages = outlined(
        [
            "数据选择:聚焦于第3、",
            "4、5次激励(Stim 3, 4,",
            "5), 因从本次开始使用",
            "颠覆性认知: 1) 地形 >",
            "岩性; 2) 定性",
        ],
        23,
    )
    assert [line(each) for each in passages] == [
        "数据选择:聚焦于第3、4、5次激励(Stim 3, 4, 5), 因从本次开始使用",
        "颠覆性认知: 1) 地形 > 岩性; 2) 定性",
    ]


def test_lost_text_ends_a_passage_and_says_so() -> None:
    text, cell = cell_of(["2. 核心数据", "来源: 主要来自", "附录 I", "优化策略:", "1) 滑动平均"], 23)
    gaps = [Gap(1, "methods", "lost_lines", text.index("\n附录"), ""), Gap(2, "methods", "lost_lines", 0, "")]
    passages = outline(text, cell, (), gaps)
    assert [(line(each), each.is_complete) for each in passages] == [
        ("2. 核心数据", True),
        ("来源: 主要来自附录 I", False),
        ("优化策略:", True),
        ("1) 滑动平均", True),
    ]


def test_lost_lines_behind_a_whole_sentence_break_nothing_off() -> None:
    text, cell = cell_of(["3. 实时能力", "1) 可以实时追踪。", "4. 意义"], 23)
    ends = [text.index("。") + 1, text.index("能力") + 2]
    told = [outline(text, cell, (), [Gap(1, "methods", "lost_lines", end, "")]) for end in ends]
    assert [[each.is_complete for each in passages] for passages in told] == [[True] * 3, [False, True, True]]


def test_a_correction_may_give_a_lost_line_end_back() -> None:
    text, cell = cell_of(["训练集 (Training): 第三次的数据验证集 (Validation): 第四次的数据"], 30)
    start = text.index("数据验")
    mended = Correction(start, start + 2, "数据", "数据\n", "break", "")
    assert [line(each) for each in outline(text, cell, (mended,))] == [
        "训练集 (Training): 第三次的数据",
        "验证集 (Validation): 第四次的数据",
    ]


def test_what_a_label_states_stands_in_the_text() -> None:
    passages = outlined(["1) Mode 2(13.2%方差): 湿转干", "2) 来源: 台网", "四川盆地"], 40)
    told = with_facts_in_text(passages, lambda head: "%" in head)
    assert [(each.number, each.label, each.text) for each in told] == [
        ("1)", None, "Mode 2(13.2%方差): 湿转干"),
        ("2)", "来源", "台网四川盆地"),
    ]
    assert [line(each) for each in told] == [line(each) for each in passages]
    assert len(told[0].trace) == len(told[0].text)


def test_the_trace_of_a_text_leads_back_to_the_seed() -> None:
    text, cell = cell_of(["1) <b>发现</b> : SiO <sub>2</sub> 高", "压相"], 28)
    (passage,) = outline(text, cell, ())
    assert (passage.number, passage.label, passage.text) == ("1)", "发现", "SiO₂ 高压相")
    assert [text[start:end] for start, end in passage.trace] == ["S", "i", "O", "<sub>2</sub>", " ", "高", "压", "相"]


def test_a_label_may_have_several_terms_and_be_cut_by_the_edge() -> None:
    passages = outlined(
        ["参数提取:", "1) 最小值、最大值、中位数、四", "<b>分位数</b> :描述颗粒群体同位素", "分布。", "2) 颗粒面积"], 30
    )
    assert [(each.label, each.text) for each in passages[1:]] == [
        ("最小值、最大值、中位数、四分位数", "描述颗粒群体同位素分布。"),
        (None, "颗粒面积"),
    ]


def test_an_opener_before_a_new_list_ends_no_label() -> None:
    passages = outlined(["方法:", "1) 输入降水、海拔", "2) 评估变量重要性和偏依赖图(PDP)", "结果:", "1) 大流域"], 27)
    assert [line(each) for each in passages][2:] == ["2) 评估变量重要性和偏依赖图(PDP)", "结果:", "1) 大流域"]


def test_a_heading_ends_with_its_bracket_though_a_label_follows() -> None:
    passages = outlined(
        ["1. 三维球面地幔对流模", "型(核心数据源)", "来源:由 Coltice 等人", "(2019) 开发的高分辨", "率数值模型"], 21
    )
    assert [(each.depth, line(each)) for each in passages] == [
        (1, "1. 三维球面地幔对流模型(核心数据源)"),
        (2, "来源:由 Coltice 等人(2019) 开发的高分辨率数值模型"),
    ]


def test_a_label_below_the_end_of_a_block_begins_a_passage() -> None:
    passages = outlined(["同位素系统:", "", "- 1) Pb (206Pb/204Pb)", "- 2) Hf (176Hf/177Hf)", "", "微量元素: La"], None)
    assert [(each.depth, line(each)) for each in passages][2:] == [(2, "2) Hf (176Hf/177Hf)"), (1, "微量元素: La")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["3) DMTS 核心特征: 空间上: 分布零散。", "结构上:层理为主。", "", "粒序上: 缺乏趋势。"],
            ["3) DMTS 核心特征: 空间上: 分布零散。结构上:层理为主。粒序上: 缺乏趋势。"],
        ),
        (
            ["1) 两种方案: 物理方案 (ΔS₁): 基于模型; 卫星经验", "<b>方案(ΔS₂)</b> :基于统计"],
            ["1) 两种方案: 物理方案 (ΔS₁): 基于模型; 卫星经验方案(ΔS₂):基于统计"],
        ),
        (["1) 问题: 模式: 旧。", "来源: 台网"], ["1) 问题: 模式: 旧。", "来源: 台网"]),
    ],
)
def test_labels_formed_like_an_inner_one_are_parts_of_the_item(lines: list[str], expected: list[str]) -> None:
    assert [line(each) for each in outlined(lines, None)] == expected


def test_a_value_stands_under_its_opener_and_a_label_beside_the_list() -> None:
    passages = outlined(
        [
            "2. 检测",
            "阈值设定:",
            "1) 1040 km 深度:",
            "J≥80",
            "2) 357 km 深度:",
            "J≥190",
            "验证: 调整阈值。",
            "P 值计算:",
            "P=1-f",
            "显著性水平:",
            "P<0.05",
        ],
        40,
    )
    assert [(each.depth, each.parent) for each in passages] == [
        *[(1, None), (2, 0), (3, 1), (4, 2), (3, 1), (4, 4)],
        *[(2, 0), (2, 0), (3, 7), (2, 0), (3, 9)],
    ]


def test_a_list_that_goes_on_from_a_label_stands_beside_it() -> None:
    threshold = "2) 设置阈值 rc = 0.5, 空间窗口限制为 10°×10°×200 m。"
    steps = ["1. 事件检测", "步骤 1: 识别热浪", "1) 步骤 2: 连成三维快照", threshold, "步骤 3: 跟踪事件"]
    assert [(each.depth, each.parent) for each in outlined(steps, 60)] == [(1, None), *[(2, 0)] * 4]
    steps[2] = "1) 步骤 1: 连成三维快照"
    assert [(each.depth, each.parent) for each in outlined(steps, 60)][2:] == [(3, 1), (3, 1), (2, 0)]


def test_what_lost_its_heading_stands_under_no_other() -> None:
    lines = ["1. 框架", "通量: 包含暖层,但不包含", "1) 基于公式", "2) 与风速相关", "效应:", "1) 方案", "3. 分析"]
    text, cell = cell_of(lines, 40)
    gap = Gap(1, "methods", "lost_lines", text.index("\n1) 基于"), "")
    depths = [(each.depth, each.parent) for each in outline(text, cell, (), [gap])]
    assert depths == [(1, None), (2, 0), (1, None), (1, None), (1, None), (2, 4), (1, None)]
    text, cell = cell_of([*lines[:-1], "2. 分析"], 40)
    depths = [(each.depth, each.parent) for each in outline(text, cell, (), [gap])]
    assert depths[2:4] == [(3, 1), (3, 1)], "no heading is missing: the list may be the passage's own"


CHARACTERS = st.text("地幔震源数据模型分析岩浆海洋温度", min_size=4, max_size=60)
LABELS = st.sampled_from(["来源", "数据类型", "方法", "输出", "发现", "结论", "核心数据", "关键技术"])


@st.composite
def outlines(draw: st.DrawFn) -> list[str]:
    """Headings with labelled lines and numbered points, as an author types them."""
    lines = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        lines.append(f"{number}. {draw(CHARACTERS)[:9]}")
        lines += [f"{name}: {draw(CHARACTERS)}。" for name in draw(st.lists(LABELS, unique=True, max_size=3))]
        points = draw(st.lists(CHARACTERS, max_size=3))
        if points:
            lines.append("步骤:")
            lines += [f"{at}) {point}。" for at, point in enumerate(points, 1)]
    return lines


def wrapped(lines: Sequence[str], width: int) -> list[str]:
    """The lines as a column of this width prints them."""
    printed = []
    for each in lines:
        row = ""
        for char in each:
            if printed_width(row + char) > width and char != "。":
                printed.append(row)
                row = ""
            row += char
        printed.append(row)
    return printed


@given(outlines(), st.sampled_from([22, 26, 28]))
def test_a_printed_outline_is_read_back(lines: list[str], width: int) -> None:
    assume(all(printed_width(each) < width - 4 for each in lines if each[1:2] == "."))
    passages = outlined(wrapped(lines, width), width + 1)
    assert [line(each) for each in passages] == lines


@given(outlines(), st.sampled_from([22, 26, 28]))
def test_parents_come_before_and_stand_one_higher(lines: list[str], width: int) -> None:
    passages = outlined(wrapped(lines, width), width + 1)
    for index, passage in enumerate(passages):
        if passage.parent is None:
            assert passage.depth == 1
        else:
            assert passage.parent < index
            assert passage.depth == passages[passage.parent].depth + 1


def test_a_thousand_levels_are_told_apart() -> None:
    lines = [f"第 {level} 层类型:" for level in range(1000)]
    passages = outlined(lines, 30)
    assert [line(each) for each in passages] == lines
    assert [(each.depth, each.parent) for each in passages] == [(1, None), *((at + 1, at - 1) for at in range(1, 1000))]
