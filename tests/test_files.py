"""The files of a table: Parquet and CSV hold the same rows, and the same rows give the same bytes."""

import csv
import datetime as dt
import subprocess
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodigest.paths import csv_path, parquet_path
from geodigest.tabular.arrow import arrow_schema, arrow_table
from geodigest.tabular.files import checksums, write_table
from geodigest.tabular.schema import read_table_schemas
from tests.clones import REPOSITORY
from tests.csv_tables import read_csv_table

SCHEMAS = {schema.name: schema for schema in read_table_schemas(REPOSITORY / "schema")}

# What CSV has to quote or could mistake: separators, quotes, line feeds, words that readers take for null or numbers.
TEXT = st.one_of(
    st.text(alphabet=st.sampled_from("深度,\";\n'|\t10. é"), min_size=1),
    st.sampled_from(["NA", "null", "None", "1.", "1e5", "true", "=1+1", "2025-08-30"]),
)
STUDIES = st.lists(
    st.fixed_dictionaries(
        {
            "study_id": TEXT,
            "document_id": st.just("slow-slip"),
            "kind": st.just("study"),
            "title_zh": TEXT,
            "position": st.integers(1, 2**53),
            "date": st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
            "methods": st.none() | TEXT,
        }
    ),
    max_size=5,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(rows=STUDIES)
def test_parquet_and_csv_give_back_every_row(rows: list[dict[str, object]], tmp_path: Path) -> None:
    table = arrow_table(SCHEMAS["studies"], rows)
    write_table("studies", table, tmp_path)
    parquet = pq.read_table(tmp_path / parquet_path("studies"))
    assert parquet.equals(table)
    assert parquet.schema.equals(arrow_schema(SCHEMAS["studies"]), check_metadata=True)
    assert read_csv_table(SCHEMAS["studies"], tmp_path / csv_path("studies")).equals(table)


def test_csv_is_utf8_with_line_feeds_and_null_as_nothing(tmp_path: Path) -> None:
    rows = [_gap(note='断 "句"\n第二行'), _gap(note="b", offset=7)]
    write_table("gaps", arrow_table(SCHEMAS["gaps"], rows), tmp_path)
    content = (tmp_path / csv_path("gaps")).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    read = list(csv.DictReader(content.decode("utf-8").splitlines(keepends=True)))
    assert [(row["note"], row["offset"]) for row in read] == [('断 "句"\n第二行', ""), ("b", "7")]


def test_parquet_is_zstandard_with_statistics_and_reads_elsewhere(tmp_path: Path) -> None:
    write_table("gaps", arrow_table(SCHEMAS["gaps"], [_gap(note="断句", offset=7)]), tmp_path)
    column = pq.read_metadata(tmp_path / parquet_path("gaps")).row_group(0).column(5)
    assert column.path_in_schema == "offset"
    assert column.compression == "ZSTD"
    assert (column.statistics.min, column.statistics.max) == (7, 7)
    assert pl.read_parquet(tmp_path / parquet_path("gaps"))["note"].to_list() == ["断句"]


def test_equal_rows_give_equal_bytes_however_they_are_chunked(tmp_path: Path) -> None:
    rows = [_gap(note=f"断句 {number}") for number in range(9)]
    whole = arrow_table(SCHEMAS["gaps"], rows)
    first = write_table("gaps", whole, tmp_path / "one")
    again = write_table(
        "gaps", pa.concat_tables([whole.slice(0, 4), whole.slice(4)]).combine_chunks(), tmp_path / "two"
    )
    assert first == again


def test_checksums_are_those_of_the_files(tmp_path: Path) -> None:
    written = [write_table("gaps", arrow_table(SCHEMAS["gaps"], []), tmp_path)]
    sums = tmp_path / "dataset" / "SHA256SUMS"
    sums.write_text(checksums(written))
    command = ["sha256sum", "--check", "--strict", sums.name]
    subprocess.run(command, cwd=sums.parent, check=True, capture_output=True)
    (tmp_path / csv_path("gaps")).write_text("spoiled")
    with pytest.raises(subprocess.CalledProcessError):
        subprocess.run(command, cwd=sums.parent, check=True, capture_output=True)


def _gap(**values: object) -> dict[str, object]:
    place = {"gap_id": "a/b/1", "study_id": "a/b", "facet": "body", "kind": "broken_off", "document_id": "a"}
    return {**place, **values}
