#!/usr/bin/env bash
# Builds a wheel that holds libsipward and the libraries beside it, so that it runs where none of them is installed; what they
# need themselves (libhyperscan5, libsodium23, libssl3, libcurl4, libpcap0.8) comes from Debian.
#   build_wheel.sh DIRECTORY     where the wheel is to go
# Headers and libraries: of pkg-config, or SIPWARD_INCLUDE and SIPWARD_LIB. Asks no network, writes nothing into the checkout.
set -euo pipefail
if [ $# -ne 1 ]; then
  echo "usage: build_wheel.sh DIRECTORY" >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
work=${SIPWARD_WHEEL_WORK:-$(mktemp -d)}
trap '[ -n "${SIPWARD_WHEEL_WORK:-}" ] || rm -rf "$work"' EXIT
mkdir -p "$work"
cd "$work"
SIPWARD_BUNDLE=1 /usr/bin/python3 -B "$here/setup.py" -q egg_info --egg-base "$work" \
  build --build-base "$work/build" bdist_wheel --bdist-dir "$work/wheel" --dist-dir "$out" >"$work/log" 2>&1 || {
  cat "$work/log" >&2
  exit 1
}
ls "$out"/sipward-*.whl
