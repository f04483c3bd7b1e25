#!/usr/bin/env bash
# The binary contract of the C headers against the last release, by abidiff, and against its description in bindings/c/abi.
#   check_abi.sh            0: nothing changed; 1: something did, and what is to be done
#   check_abi.sh --renew    writes the description anew, for a commit that changes the contract on purpose
# The last release is the newest tag v* that can be reached and has a description; where there is none, as in a shallow clone,
# the description that is committed stands for it. What may change and how: CONTRIBUTING.md.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
kept=$root/bindings/c/abi

case ${1:-} in
  "" | --renew) ;;
  *)
    echo "usage: check_abi.sh [--renew]" >&2
    exit 2
    ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/now" "$work/released"
python3 -B "$kept/describe.py" "${SIPWARD_INCLUDE:-$root/include}" "$root/bindings/c" "$work/now"

version_of() { sed -n 's/^#define SIPWARD_VERSION_\(MAJOR\|MINOR\) //p' "$1" | paste -sd.; }
version=$(version_of "${SIPWARD_INCLUDE:-$root/include}/sipward/c/base.h")
tag=$(git -C "$root" describe --tags --match 'v*' --abbrev=0 2>/dev/null || true)
if [ -n "$tag" ] && git -C "$root" cat-file -e "$tag:bindings/c/abi/constants.txt" 2>/dev/null; then
  git -C "$root" archive "$tag" bindings/c/abi | tar -x -C "$work/released" --strip-components=3
  git -C "$root" show "$tag:include/sipward/c/base.h" >"$work/base.h"
  released_version=$(version_of "$work/base.h")
else
  tag=
  cp "$kept"/*.abi "$kept/constants.txt" "$work/released/"
  released_version=$(cat "$kept/version.txt")
fi
against=${tag:-the committed description}

# What a program that was built for the release would miss or read wrongly.
broken=0
for released in "$work"/released/*.abi; do
  name=$(basename "$released")
  if [ ! -e "$work/now/$name" ]; then
    echo "$name: the library is gone"
    broken=1
    continue
  fi
  # Structs that say their size may grow, which abidiff does not know.
  python3 -B "$kept/grown.py" "$released" "$work/now/$name" >"$work/grown.suppr" || broken=1
  if ! abidiff --suppressions "$work/grown.suppr" --no-added-syms "$released" "$work/now/$name" >"$work/report" 2>&1; then
    cat "$work/report"
    broken=1
  fi
done
if missing=$(comm -23 "$work/released/constants.txt" "$work/now/constants.txt") && [ -n "$missing" ]; then
  echo "constants that are gone or have another value:"
  echo "$missing"
  broken=1
fi
if [ $broken -ne 0 ]; then
  if [ "$version" != "$released_version" ]; then
    echo "That breaks programs that were built for $against, and the version says so: $released_version -> $version."
  elif [ -z "$tag" ] && [ "${1:-}" = --renew ]; then
    echo "That breaks programs that were built before; no release is known here that had promised it."
  else
    echo "FAILED: this breaks programs that were built for $against (version $released_version)." >&2
    echo "Add what is new behind what is there, under a name of its own; or raise the version as CONTRIBUTING.md says." >&2
    exit 1
  fi
fi

if [ "${1:-}" = --renew ]; then
  cp "$work/now"/*.abi "$work/now/constants.txt" "$kept/"
  echo "$version" >"$kept/version.txt"
  echo "written: bindings/c/abi"
  exit 0
fi
for now in "$work"/now/*; do
  if ! cmp -s "$now" "$kept/$(basename "$now")"; then
    echo "FAILED: bindings/c/abi/$(basename "$now") is not what the headers say:" >&2
    diff "$kept/$(basename "$now")" "$now" | head -40 >&2 || true
    echo "If it is meant: bash tests/tools/check_abi.sh --renew, and commit what it writes." >&2
    exit 1
  fi
done
if [ "$version" != "$(cat "$kept/version.txt")" ]; then
  echo "FAILED: bindings/c/abi/version.txt says $(cat "$kept/version.txt"), the headers $version: run check_abi.sh --renew" >&2
  exit 1
fi
kept_what="nothing is lost that $against has"
if [ $broken -ne 0 ]; then kept_what="described anew for version $version"; fi
echo "abi: $kept_what: $(cat "$kept"/*.abi | grep -c '<elf-symbol ') symbols, $(wc -l <"$kept/constants.txt") constants"
