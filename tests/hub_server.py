"""A stand-in for the Hugging Face Hub on this machine: as much of its API as publishing and loading a dataset need.

Every file is kept as a regular one: the Hub stores large files apart, but the tests ask for names and contents.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from tests.file_server import online

TOKEN = "hf_of_a_writer"
"""The one login that the stand-in knows."""


@dataclass
class Repository:
    """A dataset repository: the files of each commit, in order, and the tags."""

    private: bool
    commits: dict[str, dict[str, bytes]] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def head(self) -> str:
        """The last commit."""
        return list(self.commits)[-1]

    @property
    def files(self) -> dict[str, bytes]:
        """The files of the last commit."""
        return self.commits[self.head]

    def resolve(self, revision: str) -> str:
        """The commit of a branch, tag or commit."""
        return self.head if revision == "main" else self.tags.get(revision, revision)

    def commit(self, files: dict[str, bytes], message: str) -> None:
        """Add a commit."""
        self.commits[sha1(f"{len(self.commits)}{message}".encode()).hexdigest()] = files
        self.messages.append(message)


@dataclass
class Hub:
    """The repositories by `OWNER/name`, and the address."""

    address: str
    repositories: dict[str, Repository] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    """Requests that the stand-in does not know."""

    def environment(self, home: str) -> dict[str, str]:
        """What sends the clients of a new process here and nowhere else; their caches and login lie in `home`."""
        return {**online(home), "HF_ENDPOINT": self.address}


@contextmanager
def hub() -> Iterator[Hub]:
    """A Hub without repositories, served while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    served = Hub(f"http://127.0.0.1:{server.server_port}")
    server.hub = served  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class _Call:
    """A request to a repository; `rest` is what follows the revision in the address."""

    name: str
    repository: Repository
    revision: str
    rest: str
    query: str
    body: bytes

    @property
    def commit(self) -> str:
        return self.repository.resolve(self.revision)

    @property
    def files(self) -> dict[str, bytes]:
        return self.repository.commits[self.commit]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self._json({"error": "Invalid username or password."}, 401)
        elif self.path == "/api/repos/create":
            self._create(**json.loads(body))
        elif self.path == "/api/validate-yaml":
            self._json({"errors": [], "warnings": []})
        else:
            self._answer(
                {
                    "preupload": self._preupload,
                    "commit": self._commit,
                    "tag": self._tag,
                    "paths-info": self._paths_info,
                },
                body,
            )

    def do_GET(self) -> None:
        self._answer(
            {"": self._info, "revision": self._info, "refs": self._refs, "tree": self._listing, "resolve": self._file}
        )

    def do_HEAD(self) -> None:
        self.do_GET()

    @property
    def _hub(self) -> Hub:
        served: Hub = self.server.hub  # type: ignore[attr-defined]
        return served

    def _answer(self, actions: Mapping[str, Callable[[_Call], None]], body: bytes = b"") -> None:
        """Answer a request to `[/api]/datasets/OWNER/NAME[/ACTION[/REVISION[/REST]]]`."""
        address = urlsplit(self.path)
        kind, owner, name, action, revision, rest = map(
            unquote, (address.path.removeprefix("/api").strip("/").split("/", 5) + [""] * 6)[:6]
        )
        repository = self._hub.repositories.get(f"{owner}/{name}")
        if kind != "datasets" or action not in actions:
            self._hub.unknown.append(f"{self.command} {self.path}")
            self._json({"error": "The stand-in does not know this"}, 404)
        elif repository is None:
            self._json({"error": "Repository not found"}, 404, "RepoNotFound")
        elif repository.resolve(revision or "main") not in repository.commits:
            self._json({"error": f"Invalid rev id: {revision}"}, 404, "RevisionNotFound")
        else:
            actions[action](_Call(f"{owner}/{name}", repository, revision or "main", rest, address.query, body))

    def _create(self, *, organization: str, name: str, visibility: str = "public", **_: object) -> None:
        full = f"{organization}/{name}"
        known = full in self._hub.repositories
        if not known:
            self._hub.repositories[full] = Repository(private=visibility == "private")
            self._hub.repositories[full].commit({".gitattributes": b""}, "initial commit")
        self._json({"url": f"{self._hub.address}/datasets/{full}"}, 409 if known else 200)

    def _preupload(self, call: _Call) -> None:
        modes = []
        for path in (file["path"] for file in json.loads(call.body)["files"]):
            known = {"oid": _oid(call.files[path])} if path in call.files else {}
            modes.append({"path": path, "uploadMode": "regular", "shouldIgnore": False, **known})
        self._json({"files": modes})

    def _commit(self, call: _Call) -> None:
        files, message = dict(call.files), ""
        for line in map(json.loads, call.body.splitlines()):
            value = line["value"]
            match line["key"]:
                case "header":
                    message = value["summary"]
                case "file":
                    files[value["path"]] = base64.b64decode(value["content"])
                case "deletedFile":
                    del files[value["path"]]
        call.repository.commit(files, message)
        oid = call.repository.head
        self._json({"commitUrl": f"{self._hub.address}/datasets/{call.name}/commit/{oid}", "commitOid": oid})

    def _tag(self, call: _Call) -> None:
        tag = json.loads(call.body)["tag"]
        known = tag in call.repository.tags
        call.repository.tags.setdefault(tag, call.commit)
        self._json({}, 409 if known else 200)

    def _paths_info(self, call: _Call) -> None:
        paths = parse_qs(call.body.decode())["paths"]
        self._json([_entry(path, call.files) for path in paths if path in _tree(call.files)])

    def _info(self, call: _Call) -> None:
        siblings = [{"rfilename": path} for path in call.files]
        self._json({"id": call.name, "sha": call.commit, "siblings": siblings, "tags": []})

    def _refs(self, call: _Call) -> None:
        tags = call.repository.tags.items()
        self._json(
            {
                "branches": [{"name": "main", "ref": "refs/heads/main", "targetCommit": call.repository.head}],
                "converts": [],
                "tags": [{"name": tag, "ref": f"refs/tags/{tag}", "targetCommit": commit} for tag, commit in tags],
            }
        )

    def _listing(self, call: _Call) -> None:
        below = f"{call.rest}/" if call.rest else ""
        deep = "recursive=true" in call.query.lower()
        inside = [path for path in _tree(call.files) if path.startswith(below)]
        self._json([_entry(path, call.files) for path in inside if deep or path.count("/") == below.count("/")])

    def _file(self, call: _Call) -> None:
        if call.rest not in call.files:
            self._json({"error": "Entry not found"}, 404, "EntryNotFound")
        else:
            content = call.files[call.rest]
            self._send(content, 200, {"ETag": f'"{_oid(content)}"', "X-Repo-Commit": call.commit})

    def _json(self, answer: object, status: int = 200, code: str | None = None) -> None:
        headers = {"Content-Type": "application/json"} | ({"X-Error-Code": code} if code else {})
        self._send(json.dumps(answer).encode(), status, headers)

    def _send(self, content: bytes, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_request(self, *_: object) -> None:
        """Say nothing."""


def _tree(files: dict[str, bytes]) -> list[str]:
    folders = {path.rsplit("/", depth)[0] for path in files for depth in range(1, path.count("/") + 1)}
    return sorted({*files, *folders})


def _entry(path: str, files: dict[str, bytes]) -> dict[str, object]:
    if path not in files:
        return {"type": "directory", "path": path, "oid": _oid(path.encode())}
    return {"type": "file", "path": path, "size": len(files[path]), "oid": _oid(files[path])}


def _oid(content: bytes) -> str:
    return sha1(b"blob %d\0" % len(content) + content).hexdigest()
