# Everything a user or a developer does with a checkout, one target each; `make` lists them.
#
# A bare Debian machine is enough: what is missing is installed on first use, Debian packages with
# apt-get (root or sudo), Python packages as uv.lock pins them into .venv/. Debian's own Python
# refuses packages from outside Debian, so uv lives in a virtual environment of its own, .uv/.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
UV_RELEASES := uv>=0.13.8,<0.14

export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv
# Tests start hundreds of processes, and each would compile every library anew.
unexport PYTHONDONTWRITEBYTECODE

# --inexact: `make demo` must not remove the developer's tools that `make test` installed.
UV_SYNC := .uv/bin/uv sync --locked --inexact
# More files of tests than there are cores: many wait for processes, and with three on two cores a
# quarter of the time went unused. Those of a file share what they set up.
WORKERS = $(shell cores=$$(nproc); echo $$((cores < 2 ? 2 : 4)))
# And each runs one thread, or libraries' threads wait for cores that other tests have.
ONE_THREAD = OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 OPENCV_FOR_THREADS_NUM=1
IN_PARALLEL = --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder
READY := .venv/.ready
READY_TO_DEVELOP := .venv/.ready-to-develop

.PHONY: help demo test lint ci soak faults bench clean
.PHONY: debian-packages debian-packages-for-tests

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

demo: $(READY) ## Verify sample candidates, genuine and not, and write their reports
	@.venv/bin/bonafide demo

test: $(READY_TO_DEVELOP) | debian-packages-for-tests ## Run the tests, but for those that take minutes
	@$(ONE_THREAD) .venv/bin/python -m pytest -m "not soak and not faults" $(IN_PARALLEL)

lint: $(READY_TO_DEVELOP) ## Check style, format and types
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy

ci: $(READY_TO_DEVELOP) ## All that a change must pass
	@$(MAKE) --no-print-directory --jobs 2 lint test

faults: $(READY_TO_DEVELOP) | debian-packages-for-tests ## Kill the service hundreds of times (an hour)
	@.venv/bin/python -m pytest -m faults -s tests/faults

soak: $(READY_TO_DEVELOP) | debian-packages-for-tests ## Run the tests that take minutes
	@.venv/bin/python -m pytest -m soak

bench: $(READY) ## Measure speed, memory and accuracy beside the usual tools
	@.venv/bin/python -m bench

clean: ## Remove what make installed and the demo wrote
	rm -rf .venv .uv out/demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# Looked up each time (a few milliseconds), as packages can be removed behind our back; order-only
# below, so that looking up never makes anything out of date.
debian-packages:
	@scripts/debian-packages

debian-packages-for-tests: | debian-packages
	@scripts/debian-packages postgresql chromium

.uv/bin/uv: | debian-packages
	@scripts/step uv "Installing uv, which installs Python packages" \
		bash -c '"$$1" -m venv .uv && .uv/bin/python -m pip install "$$2"' - "$(PYTHON)" "$(UV_RELEASES)"

$(READY): pyproject.toml uv.lock .uv/bin/uv | debian-packages
	@scripts/step packages "Installing Python packages (1 GB; a minute or two)" $(UV_SYNC)
	@touch $@

$(READY_TO_DEVELOP): $(READY)
	@scripts/step tools "Installing the developer's tools" $(UV_SYNC) --group dev
	@touch $@
