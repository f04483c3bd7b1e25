#!/usr/bin/env bash
# clang-tidy over everything that ships (lib, bindings), with the checks of .clang-tidy.
#   check_tidy.sh BUILD [--deep]   a folder that was configured with clang
# --deep: with the paths of the static analyzer, too, which take nearly half of the time. It is for changes of the core and before a
# release; CI runs the rest.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${1:?"usage: check_tidy.sh BUILD [--deep]"}
checks=(--checks=-clang-analyzer-*)
if [ "${2:-}" = --deep ]; then checks=(); fi
mapfile -t files < <(git ls-files 'lib/*.cc' 'bindings/*.cc' ':!*_windows.cc')
printf '%s\0' "${files[@]}" |
  xargs -0 -P "$(nproc)" -n 4 clang-tidy -p "$build" --quiet "${checks[@]}" 2> >(grep -v 'warnings generated' >&2 || true)
echo "tidy: ${#files[@]} files are clean"
