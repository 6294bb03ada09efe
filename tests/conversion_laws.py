"""What holds of every text that is converted: the laws that hypothesis and the fuzzer put to the test."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from geodigest.convert import FACETS
from geodigest.corpora.document import converted
from geodigest.curation import Curation, vocabulary_beside
from geodigest.documents import Document
from geodigest.errors import SeedError
from geodigest.loading import table_schemas
from geodigest.seeds import DocumentKind, Seed
from geodigest.tabular.checks import check_spans, check_tables
from tests.clones import REPOSITORY
from tests.rebuilding import rebuild

CURATION = Curation(vocabulary=vocabulary_beside(REPOSITORY / "seeds"))
SCHEMAS = table_schemas()


def document(text: str, kind: DocumentKind, name: str = "given") -> Document:
    """A text as if a file held it."""
    path = Path(f"{name}.txt")
    return Document(Seed(name, kind, "文", "zh", path, "0" * 64), text, path)


def lawful_tables(text: str, kind: DocumentKind) -> Mapping[str, pa.Table] | None:
    """The tables of a text, or None where it is told, with the place, to be no document of its kind.

    Raises:
        TableError: the tables break a rule, or their spans do not cover the text.
        AssertionError: a passage is not what its text spans hold, or what is told names no place.
        Exception: whatever else the conversion raises but should not.
    """
    try:
        tables = converted(document(text, kind), CURATION).tables
    except SeedError as error:
        if not re.fullmatch(r"given\.txt(?::[0-9]+){1,2}", error.where):
            raise AssertionError(f"{error} names no place") from error
        return None
    check_tables(SCHEMAS, tables)
    check_spans(tables["documents"], tables["spans"])
    if rebuilt_facets(text, tables) != published_facets(tables, kind):
        raise AssertionError("the passages are not what their text spans hold")
    return tables


def rebuilt_facets(text: str, tables: Mapping[str, pa.Table]) -> dict[tuple[str, str], str]:
    """The text of each facet of each study, from the document's text spans alone."""
    spans = [row for row in tables["spans"].to_pylist() if row["role"] == "text" and row["passage_id"]]
    spans.sort(key=lambda row: row["position"])
    lines = rebuild(text, [(row["passage_id"], row["start"], row["end"]) for row in spans], ())
    facets = defaultdict(list)
    for row in tables["passages"].to_pylist():
        facets[row["study_id"], row["facet"]].append(lines[row["passage_id"]])
    return {key: "\n".join(lines) for key, lines in facets.items()}


def published_facets(tables: Mapping[str, pa.Table], kind: DocumentKind) -> dict[tuple[str, str], str]:
    """The text of each facet of each study that has it, as published."""
    return {
        (row["study_id"], facet): text
        for row in tables["studies"].to_pylist()
        for facet in FACETS[kind]
        if (text := row["teaser_zh" if facet == "teaser" else facet]) is not None
    }
