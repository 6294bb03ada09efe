"""`croissant.json`: the dataset as Croissant describes one, for machine-learning tools.

Croissant 1.1 (http://mlcommons.org/croissant/1.1): mlcroissant reads names and descriptions in several languages from
this version on. Left out is what nobody knows yet: `url`.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from geodigest import __version__
from geodigest.descriptors.citation import bibtex
from geodigest.paths import parquet_path
from geodigest.seeds import Seed
from geodigest.tabular.files import TableFiles
from geodigest.tabular.schema import Field, Package, TableSchema

CONFORMS_TO = "http://mlcommons.org/croissant/1.1"

DATA_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}

_OF_CROISSANT = (
    "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileObject",
    "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5",
    "parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator",
    "source", "subField", "transform",
)  # fmt: skip

# The standard's context (its appendix 1), with names and descriptions by language as mlcroissant writes them.
CONTEXT: Mapping[str, object] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{name: f"cr:{name}" for name in _OF_CROISSANT},
}


def croissant(
    package: Package,
    seeds: Iterable[Seed],
    schemas: Iterable[TableSchema],
    written: Iterable[TableFiles],
    released: dt.date | None,
) -> dict[str, object]:
    """The description of the dataset: a `FileObject` a Parquet file, a `RecordSet` a table, a `Field` a column.

    Identifiers hold for the whole document: the column `study_id` of `studies` is the field `studies/study_id`.
    `released` is the day of the version, where the changelog gives one.
    """
    listed = list(seeds)
    return {
        "@context": dict(CONTEXT),
        "@type": "sc:Dataset",
        "name": {"en": package.title, "zh": package.title_zh},
        "alternateName": package.name,
        "description": {"en": package.description, "zh": package.description_zh},
        "conformsTo": CONFORMS_TO,
        "version": __version__,
        **({"datePublished": released.isoformat()} if released else {}),
        "citeAs": bibtex(package, released),
        "creator": [{"@type": "sc:Organization", "name": each["title"]} for each in package.contributors],
        "license": [
            {"@type": "sc:CreativeWork", "name": each["title"], "url": each["path"]} for each in package.licenses
        ],
        "keywords": list(package.keywords),
        "inLanguage": sorted({seed.language for seed in listed}),
        "isBasedOn": [_source(seed) for seed in listed],
        "distribution": [_file(each) for each in written],
        "recordSet": [_record_set(schema) for schema in schemas],
    }


def _source(seed: Seed) -> dict[str, object]:
    return {
        "@type": "sc:MediaObject",
        "name": {seed.language: seed.title_zh},
        "contentUrl": seed.seed_path,
        "encodingFormat": "text/plain",
        "sha256": seed.sha256,
    }


def _file(files: TableFiles) -> dict[str, object]:
    path = parquet_path(files.table)
    return {
        "@type": "cr:FileObject",
        "@id": path.name,
        "name": path.name,
        "contentUrl": path.as_posix(),
        "contentSize": f"{files.parquet_bytes} B",
        "encodingFormat": "application/x-parquet",
        "sha256": files.parquet_sha256,
    }


def _record_set(schema: TableSchema) -> dict[str, object]:
    return {
        "@type": "cr:RecordSet",
        "@id": schema.name,
        "name": {"en": schema.title, "zh": schema.title_zh},
        "description": {"en": schema.description, "zh": schema.description_zh},
        "key": [{"@id": f"{schema.name}/{column}"} for column in schema.primary_key],
        "field": [_field(schema, field) for field in schema.fields],
    }


def _field(schema: TableSchema, field: Field) -> dict[str, object]:
    references = [
        _column(key.table, column)
        for key in schema.foreign_keys
        for own, column in zip(key.fields, key.referenced, strict=True)
        if own == field.name
    ]
    stated: dict[str, object] = {
        "@type": "cr:Field",
        "@id": f"{schema.name}/{field.name}",
        "name": {"en": field.title, "zh": field.title_zh},
        "description": {"en": field.description, "zh": field.description_zh},
        "dataType": DATA_TYPES[field.type],
        "source": _column(schema.name, field.name),
    }
    return stated | {"references": references[0]} if references else stated


def _column(table: str, column: str) -> dict[str, object]:
    """A column of a Parquet file, also of one that is referred to.

    The standard refers to a field, but mlcroissant 1.1 reads no record of a set that refers to one that refers on, nor
    of one that refers to itself; a column of a file it reads in both.
    """
    return {"fileObject": {"@id": parquet_path(table).name}, "extract": {"column": column}}
