"""Where the Chinese expression before a bracket begins.

Chinese is printed without blanks, so what stands before `(SSE)` is a stretch of a sentence. It is cut at punctuation,
at particles (`的`, `和`) and at words that only join or govern an expression (`使用`, `基于`); a spelling of the
vocabulary that ends at the bracket settles the question.
"""

import re
from collections.abc import Collection, Mapping

from geodigest.passages.blanks import is_wide

_STOPS = frozenset("，。、；：,:;!?！？()（）[]【】“”\"'《》〈〉/—→↑↓+=~≈<>≤≥|&%…^∝\n")
_QUOTED = re.compile(r"[“\"](?=\S)([^“”\"]{1,20})(?<=\S)[”\"]\s*$")
_QUOTED_HEAD = re.compile(r"([“\"](?=\S)[^“”\"]{2,20}(?<=\S)[”\"][一-鿿]{2})\s*$")
_PARTICLES = (
    r"的|(?<![饱温缓中总])和(?!谐|平)|(?<![参给赋])与(?!会)|以及|及其|(?<![以普涉])及(?!时)|或者|或|至(?!今)"
    r"|(?<=[一-鿿])了(?!解)|(?<=[一-鿿]{2})中(?![新古国央深位值心等期晚始部纬度小型间尺])"
    r"|(?<![但还只可总])是(?!否)|是否|(?<![作行成认因人])为(?=[一-鿿]{3})(?!主)"
)
_PARTICLE = re.compile(_PARTICLES)
_CONJUNCTION = re.compile("[与和及]")
_LATIN_HEAD = re.compile(r"([A-Za-z]{2,})\s*(?=[一-鿿]{2})")
_HIGH_RESOLUTION = "高分辨率"
_GOVERNING = """
    以来 使用 采用 利用 运用 应用 通过 基于 根据 依据 引入 用于 用来 提供 提取 提出 构建 建立
    计算 估算 统计 测量 绘制 生成 结合 包括 包含 涵盖 来自 来源于 相比 相对于 处理 检验 判断
    评估 识别 检测 追踪 导致 引起 影响 形成 发生 产生 模拟了 开展 进行 称为 称作 名为 命名
    定义 发现 获取 获得 得到 显示 展示 表明 指示 反映 考虑 忽略 克服 减少 增加 降低 提高
    提升 移除 消除 去除 作为 成为 视为 属于 位于 处于 存在于 存在 具有 含有 不同于 对应
    相当于 例如 比如 尤其是 特别是 主要是 可能是 由于 针对 关于 对于 随着 沿着 按照 经过 驱动
    控制 诱发 触发 支持 挑战 揭示 解释 量化 约束 优化 改进 修正 重建 反推 推断 映射 转换为
    转化为 跨越 隶属于 适用于 取决于 起源于 求解 拟合 匹配 寻找 学习 收集 加入 纳入 理解 认识
    而非 需要 需 某些 某些区域 统一 对比 研究人员 本研究 本文 我们 他们 研究 如何 何 哪些 什么 目前
    当前 现有 近期 此外 然而 因此 其中 主要 将 把 被 让 使得 在 从 如 即 由 对 向 比 以
    其 该 此 这些 那些 这种 每个 各种 各
"""
"""Words that govern or join an expression and belong to none."""
_GUARDED = """
    有向 径向 轴向 植被 自由 相对 绝对 对流 对数 对称 对齐 潜在 存在 内在 在线 以太
    方向 走向 纵向 横向 取向 双向 定向 多向 向量 由来 比例 比值 同位素比 比表 其他 其它 何时
    几何 各向 从属 应对 研究计划 研究所 研究机构 研究院 研究中心 影响因子 控制点 处理器 学习器
    机器学习 深度学习 迁移学习 集成学习 条件学习 强化学习 监督学习 如果
"""
"""Words in which a governing character is part of an expression."""
_GOVERNS = re.compile("|".join(sorted(_GOVERNING.split(), key=len, reverse=True)))
_INSIDE = re.compile("|".join(_GUARDED.split()))
_COUNTED = re.compile(r"第?[\d一二三四五六七八九十两几数]+\s*(?:个|种|类|条|项|组|次|台|座|套|块|景|米)(?=[一-鿿]{2})")
_MODIFIES = re.compile(
    r"传统|经典|最终|新型|主要|典型|浅层|现代(?=植物)|完全|提出|北部|整个|单一|离线|全部|不同|相关|相应"
)
_SHORTEST = 2
_LONGEST_QUOTED = 32
_LONGEST_RUN = 200
"""Characters before a bracket that are looked at: a longer run without punctuation is no expression with its verbs."""
_ELEMENT_SYMBOLS = """
    氢H 氦He 碳C 氮N 氧O 氟F 硅Si 磷P 硫S 氯Cl 钠Na 镁Mg 铝Al 钾K 钙Ca 钛Ti 铁Fe 铜Cu 锌Zn 钨W 汞Hg
    铅Pb 铀U 钍Th 锶Sr 钕Nd 铪Hf 氩Ar 氡Rn 溴Br
"""
_ELEMENTS = {each[0]: each[1:] for each in _ELEMENT_SYMBOLS.split()}
_GENERIC = {"模型", "数据", "方法", "指标", "指数", "响应", "梯度", "地形", "系统", "分析", "参数", "定量关系"}


