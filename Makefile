# Two commands matter: `make demo` brings up a province in the browser, `make test` proves it.
# Each works from a bare clone; `make help` lists the others.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON := .venv/bin/python
PYTEST := .venv/bin/pytest
CATALOGUES := $(shell find src -name '*.po' 2>/dev/null)
WORKERS ?= 2

export RESET
# What was compiled once is kept: each start of the program saves two seconds of processor.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo run test test-walls check format bench clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 \t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: .venv/.packages .venv/.messages .venv/.browser ## make the environment from the lock file
	@true

demo: .venv/.packages .venv/.messages ## a small province in the browser; RESET=1 starts over
	@.venv/bin/khuevan demo

run: .venv/.packages .venv/.messages ## the same for developers: reloads when a file changes
	@KHUEVAN_MODE=development .venv/bin/khuevan demo

test: setup ## the test suite on a real PostgreSQL, with a short browser round
	@$(PYTEST) -n $(WORKERS) --dist loadgroup

test-walls: setup ## remove each permission check in turn and see a test fail
	@$(PYTHON) tools/walls.py

check: setup ## style, types, layers, templates, migrations, texts, REST description
	@tools/check

format: .venv/.packages ## put code and templates in their one form
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .
	@.venv/bin/djlint src --reformat --quiet || true

bench: setup ## measure, and compare with the limits in docs/benchmarks.md
	@$(PYTHON) -m bench
	@$(PYTHON) -m bench.imports 100x466

clean: ## remove the environment and what was compiled; data folders stay
	@rm -rf .venv .venv-bootstrap
	@find src -name '*.mo' -delete

.venv/.packages: uv.lock pyproject.toml tools/setup
	@tools/setup
	@touch $@

.venv/.messages: .venv/.packages tools/messages.py $(CATALOGUES)
	@$(PYTHON) tools/messages.py compile
	@touch $@

.venv/.browser: .venv/.packages tools/setup-browser
	@tools/setup-browser
	@touch $@
