"""What a number measures or counts, as the passage prints it next to the number; nothing rather than a guess."""

import re

_VERBS = re.compile(
    r"(?:为|是|达到?了?|高达|可达|约|近|仅为?|只有|有|共计?|总计|(?<=[\u4e00-\u9fff ])平均|介于|处于|保持在|集中在|(?:设置|假定|恒定|设定)为?"
    r"|设为|取|(?<!各)占|等于|分别|从|至|在|以|了|(?:不?超过|大于|小于|低于|高于|短于|长于)|(?P<relation>[=:：(（~≈<>≤≥±])|[ “\"])$"
)
_CHANGES = "上升|下降|增加|增大|增长|减少|减小|减弱|增强|降低|升高|提高|提升|隆升|沉降|延长|缩短|减薄|增厚|滞后|延迟|延伸|升|降|增|减"
_CHANGE = re.compile(rf"(?P<words>.+?)(?:显著|明显|大幅)?(?P<verb>{_CHANGES})(?P<to>[至到为]?)$")
_DEGREE = re.compile(r"(?:始终|显著|普遍|本身|最|较|更|很|越)*(?:变化巨大|[高低大小长短多少强弱]|集中)$")
_NOUN = re.compile(r"[0-9A-Za-zÀ-ɏℒ\u3400-\u9fffα-ωΑ-ΩΔ∆δ₀-₉ₐ-ₜ⁰-⁹¹²³_{}*·+\-–/’' ]+$")
_PARTICLE = re.compile(
    r".*(?:[的于与及以将并而了让把每该各如但且仅即]|(?<!共)和|(?<![潜存])在|(?<![绝相])对(?![流比称应数齐照])|(?<!自)由"
    r"|从|使用?|(?<![植地])被|通过|随|(?:结合|设置|拟合|引入|计算|判断|采用|利用|经过|涵盖|达到|假设|识别|排除|模拟|远离|靠近|评估)(?=.)"
    r"|[0-9]+ ?[年月日]|(?<![A-Za-z0-9₀-₉.\-])[0-9.]+ ?%?(?=[ \u4e00-\u9fff]))(?=.)"
)
_MEASURED = re.compile(
    r"(?:[温湿深高宽厚长密粘浓强速坡角幅精纬经烈进跨梯灵敏感拟重]度|[^重]度|[总含质容产用剩流变数热]?量|率|值|比|数|时间|时长|周期|年龄|年代"
    r"|范围|间隔|步长|窗口|半径|直径|距离|面积|体积|分辨率|通量|误差|偏差|残差|方差|标准差|[均平]?方差|占比|比例|比值|系数|指数|概率|阈值"
    r"|压力?|应力|应变|热流|流速|波速|位移|滑移|温差|震级|阶次|水平|规模|占比|得分|异常|性能|成本|可能性|可变性|年均气温|海拔|水深|长|宽|深|厚"
    r"|重量|质量|降幅|变幅|振幅|孔隙|超压|最大滑移|跃变|窗|时效|显著性|能力|尺度|尺寸|频率|变化|数据库|不确定性)$"
)
_SYMBOL = re.compile(
    r"(?:^|[ \u3400-\u9fff])((?:[A-Z] )?[A-Za-zÀ-ɏℒα-ωΑ-ΩΔ∆δ⁰-⁹¹²³][\w₀-₉ₐ-ₜ⁰-⁹¹²³{}*#/\-–]*)$", re.ASCII
)
_NAMED = re.compile(r"[\u3400-\u9fffA-Za-z][^+]*$")
_CLAUSE = re.compile(
    r"^(?:是否|如何|根据|基于|同时|其中|按|用|取|前|比|占|合计|内|间|后|时|中|一|这|当|可|能|需|所|才|又|再|也|只|不|具|支持|发现|提供|包括|来自"
    r"|实现|生成|进行|揭示|保持|观察|观测到|得到|最终|完全|几乎|共|年|级|个|种|类|项|次|条)|的|[是能可将]|出现|表明|显示|发生|导致|存在|需要|要求"
    r"|[至到为时中内外后前间上下于和及与有]$|期间$|驱动|主导$|居住|位于|达|估计$|检验|训练|验证|模拟$|表示|执行|构建|达成|选取|选用|解释"
)
_COUNTED = re.compile(
    r"[ ]?((?:[A-Za-z0-9][0-9A-Za-z₀-₉-]*[ ]?)*[\u3400-\u9fff][0-9A-Za-z\u3400-\u9fff₀-₉-]*(?:[ ][A-Za-z][0-9A-Za-z-]*(?:[ ][\u3400-\u9fff]+)?)?"
    r"|[A-Za-z][0-9A-Za-z-]*(?:[ ][A-Za-z][0-9A-Za-z-]*)*)"
)
_STOP = re.compile(
    r"的|(?<![潜存])在|[于与及将而了]|(?<!饱)和|以(?!下)|从|(?<!自)由|使用?|(?<!合)并|(?<![植地])被|进行|分别|作为|用于|使用|组成|取得|产生"
    r"|强调|共同|生成|得到|布设|只能|包括|中提取|为|对(?=[各不其所])|[上中内处](?=$| |训练|提取|产生|组成)|之间|期间|[间时](?=取得|期|$)"
    r"|(?<=[域样])平均"
)
_ADJECTIVE = re.compile(
    r"(?:相互|非常|[很更最较]|不)?(?:独立|不同|长|短|强|大|小|新|重要|主要|典型)$|已[\u4e00-\u9fff]{2}$"
)
_OF = re.compile(r"[ ]?(?:的[ ]?)?([\u3400-\u9fff][\u3400-\u9fffA-Za-z₀-₉ -]*)")
_OF_STOP = re.compile(r"[和与由在被]|位于|处于|居住|发生|出现|[,，。;；、)）]")
_BESIDE = re.compile(
    r"[ ]?(?:的)?((?:水平|垂直|空间|时间|时空)?(?:分辨率|半径|水深|间隔|步长|窗口|深度|高度|厚度|直径|偏应力|波速异常|置信水平|置信区间|长|宽|厚|深)"
    r"(?![\u4e00-\u9fff])|(?:空间|时间)?分辨率|半径|置信区间|置信水平|波速异常|[宽长](?=的))"
)
_LONGEST = 20
_WINDOW = 48


