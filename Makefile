# make        create .venv from requirements.lock and build the dataset
# make test   ruff, mypy and pytest in the same environment
# make bench  the benchmarks; writes docs/benchmarks.md
# make faults hundreds of faults in build, convert and release; writes docs/reliability.md (Linux, strace; as root disks, too)
# make release LAST=geodigest-X.Y.Z-csv.zip     build, and make the files of the release in dist/; LAST is the last one
# make publish REPO_ID=OWNER/geodigest [YES=1]   build, and show what goes to the Hugging Face Hub; with YES=1 it goes
# make lock   resolve requirements.lock anew from pyproject.toml (needs uv)
PYTHON ?= python3
BIN := .venv/bin

# What a goal needs is asked for before anything is built.
ifneq (,$(filter publish,$(MAKECMDGOALS)))
ifndef REPO_ID
$(error no dataset repository is named: make publish REPO_ID=OWNER/geodigest)
endif
endif
ifneq (,$(filter release,$(MAKECMDGOALS)))
ifneq (,$(LAST))
ifeq (,$(shell test -e '$(LAST)' && echo there))
$(error there is no file or folder $(LAST): give the last release, make release LAST=geodigest-X.Y.Z-csv.zip)
endif
endif
endif

.PHONY: build test bench faults release publish lock clean

build: .venv/ready
	$(BIN)/python -m geodigest build

test: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --benchmark-disable --ignore tests/benchmarks --numprocesses auto --dist loadfile

bench: .venv/ready
	$(BIN)/pytest tests/benchmarks --benchmark-only --benchmark-max-time 0.3 --benchmark-json=.benchmarks.json
	$(BIN)/python -m tests.benchmarks.page .benchmarks.json

faults: .venv/ready
	$(BIN)/python -m tests.fault_run

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "GeoDigest needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -c 'import sys, sysconfig; open(sysconfig.get_path("purelib") + "/geodigest.pth", "w").write(sys.argv[1])' "$(CURDIR)/scripts"
	touch $@

release: build
	$(BIN)/python -m geodigest release $(if $(LAST),--last '$(LAST)')

publish: build
	$(BIN)/python -m geodigest publish --repo-id '$(REPO_ID)' $(if $(YES),--yes)

lock:
	uv pip compile pyproject.toml --extra build --extra dask --extra polars --group dev --group bench --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --upgrade --quiet --custom-compile-command 'make lock' --output-file requirements.lock

clean:
	rm -rf .venv
