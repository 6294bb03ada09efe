"""Faults put into the commands that write: killed, stopped or refused at the n-th system call by which they do.

A command runs in a fork of this process, which has imported what it needs, and so begins at once. strace
(https://strace.io) puts the fault into the call: also into those of the C and C++ libraries below.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import Literal, NamedTuple

import pytest

from geodigest.commands import app
from geodigest.corpora.places import UNFINISHED
from geodigest.corpus_marks import is_begun
from geodigest.staging import JOURNAL, OWN, STAGE, settle
from tests.unfinished import faults_of

CALLS = "openat,write,pwrite64,writev,mkdir,rename,renameat2,unlink,unlinkat,rmdir,fsync,fdatasync,ftruncate"
"""The system calls by which a command changes files."""

_CALL = re.compile(r"(\d+) +(\w+)\(")
_WRITING = re.compile(r"O_(?:WRONLY|RDWR|CREAT)")

Content = Mapping[str, str]
"""The digest of each file by its path."""


@dataclass(frozen=True)
class Case:
    """A command, where it writes, and what is there before and after it."""

    name: str
    arguments: tuple[str, ...]
    target: Path
    old: Path
    """What the target holds before; there is nothing yet where this is no folder."""
    new: Content
    stand_ins: Callable[[pytest.MonkeyPatch], None]
    """Called in the fork: puts something faster in the place of what writes nothing, or writes one file."""
    is_by_parts: bool = False
    """Whether it is the conversion of a folder, which may be ended in the midst and goes on."""


class Run(NamedTuple):
    """How a command ended: its exit status, negative where a signal ended it, and what it said on standard error."""

    status: int
    said: str


class Point(NamedTuple):
    """The n-th system call of a name that a command makes."""

    call: str
    number: int
    is_swap: bool
    """Whether it is one by which things are put in place."""


State = Literal["old", "new", "finished", "unfinished"]
"""What the target held after a fault: what was there before, what the run made, what the next reader finished, or
parts of a conversion of a folder that is known to be unfinished."""


class LossError(AssertionError):
    """A dataset that was lost or half-written, a run that did not end as it should, or one after it that failed."""


def content(folder: Path) -> dict[str, str]:
    """The digests of the files in a folder, of those of staging itself and those that were being written none."""
    files = (path for path in folder.rglob("*") if path.is_file() and not {*OWN} & {*path.parts})
    files = (path for path in files if not path.name.startswith(UNFINISHED))
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def restore(case: Case) -> None:
    """Put what was there before the command into its target."""
    shutil.rmtree(case.target, ignore_errors=True)
    if case.old.is_dir():
        shutil.copytree(case.old, case.target, symlinks=True)


class Started:
    """A command that runs in a fork."""

    def __init__(self, case: Case, *strace: str) -> None:
        self._said = TemporaryFile()  # noqa: SIM115 -- closed when the command has ended
        waiting, self._go = os.pipe()
        self.process = os.fork()
        if not self.process:
            _become(case, waiting, self._said.fileno())
        os.close(waiting)
        self._strace: subprocess.Popen[bytes] | None = None
        if strace:
            self._strace = subprocess.Popen(
                ["strace", "-f", "-qq", *strace, "-p", str(self.process)], stderr=subprocess.DEVNULL
            )
            while b"TracerPid:\t0\n" in Path(f"/proc/{self.process}/status").read_bytes():
                assert self._strace.poll() is None, "strace cannot trace here"
                time.sleep(0.002)
        os.write(self._go, b"g")
        os.close(self._go)

    def ended(self) -> Run:
        """Wait for its end."""
        _, status = os.waitpid(self.process, 0)
        if self._strace:
            self._strace.wait()
        with self._said as said:
            said.seek(0)
            return Run(os.waitstatus_to_exitcode(status), said.read().decode("utf-8"))

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal; none where it has ended."""
        with suppress(ProcessLookupError):
            os.kill(self.process, number)


def _become(case: Case, waiting: int, said: int) -> None:
    """Run the command in this process, which is a fork, and end it."""
    status = 99
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(said, 2)
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 -- pytest has its own there
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what it runs behind ignore it
        os.read(waiting, 1)
        case.stand_ins(pytest.MonkeyPatch())
        app(case.arguments)
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.stderr.flush()
        os._exit(status)


