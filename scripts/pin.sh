#!/bin/sh
# Write constraints.txt: what a fresh install of everything resolves to today.
# With the oldest Python that Postil runs on, since the newest versions may have left it behind.
set -eu
cd "$(dirname "$0")/.."
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
"${PYTHON:-python3.11}" -m venv "$fresh"
PIP_CONFIG_FILE=/dev/null "$fresh/bin/python" -m pip install --quiet '.[html,docs,fr,dev,fuzz]'
{
    echo "# Every dependency of every extra, as make constraints found them. fr-core-news-sm: requirements-fr.txt."
    "$fresh/bin/python" -m pip freeze --exclude postil --exclude fr_core_news_sm | grep -v ' @ '
} >"$fresh/constraints.txt"
cp "$fresh/constraints.txt" constraints.txt
