"""What `geodigest validate` is given: files of tables, folders, descriptors and lists of checksums."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from geodigest.paths import csv_path, parquet_path
from tests.bad_input.case import (
    Case,
    Make,
    Taken,
    both,
    folder_instead,
    link_to_nothing,
    nothing,
    pipe_instead,
    redone,
    remove,
    restated,
    write,
)
from tests.bad_input.group import Group
from tests.bad_input.places import tables
from tests.clones import REPOSITORY

CSV, PARQUET = "data/figures.csv", "data/figures.parquet"
PACKAGE, SUMS = "package/datapackage.json", "package/dataset/SHA256SUMS"
_NAMES = "documents, studies, passages, figures, references, equations, quantities, terms, entities, mentions, "
_NAMES += "corrections, gaps, spans"
_NO_TABLE = f"name the files for their tables, with .csv or .parquet: {_NAMES}"


def _text(change: Callable[[str], str]) -> Make:
    return redone(CSV, lambda content: change(content.decode("utf-8")).encode("utf-8"))


def _rows(change: Callable[[pa.Table], pa.Table]) -> Make:
    return lambda folder: pq.write_table(change(pq.read_table(folder / PARQUET)), folder / PARQUET)


def _numbers(column: Callable[[pa.Table], pa.Array]) -> Make:
    """The Parquet file with another column `number`."""
    return _rows(lambda table: table.set_column(2, "number", column(table)))


def _path(stated: object) -> Make:
    """The package with another path of its table `studies`."""
    return restated(PACKAGE, lambda package: package["resources"][1].update(path=stated))


def _listed(line: str) -> Make:
    return redone(SUMS, lambda content: content + f"{line}\n".encode())


def _unnameable(folder: Path) -> None:
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff.csv"))).write_text("a\n", encoding="utf-8")


_REFUSED = (
    (
        "a path that is not there",
        nothing,
        "validate nowhere.csv",
        "nowhere.csv: there is no such file or folder; check the path",
    ),
    (
        "a link to nothing",
        link_to_nothing(CSV),
        f"validate {CSV}",
        f"{CSV}: this links to a file that is not there; mend the link",
    ),
    (
        "a link to nothing in a folder",
        link_to_nothing(CSV),
        "validate data",
        f"{CSV}: this links to a file that is not there; mend the link",
    ),
    (
        "a named pipe",
        pipe_instead(CSV),
        f"validate {CSV}",
        f"{CSV}: this is a pipe or a device, not a file; give a file",
    ),
    (
        "a named pipe in a folder",
        pipe_instead(CSV),
        "validate data",
        f"{CSV}: this is a pipe or a device, not a file; give a file",
    ),
    ("`/dev/null`", nothing, "validate /dev/null", "/dev/null: this is a pipe or a device, not a file; give a file"),
    (
        "an empty folder in a file's place",
        folder_instead(CSV),
        f"validate {CSV}",
        f"{CSV}: no file is named for a table, and there is no datapackage.json; {_NO_TABLE}",
    ),
    (
        "a file of no table",
        write("data/notes.csv", "a,b\n1,2\n"),
        "validate data/notes.csv",
        f"data/notes.csv: neither its name nor its columns are those of a table; give --table, one of {_NAMES}",
    ),
    (
        "an Excel workbook",
        write("figures.xlsx", b"PK\3\4"),
        "validate figures.xlsx",
        (
            "figures.xlsx: this is neither a CSV or Parquet file by its name, nor a folder, nor datapackage.json; "
            "unpack an archive and give its folder; save other data as CSV (UTF-8, commas) or Parquet"
        ),
    ),
    (
        "a table that there is not",
        nothing,
        f"validate {CSV} --table figure",
        f"--table: there is no table 'figure'; use one of {_NAMES}",
    ),
    (
        "a pipe in the place of a list of checksums",
        pipe_instead(SUMS),
        "validate package",
        f"{SUMS}: this is a pipe or a device, not a file; give a file",
    ),
)

_OF_ANOTHER = "the columns of the table gaps; expected those of figures; name the file for gaps, or give --table gaps"

_FAILED_CSV = (
    ("an empty CSV file", write(CSV, ""), ":1: figures: csv: an empty file; expected a line with the columns' names"),
    (
        "UTF-16",
        redone(CSV, lambda content: content.decode().encode("utf-16")),
        ":1: figures: encoding: UTF-16; expected UTF-8",
    ),
    (
        "GB 18030",
        redone(CSV, lambda content: content.decode().encode("gb18030")),
        (
            ":2: figures: encoding: the byte 0xBB, which is not UTF-8; expected UTF-8; "
            "the file reads as GB 18030 (GBK), save it as UTF-8"
        ),
    ),
    (
        "a byte order mark",
        redone(CSV, lambda content: b"\xef\xbb\xbf" + content),
        ":1: figures: encoding: a byte order mark; expected UTF-8 without one",
    ),
    (
        "a byte that is not UTF-8",
        redone(CSV, lambda content: content.replace(b'"1"', b'"\xff"', 1)),
        ":2: figures: encoding: the byte 0xFF, which is not UTF-8; expected UTF-8",
    ),
    (
        "a lone surrogate in three bytes",
        redone(CSV, lambda content: content.replace(b'"1"', b'"\xed\xa0\x80"', 1)),
        ":2: figures: encoding: the byte 0xED, which is not UTF-8; expected UTF-8",
    ),
    (
        "a null character",
        redone(CSV, lambda content: content.replace(b'"1"', b'"\0"', 1)),
        ":2: figures: csv: a NUL character; expected text",
    ),
    (
        "CR LF at the ends of lines",
        redone(CSV, lambda content: content.replace(b"\n", b"\r\n")),
        ":1: figures: csv: a line that ends with CR LF; expected lines that end with LF, here and below",
    ),
    (
        "semicolons between the cells",
        _text(lambda text: text.replace('","', '";"')),
        ":1: figures: csv: cells parted by semicolons; expected cells parted by commas",
    ),
    (
        "a row with fewer cells",
        _text(lambda text: text.replace('"1",', "", 1)),
        ":2: figures row 1: csv: 3 cells; expected 4 as in the header",
    ),
    (
        "a quotation mark that nothing closes",
        lambda folder: (folder / CSV).write_bytes(b'"figure_id","study_id","number","caption"\n"a'),
        ":2: figures row 1: csv: a quote that nothing closes before a; expected a closing quote",
    ),
    (
        "the columns of another table",
        lambda folder: shutil.copy(REPOSITORY / csv_path("gaps"), folder / CSV),
        f":1: figures: columns: {_OF_ANOTHER}",
    ),
    (
        "columns in another order",
        _text(lambda text: text.replace('"figure_id","study_id"', '"study_id","figure_id"', 1)),
        ":1: figures.study_id: columns: study_id; expected figure_id before study_id",
    ),
    (
        "a column that stands twice",
        _text(lambda text: text.replace('"number"', '"caption"', 1)),
        ":1: figures.number: columns: expected a column number",
    ),
)

_FAILED_PARQUET = (
    (
        "a Parquet file with the columns of another table",
        lambda folder: shutil.copy(REPOSITORY / parquet_path("gaps"), folder / PARQUET),
        f": figures: columns: {_OF_ANOTHER}",
    ),
    (
        "an empty Parquet file",
        write(PARQUET, ""),
        ": figures: parquet: an empty file; expected a Parquet file; write, copy or download it again",
    ),
    (
        "a Parquet file that is cut off",
        redone(PARQUET, lambda content: content[: len(content) // 2]),
        ": figures: parquet: a Parquet file that is cut off; expected its end, too; write, copy or download it again",
    ),
    (
        "text in the place of a Parquet file",
        write(PARQUET, "figure_id,study_id\n"),
        (
            ": figures: parquet: no Parquet file; expected one, which begins with PAR1; write it as Parquet, or name a CSV "
            "file .csv"
        ),
    ),
    (
        "an archive in the place of a Parquet file",
        write(PARQUET, b"PK\3\4\0\0"),
        ": figures: parquet: no Parquet file; expected one, which begins with PAR1; write it as Parquet",
    ),
    (
        "a folder in parts without a part",
        folder_instead(PARQUET),
        (
            ": figures: parquet: a folder without Parquet files; expected the table's files in it; write them again, or "
            "remove the folder"
        ),
    ),
    (
        "a column of another type",
        _numbers(lambda table: pa.array(range(table.num_rows))),
        ": figures.number: type: int64; expected string",
    ),
    (
        "a dictionary of another type",
        _numbers(lambda table: pa.array(range(table.num_rows)).dictionary_encode()),
        ": figures.number: type: int64; expected string",
    ),
)

_OUTSIDE = "expected the path of one CSV or Parquet file in the descriptor's folder"
_FAILED_PACKAGE = (
    (
        "a descriptor that is not JSON",
        write(PACKAGE, '{\n"resources":,}'),
        f"{PACKAGE}:2: descriptor: Expecting value; expected JSON",
    ),
    (
        "a descriptor in UTF-16",
        write(PACKAGE, "{}".encode("utf-16")),
        f"{PACKAGE}: descriptor: bytes that are not UTF-8; expected JSON in UTF-8",
    ),
    (
        "a descriptor without tables",
        write(PACKAGE, "{}"),
        f"{PACKAGE}: descriptor: expected an object with a list of resources",
    ),
    (
        "a path that leaves the folder",
        _path("../data/figures.csv"),
        f'{PACKAGE}: studies: descriptor: "../data/figures.csv"; {_OUTSIDE}',
    ),
    ("an absolute path", _path("/etc/studies.csv"), f'{PACKAGE}: studies: descriptor: "/etc/studies.csv"; {_OUTSIDE}'),
    ("a path of Windows", _path("..\\studies.csv"), f'{PACKAGE}: studies: descriptor: "..\\\\studies.csv"; {_OUTSIDE}'),
    (
        "a path of the network",
        _path("https://example.org/studies.csv"),
        f'{PACKAGE}: studies: descriptor: "https://example.org/studies.csv"; {_OUTSIDE}',
    ),
    (
        "a file that is missing",
        remove("package/dataset/csv/studies.csv"),
        f"{PACKAGE}: studies: missing: dataset/csv/studies.csv; expected a file of this path",
    ),
)
_FAILED_SUMS = (
    (
        "a checksum of a file outside",
        _listed(f"{'0' * 64}  ../../data/gaps.csv"),
        f"{SUMS}:27: missing: ../../data/gaps.csv; expected the path of a file in this folder",
    ),
    (
        "a checksum of an absolute path",
        _listed(f"{'0' * 64}  /etc/hostname"),
        f"{SUMS}:27: missing: /etc/hostname; expected the path of a file in this folder",
    ),
    (
        "a line that is no checksum",
        _listed("figures.csv"),
        f"{SUMS}:27: hash: figures.csv; expected a SHA-256 digest, two blanks and a path",
    ),
)


def _first(given: str, make: Make, command: str, told: str) -> Case:
    return Case(given, make, command, told, on_output=True)


GROUP = Group(
    "geodigest validate",
    "`data/` holds `figures.csv`, `figures.parquet` and `gaps.csv`, `package/` a conversion. What cannot be checked ends "
    "with 2, what fails a check with 1; then the message is the first line of the report, on standard output.",
    tables,
    (
        *(Case(given, make, command, f"error: {told}", 2) for given, make, command, told in _REFUSED),
        Case(
            "an empty path",
            nothing,
            "validate ''",
            "Invalid value for 'PATH': a path is empty; give \".\" for this folder",
            2,
        ),
        Case(
            "a format that there is not",
            nothing,
            f"validate {CSV} --format jsn",
            "Invalid value for '--format': there is no 'jsn'; did you mean 'json'?",
            2,
        ),
        Case(
            "a file that its user may not read",
            nothing,
            f"validate {CSV}",
            f"error: {CSV}: Permission denied; make the path one that can be read",
            2,
            unreadable=CSV,
        ),
        *(_first(given, make, f"validate {CSV}", f"{CSV}{told}") for given, make, told in _FAILED_CSV),
        _first(
            "`NA` in a column of numbers",
            redone("data/gaps.csv", lambda content: content.replace(b",,", b",NA,", 1)),
            "validate data/gaps.csv",
            "data/gaps.csv:2: gaps.offset row 1: type: 'NA'; expected an integer",
        ),
        _first(
            r"a name that is not UTF-8: its bytes are told as `\udcff`",
            _unnameable,
            r"validate '\udcff.csv' --table figures",
            r"\udcff.csv:1: figures.figure_id: columns: expected a column figure_id",
        ),
        *(_first(given, make, f"validate {PARQUET}", f"{PARQUET}{told}") for given, make, told in _FAILED_PARQUET),
        *(_first(given, make, f"validate {PACKAGE}", told) for given, make, told in _FAILED_PACKAGE),
        *(_first(given, make, "validate package", told) for given, make, told in _FAILED_SUMS),
    ),
    (
        Taken(
            "a column of text as a dictionary",
            _numbers(lambda table: table["number"].dictionary_encode()),
            f"validate {PARQUET}",
            "valid",
            "",
        ),
        Taken(
            "a column of text as `large_string`",
            _numbers(lambda table: table["number"].cast(pa.large_string())),
            f"validate {PARQUET}",
            "valid",
            "",
        ),
        Taken("no line feed at the end", redone(CSV, lambda content: content.rstrip()), f"validate {CSV}", "valid", ""),
        Taken(
            "a link to a file",
            both(
                lambda folder: (folder / CSV).rename(folder / "elsewhere.csv"),
                lambda folder: (folder / CSV).symlink_to("../elsewhere.csv"),
            ),
            f"validate {CSV}",
            "valid: links are followed",
            "",
        ),
    ),
)
