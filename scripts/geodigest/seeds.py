"""The documents as they came: what `seeds/manifest.toml` says of each, and its text once its digest agrees."""

import dataclasses
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from geodigest.errors import SeedError

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


def read_manifest(root: Path) -> tuple[Seed, ...]:
    """The seeds that `root/seeds/manifest.toml` lists, in its order.

    Raises:
        SeedError: the manifest is missing, is not TOML, or an entry has an unknown, missing or mistyped field.
    """
    manifest = root / "seeds" / "manifest.toml"
    try:
        stated = tomllib.loads(manifest.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SeedError(
            "there is no manifest", where=str(manifest), remedy="write one, with a [[seed]] each"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SeedError(f"this is not TOML: {error}", where=str(manifest), remedy="mend it there") from error
    if unknown := stated.keys() - {"seed"}:
        raise SeedError(f"unknown {sorted(unknown)}", where=str(manifest), remedy="use [[seed]] entries alone")
    entries = stated.get("seed", [])
    if not entries:
        raise SeedError("no seed is listed", where=str(manifest), remedy="add a [[seed]] to it")
    seeds = tuple(_seed(entry, root, f"{manifest}: seed {number}") for number, entry in enumerate(entries, start=1))
    identifiers = [seed.document_id for seed in seeds]
    if len(set(identifiers)) < len(identifiers):
        raise SeedError(
            f"a document_id stands twice in {identifiers}", where=str(manifest), remedy="give each seed its own"
        )
    for number, (entry, seed) in enumerate(zip(entries, seeds, strict=True), start=1):
        if entry["path"] != seed.seed_path:
            raise SeedError(
                f"the path is {entry['path']!r}",
                where=f"{manifest}: seed {number}",
                remedy=f"name the file after its seed, {seed.seed_path}",
            )
    return seeds


def read_seed(seed: Seed) -> str:
    """The seed's text, decoded from UTF-8 with every line end as it stands: what all offsets count in.

    Raises:
        SeedError: the file is missing, is not UTF-8, or its SHA-256 is not the one the manifest states.
    """
    try:
        content = seed.path.read_bytes()
    except FileNotFoundError as error:
        raise SeedError("the seed is missing", where=str(seed.path), remedy="restore the file") from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != seed.sha256:
        raise SeedError(
            f"the SHA-256 is {digest}, the manifest states {seed.sha256}",
            where=str(seed.path),
            remedy="restore the file, or state the new digest and check every decision about the seed anew",
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SeedError(
            f"byte {error.start} is not UTF-8", where=str(seed.path), remedy="give the seed in UTF-8"
        ) from error


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
    return Seed(**{**entry, "path": root / entry["path"]})  # type: ignore[arg-type]  # names and types checked above
