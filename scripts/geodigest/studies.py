"""Studies: what the cells of a document say of each, its titles and the passages of its facets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from geodigest.curation import Curation
from geodigest.facts.rows import stating
from geodigest.facts.vocabulary import Vocabulary
from geodigest.passages.passage import Passage, line, one_line, outline, with_facts_in_text
from geodigest.reading_checks import check_dates, check_once
from geodigest.reconstruct.model import TITLES, Gap, Reconstruction
from geodigest.seeds import DocumentKind, Seed

FACETS: Mapping[DocumentKind, tuple[str, ...]] = {
    "bulletin": ("abstract", "body"),
    "literature_table": ("teaser", "core_question", "data_sources", "methods", "conclusions", "summary"),
}
"""The outlined facets of each kind of document."""

_WORD = re.compile(r"[a-z0-9]+")
_NAME_WORDS = 6


@dataclass(frozen=True, slots=True)
class Study:
    """What was read of one study: its titles, and the passages of its facets."""

    study_id: str
    position: int
    titles: Mapping[str, str]
    facets: Mapping[str, tuple[Passage, ...]]


def read_studies(text: str, seed: Seed, reconstruction: Reconstruction, curation: Curation) -> list[Study]:
    """The studies of a document in its order.

    Raises:
        SeedError: a study is there twice, or a date is none of the calendar.
    """
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
            facets[cell.position][cell.facet] = outline(text, cell, curation.corrections, here)
    check_once(text, reconstruction, titles)
    check_dates(text, reconstruction, titles)
    names: set[str] = set()
    studies = []
    for position in sorted(titles.keys() | facets.keys()):
        name = _name(titles[position].get("title_en"), position, names)
        names.add(name)
        told = _with_facts_in_texts(facets[position], curation.vocabulary)
        studies.append(Study(f"{seed.document_id}/{name}", position, titles[position], told))
    return studies


def _with_facts_in_texts(
    facets: Mapping[str, tuple[Passage, ...]], vocabulary: Vocabulary
) -> dict[str, tuple[Passage, ...]]:
    """The facets of a study, what its labels state made part of the texts, where facts are looked for."""
    is_fact = stating([line(passage) for passages in facets.values() for passage in passages], vocabulary)
    return {facet: with_facts_in_text(passages, is_fact) for facet, passages in facets.items()}


def _name(title: str | None, position: int, taken: set[str]) -> str:
    """A readable name of a study within its document: the first words of its English title, or its position."""
    words = _WORD.findall(title.lower()) if title else []
    name = "-".join(words[:_NAME_WORDS]) or f"study-{position}"
    while name in taken:
        name = f"{name}-{position}"
    return name
