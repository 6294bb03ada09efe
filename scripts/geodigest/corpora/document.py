"""One document: its rows of every table, and whether they keep every rule. Errors name its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from geodigest.convert import convert
from geodigest.curation import Curation
from geodigest.documents import Document
from geodigest.errors import SeedError, TableError
from geodigest.tabular.schema import TableSchema
from geodigest.wording import counted

_MOST_NAMED = 5
"""How many places an error names."""


@dataclass(frozen=True)
class Converted:
    """A document, what people decided about it, and its rows of every table."""

    document: Document
    curation: Curation
    tables: Mapping[str, pa.Table]


def converted(document: Document, curation: Curation) -> Converted:
    """The document's rows of every table, not yet held to the rules.

    Raises:
        GeoDigestError: the document is not of its kind, lacks a title, or the curation does not fit it.
    """
    tables = convert(document.text, document.seed, curation)
    _check_titles(document, tables)
    return Converted(document, curation, tables)


def check(each: Converted, schemas: Sequence[TableSchema]) -> None:
    """Check every rule of the document's tables.

    Raises:
        TableError: a rule is broken; names the document and the first place.
    """
    try:
        check_rules(schemas, each.tables)
    except TableError as error:
        raise TableError(
            error.what,
            where=f"{each.document.given}, {error.where}",
            remedy="mend the document there, or state a correction in "
            f"{each.document.seed.document_id}.corrections.csv",
        ) from error


def check_rules(schemas: Sequence[TableSchema], tables: Mapping[str, pa.Table]) -> None:
    """Check every rule of the tables of one or several documents: of columns, keys, and spans.

    Raises:
        TableError: a rule is broken; names the first place.
    """
    # They import pandas, which is not needed where all is right and known to be by other means.
    from geodigest.tabular.checks import check_spans, check_tables

    check_tables(schemas, tables)
    check_spans(tables["documents"], tables["spans"])


def _check_titles(document: Document, tables: Mapping[str, pa.Table]) -> None:
    """Refuse a document of whose studies the rules found no title, which every study needs; names their lines."""
    untitled = [row["study_id"] for row in tables["studies"].to_pylist() if row["title_zh"] is None]
    if not untitled:
        return
    starts: dict[str, int] = {}
    for span in tables["spans"].select(["study_id", "start"]).to_pylist():
        starts.setdefault(span["study_id"], span["start"])
    lines = [document.text.count("\n", 0, starts[study]) + 1 for study in untitled]
    raise SeedError(
        f"the study that begins here has no Chinese title where one is looked for{_others(lines[1:])}",
        where=f"{document.given}:{lines[0]}",
        remedy=f"complete it there, or place its title in {document.seed.document_id}.decisions.csv",
    )


def _others(lines: Sequence[int]) -> str:
    """How many others there are, and where the first few of them begin.

    >>> _others([]), _others([3]), _others(range(3, 15))
    ('', ', nor 1 other (in line 3)', ', nor 12 others (in lines 3, 4, 5, 6, 7 …)')
    """
    places = [str(line) for line in dict.fromkeys(lines)]
    named = f"line{'s' * (len(places) > 1)} {', '.join(places[:_MOST_NAMED])}{' …' * (len(places) > _MOST_NAMED)}"
    return f", nor {counted(len(lines), 'other')} (in {named})" if lines else ""
