# make help   says what there is.
.DEFAULT_GOAL := help
.NOTPARALLEL:

# The first Python that is new enough; PYTHON=… chooses another. When there is none,
# bootstrap.py says so.
ifeq ($(origin PYTHON), undefined)
PYTHON := $(shell for python in python3.11 python3.12 python3.13 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && echo $$python && exit; done; echo python3)
endif
BIN := .venv/bin
DATA ?= ../shared/data/creatives-en/creatives_transcripts.csv

.PHONY: help demo test test-all gate bench licences constraints clean

help:  ## say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

demo:  ## read the sample interviews: reports under demo/embedded and demo/recorded
	@$(PYTHON) scripts/bootstrap.py
	@$(BIN)/python scripts/demo.py

test:  ## ruff, mypy, import-linter, pytest
	@$(PYTHON) scripts/bootstrap.py dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict icp_synth tests scripts benchmarks
	$(BIN)/lint-imports
	$(BIN)/pytest

test-all:  ## what `test` leaves out: slow tests, browser, evaluation gate
	@$(PYTHON) scripts/bootstrap.py dev
	@$(BIN)/python scripts/chromium.py
	$(BIN)/pytest -m slow
	$(BIN)/pytest -n 0 -m browser
	@$(BIN)/python scripts/gate.py

gate:  ## measure evals/ (embedded, and the recorded answers) against thresholds.toml
	@$(PYTHON) scripts/bootstrap.py
	@$(BIN)/python scripts/gate.py

bench:  ## print times and sizes, as ratios to yardsticks of the same run (DATA=…)
	@$(PYTHON) scripts/bootstrap.py dev
	@$(BIN)/python benchmarks/run.py --data $(DATA)

licences:  ## list the dependencies whose licence this project cannot take
	@$(PYTHON) scripts/bootstrap.py dev
	@$(BIN)/python scripts/licences.py

constraints:  ## resolve the newest versions and write constraints.txt
	$(PYTHON) -m venv --clear .cache/constraints
	.cache/constraints/bin/pip install hatchling virtualenv -e '.[dev]'
	.cache/constraints/bin/python scripts/constraints.py

clean:  ## remove what make has made: .venv, demo, caches
	rm -rf .venv demo build dist .cache .mypy_cache .ruff_cache .pytest_cache \
	  .hypothesis .import_linter_cache
