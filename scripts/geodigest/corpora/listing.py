"""The documents of a folder: which they are, and the digests by which one that is finished is known again."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from geodigest.corpora.failures import FailedDocument
from geodigest.corpora.places import read, sizes
from geodigest.curation import KINDS, curation_name
from geodigest.documents import as_kept, document_id
from geodigest.errors import GeoDigestError, SeedError

SUFFIXES = (".txt", ".md")
"""Files that are documents."""


@dataclass(frozen=True)
class Source:
    """A document as a file of the folder."""

    document_id: str
    name: str
    sha256: str
    """Digest of its text as the package keeps it; see `geodigest.documents.as_kept`."""
    size: int
    """Bytes of that text."""
    curation: tuple[tuple[str, str], ...]
    """The files beside it that say what people decided about it, with their digests."""


@dataclass(frozen=True)
class Listing:
    """The documents of a folder by their identifiers, and the files that are none, with the reason."""

    sources: tuple[Source, ...]
    failures: tuple[FailedDocument, ...]


def listing(place: str, given: str) -> Listing:
    """The documents of a folder, to the bottom; hidden files and folders are left out.

    Args:
        place: the folder.
        given: the folder as its owner named it, for messages.

    Raises:
        GeoDigestError: there is no document.
        SeedError: the names of two files give one identifier.
    """
    files = sizes(place)
    names = sorted(name for name in files if _is_document(PurePosixPath(name)))
    if not names:
        raise GeoDigestError(
            f"no document is in this folder, no file in {' or '.join(SUFFIXES)}",
            where=given,
            remedy="give a folder with text or Markdown in UTF-8, one document per file",
        )
    failures: list[FailedDocument] = []
    found: dict[str, Source] = {}
    texts: dict[str, str] = {}
    for identifier, name in sorted(_named(names, given, failures).items()):
        try:
            source = _source(place, identifier, name, files)
        except OSError as error:
            said = error.strerror or str(error)
            failures.append(FailedDocument(name, name, said, "give a file that can be read", is_final=False))
            continue
        if source.sha256 in texts:
            failures.append(FailedDocument(name, name, f"the text is that of {texts[source.sha256]}", "give it once"))
            continue
        texts[source.sha256] = name
        found[identifier] = source
    return Listing(tuple(found.values()), tuple(failures))


def _is_document(path: PurePosixPath) -> bool:
    return path.suffix.lower() in SUFFIXES and not any(part.startswith(".") for part in path.parts)


def _named(names: list[str], given: str, failures: list[FailedDocument]) -> dict[str, str]:
    """The names by the identifiers that they give; what gives none is added to the failures."""
    named: dict[str, str] = {}
    for name in names:
        try:
            identifier = document_id(PurePosixPath(name))
        except SeedError as error:
            failures.append(FailedDocument(name, name, error.what, error.remedy))
            continue
        if identifier in named:
            raise SeedError(
                f"the name gives the document_id {identifier}, as {given}/{named[identifier]} does",
                where=f"{given}/{name}",
                remedy="rename one of the files",
            )
        named[identifier] = name
    return named


def _source(place: str, identifier: str, name: str, files: dict[str, int]) -> Source:
    content = as_kept(read(place, name))
    beside = (str(PurePosixPath(name).with_name(curation_name(identifier, kind))) for kind in KINDS)
    curation = tuple((each, sha256(read(place, each)).hexdigest()) for each in beside if each in files)
    return Source(identifier, name, sha256(content).hexdigest(), len(content), curation)
