"""The rows of a release's file, in the types that the release states."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.csv

from geodigest.tabular.arrow import ARROW_TYPES, arrow_buffer

# The defaults of Table Schema, https://datapackage.org/standard/table-schema/#boolean
_TRUE, _FALSE = ["true", "True", "TRUE", "1"], ["false", "False", "FALSE", "0"]


def rows_of_csv(content: bytes, columns: Mapping[str, str], resource: Mapping[str, Any]) -> pa.Table:
    """The rows of a CSV file; the texts that the schema lists as missing values, quoted or not, are null.

    Raises:
        pyarrow.ArrowException: a row has another number of cells, or a cell is not of its column's type.
        LookupError, TypeError, ValueError: the resource's encoding or dialect is not known, or not the file's.
    """
    dialect = resource.get("dialect", {})
    if not isinstance(dialect, Mapping):
        raise TypeError(f"the dialect is {dialect!r}, not an object")
    text = arrow_buffer(content.decode(resource.get("encoding", "utf-8")).encode("utf-8"))
    table = pyarrow.csv.read_csv(
        text,
        # One block: a text with line feeds may be longer than the blocks that Arrow reads by itself.
        read_options=pyarrow.csv.ReadOptions(block_size=max(1 << 20, 2 * len(text))),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=dialect.get("delimiter", ","), quote_char=dialect.get("quoteChar", '"'), newlines_in_values=True
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types={name: ARROW_TYPES[type_] for name, type_ in columns.items()},
            null_values=resource["schema"].get("missingValues", [""]),
            true_values=_TRUE,
            false_values=_FALSE,
            strings_can_be_null=True,
        ),
    )
    return table.combine_chunks()  # equal rows are equal tables
