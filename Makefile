# Sets everything up in .venv on a machine that has Python 3.11 or newer and make.
#
#   make chat [DOCS=folder] [PORT=7860]    the web chat over a folder, or over the samples
#   make test                              every test, in two processes, a file at a time
#   make lint                              ruff and mypy
#   make lint-js                           biome, for the scripts of the page; the one target that needs node
#   make bench [EVAL=folder]               the development sets, scored into the README
#   make bench-speed [EVAL=folder]         speed beside a plain baseline, in turn
#   make bench-scale                       what a store costs from 1,000 to 1,000,000 passages: hours, 10 GB
#   make bench-serving                     fifty users of one chat
#   make screenshots                       the pictures of the README, in Debian's chromium
#   make clean                             remove .venv and what the tools left behind

DOCS ?= app/samples
PORT ?= 7860
EVAL ?= ../shared/eval
BIOME ?= @biomejs/biome@2.6.8
# Installed first, so that a build chosen here (see README) is not replaced by another one.
TORCH ?= torch==2.13.0
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

VENV := .venv
BIN := $(VENV)/bin
export DOCS PORT EVAL

.PHONY: chat test lint lint-js bench bench-speed bench-scale bench-serving screenshots clean
.DELETE_ON_ERROR:

chat: $(VENV)/.chat
	@$(BIN)/mustanad chat --only "$$DOCS" --port "$$PORT"

test: $(VENV)/.test
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest --numprocesses 2 --dist loadfile

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lint-js:
	npx --yes $(BIOME) ci --config-path=.ci/lint-js.jsonc --error-on-warnings app/web/assets

bench: $(VENV)/.test
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.measure.bench --eval "$$EVAL" --readme tests/README.md

bench-speed: $(VENV)/.test
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.measure.benchmarks.speed --eval "$$EVAL" --readme tests/README.md

bench-scale: $(VENV)/.test
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.measure.benchmarks.scale --readme tests/README.md

bench-serving: $(VENV)/.test
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.measure.benchmarks.serving --readme tests/README.md

screenshots: $(VENV)/.test
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.measure.screenshots

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The stamps: a second run starts at once, a changed pyproject.toml installs again.
$(VENV)/.torch:
	@test -n "$(PYTHON)" || { echo "make: expected Python 3.11 or newer, found none; install it or set PYTHON=/path/to/python" >&2; exit 2; }
	@echo "Setting up $(VENV) with $(PYTHON); this takes a few minutes, once."
	"$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install "$(TORCH)"
	@touch $@

$(VENV)/.chat: $(VENV)/.torch pyproject.toml
	$(BIN)/python -m pip install -e ".[multilingual,ocr]"
	@touch $@

$(VENV)/.test: $(VENV)/.torch pyproject.toml
	$(BIN)/python -m pip install -e ".[test]"
	@touch $@ $(VENV)/.chat
