"""The command `geodigest`: one module a subcommand, whose docstring is its help.

Exit status: 0 done; 1 something is not what it should be, said in one line each; 2 wrong use.
"""

from typing import Annotated

import typer

from geodigest import __version__
from geodigest.commands.build import build
from geodigest.commands.output import OUT

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode="markdown")


def _show_version(wanted: bool) -> None:
    if wanted:
        OUT.print(__version__)
        raise typer.Exit


@app.callback()
def geodigest(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Chinese digests of Earth-science papers as structured, validated tables."""


app.command(rich_help_panel="Make")(build)
