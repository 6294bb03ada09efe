"""What a number measures or counts, as the passage prints it next to the number; nothing rather than a guess."""

import re

_VERBS = re.compile(
    r"(?:为|是|达到?了?|高达|可达|约|近|仅为?|只有|有|共计?|总计|(?<=[\u4e00-\u9fff ])平均|介于|处于|保持在|集中在"
    r"|(?:设置|假定|恒定|设定|限制)为?|设为|取|(?<!各)占|等于|分别|从|至|以|了|(?:不?超过|大于|小于|低于|高于|短于|长于)"
    r"|(?P<relation>[=:：(（~≈<>≤≥±])|[ “\"])$"
)
_LONGEST_VERB = 3
_OPERAND = re.compile(r"\+ ?$|= ?[(（] ?$")
"""Where a number is an operand: before it stands another one, or what they make together."""
_RESULT = re.compile(r" ?[\u4e00-\u9fff]{1,4} ?= ?")
"""Between two numbers of a sum: the words are the first one's."""
_HIGHER = re.compile(r"(?:显著|明显)?[高低大小多少]于[^,，。;；:：()（）]{1,16}[(（]$")
_VERSUS = re.compile(r"[^()（）]{1,20} vs\.? ")
_TURNED = re.compile(
    r"""
    (?:随[^,，。;；:：()（）随]{1,12}(?:增加|减少|增大|减小|升高|降低|上升|下降|变化)  # 应力降随深度增加
    | [升降增]至[^,，。;；:：()（）至]{1,8}                                           # 氧浓度升至缺氧水平
    | 由[^由]{1,4}转(?![化变换])[^转]{1,4}                                          # 由湿转干
    | 从[\u4e00-\u9fff]{2,6}                                                      # 氧浓度从缺氧
    | (?<![植地])被[^,，的]{1,8}                                                    # 被错动年龄
    | (?<![对相占之同百成])比(?![例值率重较表对越更]|显著|明显)[^,，。;；:：()（）比年]{2,30}
      (?:[高低快慢大小多少]|增加|减少|上升|下降|提高|降低)                           # 通量比 ERA5 高
    )$""",
    re.VERBOSE,
)
"""What happens to the measured at the end of the words, or what it is compared with."""
_BRACKET = re.compile(r"[(（][^()（）]{1,24}[)）]$")
_RELATIONS = tuple("=~≈∼<>≤≥±＜＞")
_CHANGE = re.compile(
    r"(?P<words>.+?)(?:显著|明显|大幅)?"
    r"(?P<verb>上升|下降|增加|增大|增长|减少|减小|减弱|增强|降低|升高|提高|提升|延长|缩短|(?<!隆)升|(?<!沉)(?<!应[力变])降|增|减)[至到为]?$"
)
_QUALIFIED = re.compile(r"^(?:vs |更[多高低大小强]?|不同 ?|逐)(?=..)")
_DEGREE = re.compile(r"(?:始终|显著|普遍|本身|最|较|更|很|越)*(?:变化巨大|[高低大小长短多少强弱])$")
_NOUN = re.compile(r"[0-9A-Za-zÀ-ɏℒ\u3400-\u9fffα-ωΑ-ΩΔ∆δ₀-₉ₐ-ₜ⁰-⁹¹²³_{}*#·+\-–/’' ]+$")
_PARTICLE = re.compile(
    r".*(?:[的于与及以或将并而了让把每该各如但且仅即其]|(?<!共)和|(?<![潜存])在|(?<![绝相])对(?![流比称应数齐照])|(?<!自)由"
    r"|从|后(?= [A-Z])|使用?|含(?:少量|有)|(?<![植地])被|通过|(?:结合|设置|拟合|引入|判断|采用|利用|经过|涵盖|达到|假设"
    r"|识别|排除|移除|远离|靠近|评估(?!报告)|导致|显示|发现|确定|具有正?|计算(?!值)|模拟(?=不同))(?=.)"
    r"|(?<![A-Za-z])[0-9]+ ?[年月日](?![龄均代])|(?<![A-Za-z0-9₀-₉.\-第])(?<!第 )[0-9.]+ ?%?(?=[ \u4e00-\u9fff]))(?=.)"
)
_MEASURED = re.compile(
    r"(?:[^重]度|量|率|(?<!插)值|比|数|差|温|时间|时长|周期|年龄|年代|范围|间隔|步长|窗口?|半径|直径|距离|面积|体积|方向"
    r"|比例|得分|概率|压力?|应力|应变|热流|流速|波速|位移|滑移|震级|阶次|水平|规模|异常|性能|成本|可能性|相关性|一致性|活动性"
    r"|显著性|不确定性|海拔|水深|[长宽深厚]|质量|幅|孔隙|跃变|时效|尺寸|隆升|沉降|滞后|延迟|减薄|时间点|贡献高度|贡献)$"
)
_SYMBOL = re.compile(
    r"(?:^|[ \u3400-\u9fff])"
    r"((?:ℒ )?[A-Za-zÀ-ɏℒα-ωΑ-ΩΔ∆δ⁰-⁹¹²³][\w₀-₉ₐ-ₜ⁰-⁹¹²³À-ɏα-ωΑ-Ω{}*#/\-–]*)$",
    re.ASCII,
)
_LATIN = re.compile(r"[A-Za-zδΔ][^\u3400-\u9fff+]*")
_BAND = re.compile(r"\bBand [0-9]+$")
_NAMED = re.compile(r"[\u3400-\u9fffA-Za-z][^+]*$")
_CLAUSE = re.compile(
    r"^(?:是否|如何|根据|基于|同时|其中|按|用|取|前|比|占|合计|内|间|后|时(?![间空长效])|一(?!致)|这|当(?!代)|可(?!变|能性)|能(?!量|力)|需"
    r"|所|才|又|再|也|只|不(?!同|确定)|支持|发现|提供|包括|来自|实现|生成|进行|揭示|保持|观察|观测到|得到|最终|完全|几乎|共|级|个"
    r"|年(?![龄均代侵降])|种|类|项|次|条)|的|[是将随]|出现|表明|显示|发生|导致|存在|需要|要求|作为|排名|无法|评估报告|赋值|保持"
    r"|驱动|居住|分布$|匹配$|最[快慢]$|[新垩罗叠炭盆留陶武][世纪](?:[早中晚]期)?$|^同一|^时间$|位于|达|检验|训练|验证|表示|执行"
    r"|构建|选取|选用|解释|(?:[至到为时中内外前上下在于和及与有]|(?<!时)间|(?<!滞)后|模式分|假设|最高|持续|期间|主导|显著|估计|模拟|一致)$"
)
_COUNTED = re.compile(
    r"[ ]?((?:[A-Za-z0-9][0-9A-Za-z₀-₉-]*+[ ]?)*+[\u3400-\u9fff][0-9A-Za-z\u3400-\u9fff₀-₉-]*"
    r"(?:[ ](?![A-Z][a-z-]+[ ]?[和与及、])[A-Za-z][0-9A-Za-z-]*(?:[ ][\u3400-\u9fff]+)?)?"
    r"|[A-Za-z][0-9A-Za-z-]*(?:[ ][A-Za-z][0-9A-Za-z-]*)*)"
)
_STOP = re.compile(
    r"的|(?<![潜存])在|[于与及将而了或]|(?<=.)已发表|(?<=情况)下|(?<!饱)和"
    r"|以(?!下)|从|(?<!自)由|使用?|(?<!合)并|(?<![植地])被|进行|分别|作为|用于"
    r"|组成|取得|产生|强调|共同|生成|得到|布设|只能|包括|中提取|为|评估|对(?=[各不其所])"
    r"|[上中内处](?=$| |的|训练|提取|产生|组成)|之间|期间|间$|时取得|(?<=[域样])平均"
)
_ADJECTIVE = re.compile(
    r"(?:相互|非常|[很更最较]|不)?(?:独立|不同|长|短|强|大|小|新|重要|主要|典型)$|已[\u4e00-\u9fff]{2}$"
)
_KIND_OF = re.compile(r".*类型|不同.+")
_SHARED = re.compile(r" ?(?!的)([\u4e00-\u9fff]{1,6}?(?:面积|体积|数量|人口))")
_OR_MORE = re.compile(r" ?(?:以上|以下|以内)的?")
_OF = re.compile(r"[ ]?(?:的[ ]?)?([\u3400-\u9fff][\u3400-\u9fffA-Za-z₀-₉ -]*)")
_OF_STOP = re.compile(
    r"[和与由被以也]|(?<![存潜])在|位于|处于|介于|保持|来源于|来自|缺乏|集中|居住|发生|出现|[,，。;；、()（）]"
)
_BESIDE = re.compile(
    r"[ ]?的?((?:水平|垂直|空间|时间|时空)?(?:分辨率|半径|水深|间隔|步长|窗口|深度|高度|厚度|直径|偏应力"
    r"|波速异常|置信水平|置信区间|长|宽|厚|深)(?![\u4e00-\u9fff])|(?:空间|时间)?分辨率|半径|置信区间|置信水平|波速异常|[宽长](?=的)"
    r"|深度?(?=[处的])|(?:振荡)?周期|(?:[A-Z][A-Za-z/-]* )?年龄(?![\u4e00-\u9fff])"
    r"|(?:误差|不确定性|隆[升起]|沉降|速率|滞后)(?![\u4e00-\u9fff])|百?分位数?|(?:HDI|HPD|CI)(?![A-Za-z]))"
)
_COUNTED_BEFORE = re.compile(r"(?:^|[,，)）。;；、:： ])(?!分别|其中)([\u4e00-\u9fff]{2,8}?)(?:共?有|共)? ?$")
_IN_BRACKET = re.compile(r"[(（][^()（）]*$")
_CLAUSE_ENDS = re.compile(r" ?(?:[,，(（)）。;；、]|$)")
_SUMMED_BEFORE = re.compile(r"[(（+:：] ?$")
_SUMMED = re.compile(r" ?([\u4e00-\u9fff]{2,6})(?= ?[+)）:：])")
_LONGEST = 24
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
    if _OPERAND.search(before) or (reached and _RESULT.fullmatch(before)):
        return None
    related = text.startswith(_RELATIONS, start)
    if _VERSUS.match(text, start) and (higher := _HIGHER.search(before)):
        before, related = before[: higher.start()], True
    before, is_stated = _without_verbs(before)
    related = related or is_stated
    if turned := _TURNED.search(before):
        before = before[: turned.start()]
    noun = _NOUN.search(before)
    if noun is None or (noun.start() == 0 and len(before) == _WINDOW):
        return None
    words = noun[0].strip()
    if particle := _PARTICLE.match(words):
        words = words[particle.end() :]
    words = words.strip(" -–/·+×")
    return _measured(words, is_related=related)


