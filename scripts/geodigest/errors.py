"""The errors that GeoDigest raises: one line each that says what is wrong, where, and what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable


class GeoDigestError(Exception):
    """What is wrong, where, and what to do about it.

    Args:
        what: what is wrong, with the value that is.
        where: the place: `file`, `file:line`, `file:line:column`, or a table with its row and column.
        remedy: what the reader can do, in the imperative.

    >>> print(GeoDigestError("no seed is listed", where="seeds/manifest.toml", remedy="add a [[seed]] to it"))
    seeds/manifest.toml: no seed is listed; add a [[seed]] to it
    """

    def __init__(self, what: str, *, where: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}; {remedy}")
        self.what = what
        self.where = where
        self.remedy = remedy

    def __reduce__(self) -> tuple[Callable[..., GeoDigestError], tuple[type[GeoDigestError], str, str, str]]:
        """How the error goes from one process to another."""
        return _again, (type(self), self.what, self.where, self.remedy)


def _again(kind: type[GeoDigestError], what: str, where: str, remedy: str) -> GeoDigestError:
    return kind(what, where=where, remedy=remedy)


class SeedError(GeoDigestError):
    """A seed, or what its manifest says of it, is not what it should be."""


class CurationError(GeoDigestError):
    """What people decided about the seeds cannot be read, or does not fit them."""


class SchemaError(GeoDigestError):
    """A definition in `schema/` cannot be read."""


class TableError(GeoDigestError):
    """A table breaks a rule of its definition."""


class PackageError(GeoDigestError):
    """The written package does not validate or does not load."""


def is_full(error: OSError) -> bool:
    """Whether the operating system refused something since there is no room for it."""
    return error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def system_error(error: OSError, where: str) -> GeoDigestError:
    """What the operating system refused, as an error of ours about the place `where`.

    >>> print(system_error(OSError(errno.ENOSPC, "Error writing bytes to file"), "converted"))
    converted: No space left on device; free some space there, or write elsewhere
    """
    what = os.strerror(error.errno) if error.errno else str(error)
    remedy = "free some space there, or write elsewhere" if is_full(error) else "make the path one that can be used"
    return GeoDigestError(what, where=where, remedy=remedy)
