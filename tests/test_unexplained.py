"""What the vocabulary may lack."""

from pathlib import Path

from geodigest.facts.equations import find_equations
from geodigest.facts.mentions import find_mentions
from geodigest.facts.terms import find_terms
from geodigest.facts.text import PassageText
from geodigest.facts.unexplained import unexplained
from geodigest.facts.vocabulary import read_vocabulary

VOCABULARY = read_vocabulary(Path(__file__).parents[1] / "seeds")


def words(*texts: str) -> dict[str, int]:
    """The unexplained words in the passages of one study."""
    passages = [PassageText(f"d/s/body/{at:04d}", "d/s", text) for at, text in enumerate(texts, 1)]
    mentions, terms = find_mentions(passages, VOCABULARY), find_terms(passages, VOCABULARY)
    return dict(unexplained(passages, mentions, terms, find_equations(passages)))


def test_words_that_nothing_explains_are_listed_with_their_places() -> None:
    assert words("ERA5、QUAKENET 与 QUAKENET, Zeta", "SiO₂ 达 5 GPa") == {"QUAKENET": 2, "Zeta": 1}


def test_terms_and_equations_explain_their_words() -> None:
    assert words("慢滑事件（SSE）", "SSE 之后", "OCAR = TOC × LSR × ρ", "OCAR 与 TOC") == {}


def test_citations_need_no_explanation() -> None:
    assert words("多项研究 (Zeng et al., 2016; Chapman & Kapp, 2017)") == {}
