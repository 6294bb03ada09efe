"""The reader of bulletins: which stretch of an issue belongs to which facet of which digest, and what is left aside."""

from collections.abc import Iterator, Sequence

from geodigest.reconstruct.citations import Citation
from geodigest.reconstruct.digests import Digest, Paragraph, read_digests
from geodigest.reconstruct.model import Aside, Cell, Piece, Reconstruction, Span
from geodigest.reconstruct.paragraphs import printed_paragraphs


def read_bulletin(text: str) -> Reconstruction:
    """The facets of each digest: title_zh, abstract and body, of one that reports a paper title_en and journal, too.

    Asides are the masthead, the titles as 本期概要 prints them, captions and references.

    Raises:
        SeedError: the text has no 本期概要, or no digest bears a title announced there.
    """
    return reconstructed(text, read_digests(text))


def reconstructed(text: str, digests: Sequence[Digest]) -> Reconstruction:
    """What `read_bulletin` reads, of digests that have been read."""
    overview = digests[0].announcement[0].start
    masthead = (Aside(line.start, line.end, "title", "masthead", None) for line in printed_paragraphs(text[:overview]))
    return Reconstruction(
        cells=tuple(cell for digest in digests for cell in _cells(digest)),
        asides=(*masthead, *(aside for digest in digests for aside in _asides(text, digest))),
    )


def _paper(digest: Digest) -> Citation | None:
    """The paper that a digest reports: the first that its note of the source cites."""
    return digest.citations[0] if digest.kind == "study" and digest.citations else None


def _cells(digest: Digest) -> Iterator[Cell]:
    paper = _paper(digest)
    facets: dict[str, tuple[Paragraph, ...]] = {
        "title_en": ((paper.title,),) if paper and paper.title else (),
        "title_zh": (digest.title,),
        "journal": ((paper.container,),) if paper and paper.container else (),
        "abstract": digest.abstract,
        "body": digest.body,
    }
    for facet, paragraphs in facets.items():
        if pieces := tuple(piece for paragraph in paragraphs for piece in _pieces(paragraph)):
            yield Cell(digest.position, facet, pieces)


def _pieces(paragraph: Paragraph) -> Iterator[Piece]:
    for part in paragraph:
        yield Piece(part.start, part.end, "rule", None, ends_paragraph=part is paragraph[-1])


def _asides(text: str, digest: Digest) -> Iterator[Aside]:
    for part in digest.announcement:
        yield Aside(part.start, part.end, "title", "title as 本期概要 announces it", digest.position)
    for caption in digest.captions:
        for part in caption:
            yield Aside(part.start, part.end, "caption", "caption of a figure", digest.position)
    for part in digest.list_heading:
        yield Aside(part.start, part.end, "title", "words before the references", digest.position)
    paper = _paper(digest)
    for citation in digest.citations:
        published = (citation.title, citation.container) if citation is paper else ()
        for part in _without(citation.span, [each for each in published if each]):
            if text[part.start : part.end].strip():
                yield Aside(part.start, part.end, "reference", "reference", digest.position)


def _without(whole: Span, taken: list[Span]) -> Iterator[Span]:
    start = whole.start
    for part in taken:
        yield Span(start, part.start)
        start = part.end
    yield Span(start, whole.end)
