"""Fragments: the words of a woven paragraph that one column may have had on one printed line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import inf
from typing import NamedTuple

from geodigest.reconstruct.language import COLUMNS
from geodigest.reconstruct.model import Span
from geodigest.reconstruct.printed import ends_sentence, is_bare_number, plain, width
from geodigest.reconstruct.search import Knowledge
from geodigest.reconstruct.tails import Unit, unit

_MOST_WORDS = 14
_AT_ONCE = 256
"""Words whose fragments are scored at once."""
_LONGEST_WORD = 34
"""A fragment wider than its column is one long word; a wider one (half-width units) is none."""
_SEAM = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\s+(?=[\u4e00-\u9fff])|[。;；]\s|\s\d{1,2}[.)]\s")
_FRAGMENT, _SEAM_INSIDE, _BARE_NUMBER = 0.55, 3.5, 4.0
_FULL, _NEARLY_FULL, _SHORT, _TOO_WIDE = 0.9, 0.3, 0.4, 0.7
_MOST_BRACKETS = 3
"""More brackets closed at once than a tail holds open."""


class Fragment(NamedTuple):
    """Words that one column may have had on one printed line."""

    last: int
    """Index of the last word."""
    unit: Unit
    base: tuple[float, ...]
    """What language, seams and the filling of the line say of it, for each column (index 1 to 6)."""
    topics: Mapping[int, float]


def fragments(text: str, spans: tuple[Span, ...], rows: range, known: Knowledge) -> Iterator[list[Fragment]]:
    """For each word the fragments that begin with it; they may belong to some of the rows."""
    for at in range(0, len(spans), _AT_ONCE):
        shapes = [list(_shapes(text, spans, first, known)) for first in range(at, min(at + _AT_ONCE, len(spans)))]
        texts = [(found.start, found.text) for each in shapes for _, found, _ in each]
        language = iter(known.language.all_scores(texts))
        for each in shapes:
            beginning = []
            for last, found, cost in each:
                spoken = next(language)
                near = known.rows_near(rows, found.start)
                topics = known.topics.scores(found.start, found.text, near) if known.topics else {}
                base = (0.0, *(spoken[column] - cost + _fill(found, known.widths[column]) for column in COLUMNS))
                beginning.append(Fragment(last, found, base, topics))
            yield beginning


def _shapes(text: str, spans: tuple[Span, ...], first: int, known: Knowledge) -> Iterator[tuple[int, Unit, float]]:
    """The last word of each fragment that begins with a word, its unit, and what its seams cost."""
    widest = max(known.widths.values()) + 3
    for last in range(first, min(len(spans), first + _MOST_WORDS)):
        start, end = spans[first].start, spans[last].end
        shown = plain(text[start:end])
        if last > first and (width(shown) > widest or known.row_starting(spans[first].end, end) is not None):
            break
        cost = _FRAGMENT + _SEAM_INSIDE * len(_SEAM.findall(shown))
        if last + 1 < len(spans) and is_bare_number(plain(text[spans[last].start : end])):
            cost += _BARE_NUMBER
        yield last, unit(text, start, end, [shown]), cost


def _fill(found: Unit, column_width: int) -> float:
    """How well a fragment fills its column; what is too wide for it is none of it."""
    room = column_width + 1 - found.last_width
    if room < 0:
        return -inf if room < -2 and found.last_width <= _LONGEST_WORD else -_TOO_WIDE
    if room <= 4:
        return _FULL
    if room <= 7:
        return _NEARLY_FULL
    return 0.0 if ends_sentence(found.text) else -_SHORT


def sight(found: Unit) -> tuple[object, ...]:
    """All of a fragment that tells how well it goes on from a tail: what its first words show."""
    return (
        found.number,
        found.label,
        found.first_width,
        found.text[:2],
        max(-_MOST_BRACKETS, min(0, found.brackets)),
        found.is_latin,
        found.has_journal,
        found.has_date,
    )
