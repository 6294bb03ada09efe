r"""LaTeX formulas as a reader reads them: `\delta \ln Vs \approx -1.5\%` is δ ln Vs ≈ -1.5%."""

import re
import unicodedata
from itertools import pairwise

from geodigest.passages.blanks import spaced
from geodigest.passages.scripts import in_unicode
from geodigest.passages.traced import Traced, each_alone, retold

_GREEK = """
alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega
"""
_PAIR = re.compile(r"([A-Za-z]+)(\W|[ℓϑεφ])")
_LETTERS = {
    cased(name): unicodedata.lookup(f"GREEK {size} LETTER {name.replace('lambda', 'lamda')}")
    for cased, size in ((str.lower, "SMALL"), (str.title, "CAPITAL"))
    for name in _GREEK.split()
} | dict(_PAIR.findall("varepsilonε varthetaϑ varphiφ partial∂ nabla∇ ellℓ infty∞"))
_OPERATORS = dict(
    _PAIR.findall(
        "approx≈ sim~ simeq≃ leq≤ le≤ geq≥ ge≥ neq≠ ne≠ ll≪ gg≫ equiv≡ pm± mp∓ times× cdot· div÷ propto∝ sum∑ prod∏ "
        "int∫ circ° prime′ rightarrow→ to→ leftarrow← Rightarrow⇒ leftrightarrow↔ ldots… dots… cdots… langle⟨ rangle⟩ "
        "mid| in∈"
    )
)
_SPACES = frozenset(("quad", "qquad", *",;: "))
_SILENT = re.compile(
    "left|right|[bB]ig[lr]?|(?:display|text)style|limits|text(?:bf|it)?|math(?:rm|bf|it|sf)|operatorname|boldsymbol|"
    "rm|bf|it|bar|hat|tilde|vec|overline"
)
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)

Characters = list[tuple[str, int]]
"""Readable characters, each with the index in the formula that it stands for."""


def readable(formula: Traced, start: int, end: int, before: str = "", after: str = "") -> Traced:
    r"""A LaTeX formula in Unicode; a fraction on one line, what is not known by its name without the backslash.

    A blank that is a command (`\,`) and is not to be published is left out here: later, half of it would stay behind.

    Args:
        formula: the formula with the marks around it.
        start: where its content starts.
        end: where its content ends.
        before: some characters before it.
        after: some characters after it.

    >>> def read(latex: str) -> str:
    ...     marked = f"${latex}$"
    ...     return readable(Traced(marked, tuple((at, at + 1) for at in range(len(marked)))), 1, len(marked) - 1).text
    >>> read(r"\delta \ln Vs \approx -1.5\%"), read(r"15 \times 60 \text{ km}^2")
    ('δ ln Vs ≈ -1.5%', '15 × 60 km²')
    >>> read(r"\left(\frac{Sc(T)}{600}\right)^{-1/2}")
    '(Sc(T)/600)^{-1/2}'
    """
    read = _Reader(formula.text[start:end]).all()
    characters = [
        (char, start + index) for (last, _), (char, index) in pairwise([("", 0), *read]) if char != " " or last != " "
    ]
    whole = before + "".join(char for char, _ in characters) + after
    published = {at - len(before) for at, _ in spaced(Traced(whole, each_alone(0, len(whole)))).sources}
    kept = [
        (char, index)
        for at, (char, index) in enumerate(characters)
        if at in published or not (char == " " and formula.text[index] == "\\")
    ]
    return retold(formula, kept)


class _Reader:
    """A formula, read token by token from left to right."""

    def __init__(self, latex: str) -> None:
        self.tokens = list(_TOKEN.finditer(latex))
        self.next = 0

    def all(self) -> Characters:
        read: Characters = []
        while self.next < len(self.tokens):
            read += self.one()
        return read

    def group(self) -> Characters:
        """The content of a group; the opening brace has been read."""
        read: Characters = []
        while self.next < len(self.tokens) and self.tokens[self.next][0] != "}":
            read += self.one()
        self.next += 1
        return read

    def argument(self) -> Characters:
        while self.next < len(self.tokens) and self.tokens[self.next][0].isspace():
            self.next += 1
        return self.one() if self.next < len(self.tokens) else []

    def one(self) -> Characters:
        """The next token, with its arguments."""
        token = self.tokens[self.next]
        self.next += 1
        name, at = token[0], token.start()
        if name == "{":
            return self.group()
        if name in "_^":
            return self.script(name, at)
        if name.isspace():
            return [(" ", at)]
        if name[0] != "\\" or name == "\\":
            return [] if name == "}" else [(name, at)]
        return self.command(name[1:], at)

    def command(self, name: str, at: int) -> Characters:
        if name in ("frac", "sqrt", "mathcal", "mathscr"):
            return self.construct(name, at)
        if _SILENT.fullmatch(name):
            return []
        if name in _LETTERS:
            self.end_word()
        if name in _SPACES:
            return [(" ", at)]
        if sign := _LETTERS.get(name) or _OPERATORS.get(name):
            return [(sign, at)]
        if not name.isalpha():
            return [(name, at)]
        return [(char, at + 1 + offset) for offset, char in enumerate(name)]

    def construct(self, name: str, at: int) -> Characters:
        """A command with arguments."""
        argument = self.argument()
        if name == "sqrt":
            return [("√", at), *_bracketed(argument)]
        if name != "frac":
            return [(_script_letter(char), index) for char, index in argument]
        under = self.argument()
        return [*_bracketed(argument), ("/", (under or argument[-1:] or [("", at)])[0][1]), *_bracketed(under)]

    def end_word(self) -> None:
        r"""Skip the blank that only ends a command's name: `\Delta T` is ΔT."""
        blanks = self.next
        while blanks < len(self.tokens) and self.tokens[blanks][0].isspace():
            blanks += 1
        if blanks < len(self.tokens) and self.tokens[blanks][0].isalnum():
            self.next = blanks

    def script(self, mark: str, at: int) -> Characters:
        content = self.argument()
        while content and content[-1][0] == " ":
            content.pop()
        if not content:
            return []
        mapped = in_unicode(mark, "".join(char for char, _ in content))
        if mapped is not None:
            return [(char, index) for char, (_, index) in zip(mapped, content, strict=True)]
        first, last = content[0][1], content[-1][1]
        return [(mark, at), ("{", min(at + 1, first)), *content, ("}", last)]


def _bracketed(part: Characters) -> Characters:
    inked = [at for at, (char, _) in enumerate(part) if char != " "]
    part = part[inked[0] : inked[-1] + 1] if inked else []
    if any(char in "+-−±·×/ " for char, _ in part):
        return [("(", part[0][1]), *part, (")", part[-1][1])]
    return part


def _script_letter(char: str) -> str:
    try:
        return unicodedata.lookup(f"SCRIPT CAPITAL {char}")
    except KeyError:
        return char
