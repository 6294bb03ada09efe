"""Unicode's canonical composition (NFC, UAX #15) of a text whose characters know where they came from."""

import unicodedata
from collections.abc import Iterator

from geodigest.passages.traced import Traced

_UNSEEN = ("Cc", "Cf")
"""Unicode's categories of control characters, which are not published."""


def is_seen(char: str) -> bool:
    """Whether a character is published: it is no control character."""
    return unicodedata.category(char) not in _UNSEEN


def composed(told: Traced) -> Traced:
    r"""The text composed, without control characters but line ends.

    A character that is made of several comes from the stretch from the first to the last of them.

    >>> composed(Traced("e\u0301\u200b", ((3, 4), (4, 5), (5, 6))))
    Traced(text='é', sources=((3, 5),))
    """
    text = told.text
    if text.replace("\n", "").isprintable() and unicodedata.is_normalized("NFC", text):
        return told
    kept = [at for at, char in enumerate(text) if char == "\n" or is_seen(char)]
    text, sources = "".join(text[at] for at in kept), [told.sources[at] for at in kept]
    if unicodedata.is_normalized("NFC", text):
        return Traced(text, tuple(sources))
    parts, traced = [], []
    for start, end in _parts(text):
        part = unicodedata.normalize("NFC", text[start:end])
        parts.append(part)
        own = sources[start:end]
        traced += [own[min(at, len(own) - 1)] for at in range(len(part))]
        if len(part) < len(own):
            traced[-1] = traced[-1][0], own[-1][1]
    return Traced("".join(parts), tuple(traced))


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """The smallest stretches of a text that are composed alone as they are in it."""
    start = 0
    for at in range(1, len(text)):
        if not unicodedata.combining(text[at]) and not _compose(text[start:at], text[at]):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _compose(before: str, after: str) -> bool:
    """Whether two texts together are other characters than each by itself."""
    one, other = unicodedata.normalize("NFC", before), unicodedata.normalize("NFC", after)
    return unicodedata.normalize("NFC", before + after) != one + other
