"""`python -m tests.fault_run [SECONDS]`: put hundreds of faults into commands, and write docs/reliability.md.

Linux and strace are needed; without being root, no disk is filled and none made read-only. The exit status is 1 where a
dataset was lost or half-written, a command did not end as it should, or the run after it failed.
"""

from __future__ import annotations

import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from geodigest.build import build
from geodigest.convert import convert
from tests import faults
from tests.clones import REPOSITORY, clone
from tests.fault_cases import COMMANDS, cases
from tests.faults import Case, Started, State, content, outcome, restore

TEXT = """\
# Reliability

What `geodigest build`, `convert` of files, and `release` promise of the folder that they write to:

- **All or nothing.** They write beside it, into `.geodigest-stage`, and check what they wrote. Then everything is put
  in place at once. Whatever goes wrong before leaves the folder as it was, and the exit status is 1 with one line that
  says what, where and what to do.
- **kill -9 and a loss of power** cost the run, never the dataset. A run that was killed while it put things in place
  has left a journal, `.geodigest-swap.json`: the next `build`, `convert` or `release` finishes what it states, and so
  do `geodigest validate`, `diff` and `contract` when they read the folder. Nothing has to be cleaned up by hand.
- **Two at once**: the second run is refused, with the number of the process that writes. The lock is the operating
  system's and ends with its process, however it ends.
- **Ctrl-C and SIGTERM** stop a command with exit status 130; nothing half-written stays.
- **A full disk or one that is read-only** changes nothing. A run needs room for a second copy of what it writes.
- Neither the clock nor the locale matters, and paths may hold blanks and Chinese characters.

Between the first and the last of the renames that put a package in place, less than a thousandth of a second, readers
other than ours find new files beside old ones. On Linux `dataset/` itself is exchanged in one step and is never
missing; where the system has no such call, it is missing for an instant. If a kill hits just then, run
`geodigest validate` on the folder before `load_dataset` reads it. How it is done, and why so, is told in
`scripts/geodigest/staging.py`.

One table is always whole: a file is never changed, another one is put in its place. Who reads several tables, as
`geodigest info` and the page of `geodigest explore` do, or `README.md` beside them, while a build puts another version
in place may read some of the one and some of the other. In loops of builds, and of exchanges alone,
beside loops of reads 1,592 of 1,592 reads of a table were of the old or the new version as a whole; of 199 rounds over
eight tables 21 began with one version and ended with the other.

## A folder of documents

`geodigest convert` of a folder writes part by part, and is not all or nothing:

- **`README.md` and `dataset/SHA256SUMS` say that all is there.** They go before anything else is changed, and come when
  all parts are written, `README.md` last. As long as it is missing `load_dataset` finds no table by its name, and
  `geodigest validate` says in one line that the conversion is unfinished.
- **Each file is whole** under its name at any time, and a part that the journal names has all of its files.
- **An earlier conversion that is brought up to date** is unfinished from the first moment to the last, also where one
  document came. Who reads its Parquet files meanwhile finds the rows of the parts that stayed, old or new ones of those
  that changed, and no entities. To go on reading the old one, convert a copy of the folder, and exchange the two.
- **However it is ended** (killed, stopped, on a full disk), the same command goes on, and ends with the bytes of a
  conversion in one go. Ctrl-C and SIGTERM end its processes, too. A full disk is told once, and no document is blamed.

## The fault run

`make faults` puts faults into the commands, one a run: at the system calls by which they write (those of Arrow, SQLite
and zlib, too), at random times, on disks that are full or read-only. After each fault the folder has to hold, byte by
byte, what it held before or all of what the run was to make; the command must have ended with one line; and a new run
must complete and leave nothing behind. The conversion of a folder may also be unfinished, if it is said to be, and no
file is torn and no part named that is not there. The folder's path has blanks and Chinese characters. The run writes
this page, and fails where anything is lost. The commands work on small documents, without checks that write nothing;
those "of the repository" are the whole of it.
"""


class Outcomes(NamedTuple):
    """What came of the faults: the state after each by command and fault, and what went wrong."""

    states: Counter[tuple[str, str, State]]
    lost: list[tuple[str, str, str]]
    left_out: int = 0
    """Faults that were planned, and for which the time was too short."""


_STATES: tuple[State, ...] = ("old", "new", "finished", "unfinished")


