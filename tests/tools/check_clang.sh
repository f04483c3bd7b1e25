#!/usr/bin/env bash
# Everything under clang, every warning an error: the fuzz targets and what they link are built, of all other sources the meaning is
# checked, which takes a fraction of the time.
#   check_clang.sh   in build/fuzz
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --target fuzz_targets -- --quiet
python3 -B tests/tools/check_clang.py build/fuzz
