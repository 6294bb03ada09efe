"""Terms: the places where a passage prints an expression with its English words or abbreviation.

`慢滑事件 (slow slip event, SSE)`, `DIC (溶解无机碳)`, and, without Chinese, `SHAP (Shapley Additive Explanations)`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from geodigest.facts.brackets import abbreviates, is_abbreviation, is_expression, read_latin, without_remark
from geodigest.facts.expressions import expression_before, is_element
from geodigest.facts.text import PassageText
from geodigest.facts.vocabulary import Vocabulary
from geodigest.passages.blanks import is_wide

_BRACKET = re.compile(r"[(（]([^()（）]{1,120})[)）]")
_LATIN_WORD = re.compile(
    r"(?:(?<![A-Za-zÀ-ſ%])[A-Za-zÀ-ſ%]|[δΔ])[A-Za-z0-9À-ſ₀-₉⁰-⁹¹²³%./'’–-]*+(?=(?:\s+v?\d+(?:\.\d+)+)?\s*$)"
)
_LATIN_WORDS = re.compile(r"(?<![A-Za-zÀ-ſ])[A-Za-zÀ-ſ][A-Za-zÀ-ſ'’&/-]*+(?:\s+[A-Za-zÀ-ſ][A-Za-zÀ-ſ'’&/-]*+)*+\s*$")
_ELEMENT_PART = re.compile(r"\b([A-Z][a-z]?)(?:[ₐ-ₜ]|_\{[a-z]+\})\s*$")
"""A fraction of an element: `Feₒ`, `Fe_{d}`."""
_NAME_GOES_ON = re.compile(r"[/A-Za-z0-9]")
_KIND = re.compile(r"\s[一-鿿]{2}\s*$")
_UNIT = re.compile(r"单位[:：为]? ?(?P<zh>[一-鿿]{2,8})[,，] ?(?P<symbol>[A-Za-zμ/]{1,8})$")
"""A unit in words and as a symbol: `(单位:毫角秒, mas)`."""
_ONE_WORD = re.compile("[A-Za-z][a-z]{3,}")
_WORD_ENDS = re.compile("[^一-鿿]|[的和与了在是]")
_DATA = "数据"
_REACH = 200
"""Characters before a bracket among which its expression is looked for."""
_BESIDE = 8
"""Characters before a bracket that tell a unit or a symbol from an abbreviation."""
_GENERIC = (
    "模型",
    "数据",
    "方法",
    "分析",
    "系统",
    "预报",
    "计算",
    "模拟",
    "统计",
    "检验",
    "全球",
    "时间",
    "空间",
    "学习",
)


@dataclass(frozen=True, slots=True)
class Term:
    """An expression as printed with its English words or its abbreviation; `zh` is None where none is Chinese."""

    passage_id: str
    zh: str | None
    en: str | None
    abbreviation: str | None
    start: int
    end: int
    spells_out: bool = False
    """Whether the Chinese stands in the bracket."""


def find_terms(passages: Sequence[PassageText], vocabulary: Vocabulary) -> tuple[Term, ...]:
    """The terms of all passages in their order, one a place.

    Where an abbreviation is printed with a longer and a shorter expression that ends alike (`全球数字高程模型` and
    `数字高程模型`, both `DEM`), the shorter one is the term in both places. What stands before an abbreviation that the
    study has introduced as something else is a remark.
    """
    names = _names(vocabulary)
    found = [(passage.study_id, term) for passage in passages for term in _in_passage(passage, names)]
    introduced: dict[tuple[str, str], str] = {}
    for study, term in sorted(found, key=lambda each: not _introduces(each[1])):
        if term.zh:
            introduced.setdefault((study, _short(term)), term.zh)
    kept = [
        term
        for study, term in found
        if term.zh is None
        or term.zh == introduced[study, _short(term)]
        or _resemble(term.zh, introduced[study, _short(term)])
    ]
    shorter: dict[str, set[str]] = defaultdict(set)
    for term in kept:
        if term.zh and len(term.zh) > len(_short(term)):
            shorter[_short(term)].add(term.zh)
    return tuple(_bare([_shortened(term, shorter[_short(term)], names) for term in kept], passages))


def _short(term: Term) -> str:
    return term.abbreviation or term.en or ""


def _introduces(term: Term) -> bool:
    """Whether a place spells its abbreviation out: `SSE (慢滑事件)`, `慢滑事件 (slow slip event, SSE)`."""
    return term.spells_out or (term.en is not None and term.abbreviation is not None)


class _Names:
    """The Chinese spellings of each Latin one that means nothing else, and all of them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.chinese: dict[str, list[str]] = defaultdict(list)
        """By the last two characters."""
        self._entity: dict[str, str] = {}
        self._spelled: dict[str, list[str]] = defaultdict(list)
        for spelling in vocabulary.spellings:
            if spelling.entity_id is None:
                continue
            if any(map(is_wide, spelling.text)):
                self._spelled[spelling.entity_id].append(spelling.text)
                self.chinese[spelling.text[-2:]].append(spelling.text)
            elif spelling.counts == "always":  # BP and the like mean other things elsewhere
                self._entity[spelling.text] = spelling.entity_id

    def fits(self, zh: str, latin: str) -> bool:
        """Whether an expression can mean a Latin form: an entity is not what the words before it only describe."""
        entity = self._entity.get(latin)
        if entity is None or latin.islower():
            return True
        spelled = self._spelled[entity]
        # Of STL 分解, what ends in 分解 is a translation.
        kinds = [name.removeprefix(latin).strip() for name in spelled if name.startswith(latin)]
        return any(_resemble(zh, name) for name in spelled if latin not in name) or any(
            zh.endswith(kind) and not kind.startswith(_GENERIC) for kind in kinds
        )

    def knows(self, latin: str) -> bool:
        """Whether a Latin form is in the vocabulary."""
        return latin in self._entity

    def of(self, latin: str) -> set[str]:
        """The Chinese spellings of a Latin form, if it is in the vocabulary."""
        return set(self._spelled.get(self._entity.get(latin, ""), ()))


