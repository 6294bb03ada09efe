"""`load_dataset`, as users call it: offline, by absolute and by relative path, from Parquet and from CSV."""

import shutil
from pathlib import Path

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from geodigest.descriptors.card import front_matter
from geodigest.descriptors.features import features
from geodigest.paths import csv_path, parquet_path
from geodigest.tabular.arrow import arrow_table
from geodigest.tabular.files import write_table
from geodigest.tabular.schema import TableSchema, read_package, read_table_schemas
from tests.clones import REPOSITORY

SCHEMAS = read_table_schemas(REPOSITORY / "schema")
CORRECTIONS = next(schema for schema in SCHEMAS if schema.name == "corrections")


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


def test_a_changed_table_is_read_anew_where_an_older_one_is_cached(tmp_path: Path) -> None:
    """`datasets` keeps what it read of a folder until the card changes: the card states the sizes of the files."""
    for note in ("断句", "断句，第二行缺失", None):
        folder = _package(tmp_path / "geodigest", [note])
        loaded = datasets.load_dataset(str(folder), "corrections", split="train", cache_dir=str(tmp_path / "cache"))
        assert loaded["note"] == [note]


def test_a_table_that_changed_and_kept_its_size_is_read_anew(tmp_path: Path) -> None:
    loaded = []
    sizes = set()
    for note in ("断句甲", "断句乙"):
        folder = _package(tmp_path / "geodigest", [note])
        sizes.add((folder / parquet_path("corrections")).stat().st_size)
        table = datasets.load_dataset(str(folder), "corrections", split="train", cache_dir=str(tmp_path / "cache"))
        loaded.append(table["note"][0])
    assert len(sizes) == 1
    assert loaded == ["断句甲", "断句乙"]


def test_a_config_of_csv_files_beside_those_of_parquet_files_breaks_them(tmp_path: Path) -> None:
    """Why `dataset/csv` has no config, and does not go to the Hub."""
    folder = _package(tmp_path / "geodigest", ["断句"])
    _, front, rest = (folder / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    stated = yaml.safe_load(front)
    csv = {"config_name": "as_csv", "data_files": [{"split": "train", "path": csv_path("corrections").as_posix()}]}
    stated["configs"].append(csv)
    card = f"---\n{yaml.safe_dump(stated, allow_unicode=True)}---\n{rest}"
    (folder / "README.md").write_text(card, encoding="utf-8")
    with pytest.raises((datasets.exceptions.DatasetGenerationError, pa.ArrowInvalid)):
        datasets.load_dataset(str(folder), "as_csv", cache_dir=str(tmp_path / "cache"))


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_every_table_loads_from_csv_as_from_parquet(schema: TableSchema, built: Path, tmp_path: Path) -> None:
    loaded = _load_csv(schema, built / csv_path(schema.name), tmp_path)
    assert loaded.features == features(schema)
    assert loaded.to_list() == pq.read_table(built / parquet_path(schema.name)).to_pylist()


def test_words_that_the_csv_loader_takes_for_null_stay_words_as_the_card_loads_them(tmp_path: Path) -> None:
    notes = ["NA", "null", "None", "nan", "1.0", "007", "true", "2025-08-30", None]
    folder = _package(tmp_path / "geodigest", notes)
    path = folder / csv_path("corrections")
    assert _load_csv(CORRECTIONS, path, tmp_path / "right")["note"] == notes
    plain = datasets.load_dataset("csv", data_files=str(path), split="train", cache_dir=str(tmp_path / "plain"))
    assert plain["note"][:4] == [None, None, None, None]


def _load_csv(schema: TableSchema, path: Path, cache: Path) -> datasets.Dataset:
    """Load a CSV file as the card says: every cell as text, nothing alone as null, then cast."""
    text = datasets.Features({field.name: datasets.Value("string") for field in schema.fields})
    loaded = datasets.load_dataset(
        "csv",
        data_files={"train": str(path)},
        split="train",
        features=text,
        keep_default_na=False,
        na_values=[""],
        cache_dir=str(cache),
    )
    return loaded.cast(features(schema))


def _package(folder: Path, notes: list[str | None]) -> Path:
    """A folder with a card and one table, which has a correction with each of these notes."""
    place = {"document_id": "a", "start": 0, "end": 1, "original": "a", "corrected": "b", "kind": "glyph"}
    rows = [{"correction_id": f"a/{number}", **place, "note": note} for number, note in enumerate(notes)]
    shutil.rmtree(folder, ignore_errors=True)
    written = write_table(CORRECTIONS.name, arrow_table(CORRECTIONS, rows), folder)
    front = front_matter(read_package(REPOSITORY / "schema"), [CORRECTIONS], [written])
    (folder / "README.md").write_text(f"---\n{front}---\n", encoding="utf-8")
    return folder
