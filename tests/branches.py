"""The branches of the core that its tests take, by room, from what `make coverage` measured.

    python -m tests.branches .coverage.json

Coverage's own total counts lines and branches together; here the bound of `[tool.coverage.report]` is that of branches.
"""

import json
import sys
import tomllib
from collections import Counter
from pathlib import Path

from tests.clones import REPOSITORY


def main(measured: Path) -> str | None:
    """Print the share by room; what is wrong where it is less than the bound over all."""
    taken: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for file, told in json.loads(measured.read_text(encoding="utf-8"))["files"].items():
        room = Path(file).relative_to("scripts/geodigest").parts[0].removesuffix(".py")
        taken[room] += told["summary"]["covered_branches"]
        there[room] += told["summary"]["num_branches"]
    lines = [
        f"{room:12} {taken[room]:5} of {of:5} branches, {taken[room] / of:.1%}" for room, of in sorted(there.items())
    ]
    share = 100 * taken.total() / there.total()
    lines.append(f"{'the core':12} {taken.total():5} of {there.total():5} branches, {share:.1f}%")
    sys.stdout.write("\n".join(["", *lines, ""]))
    bound = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["coverage"]["report"]
    return (
        None if share >= bound["fail_under"] else f"fewer than {bound['fail_under']} % of the core's branches are taken"
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
