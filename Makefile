# `make help` explains the targets. Each one sets up what it needs in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test lint format proto image-test clean

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The stamps: what a user installs, and what a developer needs on top (PyTorch,
# for the reference engine, comes with the latter only).
$(VENV)/.server: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --editable '.[server]'
	touch $@

$(VENV)/.dev: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --editable '.[dev]'
	touch $@ $(VENV)/.server

demo: $(VENV)/.server ## Start a server; summarize and translate a news page by the CLI
	PATH="$(CURDIR)/$(BIN):$$PATH" scripts/demo

test: $(VENV)/.dev ## Run all tests with coverage, on the bundled models
	$(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered

lint: $(VENV)/.dev ## Check formatting, lint, types, the contract, and generated code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	BUF="$(CURDIR)/$(BIN)/buf" PYTHON="$(PYTHON)" scripts/lint-proto

format: $(VENV)/.dev ## Format the code and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

proto: ## Generate client/zubda/v1 from the contract in proto/
	PYTHON="$(PYTHON)" scripts/generate-proto

image-test: ## Build the container image and call it (root on Debian; installs podman)
	scripts/image-test

clean: ## Remove the environment and all caches
	rm -rf $(VENV) .cache .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
