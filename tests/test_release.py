"""What is written by hand about a release agrees with the package."""

import re

import yaml

from geodigest import __version__
from geodigest.seeds import read_manifest
from geodigest.tabular.schema import read_package, read_table_schemas
from tests.conftest import REPOSITORY


def test_the_citation_is_that_of_this_version() -> None:
    citation = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
    package = read_package(REPOSITORY / "schema")
    assert citation["version"] == __version__
    assert citation["abstract"] == package.description
    assert citation["keywords"] == list(package.keywords)
    assert citation["authors"] == [{"name": contributor["title"]} for contributor in package.contributors]


def test_the_citation_names_the_publishers_as_the_manifest_does() -> None:
    citation = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
    (reference,) = citation["references"]
    seed = next(seed for seed in read_manifest(REPOSITORY) if seed.publisher)
    assert (reference["title"], reference["issue"]) == (seed.title_zh, seed.issue)
    assert "、".join(author["name"] for author in reference["authors"]) == seed.publisher


def test_the_changelog_tells_of_this_version_and_of_every_table() -> None:
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", changelog, re.MULTILINE)
    assert versions[0] == __version__
    for schema in read_table_schemas(REPOSITORY / "schema"):
        assert f"`{schema.name}`" in changelog
