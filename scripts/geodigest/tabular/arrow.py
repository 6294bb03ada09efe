"""Arrow: a table's schema with its titles and descriptions, and rows put into it."""

from collections.abc import Iterable, Mapping

import pyarrow as pa

from geodigest.errors import TableError
from geodigest.tabular.schema import Field, TableSchema

ARROW_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def arrow_schema(table: TableSchema) -> pa.Schema:
    """The table's Arrow schema; titles and descriptions (UTF-8) are metadata of each field and of the whole."""
    return pa.schema([_arrow_field(field) for field in table.fields], metadata=_metadata(table))


def arrow_table(table: TableSchema, rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """The rows as a table of this schema; a column that a row leaves out is null there.

    Raises:
        TableError: a row has a column that is not defined, or a value of another type.
    """
    listed = list(rows)
    columns = {field.name for field in table.fields}
    for number, row in enumerate(listed):
        if unknown := row.keys() - columns:
            raise TableError(
                f"unknown columns {sorted(unknown)}",
                where=f"table {table.name}, row {number}",
                remedy=f"define them in schema/{table.name}.json",
            )
    try:
        return pa.Table.from_pylist(listed, schema=arrow_schema(table))
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise TableError(
            f"a value has the wrong type: {error}",
            where=f"table {table.name}",
            remedy=f"give the types of schema/{table.name}.json",
        ) from error


def _arrow_field(field: Field) -> pa.Field:
    return pa.field(field.name, ARROW_TYPES[field.type], nullable=not field.required, metadata=_metadata(field))


def _metadata(described: Field | TableSchema) -> dict[str, str]:
    return {
        "title": described.title,
        "title_zh": described.title_zh,
        "description": described.description,
        "description_zh": described.description_zh,
    }
