"""Rows of the tables that tell what a document holds; those of facts are in `geodigest.facts.rows`."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from geodigest.facts.figures import Figure, read_figures
from geodigest.facts.references import Reference, read_references
from geodigest.facts.rows import Row
from geodigest.passages.ledger import Entry, ledger
from geodigest.passages.passage import Passage, line
from geodigest.reconstruct.digests import Digest
from geodigest.reconstruct.model import TITLES, Correction, Gap, Reconstruction
from geodigest.reconstruct.rows import DATE
from geodigest.seeds import Seed
from geodigest.studies import FACETS, Study


def document_row(text: str, seed: Seed) -> Row:
    """The row of `documents`."""
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


def study_row(study: Study, seed: Seed) -> Row:
    """A row of `studies`; a facet is the lines of its passages."""
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


def passage_rows(study: Study) -> Iterator[Row]:
    """Rows of `passages` of a study, facet after facet."""
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


def bulletin_rows(
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


def correction_row(correction: Correction, seed: Seed) -> Row:
    """A row of `corrections`."""
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


def gap_rows(study: Study, seed: Seed, gaps: Sequence[Gap]) -> Iterator[Row]:
    """The gaps that readers listed, and a missing facet for each facet of the document's kind that the study lacks."""
    listed = [gap for gap in gaps if gap.position == study.position]
    for facet in (*TITLES, *FACETS[seed.kind]):
        here = [gap for gap in listed if gap.facet == facet]
        if not here and facet not in TITLES and not study.facets.get(facet):
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


def span_columns(
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
