#!/usr/bin/env bash
# The proxy on loopback: calls go through it while two attackers are stopped, rules are exchanged while it runs, and it ends cleanly.
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=examples/support/host.sh
source "$here/../support/host.sh"
if ! command -v go >/dev/null; then
  echo "Go is not installed (golang-go)" >&2
  exit 77
fi

export GOCACHE=$built/go GOPATH=$built/go_path GOPROXY=off GOFLAGS= GOWORK=off GOTOOLCHAIN=local
cd "$here"
expect "go vet has nothing to say" go vet .
expect "its own tests pass" timeout 200 go test -count=1 .
go build -race -o "$built/go_proxy" .

callee_port=$(free_port)
start callee sipp -sf "$examples/support/uas.xml" -i 127.0.0.20 -p "$callee_port" -nostdin -timeout 60s
registrar_port=$(free_port)
start registrar python3 -B "$here/registrar.py" 127.0.0.21 "$registrar_port"
cp "$here/site.ward" "$work/"

# start_proxy NAME ARGUMENT...: sets $port.
start_proxy() {
  port=$(free_port)
  start "$1" "$built/go_proxy" -listen "127.0.0.1:$port" -to "127.0.0.20:$callee_port" -registrar "127.0.0.21:$registrar_port" \
    -rules "$work/site.ward" "${@:2}"
  until_true 10 grep -q "listening on" "$work/$1.log" || { show "$1"; exit 1; }
}

# svwar NAME ADDRESS: looks for users from this address.
svwar() {
  start "$1" timeout 20 /usr/bin/python3 "$examples/support/from_address.py" "$2" svwar -x "$2" -P "$(free_port)" -p "$port" \
    --maximumtime=3 -e60-130 -m REGISTER 127.0.0.1
}
found() { grep -cE '^\| +(100|101|102) ' "$work/$1.log" || true; }

echo "the attacks, only reported:"
start_proxy report -report
svwar report-marked 127.0.0.77
wait_for report-marked 25
expect "svwar finds the three users" is "$(found report-marked)" = 3
stop report
expect "nothing was dropped" grep -qE 'dropped 0, .* flagged [1-9]' "$work/report.log"

echo "enforced, with 200 calls at the same time:"
start_proxy enforce
start calls sipp -sf "$examples/support/uac.xml" -i 127.0.0.10 -p "$(free_port)" -s 100 -r 50 -m 200 -d 100 -timeout 30s -nostdin "127.0.0.1:$port"
svwar marked 127.0.0.77
svwar unmarked 127.0.0.88
wait_for marked 25
wait_for unmarked 25
wait_for calls 40
expect "all 200 calls go through" is "$(awk -F'|' '/Successful call/ { value = $3 } END { print value + 0 }' "$work/calls.log")" = 200
expect "sipp says so too" is "$stopped" = 0
expect "svwar finds nobody" is "$(found marked)" = 0
expect "svwar without its marks finds nobody" is "$(found unmarked)" = 0
expect "it was heard first, so it was what it did that gave it away" grep -qE '127\.0\.0\.88:[0-9]+ (throttle|reject|drop)' "$work/enforce.log"
expect "an ordinary number rings" is "$(ask --method INVITE --provisional "127.0.0.1:$port")" = "SIP/2.0 180 Ringing"
expect "a premium number is refused in the words of the rule" is "$(ask --method INVITE --user 19001234 "127.0.0.1:$port")" = "SIP/2.0 403 Not From Here"

echo "rules that were changed:"
register() { ask --method REGISTER --user "$1" --seconds 0.5 "127.0.0.1:$port"; }
expect "before: an answer" is "$(register 101)" = "SIP/2.0 401 Unauthorized"
echo 'rule site.closed { on request where method == REGISTER when true then drop }' >>"$work/site.ward"
kill -HUP "${pids[enforce]}"
expect "they are in place" until_true 5 grep -q "new rules are in place" "$work/enforce.log"
expect "after: none" is "$(register 101)" = "no answer"
echo 'rule broken {' >>"$work/site.ward"
kill -HUP "${pids[enforce]}"
expect "with errors in them the old ones go on, and the log says where" until_true 5 grep -qE 'the old rules go on: .*site.ward:[0-9]+:' "$work/enforce.log"
expect "nothing changed" is "$(register 101)" = "no answer"

stop enforce
expect "it stops cleanly" is "$stopped" = 0
expect "and says what it counted: $(grep '^packets' "$work/enforce.log")" grep -qE '^packets [0-9]+ in [0-9]+ batches' "$work/enforce.log"
expect "no race was found" is "$(grep -c 'DATA RACE' "$work/enforce.log" || true)" = 0
if ! finish; then
  show enforce 40
  exit 1
fi
