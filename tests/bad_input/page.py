"""`python -m tests.bad_input.page`: write `docs/errors.md` from the cases of bad input."""

import sys
from collections.abc import Iterator
from pathlib import Path

from geodigest.descriptors.dictionary import code
from geodigest.releases.archives import excel_csv
from tests.bad_input import of_build, of_convert, of_diff, of_load, of_release, of_validate
from tests.bad_input.case import Case
from tests.bad_input.group import Group

GROUPS: tuple[Group, ...] = (
    of_build.GROUP,
    of_convert.GROUP,
    of_validate.GROUP,
    of_diff.GROUP,
    of_load.GROUP,
    of_release.GROUP,
)

FORMULAS = {
    "=cmd|' /C calc'!A0": True,
    '=HYPERLINK("http://example.org","慢滑")': True,
    "@SUM(1)": True,
    "+1+cmd|' /C calc'!A0": True,
    "=1+1": False,
    "-5 km": False,
    "~250 km": False,
}
"""Texts of a cell, and whether an apostrophe before it keeps Excel from running it."""

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"

HEAD = """\
# Errors

Whatever is wrong is told in one line that says where, what, and what to do, on standard error, without a traceback;
what an earlier run wrote stays as it was. Where a line is known the place is `file:line`, or `file:line:column` with
columns in characters, both from 1. Wrong use is told below a line of usage, in a frame. In Python the same line is a
`geodigest.errors.GeoDigestError`.

Exit status, the same for all commands:

| status | `build`, `convert`, `release`, `publish`, `info` | `validate`, `diff`, `contract` |
| ---: | --- | --- |
| 0 | done | all is good: valid, the same, the version rose enough |
| 1 | something is not what it should be: nothing was written | it is not: something fails, differs, did not rise |
| 2 | wrong use: an option, or a table that there is not | wrong use, or what is given cannot be read and judged |
| 130 | stopped by Ctrl-C or SIGTERM: what an earlier run wrote stands | stopped |

Each table below is made of the tests that show its messages: for an input, what `geodigest` tells of it and its exit
status. Texts are UTF-8.
"""


def page() -> str:
    """The page."""
    return "\n".join([HEAD, *(line for group in GROUPS for line in _group(group)), *_formulas()])


def _group(group: Group) -> Iterator[str]:
    yield f"## {group.heading}\n"
    yield f"{group.told}\n"
    is_python = group.heading == "geodigest.load"
    yield "| input | message |" if is_python else "| input | message | exit status |"
    yield "| --- | --- |" if is_python else "| --- | --- | ---: |"
    # An input for which several forms of a table are asked stands once.
    yield from dict.fromkeys(
        f"| {case.given} | {code(_told(case))} |" + ("" if is_python else f" {case.status} |") for case in group.cases
    )
    yield ""
    if group.taken:
        yield "Taken as they are, with exit status 0:\n"
        yield "| input | outcome |"
        yield "| --- | --- |"
        yield from (f"| {taken.given} | {taken.outcome} |" for taken in group.taken)
        yield ""


def _formulas() -> Iterator[str]:
    yield "## Formulas in the Excel files of a release\n"
    yield "A text that Excel would run has an apostrophe before it there; other files hold it as it is.\n"
    yield "| text | in `excel/` |"
    yield "| --- | --- |"
    for text in FORMULAS:
        written = excel_csv([[text]]).decode("utf-8-sig").removesuffix("\r\n")
        yield f"| {code(text)} | {code(written)} |"
    yield ""


def _told(case: Case) -> str:
    """The message without the word `error`, long names in it shortened."""
    return case.told.removeprefix("error: ").replace("x" * 300, "xx…xx").replace("y" * 240, "yy…yy")


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")


if __name__ == "__main__":
    main()
