"""`geodigest build`."""

from pathlib import Path
from typing import Annotated

import typer

from geodigest.commands.given_path import given_path
from geodigest.commands.output import ending, progress
from geodigest.commands.summary import show
from geodigest.extras import extra
from geodigest.paths import package_root


def build(
    root: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", parser=given_path, help="Folder with seeds/ and schema/; by default this repository."
        ),
    ] = None,
    decisions: Annotated[
        bool, typer.Option("--decisions/--no-decisions", help="Use what people decided about the seeds.")
    ] = True,
) -> None:
    """Build dataset/, datapackage.json, croissant.json, CITATION.cff and README.md from seeds/ and schema/.

    Exit status: 0 built; 1 a seed, a definition, a table or the written package is not what it should be, or a library
    that builds is not installed, another run writes here, the disk is full or the like, and the last good dataset
    stands untouched; 2 wrong use; 130 stopped by Ctrl-C or SIGTERM, and the last good dataset stands, too.
    """
    with ending():
        with extra("build", where="geodigest build"):
            from geodigest.build import STEPS, build
            from geodigest.convert import collect_seldom, convert

        collect_seldom()
        place = root or package_root()
        with progress(STEPS) as on_step:
            summary = build(place, convert, on_step, with_decisions=decisions)
    show(summary)
