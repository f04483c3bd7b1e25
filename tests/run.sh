#!/usr/bin/env bash
# Installs what the tests need, builds everything and runs all tests. May be run again.
#   tests/run.sh [CTEST ARGUMENT...]
# The tests against real captures and torture messages look for them in SIPWARD_CORPUS (default ../shared/data beside
# the checkout) and say SKIPPED by name where it is absent.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

# shellcheck source=cmake/install_packages.sh
source "$root/cmake/install_packages.sh"
install_packages build test
cd "$root"
cmake --preset dev >/dev/null
cmake --build --preset dev -- --quiet
export SIPWARD_CORPUS=${SIPWARD_CORPUS:-$root/../shared/data}
ctest --preset dev -j "$(nproc)" "$@"
