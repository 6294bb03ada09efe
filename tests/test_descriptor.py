"""datapackage.json: what it says holds of the files, and frictionless finds what does not."""

import csv
import hashlib
import json
import re
import socket
from pathlib import Path
from typing import Any

import frictionless
import pytest

from geodigest import __version__
from geodigest.build import Convert, build
from geodigest.errors import PackageError
from geodigest.paths import csv_path
from geodigest.seeds import read_manifest
from geodigest.tabular.schema import TableSchema, read_package
from geodigest.verify import check_descriptor


def test_the_descriptor_tells_of_every_file_and_seed(
    small: Path, convert_small: Convert, schemas: tuple[TableSchema, ...]
) -> None:
    build(small, convert_small)
    described = _read(small)
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert described["version"] == __version__
    assert [resource["name"] for resource in described["resources"]] == [schema.name for schema in schemas]
    for resource in described["resources"]:
        content = (small / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        header = next(csv.reader(content.decode("utf-8").splitlines()))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert resource["rows"] == len(list(csv.reader(content.decode("utf-8").splitlines(keepends=True)))) - 1
    for source in described["sources"]:
        assert source["hash"] == "sha256:" + hashlib.sha256((small / source["path"]).read_bytes()).hexdigest()


def test_everything_that_a_definition_says_arrives(built: Path) -> None:
    own = {"name", "order", "title", "title_zh", "description", "description_zh"}
    for resource in _read(built)["resources"]:
        stated = json.loads((built / "schema" / f"{resource['name']}.json").read_text(encoding="utf-8"))
        assert resource["schema"] == {name: value for name, value in stated.items() if name not in own}
        assert {name: resource[name] for name in own - {"order"}} == {name: stated[name] for name in own - {"order"}}


def test_the_package_is_described_as_the_standard_asks(built: Path) -> None:
    described, package = _read(built), read_package(built / "schema")
    for name in ("name", "title", "title_zh", "description", "description_zh"):
        assert described[name] == getattr(package, name)
    assert re.fullmatch(r"[a-z0-9._-]+", described["name"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", described["version"])
    assert described["keywords"] == list(package.keywords)
    assert all(contributor["title"] and contributor["roles"] for contributor in described["contributors"])
    assert all(licence["name"] or licence["path"] for licence in described["licenses"])
    seeds = read_manifest(built)
    assert [source["title"] for source in described["sources"]] == [seed.title_zh for seed in seeds]
    assert [source.get("version") for source in described["sources"]] == [seed.issue for seed in seeds]
    for resource in described["resources"]:
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
        assert (resource["type"], resource["format"], resource["mediatype"]) == ("table", "csv", "text/csv")
        assert resource["encoding"] == "utf-8"
    # Frictionless tools fetch the address of a `profile`; nobody has given the dataset an identifier or an address.
    assert not {"profile", "id", "homepage", "created"} & described.keys()


def test_it_validates_without_the_network(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network is asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    check_descriptor(built)


def test_frictionless_finds_a_lost_row(small: Path, convert_small: Convert) -> None:
    build(small, convert_small)
    path = small / csv_path("gaps")
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    _state_digest(small, "gaps")
    with pytest.raises(PackageError, match=r"table gaps: .*row"):
        check_descriptor(small)


@pytest.mark.parametrize(
    ("table", "before", "after"),
    [
        ("studies", '"study"', '"survey"'),
        ("studies", '"glaciers",1', '"moraines",1'),
        ("passages", '"body",1,1,', '"body",1,1,"slow-slip/one/body/0009"'),
        ("passages", "/body/0002", "/body/0001"),
        ("spans", '"whitespace"', ""),
    ],
)
def test_frictionless_finds_a_broken_rule(
    table: str, before: str, after: str, small: Path, convert_small: Convert
) -> None:
    build(small, convert_small)
    path = small / csv_path(table)
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    _state_digest(small, table)
    with pytest.raises(PackageError, match=f"table {table}"):
        check_descriptor(small)


def test_frictionless_finds_a_changed_file(small: Path, convert_small: Convert) -> None:
    build(small, convert_small)
    path = small / csv_path("passages")
    path.write_text(path.read_text(encoding="utf-8").replace("10 km", "11 km"), encoding="utf-8")
    report = frictionless.validate(str(small / "datapackage.json"))
    assert [(task.name, [error.type for error in task.errors]) for task in report.tasks if not task.valid] == [
        ("passages", ["hash-count"])
    ]


def _state_digest(root: Path, table: str) -> None:
    """Let the descriptor state the digest of the file as it is, so that only the broken rule is left to find."""
    descriptor = _read(root)
    resource = next(resource for resource in descriptor["resources"] if resource["name"] == table)
    content = (root / resource["path"]).read_bytes()
    resource |= {"bytes": len(content), "hash": "sha256:" + hashlib.sha256(content).hexdigest()}
    (root / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")


def _read(root: Path) -> dict[str, Any]:
    described: dict[str, Any] = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    return described
