"""A folder served over HTTP on this machine, as a static file host serves one."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of `folder`, served while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def only_here() -> dict[str, str]:
    """Environment variables that let HTTP reach this machine and nothing else."""
    nowhere = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
    return dict.fromkeys(nowhere, "http://127.0.0.1:9") | dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1")


def online(home: str) -> dict[str, str]:
    """The environment of a process whose Hugging Face libraries may use HTTP here; `home` is their folder."""
    quiet = {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_UPDATE_DOWNLOAD_COUNTS": "0"}
    return only_here() | quiet | {"HF_HOME": home, "HF_HUB_OFFLINE": "0"}


class _Handler(SimpleHTTPRequestHandler):
    """Files, whole or in part: that of the standard library knows no ranges, which Polars needs."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        wanted = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if wanted is None or not path.is_file():
            return super().send_head()
        content = path.read_bytes()
        first, last = wanted.groups()
        start = int(first) if first else max(0, len(content) - int(last))
        end = min(int(last) + 1, len(content)) if first and last else len(content)
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(content)}")
        self.send_header("Content-Length", str(end - start))
        self.end_headers()
        return BytesIO(content[start:end])

    def end_headers(self) -> None:
        self.send_header("Accept-Ranges", "bytes")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
