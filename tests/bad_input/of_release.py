"""What `geodigest release`, `geodigest publish` and `geodigest info` are given."""

from tests.bad_input.case import Case, folder_instead, nothing, redone, remove, replaced, restated, write
from tests.bad_input.group import Group
from tests.bad_input.places import built

RELEASE = "release --root clone --out dist"
PUBLISH = "publish --root clone --repo-id somebody/geodigest"
CITATION, CHANGELOG = "clone/CITATION.cff", "clone/CHANGELOG.md"
SUMS, SEED = "clone/dataset/SHA256SUMS", "clone/seeds/earthquake-frontiers-2023-10.txt"
_BUILD = "run `geodigest build`"

_CASES = (
    (
        "`--root` names no folder",
        nothing,
        "release --root nowhere --out dist",
        "nowhere/CHANGELOG.md: it is missing; release from a built clone",
    ),
    (
        "`--last` names no file",
        nothing,
        f"{RELEASE} --last nowhere.zip",
        "nowhere.zip: there is no such file or folder; give a folder with datapackage.json or a .zip",
    ),
    (
        "a citation file that is not YAML",
        write(CITATION, "title: [\n"),
        RELEASE,
        f"{CITATION}:2:1: this is not YAML: expected the node content, but found '<stream end>'; {_BUILD}",
    ),
    ("an empty citation file", write(CITATION, ""), RELEASE, f"{CITATION}: this is no citation file; {_BUILD}"),
    (
        "a citation file of another version",
        replaced(CITATION, "version: 0.1.0", "version: 0.2.0"),
        RELEASE,
        f"{CITATION}: the version is 0.2.0, not 0.1.0; {_BUILD}",
    ),
    (
        "a folder in the citation file's place",
        folder_instead(CITATION),
        RELEASE,
        f"{CITATION}: this is a folder, not a file; give a file",
    ),
    (
        "a changelog without the version",
        write(CHANGELOG, "# Changelog\n"),
        RELEASE,
        (
            f"{CHANGELOG}: the newest section is none, the version 0.1.0; "
            "write `## [0.1.0]` above it, or set the version in scripts/geodigest/__init__.py"
        ),
    ),
    (
        "a section that says nothing",
        write(CHANGELOG, "# Changelog\n\n## [0.1.0]\n"),
        RELEASE,
        f"{CHANGELOG}: the section 0.1.0 is empty; say what the release changes",
    ),
    (
        "a `croissant.json` that is not JSON",
        write("clone/croissant.json", "{"),
        RELEASE,
        f"clone/croissant.json:1:2: this is not JSON: Expecting property name enclosed in double quotes; {_BUILD}",
    ),
    (
        "a source without a path",
        restated("clone/datapackage.json", lambda stated: stated.update(sources=[1])),
        RELEASE,
        f"clone/datapackage.json: a source names no file; {_BUILD}",
    ),
    (
        "a seed changed after the build",
        redone(SEED, lambda content: content + b"\n"),
        RELEASE,
        f"{SEED}: the seed is not that of the dataset; {_BUILD}",
    ),
    (
        "a table changed after the build",
        redone("clone/dataset/csv/gaps.csv", lambda content: content + b"\n"),
        RELEASE,
        f"clone/dataset/csv/gaps.csv: the digest is not that of SHA256SUMS; {_BUILD}",
    ),
    (
        "a table that is missing",
        remove("clone/dataset/parquet/gaps.parquet"),
        RELEASE,
        f"clone/dataset/parquet/gaps.parquet: the file is missing; {_BUILD}",
    ),
    (
        "a checksum of a file outside",
        redone(SUMS, lambda content: f"{'0' * 64}  ../../dist/SHA256SUMS\n".encode() + content),
        RELEASE,
        f"{SUMS}:1: '{'0' * 64}  ../../dist/SHA256SUMS' is no digest of a file in csv/ or parquet/; {_BUILD}",
    ),
    (
        "no licence, for `publish`",
        remove("clone/LICENSE"),
        PUBLISH,
        "clone/LICENSE: the file is missing; publish works in a clone; give --root, or run `geodigest build` there",
    ),
    (
        "a descriptor that is not JSON, for `publish`",
        write("clone/datapackage.json", "{"),
        PUBLISH,
        f"clone/datapackage.json:1:2: this is not JSON: Expecting property name enclosed in double quotes; {_BUILD}",
    ),
)

GROUP = Group(
    "geodigest release, geodigest publish and geodigest info",
    "`clone/` holds the repository, built; `dist/` the files of an earlier release.",
    built,
    (
        *(Case(given, make, command, f"error: {told}") for given, make, command, told in _CASES),
        Case(
            "a repository on the Hub without an owner",
            nothing,
            "publish --repo-id geodigest",
            "Invalid value for '--repo-id': 'geodigest' is not of the form OWNER/NAME",
            2,
        ),
        Case(
            "a table that there is not, for `info`",
            nothing,
            "info study",
            "error: geodigest: there is no table 'study'; did you mean 'studies'?",
            2,
        ),
    ),
)
