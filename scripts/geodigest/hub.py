"""The Hugging Face Hub: which files go to a dataset repository, and sending them.

`datasets` reads one type of file a repository: of the tables only the Parquet files go there. What names the CSV files
(`datapackage.json`) stays with them, in the releases.
"""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geodigest import __version__
from geodigest.errors import GeoDigestError, PackageError
from geodigest.paths import parquet_path
from geodigest.tabular.schema import read_table_schemas

BESIDE = ("README.md", "LICENSE", "CITATION.cff", "CHANGELOG.md", "croissant.json")
"""What goes to the Hub beside the tables, their definitions and their pages."""

OWNED = ("dataset/*", "docs/*", "schema/*")
"""Patterns of the files that each upload replaces as a whole: what is there and no longer goes up is deleted."""

TAG = f"v{__version__}"
MESSAGE = f"Version {__version__}"


@dataclass(frozen=True)
class Published:
    """Where a version is to be found on the Hub."""

    url: str
    commit: str


def hub_files(root: Path) -> dict[str, Path]:
    """The files of the package in `root` that go to the Hub: the path in the repository, and the file here.

    They are the card and what it shows and links to, the definitions of the tables, their Parquet files, and the pages
    and checksums of `dataset/`.

    Raises:
        SchemaError: a definition cannot be read.
        PackageError: a file is missing.
    """
    tables = [parquet_path(schema.name) for schema in read_table_schemas(root / "schema")]
    found = [
        path.relative_to(root)
        for each in ("schema/*.json", "docs/*.md", "docs/images/*", "dataset/*.md", "dataset/images/*.svg")
        for path in sorted(root.glob(each))
    ]
    remedy = "publish works in a clone; give --root, or run `geodigest build` there"
    wanted = [*map(Path, BESIDE), *found, *tables, Path("dataset/SHA256SUMS")]
    for path in wanted:
        if not (root / path).is_file():
            raise PackageError("the file is missing", where=str(root / path), remedy=remedy)
    return {path.as_posix(): root / path for path in wanted}


def assemble(files: Mapping[str, Path], folder: Path) -> None:
    """Copy the files to their paths below `folder`, which then holds what the repository will."""
    for name, path in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / name)


def publish(files: Mapping[str, Path], repo_id: str) -> Published:
    """Send the files to the dataset repository `repo_id` as one state of it, and tag it with the version.

    A repository that is not there yet is made, private. The login is that of `huggingface_hub`.

    Raises:
        GeoDigestError: there is no login, the version was published already, or the Hub refuses or cannot be reached.
    """
    from huggingface_hub import HfApi, get_token
    from huggingface_hub.errors import HFValidationError, HTTPError  # type: ignore[attr-defined]  # its client's error

    if get_token() is None:
        raise GeoDigestError("nobody is logged in to the Hub", where=repo_id, remedy="run `hf auth login`")
    api = HfApi()
    try:
        api.create_repo(repo_id, repo_type="dataset", private=True, exist_ok=True)
        if TAG in {tag.name for tag in api.list_repo_refs(repo_id, repo_type="dataset").tags}:
            raise GeoDigestError(
                f"version {__version__} was published already", where=repo_id, remedy="publish the next version"
            )
        with tempfile.TemporaryDirectory() as folder:
            assemble(files, Path(folder))
            commit = api.upload_folder(
                repo_id=repo_id,
                repo_type="dataset",
                folder_path=folder,
                commit_message=MESSAGE,
                delete_patterns=list(OWNED),
            )
        api.create_tag(repo_id, repo_type="dataset", tag=TAG, revision=commit.oid)
    except (HTTPError, HFValidationError, OSError) as error:
        said = " ".join(line.strip() for line in str(error).splitlines() if not line.startswith("For more information"))
        remedy = "mend that and publish again: what is there already is not sent twice"
        raise GeoDigestError(f"the Hub says: {said}", where=repo_id, remedy=remedy) from error
    return Published(commit.repo_url.url, commit.oid)
