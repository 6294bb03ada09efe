"""The rules that tables keep: of a column and a row (pandera models), and between tables (keys, spans).

The models are made from the definitions in `schema/`. They coerce types first, so that one model serves a frame read
from Parquet and one read from CSV alike.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

import pandas as pd
import pandera.errors
import pandera.pandas as pa_check
import pyarrow as pa
import pyarrow.compute as pc

from geodigest.errors import TableError
from geodigest.tabular.arrow import ARROW_TYPES, arrow_schema
from geodigest.tabular.schema import Field, TableSchema

# Control characters but the line feed, blanks at either end of a line, and empty lines.
_UNCLEAN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]|[^\S\n]$|^[^\S\n]|^$", re.MULTILINE)


def is_clean(text: str) -> bool:
    r"""Whether a text is fit to publish: NFC, no control characters, no empty line, no line with blanks at an end.

    >>> is_clean("慢滑事件\nslow slip event")
    True
    >>> [is_clean(text) for text in ("", "深度 ", "\t深度", "深度\n", "e\u0301")]
    [False, False, False, False, False]
    """
    return unicodedata.is_normalized("NFC", text) and not _UNCLEAN.search(text)


def table_model(table: TableSchema) -> pa_check.DataFrameSchema:
    """The pandera model of a table: its columns in order and no others, their rules, and the primary key."""
    return pa_check.DataFrameSchema(
        {field.name: _column(field) for field in table.fields},
        name=table.name,
        title=table.title,
        description=table.description,
        unique=list(table.primary_key),
        coerce=True,
        strict=True,
        ordered=True,
    )


def check_frame(table: TableSchema, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the table's types (`pandas.ArrowDtype`), once it keeps every rule of the table's columns.

    Raises:
        TableError: a rule is broken; names the first place and how many there are.
    """
    try:
        return table_model(table).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as broken:
        raise _first_case(table, broken.failure_cases) from broken


def check_tables(schemas: Iterable[TableSchema], tables: Mapping[str, pa.Table]) -> None:
    """Check all tables: Arrow types, every rule of their columns, primary and foreign keys.

    Raises:
        TableError: a table is missing or is not defined, or a rule is broken; names the first place.
    """
    defined = {schema.name: schema for schema in schemas}
    if tables.keys() != defined.keys():
        raise TableError(
            f"the tables are {sorted(tables)}, defined are {sorted(defined)}",
            where="schema/",
            remedy="convert each document to every table that is defined, and to no other",
        )
    for name, schema in defined.items():
        if not tables[name].schema.equals(arrow_schema(schema)):
            raise TableError(
                f"the columns are {_columns(tables[name].schema)}, defined are {_columns(arrow_schema(schema))}",
                where=f"table {name}",
                remedy=f"make the table with the Arrow schema of schema/{name}.json",
            )
        check_frame(schema, tables[name].to_pandas(types_mapper=pd.ArrowDtype))
    for schema in defined.values():
        _check_foreign_keys(schema, tables)


def check_spans(documents: pa.Table, spans: pa.Table) -> None:
    """Check that the spans of each document cover it from 0 to its length without gap or overlap.

    Raises:
        TableError: they do not; names the document and the offset.
    """
    for document in documents.select(["document_id", "n_characters"]).to_pylist():
        name, length = document["document_id"], document["n_characters"]
        covered = 0
        own = spans.filter(pc.equal(spans["document_id"], name)).select(["start", "end"]).sort_by("start")
        for start, end in zip(own["start"].to_pylist(), own["end"].to_pylist(), strict=True):
            if start != covered or end <= start:
                raise TableError(
                    f"a span from {start} to {end} follows {covered} covered characters",
                    where=f"table spans, document {name}, offset {covered}",
                    remedy="give every character of the document one span",
                )
            covered = end
        if covered != length:
            raise TableError(
                f"the spans end at {covered}, the document at {length}",
                where=f"table spans, document {name}, offset {covered}",
                remedy="give every character of the document one span",
            )


def _column(field: Field) -> pa_check.Column:
    checks = []
    if field.type == "string" and not field.verbatim:
        checks.append(pa_check.Check(is_clean, element_wise=True, ignore_na=True, name="is_clean"))
    if field.enum:
        checks.append(pa_check.Check.isin(field.enum))
    if field.pattern is not None:
        checks.append(pa_check.Check.str_matches(f"^(?:{field.pattern})$"))
    if field.minimum is not None:
        checks.append(pa_check.Check.ge(field.minimum))
    return pa_check.Column(
        pd.ArrowDtype(ARROW_TYPES[field.type]),
        checks=checks,
        nullable=not field.required,
        unique=field.unique,
        title=field.title,
        description=field.description,
    )


def _first_case(table: TableSchema, cases: pd.DataFrame) -> TableError:
    first = cases.iloc[0]
    row = "" if pd.isna(first["index"]) else f", row {first['index']}"
    column = "" if pd.isna(first["column"]) else f", column {first['column']}"
    more = f" (and {len(cases) - 1} more)" if len(cases) > 1 else ""
    return TableError(
        f"{first['failure_case']!r} breaks {first['check']}{more}",
        where=f"table {table.name}{column}{row}",
        remedy=f"mend the value, or the rule in schema/{table.name}.json",
    )


def _check_foreign_keys(schema: TableSchema, tables: Mapping[str, pa.Table]) -> None:
    for key in schema.foreign_keys:
        known = set(_tuples(tables[key.table], key.referenced))
        for number, value in enumerate(_tuples(tables[schema.name], key.fields)):
            if None not in value and value not in known:
                raise TableError(
                    f"{'/'.join(map(str, value))!r} is not in {key.table}.{', '.join(key.referenced)}",
                    where=f"table {schema.name}, column {', '.join(key.fields)}, row {number}",
                    remedy=f"name a row of {key.table}",
                )


def _tuples(table: pa.Table, columns: tuple[str, ...]) -> list[tuple[object, ...]]:
    return list(zip(*(table[column].to_pylist() for column in columns), strict=True))


def _columns(schema: pa.Schema) -> list[str]:
    return [f"{field.name} {field.type}{'' if field.nullable else ' not null'}" for field in schema]
