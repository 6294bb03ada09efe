"""What the subcommands print on, and how they end."""

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.console import Console

from geodigest.errors import GeoDigestError

# What the encoding of a pipe lacks is written as an escape: no command ends in the midst of its output.
if isinstance(sys.stdout, io.TextIOWrapper):
    sys.stdout.reconfigure(errors="backslashreplace")

OUT = Console()
ERR = Console(stderr=True)


def say(line: str) -> None:
    """Print a line as it stands: unwrapped, and a bracket in a path is no markup."""
    OUT.print(line, soft_wrap=True, highlight=False, markup=False)


def note(line: str) -> None:
    """Print a line on standard error as it stands."""
    ERR.print(line, soft_wrap=True, highlight=False, markup=False)


def put(text: str) -> None:
    """Write a report to standard output in UTF-8, wherever it goes; a lone surrogate of a path becomes an escape."""
    typer.echo(text.encode("utf-8", "backslashreplace"), nl=False)


@contextmanager
def ending(status: int = 1) -> Iterator[None]:
    """End the command with this exit status, and one line on standard error, where something is wrong.

    That is an error of ours, or a file that cannot be read or written.
    """
    try:
        yield
    except GeoDigestError as error:
        _tell(error)
        raise typer.Exit(status) from error
    except OSError as error:
        if error.filename is None:  # no file: the reader of a pipe has gone, or the like
            raise
        _tell(
            GeoDigestError(str(error.strerror), where=str(error.filename), remedy="make the path one that can be used")
        )
        raise typer.Exit(status) from error


def _tell(error: GeoDigestError) -> None:
    ERR.print(f"error: {error}", style="red", highlight=False, markup=False, soft_wrap=True)


@contextmanager
def progress(steps: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """A line on standard error that tells the step under way, where that is a terminal; called as each begins."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    told = TextColumn("{task.completed}/{task.total} {task.description}", markup=False)
    columns = (SpinnerColumn(), told, TimeElapsedColumn())
    with Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal) as shown:
        task = shown.add_task("", total=len(steps))
        yield lambda step: shown.update(task, description=step, completed=steps.index(step))
