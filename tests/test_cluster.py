"""`geodigest convert --engine dask`: a real scheduler and real workers, some of which are killed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geodigest.commands import app
from geodigest.corpora.cluster import Cluster
from geodigest.corpora.folder import Progress, convert_folder
from geodigest.errors import GeoDigestError
from tests.clones import REPOSITORY
from tests.corpora_workers import refused, slow
from tests.corpus_folder import inline, put_documents, tree
from tests.dask_cluster import Dask, running_dask
from tests.test_corpora import DOCUMENTS


@pytest.fixture
def dask() -> Iterator[Dask]:
    """A scheduler without workers, which have the tests' own modules."""
    path = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "scripts")])
    with running_dask([sys.executable, "-m", "dask"], {"PYTHONPATH": path}) as running:
        yield running


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_documents(tmp_path_factory.mktemp("corpus") / "documents", range(DOCUMENTS))


@pytest.fixture(scope="module")
def out(documents: Path) -> Path:
    """What is written without a cluster."""
    convert_folder(str(documents), "literature_table", str(documents.with_name("out")), inline)
    return documents.with_name("out")


def test_a_cluster_writes_the_same_bytes_though_a_worker_is_killed(
    dask: Dask, documents: Path, out: Path, tmp_path: Path
) -> None:
    dask.start(2)
    arguments = ["convert", f"file://{documents}", "--kind", "literature_table", "--out", f"file://{tmp_path}/whole"]
    result = CliRunner().invoke(app, [*arguments, "--engine", "dask", "--scheduler", dask.address])
    assert (result.exit_code, result.stderr) == (0, "")
    assert tree(tmp_path / "whole") == tree(out)

    killed: list[int] = []

    def kill_one(now: Progress) -> None:
        if now.done and not killed:
            dask.kill()
            killed.append(now.done)

    convert_folder(str(documents), "literature_table", str(tmp_path / "out"), Cluster(dask.address, slow), kill_one)
    assert killed
    assert killed[0] < DOCUMENTS
    assert tree(tmp_path / "out") == tree(out)


def _said(documents: Path, out: Path, cluster: Cluster, act: Callable[[], object] = lambda: None) -> str:
    """The error that ends the conversion, when `act` is called after its first part."""

    def on_progress(now: Progress) -> None:
        if now.done > now.skipped:
            act()

    with pytest.raises((GeoDigestError, OSError)) as raised:
        convert_folder(str(documents), "literature_table", str(out), cluster, on_progress)
    return str(raised.value)


def test_what_ends_a_conversion_on_a_cluster_is_told_in_one_line(dask: Dask, documents: Path, tmp_path: Path) -> None:
    said = partial(_said, documents, tmp_path / "out")
    nobody = said(Cluster("tcp://127.0.0.1:1", slow, patience=1))
    assert nobody == "tcp://127.0.0.1:1: no scheduler answers; start one, `dask scheduler`, and give its address"
    no_workers = f"{dask.address}: the scheduler has no workers; start some, `dask worker` with its address"
    assert said(Cluster(dask.address, slow, patience=3)) == no_workers

    dask.start()
    assert said(Cluster(dask.address, refused)).startswith("[Errno 28] No space left on device")
    assert said(Cluster(dask.address, slow, patience=3), dask.kill) == no_workers

    dask.start()
    gone = f"{dask.address}: the scheduler is gone; start it again, then convert again: what is finished is kept"
    assert said(Cluster(dask.address, slow, patience=3), dask.scheduler.kill) == gone

    # What is finished is kept, and the rest converted without a cluster.
    corpus = convert_folder(str(documents), "literature_table", str(tmp_path / "out"), inline)
    assert (corpus.documents, corpus.skipped > 0) == (DOCUMENTS, True)
