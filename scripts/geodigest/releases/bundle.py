"""A release, composed: the archives, the SQLite file, the wheel, the changelog section, the data diff, the checksums.

The same repository gives the same bytes with the locked libraries and equal versions of zlib and SQLite, whatever the
folder, the time, the time zone, the locale and the umask.
"""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from geodigest import __version__
from geodigest.errors import GeoDigestError, PackageError
from geodigest.paths import parquet_path
from geodigest.releases.archives import (
    EARLIEST,
    checksums,
    csv_files,
    excel_files,
    explorer_archive_files,
    parquet_files,
    write_archive,
)
from geodigest.releases.changelog import Section, read_changelog, section_of
from geodigest.releases.contract import contract
from geodigest.releases.diff import diff
from geodigest.releases.listing import as_markdown
from geodigest.releases.release import Release, read_release
from geodigest.releases.sqlite import write_sqlite
from geodigest.staging import settle, staged
from geodigest.tabular.schema import read_package, read_table_schemas
from geodigest.text_files import json_object, read_bytes, read_text
from geodigest.verify import check_fresh

STEPS = (
    "check the dataset",
    "compare with the last release",
    "pack the archives",
    "write SQLite",
    "build the wheel",
    "put in place",
)

_NEEDED = (
    *("CHANGELOG.md", "LICENSE", "pyproject.toml", "schema", "scripts"),
    *("CITATION.cff", "README.md", "croissant.json", "datapackage.json", "dataset"),
)
"""What is kept by hand, and what the build writes."""


@dataclass(frozen=True)
class ReleaseFile:
    """A file of a release, in bytes."""

    name: str
    size: int


def make_release(
    root: Path, out: Path, last: Path | None = None, on_step: Callable[[str], None] = lambda _: None
) -> tuple[ReleaseFile, ...]:
    """Make the release of this version from the built repository `root`, and put its files into `out`.

    Files of other versions in `out` stay; `SHA256SUMS` is that of this release. Nothing in `out` changes before every
    file is written.

    Args:
        root: the repository, built.
        out: the folder of the release's files; made where it is not there.
        last: the last release (its folder, archive or descriptor); left out only where the changelog has none.
        on_step: called with each of `STEPS` as it begins.

    Raises:
        GeoDigestError: the dataset is not what a build of this version writes, the changelog does not tell of this
            version, the version did not rise enough since the last release, the explorer's page is not built, or `out`
            holds other files of this version.
    """
    on_step("check the dataset")
    settle(root)
    for name in _NEEDED:
        if not (root / name).exists():
            raise PackageError("it is missing", where=str(root / name), remedy="release from a built clone")
    changelog = read_text(root / "CHANGELOG.md", PackageError)
    section = section_of(__version__, changelog, str(root / "CHANGELOG.md"))
    seconds = release_time(section)
    check_fresh(root)
    _check_stated(root, section)

    on_step("compare with the last release")
    compared = _compared(root, last, changelog)

    out.mkdir(parents=True, exist_ok=True)
    name = f"geodigest-{__version__}"
    names = [f"{name}-{form}.zip" for form in ("csv", "excel", "explorer", "parquet")] + [f"{name}.sqlite"]
    names += [f"{name}-py3-none-any.whl", f"CHANGELOG-{__version__}.md", f"data-diff-{__version__}.md"]
    with staged(out, [*names, "SHA256SUMS"]) as stage:
        on_step("pack the archives")
        schemas = read_table_schemas(root / "schema")
        tables = [schema.name for schema in schemas]
        for form, files in (("csv", csv_files), ("excel", excel_files), ("parquet", parquet_files)):
            write_archive(stage / f"{name}-{form}.zip", name, files(root, tables), seconds)
        write_archive(stage / f"{name}-explorer.zip", name, explorer_archive_files(root), seconds)

        on_step("write SQLite")
        write_sqlite(
            stage / f"{name}.sqlite",
            read_package(root / "schema"),
            __version__,
            schemas,
            {table: pq.read_table(_content(root / parquet_path(table))) for table in tables},
        )

        on_step("build the wheel")
        _build_wheel(root, stage, seconds)
        (stage / f"CHANGELOG-{__version__}.md").write_bytes(_titled(section).encode("utf-8"))
        (stage / f"data-diff-{__version__}.md").write_bytes(compared.encode("utf-8"))
        written = {each: (stage / each).read_bytes() for each in names}
        (stage / "SHA256SUMS").write_bytes(checksums(written))
        _check_same(out, stage, names)

        on_step("put in place")
    return tuple(ReleaseFile(each, (out / each).stat().st_size) for each in [*names, "SHA256SUMS"])


def release_time(section: Section) -> int:
    """The time that all files of a release state, in seconds since 1970.

    It is that of `SOURCE_DATE_EPOCH` (https://reproducible-builds.org/specs/source-date-epoch/), else the first second
    (UTC) of the day in the changelog, else the earliest that an archive can state.

    Raises:
        GeoDigestError: `SOURCE_DATE_EPOCH` is no whole number.
    """
    stated = os.environ.get("SOURCE_DATE_EPOCH")
    if stated is None:
        day = section.date
        return int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp()) if day else EARLIEST
    if not stated.isdecimal():
        raise GeoDigestError(
            f"{stated!r} is not a time", where="SOURCE_DATE_EPOCH", remedy="give the seconds since 1970-01-01"
        )
    return max(EARLIEST, int(stated))


