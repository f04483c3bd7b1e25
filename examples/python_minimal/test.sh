#!/usr/bin/env bash
# Run as a stranger would: an ordinary message passes, a scanner's is dropped with the rule that says why.
# shellcheck source=examples/support/host.sh
source "$(dirname "$0")/../support/host.sh"
python=$built/python
/usr/bin/python3 "$root/bindings/python/setup.py" -q build --build-base "$python/tmp" --build-lib "$python/lib" >"$work/setup.log" 2>&1 || {
  show setup
  exit 1
}
export PYTHONPATH=$python/lib PYTHONDONTWRITEBYTECODE=1
/usr/bin/python3 "$examples/python_minimal/main.py" <"$root/tests/install/scanner.sip" >"$work/scanner.txt" || failures=1
/usr/bin/python3 "$examples/python_minimal/main.py" <"$root/tests/install/forged.sip" >"$work/call.txt" || failures=1
expect "a scanner is dropped" is "$(head -1 "$work/scanner.txt")" = drop
expect "and told why" grep -q '  scan.user_agent: ' "$work/scanner.txt"
expect "a call passes" is "$(head -1 "$work/call.txt")" = allow
finish
