#!/usr/bin/env bash
# Compiled as a stranger would, with sanitizers too: what it prints of a capture is what `sipward inspect` finds in it.
# shellcheck source=examples/support/host.sh
source "$(dirname "$0")/../support/host.sh"
capture=$examples/captures/first_look.pcap
export PACKAGES="sipward-capture sipward"
compile c "$work/plain" "$examples/c_capture/main.c"
compile c "$work/sanitized" "$examples/c_capture/main.c" -- "${sanitized[@]}"
# flag, drop and so on: how many messages got each.
sipward inspect --json "$capture" | sed -n 's/.*"action":"\([a-z]*\)".*/\1/p' | grep -v allow | sort | uniq -c >"$work/expected" || true
for program in plain sanitized; do
  code=0
  "$work/$program" "$capture" >"$work/$program.txt" || code=$?
  awk '{ print $2 }' "$work/$program.txt" | sort | uniq -c >"$work/found"
  expect "$program: something was found, says the exit status" is "$code" = 1
  expect "$program: the same verdicts as the command's" diff "$work/expected" "$work/found"
  expect "$program: dozens of them" is "$(wc -l <"$work/$program.txt")" -gt 50
  code=0
  "$work/$program" "$examples/c_capture/main.c" >/dev/null 2>&1 || code=$?
  expect "$program: what is no capture is refused" is "$code" = 2
done
finish
