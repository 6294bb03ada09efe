"""The definitions of the published tables in the forms that other programs check data with.

Each form is made from the Table Schema files of the package; the library of a model is imported when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from geodigest.extras import extra
from geodigest.loading import table_schema, table_schemas
from geodigest.tabular.arrow import arrow_schema as _arrow_schema
from geodigest.tabular.schema import Field, ForeignKey, TableSchema

if TYPE_CHECKING:
    import pandera.pandas
    import pandera.polars

__all__ = [
    "Field",
    "ForeignKey",
    "TableSchema",
    "arrow_schema",
    "pandas_model",
    "polars_model",
    "table_schema",
    "table_schemas",
]


def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of a published table; titles and descriptions are metadata of its fields.

    Raises:
        GeoDigestError: there is no table of this name.

    >>> arrow_schema("spans").names[:3]
    ['document_id', 'start', 'end']
    """
    return _arrow_schema(table_schema(table))


def pandas_model(table: str) -> pandera.pandas.DataFrameSchema:
    """The pandera model of a published table for pandas frames, read from Parquet or from CSV as text alike.

    Its checks are called by the constraints of Table Schema; keys between tables are the command's, `geodigest
    validate`.

    Raises:
        GeoDigestError: there is no table of this name.

    >>> from geodigest import load
    >>> checked = pandas_model("studies").validate(load("studies", as_="pandas"), lazy=True)
    >>> len(checked)
    54
    """
    from geodigest.tabular.pandas_model import pandas_model as model

    return model(table_schema(table))


def polars_model(table: str) -> pandera.polars.DataFrameSchema:
    """The pandera model of a published table for Polars frames: the rules and names of `pandas_model`.

    A `polars.LazyFrame` is collected, its values are checked, and it comes back lazy. (pandera alone would check of it
    the columns and types, and let every value pass.)

    Raises:
        GeoDigestError: there is no table of this name, or Polars is not installed.

    >>> from geodigest import load
    >>> checked = polars_model("studies").validate(load("studies", as_="polars"), lazy=True)
    >>> len(checked)
    54
    """
    with extra("polars", where="geodigest.schema.polars_model"):
        from geodigest.tabular.polars_model import polars_model as model

    return model(table_schema(table))
