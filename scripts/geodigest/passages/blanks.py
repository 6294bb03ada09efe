"""Blanks: which of those that a seed prints, or loses at the end of a printed line, the published text has."""

import re
import string
import unicodedata
from functools import cache

from geodigest.passages.scripts import LOWERED, RAISED
from geodigest.passages.traced import Source, Traced

_RUN = re.compile(r"\s+")
_NEVER_AFTER = frozenset("([{/‘“")
_NEVER_BEFORE = frozenset(",;:.)]}%?!°‰′’”/")
_OPERATORS = frozenset("=<>≤≥≈±×+→·∝&")
_DASHES = frozenset("-‐–—~")
_LIST_MARK = re.compile(r"(?:\s|[:：;；])\d{1,2}[)）]$")
_ELEMENT = re.compile(r"[A-Z][a-z]?(?![A-Za-z])")
_LATIN = frozenset(string.ascii_letters + string.digits)
_ISOTOPE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{2,3}$")


@cache
def is_wide(char: str) -> bool:
    """Whether a character is as wide as a Chinese one: Chinese, kana, full-width punctuation (UAX #11).

    >>> is_wide("慢"), is_wide("。"), is_wide("S")
    (True, True, False)
    """
    return unicodedata.east_asian_width(char) in "WF"


def spaced(lines: Traced) -> Traced:
    r"""Printed lines as one text: wraps inside Chinese closed, Latin words parted by one blank.

    >>> text = "慢滑\n事件 (slow\nslip event,\nSSE) 的 持续时\n间为 48\n小时, Obstacle-\nand-scours"
    >>> spaced(Traced(text, tuple((at, at + 1) for at in range(len(text))))).text
    '慢滑事件 (slow slip event, SSE) 的持续时间为 48 小时, Obstacle-and-scours'
    """
    lines = lines.stripped()
    text, sources = lines.text, lines.sources
    words: list[str] = []
    kept: list[Source] = []
    at = 0
    for run in _RUN.finditer(text):
        start, end = run.span()
        parts_words = _parts_kinds(text[start - 1], text[end])
        if parts_words is None:
            parts_words = _is_kept(text, start, end)
        if parts_words and end - start == 1 and text[start] == " " and sources[start][0] < sources[start][1]:
            continue
        words.append(text[at:start])
        kept += sources[at:start]
        at = end
        if parts_words and (printed := next((each for each in sources[start:end] if each[0] < each[1]), None)):
            words.append(" ")
            kept.append(printed)
    return Traced("".join([*words, text[at:]]), (*kept, *sources[at:])) if words else lines


def _parts_kinds(before: str, after: str) -> bool | None:
    """Whether a blank parts the two characters beside it, where these alone tell."""
    kinds = _kind(before), _kind(after)
    if kinds[1] != "wide" and not after.isascii() and not unicodedata.is_normalized("NFC", before + after):
        return True  # else they would be one character
    if "mark" in kinds or kinds == ("wide", "wide"):
        return False
    return None if "" in kinds else True


@cache
def _kind(char: str) -> str:
    """What a character is to a blank beside it: `wide` and `latin` are of words, `mark` is full-width punctuation."""
    if is_wide(char):
        return "wide" if char.isalnum() else "mark"
    return "latin" if char in _LATIN else ""


def _is_kept(text: str, start: int, end: int) -> bool:
    """Whether the run of blanks from start to end parts two words, one of which does not begin or end as words do."""
    before, after = text[start - 1], text[end]
    if _is_typed(text, start, end):
        return True
    is_quoted = '"' in (before, after) and (is_wide(before) or is_wide(after))
    if before in _NEVER_AFTER or after in _NEVER_BEFORE or is_quoted or _is_beside_dash(text, start, end):
        return False
    if after in LOWERED or text[end : end + 2] in ("_{", "^{") or (before in LOWERED and _ELEMENT.match(text, end)):
        return False
    if before in RAISED or after in RAISED:
        return _parts_script(text, start, end)
    return "\n" not in text[start:end] or _parts_lines(text, start, end)


def _is_typed(text: str, start: int, end: int) -> bool:
    """Whether an author typed a blank where there is often none: around `/`, in `loss %`, after the `1)` of a point."""
    before, after = text[start - 1], text[end]
    if before == "/" or after == "/":
        return (text[start - 2 : start - 1] if before == "/" else text[end + 1 : end + 2]).isspace()
    if after == "%":
        return before.isascii() and before.isalpha()
    return _LIST_MARK.search(text, max(0, start - 4), start) is not None


def _is_beside_dash(text: str, start: int, end: int) -> bool:
    """Whether a blank stands at the dash of a Chinese compound, of a range (`1.9– 4.8`) or of a relation (`F~ D`)."""
    before, after, stem = text[start - 1], text[end], text[start - 2 : start - 1] or " "
    if before in "–—" and stem.isdigit() and after.isdigit():
        return True
    if before == "~" and not stem.isspace() and after.isascii() and after.isalnum():
        return True
    if before in _DASHES and is_wide(stem) and is_wide(after):
        return True
    return after in _DASHES and is_wide(before) and is_wide(text[end + 1 : end + 2] or " ")


def _parts_script(text: str, start: int, end: int) -> bool:
    """Whether a blank beside a superscript parts it from its neighbour: not `¹⁸ O`, `km ²`, but `m² a`, `和 ¹⁸O`."""
    before, after = text[start - 1], text[end]
    if before in RAISED and after in RAISED:
        return False
    if before in RAISED:
        mass = _ISOTOPE.search(text[max(0, start - 3) : start])
        stem = text[start - len(mass[0]) - 1 : start - len(mass[0])] if mass else ""
        return not (mass and after.isascii() and after.isupper() and not (stem.isascii() and stem.isalnum()))
    digits = end
    while digits < len(text) and text[digits] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        digits += 1
    return is_wide(before) or before in ",;" or (digits - end > 1 and text[digits : digits + 1].isupper())


def _parts_lines(text: str, start: int, end: int) -> bool:
    """Whether two printed lines that go on in one sentence need a blank between them."""
    before, after = text[start - 1], text[end]
    stem = text[start - 2 : start - 1]
    if before in _DASHES:
        return stem.isspace() and not (after.isdigit() and text[start - 3 : start - 2].islower())
    if before in _OPERATORS:
        return stem.isspace()
    if after in _OPERATORS or after in _DASHES:
        return text[end + 1 : end + 2].isspace()
    if is_wide(before) or is_wide(after):
        latin = after if is_wide(before) else before
        return latin.isalnum() and not is_wide(latin)
    return True
