"""What `geodigest diff` and `geodigest contract` are given: folders, descriptors and archives of releases."""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.bad_input.case import Case, Make, Taken, both, nothing, redone, remove, restated, write
from tests.bad_input.group import Group
from tests.bad_input.places import releases

DIFF, PACKED = "diff old new", "diff old.zip new"
DESCRIPTOR, FIGURES = "new/datapackage.json", "new/dataset/csv/figures.csv"
_GIVE = "give a folder with datapackage.json or a .zip"
_AGAIN = "download it again, or give a folder"
_READ = f"{FIGURES}: it cannot be read by its schema:"
_THIS = "give the file of this release"


def _path(stated: str) -> Make:
    return restated(DESCRIPTOR, lambda release: release["resources"][0].update(path=stated))


def _packed(*names: str) -> Make:
    """An archive of the descriptor under these names."""

    def make(folder: Path) -> None:
        with zipfile.ZipFile(folder / "old.zip", "w") as archive:
            for name in names:
                archive.writestr(name, (folder / "old" / "datapackage.json").read_bytes())

    return make


def _headers(change: Callable[[bytearray, int, int], None]) -> Make:
    """The archive with the headers of its files changed: the place of the header, and that of its flags."""

    def make(folder: Path) -> None:
        content = bytearray((folder / "old.zip").read_bytes())
        for mark, flags in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
            at = content.find(mark)
            while at >= 0:
                change(content, at, flags)
                at = content.find(mark, at + 4)
        (folder / "old.zip").write_bytes(content)

    return make


def _encrypt(content: bytearray, at: int, flags: int) -> None:
    content[at + flags] |= 1


