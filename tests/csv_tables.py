"""A CSV file of the dataset read back into Arrow, for comparison with its Parquet twin."""

from pathlib import Path

import pyarrow as pa
import pyarrow.csv

from geodigest.tabular.arrow import arrow_schema
from geodigest.tabular.schema import TableSchema


def read_csv_table(schema: TableSchema, path: Path) -> pa.Table:
    """The rows of a CSV file in the types of the schema; nothing between the commas is null."""
    types = {field.name: field.type for field in arrow_schema(schema)}
    table = pyarrow.csv.read_csv(
        path,
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=types, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
        ),
    )
    return table.cast(arrow_schema(schema))
