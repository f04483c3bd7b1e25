#!/usr/bin/env bash
# Builds the Debian packages on a fresh Debian 12: installs what the build needs, and leaves them in build/packages.
#   cmake/packages/build.sh [FOLDER]     a folder of your own for the packages
# SOURCE_DATE_EPOCH, if set, is the time that they carry; else it is that of the latest commit, so that two builds are equal.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
out=${1:-$root/build/packages}
build=$root/build/debian
mkdir -p "$out"
out=$(cd "$out" && pwd)

# shellcheck source=cmake/install_packages.sh
source "$root/cmake/install_packages.sh"
install_packages build packages
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)}

configure() {
  cmake -S "$root" --preset release -B "$build" -DCMAKE_INSTALL_PREFIX=/usr "$@" >/dev/null
}
configure
cmake --build "$build" -- --quiet
# For Debian's Python, against what was just built.
rm -rf "$build/python"
SIPWARD_INCLUDE=$root/include SIPWARD_LIB=$build/bindings/c \
  /usr/bin/python3 "$root/bindings/python/setup.py" -q build --build-base "$build/python/tmp" --build-lib "$build/python/lib" >/dev/null
# CPack strips what CMake knows of.
strip --strip-unneeded "$build"/python/lib/sipward/*.so
configure -DSIPWARD_PYTHON_PACKAGE="$build/python/lib"
rm -f "$out"/*.deb
cpack --config "$build/CPackConfig.cmake" -B "$out" >"$build/cpack.log" || {
  cat "$build/cpack.log" >&2
  exit 1
}
rm -rf "$out/_CPack_Packages"
ls -l "$out"/*.deb
