"""Where the package finds its folders: the same from a wheel as from the repository, and without heavy imports."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from geodigest.paths import package_root
from tests.clones import REPOSITORY

SHOW = (
    "import json; from geodigest.loading import load_arrow, table_schemas; from geodigest.paths import package_root;"
    "print(json.dumps([str(package_root()), {s.name: load_arrow(s.name).num_rows for s in table_schemas()}]))"
)


def test_the_repository_is_found() -> None:
    assert package_root() == REPOSITORY


def test_a_wheel_holds_every_table(wheel: Path, built: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    place, rows = _show(SHOW, tmp_path)
    assert Path(place) == tmp_path / "geodigest" / "_package"
    assert rows["studies"] > 0
    assert (Path(place) / "datapackage.json").read_bytes() == (built / "datapackage.json").read_bytes()


def test_importing_the_package_imports_no_dependency() -> None:
    heavy = "import geodigest, json, sys; print(json.dumps([m for m in ('pyarrow', 'pandas') if m in sys.modules]))"
    assert _show(heavy, REPOSITORY / "scripts") == []


def _show(code: str, place: Path) -> Any:
    environment = {**os.environ, "PYTHONPATH": str(place)}
    shown = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return json.loads(shown.stdout)
