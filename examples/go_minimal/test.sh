#!/usr/bin/env bash
# Run as a stranger would: an ordinary message passes, a scanner's is dropped with the rule that says why.
# shellcheck source=examples/support/host.sh
source "$(dirname "$0")/../support/host.sh"
command -v go >/dev/null || exit 77
export GOPROXY=off GOFLAGS=-mod=mod GOCACHE=${GOCACHE:-$built/go}
(cd "$examples/go_minimal" && go build -o "$work/program" .)
"$work/program" <"$root/tests/install/scanner.sip" >"$work/scanner.txt" || failures=1
"$work/program" <"$root/tests/install/forged.sip" >"$work/call.txt" || failures=1
expect "a scanner is dropped" is "$(head -1 "$work/scanner.txt")" = drop
expect "and told why" grep -q '  scan.user_agent: ' "$work/scanner.txt"
expect "a call passes" is "$(head -1 "$work/call.txt")" = allow
finish
