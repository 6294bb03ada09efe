"""What a bracket holds: English words, an abbreviation, a Chinese expression, or nothing that a glossary lists."""

import re
from dataclasses import dataclass

from geodigest.facts.expressions import is_element
from geodigest.passages.blanks import is_wide

_CITED = re.compile(
    r"\b(?:1[89]|20)\d\d\b|et al|\b(?:Fig|Figs|Table|Tables|Supplementary|ref)\b\.?\s*[\dA-Z]?|\bData S?\d|\bvs\b"
)
_VALUE = re.compile(r"[=<>≤≥≈~→±×°]|^[-+−–]|^\d(?!D[A-Z]{2})|\d\s*%|^(?:in|ex) situ$")
_REMARKED = re.compile(r"(?:\d+% )?([A-Z][A-Za-z]*[A-Z][A-Za-z]*)(?:\s*[=<>≤≥≈].*| v?\d+(?:\.\d+)+)?")
"""An abbreviation beside a value or version: `OCAR = TOC × LSR`, `RGI v6.0`, `95% HDI`."""
_MEASURED = re.compile(r"[率量积度]\s*$")
_DIMENSIONLESS = re.compile(r"(?<![系指函参])数\s*$")
_CAMEL_CASE = re.compile(r"(?:[A-Z][a-z]{3,}/?){2,}")
_UNPRONOUNCED = re.compile(
    r"[b-df-hj-np-tv-xz]{2,5}|(?!sch|scr|spl|spr|str|shr|thr|chr|phr)[b-df-hj-np-tv-xz]{3}[a-z]{1,2}"
)
UNIT = re.compile(
    r"(?:[kMGTPmμµnc]?(?:m|g|s|t|Pa|Hz|L|K|W|yr|bar)|Myr|Ma|Ga|ka|Gt|ppm|ppb|wt%|vol\.?%|m w\.e\.|h|d)(?:/[a-z]+)?"
)
_SYMBOL = re.compile(
    r"""
    [ΔδεσμλρφηαβγτθℒΔ∇]*[A-Za-zΑ-ω]?(?:[₀-₉ᵢₐ-ₜₙ]+|_\{[^}]*\}|_[A-Za-z]+|[0-9]{1,2})?['*]*  # Δ, σ₁, x1, F_ref
    | [ΔδIε]?[A-ZEkη][a-z]                                                                   # Vs, Ra, εHf
    | V[PS]
    | [A-Z]\d+-[A-Z]\d+ | [A-Z](?:-[A-Z]){2,}                                                # C1-C6, P-T-t
    """,
    re.VERBOSE,
)
_ION = re.compile(r"[A-Z][a-z]?[₀-₉]*[⁰¹²³⁴-⁹]*[⁺⁻]")
_SPECIES = re.compile(r"(?=.*[₂-₉2-4])[px]?(?:(?:H|C|N|O|P|S|K|F|Cl|Br|Si|Ca|Mg|Fe|Al|Ti|Na|Mn)[₂-₉2-4]?)+")
_ABBREVIATION = re.compile(r"(?=[^\s]*[A-Z%])[A-Za-z0-9%.&/\-–]+")
_LISTED = re.compile(
    r"[+;]|(?<![a-z]{4})/|/(?![A-Z][a-z]{4,}$)|^(?:[A-Z][a-z]?-){2,}|^[A-Z] (?![a-z]{4})|^[A-Z]{2,} [A-Z]{2,}"
)
_WORDS = re.compile(r"[A-Za-zÀ-ſ][A-Za-zÀ-ſ'’.&/\- ]*[A-Za-zÀ-ſ.](?: [0-9]{1,2}| %)?")


@dataclass(frozen=True, slots=True)
class Latin:
    """The English words and the abbreviation that a bracket holds: at least one of the two."""

    en: str | None
    abbreviation: str | None


def without_remark(inside: str) -> str:
    """What a bracket holds without the value or version beside its abbreviation.

    >>> [without_remark(inside) for inside in ("OCAR = TOC × LSR", "RGI v6.0", "95% HDI", "n=752")]
    ['OCAR', 'RGI', 'HDI', 'n=752']
    """
    inside = inside.strip()
    remarked = _REMARKED.fullmatch(inside)
    return remarked[1] if remarked else inside


