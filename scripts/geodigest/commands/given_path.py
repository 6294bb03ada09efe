"""The paths that a user gives."""

from pathlib import Path

import typer


def given_path(given: str | Path) -> Path:
    """The path; an empty one, as an unset variable of a shell gives, is wrong use and not this folder.

    Raises:
        typer.BadParameter: it is empty.
    """
    return Path(given_place(str(given)))


def given_place(given: str) -> str:
    """The path or URL as it was given; an empty one is wrong use.

    Raises:
        typer.BadParameter: it is empty.
    """
    if not given:
        raise typer.BadParameter('a path is empty; give "." for this folder')
    return given
