"""Several documents as one collection: their tables joined, and what became of their characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from geodigest.curation import ASIDE, Curation
from geodigest.tabular.files import TableFiles

PUBLISHED = ("text", "title", "markup")
"""Roles of the spans whose characters, with the marks among them, are published."""


@dataclass(frozen=True)
class Summary:
    """What was written of a collection, and what of its documents went into no table."""

    root: Path
    tables: tuple[TableFiles, ...]
    characters: Mapping[str, int]
    """Characters of the documents by the role of their span."""
    gaps: Mapping[str, int]
    """Places where the documents lack text, by kind."""
    by_rule: int
    """Characters that the rules placed, blanks left out."""
    by_decision: int
    """Characters that a reader's decision placed."""


def concatenated(converted: Sequence[Mapping[str, pa.Table]]) -> dict[str, pa.Table]:
    """The tables of all documents, one after the other; a single chunk each, so that equal rows give equal bytes.

    An entity that several documents mention stands once.
    """
    names = list(dict.fromkeys(name for tables in converted for name in tables))
    joined = {
        name: pa.concat_tables([tables[name] for tables in converted if name in tables]).combine_chunks()
        for name in names
    }
    if "entities" in joined:
        rows = {row["entity_id"]: row for row in joined["entities"].to_pylist()}
        joined["entities"] = pa.Table.from_pylist([rows[key] for key in sorted(rows)], joined["entities"].schema)
    return joined


def summary(
    root: Path,
    written: Sequence[TableFiles],
    texts: Mapping[str, str],
    curations: Mapping[str, Curation],
    tables: Mapping[str, pa.Table],
) -> Summary:
    """The summary of what was written to `root`.

    Args:
        root: the folder that holds `dataset/`.
        written: the files of each table.
        texts: the documents by their identifiers.
        curations: what people decided about each.
        tables: the joined tables.
    """
    characters: Counter[str] = Counter()
    placed = 0
    for span in tables["spans"].select(["document_id", "start", "end", "role", "study_id"]).to_pylist():
        characters[span["role"]] += span["end"] - span["start"]
        if span["study_id"] and span["role"] in PUBLISHED:
            placed += _inked(texts[span["document_id"]][span["start"] : span["end"]])
    by_decision = sum(
        _inked(decision.quote)
        for curation in curations.values()
        for decision in curation.decisions
        if decision.position is not None and decision.facet not in ASIDE
    )
    gaps = Counter(tables["gaps"]["kind"].to_pylist())
    return Summary(root, tuple(written), characters, gaps, placed - by_decision, by_decision)


def _inked(text: str) -> int:
    return sum(not char.isspace() for char in text)
