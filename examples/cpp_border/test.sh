#!/usr/bin/env bash
# Compiled as a stranger would, with sanitizers too: what a caller may not say of itself is taken away, a Via is added, a scanner ends here.
# shellcheck source=examples/support/host.sh
source "$(dirname "$0")/../support/host.sh"
compile c++ "$work/plain" "$examples/cpp_border/main.cc"
compile c++ "$work/sanitized" "$examples/cpp_border/main.cc" -- "${sanitized[@]}"
for program in plain sanitized; do
  "$work/$program" <"$root/tests/install/forged.sip" >"$work/sent" || failures=1
  expect "$program: what is sent on has a Via of the border" grep -q '^Via: SIP/2.0/UDP border.example.com;branch=' "$work/sent"
  expect "$program: one hop less" grep -q '^Max-Forwards: 69' "$work/sent"
  expect "$program: the caller had said who he is" grep -qi '^P-Asserted-Identity *:' "$root/tests/install/forged.sip"
  expect "$program: it was taken away" is "$(grep -ci '^P-Asserted-Identity' "$work/sent" || true)" = 0
  refused=0
  "$work/$program" <"$root/tests/install/scanner.sip" >"$work/refused" 2>&1 || refused=$?
  expect "$program: a scanner gets no further" is "$refused" -ne 0
done
finish
