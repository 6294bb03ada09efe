"""The built table against studies that readers transcribed from the seed by hand, cell by cell.

With decisions the build must be what a careful reader writes; without them, the rules alone must come near it.
"""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from geodigest.convert import convert
from geodigest.curation import read_curation
from geodigest.quality import mean, read_transcriptions, scores
from geodigest.scoring import Edit, declared_edits
from geodigest.seeds import read_manifest, read_seed

TRANSCRIPTIONS = read_transcriptions(Path(__file__).parent / "transcriptions")


@pytest.fixture(scope="module")
def declared(built: Path) -> frozenset[Edit]:
    """The edits that the corrections declare."""
    return declared_edits(pq.read_table(built / "dataset" / "parquet" / "corrections.parquet").to_pylist())


@pytest.mark.parametrize("transcription", TRANSCRIPTIONS, ids=lambda one: one["title_en"][:30])
def test_every_cell_is_as_transcribed(built: Path, declared: frozenset[Edit], transcription: dict[str, str]) -> None:
    studies = pq.read_table(built / "dataset" / "parquet" / "studies.parquet").to_pylist()
    found = scores(studies, transcription, declared)
    assert min(score for score, _ in found) >= 0.98
    assert mean(found) >= 0.995


def test_rules_alone_come_near(built: Path, declared: frozenset[Edit]) -> None:
    seed = next(seed for seed in read_manifest(built) if seed.kind == "literature_table")
    text = read_seed(seed)
    ruled = convert(text, seed, read_curation(seed, text).without_decisions())
    studies = ruled["studies"].to_pylist()
    found = [score for transcription in TRANSCRIPTIONS for score in scores(studies, transcription, declared)]
    assert mean(found) >= 0.95
