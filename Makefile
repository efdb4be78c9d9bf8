# Everything a person does here is one target; each one first makes .venv and installs the locks, if that is not done.
# A stamp inside .venv remembers the Python version, so `make check PYTHON=python3.13` builds it anew, and only then.
.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

VENV := .venv
# The Python that made .venv stays the Python until another one is named.
PYTHON ?= $(or $(wildcard $(VENV)/bin/python),python3)
RUN := $(VENV)/bin/python
UV := $(RUN) requirements/run_uv.py
# What is shared out to workers: one for each core, at most four.
WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ "$$n" -gt 4 ] && n=4; echo $$n)
CODE = $(wildcard bot handlers models tests bench requirements)
ARGS ?=

VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
INSTALLED := $(VENV)/.installed-$(or $(VERSION),unknown)

.PHONY: help demo test check bench lock serve format clean

help: ## Show what can be made
	@echo 'make TARGET [ARGS="…"] [PYTHON=python3.13]'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' Makefile

demo: $(INSTALLED) ## Play the story on loopback, no Slack needed (ARGS=--once: then exit)
	@$(RUN) -m bot demo $(ARGS)

serve: $(INSTALLED) ## Run the bot with the settings of .env
	@$(RUN) -m bot serve $(ARGS)

test: $(INSTALLED) ## Run every test, on SQLite and on PostgreSQL
	@$(RUN) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: $(INSTALLED) ## Check format, lint, types, import contracts and catalogs
	$(RUN) -m ruff format --check $(CODE)
	$(RUN) -m ruff check $(CODE)
	$(RUN) -m mypy
	$(VENV)/bin/lint-imports
	$(RUN) -m tests.house.plant_violations
	$(RUN) -m bot.i18n.check

bench: $(INSTALLED) ## Measure the promises, one after the other
	@set -e; for file in bench/[a-z]*.py; do \
		name=$$(basename $$file .py); echo "== $$name"; $(RUN) -m bench.$$name $(ARGS); done

format: $(INSTALLED) ## Format the code, and mend what lint can mend
	$(RUN) -m ruff format $(CODE)
	$(RUN) -m ruff check --fix $(CODE)

lock: $(INSTALLED) ## Write the locks anew from requirements/*.in (ARGS=--upgrade: newest releases)
	@set -e; for name in tools run dev; do \
		$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
			$(ARGS) requirements/$$name.in --output-file requirements/$$name.txt; done

clean: ## Remove .venv, caches and what the demo left
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .demo build dist *.egg-info
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.installed-%: requirements/tools.txt requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo \
		'Python 3.11 or later is needed, and $(PYTHON) is $(or $(VERSION),not there). Say: make … PYTHON=/path/to/python3.11'; exit 1; }
	@if [ ! -x $(RUN) ] || [ "$$($(RUN) -c 'import sys; print("%d.%d" % sys.version_info[:2])')" != "$*" ]; then \
		echo "Making $(VENV) with Python $*"; $(PYTHON) -m venv --clear $(VENV); fi
	@rm -f $(VENV)/.installed-*
	@echo 'Installing the locks (hash-checked)'
	@$(RUN) -m pip install --quiet --require-hashes -r requirements/tools.txt
	@$(UV) pip sync --quiet --require-hashes requirements/tools.txt requirements/dev.txt
	@touch $@
