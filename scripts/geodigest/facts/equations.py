"""Equations: the relations and formulas that a passage prints, with their LaTeX.

`G=Gc(R)+ΔG(δ)`, `log M0 ∝ (2/3) log Δk`. What gives a symbol a mere value (`p < 0.01`, `T₁ = 4.567 Ga`) is a quantity.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geodigest.facts.brackets import UNIT
from geodigest.facts.text import PassageText, is_word

_SCRIPTS = r"(?:[₀-₉ₐ-ₜ⁰-⁹¹²³⁺⁻ᵃ-ᶻʰʲʳʷˣˡˢ]|[_^]\{[^{}]*\}|'|\*(?=[\s=]|$))*"
_SYMBOL = rf"(?:[δ∂∇]\s)?(?:log|ln)?\s?[A-Za-zΑ-Ωα-ω]{{1,5}}\d?{_SCRIPTS}"
_CALL = rf"\([A-Za-zΑ-ω0-9]{{1,6}}\){_SCRIPTS}[a-z]{{0,5}}"
_GROUP = rf"\((?:[^()一-鿿，。]|\([^()一-鿿，。]*\))*\){_SCRIPTS}"
_NUMBER = r"\d+(?:\.\d+)?[⁰-⁹¹²³⁻]*"
_ATOM = rf"(?:{_GROUP}|{_NUMBER}|{_SYMBOL}(?:{_CALL})?)"
_JOINT = r"(?:\s*[-+−*×·/]\s*|(?<=[\d)⁰¹²³⁴-⁹])\s?(?=[A-Za-zΑ-ω]))"
_RIGHT = re.compile(rf"\s*({_ATOM}(?:{_JOINT}{_ATOM})*)")
_LEFT = re.compile(rf"((?:(?:log|ln)\s)?[A-Za-zΑ-Ωα-ω]{{1,5}}\d?{_SCRIPTS}(?:{_CALL})?)\s*$")
_RELATION = re.compile(r"[=∝≈~]")
_WORD = re.compile(r"[A-Za-zΑ-Ωα-ω]+")
_VALUE = re.compile(rf"[-+−±]?{_NUMBER}(?:\s*[×·]\s*10[⁰-⁹¹²³⁻]+)?\s?")

_LATEX = {
    "·": r"\cdot ", "×": r"\times ", "∝": r"\propto ", "≈": r"\approx ", "~": r"\sim ", "*": "^{*}", "−": "-",
    "∇": r"\nabla ",
    "Δ": r"\Delta ", "Σ": r"\Sigma ", "Ω": r"\Omega ", "α": r"\alpha ", "β": r"\beta ", "γ": r"\gamma ",
    "δ": r"\delta ", "ε": r"\varepsilon ", "η": r"\eta ", "θ": r"\theta ", "κ": r"\kappa ", "λ": r"\lambda ",
    "μ": r"\mu ", "ν": r"\nu ", "ρ": r"\rho ", "σ": r"\sigma ", "τ": r"\tau ", "φ": r"\varphi ", "ω": r"\omega ",
}  # fmt: skip
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚₛₜ", "0123456789aehijklmnopst", strict=True))
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵃᵇᶜᵈᵉⁿʷˣ", "0123456789+-abcdenwx", strict=True))


@dataclass(frozen=True, slots=True)
class Equation:
    """A relation or formula; `surface` is the passage's text from `start` to `end`, `latex` goes between `$` signs."""

    passage_id: str
    start: int
    end: int
    surface: str
    latex: str


def find_equations(passages: Sequence[PassageText]) -> tuple[Equation, ...]:
    """The equations of all passages in their order."""
    return tuple(
        Equation(passage.passage_id, start, end, passage.text[start:end], latex(passage.text[start:end]))
        for passage in passages
        for start, end in _in_text(passage.text)
    )


def _in_text(text: str) -> Iterator[tuple[int, int]]:
    last = 0
    for relation in _RELATION.finditer(text):
        left = _LEFT.search(text, max(last, relation.start() - 24), relation.start())
        right = _RIGHT.match(text, relation.end())
        if left is None or right is None or relation.start() < last:
            continue
        start = left.start(1)
        if start and (is_word(text[start - 1]) or text[start - 1] in ":-"):
            continue
        end = _balanced(text, right.start(1), right.end(1))
        if _relates(text[right.start(1) : end], is_scaling=relation[0] != "="):
            yield start, end
            last = end


def _balanced(text: str, start: int, end: int) -> int:
    """The end of a right side without what follows a bracket that it does not open."""
    depth = 0
    for at in range(start, end):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth < 0:
            return at
    return end


def _relates(right: str, *, is_scaling: bool) -> bool:
    """Whether the right side holds a variable, not only a number with its unit.

    >>> _relates("T₁ + 100 Myr", is_scaling=False), _relates("4.567 Ga", is_scaling=False)
    (True, False)
    """
    value = _VALUE.match(right)
    rest = right[value.end() :] if value else right
    words = _WORD.findall(rest)
    if not value:
        return any(not UNIT.fullmatch(word) or not is_scaling for word in words) and (
            is_scaling or re.search(r"[-+−*×·/(]", right) is not None
        )
    if is_scaling:
        return bool(words) and not any(UNIT.fullmatch(word) for word in words) and "°" not in rest
    return any(sign in rest for sign in "·*+-−/×") and any(not UNIT.fullmatch(word) for word in words)


def latex(surface: str) -> str:
    r"""A formula in LaTeX: Greek letters and signs by name, sub- and superscripts in braces, words upright.

    >>> latex("F_{WD} = R · K₀ · fCO₂ᵃ")
    'F_{\\mathrm{WD}} = R \\cdot K_{0} \\cdot \\mathrm{fCO}_{2}^{a}'
    >>> latex("log M0 ∝ (2/3) log Δk")
    '\\log M_{0} \\propto (2/3) \\log \\Delta k'
    """
    surface = re.sub(r"(?<=\s)\*(?=\s)|\*(?![\s=]|$)", "·", surface)
    tokens = re.finditer(
        r"[_^]\{[^{}]*\}|[₀-₉ₐ-ₜ]+|[⁰-⁹¹²³⁺⁻ᵃ-ᶻʷˣ]+|log|ln|[A-Za-z]{2,}\d?|[A-Za-z]\d|\*(?=[\s=]|$)|.", surface
    )
    return re.sub(r" +", " ", "".join([_in_latex(token[0]) for token in tokens])).strip()


def _in_latex(token: str) -> str:
    if token[0] in "_^" and len(token) > 1:
        inside = latex(token[2:-1])
        return f"{token[0]}{{{inside}}}"
    for sign, plain in (("_", _LOWERED), ("^", _RAISED)):
        if token[0] in plain:
            return f"{sign}{{{''.join(plain.get(char, char) for char in token)}}}"
    if token in ("log", "ln"):
        return f"\\{token} "
    if token[0].isascii() and token[0].isalpha():
        word = token.rstrip("0123456789")
        index = f"_{{{token[len(word) :]}}}" if word != token else ""
        return (word if len(word) == 1 else f"\\mathrm{{{word}}}") + index
    return _LATEX.get(token, token)
