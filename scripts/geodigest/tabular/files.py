"""A table as files: Parquet and CSV of the same rows, the same bytes for the same rows."""

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
    pyarrow.csv.write_csv(table, csv)
    return TableFiles(
        table=name,
        rows=table.num_rows,
        arrow_bytes=pq.read_table(parquet).nbytes,
        parquet_bytes=parquet.stat().st_size,
        parquet_sha256=sha256(parquet.read_bytes()).hexdigest(),
        csv_bytes=csv.stat().st_size,
        csv_sha256=sha256(csv.read_bytes()).hexdigest(),
    )


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a table to a Parquet file of the published form: Zstandard, statistics, the schema's metadata."""
    pq.write_table(table, path, compression="zstd", write_statistics=True)


def checksums(written: list[TableFiles]) -> str:
    """The digests of all files, in the form that `sha256sum --check` reads from inside `dataset/`."""
    lines = []
    for files in written:
        lines.append(f"{files.csv_sha256}  {csv_path(files.table).relative_to('dataset').as_posix()}")
        lines.append(f"{files.parquet_sha256}  {parquet_path(files.table).relative_to('dataset').as_posix()}")
    return "\n".join(sorted(lines, key=lambda line: line.split()[1])) + "\n"
