"""Processor time of each stage of a conversion, in one run of the very functions that convert.

`python -m tests.benchmarks.stages KIND NAME SIZE` prints it as JSON, for a document printed in a layout (or `mixed`) of
so many times the seed's studies, or for a hostile one of so many characters.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeVar, cast

import pytest

import geodigest.convert as conversion
import geodigest.reconstruct.table as reader
from geodigest.curation import Curation
from geodigest.errors import GeoDigestError
from geodigest.facts.rows import fact_rows
from geodigest.facts.vocabulary import read_vocabulary
from geodigest.loading import table_schemas
from geodigest.paths import package_root
from geodigest.seeds import DocumentKind, Seed
from geodigest.studies import read_studies
from geodigest.tabular.checks import check_spans, check_tables
from geodigest.tabular.files import write_table
from tests.corpora import MIXED, STUDIES, document
from tests.hostile import DOCUMENTS, STRETCHES, amid
from tests.printer import LAYOUTS

STAGES = ("parse", "learn", "search", "cells", "passages", "facts", "tables", "checks", "write")
MOST_SECONDS = 900
"""Processor time after which a conversion is given up."""
_Result = TypeVar("_Result")


def stages(text: str, kind: DocumentKind) -> dict[str, float]:
    """Seconds of processor time by stage; a bulletin is read in one, `cells`.

    Raises:
        GeoDigestError: the text is not of its kind, or its tables break a rule.
    """
    seed = Seed("document", kind, "document", "zh", Path("document.txt"), "0" * 64)
    curation = Curation(vocabulary=read_vocabulary(package_root() / "seeds"))
    spent: defaultdict[str, float] = defaultdict(float)

    def clocked(stage: str, function: Callable[..., _Result]) -> Callable[..., _Result]:
        def call(*arguments: object) -> _Result:
            begun = time.process_time()
            try:
                return function(*arguments)
            finally:
                spent[stage] += time.process_time() - begun

        return call

    with pytest.MonkeyPatch.context() as patch:
        for stage, name in (("parse", "parse"), ("learn", "learnt"), ("search", "placements")):
            patch.setattr(reader, name, clocked(stage, getattr(reader, name)))
        patch.setitem(conversion._READERS, kind, clocked("cells", conversion._READERS[kind]))
        patch.setattr(conversion, "read_studies", clocked("passages", read_studies))
        patch.setattr(conversion, "fact_rows", clocked("facts", fact_rows))
        tables = clocked("tables", conversion.convert)(text, seed, curation)
    spent["tables"] -= spent["cells"] + spent["passages"] + spent["facts"]
    spent["cells"] -= spent["parse"] + spent["learn"] + spent["search"]

    def check() -> None:
        check_tables(table_schemas(), tables)
        check_spans(tables["documents"], tables["spans"])

    clocked("checks", check)()
    with TemporaryDirectory() as folder:
        clocked("write", lambda: [write_table(name, table, Path(folder)) for name, table in tables.items()])()
    return spent


def _text(kind: DocumentKind, name: str, size: int) -> str:
    if name in DOCUMENTS:
        return DOCUMENTS[name][1](size)
    if name in STRETCHES:
        return amid(kind, STRETCHES[name](size))
    layouts = [layout for layout in LAYOUTS if layout == name] or MIXED
    return document(kind, Random(1), studies=STUDIES[kind] * size, layouts=layouts)


def main() -> None:
    """Print what a conversion took."""
    conversion.collect_seldom()
    kind, name, size = cast("DocumentKind", sys.argv[1]), sys.argv[2], int(sys.argv[3])
    stages(_text(kind, "dots", 100), kind)  # what the first conversion of a process takes is not the document's
    text = _text(kind, name, size)
    resource.setrlimit(resource.RLIMIT_CPU, (round(time.process_time()) + MOST_SECONDS, resource.RLIM_INFINITY))
    begun = time.process_time()
    try:
        spent, ended = stages(text, kind), "converted"
    except GeoDigestError as error:
        spent, ended = {"tables": time.process_time() - begun}, f"refused: {error.what}"
    sys.stdout.write(json.dumps({"characters": len(text), "seconds": spent, "ended": ended}) + "\n")


if __name__ == "__main__":
    main()
