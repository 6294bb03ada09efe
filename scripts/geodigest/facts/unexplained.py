"""What the vocabulary may lack: Latin words with a capital that no mention, term or equation explains."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from geodigest.facts.brackets import UNIT
from geodigest.facts.equations import Equation
from geodigest.facts.mentions import Mention
from geodigest.facts.terms import Term
from geodigest.facts.text import PassageText

_TOKEN = re.compile(r"[A-Za-zÀ-ſ][A-Za-z0-9À-ſ]*(?:[-.][A-Za-z0-9À-ſ]+)*")
_ELEMENT = (
    "H|He|Li|Be|B|C|N|O|F|Ne|Na|Mg|Al|Si|P|S|Cl|Ar|K|Ca|Sc|Ti|V|Cr|Mn|Fe|Co|Ni|Cu|Zn|Ga|Ge|Br|Rb|Sr|Y|Zr|Nb|Mo|Ru|Pd|Ba|"
    "La|Ce|Pr|Nd|Sm|Eu|Gd|Tb|Dy|Ho|Er|Tm|Yb|Lu|Hf|Ta|W|Re|Os|Ir|Pt|Hg|Pb|Th|U"
)
_CHEMICAL = re.compile(rf"(?:(?:{_ELEMENT})[0-9]*-?)+")
_CITATION = re.compile(
    r"[A-Z][\w'’.&, -]{0,120}?(?:et al\.?|等)?\s?[,(（]?\s?(?:1[89]|20)\d\d[a-z]?|\b[A-Z][\w-]+ et al"
)
_NUMBERED = re.compile(r"(?:Fig|Figs|Table|Tables|Extended|Data|Supplementary|Type|Mode|Stim|Band|Phase)\.?")


def unexplained(
    passages: Sequence[PassageText],
    mentions: Iterable[Mention],
    terms: Sequence[Term],
    equations: Iterable[Equation],
) -> Mapping[str, int]:
    """Latin words with a capital that nothing explains, with the number of their places, the most frequent first.

    A word is explained where a mention, term or equation covers it, and in a study that glosses it or names it in full
    elsewhere. Chemical formulas, units, single letters, numbers of figures and citations need no explanation.
    """
    studies = {passage.passage_id: passage.study_id for passage in passages}
    texts = {passage.passage_id: passage.text for passage in passages}
    covered: dict[str, list[tuple[int, int]]] = defaultdict(list)
    known: dict[str, set[str]] = defaultdict(set)
    facts: list[Mention | Term | Equation] = [*mentions, *terms, *equations]
    for fact in facts:
        covered[fact.passage_id].append((fact.start, fact.end))
        words = _TOKEN.findall(texts[fact.passage_id][fact.start : fact.end])
        known[studies[fact.passage_id]] |= {_singular(word) for word in words}
    counted: Counter[str] = Counter()
    for passage in passages:
        cited = [found.span() for found in _CITATION.finditer(passage.text)]
        spans = [*covered[passage.passage_id], *cited]
        for token in _TOKEN.finditer(passage.text):
            if any(start <= token.start() < end for start, end in spans):
                continue
            if _needs_explaining(token[0]) and _singular(token[0]) not in known[passage.study_id]:
                counted[token[0]] += 1
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word


def _needs_explaining(token: str) -> bool:
    """Whether a reader may ask what a word is.

    >>> [_needs_explaining(token) for token in ("GLORYS", "tremor", "SiO2", "MPa", "T", "Fig")]
    [True, False, False, False, False, False]
    """
    has_capital = any(char.isupper() for char in token)
    is_plain = _CHEMICAL.fullmatch(token) or UNIT.fullmatch(token) or _NUMBERED.fullmatch(token)
    return has_capital and sum(char.isalpha() for char in token) > 1 and not is_plain
