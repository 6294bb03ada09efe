"""The ZIP archives of a release: the package as CSV, as Parquet and as CSV for Excel, and the explorer.

Each holds one folder `geodigest-VERSION/`, in which paths are those of the repository, and a `SHA256SUMS` of what is
inside. The bytes depend on the files, the date and the version of zlib alone.
"""

import csv
import io
import re
import time
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from geodigest.explorer import PAGE, explorer_files
from geodigest.paths import csv_path, parquet_path
from geodigest.releases.excel_notes import excel_notes
from geodigest.tabular.files import checksum_lines

Files = Mapping[str, bytes]
"""Contents by path."""

EARLIEST = 315_532_800
"""1980-01-01, in seconds since 1970: a ZIP archive states no earlier time."""

BYTE_ORDER_MARK = "\ufeff"

_TOLD = ("README.md", "LICENSE", "CITATION.cff", "CHANGELOG.md")
"""What every archive holds beside the tables; definitions, pages and charts join them."""

# A sign with which Excel begins a formula, and a call, a link to a program or to another sheet after it.
_FORMULA = re.compile(r"[=+\-@\t\r].*?(?:\w\(|[|!])", re.DOTALL)


def csv_files(root: Path, tables: Iterable[str]) -> dict[str, bytes]:
    """The package as CSV: the tables, `datapackage.json`, which names them, and what tells of them."""
    return _described(root) | _read(root, ["datapackage.json", *(csv_path(table).as_posix() for table in tables)])


def parquet_files(root: Path, tables: Iterable[str]) -> dict[str, bytes]:
    """The package as Parquet: the tables, `croissant.json`, which names them, and what tells of them.

    Without `datapackage.json`: its paths are those of the CSV files. `schema/` holds the same definitions.
    """
    return _described(root) | _read(root, ["croissant.json", *(parquet_path(table).as_posix() for table in tables)])


def excel_files(root: Path, tables: Iterable[str]) -> dict[str, bytes]:
    """The tables as CSV that Excel opens by a double click, below `excel/`, and notes on what Excel makes of them.

    With a byte order mark (without one Excel takes Chinese for Windows-1252) and CR LF after each row; line feeds
    inside a cell stay. A text that Excel would run as a formula has an apostrophe before it.
    """
    listed = list(tables)
    rows = {table: _rows(root / csv_path(table)) for table in listed}
    files = {f"excel/{table}.csv": excel_csv(rows[table]) for table in listed}
    told = {path: content for path, content in _described(root).items() if not path.startswith("schema/")}
    notes = BYTE_ORDER_MARK + excel_notes(
        rows, sum(_is_formula(cell) for each in rows.values() for row in each for cell in row)
    )
    return told | files | {"excel/NOTES.txt": notes.replace("\n", "\r\n").encode("utf-8")}


def explorer_archive_files(root: Path) -> dict[str, bytes]:
    """The explorer's page with the tables and documents beside it, for any host of static files.

    Raises:
        GeoDigestError: the page is not built.
    """
    files = explorer_files(root, root / "schema", root / "scripts" / "geodigest" / PAGE.name)
    return _read(root, ["LICENSE", "CITATION.cff"]) | {path: place.read_bytes() for path, place in files.items()}


def excel_csv(rows: Iterable[Iterable[str]]) -> bytes:
    r"""Rows, the header's first, as CSV for Excel.

    >>> excel_csv([["title"], ["慢滑\n事件"], ["=1+1"], ['=HYPERLINK("http://a")']]).decode("utf-8-sig")
    'title\r\n"慢滑\n事件"\r\n=1+1\r\n"\'=HYPERLINK(""http://a"")"\r\n'
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerows([f"'{cell}" if _is_formula(cell) else cell for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + written.getvalue()).encode("utf-8")


def checksums(files: Files) -> bytes:
    """The digests of the files in the form that `sha256sum --check` reads, sorted by path."""
    return checksum_lines({path: sha256(content).hexdigest() for path, content in files.items()}).encode()


def write_archive(place: Path, folder: str, files: Files, seconds: int) -> None:
    """Write the files and their `SHA256SUMS` as a ZIP archive with one folder.

    Args:
        place: the archive.
        folder: name of the folder inside.
        files: contents by path below the folder.
        seconds: the time of every file, in seconds since 1970, UTC; not before `EARLIEST`.
    """
    packed = {**files, "SHA256SUMS": checksums(files)}
    year, month, day, hour, minute, second = time.gmtime(max(seconds, EARLIEST))[:6]
    with zipfile.ZipFile(place, "w") as archive:
        for path in sorted(packed):
            info = zipfile.ZipInfo(f"{folder}/{path}", (year, month, day, hour, minute, second))
            info.create_system = 3  # Unix, wherever the archive is written
            info.external_attr = 0o100644 << 16
            archive.writestr(info, packed[path], zipfile.ZIP_DEFLATED, compresslevel=9)


def _described(root: Path) -> dict[str, bytes]:
    """What tells of the tables: card, licence, citation, definitions, pages and charts."""
    patterns = ("schema/*.json", "docs/*.md", "docs/images/*", "dataset/*.md", "dataset/images/*")
    paths = [path.relative_to(root).as_posix() for pattern in patterns for path in sorted(root.glob(pattern))]
    return _read(root, [*_TOLD, *paths])


def _read(root: Path, paths: Iterable[str]) -> dict[str, bytes]:
    return {path: (root / path).read_bytes() for path in paths}


def _rows(place: Path) -> list[list[str]]:
    with place.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _is_formula(cell: str) -> bool:
    return _FORMULA.match(cell) is not None
