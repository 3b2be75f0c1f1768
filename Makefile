# What a developer or a scheduler does here. Needs Python 3.11 or later and make, nothing else;
# everything is installed into .venv, from the lock, the first time it is needed.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

# The first Python that is new enough and can make environments.
PYTHON ?= $(firstword $(foreach python,python3.11 python3.12 python3.13 python3.14 python3 python,\
	$(shell $(python) -c 'import ensurepip, sys, venv; sys.version_info >= (3, 11) and print("$(python)")' 2>/dev/null)))

export DO_NOT_TRACK := 1

.DEFAULT_GOAL := help
.PHONY: help run serve test check lint format coverage bench bench-scale check-quality corpus hammer faults merge-quality import-quality reference docs lock clean

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

run: $(VENV)/.run ## localize the articles of this project: the Prefect flow, with a server of its own
	$(BIN)/python -m flows.localize $(ARGS)

serve: $(VENV)/.run ## serve Prefect's pages, the schedules, the runs and a watcher (ARGS="--port 4300")
	$(BIN)/python -m flows.serve $(ARGS)

test: $(VENV)/.dev ## run the tests, on all cores (ARGS="tests/merge -x -n0" for some, on one)
	$(BIN)/pytest --numprocesses auto --dist loadfile $(ARGS)

check: $(VENV)/.dev lint ## lint, check types and who imports whom
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

lint: $(VENV)/.dev ## check form and style
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet

format: $(VENV)/.dev ## format, and mend what can be mended
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format --quiet

coverage: $(VENV)/.dev ## run the tests and tell which lines they leave out
	$(BIN)/pytest --cov --cov-report=term-missing:skip-covered $(ARGS)

bench: $(VENV)/.dev ## measure speed, for some four minutes; each script says how long it took
	@for script in $(filter-out %/bench_scale.py,$(wildcard benchmarks/bench_*.py)); do \
		name=$$(basename $$script .py); echo "$$name"; begun=$$(date +%s); \
		$(BIN)/python -m benchmarks.$$name || exit; \
		printf '%s: %d s\n\n' $$name $$(($$(date +%s) - begun)); \
	done

bench-scale: $(VENV)/.dev ## measure runs of projects of 100, 1,000 and 10,000 articles (ARGS="--articles 100 1000 --prefect" for a tenth of the time)
	$(BIN)/python -m benchmarks.bench_scale $(ARGS)

check-quality: $(VENV)/.dev ## measure what the checks find and what they say in vain (ARGS=-v for details)
	$(BIN)/python -m benchmarks.check_quality $(ARGS)

corpus: $(VENV)/.dev ## measure ourselves on the pages in ../shared (or POLYPAGE_SHARED)
	$(BIN)/python -m benchmarks.corpus $(ARGS)

hammer: $(VENV)/.dev ## let editors save catalogs 5,000 times while they are updated
	$(BIN)/python -m benchmarks.hammer $(ARGS)

# What killed runs leave behind of semaphores is told at the end, and taken away.
faults: $(VENV)/.dev ## kill and hinder runs, and tell what they leave (ARGS="--times 20" for a tenth, "--only Dask disk" for some)
	$(BIN)/python -W ignore:resource_tracker:UserWarning -m benchmarks.faults $(ARGS)

merge-quality: $(VENV)/.dev ## compare what updates make of translations with msgmerge and Babel
	$(BIN)/python -m benchmarks.merge_quality $(ARGS)

import-quality: $(VENV)/.dev ## measure what is found again in translated pages, and how often wrongly
	$(BIN)/python -m benchmarks.import_quality $(ARGS)

reference: $(VENV)/.dev ## write the pages of the reference that are made of the code
	$(BIN)/python -m docs

docs: $(VENV)/.dev ## make a site of the documentation, in dist/docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet

lock: $(VENV)/.dev ## look for newer versions of what we depend on
	$(COMPILE) --upgrade --group build pyproject.toml --output-file requirements.lock
	$(COMPILE) --upgrade --group build --group dev --constraints requirements.lock \
		pyproject.toml --output-file requirements-dev.lock

clean: ## remove what was built or installed
	rm -rf $(VENV) site .polypage dist .coverage .hypothesis .*_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

# --- the environment --------------------------------------------------------------------------
# A stamp tells what the environment holds, so that nothing is installed twice.

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later with venv is on the PATH." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The locks name all that is needed, so that pip has nothing to find out (--no-deps).

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --no-deps --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(VENV)/.run $@
