"""What a validation found, as text for people, as JSON, as commands for GitHub Actions, and as SARIF."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote

from geodigest import __version__
from geodigest.validation.failure import Failure, Report, path_below
from geodigest.validation.rules import RULES
from geodigest.wording import counted, printable

_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_text(report: Report) -> str:
    """A line a failure in the form of compilers, `file:line: table.column row N: rule: …`, and a summary."""
    return _one_a_line([*map(as_line, report.failures), *map(printable, _summary(report))])


def as_line(failure: Failure) -> str:
    """A failure in the form of compilers, which editors follow; without a file for a frame in memory.

    >>> as_line(Failure("studies.csv", "studies", 3, 5, "kind", "enum", "survey", "one of study, review"))
    "studies.csv:5: studies.kind row 3: enum: 'survey'; expected one of study, review"
    """
    return printable(": ".join(filter(None, (_place(failure), _subject(failure), failure.rule, failure.message))))


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


def as_sarif(report: Report) -> str:
    """A SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html) of one run.

    Paths are relative to the working folder, where they lie below it; table, row, column, value and what is expected
    are in the property bag of each result.
    """
    driver = {
        "name": "GeoDigest",
        "version": __version__,
        "rules": [
            {
                "id": name,
                "shortDescription": {"text": rule.asks},
                "fullDescription": {"text": rule.asks},
                "help": {"text": rule.remedy},
            }
            for name, rule in RULES.items()
        ],
    }
    run = {"tool": {"driver": driver}, "results": [_sarif_result(failure) for failure in report.failures]}
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}


def _place(failure: Failure) -> str:
    return failure.file if failure.line is None else f"{failure.file}:{failure.line}"


def _subject(failure: Failure) -> str:
    """Table, column and row; nothing for a file that is no table."""
    row = "" if failure.row is None else f"row {failure.row}"
    return " ".join(filter(None, (".".join(filter(None, (failure.table, failure.column))), row)))


def _summary(report: Report) -> list[str]:
    """A line for each file that failed, and one for all where this says more."""
    rows = {file.path: file.rows for file in report.files}
    lines = []
    for path, count in sorted(Counter(failure.file for failure in report.failures).items()):
        read = rows.get(path)
        among = "" if read is None else f" in {counted(read, 'row')}"
        lines.append(f"{path}: {counted(count, 'failure')}{among}")
    if report.is_valid or len(report.files) != 1 or len(lines) != 1:
        files, total = counted(len(report.files), "file"), counted(sum(read or 0 for read in rows.values()), "row")
        verdict = "valid" if report.is_valid else counted(len(report.failures), "failure")
        lines.append(f"{files}, {total}: {verdict}")
    return lines


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


def _sarif_result(failure: Failure) -> dict[str, object]:
    where = _subject(failure)
    return {
        "ruleId": failure.rule,
        "ruleIndex": list(RULES).index(failure.rule),
        "level": "error",
        "message": {"text": f"{where}: {failure.message}" if where else failure.message},
        "locations": [{"physicalLocation": _sarif_location(failure)}],
        "properties": {name: getattr(failure, name) for name in ("table", "row", "column", "value", "expected")},
    }


def _sarif_location(failure: Failure) -> dict[str, object]:
    location: dict[str, object] = {"artifactLocation": {"uri": _sarif_uri(failure.file)}}
    if failure.file.lower().endswith(".parquet"):
        return location  # no lines to name
    return {**location, "region": {"startLine": failure.line or 1}}


def _sarif_uri(file: str) -> str:
    path = path_below(Path.cwd(), file)
    return Path(file).absolute().as_uri() if path is None else quote(os.fsencode(path))
