"""Terms: the places where a passage prints an expression with its English words or abbreviation.

`慢滑事件 (slow slip event, SSE)`, `DIC (溶解无机碳)`, and, without Chinese, `SHAP (Shapley Additive Explanations)`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from geodigest.blanks import is_wide
from geodigest.facts.brackets import abbreviates, is_abbreviation, is_expression, read_latin
from geodigest.facts.expressions import expression_before, is_element
from geodigest.facts.text import PassageText
from geodigest.facts.vocabulary import Vocabulary

_BRACKET = re.compile(r"[(（]([^()（）]{1,120})[)）]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ſδΔ%][A-Za-z0-9À-ſ₀-₉⁰-⁹¹²³%./'’–-]*\s*$")
_LATIN_WORDS = re.compile(r"(?:[A-Za-zÀ-ſ][A-Za-zÀ-ſ'’&/-]*\s+)*[A-Za-zÀ-ſ][A-Za-zÀ-ſ'’&/-]*\s*$")
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


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A distinct term, and how many places print it."""

    zh: str | None
    en: str | None
    abbreviation: str | None
    places: int


def find_terms(passages: Sequence[PassageText], vocabulary: Vocabulary) -> tuple[Term, ...]:
    """The terms of all passages in their order, one a place.

    Where an abbreviation is printed with a longer and a shorter expression that ends alike (`全球数字高程模型` and
    `数字高程模型`, both `DEM`), the shorter one is the term in both places. What stands before an abbreviation that the
    study has introduced as something else is a remark.
    """
    names = _Names(vocabulary)
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
    return tuple(_shortened(term, shorter[_short(term)], names) for term in kept)


def _short(term: Term) -> str:
    return term.abbreviation or term.en or ""


def _introduces(term: Term) -> bool:
    """Whether a place spells its abbreviation out: `SSE (慢滑事件)`, `慢滑事件 (slow slip event, SSE)`."""
    return term.spells_out or (term.en is not None and term.abbreviation is not None)


def glossary(terms: Iterable[Term]) -> tuple[GlossaryEntry, ...]:
    """The distinct terms, those with an abbreviation first, in alphabetical order.

    >>> places = [Term("a", "慢滑事件", None, "SSE", 0, 9), Term("b", "慢滑事件", None, "SSE", 4, 13)]
    >>> glossary(places)
    (GlossaryEntry(zh='慢滑事件', en=None, abbreviation='SSE', places=2),)
    """
    counted = Counter((term.zh, term.en, term.abbreviation) for term in terms)
    entries = (GlossaryEntry(*term, places) for term, places in counted.items())
    return tuple(sorted(entries, key=lambda each: (each.abbreviation or "~", each.en or "~", each.zh or "")))


class _Names:
    """The Chinese spellings of each Latin one, and all of them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.chinese: set[str] = set()
        self._entity: dict[str, str] = {}
        self._spelled: dict[str, list[str]] = defaultdict(list)
        for spelling in vocabulary.spellings:
            if spelling.entity_id is None:
                continue
            if any(map(is_wide, spelling.text)):
                self._spelled[spelling.entity_id].append(spelling.text)
                if is_wide(spelling.text[-1]):
                    self.chinese.add(spelling.text)
            else:
                self._entity[spelling.text] = spelling.entity_id

    def fits(self, zh: str, latin: str) -> bool:
        """Whether an expression can mean a Latin form: an entity is not what the words before it only describe."""
        entity = self._entity.get(latin)
        if entity is None:
            return True
        spelled = self._spelled[entity]
        return any(_resemble(zh, name) for name in spelled if latin not in name)

    def knows(self, latin: str) -> bool:
        """Whether a Latin form is in the vocabulary."""
        return latin in self._entity

    def of(self, latin: str) -> set[str]:
        """The Chinese spellings of a Latin form, if it is in the vocabulary."""
        return set(self._spelled.get(self._entity.get(latin, ""), ()))


def _resemble(one: str, other: str) -> bool:
    """Whether two expressions share two characters in a row that say something.

    >>> _resemble("测井数据", "随钻测井"), _resemble("核心数据", "全球数据")
    (True, False)
    """
    return any(one[at : at + 2] in other for at in range(len(one) - 1) if one[at : at + 2] not in _GENERIC)


def _in_passage(passage: PassageText, names: _Names) -> Iterator[Term]:
    for bracket in _BRACKET.finditer(passage.text):
        if re.match(r"[/A-Za-z0-9]", passage.text[bracket.end() :]):
            continue  # part of a name: 锆石(U-Th)/He
        if glossed := _glossed(passage.text, bracket, names):
            yield Term(passage.passage_id, *glossed, bracket.end())
        elif spelled := _spelled_out(passage.text, bracket, names):
            yield Term(passage.passage_id, *spelled, bracket.end(), spells_out=True)


def _glossed(text: str, bracket: re.Match[str], names: _Names) -> tuple[str | None, str | None, str | None, int] | None:
    """A Chinese expression, or English words, before a Latin bracket."""
    end = len(text[: bracket.start()].rstrip())
    latin = read_latin(bracket[1], is_element=is_element(text, end, bracket[1].strip()))
    if latin is None:
        return None
    printed = latin.en or latin.abbreviation or ""
    start = expression_before(text, end, names.chinese, f"{printed} {latin.abbreviation or ''}".strip())
    if start is not None:
        end -= text[end - 1] in '”"'
        zh = text[start:end]
        return (zh, latin.en, latin.abbreviation, start) if names.fits(zh, printed) else None
    return _without_chinese(text, end, bracket[1].strip())


def _without_chinese(text: str, end: int, inside: str) -> tuple[None, str, str, int] | None:
    """English words with their abbreviation, the one before the bracket and the other in it."""
    word = _LATIN_WORD.search(text, 0, end)
    if word and abbreviates(word[0].strip(), inside) and is_abbreviation(word[0].strip()):
        return None, inside, word[0].strip(), word.start()
    words = _LATIN_WORDS.search(text, 0, end)
    if words is None or not re.fullmatch(r"[A-Za-z/-]+[0-9]?", inside):
        return None
    starts = [words.start() + each.start() for each in re.finditer(r"\S+", words[0])]
    for start in reversed(starts):
        full = text[start:end]
        if abbreviates(inside, full) and full[0].casefold() == inside[0].casefold():
            return None, full, inside, start
    return None


def _spelled_out(
    text: str, bracket: re.Match[str], names: _Names
) -> tuple[str | None, str | None, str | None, int] | None:
    """A Latin form before a Chinese bracket."""
    zh = bracket[1].strip()
    word = _LATIN_WORD.search(text, 0, bracket.start())
    if word is None or not is_expression(zh):
        return None
    start, latin = word.start(), word[0].strip()
    if not names.fits(zh, latin) or (zh.endswith("模型") and "M" not in latin):
        return None
    if is_abbreviation(latin) or names.knows(latin):
        return zh, None, latin, start
    return None


def _shortened(term: Term, others: set[str], names: _Names) -> Term:
    if term.zh is None or term.zh in names.of(term.abbreviation or ""):
        return term
    endings = [zh for zh in others if term.zh.endswith(zh) and len(term.zh) - len(zh) != 1]
    zh = min(endings, key=len, default=term.zh)
    return replace(term, zh=zh, start=term.start + len(term.zh) - len(zh)) if zh != term.zh else term
