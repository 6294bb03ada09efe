"""A group of cases: those of one command, or of commands that read the same things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tests.bad_input.case import Case, Make, Taken


class Group(NamedTuple):
    """The cases of a command, and the folder that each of them begins with."""

    heading: str
    told: str
    """What to know of the table, for the page."""
    place: Make
    cases: Sequence[Case]
    taken: Sequence[Taken] = ()
