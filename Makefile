# Every target works from a fresh clone with only python3 (3.11 or newer) and make: .venv is made when it is needed.

PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
UV := $(BIN)/uv
RUNTIME := .venv/.runtime
DEVELOP := .venv/.develop
COMPILED := .venv/.compiled
PACKAGES := bot handlers storage dialogue domain programmes locales
BENCHMARKS ?= $(sort $(wildcard benchmarks/*.py))
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links

# A developer's own settings must not reach the tools; uv must not fetch a Python of its own.
export UV_PYTHON_DOWNLOADS := never
export VIRTUAL_ENV := $(CURDIR)/.venv
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Where the machine keeps certificates (an office's own authority among them), uv believes those.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt),)
export UV_SYSTEM_CERTS := 1
endif

.PHONY: help run demo test test-long check format bench lock wheel clean
.DEFAULT_GOAL := help

help: ## what there is to do
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

run: $(RUNTIME) $(COMPILED) ## start empty on http://127.0.0.1:8000
	@$(BIN)/sambang run

demo: $(RUNTIME) $(COMPILED) ## start with invented producers to chat as
	@$(BIN)/sambang demo

test: $(DEVELOP) $(COMPILED) ## the tests, with seconds per group
	@$(BIN)/python -m pytest -p tests.groups -p tests.canaries

test-long: $(DEVELOP) $(COMPILED) ## the same with ten times the cases
	@SAMBANGTEST_SCALE=10 $(BIN)/python -m pytest -p tests.groups -p tests.canaries

check: $(DEVELOP) ## lint, format, types, floors, dependencies, locks
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python -m pytest tests/house --quiet

format: $(DEVELOP) ## bring the code into shape
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .

bench: $(DEVELOP) $(COMPILED) ## measure; one table per file in benchmarks/
	@set -e; for file in $(BENCHMARKS); do echo "== $$file"; $(BIN)/python $$file; done

wheel: $(DEVELOP) ## build dist/*.whl
	$(UV) build --quiet --wheel --out-dir dist

lock: $(UV) ## resolve the lock files anew
	$(COMPILE) --upgrade pyproject.toml --extra postgres -o requirements.lock
	$(COMPILE) --upgrade pyproject.toml --extra postgres --group dev -c requirements.lock -o requirements-dev.lock

clean: ## remove what was built and cached; data/ and .venv stay
	rm -rf build dist htmlcov .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
	rm -f $(COMPILED)

$(UV): Makefile
	@$(PYTHON) -c 'import sys; sys.exit("Sambang needs Python 3.11 or newer: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	@touch $@

$(RUNTIME): $(UV) requirements.lock pyproject.toml
	@$(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --no-deps --editable .
	@touch $@

$(DEVELOP): $(UV) requirements-dev.lock pyproject.toml
	@$(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements-dev.lock
	@$(UV) pip install --quiet --no-deps --editable .
	@touch $@ $(RUNTIME)

# Where PYTHONDONTWRITEBYTECODE is set, every start would compile our own files anew.
$(COMPILED): $(UV) $(shell find $(PACKAGES) -name '*.py')
	@$(BIN)/python -m compileall -q $(PACKAGES)
	@touch $@
