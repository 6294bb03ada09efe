"""What a validation found, in SARIF, which code-scanning services read."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

from geodigest import __version__
from geodigest.validation.failure import Failure, Report, path_below
from geodigest.validation.rules import RULES

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


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
    run = {"tool": {"driver": driver}, "results": [_result(failure) for failure in report.failures]}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _result(failure: Failure) -> dict[str, object]:
    subject = ".".join(filter(None, (failure.table, failure.column)))
    row = "" if failure.row is None else f"row {failure.row}"
    where = " ".join(filter(None, (subject, row)))
    return {
        "ruleId": failure.rule,
        "ruleIndex": list(RULES).index(failure.rule),
        "level": "error",
        "message": {"text": f"{where}: {failure.message}" if where else failure.message},
        "locations": [{"physicalLocation": _location(failure)}],
        "properties": {name: getattr(failure, name) for name in ("table", "row", "column", "value", "expected")},
    }


def _location(failure: Failure) -> dict[str, object]:
    location: dict[str, object] = {"artifactLocation": {"uri": _uri(failure.file)}}
    if failure.file.lower().endswith(".parquet"):
        return location  # no lines to name
    return {**location, "region": {"startLine": failure.line or 1}}


def _uri(file: str) -> str:
    path = path_below(Path.cwd(), file)
    return Path(file).absolute().as_uri() if path is None else quote(path)
