"""The engine of one machine: processes of its own, each with a task at a time.

Not `concurrent.futures`: where a process of its pool dies all tasks fail, and nobody can tell whose fault it was.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, cast

from geodigest.corpora.engines import Convert, Died, Ends
from geodigest.errors import GeoDigestError

# What converts is imported by the processes that do, once they know how many threads they may start.
if TYPE_CHECKING:
    from geodigest.corpora.batch import Task
    from geodigest.corpora.journal import JournalEntry

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS")
"""What NumPy, pyarrow and Polars read how many threads they may start from: every core has its process already."""


@dataclass(frozen=True)
class Processes:
    """Converts with so many processes of this machine."""

    workers: int
    convert: Convert

    def __call__(self, tasks: Iterable[Task], *, one_by_one: bool = False) -> Ends:
        """The tasks with their ends; see `geodigest.corpora.engines.Engine`."""
        waiting, idle = iter(tasks), list[tuple[Connection, BaseProcess]]()
        busy: dict[Connection, tuple[BaseProcess, Task]] = {}
        workers = 1 if one_by_one else self.workers
        try:
            while True:
                while len(busy) < workers and (task := next(waiting, None)) is not None:
                    connection, process = idle.pop() if idle else self._started()
                    busy[connection] = process, task
                    with suppress(BrokenPipeError):  # the process is gone, as it is told below
                        connection.send(task)
                if not busy:
                    return
                for ready in wait(list(busy)):
                    connection = cast("Connection", ready)  # on Windows it is of another class
                    process, task = busy.pop(connection)
                    try:
                        ended = connection.recv()
                    except (EOFError, OSError):
                        process.join()
                        yield task, Died(_said(process.exitcode))
                        continue
                    if isinstance(ended, Exception):
                        raise ended
                    idle.append((connection, process))
                    yield task, ended
        finally:
            processes = [*(process for _, process in idle), *(process for process, _ in busy.values())]
            for process in processes:
                process.kill()
            for process in processes:
                process.join()

    def _started(self) -> tuple[Connection, BaseProcess]:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs,), daemon=True)
        with _without_sigint():  # of Ctrl-C, which all processes get, the one that starts them tells
            process.start()
        theirs.close()
        ours.send(self.convert)
        return ours, process


@contextmanager
def _without_sigint() -> Iterator[None]:
    """Put SIGINT off: a process that is started then never has it, not even before `_work` can say so."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker  # a process that all of them have: it starts, and lets SIGINT in again

    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    stopped: list[int] = []
    handlers = {}
    if threading.current_thread() is threading.main_thread():
        # Another thread may get it: it stops this one once the process has all that it needs to start.
        for number in (signal.SIGINT, signal.SIGTERM):
            handlers[number] = signal.signal(number, lambda which, _: stopped.append(which))
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if stopped:
            signal.raise_signal(stopped[0])


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _said(status: int | None) -> str:
    if status is not None and status < 0:
        return f"ended by the signal {signal.Signals(-status).name}"
    return f"ended with the status {status}"


def _work(connection: Connection) -> None:
    """What a process does: it converts what comes until nothing more can come."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asked ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    with suppress(EOFError):
        convert: Convert = connection.recv()  # only now the libraries are imported
        from geodigest.convert import collect_seldom

        collect_seldom()
        while True:
            connection.send(_ended(convert, connection.recv()))


def _ended(convert: Convert, task: Task) -> JournalEntry | Exception:
    try:
        return convert(task)
    except (GeoDigestError, OSError) as error:
        return error
    except Exception as error:  # noqa: BLE001 -- told to the parent, which goes on
        said = f"a fault of GeoDigest's: {type(error).__name__}: {error}".partition("\n")[0]
        return GeoDigestError(said, where=task.part.name, remedy="report it with the documents")


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 -- for mypy: only children come here
    parent.join()
    os._exit(1)