@lru_cache(maxsize=1)
def _names(vocabulary: Vocabulary) -> _Names:
    return _Names(vocabulary)


def _resemble(one: str, other: str) -> bool:
    """Whether two expressions share two characters in a row that say something.

    >>> _resemble("测井数据", "随钻测井"), _resemble("核心数据", "全球数据")
    (True, False)
    """
    return any(one[at : at + 2] in other for at in range(len(one) - 1) if one[at : at + 2] not in _GENERIC)


def _in_passage(passage: PassageText, names: _Names) -> Iterator[Term]:
    reached = 0  # Latin words before a bracket do not reach over the bracket before
    for bracket in _BRACKET.finditer(passage.text):
        if unit := _UNIT.search(passage.text, bracket.start(), bracket.end() - 1):
            yield Term(passage.passage_id, unit["zh"], None, unit["symbol"], unit.start("zh"), unit.end())
            reached = bracket.end()
            continue
        if not _NAME_GOES_ON.match(passage.text, bracket.end()):  # else part of a name: 锆石(U-Th)/He
            first = max(reached, bracket.start() - _REACH)
            if glossed := _glossed(passage.text, first, bracket, names):
                yield Term(passage.passage_id, *glossed, bracket.end())
            elif spelled := _spelled_out(passage.text, first, bracket, names):
                yield Term(passage.passage_id, *spelled, bracket.end(), spells_out=True)
        reached = bracket.end()


def _glossed(
    text: str, reached: int, bracket: re.Match[str], names: _Names
) -> tuple[str | None, str | None, str | None, int] | None:
    """A Chinese expression, or English words, before a Latin bracket."""
    end = bracket.start()
    while end and text[end - 1].isspace():
        end -= 1
    inside = without_remark(bracket[1])
    latin = read_latin(inside, text[max(0, end - _BESIDE) : end])
    if latin is None:
        return _without_chinese(text, reached, end, inside) if re.fullmatch("[A-Z]/[A-Z]", inside) else None
    printed = latin.en or latin.abbreviation or ""
    start = expression_before(text, end, names.chinese, f"{printed} {latin.abbreviation or ''}".strip())
    if start is not None:
        end -= text[end - 1] in '”"'
        zh = text[start:end]
        if latin.en and not latin.abbreviation and "data" not in latin.en.casefold() and len(zh) > len(_DATA) + 1:
            zh = zh.removesuffix(_DATA)
        fits = (latin.en and latin.abbreviation) or names.fits(zh, printed)
        return (zh, latin.en, latin.abbreviation, start) if fits else None
    return _without_chinese(text, reached, end, inside)