def is_led_to(text: str, start: int) -> bool:
    """Whether all that stands before a number leads to it from a measure that is named elsewhere, as in a label.

    >>> is_led_to("假定恒定为 20", 6), is_led_to("约 20", 2), is_led_to("水深 20", 3)
    (True, True, False)
    """
    return start <= _WINDOW and not _without_verbs(text[:start])[0]


def _without_verbs(before: str) -> tuple[str, bool]:
    """The words before a number without those that lead to it, and whether a sign such as `=` or `(` is among these."""
    is_related = False
    while verb := _VERBS.search(before, len(before) - _LONGEST_VERB) or _BRACKET.search(before):
        is_related = is_related or (verb.re is _VERBS and verb["relation"] is not None)
        before = before[: verb.start()]
    return before, is_related


def _measured(words: str, *, is_related: bool) -> str | None:
    """The words if they name something measured, without the verb and the degree at their end."""
    words, is_change = _without_change(_QUALIFIED.sub("", words))
    if _BAND.search(words):
        return None
    if is_related and _LATIN.fullmatch(words) and len(words) <= _LONGEST:
        return words
    if is_related and (symbol := _SYMBOL.search(words)):
        return symbol[1] if len(symbol[1]) <= _LONGEST else None
    if not words or len(words) > _LONGEST or _CLAUSE.search(words):
        return None
    named = is_related and _NAMED.match(words) and 2 <= len(words) <= 12
    measured = (is_measure(words) and len(words) > 1) or words in ("长", "宽", "厚", "深")
    return words if is_change or named or measured or _SYMBOL.fullmatch(words) else None


