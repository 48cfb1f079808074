# Everything a person or the CI calls. `make demo` and `make test` need Python 3.11+ and make, nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo run init doctor couples backup restore rekey simulate test check lint types imports audit format bench torture lock clean

demo: $(VENV)/.ready
	@$(BIN)/couple-rituals demo $(ARGS)

run: $(VENV)/.ready
	@$(BIN)/couple-rituals run $(ARGS)

init: $(VENV)/.ready
	@$(BIN)/couple-rituals init $(ARGS)

doctor: $(VENV)/.ready
	@$(BIN)/couple-rituals doctor $(ARGS)

couples: $(VENV)/.ready
	@$(BIN)/couple-rituals couples $(ARGS)

backup: $(VENV)/.ready
	@$(BIN)/couple-rituals backup $(ARGS)

restore: $(VENV)/.ready
	@$(BIN)/couple-rituals restore $(ARGS)

rekey: $(VENV)/.ready
	@$(BIN)/couple-rituals rekey $(ARGS)

simulate: $(VENV)/.ready
	@$(BIN)/couple-rituals simulate $(ARGS)

test: $(VENV)/.ready-dev
	@$(BIN)/python -m pytest -q -ra -n 4 --dist worksteal --ignore=tests/torture $(ARGS)

check: lint types imports audit test

lint: $(VENV)/.ready-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.ready-dev
	@$(BIN)/mypy

imports: $(VENV)/.ready-dev
	@$(BIN)/lint-imports

# Asks PyPI which pinned versions have known weaknesses; says which it could not ask about.
audit: $(VENV)/.ready-dev
	@$(BIN)/pip-audit --progress-spinner off --disable-pip --no-deps -r requirements-dev.lock

format: $(VENV)/.ready-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.ready-dev
	@$(BIN)/python -m benchmarks $(ARGS)

torture: $(VENV)/.ready-dev
	@$(BIN)/python -m pytest -q -n auto tests/torture $(ARGS)

# Written anew by hand when a dependency changes; needs uv.
lock:
	@command -v uv >/dev/null || { echo "Writing the lock files needs uv: python3 -m pip install uv"; exit 1; }
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q $(LOCKING) \
	  --extra build pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q $(LOCKING) \
	  -c requirements.lock --extra build --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) .venv-* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Couple Rituals needs Python 3.11 or newer; '$(PYTHON)' is not. Name another one: make PYTHON=python3.13 ..."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "Setting up $(VENV) (once; this takes a minute)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: requirements.lock pyproject.toml | $(VENV)/bin/python
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
