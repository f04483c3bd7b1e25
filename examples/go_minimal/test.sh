#!/usr/bin/env bash
# Run as a stranger would: an ordinary message passes, a scanner's is dropped with the rule that says why.
# shellcheck source=examples/support/host.sh
source "$(dirname "$0")/../support/host.sh"
command -v go >/dev/null || exit 77
export GOPROXY=off GOFLAGS=-mod=mod GOCACHE=${GOCACHE:-$built/go}
(cd "$examples/go_minimal" && go build -o "$work/program" .)
judges program "$work/program"
finish
