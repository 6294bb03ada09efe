"""The definitions of the published tables in the forms that other programs check data with.

Each form is made from the Table Schema files of the package; the library of a model is imported when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from geodigest.loading import table_schema, table_schemas
from geodigest.tabular.arrow import arrow_schema as _arrow_schema
from geodigest.tabular.schema import Field, ForeignKey, TableSchema

if TYPE_CHECKING:
    import pandera.pandas

__all__ = ["Field", "ForeignKey", "TableSchema", "arrow_schema", "pandas_model", "table_schema", "table_schemas"]


def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of a published table; titles and descriptions are metadata of its fields.

    Raises:
        GeoDigestError: there is no table of this name.

    >>> arrow_schema("spans").names[:3]
    ['document_id', 'start', 'end']
    """
    return _arrow_schema(table_schema(table))


def pandas_model(table: str) -> pandera.pandas.DataFrameSchema:
    """The pandera model of a published table for pandas frames, read from Parquet or CSV alike.

    Raises:
        GeoDigestError: there is no table of this name.
    """
    from geodigest.tabular.checks import table_model

    return table_model(table_schema(table))
