"""The explorer: what is served and what is not, the page's build, and the page itself in a browser."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from geodigest import __version__
from geodigest.build import Convert, build
from geodigest.commands import app
from geodigest.errors import GeoDigestError
from geodigest.explorer import PAGE, explorer_files, explorer_server
from geodigest.paths import parquet_path
from tests.clones import REPOSITORY
from tests.file_server import only_here, serving

PROJECT = REPOSITORY / "scripts" / "explorer"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SCHEMA = REPOSITORY / "schema"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A built page, or what stands for it: these tests need no Node."""
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html><title>页</title>", encoding="utf-8")
    (folder / "a.js").write_text("1")
    return folder


@contextmanager
def _served(files: Mapping[str, Path]) -> Iterator[tuple[str, int]]:
    server = explorer_server(files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield "127.0.0.1", server.server_port
    finally:
        server.shutdown()
        server.server_close()


def _get(where: tuple[str, int], path: str, **headers: str) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection(*where, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type") or "", answer.read()
    finally:
        connection.close()


def test_the_page_its_tables_and_its_documents_are_served(page: Path) -> None:
    table, seed = "dataset/parquet/spans.parquet", "seeds/earth-science-literature-table.txt"
    with _served(explorer_files(REPOSITORY, SCHEMA, page)) as where:
        for path, file in {"/": page / "index.html", "/a.js?x": page / "a.js"}.items():
            assert _get(where, path)[::2] == (200, file.read_bytes())
        for name in (table, seed, "datapackage.json"):
            assert _get(where, f"/{name}")[::2] == (200, (REPOSITORY / name).read_bytes())
        assert _get(where, "/a.js")[1] == "text/javascript"


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/../pyproject.toml",
            "/%2e%2e/pyproject.toml",
            "/dataset/../pyproject.toml",
            "/dataset/..%2f..%2fetc/passwd",
        ),
        *(
            "//etc/passwd",
            "/pyproject.toml",
            "/seeds/",
            "/%00",
            "//[",
            "/seeds/entities.csv",
            "/dataset/csv/studies.csv",
            "/page/a.js",
        ),
    ],
)
def test_nothing_else_is_served(page: Path, path: str) -> None:
    with _served(explorer_files(REPOSITORY, SCHEMA, page)) as where:
        assert _get(where, path)[0] == 404


def test_another_host_that_takes_this_address_for_its_own_is_refused(page: Path) -> None:
    with _served(explorer_files(REPOSITORY, SCHEMA, page)) as where:
        assert _get(where, "/", Host=f"localhost:{where[1]}")[0] == 200
        assert _get(where, "/", Host="rebound.example")[0] == 403


