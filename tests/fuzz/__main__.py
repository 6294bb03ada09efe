"""Coverage-guided fuzzing of the conversion of one kind of document, with atheris (https://github.com/google/atheris).

    python -m tests.fuzz literature_table CORPUS -max_total_time=1800

CORPUS gets the inputs that reach new code. It starts with those kept in `tests/fuzz/corpus/` and with pieces of the
seed and its like; further words are libFuzzer's own options. The run ends at the first input that breaks a law of
`tests/conversion_laws.py`, and says which. Atheris is no dependency of the project: `pip install atheris`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import cast

import atheris

with atheris.instrument_imports(
    include=["geodigest.convert", "geodigest.facts", "geodigest.passages", "geodigest.reconstruct"]
):
    from tests.conversion_laws import lawful_tables

from geodigest.seeds import DocumentKind, read_manifest
from tests.clones import REPOSITORY
from tests.fuzz.inputs import given_text, kept, words

PIECES = (200, 2000)
"""Characters of a piece of a seed: some lines, which are soon tried; and some paragraphs, woven ones among them."""


def begin_corpus(kind: DocumentKind, corpus: Path) -> None:
    """Put what is kept, and pieces of the seed of this kind, into a corpus."""
    corpus.mkdir(parents=True, exist_ok=True)
    for each in kept(kind):
        shutil.copy(each, corpus)
    for document in read_manifest(REPOSITORY):
        if document.kind == kind:
            text = document.path.read_text(encoding="utf-8")
            for length in PIECES:
                for start in range(0, len(text), length):
                    piece = text[start : start + length].encode()
                    (corpus / f"{document.document_id}-{length}-{start}").write_bytes(b"\xff" + piece)


def write_words(path: Path) -> None:
    """Write the words of both kinds of document as a dictionary of libFuzzer, which knows bytes alone.

    Its format: https://llvm.org/docs/LibFuzzer.html#dictionaries
    """
    spelled = (word.encode() for word in words())
    path.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' for word in spelled))


def main() -> None:
    """Fuzz until libFuzzer's options or a broken law end the run."""
    kind, corpus = cast("DocumentKind", sys.argv[1]), Path(sys.argv[2])
    begin_corpus(kind, corpus)
    with tempfile.TemporaryDirectory() as folder:
        dictionary = Path(folder) / "words.dict"
        write_words(dictionary)
        options = [sys.argv[0], str(corpus), f"-dict={dictionary}", "-max_len=4000", "-timeout=60", *sys.argv[3:]]
        atheris.Setup(options, lambda data: lawful_tables(given_text(data, kind), kind))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
