"""Folders and descriptors: which files are checked, and what a release says of its files."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from geodigest.corpora.failures import as_csv
from geodigest.errors import GeoDigestError
from geodigest.loading import table_schemas
from geodigest.paths import csv_path, parquet_path
from geodigest.validation import Failure, validate
from geodigest.validation.check import check
from geodigest.validation.package import read_descriptor

Descriptor = dict[str, Any]

SCHEMAS = {schema.name: schema for schema in table_schemas()}


@pytest.fixture
def package(built: Path, tmp_path: Path) -> Path:
    """A copy of the built package: the descriptor and the dataset."""
    shutil.copytree(built / "dataset", tmp_path / "dataset")
    shutil.copy(built / "datapackage.json", tmp_path)
    return tmp_path


def _redeclared(package: Path, edit: Callable[[Descriptor, Descriptor], object]) -> tuple[Failure, ...]:
    """The failures once `edit` has changed the descriptor; its second argument is the resource of `gaps`."""
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    edit(descriptor, next(each for each in descriptor["resources"] if each["name"] == "gaps"))
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    failures = read_descriptor(path, SCHEMAS).failures
    assert all(failure.table == "gaps" for failure in failures)
    return failures


def _told(failures: tuple[Failure, ...]) -> list[tuple[str, str, str | None, str]]:
    return [(Path(each.file).name, each.rule, each.value, each.expected) for each in failures]


def test_a_changed_file_breaks_the_declared_size_and_both_digests(package: Path) -> None:
    path = package / csv_path("gaps")
    before = path.read_bytes()
    path.write_bytes(before.replace(b"\n", b"\n\n", 1))
    now, then = (f"sha256:{hashlib.sha256(content).hexdigest()}" for content in (path.read_bytes(), before))
    assert _told(validate([package])) == [
        ("gaps.csv", "bytes", f"{len(before) + 1} bytes", f"{len(before)} bytes as in datapackage.json"),
        ("gaps.csv", "hash", now, f"{then} as in datapackage.json"),
        ("gaps.csv", "hash", now, f"{then} as in SHA256SUMS"),
        ("gaps.csv", "csv", "an empty line", "a row"),
    ]


def test_a_file_that_lacks_is_missed_by_the_descriptor(package: Path) -> None:
    (package / csv_path("gaps")).unlink()
    failures = _redeclared(package, lambda descriptor, _: None)
    assert _told(failures) == [("datapackage.json", "missing", "dataset/csv/gaps.csv", "a file of this path")]


def test_a_list_of_checksums_is_told_by_its_line_of_what_lacks_or_is_no_digest(built: Path, tmp_path: Path) -> None:
    shutil.copy(built / csv_path("gaps"), tmp_path)
    digest = hashlib.sha256((tmp_path / "gaps.csv").read_bytes()).hexdigest()
    sums = tmp_path / "SHA256SUMS"
    sums.write_text(f"{digest}  gaps.csv\n{digest} *terms.csv\ngaps.csv 12\n", encoding="utf-8")
    assert [(each.file, each.line, each.rule, each.value) for each in validate([tmp_path])] == [
        (str(sums), 2, "missing", "terms.csv"),
        (str(sums), 3, "hash", "gaps.csv 12"),
    ]


def test_a_table_without_a_resource_is_missing(package: Path) -> None:
    failures = _redeclared(package, lambda descriptor, gaps: descriptor["resources"].remove(gaps))
    assert _told(failures) == [("datapackage.json", "missing", None, "a resource gaps")]


def test_a_resource_whose_name_is_no_text_is_no_table_of_the_contract(package: Path) -> None:
    failures = _redeclared(package, lambda _, gaps: gaps.update(name=["gaps"]))
    assert _told(failures) == [("datapackage.json", "missing", None, "a resource gaps")]


@pytest.mark.parametrize("path", ["../gaps.csv", "/gaps.csv", "https://example.org/gaps.csv", ["a.csv", "b.csv"], 7])
def test_a_path_that_leaves_the_package_is_refused(path: object, package: Path) -> None:
    (failure,) = _redeclared(package, lambda _, gaps: gaps.update(path=path))
    assert (failure.rule, failure.value) == ("descriptor", json.dumps(path))


@pytest.mark.parametrize("place", ["../gaps.json", "{}/gaps.json", "https://example.org/gaps.json"])
def test_a_schema_outside_the_package_is_not_read(place: str, package: Path, built: Path) -> None:
    shutil.copy(built / "schema" / "gaps.json", package.parent / "gaps.json")
    stated = place.format(package.parent)
    (failure,) = _redeclared(package, lambda _, gaps: gaps.update(schema=stated))
    assert (failure.rule, failure.value) == ("schema", stated)


def test_a_digest_of_another_algorithm_holds_too(package: Path) -> None:
    digest = hashlib.md5((package / csv_path("gaps")).read_bytes()).hexdigest()
    assert _redeclared(package, lambda _, gaps: gaps.update(hash=digest)) == ()
    (failure,) = _redeclared(package, lambda _, gaps: gaps.update(hash=f"sha1:{digest}"))
    assert (failure.rule, failure.expected) == ("hash", f"sha1:{digest} as in datapackage.json")
    (failure,) = _redeclared(package, lambda _, gaps: gaps.update(hash=f"crc:{digest}"))
    assert (failure.rule, failure.value) == ("hash", f"crc:{digest}")


def _swap(gaps: Descriptor) -> None:
    fields = gaps["schema"]["fields"]
    fields[0], fields[1] = fields[1], fields[0]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda gaps: gaps["schema"]["fields"].pop(), [(None, "a column note")]),
        (
            lambda gaps: gaps["schema"]["fields"][5].update(type="string"),
            [("offset of type string", "offset of type integer")],
        ),
        (_swap, [("study_id before gap_id", "gap_id before study_id")]),
        (
            lambda gaps: gaps["schema"]["fields"].append({"name": "more", "type": "string"}),
            [("a column more", "the columns gap_id, study_id, facet, kind, document_id, offset, note")],
        ),
        (
            lambda gaps: gaps["schema"]["fields"].append(gaps["schema"]["fields"][0]),
            [("2 columns gap_id", "one column gap_id")],
        ),
        (
            lambda gaps: gaps["schema"]["fields"][6].update(name=["note"]),
            [(None, "a Table Schema with the columns of gaps")],
        ),
        (
            lambda gaps: gaps["schema"]["fields"][3]["constraints"]["enum"].append("unread"),
            [
                (
                    'kind of enum ["missing_facet", "lost_lines", "broken_off", "unread"]',
                    'kind of enum ["missing_facet", "lost_lines", "broken_off"]',
                )
            ],
        ),
        (
            lambda gaps: gaps["schema"]["fields"][5].pop("constraints"),
            [("offset of minimum null", "offset of minimum 0")],
        ),
        (
            lambda gaps: gaps["schema"].update(primaryKey="note"),
            [('gaps of primaryKey ["note"]', 'gaps of primaryKey ["gap_id"]')],
        ),
        (
            lambda gaps: gaps["schema"].update(missingValues=["", "NA"]),
            [('gaps of missingValues ["", "NA"]', 'gaps of missingValues [""]')],
        ),
        (lambda gaps: gaps.pop("schema"), [(None, "a Table Schema with the columns of gaps")]),
        (
            lambda gaps: gaps["schema"]["fields"][0].update(name=["gap_id"]),
            [(None, "a Table Schema with the columns of gaps")],
        ),
        (lambda gaps: gaps.update(schema="gaps.json"), [("gaps.json", "a Table Schema, or the path of one")]),
    ],
)
def test_a_declared_schema_that_differs_from_the_contract_is_found(
    edit: Callable[[Descriptor], object], said: list[tuple[str | None, str]], package: Path
) -> None:
    failures = _redeclared(package, lambda _, gaps: edit(gaps))
    assert _told(failures) == [("datapackage.json", "schema", *each) for each in said]


def test_a_schema_in_a_file_of_its_own_is_read(package: Path, built: Path) -> None:
    shutil.copy(built / "schema" / "gaps.json", package / "gaps.json")
    assert _redeclared(package, lambda _, gaps: gaps.update(schema="gaps.json")) == ()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"{\n  oops\n}", 2),
        (b"", 1),
        (b"[]", None),
        (b'{"resources": [1]}', None),
        (b"\xff", None),
        (b"1" * 5000, None),
        (b"[" * 100_000, None),
    ],
)
def test_a_descriptor_that_is_none_is_told_with_its_line(content: bytes, line: int | None, tmp_path: Path) -> None:
    path = tmp_path / "datapackage.json"
    path.write_bytes(content)
    (failure,) = validate([tmp_path])
    assert (failure.file, failure.rule, failure.line) == (str(path), "descriptor", line)


def test_a_file_is_of_the_table_that_its_columns_are_of(built: Path, tmp_path: Path) -> None:
    for place in (csv_path, parquet_path):
        path = tmp_path / f"mine{place('gaps').suffix}"
        shutil.copy(built / place("gaps"), path)
        assert [file.table for file in check([path]).files] == ["gaps"]
    saved = tmp_path / "from-excel.csv"
    content = (built / csv_path("gaps")).read_bytes()
    saved.write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    assert [(each.table, each.rule) for each in validate([saved])] == [("gaps", "encoding"), ("gaps", "csv")]


def test_a_file_is_of_the_table_that_the_user_names(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        (built / csv_path("gaps")).read_text(encoding="utf-8").replace("gap_id", "gap", 1), encoding="utf-8"
    )
    assert {(each.table, each.rule, each.column) for each in validate([path], "gaps")} == {
        ("gaps", "columns", "gap_id"),
        ("gaps", "columns", "gap"),
    }
    with pytest.raises(GeoDigestError, match=r"neither its name nor its columns are those of a table; give --table"):
        validate([path])


def test_wrong_use_is_refused(built: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / "notes.csv").write_text("x", encoding="utf-8")
    (tmp_path / "spoiled.parquet").write_text("x", encoding="utf-8")
    for path, table, said in (
        (tmp_path / "none.csv", None, "there is no such file or folder"),
        (tmp_path / "notes.txt", None, "neither a CSV or Parquet file by its name, nor a folder"),
        (tmp_path / "notes.csv", None, "neither its name nor its columns"),
        (tmp_path / "spoiled.parquet", None, "neither its name nor its columns"),
        (tmp_path, None, "no file is named for a table, and there is no datapackage.json"),
        (built / csv_path("gaps"), "gap", "there is no table 'gap'"),
        (built / "dataset", "gaps", "--table gaps is given for what is not a CSV or Parquet file"),
    ):
        with pytest.raises(GeoDigestError, match=said):
            validate([path], table)


def test_folders_are_searched_to_the_bottom_but_for_other_programs_files(built: Path, tmp_path: Path) -> None:
    for place in ("", "a/b", ".cache", "venv/lib"):
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        shutil.copy(built / csv_path("gaps"), tmp_path / place / "gaps.csv")
    (tmp_path / "venv" / "pyvenv.cfg").touch()
    (tmp_path / "notes.csv").touch()
    report = check([tmp_path, tmp_path / "a", tmp_path / "gaps.csv"])
    assert [Path(file.path).relative_to(tmp_path).as_posix() for file in report.files] == ["a/b/gaps.csv", "gaps.csv"]
    assert report.failures == ()
    assert report.passed_over == ((tmp_path / "notes.csv").as_posix(),)


def test_names_in_capitals_are_those_of_tables(built: Path, tmp_path: Path) -> None:
    shutil.copy(built / csv_path("gaps"), tmp_path / "GAPS.CSV")
    (tmp_path / "Figures.Parquet").mkdir()
    shutil.copy(built / parquet_path("figures"), tmp_path / "Figures.Parquet" / "PART-0.PARQUET")
    shutil.copy(built / parquet_path("gaps"), tmp_path / "Gaps.Parquet")
    for paths in ([tmp_path], sorted(tmp_path.iterdir())):
        report = check(paths)
        assert [(file.table, file.rows) for file in report.files] == [
            ("figures", pq.read_metadata(built / parquet_path("figures")).num_rows),
            ("gaps", pq.read_metadata(built / parquet_path("gaps")).num_rows),
            ("gaps", pq.read_metadata(built / parquet_path("gaps")).num_rows),
        ]
        assert (report.failures, report.passed_over) == ((), ())


def test_a_table_under_the_name_of_another_is_one_failure_a_file(built: Path, tmp_path: Path) -> None:
    for path in (csv_path, parquet_path):
        for table in ("documents", "studies", "passages"):
            shutil.copy(built / path(table), tmp_path)
        shutil.copy(built / path("gaps"), tmp_path / path("figures").name)
    failures = validate([tmp_path])
    assert [(Path(each.file).name, each.line, each.rule) for each in failures] == [
        ("figures.csv", 1, "columns"),
        ("figures.parquet", None, "columns"),
    ]
    assert {each.value for each in failures} == {"the columns of the table gaps"}


def test_the_list_of_documents_that_failed_is_no_table_of_a_conversion(built: Path, tmp_path: Path) -> None:
    shutil.copy(built / csv_path("gaps"), tmp_path)
    (tmp_path / "failures.csv").write_text(as_csv([]), encoding="utf-8")
    assert check([tmp_path]).passed_over == ()
    (tmp_path / "failures.csv").write_text("person,hour\n", encoding="utf-8")
    assert check([tmp_path]).passed_over == ((tmp_path / "failures.csv").as_posix(),)


def test_tables_in_several_folders_below_one_are_held_to_each_other(built: Path, tmp_path: Path) -> None:
    for table in ("gaps", "studies", "documents"):
        (tmp_path / table).mkdir()
        shutil.copy(built / csv_path(table), tmp_path / table)
    documents = tmp_path / "documents" / "documents.csv"
    documents.write_text(documents.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8")
    assert {(each.table, each.rule) for each in validate([tmp_path])} == {
        ("studies", "foreignKey"),
        ("gaps", "foreignKey"),
    }
    files = [tmp_path / table / f"{table}.csv" for table in ("studies", "documents")]
    assert {(each.table, each.rule) for each in validate(files)} == {("studies", "foreignKey")}


def test_where_a_table_stands_twice_only_files_of_one_folder_are_held_to_each_other(
    built: Path, tmp_path: Path
) -> None:
    for place in ("new", "old"):
        (tmp_path / place).mkdir()
        shutil.copy(built / csv_path("gaps"), tmp_path / place)
    header = (built / csv_path("studies")).read_text(encoding="utf-8").splitlines(keepends=True)[0]
    (tmp_path / "old" / "studies.csv").write_text(header, encoding="utf-8")
    failures = validate([tmp_path / "new", tmp_path])
    assert {Path(failure.file).relative_to(tmp_path).as_posix() for failure in failures} == {"old/gaps.csv"}


def test_two_resources_of_one_file_are_refused(package: Path) -> None:
    (failure,) = _redeclared(package, lambda _, gaps: gaps.update(path="dataset/csv/terms.csv", bytes=None, hash=None))
    assert (failure.rule, failure.value) == ("descriptor", "dataset/csv/terms.csv")


def test_a_table_that_is_declared_twice_is_refused(package: Path) -> None:
    (failure,) = _redeclared(package, lambda stated, gaps: stated["resources"].append(gaps))
    assert (failure.rule, failure.value, failure.expected) == ("descriptor", "2 resources gaps", "one")


def test_a_resource_whose_name_is_no_text_is_no_table(package: Path) -> None:
    (failure,) = _redeclared(package, lambda _, gaps: gaps.update(name=["gaps"]))
    assert (failure.rule, failure.expected) == ("missing", "a resource gaps")
