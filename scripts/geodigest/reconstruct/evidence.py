"""Evidence for where a stretch of text stood: how its column speaks, what its row is about, what it goes on from.

All of it is learnt from the document at hand: from its grid pages, whose cells say their column, and, in a second
pass, from the placements of the first. Scores are weighted log-likelihood ratios; 0 is the best column or row.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from geodigest.reconstruct.language import Sample
from geodigest.reconstruct.printed import ends_sentence, first_unit_width, starts_item, width

DEFAULT_WIDTHS = {1: 20, 2: 17, 3: 23, 4: 30, 5: 28, 6: 27}
"""Widths of the six printed columns in half-width units, where no grid page tells them."""

_TOPIC_WEIGHT = 0.35
_HAN_PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}))")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]+")
_WORD = re.compile(r"(\s*)(\S+)")
_UNBROKEN = re.compile(r"[(\[（《“‘【]*(?:[A-Za-z0-9_.%()+/'-]+|.)[,.;:!?)\]%，。、；：！？）》”’】∶]*")
_INDENT = 3
"""How much narrower a list item is printed after its first line."""
_OVER, _UNDER, _ITEM, _WRAP = 1.5, 0.6, 1.0, 3.0
_MOST_OVER, _MOST_COST, _MOST_MISFIT = 12, 1.5, 12.0
_WRAP_OF_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")


class Topics:
    """What each row is about: the words it shares with a text, weighted by rarity (inverse document frequency)."""

    def __init__(self, samples: Iterable[Sample]) -> None:
        self._counts: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
        self._own: dict[int, int] = {}
        rows = set()
        for sample in samples:
            rows.add(sample.row)
            for word in _words(sample.text):
                self._counts[word][sample.row] += 1
            self._own[sample.start] = sample.row
        self._rarity = {word: math.log(len(rows) / len(counts)) for word, counts in self._counts.items()}
        self._known: dict[tuple[int, int, tuple[int, ...]], Mapping[int, float]] = {}

    def scores(self, start: int, text: str, rows: Iterable[int]) -> Mapping[int, float]:
        """Score of each row, the text's own words left out."""
        key = (start, len(text), tuple(rows))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._scores(start, text, key[2])
        return known

    def _scores(self, start: int, text: str, rows: Iterable[int]) -> Mapping[int, float]:
        own = self._own.get(start)
        shared = dict.fromkeys(rows, 0.0)
        for word, n in Counter(_words(text)).items():
            counts = self._counts.get(word)
            if counts is None:
                continue
            for row in shared:
                others = counts.get(row, 0) - (n if row == own else 0)
                if others > 0:
                    shared[row] += self._rarity[word] * min(1.0, 0.5 * others)
        best = max(shared.values(), default=0.0)
        return {row: max(_TOPIC_WEIGHT * (value - best), -4.0) for row, value in shared.items()}


def _words(text: str) -> list[str]:
    return _HAN_PAIR.findall(text) + _LATIN_WORD.findall(text)


class Links:
    """How likely one text goes on from another in mid-sentence: pointwise mutual information across the seam."""

    def __init__(self, document: str) -> None:
        flat = _WRAP_OF_CHINESE.sub("", re.sub(r"\n[-#\s]*", " ", document.replace("\t", "\n")))
        self._ones = Counter(flat)
        self._twos = Counter(map("".join, pairwise(flat)))
        self._threes = Counter(map("".join, zip(flat, flat[1:], flat[2:], strict=False)))
        self._length = max(1, len(flat))
        self._known: dict[tuple[str, str], float] = {}

    def score(self, ending: str, beginning: str) -> float:
        """Score of the seam between a text's last characters and another's first ones; 0 knows nothing."""
        key = (ending[-2:], beginning[:2])
        if key not in self._known:
            self._known[key] = self._score(*key)
        return self._known[key]

    def _score(self, a: str, b: str) -> float:
        if not a or not b:
            return 0.0
        left, right = a[-1], b[0]
        expected = (self._ones[left] + 1) * (self._ones[right] + 1) / self._length
        score = max(-2.0, min(2.5, 0.5 * math.log((self._twos[left + right] + 0.05) / expected)))
        score += 0.5 * (left.isascii() and right.isascii() and left.isalnum() and right.isalnum())
        score += 0.8 * (len(a) > 1 and self._threes[a + right] > 1)
        score += 0.8 * (len(b) > 1 and self._threes[left + b] > 1)
        score += 0.8 * (right in "、，。,;；)）:：”]%·")
        return score + 0.5 * (left in "(（“[")


