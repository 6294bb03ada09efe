"""The published tables and their definitions, read for use. Each library is imported by the form that needs it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geodigest.errors import GeoDigestError
from geodigest.extras import extra
from geodigest.paths import package_root, parquet_path, utf8_path
from geodigest.wording import suggestion

# What follows costs a fifth of the time that a small table takes to load: imported where it is used.
if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow

    from geodigest.conditions import Condition
    from geodigest.tabular.schema import TableSchema


@cache
def table_schemas() -> tuple[TableSchema, ...]:
    """The definitions of the published tables, in the order of the data model.

    They are read once a process, which takes half as long as to convert a short document.
    """
    from geodigest.tabular.schema import read_table_schemas

    return read_table_schemas(package_root() / "schema")


def table_schema(name: str) -> TableSchema:
    """The definition of a published table: its columns, types and rules.

    Raises:
        GeoDigestError: there is no table of this name; says which names come near.

    >>> table_schema("spans").primary_key
    ('document_id', 'start')
    """
    schemas = {schema.name: schema for schema in table_schemas()}
    if not isinstance(name, str) or name not in schemas:
        raise GeoDigestError(f"there is no table {name!r}", where="geodigest", remedy=suggestion(str(name), schemas))
    return schemas[name]


def load_arrow(name: str, columns: Sequence[str] | None = None, where: Sequence[Condition] = ()) -> pyarrow.Table:
    """A published table, with the titles and descriptions of `schema/` in the field metadata.

    The file is mapped into memory. Of its columns those that are asked for or named in a condition are read, of its row
    groups those that can hold a row that keeps the conditions.

    Args:
        name: the table's name.
        columns: the names of the columns, in the order wanted; None is all.
        where: the conditions that a row is to keep, all of them.

    Raises:
        GeoDigestError: there is no table of this name, or it has not been built, or its file is broken; there is no
            such column, or a condition is none or has a value of another type.

    >>> load_arrow("documents").column("document_id").to_pylist()
    ['earthquake-frontiers-2023-10', 'earth-science-literature-table']
    >>> load_arrow("passages", ["text"], [("facet", "=", "methods"), ("depth", ">", 9)]).num_rows
    0
    """
    path = _file(name)
    definition = _definition(name, columns, where)
    # Not read_table: it imports pyarrow.dataset, and that pandas, for more than twice the time.
    from pyarrow import ArrowException, memory_map
    from pyarrow.parquet import ParquetFile

    refused = _readable(path, ArrowException, KeyError, OSError)
    with refused, memory_map(os.fsencode(path)) as content, ParquetFile(content) as file:
        if definition is None:
            return file.read()
        from geodigest.conditions import kept_in_arrow, may_be_in

        wanted = list(file.schema_arrow.names if columns is None else columns)
        groups = [n for n in range(file.num_row_groups) if may_be_in(file.metadata.row_group(n), where)]
        rows = file.read_row_groups(groups, [*wanted, *(column for column, *_ in where)])
        return kept_in_arrow(definition, rows, where).select(wanted)


def load_pandas(name: str, columns: Sequence[str] | None = None, where: Sequence[Condition] = ()) -> pandas.DataFrame:
    """A published table as a frame of Arrow types (`pandas.ArrowDtype`): whole numbers and nulls stay what they are.

    Args and errors are those of `load_arrow`.
    """
    import pandas as pd

    frame: pd.DataFrame = load_arrow(name, columns, where).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def load_polars(name: str, columns: Sequence[str] | None = None, where: Sequence[Condition] = ()) -> polars.DataFrame:
    """A published table as a Polars frame; args and errors as `load_arrow`, and it is one that Polars is not installed.

    Polars reads the columns and row groups that it needs.
    """
    path = _file(name)
    _definition(name, columns, where)
    with extra("polars", where="geodigest.load"):
        import polars as pl
    with _readable(path, pl.exceptions.PolarsError, OSError):
        rows = pl.scan_parquet(utf8_path(path), glob=False)
        if where:
            from geodigest.conditions import polars_expressions

            rows = rows.filter(*polars_expressions(where))
        return (rows if columns is None else rows.select(columns)).collect()


def load_duckdb(
    name: str, columns: Sequence[str] | None = None, where: Sequence[Condition] = ()
) -> duckdb.DuckDBPyRelation:
    """A published table as a relation of DuckDB's default connection, which reads the file when it is asked.

    `duckdb.sql` finds it by the name of the Python variable that holds it. Args and errors are those of `load_arrow`,
    and it is an error that DuckDB is not installed.
    """
    path = _file(name)
    _definition(name, columns, where)
    with extra("duckdb", where="geodigest.load"):
        import duckdb
    from glob import escape

    with _readable(path, duckdb.Error):
        rows = duckdb.read_parquet(escape(utf8_path(path)))
        if where:
            from geodigest.conditions import duckdb_expressions

            for expression in duckdb_expressions(where):
                rows = rows.filter(expression)
        return rows if columns is None else rows.select(*map(duckdb.ColumnExpression, columns))


FORMS: Mapping[str, Callable[[str, Sequence[str] | None, Sequence[Condition]], object]] = {
    "arrow": load_arrow,
    "pandas": load_pandas,
    "polars": load_polars,
    "duckdb": load_duckdb,
}


@contextmanager
def _readable(path: Path, *refused: type[Exception]) -> Iterator[None]:
    """Tell in one line, the same for all libraries, that one cannot read the table's file."""
    try:
        yield
    except refused as error:
        remedy = "run `geodigest build`, or install geodigest again"
        raise GeoDigestError("this is no whole Parquet file of the table", where=str(path), remedy=remedy) from error


@cache
def _file(name: str) -> Path:
    """The table's Parquet file; the names of the definitions tell the tables, they need not be read for it."""
    names = {path.stem for path in (package_root() / "schema").iterdir()} - {"package"}
    if name not in names:
        table_schema(name)  # raises: there is no such table
    path = package_root() / parquet_path(name)
    if path.is_file():
        return path
    raise GeoDigestError(f"the table {name} is not built", where=str(path), remedy="run `geodigest build`")


def _definition(name: str, columns: Sequence[str] | None, where: Sequence[Condition]) -> TableSchema | None:
    """The table's definition, once columns and conditions are held to it; None where there are none to be read for."""
    if columns is None and not where:
        return None
    from geodigest.conditions import check_columns, check_conditions
    from geodigest.tabular.schema import read_table_schema

    definition = read_table_schema(package_root() / "schema" / f"{name}.json")
    if columns is not None:
        check_columns(definition, columns)
    check_conditions(definition, where)
    return definition
