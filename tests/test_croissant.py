"""croissant.json: mlcroissant reads every row by it, without the network, and what is wrong with it is found."""

import hashlib
import json
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mlcroissant
import pyarrow.parquet as pq
import pytest

from geodigest import __version__
from geodigest.build import Convert, build
from geodigest.errors import PackageError
from geodigest.paths import parquet_path
from geodigest.tabular.schema import TableSchema, read_package
from geodigest.verify import check_croissant
from tests.clones import REPOSITORY

# mlcroissant uses what pandas and rdflib will drop.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def offline(built: Path) -> Iterator[mlcroissant.Dataset]:
    """The built description; no socket connects while it and its records are read."""

    def refuse(*_: object) -> None:
        raise AssertionError("the network is asked")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield mlcroissant.Dataset(built / "croissant.json")


def test_it_is_valid_and_lacks_nothing(offline: mlcroissant.Dataset) -> None:
    issues = offline.metadata.issues
    assert not issues.errors
    assert not issues.warnings


def test_it_was_published_on_the_day_that_the_changelog_gives_the_version(built: Path) -> None:
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    (day,) = re.findall(rf"^## \[{re.escape(__version__)}\] - (\S+)$", changelog, re.MULTILINE)
    assert _read(built)["datePublished"] == day


def test_without_a_changelog_there_is_no_day_and_nothing_else_lacks(small: Path, convert_small: Convert) -> None:
    build(small, convert_small)
    assert "datePublished" not in _read(small)
    assert "date-released" not in (small / "CITATION.cff").read_text(encoding="utf-8")


# Chinese text, dates, whole numbers and facets with nulls, booleans, numbers, offsets with nulls, an own parent.
@pytest.mark.parametrize("name", ["studies", "quantities", "gaps", "passages"])
def test_records_are_the_rows(name: str, offline: mlcroissant.Dataset, built: Path) -> None:
    records = list(offline.records(name))
    rows = pq.read_table(built / parquet_path(name)).to_pylist()
    assert len(records) == len(rows)
    for record, row in zip(records, rows, strict=True):
        assert list(record) == [f"{name}/{column}" for column in row]
        for column, value in row.items():
            read = record[f"{name}/{column}"]
            if isinstance(value, str):
                assert read.decode("utf-8") == value
            elif column == "date" and value is not None:
                assert read.date() == value
            else:
                assert read == value


def test_every_parquet_file_is_described_with_its_digest(built: Path, schemas: tuple[TableSchema, ...]) -> None:
    files = _read(built)["distribution"]
    assert [file["contentUrl"] for file in files] == [parquet_path(schema.name).as_posix() for schema in schemas]
    for file in files:
        content = (built / file["contentUrl"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["contentSize"] == f"{len(content)} B"


def test_sources_are_the_seeds_with_their_digests(built: Path) -> None:
    sources = _read(built)["isBasedOn"]
    assert len(sources) == 2
    for source in sources:
        assert source["sha256"] == hashlib.sha256((built / source["contentUrl"]).read_bytes()).hexdigest()


def test_mlcroissant_finds_every_column_key_and_reference_of_the_schema(
    offline: mlcroissant.Dataset, schemas: tuple[TableSchema, ...]
) -> None:
    types = {"Text": "string", "Integer": "integer", "Float": "number", "Boolean": "boolean", "Date": "date"}
    for schema, record_set in zip(schemas, offline.metadata.record_sets, strict=True):
        assert record_set.id == schema.name
        assert record_set.name == {"en": schema.title, "zh": schema.title_zh}
        assert record_set.description == {"en": schema.description, "zh": schema.description_zh}
        assert record_set.key == [f"{schema.name}/{column}" for column in schema.primary_key]
        for field, stated in zip(schema.fields, record_set.fields, strict=True):
            assert stated.id == f"{schema.name}/{field.name}"
            assert stated.name == {"en": field.title, "zh": field.title_zh}
            assert stated.description == {"en": field.description, "zh": field.description_zh}
            assert [types[str(each).rsplit("/", 1)[1]] for each in stated.data_types] == [field.type]
        references = {
            (stated.source.extract.column, stated.references.file_object, stated.references.extract.column)
            for stated in record_set.fields
            if stated.references
        }
        keys = {(key.fields[0], f"{key.table}.parquet", key.referenced[0]) for key in schema.foreign_keys}
        assert references == keys


def test_it_says_whose_the_dataset_is_and_how_to_cite_it(offline: mlcroissant.Dataset, built: Path) -> None:
    package = read_package(built / "schema")
    metadata = offline.metadata
    assert metadata.name == {"en": package.title, "zh": package.title_zh}
    assert metadata.version == __version__
    assert [creator.name for creator in metadata.creators] == [each["title"] for each in package.contributors]
    assert [licence.name for licence in metadata.license] == [each["title"] for each in package.licenses]
    assert f"version = {{{__version__}}}" in metadata.cite_as
    assert metadata.url is None


def _change_a_byte(root: Path) -> None:
    path = root / parquet_path("figures")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _lose_a_file(root: Path) -> None:
    (root / parquet_path("figures")).unlink()


def _describe(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    def spoil(root: Path) -> None:
        described = _read(root)
        change(described)
        (root / "croissant.json").write_text(json.dumps(described), encoding="utf-8")

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        _change_a_byte,
        _lose_a_file,
        _describe(lambda stated: stated["distribution"].pop(3)),
        _describe(lambda stated: stated["distribution"][3].pop("sha256")),
        _describe(lambda stated: stated.pop("version")),
        _describe(lambda stated: stated["recordSet"].pop(3)),
        _describe(lambda stated: stated["recordSet"][3]["field"].pop(2)),
        _describe(lambda stated: stated["recordSet"][3]["field"][2].pop("dataType")),
        _describe(lambda stated: stated["recordSet"][3]["field"][2]["source"]["extract"].update(column="numbers")),
        _describe(lambda stated: stated["recordSet"][3]["field"][2]["source"]["extract"].update(column="caption")),
    ],
    ids=["byte", "file", "file object", "digest", "version", "record set", "field", "type", "no column", "column"],
)
def test_what_is_wrong_is_found(spoil: Callable[[Path], None], built: Path, tmp_path: Path) -> None:
    shutil.copytree(built / "dataset" / "parquet", tmp_path / "dataset" / "parquet")
    shutil.copy(built / "croissant.json", tmp_path)
    tables = {"figures": pq.read_table(tmp_path / parquet_path("figures"))}
    check_croissant(tmp_path, tables)
    spoil(tmp_path)
    with pytest.raises(PackageError, match=r"croissant\.json"):
        check_croissant(tmp_path, tables)


def _read(root: Path) -> dict[str, Any]:
    described: dict[str, Any] = json.loads((root / "croissant.json").read_text(encoding="utf-8"))
    return described
