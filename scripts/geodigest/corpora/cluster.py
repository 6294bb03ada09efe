"""The engine of a Dask cluster: a scheduler that is running somewhere, and the workers that it has."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from queue import Empty, Queue
from time import monotonic
from typing import TYPE_CHECKING

from geodigest.corpora.batch import Task
from geodigest.corpora.engines import Convert, Died, Ends
from geodigest.corpora.journal import JournalEntry
from geodigest.errors import GeoDigestError
from geodigest.extras import extra

if TYPE_CHECKING:
    from distributed import Client, Future

_AHEAD = 2
"""So many tasks are handed out for each thread of the workers: one that it does, and one that it does next."""

PATIENCE = 30.0
"""Seconds for which a scheduler may not answer, or have no worker, before that is an error."""

_LOOK = 2.0
"""Seconds between two looks at whether the workers are there."""


@dataclass(frozen=True)
class Cluster:
    """Converts with the workers of the scheduler at this address."""

    scheduler: str
    convert: Convert
    patience: float = PATIENCE

    def __call__(self, tasks: Iterable[Task], *, one_by_one: bool = False) -> Ends:
        """The tasks with their ends; see `geodigest.corpora.engines.Engine`."""
        with extra("dask", where="geodigest convert --engine dask"):
            from distributed import Client
        _quieten()
        try:
            client = Client(self.scheduler, timeout=self.patience, set_as_default=False)
        except (OSError, ValueError) as error:
            raise self._error("no scheduler answers", "start one, `dask scheduler`, and give its address") from error
        waiting = iter(tasks)
        running: dict[Future, Task] = {}
        done: Queue[Future] = Queue()
        looked = seen = 0.0
        threads = 0
        try:
            while True:
                if monotonic() - looked > _LOOK:
                    threads, looked = self._threads(client), monotonic()
                    seen = looked if threads or not seen else seen
                    if looked - seen > self.patience:
                        raise self._error("the scheduler has no workers", "start some, `dask worker` with its address")
                room = (1 if one_by_one else _AHEAD * max(1, threads)) - len(running)
                for task in islice(waiting, max(0, room)):
                    future = client.submit(self.convert, task, pure=False)
                    running[future] = task
                    future.add_done_callback(done.put)
                if not running:
                    return
                try:
                    future = done.get(timeout=_LOOK)
                except Empty:
                    continue
                task = running.pop(future)
                yield task, self._ended(future)
        finally:
            client.close(timeout=_LOOK)

    def _ended(self, future: Future) -> JournalEntry | Died:
        from distributed import CancelledError, KilledWorker
        from distributed.comm import CommClosedError

        if future.status not in {"finished", "error"}:
            raise self._gone()
        try:
            entry: JournalEntry = future.result()
        except KilledWorker:
            return Died("ended, as did those that tried again")
        except (CommClosedError, CancelledError, TimeoutError) as error:
            raise self._gone() from error
        except (GeoDigestError, OSError):
            raise
        except Exception as error:
            said = f"a worker says {type(error).__name__}: {error}".partition("\n")[0]
            raise self._error(said, "install this GeoDigest for the workers, too") from error
        return entry

    def _threads(self, client: Client) -> int:
        try:
            return sum(client.nthreads().values())
        except (OSError, RuntimeError) as error:
            raise self._gone() from error

    def _gone(self) -> GeoDigestError:
        return self._error("the scheduler is gone", "start it again, then convert again: what is finished is kept")

    def _error(self, what: str, remedy: str) -> GeoDigestError:
        return GeoDigestError(what, where=self.scheduler, remedy=remedy)


def _quieten() -> None:
    """Let errors be told by the command, in one line."""
    for name in [each for each in logging.root.manager.loggerDict if each.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL)
