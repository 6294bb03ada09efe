"""The published tables and their definitions, read for use."""

import pyarrow as pa
import pyarrow.parquet as pq

from geodigest.errors import GeoDigestError
from geodigest.paths import package_root, parquet_path
from geodigest.tables.schema import TableSchema, read_table_schemas


def table_schemas() -> tuple[TableSchema, ...]:
    """The definitions of the published tables, in the order of the data model."""
    return read_table_schemas(package_root() / "schema")


def table_schema(name: str) -> TableSchema:
    """The definition of a published table: its columns, types and rules.

    Raises:
        GeoDigestError: there is no table of this name.

    >>> table_schema("spans").primary_key
    ('document_id', 'start')
    """
    schemas = {schema.name: schema for schema in table_schemas()}
    if name not in schemas:
        raise GeoDigestError(f"there is no table {name!r}", where="schema/", remedy=f"use one of {list(schemas)}")
    return schemas[name]


def load_table(name: str) -> pa.Table:
    """A published table, with the titles and descriptions of `schema/` in the field metadata.

    Raises:
        GeoDigestError: there is no table of this name, or it has not been built.

    >>> load_table("documents").column("document_id").to_pylist()
    ['earthquake-frontiers-2023-10', 'earth-science-literature-table']
    """
    path = package_root() / parquet_path(table_schema(name).name)
    if not path.is_file():
        raise GeoDigestError(f"the table {name} is not built", where=str(path), remedy="run `geodigest build`")
    return pq.read_table(path)
