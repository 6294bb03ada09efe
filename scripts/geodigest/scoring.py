"""How near a built cell is to a reader's transcription: what carries meaning is compared, not its spelling.

Markup, LaTeX spelling, blanks and punctuation do not count. Transcriptions keep the seed's character errors, so an edit
that the corrections declare is free.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from rapidfuzz.distance import Levenshtein

_TAG = re.compile(r"</?(?:b|i|u|sub|sup|br|em|strong|del)\s*/?>", re.IGNORECASE)
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_COMMANDS = {
    **{name: unicodedata.lookup(f"GREEK SMALL LETTER {name.upper()}") for name in (
        "alpha", "beta", "gamma", "delta", "epsilon", "eta", "mu", "rho", "sigma", "tau", "phi", "omega", "theta", "pi",
    )},
    "varepsilon": "ε", "varphi": "φ", "Delta": "Δ", "Omega": "Ω", "nabla": "∇", "partial": "∂",
    "approx": "≈", "sim": "~", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "pm": "±", "times": "×",
    "propto": "∝", "infty": "∞", "rightarrow": "→", "to": "→", "circ": "°",
}  # fmt: skip
_SIGNS = "±×→≥≤<>=~≈∝∞°‰%+/|∂"
_ALIKE = str.maketrans({"µ": "μ", "∆": "Δ", "ɛ": "ε"})

Edit = tuple[str, str]


def meaning(text: str) -> str:
    """The letters, digits and signs of a text, in one spelling.

    >>> meaning("**SiO<sub>2</sub>** ≥ 55 %")
    'sio2≥55%'
    """
    spelled = _COMMAND.sub(lambda found: _COMMANDS.get(found[1], ""), _TAG.sub("", text))
    plain = unicodedata.normalize("NFKC", spelled.translate(_ALIKE))
    return "".join(char.lower() for char in plain if unicodedata.category(char)[0] in "LN" or char in _SIGNS)


def edit(original: str, corrected: str) -> Edit:
    """What a correction changes, without what both sides share at their ends."""
    a, b = meaning(original), meaning(corrected)
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[start:], b[start:]
    end = next((i for i, (x, y) in enumerate(zip(a[::-1], b[::-1], strict=False)) if x != y), min(len(a), len(b)))
    return a[: len(a) - end], b[: len(b) - end]


def similarity(transcribed: str, built: str, declared: Collection[Edit]) -> float:
    """1 less the edits between two texts as a share of the longer one, declared edits free; 1 if both are empty."""
    a, b = meaning(transcribed), meaning(built)
    if not a and not b:
        return 1.0
    cost = 0
    for step in Levenshtein.opcodes(a, b):
        left, right = a[step.src_start : step.src_end], b[step.dest_start : step.dest_end]
        if step.tag != "equal" and (left, right) not in declared:
            cost += max(len(left), len(right))
    return 1 - cost / max(len(a), len(b))


def declared_edits(corrections: Iterable[Mapping[str, object]]) -> frozenset[Edit]:
    """The edits that rows of `corrections` declare."""
    return frozenset(edit(str(row["original"]), str(row["corrected"] or "")) for row in corrections)
