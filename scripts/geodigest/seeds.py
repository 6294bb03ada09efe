"""The documents as they came: what `seeds/manifest.toml` says of each, and its text once its digest agrees."""

import dataclasses
import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from geodigest.errors import SeedError
from geodigest.text_files import as_text, read_bytes, read_text

DocumentKind = Literal["bulletin", "literature_table"]


@dataclass(frozen=True)
class Seed:
    """A document, by its entry in the manifest or by a file of somebody's own; titles and publisher as it prints them.

    `path` is where its file lies now, `seed_path` where the package that is made of it keeps it.
    """

    document_id: str
    kind: DocumentKind
    title_zh: str
    language: str
    path: Path
    sha256: str
    title_en: str | None = None
    issue: str | None = None
    publisher: str | None = None

    @property
    def seed_path(self) -> str:
        """Path of the document below the root of its package, as published."""
        return f"seeds/{self.document_id}.txt"


_FIELDS = {field.name for field in dataclasses.fields(Seed)}
_NEEDED = {field.name for field in dataclasses.fields(Seed) if field.default is dataclasses.MISSING}
_IDENTIFIER = re.compile(r"[a-z0-9-]+")
_ENTRY = re.compile(r"\s*\[\[\s*seed\s*\]\]")


def read_manifest(root: Path) -> tuple[Seed, ...]:
    """The seeds that `root/seeds/manifest.toml` lists, in its order.

    Raises:
        SeedError: the manifest cannot be read or is not TOML, an entry has an unknown, missing or mistyped field, two
            have one document_id, or a path is not that of the document.
    """
    manifest = root / "seeds" / "manifest.toml"
    text = read_text(manifest, SeedError, missing="write a manifest, with a [[seed]] for each document")
    text = text.removeprefix("\ufeff")
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said, place = _toml_place(str(error))
        raise SeedError(f"this is not TOML: {said}", where=f"{manifest}{place}", remedy="mend it there") from error
    if unknown := stated.keys() - {"seed"}:
        raise SeedError(f"unknown {sorted(unknown)}", where=str(manifest), remedy="use [[seed]] entries alone")
    entries = stated.get("seed", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SeedError("seed is no list of entries", where=str(manifest), remedy="begin each with [[seed]]")
    if not entries:
        raise SeedError("no seed is listed", where=str(manifest), remedy="add a [[seed]] to it")
    seeds: list[Seed] = []
    for number, (entry, line) in enumerate(zip(entries, _entry_lines(text, len(entries)), strict=True), start=1):
        where = f"{manifest}{line}: seed {number}"
        seeds.append(_seed(entry, root, where))
        if seeds[-1].document_id in {seed.document_id for seed in seeds[:-1]}:
            said = f"the document_id {seeds[-1].document_id} stands twice"
            raise SeedError(said, where=where, remedy="give each seed its own")
        if entry["path"] != seeds[-1].seed_path:
            said = f"the path is {entry['path']!r}"
            raise SeedError(said, where=where, remedy=f"name the file after its seed, {seeds[-1].seed_path}")
    return tuple(seeds)


def read_seed(seed: Seed) -> str:
    """The seed's text, decoded from UTF-8 with every line end as it stands: what all offsets count in.

    Raises:
        SeedError: the file cannot be read, its SHA-256 is not the one the manifest states, or it is not text in UTF-8.
    """
    content = read_bytes(seed.path, SeedError, missing="restore the seed, or take its entry out of the manifest")
    digest = hashlib.sha256(content).hexdigest()
    if digest != seed.sha256:
        remedy = "restore the file, or state the new digest and check every decision about the seed anew"
        if hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest() == seed.sha256:
            remedy = "restore its line ends: LF was made CR LF (in Git, set core.autocrlf to false)"
        raise SeedError(
            f"the SHA-256 is {digest}, the manifest states {seed.sha256}", where=str(seed.path), remedy=remedy
        )
    return as_text(content, seed.path, SeedError)


def _toml_place(said: str) -> tuple[str, str]:
    """What tomllib says, and the line and column that it says it of.

    >>> _toml_place("Invalid value (at line 3, column 8)")
    ('Invalid value', ':3:8')
    """
    found = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", said, re.DOTALL)
    return (found[1], f":{found[2]}:{found[3]}") if found else (said, "")


def _entry_lines(text: str, count: int) -> list[str]:
    """The line of each entry of the manifest, for messages; nothing where they are written in another way."""
    lines = [f":{number}" for number, line in enumerate(text.split("\n"), 1) if _ENTRY.match(line)]
    return lines if len(lines) == count else [""] * count


def _seed(entry: dict[str, str], root: Path, where: str) -> Seed:
    if unknown := entry.keys() - _FIELDS:
        raise SeedError(f"unknown {sorted(unknown)}", where=where, remedy=f"the fields are {sorted(_FIELDS)}")
    if missing := _NEEDED - entry.keys():
        raise SeedError(f"missing {sorted(missing)}", where=where, remedy="state each as the document prints it")
    if mistyped := sorted(name for name, value in entry.items() if not isinstance(value, str)):
        raise SeedError(f"not a text: {mistyped}", where=where, remedy="put the value in quotes")
    kinds = get_args(DocumentKind)
    if entry["kind"] not in kinds:
        raise SeedError(f"unknown kind {entry['kind']!r}", where=where, remedy=f"the kinds are {list(kinds)}")
    if not _IDENTIFIER.fullmatch(entry["document_id"]):
        said = f"the document_id is {entry['document_id']!r}"
        raise SeedError(said, where=where, remedy="use the letters a to z, digits and hyphens")
    return Seed(**{**entry, "path": root / entry["path"]})  # type: ignore[arg-type]  # names and types checked above
