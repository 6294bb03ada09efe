"""What stands beside the tables of a conversion, and by which `datasets` loads them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from geodigest import __version__
from geodigest.descriptors.features import config, dataset_info
from geodigest.tabular.files import TableFiles
from geodigest.tabular.schema import TableSchema

EMPTY = (
    "A table without rows has its files but no config: `load_dataset` does not offer it, "
    "`pyarrow.parquet.read_table` reads it."
)


def front_matter(
    title: str, schemas: Sequence[TableSchema], written: Sequence[TableFiles], *, in_parts: bool = False
) -> list[str]:
    """The lines by which `datasets` loads every table that has rows; each entry of the YAML is one line of JSON.

    Args:
        title: the title of the whole.
        schemas: the tables' definitions.
        written: the files of each table.
        in_parts: whether a table is a folder of files.
    """
    files = {each.table: each for each in written if each.rows}
    loadable = [schema for schema in schemas if schema.name in files]
    return [
        "---",
        f"pretty_name: {_line(title)}",
        "language: [zh, en]",
        "license: unknown",
        "configs:",
        *(f"- {_line(config(schema, files[schema.name], in_parts=in_parts))}" for schema in loadable),
        "dataset_info:",
        *(f"- {_line(dataset_info(schema, files[schema.name]))}" for schema in loadable),
        "---",
        "",
    ]


def description() -> str:
    """What a conversion is, and whose its texts are."""
    return (
        f"The documents in seeds/ as tables, converted by GeoDigest {__version__}. "
        "Their texts, which the tables repeat, belong to their authors and publishers; no licence is known here."
    )


def corpus_card(title: str, documents: int, schemas: Sequence[TableSchema], written: Sequence[TableFiles]) -> str:
    """The README.md of a folder's conversion, whose documents may be too many to be listed."""
    lines = [
        *front_matter(title, schemas, written, in_parts=True),
        f"# {title}",
        "",
        description(),
        "",
        f"Documents: {documents}. The table `documents` lists them, `failures.csv` those that could not be converted.",
        "",
        "Each table is a folder of files, as `dataset/parquet/studies.parquet/`, which Parquet readers take for one.",
        "Offsets count in the files of `seeds/`.",
        "",
        EMPTY,
        "",
    ]
    return "\n".join(lines)


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
