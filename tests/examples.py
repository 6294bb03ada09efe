"""The examples of README.md and `docs/`, taken out of the page and run as they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tests.scratch import Scratch

_NOT_HERE = ("pip ", "make", "hf ", "duckdb ", "dask ")
"""Commands that install, publish, run until they are stopped, or belong to a clone's own environment: `make` is what
runs these tests."""

_FENCED = re.compile(r"^(#{1,4} (?P<heading>[^\n]+)|```(?P<language>\w+)\n(?P<code>.*?)```)$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (?P<command>.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A fenced block of a page, and the heading that it stands under."""

    heading: str
    language: str
    code: str


def examples(page: Path) -> Iterator[Example]:
    """The fenced blocks of a Markdown page, in order."""
    heading = ""
    for found in _FENCED.finditer(page.read_text(encoding="utf-8")):
        if found["heading"]:
            heading = found["heading"]
        else:
            yield Example(heading, found["language"], found["code"])


def run_page(page: Path, user_in: Callable[[str], Scratch], environment: Mapping[str, str], before: str = "") -> int:
    """Run the console and Python examples of a page, each section where its user stands; how many were run.

    A section's Python examples run one after the other in one program, parted by its console examples; `before` is
    what the page says that the reader has. A command has to end well, or to print just what the page shows.
    """
    count = 0
    for heading, section in groupby(examples(page), lambda example: example.heading):
        for language, blocks in groupby(section, lambda example: example.language):
            code = "".join(block.code for block in blocks)
            if language == "python":
                user_in(heading).run("python", "-c", before + code, environment=environment)
                count += 1
            elif language == "console":
                for found in _COMMAND.finditer(code):
                    if not found["command"].startswith(_NOT_HERE):
                        _run_command(found["command"], found["output"], user_in(heading), environment)
                        count += 1
    return count


def _run_command(command: str, output: str, user: Scratch, environment: Mapping[str, str]) -> None:
    done = user.run("bash", "-c", command, status=None if output else 0, environment=environment)
    if output:
        assert done.stdout == output, command
