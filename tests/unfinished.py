"""What a conversion of a folder has to be like that was ended in the midst."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from geodigest.corpus_marks import JOURNAL_FOLDER, PAGE
from geodigest.validation import validate


def faults_of(target: Path, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with it: it can be taken for whole, a file is torn, or the journal names what is not there.

    Args:
        target: the conversion.
        old: the digest of each file of the conversion that was there before.
        new: the digest of each file of the one that was to be made.
    """
    if (target / PAGE).exists():
        yield f"there is a {PAGE}"
    # Before the files: those of a part are there when its entry is.
    entries = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(target.glob(f"{JOURNAL_FOLDER}part-*.json"))
    ]
    held = {path.relative_to(target).as_posix(): path for path in target.rglob("[!.]*") if path.is_file()}
    digests = {name: sha256(path.read_bytes()).hexdigest() for name, path in held.items()}
    for name, digest in digests.items():
        if digest not in (old.get(name), new.get(name)):
            yield f"{name} is torn"
    for entry in entries:
        for file in entry["files"]:
            if digests.get(file["path"]) != file["sha256"]:
                yield f"{entry['part']} is said to be finished, and {file['path']} is not what it was to be"
        for name, size in entry["texts"]:
            if name not in digests or held[name].stat().st_size != size:
                yield f"{entry['part']} is said to be finished, and {name} is not what it was to be"
    if (said := [failure.rule for failure in validate([target])]) != ["unfinished"]:
        yield f"validate says {said}"
