"""Putting what a build wrote in the place of what the last one wrote: all of it, or nothing."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def staged(root: Path, names: Sequence[str]) -> Iterator[Path]:
    """A fresh folder beside the files and folders `names` of `root`, swapped in for them when the block ends well.

    When the block raises, or the swap itself does, `root` holds what it held before.
    """
    stage = Path(tempfile.mkdtemp(prefix=".build-", dir=root))
    try:
        yield stage
        _swap(stage, root, names)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _swap(stage: Path, root: Path, names: Sequence[str]) -> None:
    last = stage / "last"
    last.mkdir()
    moved: list[tuple[Path, Path]] = []
    try:
        for name in names:
            if (root / name).exists():
                moved.append(((root / name).rename(last / name), root / name))
            moved.append(((stage / name).rename(root / name), stage / name))
    except BaseException:
        for now, before in reversed(moved):
            now.rename(before)
        raise