def read_latin(inside: str, before: str = "") -> Latin | None:
    """What a bracket says in Latin letters of the expression before it, if that.

    `before` is the text up to the bracket: the symbol of a chemical element or of a dimensionless number is an
    abbreviation after its name, and two capitals are a unit only after a quantity.

    >>> read_latin("slow slip event, SSE")
    Latin(en='slow slip event', abbreviation='SSE')
    >>> read_latin("SSE"), read_latin("tremor"), read_latin("CO₂")
    (Latin(en=None, abbreviation='SSE'), Latin(en='tremor', abbreviation=None), Latin(en=None, abbreviation='CO₂'))
    >>> read_latin("Zeng et al., 2016"), read_latin("Fig. 2"), read_latin("σ₁"), read_latin("MPa"), read_latin("n=752")
    (None, None, None, None, None)
    """
    inside = without_remark(inside)
    if not inside or any(map(is_wide, inside)) or _CITED.search(inside) or _VALUE.search(inside):
        return None
    parts = [part.strip() for part in re.split(r"[,，]", inside)]
    if len(parts) == 2:
        pairs = (
            Latin(*pair) for pair in (parts, parts[::-1]) if pair[1][:1].isalpha() and abbreviates(pair[1], pair[0])
        )
        return next((pair for pair in pairs if _WORDS.fullmatch(pair.en or "")), None)
    if len(parts) > 1 or _LISTED.search(inside):
        return None
    is_unit = UNIT.fullmatch(inside) and (_MEASURED.search(before) or not re.fullmatch("[A-Z]{2}", inside))
    is_symbol = is_unit or _SYMBOL.fullmatch(inside) or _ION.fullmatch(inside)
    names_symbol = is_element(before, len(before.rstrip()), inside.lstrip("⁰¹²³⁴⁵⁶⁷⁸⁹")) or (
        _DIMENSIONLESS.search(before) and re.fullmatch("[A-Z][a-z]", inside)
    )
    if _SPECIES.fullmatch(inside) or names_symbol:
        return Latin(None, inside)
    if is_symbol or not (is_abbreviation(inside) or _WORDS.fullmatch(inside)):
        return None
    is_short = is_abbreviation(inside) or _UNPRONOUNCED.fullmatch(inside)
    return Latin(None, inside) if is_short else Latin(inside, None)


def is_abbreviation(word: str) -> bool:
    """Whether a word is an abbreviation: without blanks, with two capitals, and more than a hyphenated word.

    >>> [is_abbreviation(word) for word in ("SSE", "LLSVPs", "k-NN", "CrVol", "tremor", "Self-Attention", "%IncMSE")]
    [True, True, True, True, False, False, True]
    """
    capitals = sum(char.isupper() for char in word)
    enough = "-" not in word or capitals * 2 >= sum(char.islower() for char in word)
    return _ABBREVIATION.fullmatch(word) is not None and capitals >= 2 and enough and not _CAMEL_CASE.fullmatch(word)


def abbreviates(short: str, words: str) -> bool:
    """Whether the letters of a short form stand in its words in this order, the first at the start of one.

    >>> abbreviates("AACSE", "Alaska Amphibious Community Seismic Experiment"), abbreviates("AFNO", "Global Branch")
    (True, False)
    """
    letters = [char for char in short.removesuffix("s").casefold() if char.isalpha()]
    full = words.casefold()
    if not letters or " " in short or len(short) >= len(words):
        return False
    if not re.search(rf"\b{re.escape(letters[0])}", full) and letters[0] != "x":
        return False
    rest = iter(full)
    return all(letter in rest for letter in letters)


_DESCRIBES = re.compile(
    r"^(?:如|见|即|指示|反映|用于|来自|通过|使用|基于|类似|参见|包括|尤其|特别|一个|仅|与|从|对|越|约|主要|假设|通用|提及|高于|低于|远|去|可|以|按|含|无|或|沿)"
    r"|[A-Za-z]{2}"
    r"|[的了]|[、，,;；。:：=<>~≈→%/]|\d|例如|等$|之[前后]"
)
_LONGEST = 16


def is_expression(inside: str) -> bool:
    """Whether a bracket holds a Chinese expression alone, not a remark.

    >>> is_expression("溶解无机碳"), is_expression("越低越好"), is_expression("一个开源的有限元代码")
    (True, False, False)
    """
    inside = inside.strip()
    return (
        2 <= len(inside) <= _LONGEST
        and is_wide(inside[-1])
        and sum(map(is_wide, inside)) >= 2
        and not _DESCRIBES.search(inside)
    )
