#!/usr/bin/env bash
# Compiled as a stranger would, with sanitizers too: an ordinary message passes, a scanner's is dropped with the rule that says why.
# shellcheck source=examples/support/host.sh
source "$(dirname "$0")/../support/host.sh"
here=$examples/cpp_minimal
compile c++ "$work/plain" "$here/main.cc"
compile c++ "$work/sanitized" "$here/main.cc" -- "${sanitized[@]}"
for program in plain sanitized; do judges "$program" "$work/$program"; done
finish
