"""Whether the files of a set keep every rule, told batch by batch, without a word on where one does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from geodigest.tabular.accepting import accepted_rows
from geodigest.tabular.schema import TableSchema
from geodigest.validation.batches import csv_batches, parquet_batches
from geodigest.validation.sources import Form, TableSet

Batches = Callable[[Path, TableSchema], Iterator[pa.RecordBatch]]

_BATCHES: Mapping[Form, Batches] = {"csv": csv_batches, "parquet": parquet_batches}


def accepted(
    source: TableSet, schemas: Mapping[str, TableSchema], on_file: Callable[[], None] = lambda: None
) -> Mapping[str, int] | None:
    """The number of rows of each table, where the files keep every rule, by themselves and together; else None.

    None may also be of files that keep them: of spans that do not stand in the order of their documents.
    """

    def batches(schema: TableSchema) -> Iterator[pa.RecordBatch]:
        on_file()
        return _BATCHES[source.form](source.files[schema.name], schema)

    return accepted_rows([schema for name, schema in schemas.items() if name in source.files], batches)


def are_same(csv: Path, parquet: Path, schema: TableSchema) -> bool:
    """Whether two files that are accepted hold the same rows."""
    own, twin = csv_batches(csv, schema), parquet_batches(parquet, schema)
    rows, others = next(own, None), next(twin, None)
    while rows is not None and others is not None:
        length = min(len(rows), len(others))
        if not all(map(_are_equal, rows.slice(0, length).columns, others.slice(0, length).columns)):
            return False
        rows = rows.slice(length) if length < len(rows) else next(own, None)
        others = others.slice(length) if length < len(others) else next(twin, None)
    return rows is None and others is None


def _are_equal(values: pa.Array, twins: pa.Array) -> bool:
    plain = [each.dictionary_decode() if pa.types.is_dictionary(each.type) else each for each in (values, twins)]
    return bool(plain[0].equals(plain[1]))
