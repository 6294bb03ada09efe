"""The quality report: how each study came about, and how near it is to a reader's transcription where there is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from geodigest.collection import PUBLISHED
from geodigest.curation import ASIDE
from geodigest.descriptors.pages import environment
from geodigest.errors import GeoDigestError
from geodigest.facts.equations import Equation
from geodigest.facts.mentions import Mention
from geodigest.facts.terms import Term
from geodigest.facts.text import PassageText
from geodigest.facts.unexplained import unexplained
from geodigest.reconstruct.decisions import Decision
from geodigest.scoring import Edit, declared_edits, meaning, similarity
from geodigest.text_files import json_object, read_bytes

FACETS = (
    "title_en",
    "title_zh",
    "journal",
    "date",
    "teaser_zh",
    "core_question",
    "data_sources",
    "methods",
    "conclusions",
    "summary",
)
"""The facets that transcriptions give."""

Scores = list[tuple[float, int]]
"""Similarity (0 to 1) and length of each cell."""


@dataclass(frozen=True, slots=True)
class StudyQuality:
    """How one study came about; characters are those of the document that are no blanks."""

    study_id: str
    position: int
    by_rule: int
    by_decision: int
    corrected: int
    lost: int
    """Places where the document lost text."""
    mean: float | None
    worst: float | None


def read_transcriptions(folder: Path) -> list[dict[str, str]]:
    """The transcriptions of a folder: facet → text, empty where the document has none; [] without the folder."""
    return [
        json_object(read_bytes(path, GeoDigestError), path, GeoDigestError, remedy="mend the transcription")
        for path in sorted(folder.glob("*.json"))
    ]


def scores(
    studies: Iterable[Mapping[str, object]], transcription: Mapping[str, str], declared: frozenset[Edit]
) -> Scores:
    """Similarity and length of each transcribed cell, against the study of the nearest English title."""
    built = transcribed_study(studies, transcription)
    cells = [(transcription.get(facet) or "", str(built[facet] or "")) for facet in FACETS]
    return [(similarity(a, b, declared), max(len(meaning(a)), len(meaning(b)))) for a, b in cells if a or b]


def transcribed_study(
    studies: Iterable[Mapping[str, object]], transcription: Mapping[str, str]
) -> Mapping[str, object]:
    """The study that a transcription is of: that of the nearest English title."""
    return max(studies, key=lambda row: similarity(transcription["title_en"], str(row["title_en"] or ""), ()))


def mean(found: Scores) -> float:
    """Mean similarity, weighted by length."""
    return sum(score * length for score, length in found) / max(1, sum(length for _, length in found))


def qualities(
    texts: Mapping[str, str],
    decisions: Mapping[str, Sequence[Decision]],
    tables: Mapping[str, pa.Table],
    transcriptions: Iterable[Mapping[str, str]],
) -> list[StudyQuality]:
    """A row for each study, in the order of `studies`.

    Args:
        texts: the documents by their identifiers.
        decisions: what readers decided about each.
        tables: the built tables.
        transcriptions: readers' transcriptions of some studies.
    """
    studies = tables["studies"].to_pylist()
    declared = declared_edits(tables["corrections"].to_pylist())
    transcribed = {}
    for transcription in transcriptions:
        found = scores(studies, transcription, declared)
        transcribed[transcribed_study(studies, transcription)["study_id"]] = (
            mean(found),
            min(score for score, _ in found),
        )
    placed, corrected = _characters(texts, tables)
    decided = Counter(
        (document, one.position)
        for document, listed in decisions.items()
        for one in listed
        if one.facet not in ASIDE
        for char in one.quote
        if not char.isspace()
    )
    lost = Counter(row["study_id"] for row in tables["gaps"].to_pylist())
    rows = []
    for study in studies:
        name = study["study_id"]
        by_decision = decided[study["document_id"], study["position"]]
        score = transcribed.get(name, (None, None))
        rows.append(
            StudyQuality(
                name,
                study["position"],
                placed[name] - by_decision,
                by_decision,
                corrected[name],
                lost[name],
                *score,
            )
        )
    return rows


def _characters(texts: Mapping[str, str], tables: Mapping[str, pa.Table]) -> tuple[Counter[str], Counter[str]]:
    """Characters of each study that a cell holds, and those that a correction mended."""
    mended: dict[str, set[int]] = {name: set() for name in texts}
    for row in tables["corrections"].to_pylist():
        mended[row["document_id"]].update(range(row["start"], row["end"]))
    placed: Counter[str] = Counter()
    corrected: Counter[str] = Counter()
    for span in tables["spans"].to_pylist():
        if span["study_id"] is None or span["role"] not in PUBLISHED:
            continue
        text, known = texts[span["document_id"]], mended[span["document_id"]]
        for offset in range(span["start"], span["end"]):
            placed[span["study_id"]] += not text[offset].isspace()
            corrected[span["study_id"]] += offset in known
    return placed, corrected


def unexplained_words(tables: Mapping[str, pa.Table]) -> Mapping[str, int]:
    """Words of the passages that the tables of facts leave unexplained, with the number of their places."""

    def rows(table: str, *columns: str) -> list[dict[str, Any]]:
        read: list[dict[str, Any]] = tables[table].select(columns).to_pylist()
        return read

    place = ("passage_id", "start", "end")
    return unexplained(
        [PassageText(**row) for row in rows("passages", "passage_id", "study_id", "text")],
        [Mention(**row) for row in rows("mentions", "entity_id", *place, "surface")],
        [Term(**row) for row in rows("terms", "zh", "en", "abbreviation", *place)],
        [Equation(**row) for row in rows("equations", *place, "surface", "latex")],
    )


def report(rows: Sequence[StudyQuality], words: Mapping[str, int]) -> str:
    """The report as Markdown; `words` are what no fact explains, the most frequent first."""
    total = sum(row.by_rule + row.by_decision for row in rows)
    decided = sum(row.by_decision for row in rows)
    return environment().get_template("quality.md.jinja").render(rows=rows, total=total, decided=decided, words=words)
