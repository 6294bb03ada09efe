"""A table's definition as a pandera model for Polars frames."""

from functools import partial
from typing import Any, cast

import pandera.polars as pl_check
import polars as pl
import pyarrow as pa
from pandera import dtypes
from pandera.api.polars.types import PolarsData
from pandera.config import ValidationDepth, get_config_context
from pandera.engines import polars_engine

from geodigest.tabular.schema import Field, TableSchema
from geodigest.tabular.values import Rule, expected, read, rules

_TYPES = {"string": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date}


class TableModel(pl_check.DataFrameSchema):
    """A `pandera.polars.DataFrameSchema` that checks the values of a `polars.LazyFrame`, too.

    pandera itself checks of a LazyFrame its columns and types alone and lets every value pass.
    """

    def validate(self, check_obj: Any, *args: Any, **options: Any) -> Any:
        """The frame with the table's types, once it keeps every rule.

        A LazyFrame is collected and comes back as the `lazy()` of what was checked, so that it is read once.
        """
        if isinstance(check_obj, pl.LazyFrame):
            return super().validate(check_obj.collect(), *args, **options).lazy()
        return super().validate(check_obj, *args, **options)

    @classmethod
    def get_backend(cls, check_obj: Any = None, check_type: type | None = None) -> Any:
        """That of pandera's own class: pandera looks one up by the very class."""
        return pl_check.DataFrameSchema.get_backend(check_obj, check_type)


@dtypes.immutable(init=True)
class ColumnType(polars_engine.DataType):
    """A field type of Table Schema: the Polars type that its values are read into, and how they are read.

    pandera's own coercion cuts 1.5 to 1, and stops at the first column with a value that cannot be read.
    """

    kind: str

    def __init__(self, kind: str) -> None:
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "type", _TYPES[kind])

    def coerce(self, data_container: Any) -> pl.LazyFrame:
        """The values read, or as they are where one cannot be read: the check `type` then tells which."""
        frame: pl.LazyFrame = data_container.lazyframe
        if data_container.key not in frame.collect_schema():  # a column that lacks is pandera's to tell
            return frame
        column, wrong = _read(data_container, self.kind)
        return frame if wrong else frame.with_columns(pl.Series(data_container.key, column))

    def check(self, pandera_dtype: dtypes.DataType, data_container: Any = None) -> bool:  # noqa: ARG002
        """Whether the column has the type, where pandera is set to look at no values; else the check `type` tells."""
        looks_at_values = get_config_context().validation_depth is not ValidationDepth.SCHEMA_ONLY
        return looks_at_values or bool(self.type == polars_engine.Engine.dtype(pandera_dtype).type)

    def __str__(self) -> str:
        """The name of the field type."""
        return self.kind


def polars_model(table: TableSchema) -> TableModel:
    """The pandera model of a table: its columns in order and no others, their types and rules, and the primary key.

    It reads values into their types first, so that one model serves a frame read from Parquet and one read from CSV as
    text; a LazyFrame is collected. Checks are called as those of `geodigest.tabular.pandas_model.pandas_model`, but for
    `primaryKey`, that of the primary key. Of a repeated value of a unique column every row is reported.
    """
    return TableModel(
        {field.name: _column(field) for field in table.fields},
        name=table.name,
        title=table.title,
        description=table.description,
        checks=pl_check.Check(
            partial(_is_new, key=table.primary_key), name="primaryKey", description="a key that no row above has"
        ),
        coerce=True,
        strict=True,
        ordered=True,
    )


def _column(field: Field) -> pl_check.Column:
    checks = [pl_check.Check(partial(_is_of_type, kind=field.type), name="type", description=expected(field, "type"))]
    checks += [
        pl_check.Check(partial(_keeps, rule=rule, kind=field.type), name=name, description=expected(field, name))
        for name, rule in rules(field).items()
    ]
    return pl_check.Column(
        cast("Any", ColumnType(field.type)),
        checks=checks,
        nullable=not field.required,
        unique=field.unique,
        title=field.title,
        description=field.description,
    )


def _is_new(data: PolarsData, key: tuple[str, ...]) -> pl.LazyFrame | bool:
    """Whether no row above has the row's key, or a null in it; pandera's own breaks down where a column of it lacks."""
    if not set(key) <= set(data.lazyframe.collect_schema()):
        return True
    null = pl.any_horizontal(pl.col(key).is_null())  # that is for `required` to say
    return data.lazyframe.select(kept=pl.struct(key).is_first_distinct() | null)


def _is_of_type(data: PolarsData, kind: str) -> pl.LazyFrame:
    column, wrong = _read(data, kind)
    kept = pl.Series([True]).new_from_index(0, len(column)).scatter(wrong, False)
    return pl.LazyFrame({"kept": kept})


def _keeps(data: PolarsData, rule: Rule, kind: str) -> pl.LazyFrame:
    """Whether each value keeps the rule; one that is not of the type breaks that alone."""
    return pl.LazyFrame({"kept": pl.Series(rule(_read(data, kind)[0]).fill_null(True))})


def _read(data: PolarsData, kind: str) -> tuple[pa.Array, list[int]]:
    return read(data.lazyframe.select(data.key).collect().to_series().to_arrow(), kind)
