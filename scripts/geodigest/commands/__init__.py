"""The command `geodigest`: one module a subcommand, whose docstring is its help.

Exit status: 0 done; 1 something is not what it should be; 2 wrong use; 130 stopped by Ctrl-C or SIGTERM. Each
subcommand tells more of its own.
"""

from typing import Annotated

import typer

from geodigest import __version__
from geodigest.commands.build import build
from geodigest.commands.contract import contract
from geodigest.commands.convert import convert
from geodigest.commands.diff import diff
from geodigest.commands.explore import explore
from geodigest.commands.info import info
from geodigest.commands.output import OUT
from geodigest.commands.publish import publish
from geodigest.commands.release import release
from geodigest.commands.validate import validate

_EPILOG = """
**Exit status**: 0 done, all is as it should be; 1 something is not; 2 wrong use; 130 stopped by
Ctrl-C or SIGTERM. Each command's help says which.

**Examples**

    geodigest info studies
    geodigest validate dataset/csv/studies.csv
    geodigest convert bulletin-2023-11.md --kind bulletin --out converted

`geodigest COMMAND --help` explains a command. In Python, `geodigest.load("studies")` gives a table. The repository's
README says more.
"""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    """Chinese digests of Earth-science papers as structured, validated tables, and the tools that make and check them.

    What each study asks, its data, methods and findings are rows of flat tables, traced to the characters of the
    documents they come from. The tables come with the package: nothing here but `publish` uses the network.
    """


app.command(rich_help_panel="Use", short_help="Show what the package holds: tables, columns, files, licence.")(info)
app.command(rich_help_panel="Use", short_help="Look at the dataset in the browser.")(explore)
app.command(rich_help_panel="Use", short_help="Check CSV and Parquet files against the contract.")(validate)
app.command(rich_help_panel="Use", short_help="Show the rows and cells that differ between two releases.")(diff)
app.command(rich_help_panel="Use", short_help="Tell whether a version rose enough for what changed.")(contract)
app.command(rich_help_panel="Make", short_help="Build the dataset from its seeds and schema.")(build)
app.command(rich_help_panel="Make", short_help="Convert documents of your own to the same tables.")(convert)
app.command(rich_help_panel="Make", short_help="Make the archives and the other files of a release.")(release)
app.command(rich_help_panel="Make", short_help="Publish the dataset on the Hugging Face Hub.")(publish)
