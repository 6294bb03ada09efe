"""README.md: the repository's front page and the Hugging Face dataset card. Its prose stands in `card.md.jinja`."""

import datetime as dt
from collections.abc import Iterable, Sequence

import yaml

from geodigest import __version__
from geodigest.descriptors.citation import bibtex
from geodigest.descriptors.features import config, dataset_info
from geodigest.descriptors.pages import environment
from geodigest.paths import image_path
from geodigest.questions.answers import Answer, markdown
from geodigest.questions.charts import CHARTS
from geodigest.seeds import Seed
from geodigest.tabular.files import TableFiles
from geodigest.tabular.schema import Package, TableSchema


def card(
    package: Package,
    seeds: Iterable[Seed],
    schemas: Sequence[TableSchema],
    written: Sequence[TableFiles],
    answered: Iterable[Answer],
    released: dt.date | None,
) -> str:
    """The card: front matter with a config a table (Parquet alone, `studies` the default), then the filled template.

    `released` is the day of the version, where the changelog gives one.
    """
    pages = environment()
    pages.filters["as_table"] = markdown
    body = pages.get_template("card.md.jinja").render(
        package=package,
        version=__version__,
        seeds=list(seeds),
        schemas=schemas,
        rows={files.table: files.rows for files in written},
        answers=list(answered),
        bibtex=bibtex(package, released),
        images={name: image_path(name).as_posix() for name in CHARTS},
    )
    return f"---\n{front_matter(package, schemas, written)}---\n\n{body}"


def front_matter(package: Package, schemas: Sequence[TableSchema], written: Sequence[TableFiles]) -> str:
    """The card's YAML: what the Hub shows and `datasets` reads.

    A table without rows has no config: `datasets` cannot load one.
    """
    files = {each.table: each for each in written if each.rows}
    loadable = [schema for schema in schemas if schema.name in files]
    stated = {
        "pretty_name": package.title,
        "language": ["zh", "en"],
        "license": "other",
        "license_name": "code-mit-texts-of-their-authors",
        "license_link": "LICENSE",
        "tags": list(package.keywords),
        "size_categories": [size_category(max(each.rows for each in files.values()))],
        "configs": [config(schema, files[schema.name]) for schema in loadable],
        "dataset_info": [dataset_info(schema, files[schema.name]) for schema in loadable],
    }
    return yaml.safe_dump(stated, allow_unicode=True, sort_keys=False, width=120)


def size_category(rows: int) -> str:
    """The Hub's name for a number of rows.

    >>> [size_category(rows) for rows in (54, 1000, 20000)]
    ['n<1K', '1K<n<10K', '10K<n<100K']
    """
    names = ["n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M"]
    return names[sum(rows >= limit for limit in (1e3, 1e4, 1e5, 1e6))]
