"""Hugging Face: a table's features, and the config and the `dataset_info` that a dataset card states of it.

`datasets` is imported where it is used: it takes a second, and the card needs names alone.
"""

from typing import TYPE_CHECKING

from geodigest.paths import parquet_path
from geodigest.tabular.arrow import arrow_schema
from geodigest.tabular.files import TableFiles
from geodigest.tabular.schema import TableSchema

if TYPE_CHECKING:
    import datasets

DEFAULT_TABLE = "studies"
"""What `datasets` loads where no table is named."""

DTYPES = {"string": "string", "integer": "int64", "number": "float64", "boolean": "bool", "date": "date32"}


def features(table: TableSchema) -> "datasets.Features":
    """The table's features as `datasets` has them."""
    import datasets

    return datasets.Features.from_arrow_schema(arrow_schema(table))


def config(table: TableSchema, files: TableFiles, *, in_parts: bool = False) -> dict[str, object]:
    """The table's entry under `configs` in the card: its Parquet file, or folder of files, as the split `train`.

    It states the digest: `datasets` keeps what it read of a folder until the config changes.
    """
    path = parquet_path(table.name).as_posix()
    stated: dict[str, object] = {
        "config_name": table.name,
        "description": f"{table.description} SHA-256 {files.parquet_sha256}",
        "data_files": [{"split": "train", "path": f"{path}/*.parquet" if in_parts else path}],
    }
    return stated | {"default": True} if table.name == DEFAULT_TABLE else stated


def dataset_info(table: TableSchema, files: TableFiles) -> dict[str, object]:
    """The table's entry under `dataset_info` in the card: one split, `train`, with its sizes.

    `datasets` keeps what it read once until these sizes change, so they are exact.
    """
    return {
        "config_name": table.name,
        "features": [{"name": field.name, "dtype": DTYPES[field.type]} for field in table.fields],
        "splits": [{"name": "train", "num_bytes": files.arrow_bytes, "num_examples": files.rows}],
        "download_size": files.parquet_bytes,
        "dataset_size": files.arrow_bytes,
    }
