"""Documents of anyone's own: which document a file is, of which kind, and its text.

A document is kept as UTF-8 without a byte order mark and with line feeds alone; every offset counts in that text,
which is what `open(path, encoding="utf-8-sig").read()` gives in Python.
"""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePath

from geodigest import text_files
from geodigest.errors import SeedError
from geodigest.reconstruct.digests import OVERVIEW
from geodigest.reconstruct.paragraphs import printed_paragraphs
from geodigest.reconstruct.printed import plain
from geodigest.reconstruct.table import HEADING
from geodigest.seeds import DocumentKind, Seed

_UNNAMED = re.compile(r"[^a-z0-9]+")
LONGEST_NAME = 230
"""Characters of an identifier: a file system takes 255 for a name, and files made from a document have longer ones."""
_AS_TEXT = "give the document as text or Markdown in UTF-8; a PDF or a Word file goes through a converter first"


@dataclass(frozen=True)
class Document:
    """A document and its text; `given` is the file as its owner named it."""

    seed: Seed
    text: str
    given: Path


def read_documents(files: Iterable[Path], kind: DocumentKind) -> tuple[Document, ...]:
    """The documents of the files, in their order.

    Raises:
        SeedError: a file cannot be read, is not text in UTF-8, is empty or of the other kind, has a name that gives no
            identifier, or is the same document as another.
    """
    documents: list[Document] = []
    for file in files:
        document = read_document(file, kind)
        for other in documents:
            if other.given == file:
                raise SeedError("this is given twice", where=str(file), remedy="give each document once")
            if other.seed.document_id == document.seed.document_id:
                raise SeedError(
                    f"the name gives the document_id {document.seed.document_id}, as {other.given} does",
                    where=str(file),
                    remedy="rename one of the files",
                )
            if other.seed.sha256 == document.seed.sha256:
                raise SeedError(f"the text is that of {other.given}", where=str(file), remedy="give each document once")
        documents.append(document)
    return tuple(documents)


def document_id(file: PurePath) -> str:
    """The identifier of a document: its file's name without the ending, in `a-z`, `0-9` and `-`.

    Raises:
        SeedError: nothing is left of the name, or more than `LONGEST_NAME` characters.

    >>> document_id(Path("快报/Earthquake_Frontiers 2023.11.md"))
    'earthquake-frontiers-2023-11'
    """
    name = _UNNAMED.sub("-", file.stem.lower()).strip("-")
    if not name:
        raise SeedError(
            "the file's name gives no document_id: it has no Latin letter and no digit",
            where=str(file),
            remedy=f"rename it, such as bulletin-2023-11{file.suffix}",
        )
    if len(name) > LONGEST_NAME:
        raise SeedError(
            f"the file's name gives a document_id of {len(name)} characters: names of files made from it get too long",
            where=str(file),
            remedy=f"give it a name of at most {LONGEST_NAME}",
        )
    return name


def read_text(file: Path) -> str:
    """The text of a file in UTF-8, without a byte order mark and with line feeds for all line ends.

    Raises:
        SeedError: the file cannot be read, or is not text in UTF-8; names the line and column.
    """
    content = text_files.read_bytes(file, SeedError)
    text_files.as_text(content, file, SeedError, remedy=_AS_TEXT)  # raises: its places are those of the file as it is
    return as_kept(content).decode("utf-8")


def as_kept(content: bytes) -> bytes:
    r"""The content of a document's file as a package keeps it: without a byte order mark, line feeds for all line ends.

    >>> as_kept(b"\xef\xbb\xbfa\r\nb\rc")
    b'a\nb\nc'
    """
    return content.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def kind_of(text: str) -> DocumentKind | None:
    r"""The kind of document that a text is by what only that kind has: 本期概要, or the line of column heads.

    >>> kind_of("文章\t核心问题\n"), kind_of("快报\n\n本期概要\n\n1、冰川"), kind_of("冰川\n")
    ('literature_table', 'bulletin', None)
    """
    if _first_line(text).split()[:1] == [HEADING]:
        return "literature_table"
    has_overview = any(text[each.start : each.end] == OVERVIEW for each in printed_paragraphs(text))
    return "bulletin" if has_overview else None


def check_kind(text: str, kind: DocumentKind, file: Path, *, remedy: str) -> None:
    """Refuse a text that is empty, or that has what only the other kind has; `{found}` in the remedy is its kind.

    Raises:
        SeedError: it is.
    """
    if not text.strip():
        raise SeedError("the file is empty", where=str(file), remedy="give a document with text")
    if (found := kind_of(text)) not in (kind, None):
        raise SeedError(f"this is a {found}, not a {kind}", where=str(file), remedy=remedy.format(found=found))


def read_document(file: Path, kind: DocumentKind) -> Document:
    """The document of a file.

    Raises:
        SeedError: the file cannot be read, is not text in UTF-8, is empty or of the other kind, or has a name that
            gives no identifier.
    """
    text, name = read_text(file), document_id(file)
    check_kind(text, kind, file, remedy="convert it with --kind {found}")
    title = _first_line(text) if kind_of(text) else ""
    if title in ("", OVERVIEW):
        title = _as_title(file.stem)
    seed = Seed(
        document_id=name,
        kind=kind,
        title_zh=title,
        language="zh",
        path=file,
        sha256=sha256(text.encode("utf-8")).hexdigest(),
    )
    return Document(seed, text, file)


def _first_line(text: str) -> str:
    r"""The first printed line without its markup.

    >>> _first_line("\n\n# 地震科技前沿快报\n\n2023 年第 10 期"), _first_line("文章\t核心问题\n")
    ('地震科技前沿快报', '文章 核心问题')
    """
    return next((_as_title(plain(line)) for line in text.splitlines() if line.strip()), "")


def _as_title(words: str) -> str:
    """The words as a table may hold them: NFC, blanks single, nothing that does not print."""
    single = " ".join(unicodedata.normalize("NFC", words).split())
    return "".join(char for char in single if char.isprintable())
