"""Generated pages: the templates beside this module, filled."""

from pathlib import Path

import jinja2


def environment() -> jinja2.Environment:
    """The templates' environment: a value that a template names and nobody gave is an error."""
    return jinja2.Environment(  # noqa: S701 -- the pages are Markdown
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
