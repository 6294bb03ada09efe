"""datapackage.json: what it says holds of the files, and frictionless finds what does not."""

import csv
import hashlib
import json
from pathlib import Path

import frictionless
import pytest

from geodigest import __version__
from geodigest.build import Convert, build
from geodigest.errors import PackageError
from geodigest.paths import csv_path
from geodigest.tabular.schema import TableSchema
from geodigest.verify import check_descriptor


def test_the_descriptor_tells_of_every_file_and_seed(
    small: Path, convert_small: Convert, schemas: tuple[TableSchema, ...]
) -> None:
    build(small, convert_small)
    described = json.loads((small / "datapackage.json").read_text(encoding="utf-8"))
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert described["version"] == __version__
    assert [resource["name"] for resource in described["resources"]] == [schema.name for schema in schemas]
    for resource in described["resources"]:
        content = (small / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        header = next(csv.reader(content.decode("utf-8").splitlines()))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
    for source in described["sources"]:
        assert source["hash"] == "sha256:" + hashlib.sha256((small / source["path"]).read_bytes()).hexdigest()


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
    descriptor = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(resource for resource in descriptor["resources"] if resource["name"] == table)
    content = (root / resource["path"]).read_bytes()
    resource |= {"bytes": len(content), "hash": "sha256:" + hashlib.sha256(content).hexdigest()}
    (root / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
