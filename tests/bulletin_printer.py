"""Prints a known bulletin as a PDF-to-Markdown converter leaves it: page ends part paragraphs, images leave traces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from geodigest.reconstruct.paragraphs import ends_sentence

MASTHEAD = (
    "地震科技前沿快报",
    "2031 年第 2 期（月刊总第 145 期）",
    "中国地震局科学技术委员会\n中国地震局科技与国际合作司",
    "本期概要",
)
_IMAGE = " \n\n\n"
"""What the converter leaves of an image, above its caption."""
_PARTED, _PARTED_TITLE = 0.2, 0.1
"""How often a page ends within a paragraph, and within a title."""


@dataclass(frozen=True, slots=True)
class KnownDigest:
    """A digest of the known bulletin: its texts by paragraphs."""

    title: str
    abstract: tuple[str, ...]
    body: tuple[str, ...]
    """Headings and paragraphs; a paragraph ends like a sentence, a heading does not."""
    captions: tuple[tuple[str, ...], ...]
    """The paragraphs of each figure's caption, without its number."""
    references: tuple[str, ...]
    """One that is no list is the note of its source."""
    is_review: bool


def printed_bulletin(digests: Sequence[KnownDigest], random: Random) -> str:
    """The document of an issue: its masthead, 本期概要 and the digests."""
    paragraphs = [*MASTHEAD]
    for position, digest in enumerate(digests, 1):
        paragraphs += _parted(f"{position}、{digest.title}", _PARTED_TITLE, random)
        for each in digest.abstract:
            paragraphs += _parted(each, _PARTED, random)
    for digest in digests:
        paragraphs += _digest(digest, random)
    return "\n\n".join(paragraphs) + "\n"


def _digest(digest: KnownDigest, random: Random) -> Iterator[str]:
    yield from _parted(digest.title, _PARTED_TITLE, random)
    after = sorted(random.randrange(len(digest.body)) for _ in digest.captions)
    figures = [[f"{_IMAGE}图 {number} {first}", *rest] for number, (first, *rest) in enumerate(digest.captions, 1)]
    for index, paragraph in enumerate(digest.body):
        is_heading = not ends_sentence(paragraph)
        head, *rest = _parted(paragraph, 0 if is_heading else _PARTED, random)
        here = [figure for figure, place in zip(figures, after, strict=True) if place == index]
        # A figure at a page end stands within the paragraph; nothing tells a caption's second paragraph from its rest.
        within = bool(rest) and all(len(figure) == 1 for figure in here)
        yield head
        yield from rest * (not within)
        yield from (part for figure in here for part in figure)
        yield from rest * within
    if digest.is_review:
        yield "主要参考文献"
        yield from _references(digest.references, random)
    else:
        yield from (f"来源：{reference}" for reference in digest.references)


def _references(references: Sequence[str], random: Random) -> Iterator[str]:
    """A list up to the end of a page, then paragraphs; a link may stand by itself."""
    listed = random.randint(1, len(references))
    yield "\n".join(f"- {each}" for each in references[:listed])
    for each in references[listed:]:
        citation, opening, link = each.partition(" <")
        yield from (citation, opening.strip() + link) if link and random.random() < 0.5 else (each,)


def _parted(paragraph: str, share: float, random: Random) -> list[str]:
    """The paragraph, or its parts where a page ends within it: not where a sentence ends, for nothing would tell."""
    if random.random() >= share or len(paragraph) < 8 or "\n" in paragraph:
        return [paragraph]
    at = random.randint(3, len(paragraph) - 3)
    head, rest = paragraph[:at].rstrip(), paragraph[at:].lstrip()
    return [paragraph] if ends_sentence(head) else [head, rest]
