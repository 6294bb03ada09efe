"""Conditions that rows are to keep, in the form of `pyarrow.parquet`'s filters: `("facet", "=", "methods")`.

They are checked against the definition of the table once, and then put to Arrow, Polars or DuckDB with one meaning: a
null keeps no condition but `(column, "=", None)`.
"""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from geodigest.errors import GeoDigestError
from geodigest.tabular.schema import TableSchema
from geodigest.wording import suggestion

if TYPE_CHECKING:
    import duckdb
    import polars
    import pyarrow
    import pyarrow.parquet

Scalar: TypeAlias = str | int | float | datetime.date
Operator: TypeAlias = Literal["=", "==", "!=", "<", "<=", ">", ">=", "in", "not in"]
Condition: TypeAlias = tuple[str, Operator, Scalar | Collection[Scalar] | None]
"""A column, how its values compare, and with what: a value, None for null, or for `in` and `not in` some values."""

_COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_OPERATORS = (*_COMPARISONS, "in", "not in")

_KINDS: Mapping[str, tuple[tuple[type, ...], str]] = {
    "string": ((str,), "a str"),
    "integer": ((int,), "an int of 64 bits"),
    "number": ((int, float), "a number"),
    "boolean": ((bool,), "a bool"),
    "date": ((datetime.date,), "a datetime.date"),
}
"""By field type: what a value of a condition is in Python, and how that is called."""


def check_columns(schema: TableSchema, columns: Sequence[str]) -> None:
    """Check that the columns are some of the table, each once.

    Raises:
        GeoDigestError: they are not; says which names come near.
    """
    if isinstance(columns, str) or not columns:
        raise _error(f"columns={columns!r} is no list of names", 'write columns=["…"], or leave it out for all columns')
    for number, column in enumerate(columns):
        _kind(schema, column)
        if column in columns[:number]:
            raise _error(f"the column {column!r} is named twice", "name each once")


def check_conditions(schema: TableSchema, where: Sequence[Condition]) -> None:
    """Check that each condition names a column, an operator, and a value of the column's type.

    Raises:
        GeoDigestError: one does not; says which names come near, or what value is asked for.
    """
    if not isinstance(where, list | tuple):
        raise _error(f"where={where!r} is no list of conditions", 'write where=[("column", "=", "value")]')
    for condition in where:
        if not isinstance(condition, tuple) or len(condition) != 3:
            raise _error(f"{condition!r} is no condition", 'write ("column", "=", "value")')
        column, compared, value = condition
        kind = _kind(schema, column)
        if compared not in _OPERATORS:
            raise _error(f"there is no operator {compared!r}", suggestion(str(compared), _OPERATORS))
        if compared in {"in", "not in"}:
            if isinstance(value, str) or not isinstance(value, Collection):
                raise _error(f"{value!r} is no collection of values", f"write ({column!r}, {compared!r}, [{value!r}])")
            wrong = next(([each] for each in value if not _is_of(kind, each)), None)
        else:
            fits = compared in {"=", "==", "!="} if value is None else _is_of(kind, value)
            wrong = None if fits else [value]
        if wrong and isinstance(wrong[0], str) and kind == "string":
            raise _error(f"{column} {compared} {wrong[0]!r}: a lone surrogate is no character", "leave it out")
        if wrong:
            raise _error(f"{column} {compared} {wrong[0]!r}: the column is of type {kind}", f"give {_KINDS[kind][1]}")


