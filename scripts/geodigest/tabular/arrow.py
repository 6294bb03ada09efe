"""Arrow: a table's schema with its titles and descriptions, and rows put into it."""

import datetime
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

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
    return arrow_columns(table, {field.name: [row.get(field.name) for row in listed] for field in table.fields})


def arrow_columns(table: TableSchema, columns: Mapping[str, Sequence[object]]) -> pa.Table:
    """The columns, all that are defined and no others, as a table of this schema.

    Raises:
        TableError: a value is of another type.
    """
    try:
        return pa.Table.from_pydict(columns, schema=arrow_schema(table))
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise TableError(
            f"a value has the wrong type: {error}",
            where=f"table {table.name}",
            remedy=f"give the types of schema/{table.name}.json",
        ) from error


def arrow_values(kind: str, values: Sequence[Any]) -> pa.Array:
    """Values of a field type, none of them null, as an Arrow array.

    Unlike `pyarrow.array` and `pyarrow.scalar` it does not import pandas where that is installed, which takes longer
    than to read and check all tables.

    >>> arrow_values("string", ["震", ""]).to_pylist(), arrow_values("date", [datetime.date(1970, 1, 3)])[0].as_py()
    (['震', ''], datetime.date(1970, 1, 3))
    """
    if kind == "boolean":
        return arrow_values("integer", [int(value) for value in values]).cast(pa.bool_())
    if kind == "string":
        texts = [value.encode("utf-8") for value in values]
        offsets = array("i", accumulate(map(len, texts), initial=0))
        buffers = [None, pa.py_buffer(offsets), pa.py_buffer(b"".join(texts))]
    elif kind == "date":
        epoch = datetime.date(1970, 1, 1)
        buffers = [None, pa.py_buffer(array("i", [(value - epoch).days for value in values]))]
    else:
        buffers = [None, pa.py_buffer(array("q" if kind == "integer" else "d", values))]
    return pa.Array.from_buffers(ARROW_TYPES[kind], len(values), buffers)


def arrow_buffer(content: bytes) -> pa.Buffer:
    """The bytes in memory of Arrow's own, for readers that use threads.

    A thread may let go of what it read only when the interpreter ends, and memory of Python's can then no longer be
    given back: the process aborts (https://github.com/apache/arrow/issues/49942).
    """
    buffer = pa.allocate_buffer(len(content))
    pa.FixedSizeBufferWriter(buffer).write(content)
    return buffer


def _arrow_field(field: Field) -> pa.Field:
    return pa.field(field.name, ARROW_TYPES[field.type], nullable=not field.required, metadata=_metadata(field))


def _metadata(described: Field | TableSchema) -> dict[str, str]:
    return {
        "title": described.title,
        "title_zh": described.title_zh,
        "description": described.description,
        "description_zh": described.description_zh,
    }