def _without_change(words: str) -> tuple[str, bool]:
    """The words without degree and change (`TOC 显著上升`), or with the change that they name (`海平面上升`)."""
    if degree := _DEGREE.search(words):
        kept = words[: degree.start()].strip()
        words = kept if _MEASURED.search(kept) or _SYMBOL.search(kept) else words
    if not (change := _CHANGE.match(words)):
        return words, False
    kept = change["words"].strip()
    if is_measure(kept) or _SYMBOL.fullmatch(kept):
        return kept, False
    return ("", False) if len(change["verb"]) == 1 else (kept + change["verb"], True)


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
    if beside := _BESIDE.match(text, end) or (is_share and _SHARED.match(text, end)):
        return beside[1]
    if not is_share or not (whole := _OF.match(text, end, end + _WINDOW)):
        return None
    if "的" not in text[end : whole.start(1)]:
        return None
    stop = _OF_STOP.search(text, whole.start(1), end + _WINDOW)
    words = text[whole.start(1) : stop.start() if stop else whole.end(1)].strip()
    if not words or len(words) > 12 or "的" in words or _CLAUSE.search(words):
        return None
    return words if stop or len(text) == whole.end(1) or is_measure(words) else None


def counted_noun(text: str, end: int) -> str | None:
    """The noun of what a number and its classifier, which end at an offset, count.

    >>> counted_noun("67 项研究的数据", 4), counted_noun("8 个, 其中", 3), counted_noun("16 个独立的神经网络", 4)
    ('研究', None, '神经网络')
    >>> counted_noun("110 个宽频带 MT 测站 (", 5), counted_noun("1924 个长英质和", 6)
    ('宽频带 MT 测站', None)
    """
    if more := _OR_MORE.match(text, end):
        end = more.end()
    counted = _COUNTED.match(text, end, end + _WINDOW)
    if counted is None:
        return None
    printed = counted[1]
    words, _, following = printed.partition("的")
    if following and len(words) <= 6 and (_ADJECTIVE.search(words) or _KIND_OF.fullmatch(words)):
        printed = following
    words = _STOP.split(printed, maxsplit=1)[0].strip()
    if _ADJECTIVE.fullmatch(words) or words.endswith(("质", "聚")) or words.startswith("具有"):
        return None
    return words if 0 < len(words) <= _LONGEST else None


