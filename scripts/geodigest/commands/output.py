"""What the subcommands print on, and how they end."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

from geodigest.errors import GeoDigestError

OUT = Console()
ERR = Console(stderr=True)


@contextmanager
def ending(status: int = 1) -> Iterator[None]:
    """End the command with this exit status, and one line on standard error, where an error of ours is raised."""
    try:
        yield
    except GeoDigestError as error:
        ERR.print(f"error: {error}", style="red", highlight=False, markup=False, soft_wrap=True)
        raise typer.Exit(status) from error
