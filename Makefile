# Every job of a developer, an operator and CI, as one word. `make` alone lists them.
SHELL := /bin/sh
PYTHON ?= python3.11
UV_VERSION := 0.13.9
BIN := .venv/bin
PORT ?= 8000
DJANGO := DJANGO_SETTINGS_MODULE=brygga.config.settings $(BIN)/python -m django
BASELINES := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PYTHONPATH=src:. .venv-baselines/bin/python -W ignore
BENCH := PYTHONPATH=src:. $(BIN)/python
BEGUN := $(shell date +%s)
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
	@$(DJANGO) translations --compile > /dev/null

demo: install ## Run a fictional municipality with everything in it (PORT=8000)
	$(BIN)/brygga demo --port $(PORT)

test: install lint ## Run all that CI runs; the browser journeys in a process of their own
	$(DJANGO) translations --check
	$(BIN)/pytest -n 2 --ignore=tests/journeys
	$(BIN)/pytest -n 2 --dist loadfile tests/journeys
	@echo "make test took $$(( $$(date +%s) - $(BEGUN) )) s"

lint: install ## Check style, types, floors and templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djhtml --check $$($(BIN)/python -c 'import glob; print(*glob.glob("src/**/*.html", recursive=True))')

check-clean: ## Run test and demo from a fresh clone with an empty HOME and a bare PATH
	$(PYTHON) .ci/check_clean.py

sweep: install ## Ask every page as every role in every state
	$(BIN)/pytest -n 2 -m sweep

audit: install .venv-audit/lock ## Check hashes, licences, secrets and known faults of what is locked
	$(BIN)/python .ci/audit.py

bench: install .venv-baselines/lock ## Time engines and server against their named baselines
	$(BASELINES) bench/bench_opinion.py
	$(BENCH) bench/bench_votes.py
	$(BENCH) bench/bench_pages.py
	$(BENCH) bench/bench_start.py
	$(BENCH) bench/bench_crash.py

bench-full: install .venv-baselines/lock ## The same with the largest sizes: some hours
	$(BASELINES) bench/bench_opinion.py --full
	$(BENCH) bench/bench_votes.py
	$(BENCH) bench/bench_pages.py --all
	$(BENCH) bench/bench_start.py
	$(BENCH) bench/bench_crash.py --full

docs: install ## Write the pages of docs/reference from the code
	$(BIN)/python -m brygga.config.reference

pictures: install ## Take the README's picture from a demo that runs (PORT=8000)
	PYTHONPATH=. $(BIN)/python -m tests.journeys.pictures http://localhost:$(PORT)

lock: ## Resolve the dependencies anew into the hashed lock file
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --group dev pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --group baselines -o requirements/baselines.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --group audit -o requirements/audit.txt

.venv-audit/lock: requirements/audit.txt | .venv/lock
	test -x .venv-audit/bin/python || $(PYTHON) -m venv .venv-audit
	$(BIN)/uv pip sync --quiet --python .venv-audit/bin/python requirements/audit.txt
	touch $@

.venv-baselines/lock: requirements/baselines.txt | .venv/lock
	test -x .venv-baselines/bin/python || $(PYTHON) -m venv .venv-baselines
	$(BIN)/uv pip sync --quiet --python .venv-baselines/bin/python requirements/baselines.txt
	touch $@

golden: .venv-baselines/lock ## Compute anew what the baselines find on real conversations
	$(BASELINES) -m tests.engines.opinion.golden.regenerate

messages: install ## Bring the Swedish text files into step with the code
	$(DJANGO) translations

.PHONY: help install demo test lint check-clean sweep audit bench bench-full docs pictures lock golden messages