_CASES = (
    ("a path that is not there", nothing, "diff old nowhere", f"nowhere: there is no such file or folder; {_GIVE}"),
    ("`/dev/null`", nothing, "diff old /dev/null", f"/dev/null: this is neither a file nor a folder; {_GIVE}"),
    (
        "a named pipe",
        lambda folder: os.mkfifo(folder / "pipe"),
        "diff old pipe",
        f"pipe: this is neither a file nor a folder; {_GIVE}",
    ),
    (
        "an empty folder",
        lambda folder: (folder / "empty").mkdir(),
        "diff old empty",
        "empty/datapackage.json: the descriptor is missing; give the folder of a release",
    ),
    (
        "a table alone",
        nothing,
        f"diff old {FIGURES}",
        f"{FIGURES}: this is not a whole .zip archive: File is not a zip file; {_AGAIN}",
    ),
    (
        "an empty descriptor",
        write(DESCRIPTOR, ""),
        DIFF,
        f"{DESCRIPTOR}:1:1: this is not JSON: Expecting value; restore the file",
    ),
    (
        "a descriptor that is not JSON",
        write(DESCRIPTOR, '{\n"a":,}'),
        DIFF,
        f"{DESCRIPTOR}:2:5: this is not JSON: Expecting value; restore the file",
    ),
    (
        "a descriptor in UTF-16",
        redone(DESCRIPTOR, lambda content: content.decode().encode("utf-16")),
        DIFF,
        f"{DESCRIPTOR}:1:1: byte 0 is not UTF-8; the file is UTF-16, save it as UTF-8",
    ),
    (
        "a descriptor in GB 18030",
        write(DESCRIPTOR, '{"title": "快报"}'.encode("gb18030")),
        DIFF,
        f"{DESCRIPTOR}:1:12: byte 11 is not UTF-8; the file reads as GB 18030 (GBK), save it as UTF-8",
    ),
    (
        "a path that leaves the folder",
        _path("../old/dataset/csv/studies.csv"),
        DIFF,
        f"{DESCRIPTOR}, table studies: its path is '../old/dataset/csv/studies.csv'; name one file inside the release",
    ),
    (
        "an absolute path",
        _path("/etc/passwd"),
        DIFF,
        f"{DESCRIPTOR}, table studies: its path is '/etc/passwd'; name one file inside the release",
    ),
    (
        "a path of Windows",
        _path("..\\studies.csv"),
        DIFF,
        f"{DESCRIPTOR}, table studies: its path is '..\\\\studies.csv'; name one file inside the release",
    ),
    ("a table that is missing", remove(FIGURES), DIFF, f"{FIGURES}: the table's file is missing; restore the file"),
    ("an empty table", write(FIGURES, ""), DIFF, f"{_READ} Empty CSV file; {_THIS}"),
    (
        "a row with fewer cells",
        redone(FIGURES, lambda content: content + b"a,b\n"),
        DIFF,
        f"{_READ} CSV parse error: Expected 4 columns, got 2: a,b; {_THIS}",
    ),
    (
        "`NA` in a column of numbers",
        redone(FIGURES, lambda content: content.replace(b"1.5", b"NA")),
        DIFF,
        f"{_READ} In CSV column #3: CSV conversion error to double: invalid value 'NA'; {_THIS}",
    ),
    (
        "semicolons between the cells",
        redone(FIGURES, lambda content: content.replace(b",", b";")),
        DIFF,
        (
            f"{FIGURES}: the columns are ['figure_id;study_id;caption;width'], "
            f"its schema has ['figure_id', 'study_id', 'caption', 'width']; {_THIS}"
        ),
    ),
    (
        "columns in another order",
        redone(FIGURES, lambda content: content.replace(b"figure_id,study_id", b"study_id,figure_id")),
        DIFF,
        (
            f"{FIGURES}: the columns are ['study_id', 'figure_id', 'caption', 'width'], "
            f"its schema has ['figure_id', 'study_id', 'caption', 'width']; {_THIS}"
        ),
    ),
    (
        "a row that stands twice",
        redone(FIGURES, lambda content: content + content.split(b"\n")[1] + b"\n"),
        DIFF,
        f"{FIGURES}: two rows have the primary key slow-slip/1; keep one of them",
    ),
    (
        "an archive that is cut off",
        redone("old.zip", lambda content: content[:-30]),
        PACKED,
        f"old.zip: this is not a whole .zip archive: File is not a zip file; {_AGAIN}",
    ),
    (
        "an archive with a password",
        _headers(_encrypt),
        PACKED,
        (
            "old.zip: this is not a whole .zip archive: digests/datapackage.json: File 'digests/datapackage.json' is "
            f"encrypted, password required for extraction; {_AGAIN}"
        ),
    ),
    (
        "an archive whose descriptor leaves its folder (archives are never unpacked)",
        _packed("../datapackage.json"),
        PACKED,
        (
            "old.zip: 0 files are called datapackage.json; "
            "give an archive with one, at the top or in one folder: of a release the -csv.zip"
        ),
    ),
    (
        "an archive of two releases",
        _packed("one/datapackage.json", "two/datapackage.json"),
        PACKED,
        (
            "old.zip: 2 files are called datapackage.json; "
            "give an archive with one, at the top or in one folder: of a release the -csv.zip"
        ),
    ),
    (
        "no version, for `contract`",
        restated(DESCRIPTOR, lambda release: release.pop("version")),
        "contract old new",
        f"{DESCRIPTOR}: the version is 'no version'; write it as MAJOR.MINOR.PATCH",
    ),
)

GROUP = Group(
    "geodigest diff and geodigest contract",
    "`old/` and `new/` hold releases, `old.zip` the first of them packed.",
    releases,
    (
        *(Case(given, make, command, f"error: {told}", 2) for given, make, command, told in _CASES),
        Case(
            "an empty path",
            nothing,
            "diff old ''",
            "Invalid value for 'NEW': a path is empty; give \".\" for this folder",
            2,
        ),
        Case(
            "a descriptor that its user may not read",
            nothing,
            DIFF,
            f"error: {DESCRIPTOR}: Permission denied; make the path one that can be used",
            2,
            unreadable=DESCRIPTOR,
        ),
    ),
    (
        Taken(
            "a byte order mark and CR LF in descriptor and table",
            both(
                *(
                    redone(name, lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
                    for name in (DESCRIPTOR, FIGURES)
                )
            ),
            DIFF,
            "no difference",
            "",
        ),
    ),
)
