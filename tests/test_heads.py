"""How passages begin: outline numbers, labels, and labels of one list."""

import pytest

from geodigest.passages.heads import Number, is_like, label, number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3. 气候数据", Number("1.", 3, 3)),
        ("1、人工智能", Number("1.", 1, 2)),
        ("12) 短期", Number("1)", 12, 4)),
        ("(5) 结果", Number("(1)", 5, 4)),
        ("①丰富的流体活动", Number("①", 1, 1)),
        ("⑫ 海洋噪声", Number("①", 12, 2)),
        ("12. 数据", Number("1.", 12, 4)),
        (". 数据", None),
        ("3．数据", Number("1.", 3, 2)),
        ("2）结论", Number("1)", 2, 2)),
        ("（12）结论", Number("(1)", 12, 4)),
        ("7)  两个空格", Number("1)", 7, 4)),
        ("2.5 km", None),
        ("100. 数据", None),
        ("100) 数据", None),
        ("(100) 数据", None),
        (") 数据", None),
        ("() 数据", None),
        ("10 篇已发表文献", None),
    ],
)
def test_an_outline_number_is_read_with_its_style(text: str, found: Number | None) -> None:
    assert number(text) == found


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("STF 特征提取: 从每个", "STF 特征提取"),
        (
            "层归一化(Layer Norm)& 残差连接(Residual Connection): 稳定",
            "层归一化(Layer Norm)& 残差连接(Residual Connection)",
        ),
        ("Mann-Whitney U 检验:比较", "Mann-Whitney U 检验"),
        ("RMSE: 均方根误差", "RMSE"),
        ("C-H:C=O 比值", None),
        ("https://doi.org", None),
        ("从原始数据中构造了 6 个输入特征 (M=6) 和 4 个预测目标 (F=4): 输入", None),
        ("三维结构包括: 一", None),
        ("系统) 数据类型: 波", None),
        ("季节性、年际变化、长期趋势分解数据:基于", "季节性、年际变化、长期趋势分解数据"),
        ("局部起伏度是糟糕的预测指标: 定量", "局部起伏度是糟糕的预测指标"),
        ("浅层 SSE 的发生与以下几个因素有关:丰富的流体", None),
        ("观察到的复杂化的趋势：(a)", "观察到的复杂化的趋势"),
        ("数据来源 : 全球台网", "数据来源"),
        ("RMSE 值:1.5 m", "RMSE 值"),
        ("时间 12:30", None),
        ("慢滑事件(SSE (浅层): 1 次) 的数量: 三", "慢滑事件(SSE (浅层): 1 次) 的数量"),
        ("慢滑事件（SSE: 浅层）的数量: 三", "慢滑事件（SSE: 浅层）的数量"),
        ("残差连接（Residual, 层归一化）: 稳定", "残差连接（Residual, 层归一化）"),
        ("(SSE) 的持续时间: 12 天", None),
        ("M (震级): 7", None),
        ("、第二次: 三", None),
        ("使用以下数据: 三", None),
        ("流速、水深、坡度、糙率、流量: 输入", None),
    ],
)
def test_labels(head: str, expected: str | None) -> None:
    found = label(head)
    assert (head[: found[0]] if found else None) == expected


@pytest.mark.parametrize("mark", "。！？!?;；,，=<>≤≥≈→∝")
def test_no_label_has_a_mark_of_a_sentence_or_of_a_relation(mark: str) -> None:
    assert label(f"隆升{mark}速率: 快") is None


@pytest.mark.parametrize("word", ["包括", "包含", "如下", "分别为", "例如", "表明", "指出", "认为", "是", "为", "可"])
def test_what_opens_a_sentence_is_no_label(word: str) -> None:
    assert label(f"三维结构{word}: 快") is None
    assert label(f"三维{word}结构: 快") is not None


@pytest.mark.parametrize(
    ("named", "is_label"),
    [
        # 34 half-width units are allowed: a Chinese character is 2 of them, a Latin word 4 at most.
        ("地" * 17, True),
        ("地" * 17 + "a", False),
        ("层 " + "Layer " * 8, True),
        ("层幔 " + "Layer " * 8, False),
        *[("地" * 15 + word, True) for word in ("mascon", "OCAR-MARX", "Sentinel2", "O'Neil's", "ab*cd*", "123456")],
        ("地" * 15 + "123.45", True),
        ("地" * 15 + "Mg/Ca", False),
        ("M " * 34, True),
        ("M " * 35, False),
        ("地" * 17 + "(Attention)", True),
        ("地" * 12 + "“重新认识”" + "地" * 5, True),
        ("地" * 12 + "“重新认识”" + "地" * 6, False),
        ("地" * 12 + '"重新认识"' + "地" * 5, True),
        ("“重新”" + "地" * 18 + "“认识”", False),
        ('"重新"' + "地" * 18 + '"认识"', False),
    ],
)
def test_a_label_is_short_brackets_and_quotations_left_out(named: str, is_label: bool) -> None:
    assert (label(f"{named}: 数据") is not None) == is_label


def test_a_label_with_its_brackets_has_72_characters_at_most() -> None:
    head = f"残差连接({'Residual Connection '.ljust(66, 'a')})"
    assert len(head) == 72
    assert label(f"{head}: 稳定") == (72, 74)
    assert label(f"残{head}: 稳定") is None


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("空间上", "粒序上", True),
        ("物理方案 (ΔS₁)", "卫星经验方案(ΔS₂)", True),
        ("Local Branch (A)", "Global Branch", True),
        ("Local Branch", "Global branch", False),
        ("来源", "用途", False),
        ("(A)", "用途 (A)", False),
    ],
)
def test_labels_are_alike_where_their_last_words_are(one: str, other: str, is_alike: bool) -> None:
    assert is_like(one, other) == is_alike
