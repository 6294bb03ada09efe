"""The rules that tables keep: of a column and a row (pandera), and between tables (keys, spans)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geodigest.errors import TableError
from geodigest.tabular.accepting import accepted_rows, plain_batch
from geodigest.tabular.arrow import arrow_schema
from geodigest.tabular.schema import ForeignKey, TableSchema
from geodigest.tabular.values import expected, read

# It and pandera take longer to import than all tables to accept: where a place is asked for, it is imported.
if TYPE_CHECKING:
    import pandas as pd

# What pandera calls the constraints that it has of its own.
_PANDERA = {
    "not_nullable": "required",
    "field_uniqueness": "unique",
    "multiple_fields_uniqueness": "primaryKey",
}


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where a table breaks a rule of its definition.

    Args:
        table: the table's name.
        rule: a constraint or key of Table Schema (`required`, `unique`, `enum`, `pattern`, `minimum`, `primaryKey`,
            `foreignKey`), `type`, `columns` (one lacks, is not defined, or stands elsewhere), `clean` (text fit to
            publish), or `cover` (spans cover their document once).
        column: the column; those of a key of several are joined by ", ".
        row: index of the row from 0; None where the rule is of the whole table.
        value: the value as text; None for null.
        expected: what the rule asks, in a few words.
    """

    table: str
    rule: str
    column: str | None
    row: int | None
    value: str | None
    expected: str


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
    if _are_accepted(defined.values(), tables):
        return
    import pandas as pd

    for name, schema in defined.items():
        if not tables[name].schema.equals(arrow_schema(schema)):
            raise TableError(
                f"the columns are {_columns(tables[name].schema)}, defined are {_columns(arrow_schema(schema))}",
                where=f"table {name}",
                remedy=f"make the table with the Arrow schema of schema/{name}.json",
            )
        _refuse(broken_rules(schema, tables[name].to_pandas(types_mapper=pd.ArrowDtype)))
    _refuse(broken_keys(defined.values(), tables))


def _are_accepted(schemas: Collection[TableSchema], tables: Mapping[str, pa.Table]) -> bool:
    """Whether the tables keep every rule beyond doubt; if not, the exact checks are to tell where they do not."""

    def batches(schema: TableSchema) -> Iterator[pa.RecordBatch]:
        return (plain_batch(schema, rows) for rows in tables[schema.name].to_batches())

    are_typed = all(tables[schema.name].schema.equals(arrow_schema(schema)) for schema in schemas)
    return are_typed and accepted_rows(list(schemas), batches) is not None


def check_spans(documents: pa.Table, spans: pa.Table) -> None:
    """Check that the spans of each document cover it from 0 to its length without gap or overlap.

    Raises:
        TableError: they do not; names the first place.
    """
    _refuse(broken_cover(documents, spans))


def broken_rules(table: TableSchema, frame: pd.DataFrame) -> list[Broken]:
    """Every place where a frame breaks a rule of its table's columns or its primary key, in row order.

    A repeated value of a unique column or a primary key is reported from its second row on. A value that is not of the
    column's type breaks `type` alone.
    """
    typed, wrong = _typed(table, frame)
    broken = [*_type_broken(table, frame, wrong)]
    broken += _pandera_broken(table, typed, {name: set(rows) for name, rows in wrong.items()}, set(frame.columns))
    order = {field.name: number for number, field in enumerate(table.fields)}
    broken.sort(key=lambda each: (each.row or 0, order.get(each.column or "", len(order))))
    return [*_column_broken(table, list(frame.columns)), *broken]


def broken_keys(schemas: Iterable[TableSchema], tables: Mapping[str, pa.Table]) -> list[Broken]:
    """Every row that names a row of another table that is not there, for the foreign keys between the given tables.

    Null names none. A key is left out where one of its columns lacks: that breaks `columns`.
    """
    return [
        each
        for schema in schemas
        if schema.name in tables
        for key in schema.foreign_keys
        if key.table in tables
        for each in _key_broken(schema, key, tables[schema.name], tables[key.table])
    ]


def broken_cover(documents: pa.Table, spans: pa.Table) -> list[Broken]:
    """Every span that does not begin where those before it end, and each document whose spans end elsewhere than it.

    The row is that of the span; None where a document has no spans. Nothing is said of a document whose length, or one
    of whose spans, cannot be told: that breaks other rules. A document that stands twice counts as it stands first.
    """
    lengths: dict[object, int | None] = {}
    for name, length in zip(
        documents["document_id"].to_pylist(), read(documents["n_characters"], "integer")[0].to_pylist(), strict=True
    ):
        lengths.setdefault(name, length)
    own: dict[object, list[tuple[int, int, int]]] = {name: [] for name in lengths}
    starts, ends = (read(spans[name], "integer")[0].to_pylist() for name in ("start", "end"))
    for row, (name, start, end) in enumerate(zip(spans["document_id"].to_pylist(), starts, ends, strict=True)):
        if name is None:
            return []  # it may be a span of any of them
        if name in own and start is not None and end is not None:
            own[name].append((start, end, row))
        elif name in own:
            lengths[name] = None
    return [
        each
        for name, length in lengths.items()
        if name is not None and length is not None
        for each in _cover_broken(str(name), length, sorted(own[name]))
    ]


def _typed(table: TableSchema, frame: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, list[int]]]:
    """The frame with the table's columns and types, rows numbered from 0, and the places of values of another type.

    A column that lacks is null, so is a value of another type.
    """
    import pandas as pd

    from geodigest.tabular.pandas_model import read_series

    columns, wrong = {}, {}
    found = list(frame.columns)
    for field in table.fields:
        if field.name in found:
            series = frame.iloc[:, found.index(field.name)].reset_index(drop=True)
        else:
            series = pd.Series([None] * len(frame), dtype=object)
        columns[field.name], wrong[field.name] = read_series(series, field.type)
    return pd.DataFrame(columns), wrong


