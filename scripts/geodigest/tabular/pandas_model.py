"""A table's definition as a pandera model for pandas frames."""

from functools import partial
from typing import Any

import pandas as pd
import pandera.pandas as pa_check
import pyarrow as pa
from pandera import dtypes
from pandera.config import ValidationDepth, get_config_context
from pandera.engines import pandas_engine

from geodigest.tabular.arrow import ARROW_TYPES
from geodigest.tabular.schema import Field, TableSchema
from geodigest.tabular.values import Rule, expected, read, rules


@dtypes.immutable(init=True)
class ColumnType(pandas_engine.DataType):
    """A field type of Table Schema: the `pandas.ArrowDtype` that its values are read into, and how they are read.

    pandera's own coercion cuts 1.5 to 1, and where one value cannot be read it calls every null beside it wrong, too.
    """

    kind: str

    def __init__(self, kind: str) -> None:
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "type", pd.ArrowDtype(ARROW_TYPES[kind]))

    def coerce(self, data_container: Any) -> Any:
        """The values read, or as they are where one cannot be read: the check `type` then tells which."""
        column, wrong = read_series(data_container, self.kind)
        return data_container if wrong else column

    def check(self, pandera_dtype: dtypes.DataType, data_container: Any = None) -> bool:
        """Whether the column has the type, where pandera is set to look at no values; else the check `type` tells."""
        looks_at_values = get_config_context().validation_depth is not ValidationDepth.SCHEMA_ONLY
        return looks_at_values or bool(super().check(pandera_dtype, data_container))

    def __str__(self) -> str:
        """The name of the field type."""
        return self.kind


def pandas_model(table: TableSchema) -> pa_check.DataFrameSchema:
    """The pandera model of a table: its columns in order and no others, their types and rules, and the primary key.

    It reads values into their types first, so that one model serves a frame read from Parquet and one read from CSV as
    text. Checks are called by the constraints of Table Schema (`type`, `enum`, `pattern`, `minimum`) and `clean`; what
    pandera has of its own keeps its names: `not_nullable` (required), `field_uniqueness` (unique) and
    `multiple_fields_uniqueness` (primary key). A repeated value is reported from its second row on.
    """
    return pa_check.DataFrameSchema(
        {field.name: _column(field) for field in table.fields},
        name=table.name,
        title=table.title,
        description=table.description,
        unique=list(table.primary_key),
        report_duplicates="exclude_first",
        coerce=True,
        strict=True,
        ordered=True,
    )


def read_series(series: pd.Series, kind: str) -> tuple[pd.Series, list[int]]:
    """The series in the `pandas.ArrowDtype` of a field type, and the places of the values that are not of it."""
    values: Any = pa.array(series.array) if isinstance(series.dtype, pd.ArrowDtype) else series.to_list()
    array, wrong = read(values, kind)
    return pd.Series(pd.arrays.ArrowExtensionArray(array), index=series.index, name=series.name), wrong


def _column(field: Field) -> pa_check.Column:
    checks = [
        pa_check.Check(
            partial(_is_of_type, kind=field.type), name="type", description=expected(field, "type"), ignore_na=True
        )
    ]
    checks += [
        pa_check.Check(
            partial(_keeps, rule=rule, kind=field.type), name=name, description=expected(field, name), ignore_na=True
        )
        for name, rule in rules(field).items()
    ]
    return pa_check.Column(
        ColumnType(field.type),
        checks=checks,
        nullable=not field.required,
        unique=field.unique,
        report_duplicates="exclude_first",
        title=field.title,
        description=field.description,
    )


def _is_of_type(series: pd.Series, kind: str) -> pd.Series:
    kept = pd.Series(True, index=series.index)
    kept.iloc[read_series(series, kind)[1]] = False
    return kept


def _keeps(series: pd.Series, rule: Rule, kind: str) -> pd.Series:
    """Whether each value keeps the rule; one that is not of the type breaks that alone."""
    column, _ = read_series(series, kind)
    kept = rule(pa.array(column.array)).fill_null(True)
    return pd.Series(kept.to_numpy(zero_copy_only=False), index=series.index)
