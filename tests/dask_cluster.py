"""A Dask scheduler and workers as processes of this machine, for as long as a test needs them."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from distributed import Client

_QUIET = ("--host", "127.0.0.1", "--no-dashboard")


@dataclass
class Dask:
    """A scheduler, and its workers; `command` starts `dask`."""

    address: str
    command: Sequence[str]
    environment: Mapping[str, str]
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, number: int = 1) -> None:
        """Start workers without a nanny that would start them again."""
        arguments = ("worker", self.address, *_QUIET, "--nthreads", "1", "--no-nanny")
        self.workers += [_started(self.command, arguments, self.environment) for _ in range(number)]
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(number, timeout=120)

    def kill(self) -> None:
        """Kill the worker that was started last."""
        worker = self.workers.pop()
        worker.kill()
        worker.wait()


@contextmanager
def running_dask(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Dask]:
    """A scheduler without workers; it is killed, and so are the workers that it has then."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    scheduler = _started(command, ("scheduler", *_QUIET, "--port", str(port)), environment)
    running = Dask(f"tcp://127.0.0.1:{port}", command, environment, scheduler)
    try:
        yield running
    finally:
        for process in [*running.workers, running.scheduler]:
            process.kill()
            process.wait()


def _started(
    command: Sequence[str], arguments: Sequence[str], environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*command, *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
