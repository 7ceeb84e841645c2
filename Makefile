# Each of these may be the first thing ever typed here: setup.sh finds or installs what is needed, and is silent when done.
.DEFAULT_GOAL := help
.PHONY: bench help setup browser mail servers run chat test screenshots customers check lint types train widget nlu-report lock audit format clean
PYTHON := .venv/bin/python

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1 \t/p' Makefile | expand -t 16

setup:
	@./setup.sh

run: setup  ## start the whole assistant; Ctrl-C stops it
	@exec .venv/bin/support run

chat: setup  ## talk to the running assistant in this terminal
	@exec .venv/bin/support chat

browser: setup  # Chromium for tests/browser: installed in CI, named anywhere else
	@./setup.sh browser

mail: setup  # Dovecot for tests/support/mail: installed in CI, named anywhere else
	@./setup.sh mail

servers: setup  # PostgreSQL, Redis, RabbitMQ, Swift, Helm for the tests of the server profile: installed in CI, named anywhere else
	@./setup.sh servers
	@tests/deploy/tools/install.sh

test: setup browser mail servers  ## all tests, those of our tables on SQLite and on PostgreSQL
	@$(PYTHON) -m pytest -n 2 --dist loadgroup --no-loadscope-reorder
	@$(PYTHON) -m tests.servers

screenshots: setup browser  ## docs/screenshots, taken anew by tests/browser
	@$(PYTHON) -m pytest -q tests/browser --screenshots docs/screenshots

SECONDS ?= 20
bench: setup servers  ## how fast the whole assistant is, to docs/performance.md; SECONDS=20 a measurement
	@$(PYTHON) -m benchmarks.bench $(SECONDS)

SEED ?= 0
customers: setup  ## every scripted customer in every manner, eight at a time; SEED=1..9: with other dice
	@$(PYTHON) -m tests.customers --seed $(SEED)

check: lint types test  ## what CI runs: format, lint, types, all tests

lint: setup
	@$(PYTHON) -m ruff format --check --quiet . || { echo "make format would change the files above"; exit 1; }
	@$(PYTHON) -m ruff check --quiet .

types: setup
	@$(PYTHON) -m mypy
	@widget/run.sh tsc --project .

widget: setup  ## build the website's widget.js from widget/src
	@widget/run.sh node build.mjs

train: setup  ## train the model, if the training data changed
	@exec .venv/bin/support train

MINUTES ?= 30
nlu-report: setup  ## how well customers are understood, to docs/nlu/; Rasa's default trains MINUTES=30 for comparison
	@$(PYTHON) benchmarks/nlu_report.py --minutes $(MINUTES)

lock: setup  ## write requirements.lock anew from pyproject.toml
	@.venv/bin/uv pip compile --quiet --python $(PYTHON) --extra dev --generate-hashes --no-header --no-emit-index-url \
		--output-file requirements.lock pyproject.toml

audit: setup  ## the locked packages against PyPI's advisories (needs PyPI itself); tests/security/accepted.yml has what may stay
	@$(PYTHON) -m tests.security.audit

format: setup  ## put the code into the house's format
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m ruff check --fix .

clean:  ## remove what can be made again: .venv, models, caches; var/ stays
	rm -rf .venv .tools widget/node_modules .rasa models/*.tar.gz *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
