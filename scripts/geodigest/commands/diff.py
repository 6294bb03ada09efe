"""`geodigest diff`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from geodigest.commands.output import ending


class DiffFormat(StrEnum):
    """How the difference is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def diff(
    old: Annotated[Path, typer.Argument(help="A folder with datapackage.json, that file, or a release's .zip.")],
    new: Annotated[Path, typer.Argument(help="The release to compare with it, in any of these forms.")],
    format_: Annotated[
        DiffFormat, typer.Option("--format", help="Markdown shows the first rows of each table; JSON shows all.")
    ] = DiffFormat.TEXT,
) -> None:
    """Show the tables, columns, rows and cells that differ between two releases, rows told apart by their keys.

    What a descriptor says besides (titles, rules, licences) is compared by `geodigest contract`.

    Exit status, as of diff(1): 0 the tables are the same; 1 they differ; 2 they could not be compared, or wrong use.
    """
    with ending(2):
        from geodigest.releases.diff import diff as compared
        from geodigest.releases.release import read_release

        difference = compared(read_release(old), read_release(new))
    written = {
        DiffFormat.TEXT: difference.as_text,
        DiffFormat.MARKDOWN: difference.as_markdown,
        DiffFormat.JSON: difference.as_json,
    }
    typer.echo(written[format_](), nl=False)
    raise typer.Exit(1 if difference else 0)
