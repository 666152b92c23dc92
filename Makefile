# make run opens the sample article, make test runs the tests: each sets up what it needs in .venv.
# Keeps to GNU Make 3.81, which macOS has.

BIN = .venv/bin
SETUP = PYTHON="$(PYTHON)" sh scripts/setup.sh
ARGS =

help:
	@echo "make run          open the sample article (ARGS=... adds options)"
	@echo "make test         run the tests on every core (ARGS=... goes to pytest)"
	@echo "make test-all     run the long forms, which make test leaves out"
	@echo "make lint         ruff, pyright, import layers"
	@echo "make bench        measure against the goals (ARGS=\"--data DIR\" for more gold)"
	@echo "make profile      show where the reader's time goes (ARGS=\"--size 10000\")"
	@echo "make soak         20,000 random keys over five articles, compared with a plain replay"
	@echo "make torture      kill, cut, fill and damage the store, and count what is lost"
	@echo "make fuzz         feed the readers of files random bytes (ARGS=\"--seconds 600 wrap\")"
	@echo "make screenshots  draw the pictures in docs/ from the real app"
	@echo "make french       try again to install the French model"
	@echo "make constraints  pin today's versions in constraints.txt"
	@echo "make clean        remove .venv and caches"

run: .venv/.base .venv/.french
	@$(BIN)/postil open seeds/musk-altman.fr.txt $(ARGS)

test: .venv/.dev .venv/.french
	@$(BIN)/python -m pytest -n auto --dist loadgroup -m "not long" $(ARGS)

test-all: .venv/.dev .venv/.french
	@POSTIL_LONG=1 $(BIN)/python -m pytest -n auto --dist loadgroup -m "long or longer" $(ARGS)

lint: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright
	$(BIN)/lint-imports

bench: .venv/.dev .venv/.french
	@$(BIN)/python -m bench $(ARGS)

profile: .venv/.dev .venv/.french
	@$(BIN)/python -m bench.profile $(ARGS)

soak: .venv/.dev
	@$(BIN)/python -m bench.soak $(ARGS)

torture: .venv/.dev
	@$(BIN)/python -m tests.torture $(ARGS)

fuzz: .venv/.fuzz
	@$(BIN)/python -m tests.fuzz $(ARGS)

screenshots: .venv/.dev .venv/.french
	@$(BIN)/python scripts/screenshots.py

french:
	@rm -f .venv/.french
	@$(MAKE) --no-print-directory .venv/.french

constraints:
	@sh scripts/pin.sh

clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.base: pyproject.toml constraints.txt scripts/setup.sh
	@$(SETUP) base

.venv/.french: .venv/.base requirements-fr.txt
	@$(SETUP) french

.venv/.dev: .venv/.base
	@$(SETUP) dev

.venv/.fuzz: .venv/.dev
	@$(SETUP) fuzz

# Two pips at once would trip over each other.
.NOTPARALLEL:
.PHONY: help run test test-all lint bench profile soak torture fuzz screenshots french constraints clean
