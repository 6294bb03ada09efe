"""What a number measures or counts, as the passage prints it next to the number."""

import re

_VERBS = re.compile(
    r"(?:为|是|达到?了?|高达|可达|约|近|仅为?|只有|有|共计?|总计|平均|介于|处于|位于|保持在|设置为|设为|取|占|等于"
    r"|(?:升|降|增|减|提升|降低|下降|上升|增加|提高|减少|延长)至?|从|由|到|至|在|以|了|(?:不?超过|大于|小于|低于|高于)"
    r"|[ =:：(（~≈<>≤≥±,，\"“])$"
)
_NOUN = re.compile(r"[0-9A-Za-z\u3400-\u9fffα-ωΑ-ΩΔ∆δ₀-₉ₐ-ₜ⁰-⁹²³_{}*·+\-–/’' ]+$")
_PARTICLE = re.compile(r".*(?:[的在于和与及对以从由将使并而了或被让把每该各]|[0-9]%?)(?=.)")
_COUNTED = re.compile(r"[ ]?([A-Za-z\u3400-\u9fff][0-9A-Za-z\u3400-\u9fff₀-₉-]*)")
_STOP = re.compile(r"[的在于和与及以从将使并而了或被]|进行|分别|作为|用于|使用")
_LONGEST = 16
_WINDOW = 32


def property_before(text: str, start: int, reached: int = 0) -> str | None:
    """The words that a number at an offset gives the value of, None where none stand before it.

    Nothing before `reached`, the end of the quantity before, is looked at.

    >>> property_before("模型的 RMSE 为 1.5", 9), property_before("深度约 30", 4), property_before("30", 0)
    ('RMSE', '深度', None)
    """
    before = text[max(reached, start - _WINDOW) : start]
    while verb := _VERBS.search(before):
        before = before[: verb.start()]
    noun = _NOUN.search(before)
    if noun is None:
        return None
    words = noun[0].strip()
    if particle := _PARTICLE.match(words):
        words = words[particle.end() :].strip()
    words = words.strip(" -–/·")
    return words[-_LONGEST:].strip() or None if re.search(r"[^\W0-9]", words) else None


def counted_noun(text: str, end: int) -> str | None:
    """The noun of what a number and its classifier, which end at an offset, count.

    >>> counted_noun("67 项研究的数据", 4), counted_noun("8 个, 其中", 3)
    ('研究', None)
    """
    counted = _COUNTED.match(text, end, end + _WINDOW)
    if counted is None:
        return None
    words = _STOP.split(counted[1], maxsplit=1)[0]
    return words[:_LONGEST] or None
