"""CSV files: where records and cells lie, and what is said of files that are not as the contract has them."""

import codecs
import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodigest.loading import table_schema
from geodigest.paths import csv_path
from geodigest.validation import validate
from geodigest.validation.csv_file import read_csv
from geodigest.validation.records import records
from tests.clones import REPOSITORY

CELLS = st.none() | st.text(alphabet=st.sampled_from("深a,\";\n' |"), min_size=1)
TABLES = st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1))


@given(TABLES, st.booleans())
def test_records_and_their_lines_are_those_that_another_reader_counts(
    rows: list[list[str | None]], quoted: bool
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC if quoted else csv.QUOTE_MINIMAL).writerows(rows)
    reader = csv.reader(io.StringIO(text.getvalue(), newline=""))
    lines, cells = [], []
    begin = 1
    for row in reader:
        lines.append(begin)
        cells.append(row)
        begin = reader.line_num + 1
    found = list(records(text.getvalue()))
    assert [record.line for record in found] == lines
    assert [[cell or "" for cell in record.cells] for record in found] == cells
    assert not any(record.error for record in found)


@given(st.lists(st.lists(st.none() | st.just(""), min_size=2, max_size=2), min_size=1))
def test_nothing_is_null_and_an_empty_pair_of_quotes_is_an_empty_text(rows: list[list[str | None]]) -> None:
    text = "".join(",".join("" if cell is None else '""' for cell in row) + "\n" for row in rows)
    assert [record.cells for record in records(text)] == rows


Spoil = Callable[[str], bytes]


def _edited(edit: Callable[[str], str]) -> Spoil:
    return lambda text: edit(text).encode()


def _on_line(number: int, edit: Callable[[str], str]) -> Spoil:
    def edited(text: str) -> str:
        lines = text.splitlines(keepends=True)
        lines[number - 1] = edit(lines[number - 1])
        return "".join(lines)

    return _edited(edited)


UNREADABLE: dict[str, tuple[Spoil, tuple[int, None, str, str, str]]] = {
    "empty": (lambda text: b"", (1, None, "csv", "an empty file", "a line with the columns' names")),
    "GBK": (
        lambda text: text.encode("gb18030"),
        (
            2,
            None,
            "encoding",
            "the byte 0xB5, which is not UTF-8",
            "UTF-8; the file reads as GB 18030 (GBK), save it as UTF-8",
        ),
    ),
    "Latin": (
        lambda text: text.encode() + "é".encode("latin-1"),
        (4, None, "encoding", "the byte 0xE9, which is not UTF-8", "UTF-8"),
    ),
    "UTF-16": (lambda text: text.encode("utf-16"), (1, None, "encoding", "UTF-16", "UTF-8")),
    "semicolons": (
        _edited(lambda text: text.replace(",", ";")),
        (1, None, "csv", "cells parted by semicolons", "cells parted by commas"),
    ),
    "tabs, unquoted": (
        _edited(lambda text: text.replace(",", "\t").replace('"', "")),
        (1, None, "csv", "cells parted by tabs", "cells parted by commas"),
    ),
    "CR": (
        _edited(lambda text: text.replace("\n", "\r")),
        (1, None, "csv", "a carriage return alone", "lines that end with LF"),
    ),
    "NUL": (_on_line(3, lambda line: line.replace("zh", "z\0")), (3, None, "csv", "a NUL character", "text")),
    "quote in the header": (
        _on_line(1, lambda line: 'a"b,' + line),
        (1, None, "csv", 'a quote inside a"', "the whole cell in quotes, and each quote in it doubled"),
    ),
}

