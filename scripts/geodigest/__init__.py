"""GeoDigest: Chinese digests of Earth-science papers as structured, validated tables.

>>> import geodigest
>>> geodigest.load("studies").num_rows
54
>>> geodigest.schema.table_schema("studies").primary_key
('study_id',)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, overload

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow

    from geodigest import schema as schema
    from geodigest.conditions import Condition

__all__ = ["load", "schema", "tables"]
__version__ = "0.1.0"


@overload
def load(
    table: str,
    *,
    as_: Literal["arrow"] = "arrow",
    columns: Sequence[str] | None = None,
    where: Sequence[Condition] = (),
) -> pyarrow.Table: ...
@overload
def load(
    table: str,
    *,
    as_: Literal["pandas"],
    columns: Sequence[str] | None = None,
    where: Sequence[Condition] = (),
) -> pandas.DataFrame: ...
@overload
def load(
    table: str,
    *,
    as_: Literal["polars"],
    columns: Sequence[str] | None = None,
    where: Sequence[Condition] = (),
) -> polars.DataFrame: ...
@overload
def load(
    table: str,
    *,
    as_: Literal["duckdb"],
    columns: Sequence[str] | None = None,
    where: Sequence[Condition] = (),
) -> duckdb.DuckDBPyRelation: ...
def load(
    table: str, *, as_: str = "arrow", columns: Sequence[str] | None = None, where: Sequence[Condition] = ()
) -> object:
    """A published table, read from the files that come with the package: the network is not used.

    Nulls, whole numbers and dates are the same in every form.

    Args:
        table: its name, one of `tables()`.
        as_: `"arrow"` (a `pyarrow.Table`), `"pandas"` (a frame of Arrow types), `"polars"`, or `"duckdb"` (a relation
            of the default connection that reads the file when it is asked; `duckdb.sql("FROM studies")` finds the one
            that the variable `studies` holds). The library is imported only then.
        columns: the names of the columns, in the order wanted; all, if it is left out. No other is read.
        where: the conditions that a row is to keep, all of them: a column, one of `=`, `!=`, `<`, `<=`, `>`, `>=`, `in`
            and `not in`, and a value of the column's type (a `datetime.date` for a date), for `in` a list of them. A
            null keeps no condition but `(column, "=", None)`.

    Raises:
        GeoDigestError: there is no table, form, column or operator of this name (says which come near), a value is of
            another type than its column, or the library is not installed.

    >>> load("passages", columns=["text"], where=[("facet", "=", "methods"), ("depth", "<=", 2)]).column_names
    ['text']
    """
    from geodigest.loading import FORMS, table_schema

    if not isinstance(table, str):
        table_schema(table)  # raises: there is no such table
    if not isinstance(as_, str) or as_ not in FORMS:
        from geodigest.errors import GeoDigestError
        from geodigest.wording import suggestion

        raise GeoDigestError(f"there is no form {as_!r}", where="geodigest.load", remedy=suggestion(str(as_), FORMS))
    return FORMS[as_](table, columns, where)


def tables() -> tuple[str, ...]:
    """The names of the published tables, in the order of the data model.

    >>> tables()[:3]
    ('documents', 'studies', 'passages')
    """
    from geodigest.loading import table_schemas

    return tuple(table.name for table in table_schemas())


def __getattr__(name: str) -> object:
    """The module `geodigest.schema`, imported when it is first named: it imports pyarrow."""
    if name == "schema":
        import importlib

        return importlib.import_module("geodigest.schema")
    raise AttributeError(f"module 'geodigest' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