def _without_chinese(text: str, reached: int, end: int, inside: str) -> tuple[None, str, str, int] | None:
    """English words with their abbreviation, the one before the bracket and the other in it."""
    word = _LATIN_WORD.search(text, reached, end)
    if word and abbreviates(word[0].strip(), inside) and is_abbreviation(word[0].strip()):
        return None, inside, word[0].strip(), word.start()
    words = _LATIN_WORDS.search(text, reached, end)
    if words is None or not re.fullmatch(r"[A-Za-z/-]+[0-9]?", inside):
        return None
    starts = [words.start() + each.start() for each in re.finditer(r"\S+", words[0])]
    for start in reversed(starts):
        full = text[start:end]
        if abbreviates(inside, full) and full[0].casefold() == inside[0].casefold():
            return None, full, inside, start
    return None


def _spelled_out(
    text: str, reached: int, bracket: re.Match[str], names: _Names
) -> tuple[str | None, str | None, str | None, int] | None:
    """A Latin form before a Chinese bracket; its kind may stand between: `MCMC 反演 (马尔可夫链蒙特卡洛)`."""
    zh = re.split("[,，]", bracket[1])[0].strip()
    part = _ELEMENT_PART.search(text, reached, bracket.start())
    if part and is_expression(zh) and any(is_element(zh, at, part[1]) for at in range(1, len(zh) + 1)):
        return zh, None, part[0].strip(), part.start()
    zh = bracket[1].strip()
    kind = _KIND.search(text, reached, bracket.start())
    word = _LATIN_WORD.search(text, reached, kind.start() if kind else bracket.start())
    if word is None or not is_expression(zh) or (kind and zh not in names.of(word[0].strip())):
        return None
    start, latin = word.start(), word[0].strip()
    if not names.fits(zh, latin) or (zh.endswith("模型") and "M" not in latin):
        return None
    if is_abbreviation(latin) or names.knows(latin):
        return zh, None, latin, start
    words = _LATIN_WORDS.search(text, reached, bracket.start())
    if words and " " in words[0].strip():
        return zh, words[0].strip(), None, words.start()
    return None


def _bare(terms: Sequence[Term], passages: Sequence[PassageText]) -> Iterator[Term]:
    """The terms, one English word's without what describes it only there, if the study prints the rest alone elsewhere.

    So `地球冥古代(Hadean)` gives `冥古代`.
    """
    texts: dict[str, list[str]] = defaultdict(list)
    studies: dict[str, str] = {}
    for passage in passages:
        texts[passage.study_id].append(passage.text)
        studies[passage.passage_id] = passage.study_id
    endings = {
        term: [term.zh[at:] for at in range(2, len(term.zh) - 1)] for term in terms if term.zh and _is_word(term)
    }
    sought: dict[str, set[str]] = defaultdict(set)
    for term, found in endings.items():
        sought[studies[term.passage_id]].update([term.zh or "", *found])
    counts = {study: _counts(texts[study], sorted(expressions)) for study, expressions in sought.items()}
    for term in terms:
        everywhere, alone = counts.get(studies[term.passage_id], ({}, {}))
        only_here = everywhere.get(term.zh or "") == 1
        bare = (each for each in endings.get(term, ()) if only_here and alone[each] > 1 and each not in _GENERIC)
        zh = next(bare, term.zh)
        yield replace(term, zh=zh, start=term.start + len(term.zh or "") - len(zh or ""))


def _is_word(term: Term) -> bool:
    """Whether a term is given in one English word, and not in short: that stands in a bracket behind it."""
    return not term.abbreviation and _ONE_WORD.fullmatch(term.en or "") is not None


def _counts(texts: Iterable[str], expressions: Sequence[str]) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How often each expression stands in texts, and how often where no other word can begin it."""
    search = AhoCorasick(expressions)
    everywhere, alone = Counter[str](), Counter[str]()
    for text in texts:
        for which, start, _ in search.find_matches_as_indexes(text, overlapping=True):
            everywhere[expressions[which]] += 1
            alone[expressions[which]] += start == 0 or _WORD_ENDS.match(text, start - 1) is not None
    return everywhere, alone


def _shortened(term: Term, others: set[str], names: _Names) -> Term:
    if term.zh is None or term.zh in names.of(term.abbreviation or ""):
        return term
    endings = [zh for zh in others if term.zh.endswith(zh) and len(term.zh) - len(zh) != 1]
    zh = min(endings, key=len, default=term.zh)
    return replace(term, zh=zh, start=term.start + len(term.zh) - len(zh)) if zh != term.zh else term
