"""What the subcommands print on, and how they end."""

import errno
import io
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.console import Console

from geodigest.errors import GeoDigestError, system_error
from geodigest.wording import printable

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


STOPPED = 130
"""The exit status of a command that was stopped by Ctrl-C or SIGTERM."""


@contextmanager
def ending(status: int = 1) -> Iterator[None]:
    """End the command with this exit status, and one line on standard error, where something is wrong.

    That is an error of ours, or something that the system refused: a file that cannot be read, a disk that is full.
    Who stops the command is told so, and the status is `STOPPED`.
    """
    try:
        with _stopped_by_sigterm():
            yield
    except GeoDigestError as error:
        _tell(error)
        raise typer.Exit(status) from error
    except OSError as error:
        if error.errno == errno.EPIPE:  # the reader of a pipe has gone
            raise
        _tell(system_error(error, str(error.filename or "geodigest")))
        raise typer.Exit(status) from error
    except KeyboardInterrupt as error:
        _tell(GeoDigestError("stopped before its end", where="geodigest", remedy="run it again"))
        raise typer.Exit(STOPPED) from error


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """Let SIGTERM stop the command as Ctrl-C does: by an exception, so that nothing half-written stays."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell(error: GeoDigestError) -> None:
    # One line, whatever a path or a library's words hold.
    ERR.print(f"error: {printable(str(error))}", style="red", highlight=False, markup=False, soft_wrap=True)


@contextmanager
def progress(steps: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """A line on standard error that tells the step under way, where that is a terminal; called as each begins."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    told = TextColumn("{task.completed}/{task.total} {task.description}", markup=False)
    columns = (SpinnerColumn(), told, TimeElapsedColumn())
    with Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal) as shown:
        task = shown.add_task("", total=len(steps))
        yield lambda step: shown.update(task, description=step, completed=steps.index(step))
