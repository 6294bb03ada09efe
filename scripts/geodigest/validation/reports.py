"""What a validation found, as text for people, as JSON, and as commands for GitHub Actions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from geodigest import __version__
from geodigest.validation.failure import Failure, Report, path_below, printable
from geodigest.validation.sarif import as_sarif


def as_text(report: Report) -> str:
    """A line a failure in the form of compilers, `file:line: table.column row N: rule: …`, and a summary."""
    lines = [f"{_place(failure)}: {_subject(failure)}{failure.rule}: {failure.message}" for failure in report.failures]
    return _one_a_line(map(printable, [*lines, *_summary(report)]))


def as_json(report: Report) -> str:
    """One object; its form is part of the interface.

    `version` is that of the contract; `valid`, whether nothing failed; `files`, a list of objects with `path`, `table`,
    `rows` (null where the file cannot be read) and `valid`; `failures`, a list of objects with `file`, `table`, `row`,
    `line`, `column`, `rule`, `value`, `expected` and `message`, null where a failure has none.
    """
    failed = {failure.file for failure in report.failures}
    stated = {
        "version": __version__,
        "valid": report.is_valid,
        "files": [{**asdict(file), "valid": file.path not in failed} for file in report.files],
        "failures": [{**asdict(failure), "message": failure.message} for failure in report.failures],
    }
    return json.dumps(stated, ensure_ascii=False, indent=2) + "\n"


def as_github(report: Report) -> str:
    """Workflow commands that put each failure as an error on its line, and the summary.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands; escaped as the runner's own
    library does it.
    """
    return _one_a_line([*map(_github_error, report.failures), *_summary(report)[-1:]])


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}


def _place(failure: Failure) -> str:
    return failure.file if failure.line is None else f"{failure.file}:{failure.line}"


def _subject(failure: Failure) -> str:
    """Table, column and row, followed by a colon and a blank; nothing for a file that is no table."""
    parts = [".".join(filter(None, (failure.table, failure.column)))]
    if failure.row is not None:
        parts.append(f"row {failure.row}")
    subject = " ".join(filter(None, parts))
    return f"{subject}: " if subject else ""


def _summary(report: Report) -> list[str]:
    """A line for each file that failed, and one for all where this says more."""
    rows = {file.path: file.rows for file in report.files}
    lines = []
    for path, count in sorted(Counter(failure.file for failure in report.failures).items()):
        read = rows.get(path)
        among = "" if read is None else f" in {_counted(read, 'row')}"
        lines.append(f"{path}: {_counted(count, 'failure')}{among}")
    if report.is_valid or len(report.files) != 1 or len(lines) != 1:
        files, total = _counted(len(report.files), "file"), _counted(sum(read or 0 for read in rows.values()), "row")
        verdict = "valid" if report.is_valid else _counted(len(report.failures), "failure")
        lines.append(f"{files}, {total}: {verdict}")
    return lines


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _github_error(failure: Failure) -> str:
    row = "" if failure.row is None else f"row {failure.row}: "
    properties = {
        "file": path_below(Path.cwd(), failure.file) or failure.file,
        **({} if failure.line is None else {"line": str(failure.line)}),
        "title": f"{'.'.join(filter(None, (failure.table, failure.column)))} {failure.rule}".strip(),
    }
    stated = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::error {stated}::{_data(row + failure.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _one_a_line(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
