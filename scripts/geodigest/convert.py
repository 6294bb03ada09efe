"""The conversion core: a document's text in, its rows of every table out. Pure: no file is read or written.

text → blocks → cells (by the reader of the document's kind) → passages → tables
"""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

import pyarrow as pa

from geodigest.curation import Curation
from geodigest.errors import SeedError
from geodigest.facts.figures import caption_stretches
from geodigest.facts.rows import Row, fact_rows
from geodigest.loading import table_schemas
from geodigest.passages.ledger import LedgerError
from geodigest.reading_checks import check_corrections, check_places
from geodigest.reconstruct.bulletin import reconstructed
from geodigest.reconstruct.decisions import PAPER, Decision, apply
from geodigest.reconstruct.digests import Digest, read_digests
from geodigest.reconstruct.model import TITLES, Cell, Correction, Piece, Reconstruction, Span
from geodigest.reconstruct.table import read_table
from geodigest.seeds import DocumentKind, Seed
from geodigest.studies import FACETS, read_studies
from geodigest.study_rows import (
    bulletin_rows,
    correction_row,
    document_row,
    gap_rows,
    passage_rows,
    span_columns,
    study_row,
)
from geodigest.tabular.arrow import arrow_columns, arrow_table

_COLLECTED = (50_000, 20, 50)


def collect_seldom() -> None:
    """Let this process look for cycles of garbage seldom: conversions make few, and looking takes a sixth of the time.

    For programs that convert; a library leaves it to them (https://docs.python.org/3/library/gc.html#gc.set_threshold).
    """
    gc.set_threshold(*_COLLECTED)


def convert(text: str, seed: Seed, curation: Curation) -> dict[str, pa.Table]:
    """A document's rows of every table that `schema/` defines.

    Args:
        text: the seed, decoded.
        seed: what the manifest says of it.
        curation: what people decided about it. Where decisions are set aside, corrections of characters that the
            rules put into different places are left out.

    Raises:
        GeoDigestError: the text is not of its kind, or the curation does not fit it.
    """
    try:
        return _tables(text, seed, curation)
    except (SeedError, LedgerError) as error:
        # What reads the text alone tells its line and column.
        raise type(error)(error.what, where=f"{seed.path}:{error.where}", remedy=error.remedy) from error


def _tables(text: str, seed: Seed, curation: Curation) -> dict[str, pa.Table]:
    reconstruction, digests = _READERS[seed.kind](text, curation.decisions)
    decided = (PAPER, *FACETS[seed.kind][1:]) if seed.kind == "literature_table" else (*TITLES, *FACETS[seed.kind])
    check_places(reconstruction, curation, (*TITLES, *FACETS[seed.kind]), decided)
    corrections = curation.corrections
    if curation.is_without_decisions:
        corrections = _in_one_piece(corrections, reconstruction)
    else:
        check_corrections(text, _published(text, reconstruction, digests), corrections)
    studies = read_studies(text, seed, reconstruction, replace(curation, corrections=corrections))
    passages = [row for study in studies for row in passage_rows(study)]
    rows: dict[str, Iterable[Row]] = {
        "documents": [document_row(text, seed)],
        "studies": (study_row(study, seed) for study in studies),
        "passages": passages,
        **bulletin_rows(text, digests, studies, corrections),
        **fact_rows(passages, curation.vocabulary),
        "corrections": (correction_row(each, seed) for each in corrections),
        "gaps": (row for study in studies for row in gap_rows(study, seed, curation.gaps)),
    }
    spans = span_columns(text, seed, reconstruction, studies)
    return {
        schema.name: arrow_columns(schema, spans) if schema.name == "spans" else arrow_table(schema, rows[schema.name])
        for schema in table_schemas()
    }


def _read_bulletin(text: str, decisions: Sequence[Decision]) -> tuple[Reconstruction, Sequence[Digest]]:
    """The bulletin's reader, then the decisions; and its digests, for figures and references."""
    digests = read_digests(text)
    read = reconstructed(text, digests)
    if not decisions:
        return read, digests
    cells, asides = apply({(cell.position, cell.facet): cell.pieces for cell in read.cells}, decisions, {})
    decided = tuple(Cell(position, facet, pieces) for (position, facet), pieces in cells.items())
    return Reconstruction(decided, (*read.asides, *asides)), digests


def _read_table(text: str, decisions: Sequence[Decision]) -> tuple[Reconstruction, Sequence[Digest]]:
    """The literature table's reader; such a table has no digests."""
    return read_table(text, decisions), ()


_READERS: Mapping[DocumentKind, Callable[[str, Sequence[Decision]], tuple[Reconstruction, Sequence[Digest]]]] = {
    "bulletin": _read_bulletin,
    "literature_table": _read_table,
}


def _published(text: str, reconstruction: Reconstruction, digests: Sequence[Digest]) -> Iterator[Piece | Span]:
    """The stretches of the document that some table publishes."""
    yield from (piece for cell in reconstruction.cells for piece in cell.pieces)
    yield from caption_stretches(text, digests)
    yield from (citation.span for digest in digests for citation in digest.citations)


def _in_one_piece(corrections: Sequence[Correction], reconstruction: Reconstruction) -> tuple[Correction, ...]:
    """The corrections whose characters the rules put into one place."""
    stretches = [(piece.start, piece.end) for cell in reconstruction.cells for piece in cell.pieces]
    stretches += [(aside.start, aside.end) for aside in reconstruction.asides]
    stretches.sort()
    around = ((each, bisect_right(stretches, each.start, key=itemgetter(0)) - 1) for each in corrections)
    return tuple(each for each, at in around if at >= 0 and each.end <= stretches[at][1])
