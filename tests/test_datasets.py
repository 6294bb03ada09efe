"""`load_dataset`, as users call it: offline, into a fresh cache, by absolute and by relative path."""

from pathlib import Path

import datasets
import pyarrow.parquet as pq
import pytest

from geodigest.paths import parquet_path
from geodigest.tabular.features import features
from geodigest.tabular.schema import TableSchema, read_table_schemas
from tests.conftest import REPOSITORY

SCHEMAS = read_table_schemas(REPOSITORY / "schema")


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_every_table_loads_whole(schema: TableSchema, built: Path, tmp_path: Path) -> None:
    loaded = datasets.load_dataset(str(built), schema.name, split="train", cache_dir=str(tmp_path))
    assert loaded.features == features(schema)
    assert loaded.to_list() == pq.read_table(built / parquet_path(schema.name)).to_pylist()


def test_a_relative_path_with_a_name_loads_the_default_table(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built)
    loaded = datasets.load_dataset("../geodigest", cache_dir=str(tmp_path))
    assert list(loaded) == ["train"]
    assert loaded["train"].column_names[0] == "study_id"


def test_a_path_without_a_name_does_not_load(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The card tells of this limit of `datasets`; when it loads one day, the card can say so."""
    monkeypatch.chdir(built)
    with pytest.raises(ValueError, match="dataset_name should be specified"):
        datasets.load_dataset(".", "studies", cache_dir=str(tmp_path))
