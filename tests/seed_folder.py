"""The seeds of a repository that a test makes."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from geodigest.seeds import DocumentKind


def write_manifest(seeds: Path, documents: Mapping[str, tuple[DocumentKind, str]]) -> None:
    """List documents of the folder `seeds/` in its manifest, each with its kind and title, and its digest as it is."""
    entries = []
    for name, (kind, title) in documents.items():
        digest = sha256((seeds / f"{name}.txt").read_bytes()).hexdigest()
        entries.append(
            f'[[seed]]\ndocument_id = "{name}"\nkind = "{kind}"\ntitle_zh = "{title}"\nlanguage = "zh"\n'
            f'path = "seeds/{name}.txt"\nsha256 = "{digest}"\n'
        )
    (seeds / "manifest.toml").write_text("\n".join(entries), encoding="utf-8")
