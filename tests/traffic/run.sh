#!/usr/bin/env bash
# What the rules catch of made-up traffic: tests/traffic/run.sh [--seed N] [--json] [--kinds] [--check] ...; --help says the rest.
# Needs a built sipward: SIPWARD_BIN, or that of the preset release or dev.
set -euo pipefail
exec python3 -B "$(cd "$(dirname "$0")" && pwd)/run.py" "$@"
