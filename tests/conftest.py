"""What the tests share: the repository built afresh, and a small package of two short documents."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when `datasets` is imported

import pyarrow as pa
import pytest

from geodigest.build import Convert, build
from geodigest.convert import convert
from geodigest.curation import Curation
from geodigest.releases.bundle import make_release
from geodigest.seeds import Seed
from geodigest.tabular.arrow import arrow_table
from geodigest.tabular.schema import TableSchema, read_table_schemas
from tests.clones import REPOSITORY, clone
from tests.seed_folder import write_manifest

TEXTS = {
    "slow-slip": '慢滑事件\n来源:GNSS, "连续"台站\n深度 10 km\n',
    "glaciers": "冰川\n冰量损失 273 ± 16 Gt\n",
}

LENGTHY = (
    "test_explorer.py",
    "test_corpora.py",
    "test_mutants.py",
    "test_examples.py",
    "test_offline.py",
    "test_downstream.py",
    "test_hub.py",
    "test_faults.py",
)
"""What takes longest, file by file: they begin first, lest in the end one core waits for another."""


def pytest_configure() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what it runs behind ignore it


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(LENGTHY)}
    items.sort(key=lambda item: places.get(item.path.name, len(LENGTHY)))


@pytest.fixture(scope="session")
def schemas() -> tuple[TableSchema, ...]:
    """The definitions of the repository."""
    return read_table_schemas(REPOSITORY / "schema")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's seeds and schema, built afresh in a folder called `geodigest`."""
    root = tmp_path_factory.mktemp("clone") / "geodigest"
    for name in ("docs", "schema", "seeds", "tests/transcriptions"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "CHANGELOG.md", root)
    build(root, convert)
    return root


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with the repository's schema and two short documents, not yet built."""
    root = tmp_path / "small"
    shutil.copytree(REPOSITORY / "schema", root / "schema")
    seeds = root / "seeds"
    seeds.mkdir()
    for name, text in TEXTS.items():
        (seeds / f"{name}.txt").write_text(text, encoding="utf-8")
    write_manifest(seeds, {name: ("bulletin", text.splitlines()[0]) for name, text in TEXTS.items()})
    return root


@pytest.fixture(scope="session")
def convert_small(schemas: tuple[TableSchema, ...]) -> Convert:
    """A converter of the short documents: one study, its title the first line, a passage for each other line."""

    def convert_lines(text: str, seed: Seed, _: Curation) -> Mapping[str, pa.Table]:
        rows = _rows(text, seed)
        return {schema.name: arrow_table(schema, rows.get(schema.name, ())) for schema in schemas}

    return convert_lines


def _rows(text: str, seed: Seed) -> dict[str, list[dict[str, object]]]:
    document: dict[str, object] = {"document_id": seed.document_id}
    study: dict[str, object] = {"study_id": f"{seed.document_id}/one"}
    rows: dict[str, list[dict[str, object]]] = {
        "documents": [
            document
            | {"kind": seed.kind, "title_zh": seed.title_zh, "language": seed.language, "seed_path": seed.seed_path}
            | {"sha256": seed.sha256, "n_characters": len(text), "n_lines": len(text.splitlines())}
        ],
        "studies": [
            document | study | {"position": 1, "kind": "study", "title_zh": seed.title_zh, "body": text.strip()}
        ],
        "passages": [],
        "spans": [],
        "corrections": [],
        "gaps": [
            {"gap_id": f"{seed.document_id}/one/abstract", "facet": "abstract", "kind": "missing_facet"}
            | document
            | study
            | {"note": "没有概要"}
        ],
    }
    start = 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        end = start + len(line.rstrip())
        span = document | study | {"start": start, "end": end, "role": "title"}
        if number:
            passage = {"passage_id": f"{study['study_id']}/body/{number:04d}"}
            rows["passages"].append(
                study
                | passage
                | {"facet": "body", "position": number, "depth": 1, "text": line.strip(), "is_complete": True}
            )
            span |= passage | {"role": "text", "facet": "body", "position": 1}
        rows["spans"] += [span, document | {"start": end, "end": start + len(line), "role": "whitespace"}]
        start += len(line)
    return rows


@pytest.fixture(scope="session")
def wheel(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the built repository."""
    for name in ("scripts", "pyproject.toml", "LICENSE", ".gitignore"):
        if not (built / name).exists():
            (built / name).symlink_to(REPOSITORY / name)
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=built, check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def repository(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built repository with what is kept by hand, as a maintainer has it.

    Without Node the explorer's page is not built: another stands in its place.
    """
    root = clone(built, tmp_path_factory.mktemp("maintainer") / "geodigest")
    page = root / "scripts" / "geodigest" / "_explorer" / "index.html"
    if not page.is_file():
        page.parent.mkdir()
        page.write_text("<!doctype html><title>No page is built</title>\n", encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def dist(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the first release."""
    folder = tmp_path_factory.mktemp("dist")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        make_release(repository, folder)
    return folder
