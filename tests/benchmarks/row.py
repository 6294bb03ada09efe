"""A benchmark as a row of `docs/benchmarks.md`."""

import subprocess
import sys
from collections.abc import Callable, Sequence

from pytest_benchmark.fixture import BenchmarkFixture


def row(benchmark: BenchmarkFixture, group: str, what: str, *, unit: bool = False) -> None:
    """Give a benchmark its group and what its row says; other rows of a group are compared with its unit."""
    benchmark.group = group
    benchmark.extra_info.update(what=what, unit=unit)


def rounds(
    benchmark: BenchmarkFixture, function: Callable[..., object], arguments: Sequence[object], number: int
) -> object:
    """Measure what takes long in so many rounds, after one that is not counted where there are several; its result."""
    warmup = min(1, number - 1)
    result: object = benchmark.pedantic(  # type: ignore[no-untyped-call]
        function, arguments, rounds=number, warmup_rounds=warmup
    )
    return result


def peak_memory(*arguments: str) -> int:
    """Peak memory, in bytes, of a new interpreter that is given these arguments."""
    code = "import resource, subprocess, sys; subprocess.run([sys.executable, *sys.argv[1:]], check=True); "
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True)
    return int(done.stdout.splitlines()[-1]) * (1 if sys.platform == "darwin" else 1024)
