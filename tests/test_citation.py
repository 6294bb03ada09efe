"""CITATION.cff: what the Citation File Format 1.2.0 asks, from the package and the manifest alone."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

from geodigest import __version__
from geodigest.descriptors.citation import as_cff, bibtex, citation
from geodigest.seeds import Seed, read_manifest
from geodigest.tabular.schema import read_package
from tests.clones import REPOSITORY

PACKAGE = read_package(REPOSITORY / "schema")

# Of the format's schema, https://citation-file-format.github.io/1.2.0/schema: no other property is allowed.
PROPERTIES = {
    "abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi", "identifiers", "keywords",
    "license", "license-url", "message", "preferred-citation", "references", "repository", "repository-artifact",
    "repository-code", "title", "type", "url", "version",
}  # fmt: skip


def test_it_has_what_the_format_asks_for(built: Path) -> None:
    cited = _read(built)
    assert {"cff-version", "message", "title", "authors"} <= cited.keys() <= PROPERTIES
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] == "dataset"
    assert cited["license"] == "MIT"
    assert cited["version"] == __version__
    for text in ("message", "title", "abstract"):
        assert isinstance(cited[text], str)
        assert cited[text]
    assert len(set(cited["keywords"])) == len(cited["keywords"]) > 0


def test_it_was_released_on_the_day_that_the_changelog_gives_the_version(built: Path) -> None:
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{__version__}] - {_read(built)['date-released']}\n" in changelog


def test_it_names_the_contributors_as_bodies_and_says_whose_the_texts_are(built: Path) -> None:
    cited = _read(built)
    assert cited["authors"] == [{"name": "GeoDigest contributors"}]
    assert "texts belong to their authors" in cited["message"]


def test_the_reference_is_the_bulletin_as_the_manifest_prints_it(built: Path) -> None:
    (reference,) = _read(built)["references"]
    seed = next(seed for seed in read_manifest(built) if seed.publisher)
    assert reference == {
        "type": "serial",
        "title": seed.title_zh,
        "issue": seed.issue,
        "year": 2023,
        "languages": ["zh"],
        "authors": [
            {"name": "中国地震局科学技术委员会"},
            {"name": "中国地震局科技与国际合作司"},
            {"name": "中国科学院兰州文献情报中心"},
            {"name": "中国科学技术信息研究所"},
        ],
    }


def test_seeds_that_name_nobody_are_no_references() -> None:
    seed = Seed("table", "literature_table", "文章", "zh", Path("table.txt"), "0" * 64)
    assert "references" not in citation(PACKAGE, [seed])


def test_chinese_stands_as_it_is(built: Path) -> None:
    assert "地震科技前沿快报" in as_cff(citation(PACKAGE, read_manifest(built)))


def test_bibtex_keeps_bodies_and_title_whole() -> None:
    entry = bibtex(PACKAGE)
    assert re.fullmatch(r"@misc\{geodigest, (\w+ = \{.+?\}, )+version = \{[0-9.]+\}\}", entry)
    assert "author = {{GeoDigest contributors}}" in entry
    assert f"title = {{{PACKAGE.title}}}" in entry


def test_bibtex_has_the_year_of_the_day_that_the_changelog_gives_the_version(built: Path) -> None:
    assert "year" not in bibtex(PACKAGE)
    year = str(_read(built)["date-released"])[:4]
    readme = (built / "README.md").read_text(encoding="utf-8")
    (entry,) = re.findall(r"^@misc\{.+$", readme, re.MULTILINE)
    assert f", year = {{{year}}}, " in entry
    assert json.loads((built / "croissant.json").read_text(encoding="utf-8"))["citeAs"] == entry


def _read(root: Path) -> dict[str, Any]:
    cited: dict[str, Any] = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    return cited
