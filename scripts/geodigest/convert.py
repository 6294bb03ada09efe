"""The conversion core: a document's text in, its rows of every table out. Pure: no file is read or written.

text → blocks → cells (by the reader of the document's kind) → passages → tables
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from operator import itemgetter

import pyarrow as pa

from geodigest.curation import Curation
from geodigest.errors import SeedError
from geodigest.facts.figures import Figure, caption_stretches, read_figures
from geodigest.facts.references import Reference, read_references
from geodigest.facts.rows import Row, fact_rows, names_a_fact
from geodigest.loading import table_schemas
from geodigest.passages.ledger import Entry, LedgerError, ledger
from geodigest.passages.passage import Passage, line, one_line, outline
from geodigest.reading_checks import check_corrections, check_dates, check_once, check_places
from geodigest.reconstruct.bulletin import reconstructed
from geodigest.reconstruct.decisions import PAPER, Decision, apply
from geodigest.reconstruct.digests import Digest, read_digests
from geodigest.reconstruct.model import Cell, Correction, Gap, Piece, Reconstruction, Span
from geodigest.reconstruct.rows import DATE
from geodigest.reconstruct.table import read_table
from geodigest.seeds import DocumentKind, Seed
from geodigest.tabular.arrow import arrow_columns, arrow_table

TITLES = ("title_en", "title_zh", "journal", "date")
"""Facets that are one text each; every other facet is an outline of passages."""

FACETS: Mapping[DocumentKind, tuple[str, ...]] = {
    "bulletin": ("abstract", "body"),
    "literature_table": ("teaser", "core_question", "data_sources", "methods", "conclusions", "summary"),
}
"""The outlined facets of each kind of document."""

_WORD = re.compile(r"[a-z0-9]+")
_NAME_WORDS = 6

_schemas = cache(table_schemas)
"""The definitions of the tables: to read them takes half of the time of a short document."""


@dataclass(frozen=True, slots=True)
class Study:
    """What was read of one study: its titles, and the passages of its facets."""

    study_id: str
    position: int
    titles: Mapping[str, str]
    facets: Mapping[str, tuple[Passage, ...]]


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
    check_places(reconstruction, curation, FACETS[seed.kind], decided)
    corrections = curation.corrections
    if curation.is_without_decisions:
        corrections = _in_one_piece(corrections, reconstruction)
    else:
        check_corrections(text, _published(text, reconstruction, digests), corrections)
    studies = _studies(text, seed, reconstruction, replace(curation, corrections=corrections))
    passages = [row for study in studies for row in _passage_rows(study)]
    rows: dict[str, Iterable[Row]] = {
        "documents": [_document_row(text, seed)],
        "studies": (_study_row(study, seed) for study in studies),
        "passages": passages,
        **_bulletin_rows(text, digests, studies, corrections),
        **fact_rows(passages, curation.vocabulary),
        "corrections": (_correction_row(each, seed) for each in corrections),
        "gaps": (row for study in studies for row in _gap_rows(study, seed, curation.gaps)),
    }
    spans = _span_columns(text, seed, reconstruction, studies)
    return {
        schema.name: arrow_columns(schema, spans) if schema.name == "spans" else arrow_table(schema, rows[schema.name])
        for schema in _schemas()
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


def _studies(text: str, seed: Seed, reconstruction: Reconstruction, curation: Curation) -> list[Study]:
    is_fact = names_a_fact(curation.vocabulary)
    titles: defaultdict[int, dict[str, str]] = defaultdict(dict)
    facets: defaultdict[int, dict[str, tuple[Passage, ...]]] = defaultdict(dict)
    gaps: defaultdict[tuple[int, str], list[Gap]] = defaultdict(list)
    for gap in curation.gaps:
        gaps[gap.position, gap.facet].append(gap)
    for cell in reconstruction.cells:
        if cell.facet in TITLES:
            named = titles[cell.position]
            if printed := one_line(text, cell, curation.corrections).text:  # else it is markup alone
                named[cell.facet] = printed
        else:
            here = gaps[cell.position, cell.facet]
            facets[cell.position][cell.facet] = outline(text, cell, curation.corrections, here, is_fact)
    check_once(text, reconstruction, titles)
    check_dates(text, reconstruction, titles)
    names: set[str] = set()
    studies = []
    for position in sorted(titles.keys() | facets.keys()):
        name = _name(titles[position].get("title_en"), position, names)
        names.add(name)
        studies.append(Study(f"{seed.document_id}/{name}", position, titles[position], facets[position]))
    return studies


def _name(title: str | None, position: int, taken: set[str]) -> str:
    """A readable name of a study within its document: the first words of its English title, or its position."""
    words = _WORD.findall(title.lower()) if title else []
    name = "-".join(words[:_NAME_WORDS]) or f"study-{position}"
    while name in taken:
        name = f"{name}-{position}"
    return name


def _document_row(text: str, seed: Seed) -> Row:
    return {
        "document_id": seed.document_id,
        "kind": seed.kind,
        "title_zh": seed.title_zh,
        "title_en": seed.title_en,
        "issue": seed.issue,
        "publisher": seed.publisher,
        "language": seed.language,
        "seed_path": seed.seed_path,
        "sha256": seed.sha256,
        "n_characters": len(text),
        "n_lines": text.count("\n") + (not text.endswith("\n")),
    }


def _study_row(study: Study, seed: Seed) -> Row:
    texts = {
        facet: "\n".join(line(passage) for passage in passages) or None for facet, passages in study.facets.items()
    }
    teaser = texts.pop("teaser", None)
    reports_a_paper = seed.kind == "literature_table" or "title_en" in study.titles
    return {
        "study_id": study.study_id,
        "document_id": seed.document_id,
        "position": study.position,
        "kind": "study" if reports_a_paper else "review",
        "title_en": study.titles.get("title_en"),
        "title_zh": study.titles.get("title_zh"),
        "journal": study.titles.get("journal"),
        "date": _date(study.titles.get("date")),
        "teaser_zh": teaser,
        **texts,
    }


def _date(printed: str | None) -> datetime.date | None:
    found = DATE.search(printed) if printed else None
    return datetime.date(int(found[1]), int(found[2]), int(found[3])) if found else None


def _passage_id(study: Study, facet: str, index: int) -> str:
    return f"{study.study_id}/{facet.replace('_', '-')}/{index + 1:04}"


def _in_facet_order(study: Study) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    for facets in FACETS.values():
        for facet in facets:
            if facet in study.facets:
                yield facet, study.facets[facet]


def _passage_rows(study: Study) -> Iterator[Row]:
    for facet, passages in _in_facet_order(study):
        for index, passage in enumerate(passages):
            yield {
                "passage_id": _passage_id(study, facet, index),
                "study_id": study.study_id,
                "facet": facet,
                "position": index + 1,
                "depth": passage.depth,
                "parent_id": None if passage.parent is None else _passage_id(study, facet, passage.parent),
                "number": passage.number,
                "label": passage.label,
                "text": passage.text,
                "is_complete": passage.is_complete,
            }


def _bulletin_rows(
    text: str, digests: Sequence[Digest], studies: Sequence[Study], corrections: Sequence[Correction]
) -> dict[str, Iterable[Row]]:
    """Rows of `figures` and `references`, which digests alone have."""
    names = {study.position: study.study_id for study in studies}
    return {
        "figures": _figure_rows(read_figures(text, digests, corrections), names),
        "references": (_reference_row(each, names) for each in read_references(text, digests, corrections)),
    }


def _figure_rows(figures: Iterable[Figure], names: Mapping[int, str]) -> Iterator[Row]:
    """Rows of `figures`; a number that a digest prints again is counted: `figure-3-2`."""
    counts: Counter[str] = Counter()
    for figure in figures:
        figure_id = f"{names[figure.study]}/figure-{int(figure.number)}"
        counts[figure_id] += 1
        yield {
            "figure_id": figure_id if counts[figure_id] == 1 else f"{figure_id}-{counts[figure_id]}",
            "study_id": names[figure.study],
            "number": figure.number,
            "caption": figure.caption,
        }


def _reference_row(reference: Reference, names: Mapping[int, str]) -> Row:
    printed = asdict(reference)
    study = names[printed.pop("study")]
    return {
        "reference_id": f"{study}/reference-{reference.position}",
        "study_id": study,
        **printed,
        "year": int(reference.year) if reference.year else None,
    }


def _correction_row(correction: Correction, seed: Seed) -> Row:
    return {
        "correction_id": f"{seed.document_id}/{correction.start}",
        "document_id": seed.document_id,
        "start": correction.start,
        "end": correction.end,
        "original": correction.original,
        "corrected": correction.corrected,
        "kind": correction.kind,
        "note": correction.note or None,
    }


def _gap_rows(study: Study, seed: Seed, gaps: Sequence[Gap]) -> Iterator[Row]:
    """The gaps that readers listed, and a missing facet for each facet of the document's kind that the study lacks."""
    listed = [gap for gap in gaps if gap.position == study.position]
    for facet in FACETS[seed.kind]:
        here = [gap for gap in listed if gap.facet == facet]
        if not here and not study.facets.get(facet):
            here = [Gap(study.position, facet, "missing_facet", None, "the document has nothing of this facet")]
        for number, gap in enumerate(here, 1):
            yield {
                "gap_id": f"{study.study_id}/{facet.replace('_', '-')}/gap-{number}",
                "study_id": study.study_id,
                "facet": facet,
                "kind": gap.kind,
                "document_id": seed.document_id,
                "offset": gap.offset,
                "note": gap.note,
            }


def _span_columns(
    text: str, seed: Seed, reconstruction: Reconstruction, studies: Sequence[Study]
) -> dict[str, Sequence[object]]:
    """The columns of `spans`: of all tables it has the most rows."""
    outlines = {(study.position, facet): passages for study in studies for facet, passages in study.facets.items()}
    entries = ledger(text, reconstruction, outlines)
    columns = (
        dict(zip(Entry._fields, zip(*entries, strict=True), strict=True))
        if entries
        else dict.fromkeys(Entry._fields, ())
    )
    study_ids = {study.position: study.study_id for study in studies}
    passage_ids = {
        (study.position, facet, index): _passage_id(study, facet, index)
        for study in studies
        for facet, passages in study.facets.items()
        for index in range(len(passages))
    }
    places = zip(columns["study"], columns["facet"], columns["passage"], strict=True)
    return {
        "document_id": [seed.document_id] * len(entries),
        "start": columns["start"],
        "end": columns["end"],
        "role": columns["role"],
        "study_id": [study_ids.get(position) for position in columns["study"]],
        "facet": columns["facet"],
        "passage_id": [passage_ids.get(place) for place in places],
        "position": columns["position"],
        "reason": columns["reason"],
    }
