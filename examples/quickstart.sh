#!/usr/bin/env bash
# From a fresh Debian 12 to verdicts: installs what the build needs, builds the command, and inspects a capture of honest
# calls and three attacks. May be run again; the second time it only inspects. Give it a capture of your own as an argument.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
capture=${1:-$root/examples/captures/first_look.pcap}

# shellcheck source=cmake/install_packages.sh
source "$root/cmake/install_packages.sh"
install_packages build
cd "$root"
if ! [ -f build/release/build.ninja ]; then cmake --preset release >/dev/null; fi
cmake --build --preset release --target sipward_cli -- --quiet

echo "sipward inspect $capture"
echo
status=0
build/release/bin/sipward inspect "$capture" || status=$?
# 1 says that something was found, which is what this capture is for.
[ "$status" -le 1 ] || exit "$status"
echo
echo "Everything about one message:  build/release/bin/sipward parse --help"
echo "The same as JSON lines:        build/release/bin/sipward inspect --json $capture"
