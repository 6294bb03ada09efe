"""A table as files: Parquet and CSV of the same rows, the same bytes for the same rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from geodigest.paths import csv_path, parquet_path


@dataclass(frozen=True)
class TableFiles:
    """What was written of a table; `arrow_bytes` is its size in memory, the others are sizes and digests of files."""

    table: str
    rows: int
    arrow_bytes: int
    parquet_bytes: int
    parquet_sha256: str
    csv_bytes: int
    csv_sha256: str


def write_table(name: str, table: pa.Table, root: Path) -> TableFiles:
    """Write `root/dataset/parquet/NAME.parquet` and `root/dataset/csv/NAME.csv`; what was written.

    Parquet: Zstandard, statistics, the schema's metadata. CSV: UTF-8 without a mark, LF, RFC 4180, every text quoted,
    null = nothing between the commas.
    """
    parquet, csv = root / parquet_path(name), root / csv_path(name)
    for path in (parquet, csv):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_parquet(table, parquet)
    with csv.open("wb") as file:
        pyarrow.csv.write_csv(table, file)
    content = parquet.read_bytes()
    return TableFiles(
        table=name,
        rows=table.num_rows,
        arrow_bytes=_bytes_in_memory(content),
        parquet_bytes=len(content),
        parquet_sha256=sha256(content).hexdigest(),
        csv_bytes=csv.stat().st_size,
        csv_sha256=sha256(csv.read_bytes()).hexdigest(),
    )


def _bytes_in_memory(parquet: bytes) -> int:
    # Not read_table: it imports pyarrow.dataset, and that pandas, for more than twice the time.
    with pq.ParquetFile(pa.BufferReader(parquet)) as file:
        return int(file.read(use_threads=False).nbytes)


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a table to a Parquet file of the published form: Zstandard, statistics, the schema's metadata."""
    # Arrow takes every path for UTF-8; Python opens it in the encoding of the system.
    with path.open("wb") as file:
        pq.write_table(table, file, compression="zstd", write_statistics=True)


def checksums(written: Sequence[TableFiles]) -> str:
    """The digests of all files, in the form that `sha256sum --check` reads from inside `dataset/`."""
    digests = {csv_path(files.table): files.csv_sha256 for files in written}
    digests |= {parquet_path(files.table): files.parquet_sha256 for files in written}
    return checksum_lines({path.relative_to("dataset").as_posix(): digest for path, digest in digests.items()})


def checksum_lines(digests: Mapping[str, str]) -> str:
    r"""SHA-256 digests by path in the form that `sha256sum --check` reads, sorted by path.

    >>> checksum_lines({"b.csv": "e3b0", "a.csv": "5891"})
    '5891  a.csv\ne3b0  b.csv\n'
    """
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests))
