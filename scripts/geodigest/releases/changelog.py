"""CHANGELOG.md, read: the sections of the versions, newest first (https://keepachangelog.com/en/1.1.0/)."""

import datetime as dt
import re
from dataclasses import dataclass
from itertools import pairwise

from geodigest.errors import GeoDigestError

_HEADING = re.compile(r"^## \[?(?P<version>\d+\.\d+\.\d+)\]?(?: - (?P<date>\d{4}-\d{2}-\d{2}))?\s*$")
_LINK = re.compile(r"^\[[^\]]+\]: \S+$")


@dataclass(frozen=True)
class Section:
    """What the changelog says of a version; `date` is the day of its release where the heading gives one."""

    version: str
    date: dt.date | None
    body: str


def read_changelog(text: str, where: str = "CHANGELOG.md") -> tuple[Section, ...]:
    r"""The sections of a changelog that have a version, in its order; what is unreleased is none.

    Args:
        text: what it says.
        where: its path, for errors.

    Raises:
        GeoDigestError: a heading gives a day that there is not.

    >>> read_changelog("# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-03-01\n\n### Added\n\n- Rows.\n")
    (Section(version='0.2.0', date=datetime.date(2026, 3, 1), body='### Added\n\n- Rows.'),)
    """
    sections: list[Section] = []
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("## ")]
    for start, end in pairwise([*starts, len(lines)]):
        if heading := _HEADING.match(lines[start]):
            body = "\n".join(line for line in lines[start + 1 : end] if not _LINK.match(line)).strip()
            sections.append(Section(heading["version"], _date(heading["date"], f"{where}:{start + 1}"), body))
    return tuple(sections)


def day_of(version: str, text: str, where: str = "CHANGELOG.md") -> dt.date | None:
    r"""The day that a changelog gives this version; None where it gives none, or does not tell of the version.

    Raises:
        GeoDigestError: a heading gives a day that there is not.

    >>> day_of("0.2.0", "## [0.3.0]\n\n## [0.2.0] - 2026-03-01\n"), day_of("0.3.0", "## [0.3.0]\n")
    (datetime.date(2026, 3, 1), None)
    """
    return next((section.date for section in read_changelog(text, where) if section.version == version), None)


def section_of(version: str, text: str, where: str = "CHANGELOG.md") -> Section:
    """The section of this version, which is to be the newest and to say something.

    Raises:
        GeoDigestError: it is not.
    """
    sections = read_changelog(text, where)
    newest = sections[0].version if sections else None
    if newest != version:
        raise GeoDigestError(
            f"the newest section is {newest or 'none'}, the version {version}",
            where=where,
            remedy=f"write `## [{version}]` above it, or set the version in scripts/geodigest/__init__.py",
        )
    if not sections[0].body:
        raise GeoDigestError(f"the section {version} is empty", where=where, remedy="say what the release changes")
    return sections[0]


def _date(printed: str | None, where: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(printed) if printed else None
    except ValueError as error:
        raise GeoDigestError(f"{printed} is not a date", where=where, remedy="write the date as YYYY-MM-DD") from error
