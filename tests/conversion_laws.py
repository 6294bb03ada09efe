"""What holds of every text that is converted: the laws that hypothesis and the fuzzer put to the test."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from geodigest.convert import convert
from geodigest.curation import Curation, vocabulary_beside
from geodigest.errors import SeedError
from geodigest.loading import table_schemas
from geodigest.seeds import DocumentKind, Seed
from geodigest.tabular.checks import check_spans, check_tables
from tests.clones import REPOSITORY

CURATION = Curation(vocabulary=vocabulary_beside(REPOSITORY / "seeds"))


def seed(kind: DocumentKind, name: str = "given") -> Seed:
    """What a manifest would say of a text of this kind."""
    return Seed(name, kind, "文", "zh", Path(f"{name}.txt"), "0" * 64)


def lawful_tables(text: str, kind: DocumentKind) -> Mapping[str, pa.Table] | None:
    """The tables of a text, or None where it is told to be no document of its kind.

    Raises:
        TableError: the tables break a rule, or their spans do not cover the text.
        Exception: whatever else the conversion raises but should not.
    """
    try:
        tables = convert(text, seed(kind), CURATION)
    except SeedError:
        return None
    check_tables(table_schemas(), tables)
    check_spans(tables["documents"], tables["spans"])
    return tables
