"""Mentions: the places where a passage names an entity of the vocabulary.

All spellings are searched at once (Aho and Corasick 1975, https://doi.org/10.1145/360825.360855), blanks beside
Chinese characters left aside. Of spellings that overlap, the one that begins first counts, then the longest.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter

from ahocorasick_rs import AhoCorasick

from geodigest.facts.text import PassageText, is_word, squeezed
from geodigest.facts.vocabulary import Spelling, Vocabulary

_JOINER = re.compile(r"[\s、,，;；/+&·()（）和与及或]*(?:包|插件)?\s*")
"""What stands between the members of a list (`QGIS 和 R`, `CNN, RF, QDA`) or before a short form (`随机森林 (RF)`)."""


_JOINS = frozenset("、,，;；/+&·()（）和与及或包插件")
_START, _END = attrgetter("start"), attrgetter("end")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a passage names an entity; `surface` is the passage's text from `start` to `end`."""

    entity_id: str
    passage_id: str
    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True)
class _Found:
    spelling: Spelling
    start: int
    end: int


def find_mentions(passages: Sequence[PassageText], vocabulary: Vocabulary) -> tuple[Mention, ...]:
    """The mentions of all passages in their order, each passage's study taken whole.

    A spelling that only counts where it is introduced counts in the studies that spell the entity out elsewhere, and
    in a list beside an entity of the same type that is spelled out.
    """
    search = _search(vocabulary)
    found = [(passage, search.found(passage.text)) for passage in passages]
    introduced: dict[str, set[str | None]] = defaultdict(set)
    for passage, places in found:
        introduced[passage.study_id] |= _spelled_out(places)
    return tuple(
        Mention(entity, passage.passage_id, place.start, place.end, passage.text[place.start : place.end])
        for passage, places in found
        for place, entity in _counted(passage.text, places, introduced[passage.study_id], vocabulary)
    )


def naming(study: Sequence[str], vocabulary: Vocabulary) -> Callable[[str], bool]:
    """What tells whether words name an entity in a study: its texts introduce the short forms that count."""
    search = _search(vocabulary)
    introduced = cache(lambda: frozenset[str | None]().union(*(_spelled_out(search.found(text)) for text in study)))

    def is_named(words: str) -> bool:
        places = search.found(words)
        return bool(places) and any(_counted(words, places, introduced(), vocabulary))

    return is_named


def _spelled_out(places: Iterable[_Found]) -> set[str | None]:
    """The entities that are named by a spelling that always counts."""
    return {place.spelling.entity_id for place in places if place.spelling.counts == "always"}


class _Search:
    """The spellings of a vocabulary, ready to be searched for in many texts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._spellings = vocabulary.spellings
        self._automaton = AhoCorasick([squeezed(spelling.text)[0] for spelling in self._spellings])

    def found(self, text: str) -> list[_Found]:
        """Where spellings stand as whole words, all of them, sorted by start and then the longest first."""
        searched, kept = squeezed(text)
        matches = self._automaton.find_matches_as_indexes(searched, overlapping=True)
        found = [
            _Found(self._spellings[index], kept[start], kept[end - 1] + 1)
            for index, start, end in matches
            if _is_whole(searched, start, end)
        ]
        return sorted(found, key=lambda each: (each.start, -each.end))


@lru_cache(maxsize=1)
def _search(vocabulary: Vocabulary) -> _Search:
    return _Search(vocabulary)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no Latin word reaches over an end of the stretch."""
    cuts_before = start > 0 and is_word(text[start - 1]) and is_word(text[start])
    cuts_after = end < len(text) and is_word(text[end]) and is_word(text[end - 1])
    return not (cuts_before or cuts_after)


def _counted(
    text: str, places: Sequence[_Found], introduced: Collection[str | None], vocabulary: Vocabulary
) -> Iterable[tuple[_Found, str]]:
    """The places that count, without overlap, each with its entity."""
    sure = [place for place in places if place.spelling.counts == "always"]
    by_end = sorted(sure, key=_END)
    end = 0
    for place in places:
        entity = place.spelling.entity_id
        if place.start < end:
            continue
        if place.spelling.counts == "introduced" and entity not in introduced:
            kind = vocabulary.entities[entity or ""].type
            near = _beside(text, place, sure, by_end)
            alike = (each for each in near if vocabulary.entities[each.spelling.entity_id or ""].type == kind)
            if not any(_are_listed(text, place, other) for other in alike):
                continue
        end = place.end
        if entity is not None:
            yield place, entity


def _beside(text: str, place: _Found, by_start: Sequence[_Found], by_end: Sequence[_Found]) -> Iterator[_Found]:
    """The places that nothing but the characters of a joiner stands between a place and."""
    before, after = place.start, place.end
    while before and _joins(text[before - 1]):
        before -= 1
    while after < len(text) and _joins(text[after]):
        after += 1
    yield from by_end[bisect_left(by_end, before, key=_END) : bisect_right(by_end, place.start, key=_END)]
    yield from by_start[bisect_left(by_start, place.end, key=_START) : bisect_right(by_start, after, key=_START)]


def _joins(char: str) -> bool:
    return char in _JOINS or char.isspace()


def _are_listed(text: str, one: _Found, other: _Found) -> bool:
    """Whether only a comma, `和` or the like stands between two places."""
    before, after = (one, other) if one.end <= other.start else (other, one)
    return before.end <= after.start and _JOINER.fullmatch(text, before.end, after.start) is not None
