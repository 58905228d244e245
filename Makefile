# Everything a fresh machine with Python 3.11+ and make needs. `make help` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TESTS ?= tests

.PHONY: help setup model run test test-all check fix bench clean
help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup: $(STAMP)  ## install everything into .venv

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

model: setup  ## fine-tune the shipped model on data/labeled, into var/models/own
	@$(BIN)/triage-train train

run: setup  ## start the service on 127.0.0.1:8000
	@$(BIN)/triage serve

test: setup  ## run the test suite
	$(BIN)/pytest -n auto $(TESTS)

test-all: setup  ## run the suite with the slow proofs
	$(BIN)/pytest -n auto -m "slow or not slow" $(TESTS)

check: setup  ## report style, types and knowledge faults
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/triage check

fix: setup  ## repair what can be repaired
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup  ## measure speed, as ratios within one run
	$(BIN)/python -m benchmarks

clean:  ## remove the virtual environment, caches and the trained model, not what is stored of complaints
	rm -rf $(VENV) var/models var/cache .pytest_cache .mypy_cache .ruff_cache
