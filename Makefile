# make        create .venv from requirements.lock and build the dataset
# make test   ruff, mypy and pytest in the same environment; with Node and Chromium, the explorer in a browser, too
# make explorer    build the explorer's page (needs Node 20.19 or newer)
# make bench  the benchmarks; writes docs/benchmarks.md and its picture
# make bench-growth [LARGEST=10]   time and memory up to 1000 times the seeds, or so many; writes docs/growth.md
# make faults hundreds of faults in build, convert and release; writes docs/reliability.md (Linux, strace, Node; as root disks, too)
# make release LAST=geodigest-X.Y.Z-csv.zip     build, and make the files of the release in dist/; LAST is the last one
# make publish REPO_ID=OWNER/geodigest [YES=1]   build, and show what goes to the Hugging Face Hub; with YES=1 it goes
# make test-lowest, make test-highest   the tests with the lowest and the highest versions that pyproject.toml allows (needs uv)
# make fuzz [SECONDS=1800]   look for texts that break the conversion's laws, in each kind of document in turn
# make coverage    which lines and branches of the core no test of it runs; fails below 95 %
# make mutate [OF='geodigest.facts.numbers*']   change pure functions of the core in small ways; lists changes no test tells
# make audit  ask for known weaknesses of the locked dependencies (needs pip-audit, and the network)
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

EXTRAS := --extra build --extra dask --extra polars
NODE_LIBRARIES := scripts/explorer/node_modules/.package-lock.json
SECONDS ?= 1800
TESTED := --benchmark-disable --ignore tests/benchmarks --numprocesses auto --dist loadfile --no-loadscope-reorder

.PHONY: build test test-lowest test-highest bench fuzz coverage mutate audit bench-growth explorer explorer-if-possible faults release publish lock clean

build: .venv/ready
	$(BIN)/python -m geodigest build

test: .venv/ready explorer-if-possible
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest $(TESTED)

bench: .venv/ready
	$(BIN)/pytest tests/benchmarks --benchmark-only --benchmark-max-time 0.3 --benchmark-json=.benchmarks.json
	$(BIN)/python -m tests.benchmarks.page .benchmarks.json

bench-growth: .venv/ready
	$(BIN)/python -m tests.benchmarks.growth $(if $(LARGEST),--largest '$(LARGEST)')

faults: .venv/ready explorer
	$(BIN)/python -m tests.fault_run

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "GeoDigest needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -c 'import sys, sysconfig; open(sysconfig.get_path("purelib") + "/geodigest.pth", "w").write(sys.argv[1])' "$(CURDIR)/scripts"
	touch $@

explorer: $(NODE_LIBRARIES)
	npm --prefix scripts/explorer run --silent build

$(NODE_LIBRARIES): scripts/explorer/package-lock.json
	npm --prefix scripts/explorer ci --loglevel error
	touch $@

# The tests need neither Node nor npm's registry: without them they leave the browser out, and say so.
explorer-if-possible:
	@if command -v npm > /dev/null && $(MAKE) --no-print-directory $(NODE_LIBRARIES); \
	then $(MAKE) --no-print-directory explorer; \
	else echo 'make test: the explorer cannot be built here, which needs npm and Node 20.19 or newer: no browser tests'; fi

release: build explorer
	$(BIN)/python -m geodigest release $(if $(LAST),--last '$(LAST)')

publish: build
	$(BIN)/python -m geodigest publish --repo-id '$(REPO_ID)' $(if $(YES),--yes)

test-lowest: RESOLUTION := lowest-direct
test-highest: RESOLUTION := highest
test-lowest test-highest:
	uv venv --quiet --seed --clear --python $(PYTHON) .venv-$@
	uv pip compile --quiet pyproject.toml $(EXTRAS) --resolution $(RESOLUTION) --output-file .venv-$@/versions.txt
	uv pip install --quiet --python .venv-$@ --requirement .venv-$@/versions.txt --group dev
	.venv-$@/bin/python -c 'import sys, sysconfig; open(sysconfig.get_path("purelib") + "/geodigest.pth", "w").write(sys.argv[1])' "$(CURDIR)/scripts"
	.venv-$@/bin/python -m pytest $(TESTED)

fuzz: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'atheris>=3'
	$(BIN)/python -m tests.fuzz bulletin .fuzz/bulletin -max_total_time=$(SECONDS) -artifact_prefix=.fuzz/
	$(BIN)/python -m tests.fuzz literature_table .fuzz/literature_table -max_total_time=$(SECONDS) -artifact_prefix=.fuzz/

# Tests that say nothing of the core, or start processes that are not measured. Laws are left out, too: the figure is to
# be the same each time.
ELSEWHERE := archives charts cluster commands contract corpora datasets diff diff_laws downstream encodings examples \
	explorer faults help http hub info_command mutants offline paths questions read_release release sqlite staging wheel

coverage: .venv/ready
	$(BIN)/pytest --benchmark-disable --ignore tests/benchmarks $(ELSEWHERE:%=--ignore tests/test_%.py) \
		-m 'not hypothesis' --numprocesses auto --dist loadfile --cov --cov-report=term --cov-report=json:.coverage.json
	$(BIN)/python -m tests.branches .coverage.json

mutate: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'mutmut>=3.8,<4'
	mkdir -p .mutate
	for each in tests schema seeds pyproject.toml; do ln -sfn ../$$each .mutate/$$each; done
	ln -sfn ../scripts .mutate/src
	cd .mutate && ../$(BIN)/mutmut run $(if $(OF),'$(OF)'); ../$(BIN)/mutmut results

audit:
	pip-audit --requirement requirements.lock --require-hashes --disable-pip

lock:
	uv pip compile pyproject.toml $(EXTRAS) --group dev --group bench --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --upgrade --quiet --custom-compile-command 'make lock' --output-file requirements.lock

clean:
	rm -rf .venv scripts/explorer/node_modules scripts/geodigest/_explorer
