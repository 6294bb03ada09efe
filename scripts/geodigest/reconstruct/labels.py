"""The label vocabulary of literature tables: which column a label speaks for, and the order of the summary's labels."""

from __future__ import annotations

from functools import lru_cache

TITLE, QUESTION, DATA, METHODS, CONCLUSIONS, SUMMARY = range(1, 7)

_LABELS: dict[int, str] = {
    DATA: "来源 数据类型 数据量 样本量 用途 分辨率 时空分辨率 覆盖区域 时间范围 时空范围 变量 站点数 平台 波段 "
    "空间分辨率 生成方式 采样范围 数据内容 地理覆盖 总样本量 内容 特点",
    METHODS: "方法 工具 技术 目标 算法 输入 输出 流程 步骤 参数 公式 评估指标 检验方法 验证 指标 优化策略 超参数 处理 "
    "分析内容 可视化 显著性检验 软件 模型设置 控制方程 训练策略 关键参数 阈值设定 损失函数 数值技术",
    CONCLUSIONS: "发现 结论 机制 证据 解释 意义 启示 建议 预测 量化结论 观测 原因 影响 现象 提出 局限性 适用性 实际 "
    "预期 推论 含义 问题 颠覆认知",
    SUMMARY: "核心数据 数据挖掘挑战 数据挑战 数据融合挑战 关键技术 分析方法 数据分析方法 数据分析技术 建模亮点 "
    "模型创新 技术亮点 研究亮点 分析亮点 结论价值 应用价值 结论贡献 建模洞察 数据挖掘方法 数据架构 评估体系",
}
_COLUMN = {label: column for column, labels in reversed(_LABELS.items()) for label in labels.split()}
_FIRST = frozenset(label[0] for label in _COLUMN)
_SUMMARY_ORDER = ("核心数据", "挑战", "关键技术", "分析方法", "亮点", "价值")


@lru_cache(maxsize=4096)
def column_of(label: str) -> int | None:
    """The column a label speaks for, by the whole label or by its beginning or end.

    >>> column_of("数据类型") == DATA, column_of("GIS 数据来源") == DATA, column_of("温度")
    (True, True, None)
    """
    exact = _COLUMN.get(label)
    if exact is not None:
        return exact
    for known, column in _COLUMN.items():
        if len(known) > 1 and (label.endswith(known) or label.startswith(known)):
            return column
    return None


def is_listed(label: str) -> bool:
    """Whether a label stands in the vocabulary exactly so.

    >>> is_listed("数据类型"), is_listed("GIS 数据来源")
    (True, False)
    """
    return label in _COLUMN


def begins_listed(char: str) -> bool:
    """Whether a label of the vocabulary begins with a character.

    >>> begins_listed("数"), begins_listed("的")
    (True, False)
    """
    return char in _FIRST


def summary_rank(label: str) -> int | None:
    """Where a label stands in the usual order of the summary column, or None.

    >>> summary_rank("核心数据"), summary_rank("建模亮点"), summary_rank("来源")
    (0, 4, None)
    """
    for rank, key in enumerate(_SUMMARY_ORDER):
        if key in label:
            return rank
    return None