def points(case: Case) -> list[Point]:
    """The system calls by which the command writes to its target, in order."""
    restore(case)
    log = case.target.with_name(f"{case.target.name}.calls")
    started = Started(case, "-y", "-o", str(log), "-e", f"trace={CALLS}")
    run = started.ended()
    assert run.status == 0, run.said
    assert content(case.target) == case.new
    found, counted = [], Counter[str]()
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        called = _CALL.match(line)
        if called is None or int(called[1]) != started.process:
            continue
        counted[called[2]] += 1
        if f"/{case.target.name}" not in line or (called[2] == "openat" and not _WRITING.search(line)):
            continue
        found.append(Point(called[2], counted[called[2]], JOURNAL in line or called[2].startswith("rename")))
    return found


def sample(found: list[Point], number: int) -> list[Point]:
    """The points of the swap, and this number of the others, evenly."""
    swap = [point for point in found if point.is_swap]
    others = [point for point in found if not point.is_swap]
    return swap + [others[index * len(others) // number] for index in range(number)]


def at_point(case: Case, point: Point, fault: str) -> State:
    """Put a fault into a call: `signal=KILL`, `error=ENOSPC`; what the target held after it."""
    restore(case)
    started = Started(case, "-o", os.devnull, "-e", f"inject={point.call}:{fault}:when={point.number}")
    return outcome(case, started.ended())


def outcome(case: Case, run: Run) -> State:
    """What the target holds after a fault, once the run has ended as it should, and another has completed.

    Raises:
        LossError: anything is not as it should be.
    """
    killed = run.status == -signal.SIGKILL
    if not killed:
        _expect(run.status in {0, 1, 130}, f"exit status {run.status}", run)
        _expect(len(run.said.splitlines()) == (run.status != 0), "not one line", run)
    state = _state(case, run)
    _expect(run.status != 0 or state == "new", "done, but what was made is not there", run)
    again = Started(case).ended()
    _expect(again.status == 0, "a new run fails", again)
    _expect(content(case.target) == case.new, "a new run makes something else", again)
    _expect(not leftovers(case.target), f"left: {leftovers(case.target)}", again)
    return state


def leftovers(target: Path) -> list[str]:
    """What staging left in a folder, and files that were being written."""
    unfinished = [path.relative_to(target).as_posix() for path in target.rglob(f"{UNFINISHED}*")]
    return [name for name in OWN if os.path.lexists(target / name)] + unfinished


def _state(case: Case, run: Run) -> State:
    held = content(case.target)
    if (case.target / JOURNAL).exists():
        _expect(run.status == -signal.SIGKILL, "a journal is left", run)
        settle(case.target)
        _expect(content(case.target) == case.new, "what was begun is not finished", run)
        return "new" if held == case.new else "finished"
    _expect(run.status == -signal.SIGKILL or not leftovers(case.target), f"left: {leftovers(case.target)}", run)
    old = content(case.old)
    if case.is_by_parts and held not in (case.new, old):
        wrong = list(faults_of(case.target, old, case.new))
        _expect(not wrong, f"{wrong}", run)
        return "unfinished"
    _expect(held in (case.new, old), "lost or half-written", run)
    return "new" if held == case.new else "old"


def _expect(true: bool, what: str, run: Run) -> None:
    if not true:
        raise LossError(f"{what} (exit status {run.status}, said: {run.said.strip()[-500:]!r})")


def at_time(case: Case, seconds: float, number: signal.Signals) -> State:
    """Send the command a signal after some seconds; what the target held after it."""
    restore(case)
    started = Started(case)
    time.sleep(seconds)
    started.signal(number)
    return outcome(case, started.ended())


def two_at_once(case: Case) -> State:
    """Let a second command come while the first one writes: it says whom it met, and the first one completes."""
    restore(case)
    first = Started(case)
    while not (is_begun(case.target) if case.is_by_parts else _is_written(case.target / STAGE / "process")):
        time.sleep(0.001)
    first.signal(signal.SIGSTOP)
    second = Started(case).ended()
    first.signal(signal.SIGCONT)
    ended = first.ended()
    _expect(second.status == 1, "the second run is not refused", second)
    writer = "another process" if case.is_by_parts else f"process {first.process}"
    _expect(
        second.said == f"error: {case.target}: {writer} is writing here; wait until it has ended\n",
        "the second run says something else",
        second,
    )
    _expect(ended.status == 0, "the first run fails", ended)
    return outcome(case, ended)


def clock_set_back(case: Case) -> State:
    """Run the command on files from ten years ahead."""
    restore(case)
    later = time.time() + 10 * 365 * 24 * 3600
    for path in (case.target, *case.target.rglob("*")):
        if path.exists():
            os.utime(path, (later, later), follow_symlinks=False)
    return outcome(case, Started(case).ended())


def _is_written(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
