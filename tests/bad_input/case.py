"""What a case of bad input is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

Make = Callable[[Path], object]
"""Makes the input in a folder that holds what the commands of a group work on."""


class Case(NamedTuple):
    """A bad input: what is told, on one line, and the exit status. Nothing in the folder changes."""

    given: str
    """The input in words, for the page."""
    make: Make
    command: str
    """As it is typed, in the folder; for `load` a Python expression."""
    told: str
    """The whole message: paths are relative to the folder."""
    status: int = 1
    on_output: bool = False
    """Whether it is told on standard output: a report, not an error."""
    unreadable: str = ""
    """A file that its user may not read."""


class Taken(NamedTuple):
    """An input that looks bad and is taken: the command ends with 0, and `files` are as without it."""

    given: str
    make: Make
    command: str
    outcome: str
    """In words, for the page."""
    files: str
    """A pattern of the files that are the same."""


def nothing(folder: Path) -> None:
    """The input is in the command alone."""


def write(name: str, content: str | bytes) -> Make:
    """A file of this content, in place of what is there."""

    def make(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))

    return make


def remove(name: str) -> Make:
    """Without this file."""
    return lambda folder: (folder / name).unlink()


def replaced(name: str, before: str, after: str) -> Make:
    """A file in which one text stands in place of another, at its first place."""

    def make(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert before in text, f"{name} has no {before!r}"
        (folder / name).write_text(text.replace(before, after, 1), encoding="utf-8", newline="")

    return make


def redone(name: str, change: Callable[[bytes], bytes]) -> Make:
    """A file with its bytes changed."""
    return lambda folder: (folder / name).write_bytes(change((folder / name).read_bytes()))


def restated(name: str, change: Callable[[dict], object]) -> Make:  # type: ignore[type-arg]
    """A JSON file with what it states changed."""

    def make(folder: Path) -> None:
        stated = json.loads((folder / name).read_text(encoding="utf-8"))
        change(stated)
        (folder / name).write_text(json.dumps(stated), encoding="utf-8")

    return make


def folder_instead(name: str) -> Make:
    """A folder where the file is expected."""

    def make(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).mkdir()

    return make


def pipe_instead(name: str) -> Make:
    """A named pipe that nobody writes to, where the file is expected."""

    def make(folder: Path) -> None:
        import os

        (folder / name).unlink(missing_ok=True)
        os.mkfifo(folder / name)

    return make


def link_to_nothing(name: str) -> Make:
    """A link whose target is not there, where the file is expected."""

    def make(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to("elsewhere")

    return make


def both(*made: Make) -> Make:
    """One after the other."""

    def make(folder: Path) -> None:
        for each in made:
            each(folder)

    return make
