"""Citations: which stretch of a printed reference is its authors, year, title, container and so on.

Two styles are read: that of the American Psychological Association (`Authors (Year). Title. *Journal*, Volume(Issue),
Pages. URL`) and that of GB/T 7714 (`Authors. Title. *Journal*, Year, Volume(Issue): Pages.`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geodigest.reconstruct.model import Span

_YEAR = r"(?P<year>(?:19|20)\d{2})"
_PLACE = r"(?P<pages>[A-Za-z]?\d+(?:\s*[-–—]\s*[A-Za-z]?\d+)?)"
_ISSUE = r"(?:\s*+\(\s*+(?P<issue>[^()\s]++(?:\s++[^()\s]++)*+)\s*+\))?"
_MARKER = r"(?:-\s+|\[\d+\]\s*|\d{1,3}[.、]\s+(?=[^\W\d_]))"
_LINK = re.compile(r"https?://[^\s<>]*[^\s<>.,;]")
DOI = re.compile(r"\b10\.[0-9]{4,9}/[!-;=?-~]*[!-+\-/-:=?-~]")
_DATED = re.compile(r"\((?:19|20)\d{2}[a-z]?\)|[,，]\s*(?:19|20)\d{2}\s*[,，:：(]")
_OPENS = re.compile(_MARKER)
_AUTHOR = re.compile(r"[A-Z][\w'’-]+(?:, [A-Z][a-z]{0,2}\.|(?: [A-Z]){1,3},)")
_APA = re.compile(
    rf"{_MARKER}?(?P<authors>\S.*?)(?<=\S)\s*+\({_YEAR}[a-z]?\)\.\s++(?P<title>\S.*?)(?:\.|(?<=[?!]))\s++"
    rf"(?P<italic>\*)?(?P<container>(?(italic)[^*]+|[^.*]+?(?=,\s*\d)))(?(italic)\*)"
    rf"(?:,\s*\*?(?P<volume>\d[\w–-]*)\*?{_ISSUE})?(?:,\s*{_PLACE})?",
    re.DOTALL,
)
_GBT = re.compile(
    rf"{_MARKER}?(?P<authors>\S.*?(?:\bet\s+al\.?\*?|等(?=[.．])|(?=[.．]\s)))[.．]?\s++"
    r"(?P<title>\S.*?)(?:(?<=\S)\s*+\[[A-Z](?:/[A-Z]+)?\])?[.．?!]\s*+"
    rf"(?P<italic>\*)?(?P<container>(?(italic)[^*]++|[^.．,，*]++))(?(italic)\*)"
    rf"\s*+[,，]\s*+{_YEAR}(?:\s*[,，]\s*(?P<volume>\d[\w–-]*))?{_ISSUE}(?:\s*[:：]\s*{_PLACE})?",
    re.DOTALL,
)
_LONGEST = 2_000
"""How much of a reference is looked through (characters): the time that takes grows with its square."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A printed reference and the stretches of the seed that its parts stand in; None where a part is not printed."""

    span: Span
    authors: Span | None = None
    year: Span | None = None
    title: Span | None = None
    container: Span | None = None
    volume: Span | None = None
    issue: Span | None = None
    pages: Span | None = None
    doi: Span | None = None
    url: Span | None = None


def read_citation(text: str, span: Span) -> Citation:
    """The parts of the reference at `span`; those of a reference in neither style stay None.

    >>> entry = "He B, Wei M, *et al.* A slow slip event. *Tectonics*, 2023, 612(2): 118-154."
    >>> citation = read_citation(entry, Span(0, len(entry)))
    >>> [entry[part.start : part.end] for part in (citation.authors, citation.title, citation.pages)]
    ['He B, Wei M, *et al.*', 'A slow slip event', '118-154']
    """
    parts: dict[str, Span] = {}
    end = min(span.end, span.start + _LONGEST)
    printed = _APA.match(text, span.start, end) or _GBT.match(text, span.start, end)
    if printed:
        parts = {name: Span(*printed.span(name)) for name in printed.groupdict() if name != "italic" and printed[name]}
    for name, pattern in (("url", _LINK), ("doi", DOI)):
        if link := pattern.search(text, span.start, span.end):
            parts[name] = Span(*link.span())
    return Citation(span, **parts)


def join_entries(text: str, paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    r"""The entries of a reference list: paragraphs that a page end broke off are joined to the one before.

    A paragraph opens an entry if a list mark or a caption stands before it, or if the one before is dated and it is
    dated, too, or begins with an author.

    >>> text = "- Bi, K. (2023). Weather. *Nature*, 1.\n\n<https://a.org>\n\nHu, Y. (2010). Rain. *Nature*, 2."
    >>> from geodigest.reconstruct.paragraphs import printed_paragraphs
    >>> [text[entry.start : entry.end][-5:] for entry in join_entries(text, printed_paragraphs(text))]
    ['.org>', '*, 2.']
    """
    entries: list[Span] = []
    for paragraph in paragraphs:
        is_new: object = not entries or _OPENS.match(text, paragraph.start)
        is_new = is_new or text[entries[-1].end : paragraph.start].strip()
        if not is_new and _DATED.search(text, entries[-1].start, entries[-1].end):
            is_new = _DATED.search(text, paragraph.start, paragraph.end) or _AUTHOR.match(text, paragraph.start)
        if is_new:
            entries.append(paragraph)
        else:
            entries[-1] = Span(entries[-1].start, paragraph.end)
    return tuple(entries)