def is_element(text: str, end: int, symbol: str) -> bool:
    """Whether the name of the chemical element with this symbol ends at `end`.

    >>> is_element("全球钨", 3, "W"), is_element("面积", 2, "A")
    (True, False)
    """
    return end > 0 and _ELEMENTS.get(text[end - 1]) == symbol


def expression_before(text: str, end: int, known: Mapping[str, Collection[str]], latin: str) -> int | None:
    """Where the Chinese expression that ends at `end` begins; None if none ends there.

    Args:
        text: the text.
        end: where the expression ends, blanks before the bracket left aside.
        known: Chinese spellings of the vocabulary by their last two characters; the longest that ends there is taken.
        latin: what the bracket says, the abbreviation last; only an expression that it calls global keeps its `全球`.

    >>> text = "通过测量水位深度和土壤含水量"
    >>> text[expression_before(text, len(text), {}, "SWC"):]
    '土壤含水量'
    """
    while end and text[end - 1] == " ":
        end -= 1
    if quoted := _QUOTED.search(text, max(0, end - _LONGEST_QUOTED), end) or _QUOTED_HEAD.search(
        text, max(0, end - _LONGEST_QUOTED), end
    ):
        return quoted.start(1)
    alike = known.get(text[max(0, end - _SHORTEST) : end], ())
    if named := [len(spelling) for spelling in alike if text.endswith(spelling, 0, end) and len(spelling) > _SHORTEST]:
        return end - max(named)
    if not end or not is_wide(text[end - 1]):
        return None
    if is_element(text, end, latin.rpartition(" ")[2]):
        return end - 1
    run = end
    while run and text[run - 1] not in _STOPS and end - run < _LONGEST_RUN:
        run -= 1
    start = _trimmed(text, run, end, latin)
    is_one = sum(map(is_wide, text[start:end])) >= _SHORTEST and text[start:end] not in _GENERIC
    return start if is_one else None


def _trimmed(text: str, start: int, end: int, latin: str) -> int:
    guarded = [each.span() for each in _INSIDE.finditer(text, start, end)]

    def cut(pattern: re.Pattern[str], start: int) -> int:
        for found in pattern.finditer(text, start, end):
            inside = any(
                low < found.end() and found.start() < high and found.span() != (low, high) for low, high in guarded
            )
            rest = text[found.end() : end]
            if not inside and sum(map(is_wide, rest)) >= _SHORTEST and (rest not in _GENERIC or found[0] == "的"):
                start = found.end()
        return start

    if re.search(r"\band\b|&", latin):
        guarded += [(found.start() - 1, found.end()) for found in list(_CONJUNCTION.finditer(text, start, end))[-1:]]
    start = cut(_PARTICLE, start)
    start = cut(_GOVERNS, start)
    for pattern in (_COUNTED, _MODIFIES, _COUNTED):
        head = pattern.match(text[start:end])
        if head and sum(map(is_wide, text[start + head.end() : end])) >= _SHORTEST:
            start += head.end()
    if text.startswith("全球", start) and end - start > 4 and not re.search(r"[Gg]lobal|^G|World", latin):
        start += 2
    if text.startswith(_HIGH_RESOLUTION, start) and not re.search(r"[Hh]igh|^HR", latin):
        start += len(_HIGH_RESOLUTION)
    head = _LATIN_HEAD.match(text, start, end)
    if head and re.search(r"\b[a-z]{4}", latin) and head[1].casefold() not in latin.casefold():
        start = head.end()
    while text[start] in " -·":
        start += 1
    return start
