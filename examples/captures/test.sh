#!/usr/bin/env bash
# What examples/quickstart.sh shows: the three attacks in the capture are found, and of the honest caller nothing is said.
# shellcheck source=examples/support/host.sh
source "$(dirname "$0")/../support/host.sh"
code=0
sipward inspect --json "$examples/captures/first_look.pcap" >"$work/lines" || code=$?
expect "something was found, says the exit status" is "$code" = 1
for rule in scan.user_agent scan.sipvicious enum.users enum.register auth.bruteforce; do
  expect "$rule" grep -q "\"$rule\"" "$work/lines"
done
honest() { grep -c '"\(src\|dst\)":"127\.0\.0\.10:' "$work/lines"; }
suspected() { grep '"\(src\|dst\)":"127\.0\.0\.10:' "$work/lines" | grep -vc '"action":"allow"' || true; }
expect "the honest caller was heard ($(honest) messages)" is "$(honest)" -gt 50
expect "and nothing is said against it" is "$(suspected)" = 0
finish
