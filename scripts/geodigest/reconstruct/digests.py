"""The digests of a bulletin: an issue with a masthead, numbered abstracts (本期概要) and a digest for each of them.

A digest is running text under numbered headings, with figures between its paragraphs. It ends with a list of references
(主要参考文献), then it reviews many papers, or with a note of its source (来源), then it reports one.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal

from geodigest.errors import SeedError
from geodigest.reconstruct.citations import Citation, join_entries, read_citation
from geodigest.reconstruct.model import Span
from geodigest.reconstruct.paragraphs import (
    Headings,
    caption_number,
    ends_sentence,
    printed_paragraphs,
    stands_below_image,
)
from geodigest.wording import place

Paragraph = tuple[Span, ...]
"""A paragraph as its author wrote it: the printed paragraphs that page ends made of it, in reading order."""

OVERVIEW = "本期概要"
_BRACKET = re.compile(r"[()（）]")
_MOST_PARTS = 6
"""Printed paragraphs that a title may be broken into."""
_WHOLE = "give the whole issue, each digest with its title as announced"
_LIST = re.compile(r"(?:主要)?参考文献\s*[:：]?")
_NOTE = re.compile(r"来源\s*[:：]\s*")
_NO_LETTERS = re.compile(r"[\W_]+")
_BEGINNING = 16
"""Characters of a paragraph that mostly tell its first letter."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What an issue holds on one study.

    `position` counts from 1, `announcement` is the title as 本期概要 prints it, `list_heading` the words before the
    citations: 主要参考文献 above a list, 来源： before a note.
    """

    position: int
    kind: Literal["study", "review"]
    announcement: Paragraph
    abstract: tuple[Paragraph, ...]
    title: Paragraph
    body: tuple[Paragraph, ...]
    captions: tuple[Paragraph, ...]
    list_heading: Paragraph
    citations: tuple[Citation, ...]


def read_digests(text: str) -> tuple[Digest, ...]:
    """The digests of a bulletin in printed order.

    Raises:
        SeedError: the text has no 本期概要, or no digest bears a title announced there.
    """
    printed = printed_paragraphs(text)
    entries = _entries(text, printed)
    images = any(stands_below_image(text, paragraph.start) for paragraph in printed)
    digests: list[Digest] = []
    for entry, after in zip(entries, [*entries[1:], None], strict=True):
        abstract = printed[entry.announced.stop : after.announced.start if after else entries[0].titled.start]
        section = _section(text, printed[entry.titled.stop : after.titled.start if after else None], images=images)
        digests.append(
            Digest(
                position=len(digests) + 1,
                kind="review" if section.is_list else "study",
                announcement=printed[entry.announced],
                abstract=_joined(text, abstract),
                title=printed[entry.titled],
                body=tuple(map(tuple, section.body)),
                captions=tuple(map(tuple, section.captions)),
                list_heading=tuple(section.list_heading),
                citations=tuple(read_citation(text, each) for each in join_entries(text, section.references)),
            )
        )
    return tuple(digests)


@dataclass(frozen=True, slots=True)
class _Entry:
    """Which printed paragraphs announce a digest in 本期概要, and which bear its title further down."""

    announced: slice
    titled: slice


def _entries(text: str, printed: Sequence[Span]) -> list[_Entry]:
    words = [_words(text, paragraph) for paragraph in printed]
    if OVERVIEW not in words:
        raise SeedError(f"there is no {OVERVIEW}", where="1:1", remedy="give an issue with its overview")
    at = words.index(OVERVIEW) + 1
    entries: list[_Entry] = []
    places = _by_first_letter(words)
    while at < (entries[0].titled.start if entries else len(words)):
        mark = f"{len(entries) + 1}、"
        if not words[at].startswith(mark):
            at += 1
            continue
        entry = _entry(words, at, mark, entries[-1].titled.stop if entries else at + 1, places)
        if entry is None:
            said = f"no digest bears the title {words[at].removeprefix(mark)!r}"
            raise SeedError(said, where=place(text, printed[at].start), remedy=_WHOLE)
        entries.append(entry)
        at = entry.announced.stop
    if not entries:
        raise SeedError(
            f"{OVERVIEW} announces nothing", where=place(text, printed[words.index(OVERVIEW)].start), remedy=_WHOLE
        )
    _check_repeated(text, printed, entries)
    return entries


def _by_first_letter(words: Sequence[str]) -> dict[str, list[int]]:
    """The places of the paragraphs that begin with a letter; those without letters by the empty text."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(words):
        letters = _letters(each[:_BEGINNING])
        if len(letters) < 2:  # none, or one that a mark further on may belong to
            letters = _letters(each)
        places[letters[:1]].append(at)
    return places


