"""Inputs of the fuzzer: bytes that stand for a text, and those that are kept because they broke a law once."""

from __future__ import annotations

from pathlib import Path

from geodigest.seeds import DocumentKind

BEGINNINGS = {
    "literature_table": "Slow slip | Nature\n\n慢滑\n\n(20250101)\n\n",
    "bulletin": "本期概要\n\n1、慢滑\n\n一句话。\n\n慢滑\n\n",
}
"""What makes a text a document of its kind: every other input has it before it."""


def given_text(data: bytes, kind: DocumentKind) -> str:
    """The text that an input stands for: its first byte says whether a study's beginning stands before it."""
    return (BEGINNINGS[kind] if data[:1] > b"\x7f" else "") + data[1:].decode("utf-8", "ignore")


def kept(kind: DocumentKind) -> list[Path]:
    """The inputs of a kind that are kept, each named after what it broke."""
    return sorted((Path(__file__).parent / "corpus" / kind).iterdir())


def words() -> list[str]:
    """The words of both kinds of document, of which inputs are made."""
    lines = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines()
    return [line.encode("latin-1", "backslashreplace").decode("unicode_escape") for line in lines]
