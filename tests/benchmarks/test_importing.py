"""How long `import geodigest` takes beside a bare interpreter; it is to stay within 50 ms of it."""

import subprocess
import sys

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

CODE = {
    "bare interpreter": "",
    "import geodigest": "import geodigest",
    "tables": "import geodigest; geodigest.tables()",
    "import pyarrow": "import pyarrow",
}


@pytest.mark.parametrize("what", CODE)
def test_start(what: str, benchmark: BenchmarkFixture) -> None:
    benchmark.group = "start"
    benchmark(subprocess.run, [sys.executable, "-c", CODE[what]], check=True)
