"""Sub- and superscripts in Unicode's own characters."""

import unicodedata

import pytest

from geodigest.passages.scripts import LOWERED, RAISED, in_unicode


@pytest.mark.parametrize("content", ["0123456789", "+-=()", "aehijklmnoprstuvx", "βγρφχ"])
def test_a_subscript_is_what_unicode_says_it_stands_for(content: str) -> None:
    lowered = in_unicode("_", content)
    assert lowered is not None
    assert set(lowered) <= LOWERED
    assert unicodedata.normalize("NFKC", lowered) == content.replace("-", "−")


@pytest.mark.parametrize("content", ["0123456789", "+=()", "abcdefghijklmnoprstuvwxyz"])
def test_a_superscript_is_what_unicode_says_it_stands_for(content: str) -> None:
    raised = in_unicode("^", content)
    assert raised is not None
    assert set(raised) <= RAISED
    assert unicodedata.normalize("NFKC", raised) == content


@pytest.mark.parametrize(("mark", "content"), [("_", "Fe"), ("_", "1b"), ("^", "q"), ("^", "Q1")])
def test_what_unicode_has_not_stays_markup(mark: str, content: str) -> None:
    assert in_unicode(mark, content) is None


def test_degrees_and_primes_are_raised_as_they_are() -> None:
    assert in_unicode("^", "30°") == "³⁰°"
    assert "°" not in RAISED
