#!/bin/sh
# Set up .venv, a part at a time: sh scripts/setup.sh base|french|dev|fuzz
# Make calls it, and remembers what is done in .venv/.base, .venv/.french, .venv/.dev and .venv/.fuzz.
# PYTHON=... chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."
unset VIRTUAL_ENV PYTHONHOME PYTHONPATH || true
export PIP_DISABLE_PIP_VERSION_CHECK=1
VENV=.venv
ENV_PYTHON=$VENV/bin/python
CANDIDATES=${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3 python}

fail() {
    echo "$*" >&2
    exit 1
}

recent() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# The newest Python that really runs: a version manager's shims may exist and not work.
find_python() {
    for candidate in $CANDIDATES; do
        if recent "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    fail "Postil needs Python 3.11 or newer: install it, or name it with make PYTHON=/path/to/python3"
}

make_venv() {
    recent $ENV_PYTHON && return
    rm -rf $VENV
    python=$(find_python)
    echo "Setting up $VENV with $("$python" --version) ..."
    # Debian parts ensurepip from Python (package python3-venv): without it, the system's pip has to do.
    if ! "$python" -m venv $VENV >/dev/null 2>&1; then
        rm -rf $VENV
        "$python" -m venv --without-pip $VENV || fail "$python cannot make a virtual environment: install python3-venv"
    fi
}

# Which Python's pip installs into .venv: its own, else one of the system that can (22.3 or newer).
find_pip() {
    for candidate in $ENV_PYTHON $CANDIDATES; do
        if "$candidate" -m pip --python $ENV_PYTHON --version >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
    fail "there is no pip 22.3 or newer: install python3-pip or python3-venv"
}

# Twice quiet: only errors are shown.
pip_install() {
    "$pip" -m pip --python $ENV_PYTHON install --quiet --quiet "$@"
}

case "${1:-}" in
base)
    make_venv
    pip=$(find_pip)
    echo "Installing Postil ..."
    # Only wheels for what web pages and PDF need: a new Python may lack them, and everything else works without.
    if ! pip_install --constraint constraints.txt --only-binary :all: --editable '.[html,docs]' 2>/dev/null; then
        pip_install --constraint constraints.txt --editable .
        echo "No reader of web pages and PDF for this Python: going on without .html and .pdf."
    fi
    ;;
french)
    pip=$(find_pip)
    echo "Installing the French model ..."
    # Only wheels: building spaCy takes many minutes and a compiler.
    { pip_install --constraint constraints.txt --only-binary :all: spacy &&
        pip_install --no-deps --require-hashes --requirement requirements-fr.txt; } >/dev/null 2>&1 ||
        echo "No French model for this Python: going on with the built-in recogniser (make french tries again)."
    ;;
dev)
    pip=$(find_pip)
    echo "Installing what the tests need ..."
    pip_install --constraint constraints.txt --editable '.[dev]'
    ;;
fuzz)
    pip=$(find_pip)
    echo "Installing the fuzzer ..."
    pip_install --constraint constraints.txt --only-binary atheris --editable '.[fuzz]' 2>/dev/null ||
        fail "atheris has no wheel for this Python or system: make fuzz needs Linux on x86-64"
    ;;
*)
    fail "usage: sh scripts/setup.sh base|french|dev|fuzz"
    ;;
esac
touch "$VENV/.$1"
