"""What the rooms of facts share: a passage's text by its identifiers, and what a character is."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from geodigest.passages.blanks import is_wide


@dataclass(frozen=True, slots=True)
class PassageText:
    """The text of a passage; the offsets of facts are indices of its characters."""

    passage_id: str
    study_id: str
    text: str


@cache
def is_word(char: str) -> bool:
    """Whether a character is part of a Latin or Greek word or number, sub- and superscripts included.

    >>> [is_word(char) for char in "Rδ²₂_-源。"]
    [True, True, True, True, True, False, False, False]
    """
    return char == "_" or (unicodedata.category(char)[0] in "LN" and not is_wide(char))


def squeezed(text: str) -> tuple[str, list[int]]:
    """The text without the blanks beside Chinese characters, and the index in it of each character kept.

    >>> squeezed("X 射线 (XRD) of SiO₂")
    ('X射线(XRD) of SiO₂', [0, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17])
    """
    words: list[str] = []
    kept: list[int] = []
    start = 0
    at = text.find(" ")
    while at >= 0:
        if is_wide(text[at - 1 : at] or " ") or is_wide(text[at + 1 : at + 2] or " "):
            words.append(text[start:at])
            kept += range(start, at)
            start = at + 1
        at = text.find(" ", at + 1)
    kept += range(start, len(text))
    return "".join([*words, text[start:]]), kept
