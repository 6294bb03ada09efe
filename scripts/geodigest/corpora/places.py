"""Files at local paths and at URLs that fsspec knows (`s3://…`): each is read and written as a whole.

A place is an absolute path or a URL, as text; files below it have names with slashes.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from geodigest.errors import GeoDigestError
from geodigest.extras import extra
from geodigest.staging import is_own

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

UNFINISHED = ".unfinished-"
"""Begins the names of files that are being written."""


def is_url(given: str) -> bool:
    """Whether a place is given as a URL.

    >>> is_url("s3://bucket/issues"), is_url("C:/issues")
    (True, False)
    """
    return "://" in given


def place_of(given: str) -> str:
    """The place that a path or URL names, the same for processes in any folder; a `file://` URL is a path.

    >>> place_of("s3://bucket/issues/"), place_of("file:///srv/issues")
    ('s3://bucket/issues', '/srv/issues')
    """
    if is_url(given) and not given.startswith("file://"):
        return given.rstrip("/")
    return str(Path(url2pathname(urlsplit(given).path) if is_url(given) else given).resolve())


def is_unfinished(name: str) -> bool:
    """Whether a file was being written when its process ended, or locked the folder."""
    return name.rpartition("/")[2].startswith(UNFINISHED) or is_own(Path(name))


def is_folder(place: str) -> bool:
    """Whether there is a folder at the place."""
    if not is_url(place):
        return Path(place).is_dir()
    with _system(place) as system:
        return bool(system.isdir(place))


def sizes(place: str) -> dict[str, int]:
    """The sizes of all files below a place, in bytes, by their names; none where there is no such folder."""
    if not is_folder(place):
        return {}
    if is_url(place):
        with _system(place) as system:
            root = system._strip_protocol(place).rstrip("/")
            found = system.find(place, detail=True)
        return {path[len(root) + 1 :]: int(each["size"]) for path, each in found.items()}
    root = Path(place)
    found = {}
    for parent, _, names in os.walk(root, onerror=_raised):
        for path in (Path(parent, name) for name in names):
            with suppress(FileNotFoundError):  # another run has put it in place, or removed it
                if path.is_file() or path.name.startswith(UNFINISHED):
                    found[path.relative_to(root).as_posix()] = path.stat().st_size
    return found


def read(place: str, name: str) -> bytes:
    """The content of a file.

    Raises:
        OSError: it cannot be read.
    """
    if not is_url(place):
        return Path(place, name).read_bytes()
    with _system(f"{place}/{name}") as system:
        content: bytes = system.cat_file(f"{place}/{name}")
    return content


def write(place: str, name: str, content: bytes) -> None:
    """Put a whole file in the place of what is there; who reads sees the one or the other.

    Of a URL that holds for stores that put an object as a whole, as S3 does.

    Raises:
        OSError: it cannot be written.
    """
    if is_url(place):
        with _system(f"{place}/{name}") as system:
            system.makedirs(f"{place}/{name}".rpartition("/")[0], exist_ok=True)
            system.pipe_file(f"{place}/{name}", content)
        return
    path = Path(place, name)
    with named(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        number, unfinished = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
        with open(number, "wb") as file:  # noqa: PTH123  # an open file's number
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if os.name == "posix":  # mkstemp lets nobody else read
            Path(unfinished).chmod(0o644)
        Path(unfinished).replace(path)


def remove(place: str, names: Iterable[str]) -> None:
    """Remove files, one after the other."""
    for name in names:
        if is_url(place):
            with _system(f"{place}/{name}") as system:
                system.rm_file(f"{place}/{name}")
        else:
            Path(place, name).unlink(missing_ok=True)


@contextmanager
def on_disk(place: str, names: Iterable[str]) -> Iterator[Path]:
    """A local folder with these files of a place: the place itself, or a copy that is gone after the block."""
    if not is_url(place):
        yield Path(place)
        return
    copy = Path(tempfile.mkdtemp())
    try:
        for name in names:
            content = read(place, name)
            with named(tempfile.gettempdir()):
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                (copy / name).write_bytes(content)
        yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)


@contextmanager
def named(place: str) -> Iterator[None]:
    """Errors of the system inside the block name this place, which is known to the user."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno or errno.EIO, error.strerror or str(error), place) from error


@contextmanager
def _system(url: str) -> Iterator[AbstractFileSystem]:
    """The file system of a URL; errors inside the block name the URL, which those of fsspec may not."""
    with extra("dask", where=url):
        import fsspec
    try:
        with named(url):
            yield fsspec.core.url_to_fs(url)[0]
    except (ImportError, ValueError) as error:
        raise GeoDigestError(
            f"the URL cannot be used: {error}", where=url, remedy="install what it needs, or give a path"
        ) from error


def _raised(error: OSError) -> None:
    raise error
