"""`datapackage.json`: the Data Package descriptor (https://datapackage.org/standard/data-package/, version 2)."""

import json
from collections.abc import Iterable, Mapping

from geodigest import __version__
from geodigest.paths import csv_path
from geodigest.seeds import Seed
from geodigest.tabular.files import TableFiles
from geodigest.tabular.schema import Package, TableSchema

PROFILES = "https://datapackage.org/profiles/2.0"


def data_package(
    package: Package, seeds: Iterable[Seed], schemas: Iterable[TableSchema], written: Iterable[TableFiles]
) -> dict[str, object]:
    """The descriptor of the dataset, a resource a table. Paths are those of the CSV files.

    Parquet is left out: Frictionless tools read every path of a resource as one table in parts.
    """
    files = {each.table: each for each in written}
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": package.name,
        "version": __version__,
        "title": package.title,
        "description": package.description,
        "keywords": list(package.keywords),
        "contributors": list(package.contributors),
        "licenses": list(package.licenses),
        "sources": [_source(seed) for seed in seeds],
        "resources": [_resource(schema, files[schema.name]) for schema in schemas],
    }


def as_json(descriptor: Mapping[str, object]) -> str:
    """The descriptor as text: properties in the order of the standard, Chinese as it is, a line feed at the end."""
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def _source(seed: Seed) -> dict[str, object]:
    return {"title": seed.title_zh, "path": seed.seed_path, "hash": f"sha256:{seed.sha256}"}


def _resource(schema: TableSchema, files: TableFiles) -> dict[str, object]:
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": schema.name,
        "type": "table",
        "title": schema.title,
        "description": schema.description,
        "path": csv_path(schema.name).as_posix(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": files.csv_bytes,
        "hash": f"sha256:{files.csv_sha256}",
        "schema": dict(schema.descriptor),
    }