READABLE: dict[str, tuple[Spoil, list[tuple[int, int | None, str | None, str, str | None]]]] = {
    "byte order mark": (
        lambda text: codecs.BOM_UTF8 + text.encode(),
        [(1, None, None, "encoding", "a byte order mark")],
    ),
    "CR LF": (
        _edited(lambda text: text.replace("\n", "\r\n")),
        [(1, None, None, "csv", "a line that ends with CR LF")],
    ),
    "as Excel saves it": (
        lambda text: codecs.BOM_UTF8 + text.replace("\n", "\r\n").encode(),
        [(1, None, None, "encoding", "a byte order mark"), (1, None, None, "csv", "a line that ends with CR LF")],
    ),
    "a cell too few": (_on_line(2, lambda line: line.rpartition(",")[0] + "\n"), [(2, 1, None, "csv", "10 cells")]),
    "a cell too many": (_on_line(3, lambda line: "x," + line), [(3, 2, None, "csv", "12 cells")]),
    "an empty line": (
        _on_line(2, lambda line: "\n" + line.replace("bulletin", "book")),
        [(2, None, None, "csv", "an empty line"), (3, 1, "kind", "enum", "book")],
    ),
    "a quote inside a cell": (
        _on_line(2, lambda line: 'a"b,' + line),
        [(2, 1, None, "csv", 'a quote inside a"')],
    ),
    "text after a quote": (
        _on_line(2, lambda line: '"a"b,' + line),
        [(2, 1, None, "csv", "'b' after the closing quote of \"a\"")],
    ),
    "a quote that nothing closes": (
        _on_line(3, lambda line: '"' + line.replace('"', "")),
        [(3, 2, None, "csv", "a quote that nothing closes before earth-science-litera")],
    ),
    "no line end at the end": (_edited(lambda text: text.rstrip("\n")), []),
    "no rows": (_edited(lambda text: text.partition("\n")[0] + "\n"), []),
    "a column lacks": (
        _edited(lambda text: "".join(line.rpartition(",")[0] + "\n" for line in text.splitlines())),
        [(1, None, "n_lines", "columns", None)],
    ),
    "a column more": (
        _edited(lambda text: "".join(f"{line},1\n" for line in text.splitlines()).replace(",1", ",note", 1)),
        [(1, None, "note", "columns", "note")],
    ),
    "columns in another order": (
        _on_line(1, lambda line: line.replace('"issue","publisher"', '"publisher","issue"')),
        [(1, None, "publisher", "columns", "publisher")],
    ),
    "an empty text for null": (
        _on_line(3, lambda line: line.replace(",,", ',"",', 1)),
        [(3, 2, "title_en", "clean", "")],
    ),
    "a number in quotes": (_on_line(2, lambda line: f'{line.rpartition(",")[0]},"26"\n'), []),
    "no number": (
        _on_line(2, lambda line: line.rpartition(",")[0] + ",1.000\n"),
        [(2, 1, "n_lines", "type", "1.000")],
    ),
    "a required value lacks": (
        _on_line(2, lambda line: line.replace('"bulletin"', "")),
        [(2, 1, "kind", "required", None)],
    ),
    "a row twice": (
        _edited(lambda text: text + text.splitlines()[2].replace("seeds/", "seeds/x-") + "\n"),
        [
            (4, 3, "document_id", "unique", "earth-science-literature-table"),
            (4, 3, "document_id", "primaryKey", "earth-science-literature-table"),
            (4, 3, "sha256", "unique", "f8674aee79d5046f63cab40b4df0d3109e29dde704896af266023af7846d8f6b"),
        ],
    ),
}


@pytest.fixture
def documents(built: Path) -> str:
    return (built / csv_path("documents")).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_failure_that_says_why(name: str, documents: str, tmp_path: Path) -> None:
    spoil, said = UNREADABLE[name]
    path = tmp_path / "documents.csv"
    path.write_bytes(spoil(documents))
    (failure,) = validate([path])
    assert (failure.line, failure.row, failure.rule, failure.value, failure.expected) == said
    assert failure.table == "documents"


@pytest.mark.parametrize("name", READABLE)
def test_what_is_wrong_in_a_file_is_found_on_its_line(name: str, documents: str, tmp_path: Path) -> None:
    spoil, said = READABLE[name]
    path = tmp_path / "documents.csv"
    path.write_bytes(spoil(documents))
    assert [(each.line, each.row, each.column, each.rule, each.value) for each in validate([path])] == said


def test_a_file_whose_line_ends_were_all_converted_is_one_failure(built: Path, tmp_path: Path) -> None:
    content = (built / csv_path("studies")).read_bytes()
    assert content.count(b"\n") > 55  # cells hold line feeds
    path = tmp_path / "studies.csv"
    path.write_bytes(content.replace(b"\n", b"\r\n"))
    assert [(each.rule, each.line) for each in validate([path])] == [("csv", 1)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(data=st.data())
def test_no_bytes_make_the_reader_raise(data: st.DataObject, documents: str, tmp_path: Path) -> None:
    content = bytearray(documents.encode())
    for place in data.draw(st.lists(st.integers(0, len(content)), max_size=5)):
        content[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=3) | st.just(b'"'))
    path = tmp_path / "documents.csv"
    path.write_bytes(bytes(content))
    reading = read_csv(path, table_schema("documents"))
    failures = validate([path])
    assert set(reading.failures) <= set(failures)
    assert reading.table is not None or reading.failures


def test_rows_after_malformed_ones_keep_their_numbers_and_are_all_that_is_asked_of(tmp_path: Path) -> None:
    lines = (REPOSITORY / csv_path("gaps")).read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].rpartition(",")[0].replace("missing_facet", "lost")
    lines[2] += ',"x"'
    lines[4] = lines[4].replace("broken_off", "lost")
    (tmp_path / "gaps.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = [(each.line, each.row, each.column, each.rule) for each in validate([tmp_path / "gaps.csv"])]
    assert found == [(2, 1, None, "csv"), (3, 2, None, "csv"), (5, 4, "kind", "enum")]