def counted_before(text: str, start: int, end: int) -> str | None:
    """The noun before a number and its classifier, printed from `start` to `end`, where a clause ends behind them.

    In a bracket stands what a part of those that were counted is: `样本 266 个 (红树林 126 个)`.

    >>> counted_before("样本 266 个 (", 3, 8), counted_before("神经元有 9 个, ", 5, 8), counted_before("有 3 个)", 2, 5)
    ('样本', '神经元', None)
    """
    if _IN_BRACKET.search(text, max(0, start - _WINDOW), start) or not _CLAUSE_ENDS.match(text, end):
        return None
    noun = _COUNTED_BEFORE.search(text, max(0, start - _LONGEST), start)
    return None if noun is None or _CLAUSE.search(noun[1]) else noun[1]


def summed_noun(text: str, start: int, end: int) -> str | None:
    """The noun of what a bare number, printed from `start` to `end`, counts in a bracket or a sum.

    >>> summed_noun("(24 变量 + 1 地形)", 1, 3), summed_noun("(1435 样本)", 1, 5), summed_noun("> 0 判定)", 2, 3)
    ('变量', '样本', None)
    """
    summed = _SUMMED.match(text, end) if _SUMMED_BEFORE.search(text, max(0, start - 2), start) else None
    return None if summed is None or _CLAUSE.search(summed[1]) else summed[1]
