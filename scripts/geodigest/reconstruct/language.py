"""How each column of a literature table speaks: the evidence of character pairs for where a stretch of text stood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodigest.reconstruct.printed import CJK

COLUMNS = range(1, 7)

_WEIGHT = 0.2
_SMOOTHING = 0.5
_LOWEST, _LOWEST_LATIN = -6.0, -2.5
_BATCH = 1 << 17
"""Characters scored at a time: the memory a document takes does not grow with it."""

_Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sample:
    """A plain text known (or taken) to stand in a row and a column; `start` tells it from others of the same text."""

    start: int
    text: str
    column: int
    row: int


class Language:
    """How each column speaks: naive Bayes over character pairs (McCallum & Nigam 1998, multinomial model).

    Texts are scored many at a time, for the pairs of all of them are looked up in one sorted array.
    """

    def __init__(self, samples: Iterable[Sample]) -> None:
        listed = list(samples)
        pairs, bounds = _pairs([sample.text for sample in listed])
        columns = np.array([sample.column - 1 for sample in listed], np.int64)
        self._pairs, kinds = np.unique(pairs, return_inverse=True)
        places = kinds * len(COLUMNS) + np.repeat(columns, np.diff(bounds))
        # One kind more than was seen: that of all pairs that no sample has.
        size = (len(self._pairs) + 1) * len(COLUMNS)
        self._counts = np.bincount(places, minlength=size).reshape(-1, len(COLUMNS)).astype(np.int64)
        self._totals = self._counts.sum(axis=0)
        self._logs = np.log(self._counts + _SMOOTHING)
        self._own = {(sample.start, sample.text): sample.column for sample in listed}

    def all_scores(self, texts: Sequence[tuple[int, str]]) -> list[tuple[float, ...]]:
        """Scores of each column (index 1 to 6) for texts with their starts; no text's own sample counts for it."""
        return [scores for batch in _batches(texts) for scores in self._scores(batch)]

    def _scores(self, texts: Sequence[tuple[int, str]]) -> Iterator[tuple[float, ...]]:
        pairs, bounds = _pairs([text for _, text in texts])
        lengths = np.diff(bounds)
        kinds = np.searchsorted(self._pairs, pairs)
        kinds[kinds == len(self._pairs)] = 0
        if len(self._pairs):
            kinds[self._pairs[kinds] != pairs] = len(self._pairs)
        smoothing = _SMOOTHING * len(self._counts)
        logs = np.add.reduceat(self._logs[kinds], bounds[:-1]) - lengths[:, None] * np.log(self._totals + smoothing)
        own = np.array([self._own.get(text, 0) - 1 for text in texts], np.int64)
        known = np.flatnonzero(own >= 0)
        if len(known):
            is_own = np.repeat(own >= 0, lengths)
            sums = self._without_own(kinds[is_own], own[known], lengths[known])
            logs[known, own[known]] = sums - lengths[known] * np.log(
                self._totals[own[known]] - lengths[known] + smoothing
            )
        lowest = np.array([_LOWEST if CJK.search(text) else _LOWEST_LATIN for _, text in texts])
        scores = np.maximum(_WEIGHT * (logs - logs.max(axis=1, keepdims=True)), lowest[:, None])
        for row in scores.tolist():
            yield 0.0, *row

    def _without_own(self, kinds: _Ints, columns: _Ints, lengths: _Ints) -> NDArray[np.float64]:
        """For each text, the sum of the logarithms of its pairs' counts in its own column, its own pairs taken off."""
        texts = np.repeat(np.arange(len(lengths)), lengths)
        _, places, mine = np.unique(texts * len(self._counts) + kinds, return_inverse=True, return_counts=True)
        others = self._counts[kinds, np.repeat(columns, lengths)] - mine[places]
        starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        return np.asarray(np.add.reduceat(np.log(others + _SMOOTHING), starts), np.float64)


def _batches(texts: Sequence[tuple[int, str]]) -> Iterator[Sequence[tuple[int, str]]]:
    first, size = 0, 0
    for index, (_, text) in enumerate(texts):
        if size and size + len(text) > _BATCH:
            yield texts[first:index]
            first, size = index, 0
        size += len(text) + 1
    if size:
        yield texts[first:]


def _pairs(texts: Sequence[str]) -> tuple[_Ints, _Ints]:
    """The pairs of all texts as numbers, and where each text's begin and the last one's end.

    A pair is two neighbouring characters, `$` standing after the last; or `1` and any one character, `$`, too.
    """
    ended = [text + "$" for text in texts]
    chars = np.frombuffer("".join(ended).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    ends = np.cumsum([len(text) for text in ended], dtype=np.int64)
    last = np.zeros(len(chars), bool)
    last[ends - 1] = True
    ones = (ord("1") << 21) + chars
    twos = (chars[:-1] << 21) + chars[1:]
    # Each text's pairs stand together: sums are taken over stretches.
    pairs = np.empty((len(chars), 2), np.int64)
    pairs[:, 0], pairs[:-1, 1] = ones, twos
    kept = np.ones(pairs.shape, bool)
    kept[:, 1] = ~last
    numbers = np.arange(len(texts) + 1)
    return pairs[kept], 2 * np.concatenate(([0], ends)) - numbers
