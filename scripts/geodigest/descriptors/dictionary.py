"""The data dictionary, `dataset/DICTIONARY.md` and `dataset/DICTIONARY.zh.md`: every table and column, in words.

Both pages are `dictionary.md.jinja` filled; `dictionary.en.jinja` and `dictionary.zh.jinja` hold their words.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from geodigest import __version__
from geodigest.descriptors.pages import environment
from geodigest.tabular.schema import Field, Package, TableSchema

Language = Literal["en", "zh"]

PAGES: Mapping[Language, str] = {"en": "DICTIONARY.md", "zh": "DICTIONARY.zh.md"}
"""The names of the pages below `dataset/`."""

LONGEST = 40
"""Characters of an example that are shown."""


@dataclass(frozen=True)
class Column:
    """A column as the dictionary shows it; `refers_to` is the table that its values name a row of."""

    field: Field
    refers_to: str | None
    empty: str
    example: str | None


@dataclass(frozen=True)
class TableEntry:
    """A table as the dictionary shows it; `referred_by` are the tables whose rows name one of its rows."""

    schema: TableSchema
    rows: int
    columns: tuple[Column, ...]
    referred_by: tuple[str, ...]


def dictionary(
    package: Package, schemas: Sequence[TableSchema], tables: Mapping[str, pa.Table], language: Language
) -> str:
    """The page in one of the languages of `PAGES`."""
    pages = environment()
    pages.filters["code"] = code
    pages.filters["titled"] = lambda each: each.title_zh if language == "zh" else each.title
    pages.filters["described"] = lambda each: each.description_zh if language == "zh" else each.description
    return pages.get_template(f"dictionary.{language}.jinja").render(
        package=package,
        version=__version__,
        pages=PAGES,
        entries=[_entry(schema, schemas, tables[schema.name]) for schema in schemas],
    )


def code(text: str) -> str:
    r"""A text as a code span that may stand in a table: a bar is escaped, a backtick fenced.

    >>> print(code("a|b"), code("`1`"))
    `a\|b` `` `1` ``
    """
    escaped = text.replace("|", "\\|")
    return f"`` {escaped} ``" if "`" in text else f"`{escaped}`"


def share(nulls: int, rows: int) -> str:
    """The part of the rows without a value, in whole percent; empty where every row has one.

    >>> [share(nulls, 1000) for nulls in (0, 1, 254, 999, 1000)]
    ['', '< 1 %', '25 %', '> 99 %', '100 %']
    """
    if not nulls:
        return ""
    if nulls < rows and not 1 <= 100 * nulls / rows <= 99:
        return "< 1 %" if 2 * nulls < rows else "> 99 %"
    return f"{100 * nulls / rows:.0f} %"


def example(values: Iterable[object]) -> str | None:
    r"""The first value that shows anything, on one line and no longer than `LONGEST`; None where there is none.

    >>> example([None, "\n", "深度\n10 km"]), example([0.5, 1.0]), example([None])
    ('深度 10 km', '0.5', None)
    """
    for value in values:
        text = " ".join(_as_text(value).split())
        if text:
            return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
    return None


def _entry(schema: TableSchema, schemas: Sequence[TableSchema], table: pa.Table) -> TableEntry:
    refers_to = {column: key.table for key in schema.foreign_keys for column in key.fields}
    columns = tuple(
        Column(
            field,
            refers_to.get(field.name),
            share(table[field.name].null_count, table.num_rows),
            example(table[field.name].to_pylist()),
        )
        for field in schema.fields
    )
    referred_by = (other.name for other in schemas for key in other.foreign_keys if key.table == schema.name)
    return TableEntry(schema, table.num_rows, columns, tuple(dict.fromkeys(referred_by)))


def _as_text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return f"{value:.12g}"
        case datetime.date():
            return value.isoformat()
        case _:
            return str(value)
