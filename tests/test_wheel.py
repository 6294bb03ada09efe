"""The wheel in a scratch project: what `pip install` alone gives, without the repository and without the network."""

import json
from pathlib import Path

import pytest

from geodigest import tables
from geodigest.loading import load_arrow
from tests.scratch import Scratch, scratch_project


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    """A project with the wheel and what it needs; no extra."""
    return scratch_project(tmp_path_factory.mktemp("bare"), wheel)


def test_every_table_loads_from_the_wheel_alone(bare: Scratch) -> None:
    rows = "{name: geodigest.load(name).num_rows for name in geodigest.tables()}"
    code = f"import geodigest, json; print(json.dumps({rows}))"
    assert json.loads(bare.run("python", "-c", code).stdout) == {name: load_arrow(name).num_rows for name in tables()}


def test_a_form_whose_library_is_not_installed_says_what_to_install(bare: Scratch) -> None:
    for form in ("polars", "duckdb"):
        failed = bare.run("python", "-c", f"import geodigest; geodigest.load('studies', as_='{form}')", status=1)
        said = f'geodigest.load: {form} is not installed; pip install "geodigest[{form}]"'
        assert failed.stderr.strip().splitlines()[-1] == f"geodigest.errors.GeoDigestError: {said}"


def test_the_command_tells_its_version(bare: Scratch) -> None:
    code = "import geodigest; print(geodigest.__version__)"
    assert bare.run("geodigest", "--version").stdout == bare.run("python", "-c", code).stdout
