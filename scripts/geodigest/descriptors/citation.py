"""How to cite the dataset: in `CITATION.cff` (https://citation-file-format.github.io, version 1.2.0) and in BibTeX."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

import yaml

from geodigest import __version__
from geodigest.seeds import Seed
from geodigest.tabular.schema import Package

_TYPES = {"bulletin": "serial"}


def citation(package: Package, seeds: Iterable[Seed], released: dt.date | None = None) -> dict[str, object]:
    """The content of `CITATION.cff`; its references are the seeds that name who published them.

    `released` is the day of the version, where the changelog gives one.

    The licence is the first of the package, that of the code. A reference without authors is none in this format, and a
    seed that names nobody has no author that we know.
    """
    references = [_reference(seed, seed.publisher) for seed in seeds if seed.publisher]
    stated: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": package.citation,
        "type": "dataset",
        "title": package.title,
        "abstract": package.description,
        "authors": [{"name": contributor["title"]} for contributor in package.contributors],
        "version": __version__,
        **({"date-released": released.isoformat()} if released else {}),
        "license": package.licenses[0]["name"],
        "keywords": list(package.keywords),
    }
    return stated | {"references": references} if references else stated


def as_cff(stated: Mapping[str, object]) -> str:
    """The content of `CITATION.cff` as text: properties in the order given, Chinese as it is."""
    return yaml.safe_dump(dict(stated), allow_unicode=True, sort_keys=False, width=120)


def bibtex(package: Package, released: dt.date | None = None) -> str:
    """The dataset as a BibTeX entry; the names of bodies stand in braces, so that nobody parts them.

    `released` is the day of the version, where the changelog gives one: else the entry has no year.
    """
    authors = " and ".join(f"{{{contributor['title']}}}" for contributor in package.contributors)
    year = f"year = {{{released.year}}}, " if released else ""
    cited = f"author = {{{authors}}}, title = {{{package.title}}}, {year}version = {{{__version__}}}"
    return f"@misc{{{package.name}, {cited}}}"


def _reference(seed: Seed, publisher: str) -> dict[str, object]:
    issue: dict[str, object] = {"issue": seed.issue} if seed.issue else {}
    if seed.issue and (year := re.match(r"([0-9]{4}) ?年", seed.issue)):
        issue["year"] = int(year[1])
    return {
        "type": _TYPES.get(seed.kind, "generic"),
        "title": seed.title_zh,
        **issue,
        "languages": [seed.language],
        "authors": [{"name": name} for name in publisher.split("、")],
    }
