"""A benchmark as a row of `docs/benchmarks.md`."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pytest_benchmark.fixture import BenchmarkFixture


def row(benchmark: BenchmarkFixture, group: str, what: str, *, unit: bool = False, column: str = "") -> None:
    """Give a benchmark its group and what its row says; other rows of a group are compared with its unit.

    A group may have columns, each with a unit of its own.
    """
    benchmark.group = group
    benchmark.extra_info.update(what=what, unit=unit, column=column)


def rounds(
    benchmark: BenchmarkFixture, function: Callable[..., object], arguments: Sequence[object], number: int
) -> object:
    """Measure what takes long in so many rounds, after one that is not counted where there are several; its result."""
    warmup = min(1, number - 1)
    result: object = benchmark.pedantic(  # type: ignore[no-untyped-call]
        function, arguments, rounds=number, warmup_rounds=warmup
    )
    return result


class Used(NamedTuple):
    """What a process and those that it started used."""

    output: str
    seconds: float
    """Processor time of all."""
    wall: float
    """From start to end, in seconds."""
    memory: int
    """Peak of the largest of them, in bytes."""


def used(*arguments: str) -> Used:
    """What a new interpreter that is given these arguments used.

    Raises:
        CalledProcessError: it did not end well.
    """
    code = "import json, resource, subprocess, sys, time; begun = time.perf_counter(); "
    code += "subprocess.run([sys.executable, *sys.argv[1:]], check=True); wall = time.perf_counter() - begun; "
    code += "spent = resource.getrusage(resource.RUSAGE_CHILDREN); "
    code += "print(json.dumps([spent.ru_utime + spent.ru_stime, wall, spent.ru_maxrss]))"
    done = subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True)
    *output, spent = done.stdout.splitlines()
    seconds, wall, memory = json.loads(spent)
    return Used("\n".join(output), seconds, wall, memory * (1 if sys.platform == "darwin" else 1024))


def peak_memory(*arguments: str) -> int:
    """Peak memory, in bytes, of a new interpreter that is given these arguments."""
    return used(*arguments).memory
