"""What is to hold of a document as it was read: the places that people named are there, and no study stands twice.

Dates are days of the calendar.
"""

import datetime
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, count
from operator import itemgetter

from geodigest.curation import ASIDE, Curation
from geodigest.errors import CurationError, SeedError
from geodigest.passages.notation import Stretch, without_blanks
from geodigest.reconstruct.model import Correction, Reconstruction
from geodigest.reconstruct.rows import DATE
from geodigest.wording import place


def check_places(
    reconstruction: Reconstruction, curation: Curation, read: Collection[str], decided: Collection[str]
) -> None:
    """Check that every decision and gap names a study and a facet of the document.

    Args:
        reconstruction: the document's cells, decisions applied.
        curation: what people decided.
        read: the facets that may have gaps, titles among them.
        decided: the facets into which decisions may put a stretch.

    Raises:
        CurationError: one does not: its text would go into no table, or the gap be forgotten.
    """
    positions = {cell.position for cell in reconstruction.cells}
    # A study that decisions alone make follows the others: a number that is left out is a slip.
    studies = next(number for number in count(1) if number not in positions) - 1
    for position, facet, where, facets in _named(curation, read, decided):
        if facet not in facets:
            raise CurationError(f"the facet is {facet!r}", where=where, remedy=f"use one of {', '.join(facets)}")
        if position is not None and not 1 <= position <= studies:
            said = f"there is no study {position}: the document has {studies}"
            raise CurationError(said, where=where, remedy=f"state the study's position, from 1 to {studies}")


def _named(
    curation: Curation, read: Collection[str], decided: Collection[str]
) -> Iterator[tuple[int | None, str, str, Collection[str]]]:
    for decision in curation.decisions:
        yield decision.position, decision.facet, decision.where, (*decided, *ASIDE)
    for gap in curation.gaps:
        yield gap.position, gap.facet, gap.where, read


def check_corrections(text: str, published: Iterable[Stretch], corrections: Sequence[Correction]) -> None:
    """Check that every correction is made: one that begins in no published text would be made nowhere.

    Args:
        text: the document.
        published: the stretches of it that some table publishes.
        corrections: what people mended.

    Raises:
        CurationError: one is not made; names the first.
    """
    stretches = sorted(without_blanks(text, each) for each in published)
    ends = list(accumulate((end for _, end in stretches), max))

    def is_published(offset: int) -> bool:
        at = bisect_right(stretches, offset, key=itemgetter(0)) - 1
        return at >= 0 and offset < ends[at]

    for each in corrections:
        if not is_published(each.start):
            raise CurationError(
                f"the correction begins at {each.start}, where nothing is published: it would be made nowhere",
                where=each.where or place(text, each.start),
                remedy="begin it at a character that is published, not in a blank before it, or drop it",
            )


def check_once(text: str, reconstruction: Reconstruction, titles: Mapping[int, Mapping[str, str]]) -> None:
    """Check that no two studies have the same titles and date.

    Args:
        text: the document.
        reconstruction: its cells.
        titles: the titles of each study, by its position.

    Raises:
        SeedError: two have; names the line and column of the second.
    """
    starts: dict[int, int] = {}
    for cell in reconstruction.cells:
        start = min(piece.start for piece in cell.pieces)
        starts[cell.position] = min(start, starts.get(cell.position, start))
    known: dict[tuple[str | None, ...], int] = {}
    for position in sorted(titles):
        named = tuple(titles[position].get(facet) for facet in ("title_zh", "title_en", "date"))
        if named[0] and named in known:
            line = place(text, starts[known[named]]).partition(":")[0]
            said = f"the study {named[0]!r} stands twice, first in line {line}"
            raise SeedError(said, where=place(text, starts[position]), remedy="keep one of them")
        known.setdefault(named, position)


def check_dates(text: str, reconstruction: Reconstruction, titles: Mapping[int, Mapping[str, str]]) -> None:
    """Check that the date of each study is a day of the calendar.

    Args:
        text: the document.
        reconstruction: its cells.
        titles: the titles of each study, by its position.

    Raises:
        SeedError: one is none; names its line and column.
    """
    for cell in reconstruction.cells:
        printed = titles[cell.position].get("date", "") if cell.facet == "date" else ""
        if found := DATE.search(printed):
            try:
                datetime.date(*map(int, found.groups()))
            except ValueError:
                said = f"the date {found[0]} is no day of the calendar"
                where = place(text, cell.pieces[0].start)
                raise SeedError(said, where=where, remedy="give the day as (YYYYMMDD)") from None
