#!/usr/bin/env bash
# clang-tidy over everything that ships (lib, bindings), with the checks of .clang-tidy.
#   check_tidy.sh BUILD   a folder that was configured with clang
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${1:?"usage: check_tidy.sh BUILD"}
mapfile -t files < <(git ls-files 'lib/*.cc' 'bindings/*.cc' ':!*_windows.cc')
printf '%s\0' "${files[@]}" |
  xargs -0 -P "$(nproc)" -n 4 clang-tidy -p "$build" --quiet 2> >(grep -v 'warnings generated' >&2 || true)
echo "tidy: ${#files[@]} files are clean"