def property_before(text: str, start: int, reached: int = 0) -> str | None:
    """The words that a number at an offset gives the value of, None where none stand before it.

    Nothing before `reached`, the end of the quantity before, is looked at.

    >>> property_before("模型的 RMSE 为 1.5", 9), property_before("深度约 30", 4), property_before("30", 0)
    ('RMSE', '深度', None)
    >>> property_before("使用 30", 3), property_before("TOC 显著上升(70", 9)
    (None, 'TOC')
    """
    before = text[max(reached, start - _WINDOW) : start]
    related = False
    while verb := _VERBS.search(before):
        related = related or verb["relation"] is not None
        before = before[: verb.start()]
    noun = _NOUN.search(before)
    if noun is None or (noun.start() == 0 and len(before) == _WINDOW):
        return None
    words = noun[0].strip()
    if particle := _PARTICLE.match(words):
        words = words[particle.end() :]
    words = words.strip(" -–/·+")
    return _measured(words, is_related=related)


def _measured(words: str, *, is_related: bool) -> str | None:
    """The words if they name something measured, without the verb and the degree at their end."""
    if degree := _DEGREE.search(words):
        kept = words[: degree.start()].strip()
        words = kept if _MEASURED.search(kept) or _SYMBOL.search(kept) else words
    if change := _CHANGE.match(words):
        kept = change["words"].strip()
        words = kept if is_measure(kept) or _SYMBOL.fullmatch(kept) else kept + change["verb"]
        if len(change["verb"]) == 1 and words != kept:
            return None
        if words != kept and not _CLAUSE.search(words) and len(words) <= _LONGEST and "显著" not in words:
            return words
    if is_related and (symbol := _SYMBOL.search(words)):
        return symbol[1] if len(symbol[1]) <= _LONGEST else None
    if not words or len(words) > _LONGEST or _CLAUSE.search(words):
        return None
    if is_measure(words) or _SYMBOL.fullmatch(words):
        return words
    return words if is_related and _NAMED.match(words) and 2 <= len(words) <= 12 else None


def is_measure(words: str) -> bool:
    """Whether words end like the name of something measured: `地壳厚度` does, `发现` does not.

    >>> is_measure("地壳厚度"), is_measure("发现"), is_measure("数据类型")
    (True, False, False)
    """
    return _MEASURED.search(words) is not None


def property_after(text: str, end: int, *, is_share: bool) -> str | None:
    """What a number measures where the words stand after it (`10 米分辨率`); of a share the whole (`60%的湖泊数量`).

    >>> property_after("10 米分辨率", 4, is_share=False), property_after("60%的湖泊数量由", 3, is_share=True)
    ('分辨率', '湖泊数量')
    """
    if beside := _BESIDE.match(text, end):
        return beside[1]
    if not is_share or not (whole := _OF.match(text, end, end + _WINDOW)):
        return None
    if "的" not in text[end : whole.start(1)]:
        return None
    words = _OF_STOP.split(whole[1], maxsplit=1)[0].strip()
    stop = text[whole.start(1) + len(words) :].lstrip()[:1]
    if not words or len(words) > 12 or "的" in words or _CLAUSE.search(words):
        return None
    return words if stop in ",，。;；和与由、" or is_measure(words) else None


def counted_noun(text: str, end: int) -> str | None:
    """The noun of what a number and its classifier, which end at an offset, count.

    >>> counted_noun("67 项研究的数据", 4), counted_noun("8 个, 其中", 3), counted_noun("16 个独立的神经网络", 4)
    ('研究', None, '神经网络')
    >>> counted_noun("110 个宽频带 MT 测站 (", 5), counted_noun("1924 个长英质和", 6)
    ('宽频带 MT 测站', None)
    """
    counted = _COUNTED.match(text, end, end + _WINDOW)
    if counted is None:
        return None
    printed = counted[1]
    words, _, following = printed.partition("的")
    if following and (_ADJECTIVE.search(words)):
        printed = following
    words = _STOP.split(printed, maxsplit=1)[0].strip()
    if _ADJECTIVE.fullmatch(words) or words.endswith(("质", "聚")) or words.startswith(("具有", "约")):
        return None
    return words if 0 < len(words) <= _LONGEST else None
