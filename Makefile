# make        create .venv from requirements.lock and build the dataset
# make test   ruff, mypy and pytest in the same environment
# make bench  the benchmarks
# make lock   resolve requirements.lock anew from pyproject.toml (needs uv)
PYTHON ?= python3
BIN := .venv/bin

.PHONY: build test bench lock clean

build: .venv/ready
	$(BIN)/python -m geodigest build

test: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --benchmark-skip

bench: .venv/ready
	$(BIN)/pytest tests/benchmarks --benchmark-only

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "GeoDigest needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -c 'import sys, sysconfig; open(sysconfig.get_path("purelib") + "/geodigest.pth", "w").write(sys.argv[1])' "$(CURDIR)/scripts"
	touch $@

lock:
	uv pip compile pyproject.toml --extra build --extra polars --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --upgrade --quiet --custom-compile-command 'make lock' --output-file requirements.lock

clean:
	rm -rf .venv
