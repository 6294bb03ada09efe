"""What an engine is: it has tasks converted somewhere, and tells of each how it ended."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from geodigest.corpora.batch import Task
    from geodigest.corpora.journal import JournalEntry

Convert: TypeAlias = "Callable[[Task], JournalEntry]"
"""What every engine runs, `convert_part` but in tests: it can be named in another process."""


@dataclass(frozen=True)
class Died:
    """The process that converted a task ended before it was done."""

    how: str


Ends: TypeAlias = "Generator[tuple[Task, JournalEntry | Died], None, None]"
"""Tasks with their ends; who closes it ends what runs."""


class Engine(Protocol):
    """Runs tasks, few of them handed out at a time, and gives each with its end as it comes."""

    def __call__(self, tasks: Iterable[Task], *, one_by_one: bool = False) -> Ends:
        """The tasks in any order; one after the other where they are to have a machine for themselves.

        Raises:
            GeoDigestError: a task cannot be done at all, or nobody is there who could do it.
            OSError: a file cannot be written.
        """
