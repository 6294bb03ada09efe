"""The seeds: the manifest says what the documents themselves say, and a changed document is refused."""

import hashlib
from pathlib import Path

import pytest

from geodigest.errors import SeedError
from geodigest.seeds import read_manifest, read_seed
from tests.clones import REPOSITORY


def test_both_documents_are_read_whole() -> None:
    seeds = read_manifest(REPOSITORY)
    assert [seed.document_id for seed in seeds] == ["earthquake-frontiers-2023-10", "earth-science-literature-table"]
    for seed in seeds:
        assert read_seed(seed).encode("utf-8") == (REPOSITORY / seed.seed_path).read_bytes()


def test_what_the_manifest_says_stands_in_the_document() -> None:
    for seed in read_manifest(REPOSITORY):
        printed = read_seed(seed).replace("\t", " ")
        stated = [seed.title_zh, seed.title_en, seed.issue, *(seed.publisher or "").split("、")]
        for text in filter(None, stated):
            assert text in printed


def test_a_changed_seed_is_refused_with_both_digests(small: Path) -> None:
    seed = read_manifest(small)[0]
    seed.path.write_text("慢滑事件。\n", encoding="utf-8")
    with pytest.raises(SeedError) as error:
        read_seed(seed)
    assert seed.sha256 in str(error.value)
    assert _sha256sum(seed.path) in str(error.value)
    assert str(seed.path) in str(error.value)


def test_a_seed_that_is_not_utf8_is_refused(small: Path) -> None:
    seed = read_manifest(small)[0]
    seed.path.write_bytes("慢滑".encode("gbk"))
    manifest = small / "seeds" / "manifest.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(seed.sha256, _sha256sum(seed.path)), "utf-8")
    with pytest.raises(SeedError, match="byte 0 is not UTF-8"):
        read_seed(read_manifest(small)[0])


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('language = "zh"', 'language = "zh"\ncolour = "red"', r"seed 1: unknown \['colour'\]"),
        ('language = "zh"\n', "", r"seed 1: missing \['language'\]"),
        ('language = "zh"', "language = 1", r"seed 1: not a text: \['language'\]"),
        ('kind = "bulletin"', 'kind = "book"', r"seed 1: unknown kind 'book'"),
        ('document_id = "glaciers"', 'document_id = "slow-slip"', "the document_id slow-slip stands twice"),
        ("[[seed]]", "[seed", "this is not TOML"),
        ("[[seed]]", "[[sead]]", r"unknown \['sead'\]"),
    ],
)
def test_a_wrong_manifest_is_refused(before: str, after: str, said: str, small: Path) -> None:
    manifest = small / "seeds" / "manifest.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    with pytest.raises(SeedError, match=said):
        read_manifest(small)


def test_a_missing_manifest_and_a_missing_seed_are_refused(small: Path, tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"manifest\.toml: there is no such file; write a manifest"):
        read_manifest(tmp_path)
    seed = read_manifest(small)[0]
    seed.path.unlink()
    with pytest.raises(SeedError, match=r"slow-slip\.txt: there is no such file; restore the seed"):
        read_seed(seed)


def _sha256sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
