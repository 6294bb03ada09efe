"""The paths that a user gives."""

from pathlib import Path

import typer


def given_path(given: str | Path) -> Path:
    """The path; an empty one, as an unset variable of a shell gives, is wrong use and not this folder.

    Raises:
        typer.BadParameter: it is empty.
    """
    if not str(given):
        raise typer.BadParameter('a path is empty; give "." for this folder')
    return Path(given)