def _check_stated(root: Path, section: Section) -> None:
    """Check that what the build writes beside the tables is of this version, of its day and of these seeds."""
    again = "run `geodigest build`"
    cited = _cited(root / "CITATION.cff", again)
    described = {name: _described(root / name, again) for name in ("croissant.json", "datapackage.json")}
    stated = {"CITATION.cff": cited.get("version"), "croissant.json": described["croissant.json"].get("version")}
    for name, version in stated.items():
        if version != __version__:
            raise PackageError(f"the version is {version}, not {__version__}", where=str(root / name), remedy=again)
    released = section.date.isoformat() if section.date else None
    if (day := cited.get("date-released")) != released:
        raise PackageError(
            f"the day is {day}, that of the changelog {released}", where=str(root / "CITATION.cff"), remedy=again
        )
    sources = described["datapackage.json"].get("sources")
    for source in sources if isinstance(sources, list) else [sources]:
        if not isinstance(source, dict) or not isinstance(source.get("path"), str):
            raise PackageError("a source names no file", where=str(root / "datapackage.json"), remedy=again)
        seed = root / source["path"]
        if f"sha256:{sha256(read_bytes(seed, PackageError, missing=again)).hexdigest()}" != source.get("hash"):
            raise PackageError("the seed is not that of the dataset", where=str(seed), remedy=again)


def _described(path: Path, again: str) -> dict[str, Any]:
    return json_object(read_bytes(path, PackageError, missing=again), path, PackageError, remedy=again)


def _cited(path: Path, again: str) -> dict[str, Any]:
    """What `CITATION.cff` states."""
    text = read_text(path, PackageError, missing=again, remedy=again)
    try:
        cited = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        said = getattr(error, "problem", None) or str(error).partition("\n")[0]
        raise PackageError(f"this is not YAML: {said}", where=where, remedy=again) from error
    if not isinstance(cited, dict):
        raise PackageError("this is no citation file", where=str(path), remedy=again)
    return cited


def _compared(root: Path, last: Path | None, changelog: str) -> str:
    """The data diff against the last release, once the version has risen enough since."""
    if last is not None:
        old, new = read_release(last), read_release(root)
        _check_risen(old, new)
        return as_markdown(diff(old, new))
    earlier = [section.version for section in read_changelog(changelog)[1:]]
    if earlier:
        raise GeoDigestError(
            f"version {earlier[0]} came before {__version__}, and nothing says where it is",
            where="geodigest release",
            remedy=f"give it: --last geodigest-{earlier[0]}-csv.zip (make release LAST=geodigest-{earlier[0]}-csv.zip)",
        )
    rows = "".join(
        f"| `{schema.name}` | {pq.read_metadata(_content(root / parquet_path(schema.name))).num_rows:,} |\n"
        for schema in read_table_schemas(root / "schema")
    )
    told = "This is the first release: there is none to compare it with. Its tables:"
    return f"# Data of {__version__}\n\n{told}\n\n| table | rows |\n| --- | ---: |\n{rows}"


def _content(path: Path) -> pa.BufferReader:
    """A file for Arrow, which takes every path for UTF-8, whatever the encoding of the system."""
    return pa.BufferReader(path.read_bytes())


def _check_risen(old: Release, new: Release) -> None:
    verdict = contract(old, new)
    where = "scripts/geodigest/__init__.py"
    if old.version == new.version:
        raise GeoDigestError(
            f"{new.version} is the version of the last release, too", where=where, remedy="raise __version__"
        )
    if not verdict.ok:
        least, last = verdict.least, f"the last release is {old.version}"
        first = f", {verdict.changes[0].place}: {verdict.changes[0].what}" if verdict.changes else ""
        raise GeoDigestError(
            f"the version is {new.version}, {last}, and the changes need {least} or higher ({verdict.needed}{first})",
            where=where,
            remedy="raise __version__; `geodigest contract` lists the changes",
        )


def _titled(section: Section) -> str:
    day = f" ({section.date})" if section.date else ""
    return f"# GeoDigest {section.version}{day}\n\n{section.body}\n"


def _build_wheel(root: Path, folder: Path, seconds: int) -> None:
    if find_spec("hatchling") is None:
        raise GeoDigestError(
            "hatchling is not installed", where="geodigest release", remedy="run `make release`, which installs it"
        )
    run = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder.resolve()],
        cwd=root,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(seconds)},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if run.returncode:
        said = (run.stderr.strip() or run.stdout.strip() or "nothing").splitlines()[-1]
        raise PackageError(f"hatchling says: {said}", where=str(root / "pyproject.toml"), remedy="mend it there")


def _check_same(out: Path, stage: Path, names: Sequence[str]) -> None:
    """Check that a version that is released already has the bytes that it had."""
    for name in names:
        if (out / name).exists() and (out / name).read_bytes() != (stage / name).read_bytes():
            raise GeoDigestError(
                f"another {__version__} was released before",
                where=str(out / name),
                remedy="raise the version, or remove the files if nobody has them yet",
            )
