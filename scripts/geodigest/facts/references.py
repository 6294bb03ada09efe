"""The references of a bulletin: the entries of its lists (主要参考文献) and its source notes (来源)."""

from collections.abc import Sequence
from dataclasses import dataclass

from geodigest.passages.blanks import spaced
from geodigest.passages.notation import read
from geodigest.reconstruct.citations import DOI, Citation
from geodigest.reconstruct.digests import Digest
from geodigest.reconstruct.model import Correction, Span


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a study's references: the whole as printed, and its parts where they are printed.

    `study` is the position of the study in the document, `position` that of the entry among the study's, both from 1.
    """

    study: int
    position: int
    citation: str
    authors: str | None
    year: str | None
    title: str | None
    container: str | None
    volume: str | None
    issue: str | None
    pages: str | None
    doi: str | None
    url: str | None


def read_references(text: str, digests: Sequence[Digest], corrections: Sequence[Correction]) -> tuple[Reference, ...]:
    """The references of all digests in printed order.

    Args:
        text: the seed.
        digests: what was read of it.
        corrections: those of the seed, sorted by start.
    """
    return tuple(
        _reference(text, digest.position, position, citation, corrections)
        for digest in digests
        for position, citation in enumerate(digest.citations, start=1)
    )


def _reference(
    text: str, study: int, position: int, citation: Citation, corrections: Sequence[Correction]
) -> Reference:
    def printed(span: Span) -> str:
        return spaced(read(text, (span,), corrections)).text

    def part(span: Span | None) -> str | None:
        return (printed(span) or None) if span else None

    doi = part(citation.doi)
    return Reference(
        study=study,
        position=position,
        citation=printed(citation.span),
        authors=part(citation.authors),
        year=part(citation.year),
        title=part(citation.title),
        container=part(citation.container),
        volume=part(citation.volume),
        issue=part(citation.issue),
        pages=part(citation.pages),
        doi=doi if doi and DOI.fullmatch(doi) else None,  # not where markup was read into it
        url=part(citation.url),
    )
