"""The passages of a document, rebuilt from its text, the spans and the corrections alone: what the spans promise."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from geodigest.passages.ledger import Entry
from geodigest.passages.notation import resolved, with_corrections
from geodigest.passages.traced import Source
from geodigest.reconstruct.model import Correction

Key = TypeVar("Key", bound=Hashable)


def rebuild(text: str, stretches: Iterable[tuple[Key, int, int]], corrections: Sequence[Correction]) -> dict[Key, str]:
    """The published line of every passage, from the text spans of a document and its corrections alone.

    Args:
        text: the document.
        stretches: the key of the passage, start and end of each `text` span of a passage, each passage's in order of
            `position`.
        corrections: all of the document, sorted by start.
    """
    gathered: dict[Key, list[Source]] = {}
    for key, start, end in stretches:
        gathered.setdefault(key, []).append((start, end))
    return {key: resolved(with_corrections(text, parts, corrections)).text for key, parts in gathered.items()}


def text_stretches(entries: Iterable[Entry]) -> Iterator[tuple[tuple[int, str, int], int, int]]:
    """What `rebuild` asks for: key, start and end of the text entries of passages, each passage's in reading order."""
    of_passages = [entry for entry in entries if entry.role == "text" and entry.passage is not None]
    for entry in sorted(of_passages, key=lambda each: (each.study, each.facet, each.passage, each.position)):
        if entry.study is not None and entry.facet is not None and entry.passage is not None:
            yield (entry.study, entry.facet, entry.passage), entry.start, entry.end