def column_widths(cells: Mapping[int, Iterable[str]]) -> dict[int, int]:
    """Width of each printed column: the 95th percentile of its grid cells, or the default where there are few."""
    widths = dict(DEFAULT_WIDTHS)
    for column, texts in cells.items():
        found = sorted(width(text) for text in texts)
        if len(found) >= 40:
            widths[column] = found[int(len(found) * 0.95)]
    return widths


def line_slack(cells: Mapping[int, Sequence[str]], widths: Mapping[int, int]) -> int:
    """Half-width units that a line may leave free though the next line's first word would fit.

    -1 (none, not even 0) where most lines of the grid pages that end within a sentence are full; otherwise 1.
    """
    rooms = sorted(
        widths[column] - width(line) - first_unit_width(following)
        for column, lines in cells.items()
        for line, following in pairwise(lines)
        if not ends_sentence(line) and not starts_item(following)
    )
    return -1 if rooms and rooms[len(rooms) // 2] < 0 else 1


class Fit(NamedTuple):
    """How a stretch's printed lines fill a column."""

    cost: float
    """0 fits, more is worse."""
    last_width: int
    """Width of the last line."""


@lru_cache(maxsize=1 << 17)
def fit(text: str, column_width: int, slack: int) -> Fit:
    """How a plain text fills a column of a width (half-width units), its lines ended at those blanks that suit best.

    A line that could have taken the next one's first word is too short for the column, unless the next line starts an
    item; a blank between Chinese characters is the end of a line. The best line ends are found as Knuth & Plass 1981
    find them, Breaking paragraphs into lines. `slack` is the room that the document leaves at line ends even so.
    """
    words = _printed_words(text)
    indent = _INDENT if text[:4].find(")") > 0 and starts_item(text) else 0
    widest = column_width + _MOST_OVER
    costs, last_width = [0.0], 0
    for end in range(1, len(words) + 1):
        following = words[end] if end < len(words) else None
        lowest = math.inf
        wide, inner = -1, 0.0
        for start in range(end - 1, -1, -1):
            word = words[start]
            wide += 1 + word.width
            # No line end further back can cost less than what its line's joints alone cost.
            if (wide > widest and start < end - 1) or inner >= lowest:
                break
            over = wide - column_width
            cost = costs[start] + inner
            if over > 1:
                cost += min(_MOST_COST, _OVER * (over - 1))
            if following is not None:
                if following.starts_item:
                    cost += _ITEM
                else:
                    room = -over - following.first_width - (indent if start else 0)
                    if room > slack:
                        cost += min(_MOST_COST, _UNDER * (room - slack))
            if cost < lowest:
                lowest, last_width = cost, wide
            inner += word.joined
            if inner > 50:
                break
        costs.append(lowest)
    return Fit(min(_MOST_MISFIT, costs[-1]), last_width)


class _Word(NamedTuple):
    width: int
    first_width: int
    """Width of what no line end parts at its beginning."""
    joined: float
    """Cost of standing on the same line as the word before."""
    starts_item: bool


@lru_cache(maxsize=1 << 15)
def _printed_words(text: str) -> tuple[_Word, ...]:
    words: list[_Word] = []
    for found in _WORD.finditer(text):
        blank, word = found[1], found[2]
        before = text[found.start() - 1 : found.start()]
        if "\n" in blank:
            joined = 99.0
        elif _is_wide(before) and _is_wide(word[0]):
            joined = _WRAP
        else:
            joined = 0.0
        head = _UNBROKEN.match(word)
        item = bool(words) and starts_item(text[found.start(2) : found.start(2) + 40])
        words.append(_Word(width(word), width(head[0]) if head else 2, joined, item))
    return tuple(words)


def _is_wide(char: str) -> bool:
    return char > "\u2e80"
