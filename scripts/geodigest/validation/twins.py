"""The CSV and the Parquet file of one table hold the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from geodigest.tabular.schema import TableSchema
from geodigest.tabular.values import read
from geodigest.validation.failure import Failure, shortened
from geodigest.validation.reading import Reading


def twin_failures(schema: TableSchema, csv: tuple[Path, Reading], parquet: tuple[Path, Reading]) -> Iterator[Failure]:
    """The cells of a CSV file that are not those of its Parquet twin, or that the two have different numbers of rows.

    Left out is what has been reported of either file by itself: columns that lack, rows that are malformed, values and
    columns of another type.
    """
    (path, own), (other_path, other) = csv, parquet
    if own.table is None or other.table is None:
        return
    said = f"as in {other_path.as_posix()}"
    if own.table.num_rows != other.table.num_rows:
        value, expected = f"{own.table.num_rows} rows", f"{other.table.num_rows} {said}"
        yield Failure(path.as_posix(), schema.name, None, None, None, "same", value, expected)
        return
    for field in schema.fields:
        if field.name in other.mistyped or not all(_has(each.table, field.name) for each in (own, other)):
            continue
        cells, wrong = read(own.table[field.name], field.type)
        twins = other.table[field.name]
        for row in _differing(cells, twins):
            if row not in own.malformed and row not in wrong:
                value, twin = own.table[field.name][row].as_py(), twins[row].as_py()
                expected = f"{'null' if twin is None else repr(shortened(str(twin)))} {said}"
                place = (path.as_posix(), schema.name, row + 1, own.lines[row], field.name)
                yield Failure(*place, "same", value, expected)


def _has(table: pa.Table | None, column: str) -> bool:
    return table is not None and table.column_names.count(column) == 1


def _differing(values: pa.Array, twins: pa.ChunkedArray) -> list[int]:
    """Indices where two columns of a length differ; null equals null alone."""
    array = twins.combine_chunks()
    unequal = pc.fill_null(pc.not_equal(values, array), fill_value=False)
    differ = pc.or_(unequal, pc.xor(pc.is_null(values), pc.is_null(array)))
    return list(pc.indices_nonzero(differ).to_pylist())
