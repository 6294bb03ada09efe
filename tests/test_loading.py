"""The published tables as Python users read them."""

import pytest

from geodigest.errors import GeoDigestError
from geodigest.loading import load_arrow, table_schemas
from geodigest.tabular.arrow import arrow_schema


def test_every_table_comes_with_its_descriptions() -> None:
    for schema in table_schemas():
        assert load_arrow(schema.name).schema.equals(arrow_schema(schema), check_metadata=True)


def test_an_unknown_table_is_refused_with_those_there_are() -> None:
    with pytest.raises(GeoDigestError, match=r"there is no table 'paper'; use one of \['documents', 'studies'"):
        load_arrow("paper")
