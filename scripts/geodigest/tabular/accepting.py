"""Whether tables keep every rule, told batch by batch, without a word on where one does not.

Most tables are right, and to know that takes a small part of the time and memory that it takes to know places: of a
table only the columns of keys are held, their texts once. Where one is not, `geodigest.tabular.checks` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

import pyarrow as pa
import pyarrow.compute as pc

from geodigest.tabular.arrow import arrow_values
from geodigest.tabular.schema import ForeignKey, TableSchema
from geodigest.tabular.values import read, rules

Columns = Mapping[str, pa.ChunkedArray]

COVER = {"documents": {"document_id", "n_characters"}, "spans": {"document_id", "start", "end"}}
"""What the cover of documents by spans is checked with."""


class NotPlainError(Exception):
    """Something is not plainly right: the exact checks are to tell."""


def plain_batch(schema: TableSchema, rows: pa.RecordBatch) -> pa.RecordBatch:
    """The rows in the types of the table, text as dictionaries of its distinct values.

    Raises:
        NotPlainError: a value is not of its column's type, or is NaN.
    """
    columns = []
    for field, values in zip(schema.fields, rows.columns, strict=True):
        if field.type == "string":
            columns.append(values.dictionary_encode())
            continue
        column, wrong = read(values, field.type)
        if wrong or column.null_count > values.null_count:  # NaN is read as null
            raise NotPlainError
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, rows.schema.names)


def accepted_rows(
    schemas: Sequence[TableSchema], batches: Callable[[TableSchema], Iterator[pa.RecordBatch]]
) -> Mapping[str, int] | None:
    """The number of rows of each table, where all keep every rule, by themselves and together; else None.

    None may also be of tables that keep them: of spans that do not stand in the order of their documents.

    Args:
        schemas: the definitions of the tables that there are, in their order.
        batches: the rows of a table as `plain_batch` gives them; asked for each table once, in order.
    """
    rows: dict[str, int] = {}
    held: dict[str, Columns] = {}
    present = {schema.name for schema in schemas}
    try:
        for schema in schemas:
            columns = _held(batches(schema), schema, schemas)
            rows[schema.name] = len(columns[schema.primary_key[0]])
            _require(_is_unique([columns[column] for column in schema.primary_key]))
            _require(all(_is_unique([columns[field.name]]) for field in schema.fields if field.unique))
            held[schema.name] = columns
            # A table refers to itself and to those before it: its other columns need not be held any longer.
            _require(all(_is_kept(key, columns, held) for key in schema.foreign_keys if key.table in present))
            named = _referenced(schema, schemas) | COVER.get(schema.name, set())
            held[schema.name] = {column: values for column, values in columns.items() if column in named}
            del columns
        _require(not present >= COVER.keys() or _covers(held["documents"], held["spans"]))
    except NotPlainError:
        return None
    return rows


def _held(batches: Iterable[pa.RecordBatch], schema: TableSchema, present: Iterable[TableSchema]) -> Columns:
    """The columns that keys and the cover are of, once every batch has kept the rules of its columns."""
    whole = {*schema.primary_key, *(field.name for field in schema.fields if field.unique), *COVER.get(schema.name, ())}
    named = {*_referenced(schema, present), *chain.from_iterable(key.fields for key in schema.foreign_keys)}
    held: dict[str, list[pa.Array]] = {name: [] for name in whole | named}
    types: dict[str, pa.DataType] = {}
    for batch in batches:
        for field in schema.fields:
            column = batch[field.name]
            _require(not (field.required and column.null_count))
            values = column.dictionary if field.type == "string" else column
            _require(all(pc.all(rule(values)).as_py() is not False for rule in rules(field).values()))
        for name, chunks in held.items():
            chunks.append(batch[name] if name in whole else batch[name].unique())
            types[name] = batch[name].type
    return {name: pa.chunked_array(chunks, types.get(name, pa.null())) for name, chunks in held.items()}


def _referenced(schema: TableSchema, present: Iterable[TableSchema]) -> set[str]:
    """The columns by which other tables name the rows of a table."""
    keys = chain.from_iterable(other.foreign_keys for other in present)
    return {column for key in keys if key.table == schema.name for column in key.referenced}


def _require(kept: bool) -> None:
    if not kept:
        raise NotPlainError


def _is_unique(columns: Sequence[pa.ChunkedArray]) -> bool:
    """Whether no row has the values of another in the columns; nulls aside where it is one."""
    if len(columns) == 1:
        return bool(len(_distinct(columns[0])) == len(columns[0]) - columns[0].null_count)
    if not len(columns[0]):
        return True
    codes, room = pa.chunked_array([pa.nulls(0, pa.int64())]), 1
    for number, column in enumerate(columns):
        values, count = _codes(column)
        if room * count >= 2**63:
            return False  # for others to tell
        codes = pc.add(pc.multiply(codes, arrow_values("integer", [count])[0]), values) if number else values
        room *= count
    ascending = pc.all(pc.greater(codes[1:], codes[:-1])).as_py() is not False
    return ascending or bool(len(codes.unique()) == len(codes))


def _codes(column: pa.ChunkedArray) -> tuple[pa.Array, int]:
    """Whole numbers from 0, equal for equal values and ascending where integers do, and a number above all."""
    if pa.types.is_dictionary(column.type):
        encoded = column.unify_dictionaries().combine_chunks()
        return encoded.indices.cast(pa.int64()), len(encoded.dictionary)
    values = column.combine_chunks()
    if not pa.types.is_integer(values.type):
        encoded = values.dictionary_encode()
        return encoded.indices.cast(pa.int64()), len(encoded.dictionary)
    least, greatest = pc.min(values), pc.max(values)
    return pc.subtract(values, least), greatest.as_py() - least.as_py() + 1


def _distinct(column: pa.ChunkedArray) -> pa.Array:
    """The values that occur, but null."""
    if not pa.types.is_dictionary(column.type):
        return column.unique().drop_null()
    return column.unify_dictionaries().chunk(0).dictionary if column.num_chunks else pa.nulls(0, pa.string())


def _is_kept(key: ForeignKey, columns: Columns, held: Mapping[str, Columns]) -> bool:
    """Whether every row that is named is there; False, for others to tell, of keys of several columns."""
    if len(key.fields) > 1 or key.table not in held:
        return False
    named, known = _distinct(columns[key.fields[0]]), _distinct(held[key.table][key.referenced[0]])
    return not len(named) or (len(known) > 0 and bool(pc.all(pc.is_in(named, known)).as_py()))


def _covers(documents: Columns, spans: Columns) -> bool:
    """Whether the spans, in their order, cover one document after the other from 0 to its length."""
    if not len(spans["start"]):
        return not len(documents["document_id"])
    names = spans["document_id"].unify_dictionaries().combine_chunks()
    starts, ends = spans["start"].combine_chunks(), spans["end"].combine_chunks()
    begins = pc.not_equal(names.indices[1:], names.indices[:-1])
    if not pc.all(pc.or_(begins, pc.equal(starts[1:], ends[:-1]))).as_py() or not pc.all(pc.less(starts, ends)).as_py():
        return False
    first = [0, *(row + 1 for row in pc.indices_nonzero(begins).to_pylist())]
    lengths = dict(zip(*(documents[name].to_pylist() for name in ("document_id", "n_characters")), strict=True))
    last = [row - 1 for row in [*first[1:], len(starts)]]
    covered = {names[row].as_py(): ends[row].as_py() for row in last}
    return len(covered) == len(first) and covered == lengths and all(starts[row].as_py() == 0 for row in first)
