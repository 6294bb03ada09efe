"""`datapackage.json`: the Data Package descriptor (https://datapackage.org/standard/data-package/, version 2).

Properties that the standard does not have are our own, as it allows: `title_zh` and `description_zh` everywhere,
`verbatim` on a field, `hash` on a source, and on a resource `rows`, which frictionless counts after. Left out is what
nobody knows yet (`id`, `homepage`, `created`), and `fieldsMatch`: its default, `exact`, is meant, and the profile 2.0
asks for an array where the standard asks for a text, a slip that 2.1 mends.
"""

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
        "title_zh": package.title_zh,
        "description": package.description,
        "description_zh": package.description_zh,
        "keywords": list(package.keywords),
        "contributors": list(package.contributors),
        "licenses": list(package.licenses),
        "sources": [_source(seed) for seed in seeds],
        "resources": [_resource(schema, files[schema.name]) for schema in schemas],
    }


def as_json(descriptor: Mapping[str, object]) -> str:
    """A descriptor as text: properties in the order given, Chinese as it is, a line feed at the end."""
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def _source(seed: Seed) -> dict[str, object]:
    issue = {"version": seed.issue} if seed.issue else {}
    return {"title": seed.title_zh, "path": seed.seed_path, **issue, "hash": f"sha256:{seed.sha256}"}


def _resource(schema: TableSchema, files: TableFiles) -> dict[str, object]:
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": schema.name,
        "type": "table",
        "title": schema.title,
        "title_zh": schema.title_zh,
        "description": schema.description,
        "description_zh": schema.description_zh,
        "path": csv_path(schema.name).as_posix(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": files.csv_bytes,
        "rows": files.rows,
        "hash": f"sha256:{files.csv_sha256}",
        "schema": dict(schema.descriptor),
    }
