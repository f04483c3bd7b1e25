#!/usr/bin/env bash
# Asks libosip2, sofia-sip, libre and belle-sip about every message of the corpora and about mutated ones, and holds
# sipward's anomalies against what they disagree on. Prints the numbers; fails if they are not reached.
#   tests/peers/run.sh [--messages N]   N mutated messages (default 100000), and a fifth as many scrambled ones by default; several minutes
#   tests/peers/run.sh --table          writes disagreements.md anew, from the messages that CI uses
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

# shellcheck source=cmake/install_packages.sh
source "$root/cmake/install_packages.sh"
install_packages build test
cd "$root"
cmake --preset dev >/dev/null
cmake --build --preset dev --target sipward_peers -- --quiet
if [ "${1:-}" = --table ]; then
  exec build/dev/bin/sipward_peers --table tests/peers/disagreements.md
fi
corpus=${SIPWARD_CORPUS:-$root/../shared/data}
[ -d "$corpus" ] || { echo "SKIPPED: the shared messages, no $corpus"; corpus=; }
exec build/dev/bin/sipward_peers --messages 100000 --scrambled 20000 ${corpus:+--corpus "$corpus"} "$@"
