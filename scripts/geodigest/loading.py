"""The published tables and their definitions, read for use. Each library is imported by the form that needs it."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from geodigest.errors import GeoDigestError
from geodigest.extras import extra
from geodigest.paths import package_root, parquet_path
from geodigest.tabular.schema import TableSchema, read_table_schemas

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow


def table_schemas() -> tuple[TableSchema, ...]:
    """The definitions of the published tables, in the order of the data model."""
    return read_table_schemas(package_root() / "schema")


def table_schema(name: str) -> TableSchema:
    """The definition of a published table: its columns, types and rules.

    Raises:
        GeoDigestError: there is no table of this name; says which names come near.

    >>> table_schema("spans").primary_key
    ('document_id', 'start')
    """
    schemas = {schema.name: schema for schema in table_schemas()}
    if name not in schemas:
        raise GeoDigestError(f"there is no table {name!r}", where="geodigest", remedy=suggestion(name, schemas))
    return schemas[name]


def suggestion(name: str, known: Iterable[str]) -> str:
    """What to write in the place of a name that is not known: those that come near it, or else all that are known.

    >>> suggestion("study", ["documents", "studies"])
    "did you mean 'studies'?"
    >>> suggestion("papers", ["documents", "studies"])
    "use one of 'documents', 'studies'"
    """
    names = list(known)
    near = get_close_matches(name.lower(), names, n=2, cutoff=0.65)
    if near:
        return f"did you mean {' or '.join(map(repr, near))}?"
    return f"use one of {', '.join(map(repr, names))}"


def load_arrow(name: str) -> pyarrow.Table:
    """A published table, with the titles and descriptions of `schema/` in the field metadata.

    Raises:
        GeoDigestError: there is no table of this name, or it has not been built.

    >>> load_arrow("documents").column("document_id").to_pylist()
    ['earthquake-frontiers-2023-10', 'earth-science-literature-table']
    """
    import pyarrow.parquet as pq

    return pq.read_table(_file(name))


def load_pandas(name: str) -> pandas.DataFrame:
    """A published table as a frame of Arrow types (`pandas.ArrowDtype`): whole numbers and nulls stay what they are.

    Raises:
        GeoDigestError: as `load_arrow`.
    """
    import pandas as pd

    frame: pd.DataFrame = load_arrow(name).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def load_polars(name: str) -> polars.DataFrame:
    """A published table as a Polars frame.

    Raises:
        GeoDigestError: as `load_arrow`, or Polars is not installed.
    """
    with extra("polars", where="geodigest.load"):
        import polars as pl
    return pl.read_parquet(_file(name), glob=False)


def load_duckdb(name: str) -> duckdb.DuckDBPyRelation:
    """A published table as a relation of DuckDB's default connection, which reads the file when it is asked.

    `duckdb.sql` finds it by the name of the Python variable that holds it.

    Raises:
        GeoDigestError: as `load_arrow`, or DuckDB is not installed.
    """
    with extra("duckdb", where="geodigest.load"):
        import duckdb
    return duckdb.read_parquet(glob.escape(str(_file(name))))


FORMS: Mapping[str, Callable[[str], object]] = {
    "arrow": load_arrow,
    "pandas": load_pandas,
    "polars": load_polars,
    "duckdb": load_duckdb,
}


def _file(name: str) -> Path:
    path = package_root() / parquet_path(table_schema(name).name)
    if not path.is_file():
        raise GeoDigestError(f"the table {name} is not built", where=str(path), remedy="run `geodigest build`")
    return path
