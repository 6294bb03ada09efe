"""`geodigest diff`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from geodigest.commands.choice import choice
from geodigest.commands.given_path import given_path
from geodigest.commands.output import ending, put

_Format = Literal["text", "markdown", "json"]


def diff(
    old: Annotated[
        Path,
        typer.Argument(
            metavar="OLD", parser=given_path, help="A folder with datapackage.json, that file, or a release's .zip."
        ),
    ],
    new: Annotated[
        Path,
        typer.Argument(metavar="NEW", parser=given_path, help="The release to compare with it, in any of these forms."),
    ],
    format_: Annotated[
        _Format, choice(_Format, "Markdown shows the first rows of each table; JSON shows all.", "--format")
    ] = "text",
) -> None:
    """Show the tables, columns, rows and cells that differ between two releases, rows told apart by their keys.

    What a descriptor says besides (titles, rules, licences) is compared by `geodigest contract`.

    Exit status, as of diff(1): 0 the tables are the same; 1 they differ; 2 they could not be compared, or wrong use.
    """
    with ending(2):
        from geodigest.releases import listing
        from geodigest.releases.diff import diff as compared
        from geodigest.releases.release import read_release

        difference = compared(read_release(old), read_release(new))
    written = {"text": listing.as_text, "markdown": listing.as_markdown, "json": listing.as_json}
    put(written[format_](difference))
    raise typer.Exit(1 if difference else 0)
