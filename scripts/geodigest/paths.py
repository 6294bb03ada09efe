"""Where the package's folders lie: at the root of the repository, or inside the installed wheel."""

import os
from functools import cache
from pathlib import Path, PureWindowsPath

from geodigest.errors import GeoDigestError

_HERE = Path(__file__).resolve().parent
_IN_WHEEL = _HERE / "_package"
_IN_REPOSITORY = _HERE.parents[1]


@cache
def package_root() -> Path:
    """The folder that holds `datapackage.json`, `dataset/`, `schema/` and `seeds/`.

    In a wheel, `seeds/` has the documents and the vocabulary alone.

    Raises:
        GeoDigestError: neither place has a `schema/`.
    """
    for root in (_IN_WHEEL, _IN_REPOSITORY):
        if (root / "schema").is_dir():
            return root
    raise GeoDigestError("there is no schema/ folder", where=str(_HERE), remedy="install geodigest again")


def parquet_path(table: str) -> Path:
    """Path of a table's Parquet file below the package's root.

    >>> parquet_path("studies").as_posix()
    'dataset/parquet/studies.parquet'
    """
    return Path("dataset", "parquet", f"{table}.parquet")


def csv_path(table: str) -> Path:
    """Path of a table's CSV file below the package's root.

    >>> csv_path("studies").as_posix()
    'dataset/csv/studies.csv'
    """
    return Path("dataset", "csv", f"{table}.csv")


def image_path(chart: str) -> Path:
    """Path of a chart below the package's root.

    >>> image_path("ages").as_posix()
    'dataset/images/ages.svg'
    """
    return Path("dataset", "images", f"{chart}.svg")


def is_inside(stated: str) -> bool:
    """Whether a path that a file states leads to a place below a folder, whichever the folder and the system.

    >>> [is_inside(path) for path in ("csv/gaps.csv", "../gaps.csv", "/gaps.csv", "C:/gaps.csv", "https://a.org/gaps.csv")]
    [True, False, False, False, False]
    """
    path = PureWindowsPath(stated)  # it knows drives, and both slashes
    return not (path.anchor or ".." in path.parts or "\\" in stated or "://" in stated)


def utf8_path(path: Path) -> str:
    """The path for libraries that take every path for UTF-8, where Python takes it in the encoding of the system.

    A name in Chinese is then found in a locale that cannot write it, too. Arrow also takes `os.fsencode(path)`.
    """
    return os.fsencode(path).decode("utf-8", "surrogateescape")
