"""Putting what a run wrote in the place of what the last one wrote: all of it or nothing, even if the run is killed.

What a run writes goes into a stage, a folder beside what it is to replace. When all of it is written and on the disk, a
journal states what is to be put in place, each thing with its digest. Then each is exchanged with what was there, the
journal goes, and the stage goes with what was there before. Who is killed before the journal stands has changed
nothing. Who is killed after it has left everything that is needed: the next run finishes what the journal states, and
so does `settle`, which our readers call. That is how databases recover (https://www.sqlite.org/atomiccommit.html).

- Why a journal: a rename is all or nothing, but of one name, and a package is several names at one root. A symbolic
  link to a folder a version would be one rename, but Git on Windows, archives and the Hub do not keep links.
- Why an exchange: where Linux has renameat2, a name is never missing. Elsewhere it takes renames, and between two of
  them a name is missing until the run, or the next one, goes on.
- Why forward: what the journal names is complete, checked and flushed. It is taken back only where the system refuses a
  name, for then it would refuse it again.
- Why digests: they say on every file system, whatever its clock, what has been put in place and what has not.
- Why a lock of the operating system: it ends with the process that holds it. A file that says "locked" stays.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING

from geodigest.errors import GeoDigestError, system_error
from geodigest.extras import extra

if TYPE_CHECKING:
    from filelock import FileLock

STAGE = ".geodigest-stage"
JOURNAL = ".geodigest-swap.json"
LOCK = ".geodigest-lock"
OWN = (STAGE, JOURNAL, LOCK)
"""What lies beside the files of a run while it writes them, and after it was killed."""

_PROCESS = "process"
"""The file of a stage that says whose it is."""

_REFUSED = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
"""What is wrong with a place, not with what is written there."""

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


@contextmanager
def staged(root: Path, names: Sequence[str]) -> Iterator[Path]:
    """A fresh folder beside the files and folders `names` of `root`, put in their place when the block ends well.

    When the block raises, or `root` refuses one of them, `root` holds what it held before. What a run that was killed
    left in `root` is put in place or removed first.

    Raises:
        GeoDigestError: another run writes to `root`, or it cannot be written.
    """
    stage = root / STAGE
    with held(root):
        try:
            _recover(root)
            stage.mkdir()
            (stage / _PROCESS).write_text(str(os.getpid()), encoding="ascii")
            yield stage
            _put(root, names)
        except OSError as error:
            if error.errno not in _REFUSED or not _is_unnamed(error, stage):
                raise
            raise system_error(error, str(root)) from error
        finally:
            try:
                _recover(root)
            except KeyboardInterrupt:  # it is soon done; who has no patience leaves the stage to the next run
                _recover(root)
                raise


def settle(root: Path) -> None:
    """Finish what a run that was killed had begun to put in place in `root`; nothing where there is none.

    Raises:
        GeoDigestError: it cannot be finished, as where `root` cannot be written.
    """
    if not (root / JOURNAL).exists():
        return
    try:
        with held(root, patience=10):
            _recover(root)
    except OSError as error:
        raise GeoDigestError(
            f"a run was stopped while it put its files in place ({error.strerror})",
            where=str(root),
            remedy="run `geodigest validate` on it as somebody who can write there",
        ) from error


def is_own(path: Path) -> bool:
    """Whether this is a file or folder of staging itself.

    >>> is_own(Path("converted/.geodigest-stage"))
    True
    """
    return path.name in OWN


@contextmanager
def held(root: Path, patience: float = 0) -> Iterator[None]:
    """Hold the lock of `root`; who does not get it within `patience` seconds is told who has it."""
    with extra("convert", where=str(root)):
        from filelock import FileLock, Timeout

    lock = FileLock(root / LOCK)
    try:
        lock.acquire(timeout=patience)
    except Timeout as error:
        raise GeoDigestError(
            f"{_holder(root)} is writing here", where=str(root), remedy="wait until it has ended"
        ) from error
    except OSError as error:
        if error.errno not in _REFUSED:
            raise
        raise system_error(error, str(root)) from error
    except KeyboardInterrupt:  # its file may be there, and is nobody's
        with suppress(OSError):  # Timeout is one, too
            lock.acquire(timeout=0)
            _let_go(lock)
        raise
    try:
        yield
    finally:
        _let_go(lock)


def _let_go(lock: FileLock) -> None:
    with suppress(OSError):  # while it is held: who waits finds that its file is gone. Windows removes it after.
        Path(lock.lock_file).unlink()
    lock.release()


def _holder(root: Path) -> str:
    try:
        return f"process {int((root / STAGE / _PROCESS).read_text(encoding='ascii'))}"
    except (OSError, ValueError):
        return "another process"


def _put(root: Path, names: Sequence[str]) -> None:
    stage, journal = root / STAGE, root / JOURNAL
    digests = {name: _digest(stage / name) for name in names}
    for path in (*stage.rglob("*"), stage):
        _flush(path)
    stated = stage / JOURNAL
    stated.write_text(json.dumps(digests), encoding="utf-8")
    _flush(stated)
    stated.rename(journal)
    _flush(root)
    _exchange_all(root, names)
    _flush(root)
    journal.unlink()


def _exchange_all(root: Path, names: Iterable[str]) -> None:
    """Exchange each name of the stage with that of `root`; where one is refused, those before it are exchanged back."""
    stage = root / STAGE
    done: list[tuple[Path, Path]] = []
    try:
        for name in names:
            new, place = stage / name, root / name
            was_there = os.path.lexists(place)
            _exchange(new, place)
            done.append((new, place) if was_there else (place, new))
    except OSError:
        for source, target in reversed(done):
            _exchange(source, target)
        (root / JOURNAL).unlink()
        raise


def _recover(root: Path) -> None:
    """Put in place what the journal states and the stage still holds; remove the stage."""
    stage, journal = root / STAGE, root / JOURNAL
    if journal.exists():
        for name, digest in _stated(journal).items():
            if os.path.lexists(stage / name) and _digest(stage / name) == digest:
                _exchange(stage / name, root / name)
        _flush(root)
        journal.unlink()
    shutil.rmtree(stage, ignore_errors=True)


def _stated(journal: Path) -> Mapping[str, str]:
    """What a journal states; one that leads out of its folder was written by nobody of ours."""
    try:
        stated = json.loads(journal.read_text(encoding="utf-8"))
        if all(Path(name).name == name and name != ".." for name in stated):
            return dict(stated)
    except (ValueError, TypeError):
        pass
    raise GeoDigestError("this is no journal of a run", where=str(journal), remedy="remove it")


def _digest(path: Path) -> str:
    """The SHA-256 digest of a file, or of the names and contents in a folder."""
    whole = sha256()
    for each in sorted(path.rglob("*")) if path.is_dir() else (path,):
        whole.update(os.fsencode(each.relative_to(path)) + b"\0")
        if not each.is_dir():
            with each.open("rb") as content:
                whole.update(file_digest(content, "sha256").digest())
    return whole.hexdigest()


def _flush(path: Path) -> None:
    """Have the disk hold the file, or the names in the folder; Windows has no such call for folders."""
    if path.is_dir() and os.name != "posix":
        return
    opened = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _exchange(new: Path, place: Path) -> None:
    """Exchange what lies at two paths; where nothing lies at `place`, move it there."""
    if not os.path.lexists(place):
        new.rename(place)
    elif not _exchanged(new, place):
        last = new.with_name(f"{new.name}.last")
        place.rename(last)
        try:
            new.rename(place)
        except OSError:
            last.rename(place)
            raise
        last.rename(new)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the system exchanged the two in one step; False where it has no such call."""
    if sys.platform != "linux":
        return False
    import ctypes

    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}:
        return False
    raise OSError(code, os.strerror(code), str(other))


def _is_unnamed(error: OSError, stage: Path) -> bool:
    """Whether an error is of what a run writes, and of no file that its user knows: many writes do not say of which."""
    return error.filename is None or Path(os.fsdecode(error.filename)).is_relative_to(stage)
