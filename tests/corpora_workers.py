"""What the workers of the tests run in the place of `convert_part`: it can be named in another process."""

import os
import signal
import time
from pathlib import Path

from geodigest.corpora.batch import Task, convert_part
from geodigest.corpora.journal import JournalEntry


def poisoned(task: Task) -> JournalEntry:
    """Dies of each document that is called poison."""
    if any("poison" in source.name for source in task.part.sources) and not task.given_up:
        os.kill(os.getpid(), signal.SIGKILL)
    return convert_part(task)


def mortal(task: Task) -> JournalEntry:
    """Dies of the first task that any worker has."""
    mark = Path(task.folder).with_name("died")
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return convert_part(task)


def slow(task: Task) -> JournalEntry:
    """Takes its time."""
    time.sleep(0.5)
    return convert_part(task)


def idle(task: Task) -> JournalEntry:
    """Does nothing."""
    return JournalEntry(task.part.name, task.converter, task.kind, task.part.sources)


def refused(task: Task) -> JournalEntry:
    """Finds no room on the disk."""
    raise OSError(28, "No space left on device", f"{task.out}/dataset")
