"""The text files that people keep and give: read whole, or refused with the place and what to do."""

import json
import stat
from codecs import BOM_UTF8
from pathlib import Path
from typing import Any

from geodigest.encoding import encoding_hint
from geodigest.errors import GeoDigestError
from geodigest.wording import place


def read_text(path: Path, raised: type[GeoDigestError], *, missing: str = "check the path", remedy: str = "") -> str:
    """The text of a file in UTF-8, every line end and a byte order mark as they stand.

    Args:
        path: the file; links are followed.
        raised: the error that says what is wrong.
        missing: what to do where there is no such file.
        remedy: what to do where it is no text in UTF-8; to save it as that, where left out.

    Raises:
        GeoDigestError: as `raised`, there is no such file, it is a folder, a pipe or a device, it may not be read, or
            it is not UTF-8 or has a null character; these with line and column, in characters from 1.
    """
    return as_text(read_bytes(path, raised, missing=missing), path, raised, remedy=remedy)


def read_bytes(path: Path, raised: type[GeoDigestError], *, missing: str = "check the path") -> bytes:
    """The content of a file, as it stands; args and errors as `read_text`."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            return path.read_bytes()
    except FileNotFoundError as error:
        if path.is_symlink():
            raise raised("this links to a file that is not there", where=str(path), remedy="mend the link") from error
        raise raised("there is no such file", where=str(path), remedy=missing) from error
    except OSError as error:
        what = error.strerror or str(error)
        raise raised(what, where=str(path), remedy="give a file that can be read") from error
    # A pipe would be waited for without end.
    what = "this is a folder, not a file" if stat.S_ISDIR(mode) else "this is a pipe or a device, not a file"
    raise raised(what, where=str(path), remedy="give a file")


def as_text(content: bytes, path: Path, raised: type[GeoDigestError], *, remedy: str = "") -> str:
    """The content of a file as text; args and errors as `read_text`."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        what = f"byte {error.start} is not UTF-8"
        before = content[: error.start].decode("utf-8")
        hint = encoding_hint(content) or remedy or "save it as UTF-8"
        raise raised(what, where=f"{path}:{place(before, len(before))}", remedy=hint) from error
    if "\0" in text:
        where = f"{path}:{place(text, text.index(chr(0)))}"
        what = "this is not text: it has a null character"
        raise raised(what, where=where, remedy=remedy or "restore the file")
    return text


def json_object(content: bytes, path: Path, raised: type[GeoDigestError], *, remedy: str) -> dict[str, Any]:
    """The JSON object that a file's content is; args and errors as `read_text`."""
    text = as_text(content.removeprefix(BOM_UTF8), path, raised, remedy=remedy)
    try:
        stated = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{path}:{error.lineno}:{error.colno}"
        raise raised(f"this is not JSON: {error.msg}", where=where, remedy=remedy) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists in lists without end
        raise raised(f"this is not JSON: {error}", where=str(path), remedy=remedy) from error
    if not isinstance(stated, dict):
        raise raised("this is not a JSON object", where=str(path), remedy=remedy)
    return stated
