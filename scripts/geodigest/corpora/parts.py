"""How a corpus is parted: few documents a part, and the same ones whatever was converted before.

A part ends before a document whose identifier's digest says so, as content-defined chunking does it (Muthitacharoen,
Chen & Mazières 2001, A low-bandwidth network file system): a document that comes or goes changes the parts around it
alone. It also ends where it would become too large.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from geodigest.corpora.listing import Source

DOCUMENTS = 64
"""So many documents a part has at most."""

SIZE = 2**20
"""A part of several documents has at most so many bytes of text: to convert them takes seconds."""

_EVERY = 32
"""One in so many documents begins a part of its own accord."""

_LONGEST = 100
"""A part's name has at most so many characters of its first document's identifier."""


@dataclass(frozen=True)
class Part:
    """Documents whose rows share files, called after the first of them."""

    name: str
    sources: tuple[Source, ...]


def parted(sources: Sequence[Source]) -> tuple[Part, ...]:
    """The documents, which stand in the order of their identifiers, in parts."""
    parts: list[list[Source]] = []
    size = 0
    for source in sources:
        size += source.size
        if not parts or len(parts[-1]) == DOCUMENTS or size > SIZE or _begins(source):
            parts.append([])
            size = source.size
        parts[-1].append(source)
    return tuple(Part(_name(part[0].document_id), tuple(part)) for part in parts)


def _begins(source: Source) -> bool:
    return int.from_bytes(sha256(source.document_id.encode()).digest()[:4]) % _EVERY == 0


def _name(first: str) -> str:
    if len(first) > _LONGEST:
        first = f"{first[:_LONGEST]}-{sha256(first.encode()).hexdigest()[:16]}"
    return f"part-{first}"
