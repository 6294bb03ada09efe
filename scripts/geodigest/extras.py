"""Libraries that are installed only when asked for (`pip install "geodigest[polars]"`)."""

from collections.abc import Iterator
from contextlib import contextmanager

from geodigest.errors import GeoDigestError


@contextmanager
def extra(name: str, where: str) -> Iterator[None]:
    """Import inside this block what the extra `name` installs; `where` is the function or command that needs it.

    Raises:
        GeoDigestError: it is not installed; says what to install.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise GeoDigestError(
            f"{error.name} is not installed", where=where, remedy=f'pip install "geodigest[{name}]"'
        ) from error
