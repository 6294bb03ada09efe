"""Arrow schemas: everything that a definition says of a column stands in them."""

import datetime as dt
import sys

import pyarrow as pa
import pytest

from geodigest.errors import TableError
from geodigest.tabular.arrow import arrow_buffer, arrow_schema, arrow_table
from geodigest.tabular.schema import TableSchema


def test_fields_carry_type_nullability_and_descriptions(schemas: tuple[TableSchema, ...]) -> None:
    for table in schemas:
        schema = arrow_schema(table)
        assert schema.metadata[b"description"].decode() == table.description
        for field, arrow_field in zip(table.fields, schema, strict=True):
            assert arrow_field.name == field.name
            assert arrow_field.nullable is not field.required
            assert arrow_field.metadata[b"title"].decode() == field.title
            assert arrow_field.metadata[b"title_zh"].decode() == field.title_zh
            assert arrow_field.metadata[b"description"].decode() == field.description


def test_tables_are_flat(schemas: tuple[TableSchema, ...]) -> None:
    for table in schemas:
        assert not any(pa.types.is_nested(field.type) for field in arrow_schema(table))


def test_rows_become_a_table_and_what_they_leave_out_is_null(schemas: tuple[TableSchema, ...]) -> None:
    studies = _named(schemas, "studies")
    row = {"study_id": "slow-slip/nankai", "position": 46, "date": dt.date(2025, 8, 30), "title_zh": "慢滑事件"}
    table = arrow_table(studies, [row])
    assert table.schema.equals(arrow_schema(studies), check_metadata=True)
    assert {name: value for name, value in table.to_pylist()[0].items() if value is not None} == row


def test_an_unknown_column_and_a_wrong_type_are_refused(schemas: tuple[TableSchema, ...]) -> None:
    studies = _named(schemas, "studies")
    with pytest.raises(TableError, match=r"table studies, row 1: unknown columns \['jornal'\]"):
        arrow_table(studies, [{"study_id": "a/b"}, {"jornal": "Nature"}])
    with pytest.raises(TableError, match="table studies: a value has the wrong type"):
        arrow_table(studies, [{"position": "first"}])


def _named(schemas: tuple[TableSchema, ...], name: str) -> TableSchema:
    return next(schema for schema in schemas if schema.name == name)


def test_a_buffer_of_arrow_holds_no_memory_of_python() -> None:
    content = bytes(range(256)) * 100
    held = sys.getrefcount(content)
    buffer = arrow_buffer(content)
    assert buffer.to_pybytes() == content
    assert sys.getrefcount(content) == held