def _check_repeated(text: str, printed: Sequence[Span], entries: Sequence[_Entry]) -> None:
    """Refuse an issue in which a digest's title stands twice below 本期概要: it holds the digest twice."""
    titles = {_letters("".join(_words(text, each) for each in printed[entry.titled])): entry for entry in entries}
    longest = 2 * max(map(len, titles))  # with blanks and punctuation
    told = {index for entry in entries for index in range(*entry.titled.indices(len(printed)))}
    for index, paragraph in enumerate(printed):
        words = _words(text, paragraph)
        if index < entries[0].titled.start or index in told or len(words) > longest:
            continue
        if entry := titles.get(_letters(words)):
            line = place(text, printed[entry.titled][0].start).partition(":")[0]
            said = f"the digest {words!r} stands twice, first in line {line}"
            raise SeedError(said, where=place(text, paragraph.start), remedy="keep one of them")


def _entry(words: Sequence[str], at: int, mark: str, after: int, places: Mapping[str, Sequence[int]]) -> _Entry | None:
    """The entry that opens at `at`, its digest after `after`; a page end may have broken its title, too."""
    stop = at + 1
    while stop < min(len(words), at + _MOST_PARTS) and not ends_sentence(words[stop]):
        stop += 1
    for end in range(stop, at, -1):
        title = _letters("".join(words[at:end]).removeprefix(mark))
        alike = places.get(title[:1], ())
        for start in alike[bisect_left(alike, max(after, end)) :]:
            if count := _spelled(words, start, title):
                return _Entry(slice(at, end), slice(start, start + count))
    return None


def _spelled(words: Sequence[str], start: int, title: str) -> int:
    """How many of the paragraphs spell the title together, from `start` on; 0 if they do not."""
    spelled = ""
    for at in range(start, len(words)):
        spelled += _letters(words[at])
        if spelled == title:
            without_letters = takewhile(lambda rest: not _letters(words[rest]), range(at + 1, len(words)))
            return at + 1 - start + sum(1 for _ in without_letters)
        if not spelled or not title.startswith(spelled):
            return 0
    return 0


def _letters(words: str) -> str:
    """The words without blanks and punctuation, which two printings of a title may set differently."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", words)).casefold()


@dataclass(slots=True)
class _Section:
    """The paragraphs of one digest below its title."""

    body: list[list[Span]] = field(default_factory=list)
    captions: list[list[Span]] = field(default_factory=list)
    list_heading: list[Span] = field(default_factory=list)
    references: list[Span] = field(default_factory=list)
    is_list: bool = False


def _section(text: str, printed: Sequence[Span], *, images: bool) -> _Section:
    """The paragraphs of a digest by what they are; `images`: the document bears the traces of its images."""
    section, headings = _Section(), Headings()
    captions = _captions(text, printed, images=images)
    # Where captions end like sentences, one that does not has a second paragraph.
    full_stops = sum(ends_sentence(_words(text, caption)) for caption in captions) * 2 > len(captions)
    broken: list[Span] | None = None
    broken_caption: list[Span] | None = None
    for paragraph in printed:
        words = _words(text, paragraph)
        if paragraph in captions:
            section.captions.append([paragraph])
            broken_caption = None if ends_sentence(words) or not full_stops else section.captions[-1]
        elif section.list_heading:
            section.references.append(paragraph)
        elif heading := _LIST.fullmatch(words) or _NOTE.match(words):
            section.is_list = heading.re is _LIST
            section.list_heading.append(Span(paragraph.start, paragraph.start + len(heading[0].rstrip())))
            if heading.end() < len(words):
                section.references.append(Span(paragraph.start + heading.end(), paragraph.end))
        elif headings.take(words):
            section.body.append([paragraph])
            broken = broken_caption = None
        elif broken is None and broken_caption is not None:
            broken_caption.append(paragraph)
            broken_caption = None if _ends(text, broken_caption) else broken_caption
        else:
            if broken is None:
                broken = []
                section.body.append(broken)
            broken.append(paragraph)
            broken, broken_caption = None if _ends(text, broken) else broken, None
    return section


def _captions(text: str, printed: Sequence[Span], *, images: bool) -> set[Span]:
    captions: set[Span] = set()
    for paragraph in printed:
        caption = caption_number(_words(text, paragraph))
        if caption is None:
            continue
        in_turn = int(caption[0]) == len(captions) + 1
        if stands_below_image(text, paragraph.start) if images else in_turn:
            captions.add(paragraph)
    return captions


def _joined(text: str, printed: Sequence[Span]) -> tuple[Paragraph, ...]:
    """The paragraphs of running text without figures or headings."""
    joined: list[list[Span]] = []
    for paragraph in printed:
        if joined and not _ends(text, joined[-1]):
            joined[-1].append(paragraph)
        else:
            joined.append([paragraph])
    return tuple(map(tuple, joined))


def _ends(text: str, parts: Sequence[Span]) -> bool:
    """Whether a paragraph is whole, given that it was not without its last part: a bracket at its end may be broken."""
    first = len(parts) - 1
    if text.startswith((")", "）"), parts[first].end - 1):
        while first > 0 and not _BRACKET.search(text, parts[first].start, min(parts[first].end, parts[-1].end - 1)):
            first -= 1
    # The part before counts for its last character; to look at all parts each time would take quadratic time.
    return ends_sentence("".join(_words(text, part) for part in parts[max(0, first - 1) :]))


def _words(text: str, paragraph: Span) -> str:
    return text[paragraph.start : paragraph.end]
