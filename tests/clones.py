"""A copy of the repository as a maintainer has it after `make`: what the build wrote, and what is kept by hand."""

import shutil
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]

BY_HAND = ("scripts", "pyproject.toml", "LICENSE", "CHANGELOG.md", "CITATION.cff")


def clone(built: Path, folder: Path) -> Path:
    """A copy of the built repository in `folder`, which is not there yet; nothing in it is a link."""
    without = shutil.ignore_patterns("__pycache__", "node_modules")
    shutil.copytree(built, folder, ignore=without)
    for name in BY_HAND:
        if (REPOSITORY / name).is_dir():
            shutil.copytree(REPOSITORY / name, folder / name, ignore=without, dirs_exist_ok=True)
        elif not (folder / name).exists():
            shutil.copyfile(REPOSITORY / name, folder / name)
    return folder
