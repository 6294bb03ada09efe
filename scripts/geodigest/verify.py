"""The written package, checked as its users meet it: the descriptor by frictionless, every config by `datasets`."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa

from geodigest.errors import PackageError
from geodigest.tabular.features import features
from geodigest.tabular.schema import TableSchema


def check_descriptor(root: Path) -> None:
    """Validate `root/datapackage.json` and the files that it names with frictionless.

    Raises:
        PackageError: it is not valid; gives the first error and how many there are.
    """
    import frictionless

    report = frictionless.Package(str(root / "datapackage.json")).validate()
    errors = [("datapackage.json", error) for error in report.errors]
    errors += [(f"datapackage.json, table {task.name}", error) for task in report.tasks for error in task.errors]
    if errors:
        where, error = errors[0]
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise PackageError(
            f"{error.message}{more}", where=where, remedy="compare the file with its definition in schema/"
        )


def check_loading(root: Path, schemas: Iterable[TableSchema], tables: Mapping[str, pa.Table]) -> None:
    """Load every table that has rows with `datasets` by the card in `root`, offline and into a fresh cache.

    Raises:
        PackageError: a config's features are not the schema's, or its rows not the table's.
    """
    os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when `datasets` is imported
    import datasets

    datasets.disable_progress_bars()
    for schema in (schema for schema in schemas if tables[schema.name].num_rows):
        with tempfile.TemporaryDirectory() as cache:
            loaded = datasets.load_dataset(str(root), schema.name, split="train", cache_dir=cache)
            if loaded.features != features(schema):
                raise PackageError(
                    f"the features are {loaded.features}",
                    where=f"README.md, config {schema.name}",
                    remedy="compare dataset_info with the definition in schema/",
                )
            if loaded.to_list() != tables[schema.name].to_pylist():
                raise PackageError(
                    f"{loaded.num_rows} rows load that are not the table's {tables[schema.name].num_rows}",
                    where=f"README.md, config {schema.name}",
                    remedy="compare the config's data_files with dataset/parquet/",
                )