def page(outcomes: Outcomes) -> str:
    """The page: a row a command and fault, with how often the folder then held what."""
    rows = sorted({*((name, fault) for name, fault, _ in [*outcomes.states, *outcomes.lost])})
    lines = [
        (
            "| command | fault | faults | as before | as made | finished by the next reader "
            "| unfinished, and said to be | lost or half-written |"
        )
    ]
    lines.append("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    sums = Counter[str]()
    for name, fault in rows:
        counts: dict[str, int] = {state: outcomes.states[name, fault, state] for state in _STATES}
        counts["lost"] = sum(lost[:2] == (name, fault) for lost in outcomes.lost)
        sums.update(counts)
        lines.append(f"| {name} | {fault} | {_cells(counts)} |")
    lines.append(f"| **all** | | {_cells(sums)} |")
    if outcomes.left_out:
        lines += ["", f"The run was ended early: {outcomes.left_out} faults that were planned are not in the table."]
    return "\n".join([TEXT, *lines, ""])


def _cells(counts: dict[str, int]) -> str:
    cells = [sum(counts.values()), *(counts[state] for state in (*_STATES, "lost"))]
    return " | ".join(map(str, cells))


def main() -> None:
    """Run, for so many seconds if a number is given, show how it goes, and write the page."""
    outcomes = Outcomes(Counter(), [])
    end = time.monotonic() + (float(sys.argv[1]) if sys.argv[1:] else math.inf)
    names = (_REPOSITORY, _PROCESSES, *COMMANDS)  # each on a disk of its own; they wait more than they compute
    with ProcessPoolExecutor(len(names), get_context("fork")) as pool:
        for of in pool.map(partial(_outcomes, end=end), names):
            outcomes.states.update(of.states)
            outcomes.lost.extend(of.lost)
            outcomes = outcomes._replace(left_out=outcomes.left_out + of.left_out)
    text = page(outcomes)
    (REPOSITORY / "docs" / "reliability.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text[len(TEXT) :])
    sys.exit(1 if outcomes.lost else 0)


_REPOSITORY = "the repository"
_PROCESSES = "convert of a folder by processes"


def _outcomes(name: str, end: float) -> Outcomes:
    """What came of the faults in a command that were begun before `end`."""
    random = Random(7)
    outcomes = Outcomes(Counter(), [])
    left_out = 0
    with _disk() as (disk, is_own):
        folder = disk / "数据 集"
        if name == _REPOSITORY:
            planned = _as_it_is(folder, random)
        elif name == _PROCESSES:
            planned = chain.from_iterable(_by_processes(case, random, disk, is_own) for case in cases(folder, [name]))
        else:
            planned = chain.from_iterable(
                _shuffled(_faults(case, random, disk, is_own), random) for case in cases(folder, [name])
            )
        for number, (of, fault, run) in enumerate(planned, 1):
            if time.monotonic() > end:
                left_out += 1
                continue
            try:
                outcomes.states[of, fault, run()] += 1
            except AssertionError as error:
                outcomes.lost.append((of, fault, str(error)))
                sys.stderr.write(f"{of}, {fault}: {error}\n")
            if number % 10 == 0:
                sys.stderr.write(f"{name}: {number} faults, {len(outcomes.lost)} lost\n")
    return outcomes._replace(left_out=left_out)


Planned = tuple[str, str, Callable[[], State]]


def _shuffled(planned: Iterator[Planned], random: Random) -> list[Planned]:
    """The faults in another order: where the time is short there are some of every kind."""
    every = list(planned)
    random.shuffle(every)
    return every


def _faults(case: Case, random: Random, folder: Path, is_own: bool) -> Iterator[Planned]:
    found = faults.points(case)
    swap = [point for point in found if point.is_swap]
    if case.is_by_parts:  # which renames every file
        found, swap = [point._replace(is_swap=False) for point in found], swap[::3]
    needing = [point for point in found if point.call not in {"unlink", "unlinkat", "rmdir"}]
    for said, fault, among, number in (
        ("kill -9 at a call", "signal=KILL", found, 24),
        ("a call finds no space", "error=ENOSPC", needing, 14),
        ("Ctrl-C at a call", "signal=INT", found, 8),
        ("SIGTERM at a call", "signal=TERM", found, 4),
    ):
        for point in faults.sample(among, number):
            yield case.name, said, partial(faults.at_point, case, point, fault)
    for point in swap:
        yield case.name, "a call is refused", partial(faults.at_point, case, point, "error=EPERM")
    seconds = _seconds(case)
    for _ in range(12):
        after = random.uniform(0, seconds)
        yield case.name, "kill -9 at a time", partial(faults.at_time, case, after, signal.SIGKILL)
    yield case.name, "two at once", partial(faults.two_at_once, case)
    yield case.name, "clock set back", partial(faults.clock_set_back, case)
    if is_own:
        for part in range(8):
            yield case.name, "full disk", partial(_on_full_disk, case, folder, part / 8)
        yield case.name, "read-only disk", partial(_on_read_only_disk, case, folder)


def _by_processes(case: Case, random: Random, disk: Path, is_own: bool) -> Iterator[Planned]:
    seconds = _seconds(case)
    for said, number in (("kill -9", signal.SIGKILL), ("Ctrl-C", signal.SIGINT), ("SIGTERM", signal.SIGTERM)):
        for _ in range(3):
            after = seconds * random.uniform(0.3, 1)  # before, libraries are imported
            yield case.name, f"{said} at a time", partial(faults.at_time, case, after, number)
    if is_own:
        for part in range(1, 4):
            yield case.name, "full disk", partial(_on_full_disk, case, disk, part / 4)


def _seconds(case: Case) -> float:
    restore(case)
    begun = time.monotonic()
    assert Started(case).ended().status == 0
    return time.monotonic() - begun


def _as_it_is(folder: Path, random: Random) -> Iterator[Planned]:
    """The build of the repository itself, in the place of one without decisions."""
    old, target = folder / "old", folder / "target"
    shutil.copytree(REPOSITORY / "seeds", old / "seeds")
    shutil.copytree(REPOSITORY / "schema", old / "schema")
    shutil.copy(REPOSITORY / "CHANGELOG.md", old)
    made = Path(shutil.copytree(old, folder / "made"))
    build(old, convert, with_decisions=False)
    begun = time.monotonic()
    build(made, convert)
    seconds = time.monotonic() - begun
    case = Case("build of the repository", ("build", "--root", str(target)), target, old, content(made), _nothing)
    for number in (1, 3):
        point = faults.Point("renameat2", number, True)
        yield case.name, "kill -9 at a call", partial(faults.at_point, case, point, "signal=KILL")
    after = random.uniform(0, seconds)
    yield case.name, "kill -9 at a time", partial(faults.at_time, case, after, signal.SIGKILL)
    yield case.name, "Ctrl-C at a time", partial(faults.at_time, case, seconds * 0.7, signal.SIGINT)
    root, dist = clone(made, folder / "root"), folder / "dist"
    shutil.copytree(REPOSITORY / "docs", root / "docs")
    arguments = ("release", "--root", str(root), "--out", str(dist))
    released = Case("release of the repository", arguments, dist, folder / "none", {}, _nothing)
    run = Started(released).ended()
    assert run.status == 0, run
    released = replace(released, new=content(dist))
    seconds = _seconds(released)
    for _ in range(2):
        after = random.uniform(0, seconds)
        yield released.name, "kill -9 at a time", partial(faults.at_time, released, after, signal.SIGKILL)


def _nothing(_: pytest.MonkeyPatch) -> None:
    """Put nothing in the place of anything."""


@contextmanager
def _disk() -> Iterator[tuple[Path, bool]]:
    """A folder, of a disk of its own where this is root."""
    with tempfile.TemporaryDirectory(prefix="geodigest-faults-") as name:
        is_own = os.geteuid() == 0
        if is_own:
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1g", "tmpfs", name], check=True)
        try:
            yield Path(name), is_own
        finally:
            if is_own:
                subprocess.run(["umount", name], check=True)


def _on_full_disk(case: Case, disk: Path, part: float) -> State:
    """Run the command where this part of the room that it needs is free."""
    restore(case)
    needed = sum(path.stat().st_size for path in (case.target.parent / "made").rglob("*"))
    room = os.statvfs(disk)
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, room.f_bavail * room.f_frsize - int(part * needed))
    run = Started(case).ended()
    ballast.unlink()
    return outcome(case, run)


def _on_read_only_disk(case: Case, disk: Path) -> State:
    restore(case)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    run = Started(case).ended()
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert run.status == 1, run
    return outcome(case, run)


if __name__ == "__main__":
    main()
