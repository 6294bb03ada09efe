"""`geodigest publish`."""

import re
from pathlib import Path
from typing import Annotated

import typer

from geodigest.commands.given_path import given_path
from geodigest.commands.output import OUT, ending, say
from geodigest.extras import extra
from geodigest.paths import package_root


def _repository(value: str) -> str:
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", value):
        raise typer.BadParameter(f"{value!r} is not of the form OWNER/NAME")
    return value


def publish(
    repo_id: Annotated[
        str,
        typer.Option(help="The dataset repository on the Hub.", metavar="OWNER/geodigest", callback=_repository),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Send it; without this, show what would be sent.")] = False,
    root: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            parser=given_path,
            help="A clone, built; where left out, the one that this package runs from.",
        ),
    ] = None,
) -> None:
    """Publish the built dataset on the Hugging Face Hub: the card, its pages, the Parquet files and their definitions.

    Without `--yes` nothing is sent and the network is not used: the files, the target and the tag are shown.
    With it, the files become one commit, tagged with the version; other files below `dataset/`, `docs/` and `schema/`
    on the Hub are deleted. A repository that is not there yet is made, private: make it public in its settings. Log in
    beforehand with `hf auth login`.

    Exit status: 0 shown or published; 1 the dataset is not as its build left it, the version was published already, the
    Hub refuses or cannot be reached, or a library is not installed; 2 wrong use.
    """
    with ending():
        from geodigest import hub
        from geodigest.verify import check_fresh

        place = root or package_root()
        check_fresh(place)
        files = hub.hub_files(place)
        _show(files)
        say(f"to the dataset repository {repo_id}: {hub.MESSAGE}, tag {hub.TAG}")
        *others, last = (place.removesuffix("*") for place in hub.OWNED)
        say(f"deleted there: what else lies below {', '.join(others)} and {last}")
        if not yes:
            say("nothing was sent; --yes (make: YES=1) sends it")
            return
        with extra("build", where="geodigest publish"):
            published = hub.publish(files, repo_id)
    say(f"published: {published.url}, commit {published.commit}")


def _show(files: dict[str, Path]) -> None:
    from rich.table import Table

    shown = Table("file", box=None, pad_edge=False)
    shown.add_column("bytes", justify="right")
    sizes = {name: path.stat().st_size for name, path in files.items()}
    for name, size in sizes.items():
        shown.add_row(name, f"{size:,}")
    shown.add_row(f"{len(sizes)} files", f"{sum(sizes.values()):,}")
    OUT.print(shown)
