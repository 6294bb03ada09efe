"""`geodigest contract`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from geodigest.commands.choice import choice
from geodigest.commands.given_path import given_path
from geodigest.commands.output import ending, put

_Format = Literal["text", "json"]


def contract(
    old: Annotated[
        Path,
        typer.Argument(
            metavar="OLD",
            parser=given_path,
            help="The last release: a folder with datapackage.json, that file, or a .zip.",
        ),
    ],
    new: Annotated[
        Path,
        typer.Argument(metavar="NEW", parser=given_path, help="The release to come, in any of these forms."),
    ],
    format_: Annotated[_Format, choice(_Format, "Text for people, or JSON.", "--format")] = "text",
) -> None:
    """Tell whether the version of NEW rose enough over OLD's for what changed in schema and data.

    Every change is listed as major, minor, patch or none, with the sentence of the Data Package version recipe
    (https://datapackage.org/recipes/data-package-version/) that it falls under. A version may rise by more than is
    needed. The rule holds below 1.0.0, too.

    Exit status: 0 the version rose enough; 1 it did not; 2 the two could not be compared, or wrong use.
    """
    with ending(2):
        from geodigest.releases.contract import contract as judged
        from geodigest.releases.release import read_release

        verdict = judged(read_release(old), read_release(new))
    put(verdict.as_text() if format_ == "text" else verdict.as_json())
    raise typer.Exit(0 if verdict.ok else 1)
