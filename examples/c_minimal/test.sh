#!/usr/bin/env bash
# Compiled as a stranger would, with sanitizers too: an ordinary message passes, a scanner's is dropped with the rule that says why.
# shellcheck source=examples/support/host.sh
source "$(dirname "$0")/../support/host.sh"
here=$examples/c_minimal
compile c "$work/plain" "$here/main.c"
compile c "$work/sanitized" "$here/main.c" -- "${sanitized[@]}"
for program in plain sanitized; do
  "$work/$program" <"$root/tests/install/scanner.sip" >"$work/scanner.txt" || failures=1
  "$work/$program" <"$root/tests/install/forged.sip" >"$work/call.txt" || failures=1
  expect "$program: a scanner is dropped" is "$(head -1 "$work/scanner.txt")" = drop
  expect "$program: and told why" grep -q '  scan.user_agent: ' "$work/scanner.txt"
  expect "$program: a call passes" is "$(head -1 "$work/call.txt")" = allow
done
finish