def kept_in_arrow(schema: TableSchema, table: pyarrow.Table, where: Iterable[Condition]) -> pyarrow.Table:
    """The rows of an Arrow table that keep every condition."""
    import pyarrow.compute as pc

    from geodigest.tabular.arrow import arrow_values

    functions = {"=": pc.equal, "==": pc.equal, "!=": pc.not_equal}
    functions |= {"<": pc.less, "<=": pc.less_equal, ">": pc.greater, ">=": pc.greater_equal}
    mask = None
    for column, compared, value in where:
        values, kind = table[column], _kind(schema, column)
        if compared in {"in", "not in"}:
            keeps = pc.is_in(values, arrow_values(kind, list(value)))  # type: ignore[arg-type]
            if compared == "not in":
                keeps = pc.and_(pc.invert(keeps), pc.is_valid(values))
        elif value is None:
            keeps = pc.is_valid(values) if compared == "!=" else pc.is_null(values)
        else:
            keeps = functions[compared](values, arrow_values(kind, [value])[0])
        mask = keeps if mask is None else pc.and_(mask, keeps)
    return table if mask is None else table.filter(mask)


def may_be_in(group: pyarrow.parquet.RowGroupMetaData, where: Iterable[Condition]) -> bool:
    """Whether a row group can hold a row that keeps every condition, by the least and greatest values in its footer."""
    chunks = {chunk.path_in_schema: chunk.statistics for chunk in map(group.column, range(group.num_columns))}
    for column, compared, value in where:
        known = chunks[column]
        if known is None or not known.has_min_max or value is None:
            continue
        least, greatest = known.min, known.max
        wanted = value if compared == "in" else [value]
        if compared in {"=", "==", "in"} and not any(least <= each <= greatest for each in wanted):  # type: ignore[union-attr]
            return False
        if (compared in {"<", "<="} and not _COMPARISONS[compared](least, value)) or (
            compared in {">", ">="} and not _COMPARISONS[compared](greatest, value)
        ):
            return False
    return True


def polars_expressions(where: Iterable[Condition]) -> list[polars.Expr]:
    """The conditions as Polars writes them."""
    import polars as pl

    expressions = []
    for column, compared, value in where:
        values = pl.col(column)
        if compared in {"in", "not in"}:
            kept = values.is_in(list(value))  # type: ignore[arg-type]
            expressions.append(~kept & values.is_not_null() if compared == "not in" else kept)
        elif value is None:
            expressions.append(values.is_not_null() if compared == "!=" else values.is_null())
        else:
            expressions.append(_COMPARISONS[compared](values, value))
    return expressions


def duckdb_expressions(where: Iterable[Condition]) -> list[duckdb.Expression]:
    """The conditions as DuckDB writes them."""
    from duckdb import ColumnExpression, ConstantExpression

    expressions = []
    for column, compared, value in where:
        values = ColumnExpression(column)
        if compared in {"in", "not in"}:
            allowed = [ConstantExpression(each) for each in value]  # type: ignore[union-attr]
            kept = values.isin(*allowed) if allowed else ConstantExpression(False)
            expressions.append(~kept & values.isnotnull() if compared == "not in" else kept)
        elif value is None:
            expressions.append(values.isnotnull() if compared == "!=" else values.isnull())
        else:
            expressions.append(_COMPARISONS[compared](values, ConstantExpression(value)))
    return expressions


def _kind(schema: TableSchema, column: str) -> str:
    kinds = {field.name: field.type for field in schema.fields}
    if not isinstance(column, str) or column not in kinds:
        raise _error(f"the table {schema.name} has no column {column!r}", suggestion(str(column), kinds))
    return kinds[column]


def _is_of(kind: str, value: object) -> bool:
    """Whether a value is of a field type: a truth value is no number, a time no date, NaN nothing to compare with.

    Nor is a text with a lone surrogate, which no file can have.
    """
    if isinstance(value, bool):
        return kind == "boolean"
    if isinstance(value, datetime.datetime) or not isinstance(value, _KINDS[kind][0]):
        return False
    if isinstance(value, str):
        return not any("\ud800" <= character <= "\udfff" for character in value)
    return not isinstance(value, int | float) or -(2**63) <= value < 2**63


def _error(what: str, remedy: str) -> GeoDigestError:
    return GeoDigestError(what, where="geodigest.load", remedy=remedy)
