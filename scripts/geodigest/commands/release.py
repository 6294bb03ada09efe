"""`geodigest release`."""

from pathlib import Path
from typing import Annotated

import typer

from geodigest.commands.given_path import given_path
from geodigest.commands.output import OUT, ending, progress, say
from geodigest.extras import extra
from geodigest.paths import package_root


def release(
    root: Annotated[
        Path | None,
        typer.Option(metavar="DIR", parser=given_path, help="The repository, built; by default this one."),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", parser=given_path, help="Folder of the release's files.")] = Path(
        "dist"
    ),
    last: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            parser=given_path,
            help="The last release: its -csv.zip, folder or descriptor. Left out for the first release only.",
        ),
    ] = None,
) -> None:
    """Make the release of this version: archives, SQLite, wheel, changelog, data diff, checksums.

    Run `geodigest build` and `make explorer` before, or `make release`, which does it all. The same repository gives
    the same bytes. All files state the day that `CHANGELOG.md` gives the version, or `SOURCE_DATE_EPOCH`.

    Exit status: 0 made; 1 the dataset is not what a build of this version writes, the changelog does not tell of the
    version, it did not rise enough since the last release, other files of it were made before, the explorer's page is
    not built, another run writes to the folder, the disk is full or the like, or a library is not installed, and the
    folder stands untouched; 2 wrong use; 130 stopped by Ctrl-C or SIGTERM, and the folder stands untouched, too.
    """
    from rich.table import Table

    with ending():
        with extra("build", where="geodigest release"):
            from geodigest.releases.bundle import STEPS, make_release

        with progress(STEPS) as on_step:
            made = make_release(root or package_root(), out, last, on_step)
    shown = Table("file", box=None, pad_edge=False)
    shown.add_column("bytes", justify="right")
    for file in made:
        shown.add_row(file.name, f"{file.size:,}")
    OUT.print(shown)
    say(f"in {out}")
