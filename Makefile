# make run · make test · make check · make bench
PYTHON ?= python3.11
BIN := .venv/bin
export FELLWATCH_RULEBOOK := $(CURDIR)/rulebook
# Every process of ours would compile all that it imports: 5 s each time.
unexport PYTHONDONTWRITEBYTECODE
PORT ?= 8000
SCALE ?= 0.1

.PHONY: run test test-database check bench bench-recognition soak lock assets screenshots rulebook clean

# The environment is rebuilt when a lock changes, and left alone otherwise.
.venv/ready: requirements/uv.txt requirements/dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: set PYTHON=/path/to/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(BIN)/uv pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

assets: .venv/ready
	$(BIN)/python -m fellwatch.shell.build_assets
	$(BIN)/fellwatch recognition warm

run: assets
	$(BIN)/fellwatch run --demonstration --scale $(SCALE) --port $(PORT)

test: assets
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-database: assets
	$(BIN)/python -m pytest -m database -n 2 --dist loadfile --no-loadscope-reorder

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy fellwatch
	$(BIN)/lint-imports
	$(BIN)/fellwatch rulebook check

bench: assets
	$(BIN)/python -m benchmarks

# Peers and Spark come with it; what is absent here is left out, with the reason.
.venv/ready-bench: .venv/ready requirements/bench.txt
	$(BIN)/uv pip install --quiet --require-hashes -r requirements/bench.txt
	touch $@

bench-recognition: assets .venv/ready-bench
	$(BIN)/python -m benchmarks.matching --alone 5000000 --write

soak: assets
	FELLWATCH_SOAK=1 $(BIN)/python -m pytest tests/rules tests/recognition tests/imports tests/journeys/test_nothing_is_lost.py -n 2

lock: .venv/ready
	requirements/lock

rulebook: .venv/ready
	$(BIN)/fellwatch rulebook render

screenshots: assets
	$(BIN)/python docs/screenshots.py

clean:
	rm -rf build .mypy_cache .pytest_cache .ruff_cache
