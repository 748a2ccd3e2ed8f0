# Every job of a developer, an operator and CI, as one word. `make` alone lists them.
SHELL := /bin/sh
PYTHON ?= python3.11
UV_VERSION := 0.13.9
BIN := .venv/bin
export PYTHONUNBUFFERED := 1

help: ## List these jobs
	@$(PYTHON) -c 'import re; [print(f"  make {name:12} {text}") for name, text in re.findall(r"^([a-z-]+):.*?## (.*)$$", open("Makefile").read(), re.M)]'

.venv/lock: requirements/dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(BIN)/uv pip sync --quiet --python $(BIN)/python requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch .venv/lock

install: .venv/lock ## Make .venv from the lock, so that .venv/bin/brygga runs

lock: ## Resolve the dependencies anew into the hashed lock file
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --group dev pyproject.toml -o requirements/dev.txt

messages: install ## Bring the Swedish text files into step with the code
	DJANGO_SETTINGS_MODULE=brygga.config.settings $(BIN)/python -m django translations

.PHONY: help install lock messages
