"""The build: the same bytes each time, and nothing at all changed when anything is wrong."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pytest

from geodigest.build import STEPS, WRITTEN, Convert, build
from geodigest.curation import Curation
from geodigest.errors import GeoDigestError, PackageError, SeedError, TableError
from geodigest.paths import csv_path, parquet_path
from geodigest.seeds import Seed
from geodigest.tabular.schema import TableSchema
from geodigest.verify import check_descriptor, check_loading


def test_a_build_writes_every_table_and_tells_what_it_left_out(
    small: Path, convert_small: Convert, schemas: tuple[TableSchema, ...]
) -> None:
    begun: list[str] = []
    summary = build(small, convert_small, begun.append)
    assert begun == list(STEPS)
    assert {files.table: files.rows for files in summary.tables if files.rows} == {
        "documents": 2, "studies": 2, "passages": 3, "gaps": 2, "spans": 10
    }  # fmt: skip
    for schema in schemas:
        assert (small / csv_path(schema.name)).is_file()
        assert (small / parquet_path(schema.name)).is_file()
    text = (small / "seeds/slow-slip.txt").read_text("utf-8") + (small / "seeds/glaciers.txt").read_text("utf-8")
    assert sum(summary.characters.values()) == len(text)
    assert summary.characters["whitespace"] == text.count("\n")
    assert summary.gaps == {"missing_facet": 2}


def test_a_second_build_changes_no_byte(small: Path, convert_small: Convert) -> None:
    build(small, convert_small)
    first = _bytes(small)
    build(small, convert_small)
    assert _bytes(small) == first


def test_nothing_is_left_beside_what_was_built(small: Path, convert_small: Convert) -> None:
    build(small, convert_small)
    assert {path.name for path in small.iterdir()} == {"schema", "seeds", *WRITTEN}


def test_a_build_without_decisions_places_nothing_by_them(small: Path, convert_small: Convert) -> None:
    start = (small / "seeds" / "slow-slip.txt").read_text(encoding="utf-8").index("深度")
    (small / "seeds" / "slow-slip.decisions.csv").write_text(
        f"start,end,quote,position,facet,after,reason\n{start},{start + 2},深度,1,body,,the cell begins here\n",
        encoding="utf-8",
    )
    assert build(small, convert_small).by_decision == len("深度")
    assert build(small, convert_small, with_decisions=False).by_decision == 0


def _changed_seed(small: Path, convert: Convert) -> Convert:
    (small / "seeds" / "glaciers.txt").write_text("冰川\n")
    return convert


def _broken_rule(small: Path, convert: Convert) -> Convert:
    def broken(text: str, seed: Seed, curation: Curation) -> Mapping[str, pa.Table]:
        tables = dict(convert(text, seed, curation))
        tables["studies"] = pa.concat_tables([tables["studies"]] * 2)
        return tables

    return broken


def _lost_span(small: Path, convert: Convert) -> Convert:
    def broken(text: str, seed: Seed, curation: Curation) -> Mapping[str, pa.Table]:
        tables = dict(convert(text, seed, curation))
        tables["spans"] = tables["spans"].slice(1)
        return tables

    return broken


@pytest.mark.parametrize(
    ("spoil", "error"),
    [(_changed_seed, SeedError), (_broken_rule, TableError), (_lost_span, TableError)],
)
def test_a_failed_build_leaves_the_last_good_one_untouched(
    spoil: Callable[[Path, Convert], Convert], error: type[GeoDigestError], small: Path, convert_small: Convert
) -> None:
    build(small, convert_small)
    good = _bytes(small)
    spoiled = spoil(small, convert_small)
    with pytest.raises(error):
        build(small, spoiled)
    assert _bytes(small) == good


def test_a_package_that_does_not_validate_is_not_published(
    small: Path, convert_small: Convert, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(small, convert_small)
    good = _bytes(small)

    def shorten(root: Path) -> None:
        path = root / csv_path("passages")
        path.write_text(path.read_text(encoding="utf-8")[:-30], encoding="utf-8")
        check_descriptor(root)

    monkeypatch.setattr("geodigest.build.check_descriptor", shorten)
    with pytest.raises(PackageError, match=r"datapackage\.json, table passages"):
        build(small, convert_small)
    assert _bytes(small) == good


def test_rows_that_load_otherwise_than_converted_are_found(
    small: Path, convert_small: Convert, schemas: tuple[TableSchema, ...]
) -> None:
    build(small, convert_small)
    seeds = {"studies": pa.table({"study_id": ["slow-slip/one", "glaciers/two"]})}
    studies = [schema for schema in schemas if schema.name == "studies"]
    with pytest.raises(PackageError, match=r"README\.md, config studies"):
        check_loading(small, studies, seeds)


def _bytes(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for name in WRITTEN
        for path in sorted([root / name, *(root / name).rglob("*")])
        if path.is_file()
    }
