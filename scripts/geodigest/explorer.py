"""The explorer: a page on which the studies are found, read and checked against their documents, and its server.

The page is built from `scripts/explorer/` by `make explorer`. It is the same for any data: it reads `dataset/parquet/`
and `seeds/` beside it, wherever it is served.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from geodigest.errors import GeoDigestError, PackageError
from geodigest.paths import parquet_path
from geodigest.tabular.schema import read_table_schemas

if TYPE_CHECKING:
    import pyarrow as pa

PAGE = Path(__file__).parent / "_explorer"
"""Where the built page lies, in the repository and in the wheel."""

_HERE = ("127.0.0.1", "localhost")

_TYPES = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
"""Written here, since those of the system differ: of some, scripts are plain text, which no browser runs."""


def explorer_files(data: Path, definitions: Path, page: Path) -> dict[str, Path]:
    """The files of the explorer over the tables in `data`: the path below the page's address, and the file here.

    They are those of the page, the Parquet files, the descriptor, and the documents that `documents` names. A folder
    may lack the last two: the page then states no version, and cannot show where a passage comes from. The Parquet file
    of a table may be a folder of files, as a conversion of many documents writes it.

    Args:
        data: a folder with `dataset/parquet/`: a clone, an unpacked release, or what `geodigest convert` wrote.
        definitions: the folder `schema/`, which names the tables.
        page: the folder of the built page.

    Raises:
        GeoDigestError: the page is not built, a table is missing, or a document lies outside the folder.
    """
    if not (page / "index.html").is_file():
        raise GeoDigestError(
            "the explorer's page is not built",
            where=str(page),
            remedy="install the wheel of a release, or run `make explorer` in a clone (Node 20.19 or newer)",
        )
    files = {path.relative_to(page).as_posix(): path for path in sorted(page.rglob("*")) if path.is_file()}
    tables = [parquet_path(schema.name) for schema in read_table_schemas(definitions)]
    for path in tables:
        _parts(data / path)
    beside = [path for path in (Path("datapackage.json"), *_seeds(data)) if (data / path).is_file()]
    return files | {path.as_posix(): data / path for path in (*tables, *beside)}


def _seeds(data: Path) -> list[Path]:
    """The paths of the documents that `documents` names."""
    path = data / parquet_path("documents")
    paths = [Path(PurePosixPath(each)) for each in _rows(path, ["seed_path"]).column(0).to_pylist()]
    for seed in paths:
        if not (data / seed).resolve().is_relative_to(data.resolve()):
            raise PackageError(f"{seed} lies outside the folder", where=str(path), remedy="name files inside it")
    return paths


def _parts(path: Path) -> list[Path]:
    """The files of a table: one, or those of a folder.

    Raises:
        PackageError: there is none.
    """
    from geodigest.validation.reading import parts_of

    if not path.exists():
        raise PackageError("the file is missing", where=str(path), remedy="give a folder with dataset/parquet/")
    if not (parts := parts_of(path)):
        raise PackageError("the folder has no Parquet file", where=str(path), remedy="convert the documents again")
    return parts


def _rows(path: Path, columns: list[str] | None = None) -> "pa.Table":
    """A table's rows, of all its files where it is a folder."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    tables = []
    for each in _parts(path):
        with pa.OSFile(os.fsencode(each)) as content, ParquetFile(content) as file:
            tables.append(file.read(columns))
    return pa.concat_tables(tables)


def _one_file(folder: Path) -> bytes:
    """The Parquet files of a folder as one, since the page reads one for each table."""
    from io import BytesIO

    from pyarrow.parquet import write_table

    written = BytesIO()
    write_table(_rows(folder), written, compression="zstd")
    return written.getvalue()


def explorer_server(files: Mapping[str, Path], port: int = 0) -> ThreadingHTTPServer:
    """A server of these files and nothing else, for this machine alone; it serves once `serve_forever` is called.

    Args:
        files: what `explorer_files` gives.
        port: the port; 0 is any that is free.

    Raises:
        GeoDigestError: the port is taken, or may not be used.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with suppress(ConnectionError):  # a browser may turn to something else
                self._answer()

        def _answer(self) -> None:
            # A page of another host that takes this address for its own is not to read the folder.
            if self.headers.get("Host", "").partition(":")[0] not in _HERE:
                return self.send_error(HTTPStatus.FORBIDDEN)
            path = files.get(unquote(self.path.partition("?")[0]).removeprefix("/") or "index.html")
            if path is None or not path.exists():
                return self.send_error(HTTPStatus.NOT_FOUND)
            content = _one_file(path) if path.is_dir() else path.read_bytes()
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", _TYPES.get(path.suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Content-Security-Policy", "frame-ancestors 'none'")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Cache-Control", "no-cache")  # the tables may be built again under the same address
            self.end_headers()
            self.wfile.write(content)
            return None

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    try:
        return ThreadingHTTPServer((_HERE[0], port), Handler)
    except (OSError, OverflowError) as error:
        raise GeoDigestError(
            f"port {port} cannot be used: {error}",
            where="geodigest explore",
            remedy="leave --port out, or give another",
        ) from error