def test_a_document_outside_the_folder_is_refused(page: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(REPOSITORY / "dataset" / "parquet", data / "dataset" / "parquet")
    documents = pq.read_table(data / parquet_path("documents"))
    column = documents.schema.get_field_index("seed_path")
    for path in ("../secret.txt", "/etc/passwd"):
        named = pa.array([path] * documents.num_rows)
        pq.write_table(documents.set_column(column, "seed_path", named), data / parquet_path("documents"))
        with pytest.raises(GeoDigestError, match="lies outside the folder; name files inside it"):
            explorer_files(data, SCHEMA, page)


def test_a_folder_without_documents_or_descriptor_is_enough(page: Path, tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "dataset" / "parquet", tmp_path / "dataset" / "parquet")
    files = explorer_files(tmp_path, SCHEMA, page)
    assert {path.split("/")[0] for path in files} == {"index.html", "a.js", "dataset"}


def test_a_table_in_parts_is_served_as_one_file(page: Path, tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "dataset" / "parquet", tmp_path / "dataset" / "parquet")
    whole = {name: pq.read_table(tmp_path / parquet_path(name)) for name in ("documents", "spans")}
    for name, table in whole.items():
        folder = tmp_path / parquet_path(name)
        folder.unlink()
        folder.mkdir()
        pq.write_table(table.slice(0, 1), folder / "part-0.parquet")
        pq.write_table(table.slice(1), folder / "part-1.parquet")
    with _served(explorer_files(tmp_path, SCHEMA, page)) as where:
        for name, table in whole.items():
            status, _, content = _get(where, f"/{parquet_path(name).as_posix()}")
            assert (status, pq.read_table(pa.BufferReader(content))) == (200, table)


def test_a_table_in_parts_has_a_part(page: Path, tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "dataset" / "parquet", tmp_path / "dataset" / "parquet")
    (tmp_path / parquet_path("spans")).unlink()
    (tmp_path / parquet_path("spans")).mkdir()
    with pytest.raises(GeoDigestError, match=r"spans\.parquet: the folder has no Parquet file; convert the documents"):
        explorer_files(tmp_path, SCHEMA, page)


def test_the_command_says_that_the_page_is_not_built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("geodigest.explorer.PAGE", tmp_path / "none")
    failed = CliRunner().invoke(app, ["explore"])
    said = "the explorer's page is not built; "
    said += "install the wheel of a release, or run `make explorer` in a clone (Node 20.19 or newer)"
    assert (failed.exit_code, failed.stderr) == (1, f"error: {tmp_path / 'none'}: {said}\n")


def test_the_command_says_what_a_folder_lacks(monkeypatch: pytest.MonkeyPatch, page: Path, tmp_path: Path) -> None:
    monkeypatch.setattr("geodigest.explorer.PAGE", page)
    failed = CliRunner().invoke(app, ["explore", str(tmp_path)])
    missing = tmp_path / parquet_path("documents")
    said = f"error: {missing}: the file is missing; give a folder with dataset/parquet/\n"
    assert (failed.exit_code, failed.stderr) == (1, said)


def test_an_empty_path_is_not_the_package() -> None:
    failed = CliRunner().invoke(app, ["explore", "", "--no-browser"])
    assert (failed.exit_code, failed.stdout) == (2, "")
    assert "a path is empty" in failed.stderr


def test_the_command_says_that_a_port_is_taken(monkeypatch: pytest.MonkeyPatch, page: Path) -> None:
    monkeypatch.setattr("geodigest.explorer.PAGE", page)
    with _served({}) as (_, port):
        failed = CliRunner().invoke(app, ["explore", "--port", str(port), "--no-browser"])
    assert failed.exit_code == 1
    assert re.fullmatch(
        rf"error: geodigest explore: port {port} cannot be used: .+; leave --port out.*\n", failed.stderr
    )


def test_the_command_serves_until_it_is_interrupted(page: Path) -> None:
    code = (
        "import sys; from pathlib import Path; import geodigest.explorer as explorer\n"
        "from geodigest.commands import app; explorer.PAGE = Path(sys.argv.pop(1)); app()"
    )
    command = [sys.executable, "-c", code, str(page), "explore", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout
        address = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/ \(Ctrl\+C ends it\)\n", running.stdout.readline())
        assert address
        assert _get(("127.0.0.1", int(address[1])), "/")[0] == 200
        running.send_signal(signal.SIGINT)
        assert (running.wait(timeout=20), running.communicate()[1]) == (0, "")


# The project and its build


def test_the_lock_names_no_host() -> None:
    lock = (PROJECT / "package-lock.json").read_text(encoding="utf-8")
    assert not re.findall(r'"resolved"|https?://(?!github\.com|opencollective|tidelift|www\.patreon|feross)[^"]*', lock)
    packages = json.loads(lock)["packages"]
    assert all("integrity" in each for path, each in packages.items() if path)


def test_the_lock_has_every_library_that_one_of_it_names() -> None:
    """Without one, even one that only some systems need, npm installs none of them."""
    packages = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    named = {
        name
        for each in packages.values()
        for kind in ("dependencies", "optionalDependencies")
        for name in each.get(kind, ())
    }
    assert named - {path.rpartition("node_modules/")[2] for path in packages} == set()


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")
def test_the_explorer_is_built_of_the_libraries_that_the_lock_names() -> None:
    told = subprocess.run(
        ["make", "--dry-run", "--always-make", "--warn-undefined-variables", "explorer"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "undefined variable" not in told.stderr
    assert told.stdout.index("scripts/explorer ci") < told.stdout.index("scripts/explorer run")


def _missing() -> str | None:
    if shutil.which("npx") is None:
        return "Node is not here"
    if not (PROJECT / "node_modules").is_dir() or not PAGE.is_dir():
        return "the explorer's page is not built (`make explorer`)"
    return None


needs_node = pytest.mark.skipif(_missing() is not None, reason=f"no test of the built page: {_missing()}")
needs_browser = pytest.mark.skipif(
    _missing() is not None or shutil.which(CHROMIUM) is None,
    reason=f"no browser test: {_missing() or f'there is no {CHROMIUM}, and CHROMIUM names no other'}",
)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@needs_node
def test_the_sources_have_the_form_that_prettier_gives() -> None:
    subprocess.run(["npx", "--no-install", "prettier", "--check", "--log-level", "warn", "."], cwd=PROJECT, check=True)


@needs_node
def test_the_page_is_what_its_sources_give_byte_by_byte(tmp_path: Path) -> None:
    command = ["npx", "--no-install", "vite", "build", "--logLevel", "error", "--emptyOutDir", "--outDir"]
    subprocess.run([*command, tmp_path], cwd=PROJECT, check=True)
    assert _bytes(tmp_path) == _bytes(PAGE)


@needs_node
def test_the_release_has_the_page_with_its_data_in_less_than_5_megabytes(dist: Path) -> None:
    with zipfile.ZipFile(dist / f"geodigest-{__version__}-explorer.zip") as archive:
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    names = {name.removeprefix(f"geodigest-{__version__}/") for name in sizes}
    assert {"index.html", "LICENSE", "licenses.md", "seeds/earth-science-literature-table.txt"} <= names
    assert {parquet_path("spans").as_posix(), "SHA256SUMS"} <= names
    assert sum(sizes.values()) < 5_000_000


@needs_node
def test_the_wheel_has_the_page_which_git_ignores_and_the_documents(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"geodigest/_explorer/{path}" for path in _bytes(PAGE)} <= names
    seeds = pq.read_table(REPOSITORY / parquet_path("documents")).column("seed_path").to_pylist()
    assert {f"geodigest/_package/{path}" for path in seeds} <= names


@pytest.fixture
def strange(small: Path, convert_small: Convert) -> Path:
    """A package whose document has markup of HTML, and characters beyond the Basic Multilingual Plane."""
    seed, manifest = small / "seeds" / "slow-slip.txt", small / "seeds" / "manifest.toml"
    title = "<script>window.broken = true</script>"
    old = sha256(seed.read_bytes()).hexdigest()
    text = f"{title}\n𠮷𠮷之前的句子\n𠮷岩之后的句子<img src=x onerror=alert(1)>\n"
    seed.write_text(text, encoding="utf-8")
    listed = manifest.read_text(encoding="utf-8").replace(old, sha256(seed.read_bytes()).hexdigest())
    manifest.write_text(listed.replace('title_zh = "慢滑事件"', f'title_zh = "{title}"'), encoding="utf-8")
    build(small, convert_small)
    return small


@needs_browser
def test_the_page_in_a_browser(dist: Path, strange: Path, tmp_path: Path) -> None:
    """As its users have it: the release's archive on a host of static files, below a path; another folder, explored."""
    with zipfile.ZipFile(dist / f"geodigest-{__version__}-explorer.zip") as archive:
        archive.extractall(tmp_path / "host")
    with serving(tmp_path / "host") as host, _served(explorer_files(strange, SCHEMA, PAGE)) as (name, port):
        done = subprocess.run(
            ["npx", "--no-install", "playwright", "test", "--grep-invert", "@", "--output", tmp_path / "results"],
            cwd=PROJECT,
            env={
                **os.environ,
                **only_here(),
                "CI": "1",
                "EXPLORER_URL": f"{host}/geodigest-{__version__}/",
                "EXPLORER_STRANGE_URL": f"http://{name}:{port}/",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout
