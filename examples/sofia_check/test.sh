#!/usr/bin/env bash
# A small softphone's ear on sofia-sip, with sanitizers, on loopback: calls ring, a scanner is not heard, and a message in which two
# parsers read different callers gets nowhere, by the rules or without them.
# shellcheck source=examples/support/host.sh
source "$(dirname "$0")/../support/host.sh"
export PACKAGES="sipward"
# sofia-sip's headers were not written for these warnings.
sofia=$(pkg-config --cflags-only-I sofia-sip-ua)
# shellcheck disable=SC2086
compile c "$work/ear" "$examples/sofia_check/main.c" -- "${sanitized[@]}" -D_GNU_SOURCE ${sofia/-I/-isystem } -lsofia-sip-ua

# Two callers in one message; only the first of them is who calls, or only the second.
message() {
  printf '%s\r\n' 'INVITE sip:100@127.0.0.1 SIP/2.0' 'Via: SIP/2.0/UDP 127.0.0.1:5999;branch=z9hG4bKtwo;rport' 'Max-Forwards: 70' \
    'From: <sip:bank@example.com>;tag=1' 'To: <sip:100@127.0.0.1>' "Call-ID: $RANDOM@127.0.0.1" 'CSeq: 1 INVITE' "$@" 'Content-Length: 0' ''
}
message 'f: <sip:mallory@example.com>;tag=2' >"$work/two_callers"
message 'Subject: nothing' >"$work/one_caller"

# listen NAME [report]
listen() {
  port=$(free_port)
  start "$1" "$work/ear" "$port" "${@:2}"
  until_true 30 hears
}
hears() { [ "$(ask --seconds 0.5 "127.0.0.1:$port")" = "SIP/2.0 200 OK" ]; }
call() { ask --seconds "${patience:-5}" --provisional --method INVITE "127.0.0.1:$port" "$@"; }

listen ear
expect "a call rings" is "$(call)" = "SIP/2.0 180 Ringing"
expect "one from a file too" is "$(call --raw "$work/one_caller")" = "SIP/2.0 180 Ringing"
expect "a scanner gets no answer" is "$(patience=1 call --header 'User-Agent: friendly-scanner')" = "no answer"
expect "two callers in one message: refused" is "$(call --raw "$work/two_callers")" = "SIP/2.0 400 Bad Request"
expect "by a rule" grep -qx 'refused: malformed.smuggling' "$work/ear.log"
stop ear
expect "it stops cleanly" is "$stopped" = 0

listen reporting report
expect "rules only report: a scanner is answered" is "$(call --header 'User-Agent: friendly-scanner')" = "SIP/2.0 180 Ringing"
expect "two callers are refused all the same" is "$(call --raw "$work/two_callers")" = "SIP/2.0 400 Bad Request"
expect "since two parsers disagree" grep -qx 'two parsers disagree' "$work/reporting.log"
stop reporting
if ! finish; then
  show ear
  show reporting
  exit 1
fi