def _type_broken(table: TableSchema, frame: pd.DataFrame, wrong: Mapping[str, Sequence[int]]) -> Iterator[Broken]:
    found = list(frame.columns)
    for field in (field for field in table.fields if wrong[field.name]):
        values = frame.iloc[:, found.index(field.name)].iloc[list(wrong[field.name])].to_list()
        for row, value in zip(wrong[field.name], values, strict=True):
            yield Broken(table.name, "type", field.name, row, _text(value), expected(field, "type"))


def _pandera_broken(
    table: TableSchema, typed: pd.DataFrame, wrong: Mapping[str, set[int]], found: set[object]
) -> Iterator[Broken]:
    """What the pandera model finds, whatever switches pandera off; without what follows from a value read as null."""
    import pandas as pd
    import pandera.config
    import pandera.errors

    from geodigest.tabular.pandas_model import pandas_model

    whole = pandera.config.ValidationDepth.SCHEMA_AND_DATA
    try:
        with pandera.config.config_context(validation_enabled=True, validation_depth=whole):
            pandas_model(table).validate(typed, lazy=True)
        return
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases
    fields = {field.name: field for field in table.fields}
    for (column, check), rows in cases.groupby(["column", "check"], sort=False)["index"]:
        rule = _PANDERA.get(check, check)
        if rule == "primaryKey" or column not in found:
            continue
        for row, value in zip(rows, typed[column].iloc[rows.astype(int)], strict=True):
            if (row not in wrong[column]) if rule == "required" else not pd.isna(value):
                yield Broken(table.name, rule, column, int(row), _text(value), expected(fields[column], rule))
    repeated = cases.loc[cases["check"] == "multiple_fields_uniqueness", "index"].drop_duplicates()
    keys = typed[list(table.primary_key)].iloc[repeated].dropna()
    for row, key in zip(keys.index, keys.itertuples(index=False), strict=True):
        name, value = ", ".join(table.primary_key), ", ".join(map(str, key))
        yield Broken(table.name, "primaryKey", name, int(row), value, "a key that no row above has")


def _column_broken(table: TableSchema, found: list[object]) -> Iterator[Broken]:
    names = [field.name for field in table.fields]
    for name in names:
        if name not in found:
            yield Broken(table.name, "columns", name, None, None, f"a column {name}")
    for number, other in enumerate(found):
        if other not in names or other in found[:number]:
            again = " once" if other in names else ""
            yield Broken(table.name, "columns", str(other), None, str(other), f"the columns {', '.join(names)}{again}")
    common = [name for name in dict.fromkeys(found) if name in names]
    for name, defined in zip(common, (name for name in names if name in common), strict=True):
        if name != defined:
            yield Broken(table.name, "columns", str(name), None, str(name), f"{defined} before {name}")
            return


def _key_broken(schema: TableSchema, key: ForeignKey, table: pa.Table, referenced: pa.Table) -> list[Broken]:
    types = {field.name: field.type for field in schema.fields}
    if not set(key.fields) <= set(table.column_names) or not set(key.referenced) <= set(referenced.column_names):
        return []
    named = pa.table({name: read(table[name], types[name])[0] for name in key.fields})
    known = pa.table(
        {name: read(referenced[other], types[name])[0] for name, other in zip(key.fields, key.referenced, strict=True)}
    )
    rows = named.append_column("", pa.array(range(table.num_rows), pa.int64())).drop_null()
    dangling = rows.join(known, list(key.fields), join_type="left anti").sort_by("").to_pylist()
    return [
        Broken(
            schema.name,
            "foreignKey",
            ", ".join(key.fields),
            row[""],
            ", ".join(str(row[name]) for name in key.fields),
            f"a row of {key.table}",
        )
        for row in dangling
    ]


def _cover_broken(document: str, length: int, spans: list[tuple[int, int, int]]) -> Iterator[Broken]:
    if not spans:
        yield Broken("spans", "cover", "start, end", None, None, f"spans of {document} from 0 to {length}")
        return
    covered, last = 0, 0
    for start, end, row in spans:
        if start != covered:
            asked = f"where the spans of {document} above it end: {covered}"
            yield Broken("spans", "cover", "start", row, str(start), asked)
        if end <= start:
            yield Broken("spans", "cover", "end", row, str(end), f"> {start}, where the span starts")
        if end >= covered:
            covered, last = end, row
    if covered != length:
        asked = f"where {document} ends: {length}"
        yield Broken("spans", "cover", "end", last, str(covered), asked)


def _refuse(broken: list[Broken]) -> None:
    if not broken:
        return
    first = broken[0]
    column = "" if first.column is None else f", column {first.column}"
    row = "" if first.row is None else f", row {first.row}"
    more = f" (and {len(broken) - 1} more)" if len(broken) > 1 else ""
    value = "null" if first.value is None else repr(first.value)
    raise TableError(
        f"{value} breaks {first.rule}: {first.expected}{more}",
        where=f"table {first.table}{column}{row}",
        remedy=f"mend the value, or the rule in schema/{first.table}.json",
    )


def _text(value: Any) -> str | None:
    import pandas as pd

    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _columns(schema: pa.Schema) -> list[str]:
    return [f"{field.name} {field.type}{'' if field.nullable else ' not null'}" for field in schema]
